import { dateOf } from '../time';
import { commandLabels } from './command-words';
import type { CommandType } from './commands';
import { accept, reject, type CommandOf, type Decision, type Judging } from './decision';
import type { ContentRef } from '../content';
import type { Refusal } from '../decision';
import { moneyLabels, moneyParts, yuan, type MoneyItem } from './records';
import { closedPhases, phaseLabels, type IssueState } from './types';

// What an office records beside an issue's life. Totals are sums over all of them; what was corrected stays in the events.

/** recordHandling: persons 人 and person-times 人次, both as entered; zero and zero says that nobody was handled. Names: discipline group only. */
export function decideHandling(state: IssueState, command: CommandOf<'recordHandling'>, context: Judging): Decision {
  const refused = standsForNothing(state, command.type);
  if (refused) return refused;
  const { kind, persons, personTimes, rank = '', names = null, document = null } = command;
  if (![persons, personTimes].every(isCount)) return reject('handling.counts', '人数和人次须为零或正整数。', '请填写数字，没有就填0。');
  if (persons > personTimes)
    return reject('handling.counts', `${persons}人多于${personTimes}人次。`, '每人至少处理一次，请核对人数和人次。');
  if (persons === 0 && personTimes > 0)
    return reject('handling.counts', `有${personTimes}人次，却没有人数。`, '人数和人次分别填写，请补填人数。');
  if (names !== null && !context.acting.includes('disciplineGroup'))
    return reject('handling.names', '受处理人员姓名只由纪检监察组登记。', '请只填人数和人次，姓名交纪检监察组登记。');
  if (names !== null && persons === 0) return reject('handling.names', '人数为0，却填写了姓名。', '请核对人数，或删去姓名。');
  const id = `h${state.handling.length + 1}`;
  return accept({ type: 'handlingRecorded', id, kind, persons, personTimes, rank: rank.trim() === '' ? null : rank, names, document });
}

/** correctMoney: an item as it stands now, whether it was entered wrongly or a sum has come in since; why is kept with it. */
export function decideMoneyCorrection(state: IssueState, command: CommandOf<'correctMoney'>, _context: Judging): Decision {
  const { itemId, reason } = command;
  const item = state.money.find(({ id }) => id === itemId);
  if (!item) return reject('money.unknown', `没有资金项${itemId}。`, '请用 issue show 查看资金项编号。');
  const checked = checkedMoney(command);
  return standsForNothing(state, command.type) ?? ('ok' in checked ? checked : correction(item, checked, reason));
}

function correction(item: MoneyItem, now: Omit<MoneyItem, 'id'>, reason: ContentRef): Decision {
  const same = (['owedFen', ...moneyParts] as const).every((field) => item[field] === now[field]);
  return same
    ? reject('money.unchanged', `资金项${item.id}的金额没有变化。`, '无需更正。')
    : accept({ type: 'moneyCorrected', id: item.id, ...now, reason });
}

/** recordMoney: in fen; what was owed is what went somewhere and what is still missing (forms.md: 资金). */
export function decideMoney(state: IssueState, command: CommandOf<'recordMoney'>, _context: Judging): Decision {
  const refused = standsForNothing(state, command.type);
  if (refused) return refused;
  const checked = checkedMoney(command);
  return 'ok' in checked ? checked : accept({ type: 'moneyRecorded', id: `c${state.money.length + 1}`, ...checked });
}

/** The identity of an item holds, or the difference is named. */
function checkedMoney(command: Omit<MoneyItem, 'id'>): Omit<MoneyItem, 'id'> | Refusal {
  const wrong = (['owedFen', ...moneyParts] as const).find((field) => !isCount(command[field]));
  if (wrong !== undefined)
    return reject('money.amount', `${moneyLabels[wrong]}须以分为单位，为零或正整数。`, '请核对金额；没有就填0，不填负数和小数。');
  const { owedFen, voucher } = command;
  if (owedFen === 0) return reject('money.amount', `${moneyLabels.owedFen}的金额为0。`, '没有应追缴或应退的资金时不必登记。');
  const sum = moneyParts.reduce((total, field) => total + command[field], 0);
  if (sum !== owedFen)
    return reject(
      'money.identity',
      `${moneyLabels.owedFen}${yuan(owedFen)}元，${moneyParts.map((field) => moneyLabels[field]).join('、')}合计${yuan(sum)}元，相差${yuan(Math.abs(owedFen - sum))}元。`,
      '各项之和须等于应追缴或应退的金额，请核对。',
    );
  const { recoveredFen, refundedFen, treasuryFen, integrityAccountFen, adjustedFen, outstandingFen } = command;
  return { owedFen, recoveredFen, refundedFen, treasuryFen, integrityAccountFen, adjustedFen, outstandingFen, voucher };
}

/** recordRule: a rule that has been made, so not one of tomorrow; a document number once. */
export function decideRule(state: IssueState, command: CommandOf<'recordRule'>, { now }: Judging): Decision {
  const refused = standsForNothing(state, command.type);
  if (refused) return refused;
  const { name, madeOn } = command;
  const number = command.number?.trim() || null;
  const today = dateOf(now);
  if (madeOn > today) return reject('rule.future', `制度的印发日期${madeOn}在今天（${today}）之后。`, '请在印发后登记。');
  if (number !== null && state.newRules.some((rule) => rule.number === number))
    return reject('rule.twice', `该问题已登记文号为${number}的制度。`, '无需重复登记。');
  return accept({ type: 'ruleRecorded', id: `r${state.newRules.length + 1}`, name, number, madeOn });
}

/**
 * setPublicStatus: what the office says in public as of a cut-off day; not the phase. It may say less than the ledger, but 已完成
 * needs a rectification that is finished ("finished" and "struck off" are two facts), and nothing that waits for a coordination.
 */
export function decidePublicStatus(state: IssueState, command: CommandOf<'setPublicStatus'>, { now }: Judging): Decision {
  const refused = standsForNothing(state, command.type);
  if (refused) return refused;
  const { status, on, reason = null } = command;
  const today = dateOf(now);
  if (on > today) return reject('publicStatus.future', `截止日期${on}在今天（${today}）之后。`, '请填写今天或以前的截止日期。');
  if (state.publicStatus && on < state.publicStatus.on)
    return reject('publicStatus.order', `已有截至${state.publicStatus.on}的口径。`, '请填写该日或以后的截止日期。');
  if (status === 'completed') {
    if (state.coordination?.state === 'asked' || state.coordination?.state === 'accepted')
      return reject('publicStatus.coordination', '该问题正提请上级协调，不能对外称已完成。', '请在协调答复并完成整改后再定。');
    if (!isFinished(state))
      return reject(
        'publicStatus.tooEarly',
        `该问题处于“${phaseLabels[state.phase]}”，整改措施尚未全部完成，不能对外称已完成。`,
        '请待全部措施完成或销号后再定，或改用其他口径。',
      );
  }
  return accept({ type: 'publicStatusSet', status, on, reason });
}

/** editImplementation: one text an issue, in place of the one drafted from its measures. What may not enter has no text. */
export function decideImplementation(state: IssueState, command: CommandOf<'editImplementation'>, _context: Judging): Decision {
  if (state.offSystem) return reject('issue.offSystem', '该问题线下办理，内容不进入系统。', '请在线下保存落实情况。');
  return standsForNothing(state, command.type) ?? accept({ type: 'implementationEdited', text: command.text });
}

/**
 * 是否完成: struck off; or every measure done, and not sent back since. A report's own claim of completion has no measures and does not
 * count.
 */
export function isFinished({ phase, measures, returns }: IssueState): boolean {
  if (closedPhases.includes(phase)) return true;
  const handedIn = ['closeoutRequested', 'checkBack', 'underReview'].includes(phase) || (phase === 'rectifying' && returns === 0);
  return handedIn && measures.length > 0 && measures.every(({ completedAt }) => completedAt !== null);
}

/** A wrong entry counts for nothing, and a split or merged issue is told by those that stand for it. */
function standsForNothing({ phase, replacedBy }: IssueState, command: CommandType): Decision | undefined {
  if (phase !== 'void' && phase !== 'replaced') return undefined;
  return reject(
    'phase.notAllowed',
    `该问题${phaseLabels[phase]}，不能${commandLabels[command]}。`,
    phase === 'void' ? '作废的问题不再登记。' : `请在${replacedBy.join('、')}上办理。`,
  );
}

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

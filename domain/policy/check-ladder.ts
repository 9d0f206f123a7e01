import { commandRoles } from '../issue/command-words';
import { roles, type Role } from '../roles';
import { ladderEnds, neverRedKinds, remindOnlyKinds, roundKinds } from './ladder-ends';
import { amountOf, isAfterDue, surelyBefore } from './offsets';
import { toneLabels } from './explain';
import { fault, isCount, type PolicyFailure } from './policy-failure';
import {
  obligationLabels,
  ladderPapers,
  paperLabels,
  type Audience,
  type Ladder,
  type ObligationKind,
  type PaperOrder,
  type Rung,
} from './policy';

/** A ladder and where it stands in the policy: `ladders.rectify.value`, or `relapseLadder.value`. */
export interface PlacedLadder {
  /** What it is the ladder of; a relapse has the ends of `rectify`. */
  readonly kind: ObligationKind;
  readonly path: string;
  readonly ladder: Ladder;
}

/** No offset is farther from the due day than ten years. */
const MOST_DAYS = 3_660;
/** Held for one issue or unit; in a round's obligation nobody stands behind them. */
const issueRoles: readonly Audience[] = ['handler', 'liaison', 'unitHead', 'leadLeader', 'leaderInCharge'];

/** What is wrong with one ladder: its rungs, their order, and where it ends. */
export function checkLadder(placed: PlacedLadder): PolicyFailure[] {
  const { kind, path, ladder } = placed;
  if (ladder.length === 0) return [fault('ladder.empty', path, `“${nameOf(kind)}”的阶梯没有一档。`, '请至少填写提醒、逾期和最后一档。')];
  return [...ladder.flatMap((rung, index) => checkRung(rung, `${path}[${index}]`)), ...checkOrder(placed), ...checkEnd(placed)];
}

const nameOf = (kind: ObligationKind): string => obligationLabels[kind];

function checkRung(rung: Rung, path: string): PolicyFailure[] {
  const { id, label, offset, audience, tone, paper, repeatEveryWorkdays: repeat } = rung;
  const found: PolicyFailure[] = [];
  if (id.trim() === '' || label.trim() === '')
    found.push(fault('rung.unnamed', path, '这一档没有编号或名称。', '请填写编号（id）和名称（label）。'));
  if (offset !== 'opened' && !(Number.isInteger(amountOf(offset)) && Math.abs(amountOf(offset)) <= MOST_DAYS))
    found.push(fault('rung.offset', `${path}.offset`, `“${label}”的时点不是十年以内的整数日。`, '请填写整数，到期前为负，逾期后为正。'));
  if (!Object.hasOwn(toneLabels, tone))
    found.push(
      fault('rung.unknownTone', `${path}.tone`, `“${label}”的颜色“${tone}”不存在。`, `只能填写${Object.keys(toneLabels).join('、')}。`),
    );
  if (tone === 'red' && !isAfterDue(offset))
    found.push(fault('rung.redBeforeDue', `${path}.tone`, `“${label}”在到期以前就是红色。`, '红色只用于逾期之后，请改为绿色或黄色。'));
  if (repeat !== undefined && !isCount(repeat, 1, MOST_DAYS))
    found.push(fault('rung.repeat', `${path}.repeatEveryWorkdays`, `“${label}”的重复间隔不是正整数。`, '请填写工作日数，至少为1。'));
  return [...found, ...checkAudience(audience, label, path), ...(paper ? checkPaper(paper, `${path}.paper`) : [])];
}

function checkAudience(audience: readonly Audience[], label: string, path: string): PolicyFailure[] {
  const place = `${path}.audience`;
  if (audience.length === 0) return [fault('rung.nobody', place, `“${label}”没有听取人。`, '请至少填写一个角色，或填写holder（应办人）。')];
  const unknown = audience.filter((one) => one !== 'holder' && !isRole(one));
  if (unknown.length > 0) return [unknownRole(place, unknown)];
  if (new Set(audience).size < audience.length)
    return [fault('rung.audienceTwice', place, `“${label}”的听取人重复。`, '每个角色只填写一次。')];
  return [];
}

/** A paper that its issuer can't sign stays a draft; a reply that the addressee can't give stays owed. */
function checkPaper({ kind, issuer, addressee, copyTo, replyWorkdays }: PaperOrder, path: string): PolicyFailure[] {
  if (!ladderPapers.includes(kind))
    return [
      fault(
        'paper.unknownKind',
        `${path}.kind`,
        `阶梯不能自动拟出文书“${kind}”。`,
        `只能填写${ladderPapers.join('、')}；约谈和问责由人决定。`,
      ),
    ];
  const unknown = [issuer, addressee, ...copyTo].filter((role) => !isRole(role));
  if (unknown.length > 0) return [unknownRole(path, unknown)];
  const found: PolicyFailure[] = [];
  const name = paperLabels[kind];
  if (issuer === addressee)
    found.push(fault('paper.toItself', `${path}.addressee`, `${name}的签发人和主送人都是${roles[issuer]}。`, '请改填另一个主送角色。'));
  if (!commandRoles.signPaper.includes(issuer))
    found.push(
      fault('paper.cannotSign', `${path}.issuer`, `${roles[issuer]}不能签发${name}。`, `只能填写${commandRoles.signPaper.join('、')}。`),
    );
  if (!commandRoles.replyToPaper.includes(addressee))
    found.push(
      fault(
        'paper.cannotReply',
        `${path}.addressee`,
        `${roles[addressee]}不能回复${name}。`,
        `只能填写${commandRoles.replyToPaper.join('、')}。`,
      ),
    );
  if (new Set([addressee, ...copyTo]).size <= copyTo.length)
    found.push(fault('paper.copyTwice', `${path}.copyTo`, `${name}的抄送重复，或抄送给了主送人。`, '每个角色只收一份。'));
  if (!isCount(replyWorkdays, 1, MOST_DAYS))
    found.push(fault('paper.reply', `${path}.replyWorkdays`, `${name}的回复期限不是正整数。`, '请填写工作日数，至少为1。'));
  return found;
}

/** Rungs have their own names and stand in the order in which they fire; only the last one repeats. */
function checkOrder({ kind, path, ladder }: PlacedLadder): PolicyFailure[] {
  return ladder.flatMap((rung, index) => {
    const place = `${path}[${index}]`;
    const before = ladder[index - 1];
    const found: PolicyFailure[] = [];
    if (ladder.findIndex(({ id }) => id === rung.id) < index)
      found.push(fault('rung.sameId', `${place}.id`, `“${nameOf(kind)}”的阶梯里编号“${rung.id}”重复。`, '同一阶梯里每档编号只用一次。'));
    if (before && !surelyBefore(before.offset, rung.offset))
      found.push(
        fault(
          'rung.order',
          `${place}.offset`,
          `“${nameOf(kind)}”的阶梯里“${rung.label}”不一定晚于前一档“${before.label}”。`,
          '请按先后排列；日与工作日混用时留足节假日的间隔。',
        ),
      );
    if (rung.repeatEveryWorkdays !== undefined && index < ladder.length - 1)
      found.push(
        fault('rung.repeatNotLast', `${place}.repeatEveryWorkdays`, `“${rung.label}”不是最后一档却重复。`, '只有最后一档可以重复。'),
      );
    return found;
  });
}

/** A ladder without a hole: it says when the thing is overdue, ends where it must, and does not fall silent there. */
function checkEnd(placed: PlacedLadder): PolicyFailure[] {
  const { kind, path, ladder } = placed;
  const name = nameOf(kind);
  const last = ladder.at(-1);
  const found: PolicyFailure[] = [];
  const overdue = ladder.find(({ id }) => id === 'overdue');
  if (!overdue || overdue.offset === 'opened' || !('days' in overdue.offset) || overdue.offset.days !== 1)
    found.push(fault('ladder.noOverdue', path, `“${name}”的阶梯没有到期次日的逾期档。`, '请加上编号为overdue、时点为逾期第1日的一档。'));
  else if (!neverRedKinds.includes(kind) && overdue.tone !== 'red')
    found.push(fault('ladder.overdueNotRed', path, `“${name}”的逾期档不是红色。`, '请把逾期档改为红色。'));
  const missing = ladderEnds[kind].filter((end) => !last?.audience.includes(end));
  if (missing.length > 0)
    found.push(
      fault('ladder.end', path, `“${name}”的阶梯没有到达${missing.map(audienceName).join('、')}。`, '请在最后一档的听取人里加上这些角色。'),
    );
  return [...found, ...(remindOnlyKinds.includes(kind) ? checkRemindOnly(placed) : checkLast(placed)), ...checkRoundRoles(placed)];
}

function checkLast({ kind, path, ladder }: PlacedLadder): PolicyFailure[] {
  const last = ladder.at(-1);
  const found: PolicyFailure[] = [];
  if (last?.repeatEveryWorkdays === undefined)
    found.push(fault('ladder.fallsSilent', path, `“${nameOf(kind)}”的最后一档之后不再提醒。`, '请给最后一档填写重复间隔（工作日）。'));
  if (ladder.some((rung) => rung.opens && (kind !== 'rectify' || rung !== last || !rung.audience.includes('inspectionOffice'))))
    found.push(
      fault('ladder.opens', path, `“${nameOf(kind)}”的阶梯里有一档不能提出约谈问题。`, '只有整改阶梯的最后一档可以请巡察办决定是否约谈。'),
    );
  if (kind === 'rectify' && last?.paper)
    found.push(
      fault('ladder.talkByDate', path, '整改阶梯的最后一档不能自动出文书。', '最后一档只请巡察办决定是否约谈；问责不由日期产生。'),
    );
  return found;
}

function checkRemindOnly({ kind, path, ladder }: PlacedLadder): PolicyFailure[] {
  const only = ladder.every(({ audience, tone, paper }) => audience.every((one) => one === 'holder') && tone !== 'red' && !paper);
  return only ? [] : [fault('ladder.remindOnly', path, `“${nameOf(kind)}”只提醒应办人，不升级。`, '请去掉其他听取人、红色和文书。')];
}

function checkRoundRoles({ kind, path, ladder }: PlacedLadder): PolicyFailure[] {
  const strangers = [...new Set(ladder.flatMap(({ audience }) => audience))].filter((one) => issueRoles.includes(one));
  if (!roundKinds.includes(kind) || strangers.length === 0) return [];
  const names = strangers.map(audienceName).join('、');
  return [fault('ladder.roundRole', path, `“${nameOf(kind)}”是轮次事项，没有${names}。`, '请改填第一责任人、整改办等角色。')];
}

const isRole = (role: string): role is Role => Object.hasOwn(roles, role);
const audienceName = (one: Audience): string => (one === 'holder' ? '应办人' : roles[one]);
const unknownRole = (path: string, unknown: readonly string[]): PolicyFailure =>
  fault('role.unknown', path, `角色“${unknown.join('、')}”不存在。`, `只能填写${Object.keys(roles).join('、')}。`);

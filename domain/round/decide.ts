import { accept, reject } from '../decision';
import { personOf, rolesIn, unitOf } from '../parties';
import { unreachable } from '../result';
import { roles, type Role } from '../roles';
import { dateOf } from '../time';
import { decideAssessment, decideCheckBackPlan, decideClosing } from './decide-end';
import { decideAcceptance, decideMerge, decideReturn, decideStage, decideSubmission, decideNone } from './decide-findings';
import { roundCommandLabels, roundCommandRoles, type RoundCommand } from './commands';
import type { RoundCommandOf, RoundContext, RoundDecision } from './decision';
import { pastDay, wrongUnits } from './gates';
import type { RoundState } from './types';

/** The gate of a round. Pure; never throws; time is `context.now`. */
export function decideRound(state: RoundState, command: RoundCommand, context: RoundContext): RoundDecision {
  if (state.phase === 'closed') return reject('round.closed', '该轮次已结束。', '如需继续，请另建轮次。');
  if (state.policy === null) return reject('round.unsupervised', '该轮次在旧版本中建立，没有轮次事项。', '请直接办理其各个问题。');
  const unitId = 'unitId' in command ? command.unitId : null;
  if (unitId !== null && !unitOf(context.directory, unitId))
    return reject('unit.unknown', `通讯录中没有单位${unitId}。`, '请先导入单位，或改用已有单位。');
  const own = rolesIn(context.directory, state, context.actor, dateOf(context.now), unitId);
  const allowed = roundCommandRoles[command.type];
  const acting = allowed.filter((role) => own.includes(role));
  if (acting.length === 0)
    return reject(
      'role.notAllowed',
      `${personOf(context.directory, context.actor)?.name ?? context.actor}不能${roundCommandLabels[command.type]}。`,
      `请由${allowed.map((role) => roles[role]).join('或')}办理。`,
    );
  return judge(state, command, context, acting);
}

function judge(state: RoundState, command: RoundCommand, context: RoundContext, acting: readonly Role[]): RoundDecision {
  switch (command.type) {
    case 'filePlan':
      return state.planFiledOn === null
        ? accept({ type: 'roundPlanFiled', document: command.document })
        : reject('roundPlan.filed', `整改方案已于${state.planFiledOn}报送。`, '如有修改，请在批注中说明或重新报批。');
    case 'fileReport':
      return decideReport(state, command, acting);
    case 'holdMeeting':
      return decideMeeting(state, command);
    case 'assess':
      return decideAssessment(state, command, context);
    case 'planRoundCheckBack':
      return decideCheckBackPlan(state, command, context);
    case 'callCollection':
      return decideCollection(state, command, context);
    case 'answerCollection':
      return decideAnswer(state, command, context);
    case 'openStage':
      return decideStage(state, command, context);
    case 'submitFinding':
      return decideSubmission(state, command);
    case 'reportNone':
      return decideNone(state, command);
    case 'acceptFinding':
      return decideAcceptance(state, command, context);
    case 'mergeFinding':
      return decideMerge(state, command, context);
    case 'returnFinding':
      return decideReturn(state, command);
    case 'recordClues':
      return decideClues(command);
    case 'putPolicyInForce':
      return decidePolicy(state, command, context);
    case 'closeRound':
      return decideClosing(state, command, context);
    default:
      return unreachable(command);
  }
}

/** fileReport: each of the two once; the secretary's own report may be filed by the secretary or handed in by the office. */
function decideReport(state: RoundState, { report, document }: RoundCommandOf<'fileReport'>, acting: readonly Role[]): RoundDecision {
  if (state.reportsFiled.includes(report)) return reject('report.filed', '该报告已报送。', '无需重复报送。');
  if (report === 'organisationReport' && !acting.includes('rectificationOffice'))
    return reject('role.notAllowed', '单位整改报告由整改办报送。', '请由整改办办理。');
  return accept({ type: 'reportFiled', report, document });
}

/** holdMeeting: the open date of a cadence, the earliest due first. */
function decideMeeting(state: RoundState, { minutes }: RoundCommandOf<'holdMeeting'>): RoundDecision {
  const open = state.duties.find(({ kind, closedAt }) => kind === 'cadence' && closedAt === null);
  if (!open) return reject('cadence.none', '目前没有待组织的调度。', '请等待下一次调度日。');
  return accept({ type: 'cadenceHeld', dutyId: open.id, minutes: minutes ?? null });
}

/** callCollection: known units, each once, by a day that is not past. */
function decideCollection(
  state: RoundState,
  { period, dueOn, units }: RoundCommandOf<'callCollection'>,
  context: RoundContext,
): RoundDecision {
  const refused = wrongUnits(units, context) ?? pastDay(dueOn, context);
  if (refused) return refused;
  if (state.collections.some((collection) => collection.period === period))
    return reject('collection.twice', `“${period}”已经收报。`, '每期只发起一次，请换一个期别。');
  return accept({ type: 'collectionCalled', collectionId: String(state.collections.length + 1), period, dueOn, units });
}

/** answerCollection: a unit that was asked, once, with rows of issues of this round. */
function decideAnswer(
  state: RoundState,
  { collectionId, unitId, rows }: RoundCommandOf<'answerCollection'>,
  { facts }: RoundContext,
): RoundDecision {
  const collection = state.collections.find(({ id }) => id === collectionId);
  if (!collection?.units.includes(unitId)) return reject('collection.unknown', '该单位没有这次收报。', '请核对收报编号和单位。');
  if (collection.answers.some((answer) => answer.unitId === unitId))
    return reject('collection.answered', '该单位已填报。', '如需更正，请直接填报进展。');
  const stray = rows.find(({ issueId }) => !facts.issues.includes(issueId));
  if (stray) return reject('issue.unknown', `本轮次没有问题${stray.issueId}。`, '请核对问题编号。');
  return accept({ type: 'collectionAnswered', collectionId, unitId, rows });
}

/** recordClues: counts only; zero is a value, and no more are settled and under way than came in. */
function decideClues({ received, handling, settled, released }: RoundCommandOf<'recordClues'>): RoundDecision {
  const counts = [received, handling, settled, ...(released === null ? [] : [released])];
  if (counts.some((count) => !Number.isSafeInteger(count) || count < 0))
    return reject('clues.count', '线索数须为零或正整数。', '请填写数字，没有就填0。');
  if (handling + settled > received) return reject('clues.sum', '在办与办结之和多于受理数。', '请核对三个数字。');
  return accept({ type: 'cluesRecorded', received, handling, settled, released });
}

/** putPolicyInForce: a version the ledger holds and that is not in force already. */
function decidePolicy(state: RoundState, { policy, reason }: RoundCommandOf<'putPolicyInForce'>, { facts }: RoundContext): RoundDecision {
  if (!facts.policies.includes(policy))
    return reject('policy.unknown', `没有规则${policy}。`, `现有规则：${facts.policies.join('、')}。请先用 policy add 导入。`);
  if (state.policy === policy) return reject('policy.inForce', `规则${policy}已在本轮次启用。`, '无需重复启用。');
  return accept({ type: 'policyPutInForce', policy, reason });
}

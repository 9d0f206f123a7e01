import { accept, reject } from '../decision';
import { obligationOf } from '../obligation/obligations';
import { actorName, rolesIn } from '../parties';
import { unreachable } from '../result';
import { roles, type Role } from '../roles';
import { dateOf } from '../time';
import { decideAnswer, decideCollection } from './decide-collection';
import { decideAssessment, decideCheckBackPlan, decideClosing } from './decide-end';
import { decideAcceptance, decideMerge, decideReturn, decideStage, decideSubmission, decideNone } from './decide-findings';
import { isOfCadence } from './cadence';
import { roundCommandLabels, roundCommandRoles, type RoundCommand } from './commands';
import type { RoundCommandOf, RoundContext, RoundDecision } from './decision';
import { wrongUnit } from './gates';
import { periodEnd } from './period';
import type { RoundState } from './types';

/** The gate of a round. Pure; never throws; time is `context.now`. */
export function decideRound(state: RoundState, command: RoundCommand, context: RoundContext): RoundDecision {
  if (state.phase === 'closed') return reject('round.closed', '该轮次已结束。', '如需继续，请另建轮次。');
  if (state.policy === null) return reject('round.unsupervised', '该轮次在旧版本中建立，没有轮次事项。', '请直接办理其各个问题。');
  const unitId = 'unitId' in command ? command.unitId : null;
  const stranger = unitId === null ? undefined : wrongUnit(state, unitId, context);
  if (stranger) return stranger;
  const own = rolesIn(context.directory, state, context.actor, dateOf(context.now), unitId);
  const allowed = roundCommandRoles[command.type];
  const acting = allowed.filter((role) => own.includes(role));
  if (acting.length === 0)
    return reject(
      'role.notAllowed',
      `${actorName(context.directory, context.actor)}不能${roundCommandLabels[command.type]}。`,
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
      return decideReport(state, command, acting, context);
    case 'holdMeeting':
      return decideMeeting(state, command, context);
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
function decideReport(
  state: RoundState,
  { report, document }: RoundCommandOf<'fileReport'>,
  acting: readonly Role[],
  context: RoundContext,
): RoundDecision {
  if (state.reportsFiled.includes(report)) return reject('report.filed', '该报告已报送。', '无需重复报送。');
  if (report === 'organisationReport' && !acting.includes('rectificationOffice'))
    return reject('role.notAllowed', '单位整改报告由整改办报送。', '请由整改办办理。');
  const periodEndsOn = periodEnd(state, context);
  return accept({
    type: 'reportFiled',
    report,
    document,
    ...(periodEndsOn === null ? {} : { periodEndsOn }),
    checkBackOwed: context.policy.checkBackAfter.value !== 'none',
  });
}

/** holdMeeting: the open date of the cadence that is named, else of all the one that is due first. */
function decideMeeting(state: RoundState, { cadence, minutes }: RoundCommandOf<'holdMeeting'>, context: RoundContext): RoundDecision {
  const [next] = state.duties
    .filter(({ kind, closedAt, id }) => kind === 'cadence' && closedAt === null && (cadence === undefined || isOfCadence(id, cadence)))
    .map((duty) => obligationOf(duty, context))
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
  if (!next) return reject('cadence.none', '目前没有待组织的调度。', '请等待下一次调度日。');
  return accept({ type: 'cadenceHeld', dutyId: next.duty.id, minutes: minutes ?? null });
}

/** recordClues: counts only; zero is a value, and no more are settled and under way, or released, than came in. */
function decideClues({ received, handling, settled, released }: RoundCommandOf<'recordClues'>): RoundDecision {
  const counts = [received, handling, settled, ...(released === null ? [] : [released])];
  if (counts.some((count) => !Number.isSafeInteger(count) || count < 0))
    return reject('clues.count', '线索数须为零或正整数。', '请填写数字，没有就填0。');
  if (handling + settled > received) return reject('clues.sum', '在办与办结之和多于受理数。', '请核对三个数字。');
  if (released !== null && released > received) return reject('clues.sum', '公布的线索数多于受理数。', '请核对公布的数字。');
  return accept({ type: 'cluesRecorded', received, handling, settled, released });
}

/** putPolicyInForce: a version the ledger holds and that is not in force already. */
function decidePolicy(state: RoundState, { policy, reason }: RoundCommandOf<'putPolicyInForce'>, { facts }: RoundContext): RoundDecision {
  if (!facts.policies.includes(policy))
    return reject('policy.unknown', `没有规则${policy}。`, `现有规则：${facts.policies.join('、')}。请先用 policy add 导入。`);
  if (state.policy === policy) return reject('policy.inForce', `规则${policy}已在本轮次启用。`, '无需重复启用。');
  return accept({ type: 'policyPutInForce', policy, reason });
}

import { actorName, dutyHolders, mayDo, rolesIn, unitRoles } from '../parties';
import { unreachable } from '../result';
import { roles, type Role } from '../roles';
import { dateOf } from '../time';
import { commandLabels, commandRoles } from './command-words';
import type { IssueCommand } from './commands';
import { decideCheckBackPlan, decideCheckBackRecord, decideDraw } from './decide-check-back';
import { decideCloseoutRequest, decideMeasureCompletion } from './decide-closeout';
import { decideReportedAcceptance, decideReview } from './decide-review';
import { decideExtension, decideExtensionRequest } from './decide-extension';
import { decideDeclining, decideEscalation, decideHolding, decideReply, decideSigning } from './decide-paper';
import { decideMilestone, decideStageReview, decideUpkeep } from './decide-sustained';
import {
  decideAmendment,
  decideConfirmation,
  decideMerge,
  decideReassign,
  decideReceipt,
  decideSplit,
  decideTransfer,
  decideVoid,
} from './decide-correct';
import { decideHandOver, decideRecurrence, decideRecusal, decideSharing } from './decide-parties';
import { decideReopening, decideResumption, decideSuspension, decideSuspensionReview, decideWithdrawal } from './decide-suspension';
import { decideCoordination, decideCoordinationAnswer, decideCoordinationNote, decideCoordinationRequest } from './decide-coordination';
import { decideTalk } from './decide-talk';
import { decideHandling, decideImplementation, decideMoney, decideMoneyCorrection, decidePublicStatus, decideRule } from './decide-records';
import { decidePlan, decidePlanApproval, decidePlanReturn, decidePlanReview } from './decide-plan';
import { accept, noFacts, reject, type CommandOf, type Decision, type IssueContext, type Judging } from './decision';
import { inPhase, unknownPerson, unknownUnit } from './gates';
import { isFinal, phaseLabels, type IssueState } from './types';

export type { Decision } from './decision';

/** Commands that a co-unit's own people may give for their part. */
const partCommands: readonly IssueCommand['type'][] = ['reportProgress', 'completeMeasure', 'completeMilestone', 'requestExtension'];

/** What may still be said of an issue that is final: it can be reopened, remarked on, and its records completed. */
const evenWhenFinal: readonly IssueCommand['type'][] = [
  'comment',
  'reopen',
  'linkRecurrence',
  'setPublicStatus',
  'editImplementation',
  'recordHandling',
  'correctMoney',
];

/** What may be said of an issue while it is suspended: nothing goes on but the suspension itself and the records. */
const evenWhenSuspended: readonly IssueCommand['type'][] = [
  'comment',
  'resume',
  'withdraw',
  'reviewSuspension',
  'amend',
  'linkRecurrence',
  'recordHandling',
  'recordMoney',
  'correctMoney',
  'recordRule',
  'setPublicStatus',
  'editImplementation',
];

/** The gate: judges a command against the state, the rules and who asks. Pure; never throws; time is `context.now`. */
export function decide(state: IssueState, command: IssueCommand, context: IssueContext): Decision {
  if (isFinal(state.phase) && !evenWhenFinal.includes(command.type))
    return reject('issue.final', `该问题${phaseLabels[state.phase]}，已归档。`, '如发现反弹，请由巡察办重新立账。');
  if (state.phase === 'suspended' && !evenWhenSuspended.includes(command.type))
    return reject('issue.suspended', `该问题已中止，不能${commandLabels[command.type]}。`, '请由巡察办恢复后再办理。');
  const { directory, actor, now, facts = noFacts } = context;
  const today = dateOf(now);
  const own = rolesIn(directory, state, actor, today);
  const coUnits = partCommands.includes(command.type) ? (state.assignment?.coUnitIds ?? []) : [];
  const ownUnits = [state.assignment?.leadUnitId ?? null, ...coUnits].filter(
    (unitId): unitId is string =>
      unitId !== null && rolesIn(directory, state, actor, today, unitId).some((role) => unitRoles.includes(role)),
  );
  const allowed = commandRoles[command.type];
  const ofPart = coUnits.flatMap((unitId) => rolesIn(directory, state, actor, today, unitId));
  const acting = allowed.filter((role) => own.includes(role) || (unitRoles.includes(role) && ofPart.includes(role)));
  const passedOn = allowed.length > 0 && acting.length === 0 ? passedTo(state, command, context) : [];
  if (allowed.length > 0 && acting.length === 0 && passedOn.length === 0)
    return reject(
      'role.notAllowed',
      `${actorName(directory, actor)}不能${commandLabels[command.type]}。`,
      `请由${allowed.map((role) => roles[role]).join('或')}办理。`,
    );
  return judge(state, command, { ...context, facts, acting: acting.length > 0 ? acting : passedOn, ownUnits });
}

/** A duty whose own holders must keep out passes to the next role up, who may then act in its place (design.md, section 7). */
function passedTo(state: IssueState, { type }: IssueCommand, { directory, actor, now }: IssueContext): Role[] {
  const open = state.duties.filter(({ closedAt }) => closedAt === null);
  return open
    .filter(({ holder }) => commandRoles[type].includes(holder))
    .filter((duty) => {
      const on = dateOf(now);
      return dutyHolders(directory, state, duty, on).passedOn && mayDo(directory, state, duty, { actor, on });
    })
    .map(({ holder }) => holder);
}

function judge(state: IssueState, command: IssueCommand, context: Judging): Decision {
  switch (command.type) {
    case 'assign':
      return decideAssignment(state, command, context);
    case 'acknowledge':
      return decideReceipt(state);
    case 'proposePlan':
      return decidePlan(state, command, context);
    case 'approvePlan':
      return decidePlanApproval(state, command, context);
    case 'returnPlan':
      return decidePlanReturn(state, command, context);
    case 'reviewPlan':
      return decidePlanReview(state, command, context);
    case 'reportProgress':
      return inPhase(state, command.type, ['rectifying']) ?? accept({ type: 'progressReported', progress: command.progress });
    case 'completeMeasure':
      return decideMeasureCompletion(state, command, context);
    case 'requestExtension':
      return decideExtensionRequest(state, command, context);
    case 'decideExtension':
      return decideExtension(state, command, context);
    case 'requestCloseout':
      return decideCloseoutRequest(state, command, context);
    case 'planCheckBack':
      return decideCheckBackPlan(state, command, context);
    case 'recordCheckBack':
      return decideCheckBackRecord(state, command, context);
    case 'review':
      return decideReview(state, command, context);
    case 'drawCheckBack':
      return decideDraw(state, command, context);
    case 'acceptReported':
      return decideReportedAcceptance(state, context);
    case 'signPaper':
      return decideSigning(state, command, context);
    case 'replyToPaper':
      return decideReply(state, command, context);
    case 'completeMilestone':
      return decideMilestone(state, command, context);
    case 'reviewStage':
      return decideStageReview(state, command, context);
    case 'confirmUpkeep':
      return decideUpkeep(state, command, context);
    case 'void':
      return decideVoid(state, command, context);
    case 'split':
      return decideSplit(state, command, context);
    case 'merge':
      return decideMerge(state, command, context);
    case 'reassign':
      return decideReassign(state, command, context);
    case 'transferOut':
      return decideTransfer(state, command, context);
    case 'confirmCorrection':
      return decideConfirmation(state, command, context);
    case 'amend':
      return decideAmendment(state, command, context);
    case 'recuse':
      return decideRecusal(state, command, context);
    case 'handOver':
      return decideHandOver(state, command, context);
    case 'linkRecurrence':
      return decideRecurrence(state, command, context);
    case 'shareRectification':
      return decideSharing(state, command, context);
    case 'suspend':
      return decideSuspension(state, command, context);
    case 'reviewSuspension':
      return decideSuspensionReview(state, command, context);
    case 'resume':
      return decideResumption(state, command, context);
    case 'withdraw':
      return decideWithdrawal(state, command, context);
    case 'reopen':
      return decideReopening(state, command, context);
    case 'requestCoordination':
      return decideCoordinationRequest(state, command, context);
    case 'decideCoordination':
      return decideCoordination(state, command, context);
    case 'noteCoordination':
      return decideCoordinationNote(state, command, context);
    case 'answerCoordination':
      return decideCoordinationAnswer(state, command, context);
    case 'recordHandling':
      return decideHandling(state, command, context);
    case 'recordMoney':
      return decideMoney(state, command, context);
    case 'correctMoney':
      return decideMoneyCorrection(state, command, context);
    case 'decideTalk':
      return decideTalk(state, command, context);
    case 'recordRule':
      return decideRule(state, command, context);
    case 'setPublicStatus':
      return decidePublicStatus(state, command, context);
    case 'editImplementation':
      return decideImplementation(state, command, context);
    case 'escalate':
      return decideEscalation(state, command, context);
    case 'holdPaper':
      return decideHolding(state, command, context);
    case 'declinePaper':
      return decideDeclining(state, command, context);
    case 'comment':
      return accept({ type: 'commented', note: command.note });
    default:
      return unreachable(command);
  }
}

/** assign: lead unit and lead leader are required; until the unit has signed, the office may assign anew. */
function decideAssignment(state: IssueState, command: CommandOf<'assign'>, context: Judging): Decision {
  const { leadUnitId, leadLeaderId, leaderInChargeId, handlerId, coUnitIds = [] } = command;
  return (
    inPhase(state, command.type, ['registered', 'assigned']) ??
    unknownUnit(context, [leadUnitId, ...coUnitIds]) ??
    unknownPerson(context, [leadLeaderId, leaderInChargeId, handlerId]) ??
    accept({
      type: 'assigned',
      leadUnitId,
      leadLeaderId,
      leaderInChargeId: leaderInChargeId ?? null,
      handlerId: handlerId ?? null,
      coUnitIds,
    })
  );
}

import { personOf, rolesIn } from '../parties';
import { unreachable } from '../result';
import { roles } from '../roles';
import { dateOf } from '../time';
import { commandLabels, commandRoles, type IssueCommand } from './commands';
import type { DecisionContext } from '../context';
import { decideCheckBackPlan, decideCheckBackRecord, decideDraw } from './decide-check-back';
import { decideCloseoutRequest, decideMeasureCompletion, decideReportedAcceptance, decideReview } from './decide-closeout';
import { decideExtension, decideExtensionRequest } from './decide-extension';
import { decideReply, decideSigning } from './decide-paper';
import { decidePlan, decidePlanApproval, decidePlanReturn, decidePlanReview } from './decide-plan';
import { accept, reject, type CommandOf, type Decision, type Judging } from './decision';
import { inPhase, unknownPerson, unknownUnit } from './gates';
import { isFinal, type IssueState } from './types';

export type { Decision } from './decision';

/** The gate: judges a command against the state, the rules and who asks. Pure; never throws; time is `context.now`. */
export function decide(state: IssueState, command: IssueCommand, context: DecisionContext): Decision {
  if (isFinal(state.phase) && command.type !== 'comment')
    return reject('issue.final', '该问题已巩固归档。', '如发现反弹，请由巡察办重新立账。');
  const own = rolesIn(context.directory, state, context.actor, dateOf(context.now));
  const allowed = commandRoles[command.type];
  const acting = allowed.filter((role) => own.includes(role));
  if (allowed.length > 0 && acting.length === 0)
    return reject(
      'role.notAllowed',
      `${personOf(context.directory, context.actor)?.name ?? context.actor}不能${commandLabels[command.type]}。`,
      `请由${allowed.map((role) => roles[role]).join('或')}办理。`,
    );
  return judge(state, command, { ...context, acting });
}

function judge(state: IssueState, command: IssueCommand, context: Judging): Decision {
  switch (command.type) {
    case 'assign':
      return decideAssignment(state, command, context);
    case 'acknowledge':
      return inPhase(state, command.type, ['assigned']) ?? accept({ type: 'acknowledged' });
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
      return decideMeasureCompletion(state, command);
    case 'requestExtension':
      return decideExtensionRequest(state, command, context);
    case 'decideExtension':
      return decideExtension(state, command, context);
    case 'requestCloseout':
      return decideCloseoutRequest(state, command);
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

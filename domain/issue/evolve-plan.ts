import { dateOf, type Instant } from '../time';
import { close, ofKind, open, openApproval, openPlan, openRectify } from './duties';
import type { EventOf } from './events';
import type { EventFrame } from './evolve';
import type { DueBasis, IssueState } from './types';

export function assigned(state: IssueState, event: EventOf<'assigned'>, at: Instant): IssueState {
  const { leadUnitId, leadLeaderId, leaderInChargeId, handlerId, coUnitIds } = event;
  const assignment = { leadUnitId, leadLeaderId, leaderInChargeId, handlerId, coUnitIds };
  const handed = close({ ...state, phase: 'assigned', assignment }, at, 'assigned', ofKind('assign', 'receipt'));
  const owed = open(handed, at, { kind: 'receipt', holder: 'unitHead', due: { term: 'receipt', from: dateOf(at) } });
  const assignedAnew = owed.duties.some((duty) => duty.kind === 'rectify' && duty.closedAt === null);
  // the duty to rectify is not announced: the unit hears of the issue by its receipt
  return assignedAnew ? owed : openRectify(owed, at, untilPlanned(state, at), false);
}

export const acknowledged = (state: IssueState, at: Instant): IssueState =>
  openPlan(close({ ...state, phase: 'acknowledged' }, at, 'acknowledged', ofKind('receipt')), at, firstPlan(state, at));

export function planProposed(state: IssueState, event: EventOf<'planProposed'>, { actor, occurredAt: at }: EventFrame): IssueState {
  const planned: IssueState = {
    ...state,
    phase: 'planned',
    planProposedBy: actor,
    planApprovals: [],
    measures: event.measures.map((measure) => ({ ...measure, completedAt: null })),
  };
  return openApproval(close(planned, at, 'planProposed', ofKind('plan')), at, 'leadLeader');
}

export function planApproved(state: IssueState, event: EventOf<'planApproved'>, { actor, occurredAt: at }: EventFrame): IssueState {
  const planApprovals = [...state.planApprovals, { role: event.role, by: actor }];
  const approved = close({ ...state, planApprovals }, at, 'planApproved', ofKind('planApproval'));
  if (!event.final) return openApproval(approved, at, 'rectificationOffice');
  const rectifying: IssueState = {
    ...approved,
    phase: 'rectifying',
    originalDueOn: state.originalDueOn ?? event.dueOn,
    dueOn: event.dueOn ?? state.dueOn,
  };
  const reviewed = open(rectifying, at, { kind: 'planReview', holder: 'inspectionOffice', due: { term: 'planReview', from: dateOf(at) } });
  const due: DueBasis = event.dueOn ? { named: event.dueOn } : untilPlanned(state, at);
  return openRectify(close(reviewed, at, 'planApproved', ofKind('rectify')), at, due);
}

export const planReturned = (state: IssueState, at: Instant): IssueState =>
  planAnew(close(state, at, 'planReturned', ofKind('planApproval')), at);

/** A returned plan is made anew, so an extension of its day that still waits is void: the clock it stopped runs again. */
export function planReviewed(state: IssueState, event: EventOf<'planReviewed'>, at: Instant): IssueState {
  const reviewed = close(state, at, 'planReviewed', ofKind('planReview'));
  if (event.verdict === 'approved') return reviewed;
  const undecided = close({ ...reviewed, extension: null }, at, 'planReturned', ofKind('extensionDecision'));
  return planAnew({ ...undecided, duties: undecided.duties.map((duty) => ({ ...duty, stoppedAt: null })) }, at);
}

const planAnew = (state: IssueState, at: Instant): IssueState =>
  openPlan({ ...state, phase: 'acknowledged', planApprovals: [] }, at, { term: 'redo', from: dateOf(at) });

/** The terms of a round count from its feedback; those of a reported completion that came back before any unit had it, from today. */
const roundStart = (state: IssueState, at: Instant) => (state.returns > 0 ? dateOf(at) : state.feedbackOn);

/** Until a plan names a day, rectification is due at the end of the concentrated period. */
const untilPlanned = (state: IssueState, at: Instant): DueBasis =>
  state.relapses > 0 ? { term: 'relapseRedo', from: dateOf(at) } : { term: 'concentratedPeriod', from: roundStart(state, at) };

const firstPlan = (state: IssueState, at: Instant): DueBasis =>
  state.relapses > 0 ? { term: 'redo', from: dateOf(at) } : { term: 'plan', from: roundStart(state, at) };

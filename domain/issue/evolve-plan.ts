import { close, ofKind, open } from '../obligation/duties';
import { dayOf, type DueBasis, type EventFrame } from '../obligation/types';
import type { EventOf } from './events';
import { openApproval, openPlan, openRectify } from './owed';
import { closeParts, openParts } from './parts';
import type { IssueState } from './types';

export function assigned(state: IssueState, event: EventOf<'assigned'>, frame: EventFrame): IssueState {
  const at = frame.occurredAt;
  const { leadUnitId, leadLeaderId, leaderInChargeId, handlerId, coUnitIds } = event;
  const assignment = { leadUnitId, leadLeaderId, leaderInChargeId, handlerId, coUnitIds };
  const handed = close<IssueState>({ ...state, phase: 'assigned', assignment }, at, 'assigned', ofKind('assign', 'receipt'));
  const owed = open(handed, at, { kind: 'receipt', holder: 'unitHead', due: { term: 'receipt', from: dayOf(frame) } });
  const assignedAnew = owed.duties.some((duty) => duty.kind === 'rectify' && duty.closedAt === null);
  // the duty to rectify is not announced: the unit hears of the issue by its receipt
  return assignedAnew ? owed : openRectify(owed, frame, untilPlanned(state, frame), false);
}

export const acknowledged = (state: IssueState, frame: EventFrame): IssueState =>
  openPlan(
    close<IssueState>({ ...state, phase: 'acknowledged' }, frame.occurredAt, 'acknowledged', ofKind('receipt')),
    frame,
    firstPlan(state, frame),
  );

export function planProposed(state: IssueState, event: EventOf<'planProposed'>, frame: EventFrame): IssueState {
  const { actor, occurredAt: at } = frame;
  const planned: IssueState = {
    ...state,
    phase: 'planned',
    planProposedBy: actor,
    planApprovals: [],
    measures: event.measures.map(({ milestones, ...measure }) => ({
      ...measure,
      ...(milestones ? { milestones: milestones.map((one) => ({ ...one, completedAt: null })) } : {}),
      completedAt: null,
    })),
  };
  return openApproval(close(planned, at, 'planProposed', ofKind('plan')), frame, 'leadLeader');
}

export function planApproved(state: IssueState, event: EventOf<'planApproved'>, frame: EventFrame): IssueState {
  const { actor, occurredAt: at } = frame;
  const planApprovals = [...state.planApprovals, { role: event.role, by: actor }];
  const approved = close({ ...state, planApprovals }, at, 'planApproved', ofKind('planApproval'));
  if (!event.final) return openApproval(approved, frame, 'rectificationOffice');
  const rectifying: IssueState = {
    ...approved,
    phase: 'rectifying',
    originalDueOn: state.originalDueOn ?? event.dueOn,
    dueOn: event.dueOn ?? state.dueOn,
  };
  const reviewed = open(rectifying, at, {
    kind: 'planReview',
    holder: 'inspectionOffice',
    due: { term: 'planReview', from: dayOf(frame) },
  });
  const due: DueBasis = event.dueOn ? { named: event.dueOn } : untilPlanned(state, frame);
  return openParts(openRectify(close(reviewed, at, 'planApproved', ofKind('rectify')), frame, due), frame);
}

export const planReturned = (state: IssueState, frame: EventFrame): IssueState =>
  planAnew(close(state, frame.occurredAt, 'planReturned', ofKind('planApproval')), frame);

/** A returned plan is made anew, so an extension of its day that still waits is void: the clock it stopped runs again. */
export function planReviewed(state: IssueState, event: EventOf<'planReviewed'>, frame: EventFrame): IssueState {
  const at = frame.occurredAt;
  const reviewed = close(state, at, 'planReviewed', ofKind('planReview'));
  if (event.verdict === 'approved') return reviewed;
  const undecided = close({ ...reviewed, extension: null }, at, 'planReturned', ofKind('extensionDecision'));
  return planAnew({ ...undecided, duties: undecided.duties.map((duty) => ({ ...duty, stoppedAt: null })) }, frame);
}

/** The parts of a returned plan bind nobody; the next approval opens those of its successor. */
const planAnew = (state: IssueState, frame: EventFrame): IssueState => {
  const unbound = closeParts({ ...state, phase: 'acknowledged', planApprovals: [] }, frame.occurredAt, 'planReturned');
  return openPlan(unbound, frame, { term: 'redo', from: dayOf(frame) });
};

/** The terms of a round count from its feedback; those of a reported completion that came back before any unit had it, from today. */
const roundStart = (state: IssueState, frame: EventFrame) => (state.returns > 0 ? dayOf(frame) : state.feedbackOn);

/** Until a plan names a day, rectification is due at the end of the concentrated period. */
const untilPlanned = (state: IssueState, frame: EventFrame): DueBasis =>
  state.relapses > 0 ? { term: 'relapseRedo', from: dayOf(frame) } : { term: 'concentratedPeriod', from: roundStart(state, frame) };

const firstPlan = (state: IssueState, frame: EventFrame): DueBasis =>
  state.relapses > 0 ? { term: 'redo', from: dayOf(frame) } : { term: 'plan', from: roundStart(state, frame) };

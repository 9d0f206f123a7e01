import { changeDuty, close, ofId, ofKind, open, stop } from '../obligation/duties';
import { dayOf, type DueBasis, type Duty, type EventFrame } from '../obligation/types';
import type { LocalDate } from '../time';
import { ended } from './evolve-ending';
import { relapsed } from './evolve-review';
import type { EventOf } from './events';
import { isOfMeasure, moveMeasure } from './measure-day';
import { openRectify } from './owed';
import type { IssueState } from './types';

/** All clocks rest but the inspection office's, which owes a review of the suspension. */
export function suspended(state: IssueState, { reviewOn }: EventOf<'suspended'>, { occurredAt: at }: EventFrame): IssueState {
  const resting = state.duties.filter(({ closedAt, stoppedAt }) => closedAt === null && stoppedAt !== null).map(({ id }) => id);
  const stopped = stop<IssueState>(
    { ...state, phase: 'suspended', suspendedFrom: state.phase, stoppedBefore: resting },
    at,
    ({ stoppedAt }) => stoppedAt === null,
  );
  return openReview(stopped, at, { named: reviewOn });
}

export const suspensionReviewed = (
  state: IssueState,
  { type, reviewOn }: EventOf<'suspensionReviewed'>,
  { occurredAt: at }: EventFrame,
): IssueState => openReview(close(state, at, type, ofKind('suspensionReview')), at, { named: reviewOn });

const openReview = (state: IssueState, at: EventFrame['occurredAt'], due: DueBasis): IssueState =>
  open(state, at, { kind: 'suspensionReview', holder: 'inspectionOffice', due });

/** Back to where it stood. A clock that rested already when it was suspended goes on resting. */
export function resumed(state: IssueState, event: EventOf<'resumed'>, frame: EventFrame): IssueState {
  const { type, newDueOn, renewed = [] } = event;
  const anew = (due: DueBasis): DueBasis => ('named' in due ? { named: newDueOn ?? due.named } : { ...due, from: dayOf(frame) });
  const back = (duty: Duty): Duty => ({
    ...duty,
    stoppedAt: state.stoppedBefore.includes(duty.id) ? duty.stoppedAt : null,
    due: renewed.includes(duty.id) && duty.kind !== 'measure' ? anew(duty.due) : duty.due,
  });
  const reviewed = close(state, frame.occurredAt, type, ofKind('suspensionReview'));
  const running: IssueState = {
    ...reviewed,
    phase: state.suspendedFrom ?? state.phase,
    suspendedFrom: null,
    stoppedBefore: [],
    duties: reviewed.duties.map((duty) => (duty.closedAt === null ? back(duty) : duty)),
  };
  return newDueOn === null ? running : datedAnew(running, { newDueOn, renewed }, frame);
}

interface NewDay {
  readonly newDueOn: LocalDate;
  readonly renewed: readonly string[];
}

/**
 * The rectification, and each measure whose day passed meanwhile, begins anew with the day that the office named; the original ones
 * stay. An extension that still waited is answered by it; a clock that rests for another reason (a coordination) goes on resting.
 */
function datedAnew(state: IssueState, { newDueOn, renewed }: NewDay, frame: EventFrame): IssueState {
  const at = frame.occurredAt;
  const because = 'resumed';
  const asked = state.extension?.dutyId;
  const restarts = state.duties.filter(
    ({ id, kind, closedAt }) => closedAt === null && (kind === 'rectify' || (kind === 'measure' && renewed.includes(id))),
  );
  const answered = restarts.some(({ id }) => id === asked);
  const decided = answered ? close({ ...state, extension: null }, at, because, ofKind('extensionDecision')) : state;
  return restarts.reduce<IssueState>((issue, duty) => {
    const measure = issue.measures.find(({ id }) => isOfMeasure(id)(duty));
    const begun = measure
      ? moveMeasure(issue, frame, { measureId: measure.id, day: newDueOn, because })
      : openRectify(close({ ...issue, dueOn: newDueOn }, at, because, ofId(duty.id)), frame, { named: newDueOn });
    const rests = duty.stoppedAt !== null && duty.id !== asked;
    return rests ? changeDuty(begun, begun.duties.at(-1)?.id ?? '', { stoppedAt: at }) : begun;
  }, decided);
}

export const withdrawn = (state: IssueState, { type }: EventOf<'withdrawn'>, { occurredAt }: EventFrame): IssueState =>
  ended(state, occurredAt, { phase: 'withdrawn', by: type });

/** Starts its life again as a relapse found after all was over. */
export const reopened = (state: IssueState, _event: EventOf<'reopened'>, frame: EventFrame): IssueState => relapsed(state, frame);

import { close, ofKind, open } from '../obligation/duties';
import { dayOf, type DueBasis, type Duty, type EventFrame } from '../obligation/types';
import { openUpkeep } from './evolve-closeout';
import type { EventOf } from './events';
import { openRectify } from './owed';
import { isOfMilestone, openParts } from './parts';
import type { IssueState } from './types';

export function milestoneCompleted(
  state: IssueState,
  { type, measureId, milestoneId }: EventOf<'milestoneCompleted'>,
  { occurredAt: at }: EventFrame,
): IssueState {
  const measures = state.measures.map((measure) =>
    measure.id === measureId && measure.milestones
      ? { ...measure, milestones: measure.milestones.map((one) => (one.id === milestoneId ? { ...one, completedAt: at } : one)) }
      : measure,
  );
  return close<IssueState>({ ...state, measures }, at, type, isOfMilestone(milestoneId));
}

/**
 * 阶段性完成: all that led here is settled but papers and corrections, which are of the issue and not of the stage. The milestones
 * still to come are owed on, and the office owes a review each half-year.
 */
export function stageReached(state: IssueState, { type }: EventOf<'stageReached'>, frame: EventFrame): IssueState {
  const stageSince = dayOf(frame);
  const settled = close<IssueState>({ ...state, phase: 'stageCompleted', stageSince }, frame.occurredAt, type, (duty) => !staysOn(duty));
  return openStageReview(openParts(settled, frame, redo(frame)), frame);
}

const staysOn = ({ kind }: Duty): boolean => kind === 'signPaper' || kind === 'reply' || kind === 'correction';

/** Kept: the next review. Returned: counted like every return before closeout, with a redo period. */
export function stageReviewed(state: IssueState, { type, verdict }: EventOf<'stageReviewed'>, frame: EventFrame): IssueState {
  const reviewed = close(state, frame.occurredAt, type, ofKind('stageReview'));
  if (verdict === 'kept') return openStageReview(reviewed, frame);
  const back: IssueState = {
    ...reviewed,
    phase: 'rectifying',
    stageSince: null,
    reviews: [],
    checkers: [],
    checkBackMode: null,
    returns: state.returns + 1,
  };
  return openParts(openRectify(back, frame, redo(frame)), frame, redo(frame));
}

/** Who requested the closeout and who is recused keep out of it. */
const openStageReview = (state: IssueState, frame: EventFrame): IssueState =>
  open(state, frame.occurredAt, {
    kind: 'stageReview',
    holder: 'rectificationOffice',
    except: [...(state.closeoutRequestedBy === null ? [] : [state.closeoutRequestedBy]), ...state.recused],
    due: { term: 'stageReview', from: dayOf(frame) },
  });

const redo = (frame: EventFrame): DueBasis => ({ term: 'redo', from: dayOf(frame) });

/** Confirmed: the next half-year counts from here, unless this was the last. */
export function upkeepConfirmed(state: IssueState, { type, ended }: EventOf<'upkeepConfirmed'>, frame: EventFrame): IssueState {
  const confirmed = close(state, frame.occurredAt, type, ofKind('upkeep'));
  return ended ? confirmed : openUpkeep(confirmed, frame, dayOf(frame));
}

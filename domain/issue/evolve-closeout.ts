import { close, everything, ofKind, open } from '../obligation/duties';
import { openDuty } from '../obligation/obligations';
import type { EventFrame, Paper } from '../obligation/types';
import type { LocalDate } from '../time';
import type { EventOf } from './events';
import { isOfMeasure } from './measure-day';
import { openCheckBack } from './owed';
import { closeParts, isOfMilestone } from './parts';
import type { IssueState } from './types';

/** A measure is done, and with one that had a day its milestones; what is sustained without a day goes on by its milestones. */
export function measureCompleted(
  state: IssueState,
  { type, measureId, evidence }: EventOf<'measureCompleted'>,
  frame: EventFrame,
): IssueState {
  const { occurredAt: at } = frame;
  const measures = state.measures.map((measure) => (measure.id === measureId ? { ...measure, completedAt: at, evidence } : measure));
  // what is done needs no new day any more
  const asked = state.extension?.measureId === measureId;
  const settled = asked ? close<IssueState>({ ...state, extension: null }, at, type, ofKind('extensionDecision')) : state;
  const done = close<IssueState>({ ...settled, measures }, at, type, isOfMeasure(measureId));
  const milestones = measures.filter(({ id, dueOn }) => id === measureId && dueOn !== null).flatMap((measure) => measure.milestones ?? []);
  return milestones.reduce((issue, { id }) => close(issue, at, type, isOfMilestone(id)), done);
}

export function closeoutRequested(state: IssueState, frame: EventFrame): IssueState {
  const { actor, occurredAt: at } = frame;
  const requested: IssueState = { ...state, phase: 'closeoutRequested', closeoutRequestedBy: actor, extension: null };
  const settled = close(requested, at, 'closeoutRequested', ofKind('rectify', 'extensionDecision'));
  return openCheckBack(closeParts(settled, at, 'closeoutRequested'), frame);
}

/** Closing settles all that was owed before; a paper that nobody has signed by then has lapsed. What is left beside is kept up. */
export function closed(state: IssueState, { closeoutNumber, closedOn, tail = false }: EventOf<'closed'>, frame: EventFrame): IssueState {
  const at = frame.occurredAt;
  const papers = state.papers.map(lapsed);
  const settled = close<IssueState>({ ...state, phase: 'closed', closeoutNumber, closedOn, tail, papers }, at, 'closed', everything);
  const drawing = open(settled, at, { kind: 'checkBackDraw', holder: 'inspectionOffice', due: { term: 'checkBackDraw', from: closedOn } });
  return tail ? openUpkeep(drawing, frame, closedOn) : drawing;
}

/** The lead unit confirms each half-year that what is left beside is kept up. */
export const openUpkeep = (state: IssueState, { occurredAt }: EventFrame, from: LocalDate): IssueState =>
  open(state, occurredAt, { kind: 'upkeep', holder: 'unitHead', due: { term: 'upkeep', from } });

/**
 * Nothing more is owed. But an issue at which nobody looks again still has its tail kept up to the end; only a check-back that was
 * passed ends the upkeep before (design.md, section 2).
 */
export function consolidated(state: IssueState, { basis }: EventOf<'consolidated'>, { occurredAt: at }: EventFrame): IssueState {
  const unseen = basis === 'notDrawn' || basis === 'notRequired';
  return unseen && openDuty(state, 'upkeep')
    ? close<IssueState>({ ...state, phase: 'upkeep' }, at, 'consolidated', ofKind('checkBackDraw'))
    : close<IssueState>({ ...state, phase: 'consolidated', papers: state.papers.map(lapsed) }, at, 'consolidated', everything);
}

const lapsed = (paper: Paper): Paper => (paper.state === 'draft' || paper.state === 'held' ? { ...paper, state: 'lapsed' } : paper);

import { close, ofKind, open } from '../obligation/duties';
import { dayOf, type EventFrame } from '../obligation/types';
import type { EventOf } from './events';
import { openAssign, openRectify } from './owed';
import type { IssueState } from './types';

export function checkBackPassed(
  state: IssueState,
  { reviewParties }: EventOf<'checkBackPassed' | 'checkBackWaived'>,
  frame: EventFrame,
): IssueState {
  const at = frame.occurredAt;
  const passed = close<IssueState>(
    { ...state, phase: 'underReview', reviews: [], reviewParties },
    at,
    'checkBackPassed',
    ofKind('checkBack'),
  );
  const turn = state.returns + state.relapses + 1;
  return reviewParties.reduce(
    (issue, party) =>
      open(issue, at, { id: `review:${party}#${turn}`, kind: 'review', holder: party, due: { term: 'review', from: dayOf(frame) } }),
    passed,
  );
}

/** Back before closeout: a redo period. A reported completion that no unit ever had is assigned first. */
export function returned(state: IssueState, frame: EventFrame): IssueState {
  const at = frame.occurredAt;
  const back = close({ ...toRectify(state), returns: state.returns + 1 }, at, 'returned', ofKind('checkBack', 'review'));
  return state.assignment
    ? openRectify(back, frame, { term: 'redo', from: dayOf(frame) })
    : openAssign({ ...back, phase: 'registered' }, frame);
}

export function reviewed(state: IssueState, { party, verdict }: EventOf<'reviewed'>, { actor, occurredAt: at }: EventFrame): IssueState {
  const reviews = [...state.reviews, { party, by: actor, verdict }];
  return close({ ...state, reviews }, at, 'reviewed', (duty) => duty.kind === 'review' && duty.holder === party);
}

export function drawn(state: IssueState, { checkers }: EventOf<'afterCheckBackPlanned'>, frame: EventFrame): IssueState {
  const at = frame.occurredAt;
  const planned = close<IssueState>({ ...state, phase: 'afterCheckBack', checkers }, at, 'afterCheckBackPlanned', ofKind('checkBackDraw'));
  return open(planned, at, { kind: 'afterCheckBack', holder: 'inspectionOffice', due: { term: 'afterCheckBack', from: dayOf(frame) } });
}

/** Back after closeout: counted apart, everything is to be done again, and from here on the ladder is sharper. */
export function relapsed(state: IssueState, frame: EventFrame): IssueState {
  const at = frame.occurredAt;
  const measures = state.measures.map((measure) => ({ ...measure, completedAt: null }));
  const back = close({ ...toRectify(state), relapses: state.relapses + 1, measures }, at, 'relapsed', ofKind('afterCheckBack'));
  return state.assignment
    ? openRectify(back, frame, { term: 'relapseRedo', from: dayOf(frame) })
    : openAssign({ ...back, phase: 'registered' }, frame);
}

const toRectify = (state: IssueState): IssueState => ({ ...state, phase: 'rectifying', reviews: [], checkers: [], checkBackMode: null });

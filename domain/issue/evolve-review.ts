import { changeDuty, close, ofKind, open } from '../obligation/duties';
import { dayOf, type DueBasis, type Duty, type EventFrame } from '../obligation/types';
import type { Role } from '../roles';
import type { Instant } from '../time';
import type { EventOf } from './events';
import { openAssign, openRectify } from './owed';
import { openParts } from './parts';
import { keptFromReview, openReviews, unheard } from './review-parties';
import type { IssueState } from './types';

/** The joint review begins: every party owes its opinion, or in order only the first one. */
export function checkBackPassed(
  state: IssueState,
  { reviewParties, inOrder = false }: EventOf<'checkBackPassed' | 'checkBackWaived'>,
  frame: EventFrame,
): IssueState {
  const passed = close<IssueState>(
    { ...state, phase: 'underReview', reviews: [], reviewParties },
    frame.occurredAt,
    'checkBackPassed',
    ofKind('checkBack'),
  );
  const first = inOrder ? reviewParties.slice(0, 1) : reviewParties;
  return first.reduce((issue, party) => openReview(issue, party, frame.occurredAt, { term: 'review', from: dayOf(frame) }), passed);
}

/** A party's opinion, which whoever requested the closeout or spoke for another party does not give. */
function openReview(state: IssueState, party: Role, at: Instant, due: DueBasis): IssueState {
  const taken = new Set(state.duties.map(({ id }) => id));
  let turn = state.returns + state.relapses + 1;
  while (taken.has(`review:${party}#${turn}`)) turn++;
  return open(state, at, { id: `review:${party}#${turn}`, kind: 'review', holder: party, except: keptFromReview(state), due });
}

/** Back before closeout: a redo period, for every unit's part. A reported completion that no unit ever had is assigned first. */
export function returned(state: IssueState, frame: EventFrame): IssueState {
  const at = frame.occurredAt;
  const back = close({ ...toRectify(state), returns: state.returns + 1 }, at, 'returned', ofKind('checkBack', 'review'));
  return state.assignment ? redo(back, frame, { term: 'redo', from: dayOf(frame) }) : openAssign({ ...back, phase: 'registered' }, frame);
}

/** An opinion: nobody speaks twice, so whoever gave it keeps out of the others; in order, an approval opens the next one. */
export function reviewed(state: IssueState, event: EventOf<'reviewed'>, frame: EventFrame): IssueState {
  const { party, verdict, passesOn = [] } = event;
  const { actor: by, occurredAt: at } = frame;
  const reviews = [...state.reviews, { party, by, verdict }];
  const given = close<IssueState>({ ...state, reviews }, at, 'reviewed', (duty) => duty.kind === 'review' && duty.holder === party);
  const others = openReviews(given).reduce(
    (issue, duty) =>
      passesOn.includes(duty.holder) ? passOn(issue, duty, at) : changeDuty(issue, duty.id, { except: keptFromReview(given) }),
    given,
  );
  const [next] = unheard(given);
  if (verdict === 'returned' || next === undefined || openReviews(others).length > 0) return others;
  return openReview(others, next, at, { term: 'review', from: dayOf(frame) });
}

/** Who now owes a party's opinion hears of it anew, since the party's own people were told; its day stays. */
const passOn = (state: IssueState, { id, holder, due }: Duty, at: Instant): IssueState =>
  openReview(
    close(state, at, 'passedOn', (duty) => duty.id === id),
    holder,
    at,
    { ...due },
  );

/** Drawn: the inspection office looks again. Checkers named anew after a recusal change nothing else. */
export function drawn(state: IssueState, { checkers }: EventOf<'afterCheckBackPlanned'>, frame: EventFrame): IssueState {
  if (state.phase === 'afterCheckBack') return { ...state, checkers };
  const at = frame.occurredAt;
  const planned = close<IssueState>({ ...state, phase: 'afterCheckBack', checkers }, at, 'afterCheckBackPlanned', ofKind('checkBackDraw'));
  return open(planned, at, {
    kind: 'afterCheckBack',
    holder: 'inspectionOffice',
    except: state.closeoutRequestedBy === null ? [] : [state.closeoutRequestedBy],
    due: { term: 'afterCheckBack', from: dayOf(frame) },
  });
}

/** Back after closeout: counted apart, everything is to be done again, and from here on the ladder is sharper. */
export function relapsed(state: IssueState, frame: EventFrame): IssueState {
  const at = frame.occurredAt;
  const measures = state.measures.map((measure) => ({ ...measure, completedAt: null }));
  const opened: IssueState = { ...toRectify(state), relapses: state.relapses + 1, measures, tail: false };
  const back = close(opened, at, 'relapsed', ofKind('afterCheckBack', 'upkeep'));
  return state.assignment
    ? redo(back, frame, { term: 'relapseRedo', from: dayOf(frame) })
    : openAssign({ ...back, phase: 'registered' }, frame);
}

const redo = (state: IssueState, frame: EventFrame, due: DueBasis): IssueState => openParts(openRectify(state, frame, due), frame, due);

const toRectify = (state: IssueState): IssueState => ({ ...state, phase: 'rectifying', reviews: [], checkers: [], checkBackMode: null });

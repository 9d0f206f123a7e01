import { close, ofKind, open, stop } from '../obligation/duties';
import { openDuty } from '../obligation/obligations';
import { dayOf, type DueBasis, type Duty, type EventFrame } from '../obligation/types';
import type { Instant, LocalDate } from '../time';
import type { EventOf } from './events';
import { isOfMeasure, moveMeasure } from './measure-day';
import { openRectify } from './owed';
import type { Coordination, IssueState } from './types';

/** A request made in time stops the unit's clock while the decider's runs. */
export function coordinationRequested(
  state: IssueState,
  { coordinator, late }: EventOf<'coordinationRequested'>,
  frame: EventFrame,
): IssueState {
  const { actor, occurredAt: at } = frame;
  const asked = open<IssueState>({ ...state, coordination: { askedBy: actor, coordinator, state: 'asked', answerBy: null } }, at, {
    kind: 'coordinationDecision',
    holder: 'leadLeader',
    except: [actor],
    due: { term: 'coordinationDecision', from: dayOf(frame) },
  });
  return late ? asked : stop(asked, at, ({ kind }) => kind === 'rectify');
}

/** Refused: the clock runs again. Accepted: the unit's red rungs rest; the coordinator owes an answer, the unit a note every two months. */
export function coordinationDecided(state: IssueState, event: EventOf<'coordinationDecided'>, frame: EventFrame): IssueState {
  const { actor, occurredAt: at } = frame;
  const { type, accepted, answerBy } = event;
  const { coordination } = state;
  const decided = close(state, at, type, ofKind('coordinationDecision'));
  if (!coordination) return decided;
  if (!accepted) return letRun({ ...decided, coordination: { ...coordination, state: 'refused' } });
  const taken: Coordination = { ...coordination, state: 'accepted', answerBy };
  const resting = rest({ ...decided, coordination: taken, coordinations: state.coordinations + 1 }, at);
  const owing = open(resting, at, {
    kind: 'coordinationAnswer',
    holder: coordination.coordinator,
    except: [...new Set([coordination.askedBy, actor])],
    due: answerBy === null ? { term: 'coordinationAnswer', from: dayOf(frame) } : { named: answerBy },
  });
  return openNote(owing, frame);
}

/** The next note is due two months after this one. */
export const coordinationNoted = (state: IssueState, { type }: EventOf<'coordinationNoted'>, frame: EventFrame): IssueState =>
  openNote(close(state, frame.occurredAt, type, ofKind('coordinationNote')), frame);

/** The unit's clocks run again; with a new day the rectification begins anew, and so do the measures whose own day has come. */
export function coordinationAnswered(state: IssueState, event: EventOf<'coordinationAnswered'>, frame: EventFrame): IssueState {
  const { type, newDueOn } = event;
  const { coordination } = state;
  const settled = close(state, frame.occurredAt, type, ofKind('coordinationAnswer', 'coordinationNote'));
  if (!coordination) return settled;
  const answered = letRun({ ...settled, coordination: { ...coordination, state: 'answered' } });
  return newDueOn === null ? answered : datedAnew(answered, newDueOn, frame);
}

/** A named day as the answer gives it; no extension. The original day stays. */
function datedAnew(state: IssueState, newDueOn: LocalDate, frame: EventFrame): IssueState {
  const because = 'coordinated';
  const today = dayOf(frame);
  const due: DueBasis = { named: newDueOn };
  const rectify = openDuty(state, 'rectify');
  const dated = rectify
    ? openRectify(close({ ...state, dueOn: newDueOn }, frame.occurredAt, because, ofKind('rectify')), frame, due)
    : state;
  return state.measures
    .filter(
      ({ id, dueOn }) =>
        dueOn !== null && dueOn <= today && state.duties.some((duty) => isOpenOfUnit(duty, state) && isOfMeasure(id)(duty)),
    )
    .reduce((issue, { id: measureId }) => moveMeasure(issue, frame, { measureId, day: newDueOn, because }), dated);
}

const openNote = (state: IssueState, frame: EventFrame): IssueState =>
  open(state, frame.occurredAt, {
    kind: 'coordinationNote',
    holder: 'unitHead',
    due: { term: 'coordinationNote', from: dayOf(frame) },
  });

/** What the lead unit has to rectify rests; a co-unit's own part goes on. */
const rest = (state: IssueState, at: Instant): IssueState =>
  stop(state, at, (duty) => duty.stoppedAt === null && isOpenOfUnit(duty, state));

const letRun = (state: IssueState): IssueState => stop(state, null, (duty) => isOpenOfUnit(duty, state));

const isOpenOfUnit = ({ kind, unitId = null, closedAt }: Duty, { assignment }: IssueState): boolean =>
  closedAt === null &&
  (kind === 'rectify' || kind === 'measure' || kind === 'milestone') &&
  (unitId === null || unitId === assignment?.leadUnitId);

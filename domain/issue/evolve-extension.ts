import { changeDuty, close, ofId, ofKind, open } from '../obligation/duties';
import { dayOf, type EventFrame } from '../obligation/types';
import type { EventOf } from './events';
import { moveMeasure } from './measure-day';
import { openRectify } from './owed';
import type { IssueState } from './types';

/** A request made in time stops the unit's clock while the deciders' runs: first the lead leader's, inside the organisation. */
export function extensionRequested(state: IssueState, event: EventOf<'extensionRequested'>, frame: EventFrame): IssueState {
  const { actor, occurredAt: at } = frame;
  const { dutyId, newDueOn, late, measureId = null } = event;
  const asked = open<IssueState>({ ...state, extension: { by: actor, newDueOn, late, dutyId, measureId, endorsedBy: null } }, at, {
    kind: 'extensionDecision',
    holder: 'leadLeader',
    ladder: 'extensionEndorsement',
    except: [actor],
    due: { term: 'extensionDecision', from: dayOf(frame) },
  });
  return late ? asked : changeDuty(asked, dutyId, { stoppedAt: at });
}

/** Endorsed by the lead leader, the issue's day is the inspection office's to decide. */
export function extensionEndorsed(state: IssueState, { type }: EventOf<'extensionEndorsed'>, frame: EventFrame): IssueState {
  const { actor, occurredAt: at } = frame;
  const { extension } = state;
  if (!extension) return state;
  const endorsed = close<IssueState>({ ...state, extension: { ...extension, endorsedBy: actor } }, at, type, ofKind('extensionDecision'));
  return open(endorsed, at, {
    kind: 'extensionDecision',
    holder: 'inspectionOffice',
    except: [extension.by, actor],
    due: { term: 'extensionDecision', from: dayOf(frame) },
  });
}

/**
 * Granted: the duty is closed and its successor has the new day and a fresh ladder; the original day never changes. Refused: the clock
 * runs again. Ledgers of before the lead leader's endorsement have this right after the request.
 */
export function extensionDecided(state: IssueState, event: EventOf<'extensionDecided'>, frame: EventFrame): IssueState {
  const at = frame.occurredAt;
  const { dutyId = '', measureId = null } = state.extension ?? {};
  const { granted, newDueOn } = event;
  const decided = close({ ...state, extension: null }, at, 'extensionDecided', ofKind('extensionDecision'));
  if (!granted) return changeDuty(decided, dutyId, { stoppedAt: null });
  if (measureId !== null) {
    const measures = state.measures.map((one) => (one.id === measureId ? { ...one, extensions: (one.extensions ?? 0) + 1 } : one));
    return moveMeasure({ ...decided, measures }, frame, { measureId, day: newDueOn, because: 'extensionGranted' });
  }
  const moved = { ...decided, extensions: state.extensions + 1, dueOn: newDueOn };
  return openRectify(close(moved, at, 'extensionGranted', ofId(dutyId)), frame, { named: newDueOn });
}

import { changeDuty, close, ofKind, open } from '../obligation/duties';
import { dayOf, type EventFrame } from '../obligation/types';
import type { EventOf } from './events';
import { openRectify } from './owed';
import type { IssueState } from './types';

/** A request made in time stops the unit's clock while the decider's runs. */
export function extensionRequested(state: IssueState, event: EventOf<'extensionRequested'>, frame: EventFrame): IssueState {
  const { actor, occurredAt: at } = frame;
  const { dutyId, newDueOn, late } = event;
  const asked = open(
    { ...state, extension: { by: actor, newDueOn, late, dutyId, measureId: event.measureId ?? null, endorsedBy: null } },
    at,
    {
      kind: 'extensionDecision',
      holder: 'inspectionOffice',
      due: { term: 'extensionDecision', from: dayOf(frame) },
    },
  );
  return late ? asked : changeDuty(asked, dutyId, { stoppedAt: at });
}

/** Granted: the duty is closed and its successor has the new day and a fresh ladder. Refused: the clock runs again. */
export function extensionDecided(state: IssueState, event: EventOf<'extensionDecided'>, frame: EventFrame): IssueState {
  const at = frame.occurredAt;
  const dutyId = state.extension?.dutyId ?? '';
  const decided = close({ ...state, extension: null }, at, 'extensionDecided', ofKind('extensionDecision'));
  if (!event.granted) return changeDuty(decided, dutyId, { stoppedAt: null });
  const moved = { ...decided, extensions: state.extensions + 1, dueOn: event.newDueOn };
  return openRectify(
    close(moved, at, 'extensionGranted', ({ id }) => id === dutyId),
    frame,
    { named: event.newDueOn },
  );
}

export const extensionEndorsed = (state: IssueState, _event: EventOf<'extensionEndorsed'>, _frame: EventFrame): IssueState => state;

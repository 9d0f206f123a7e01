import { close, ofId, ofKind, open } from '../obligation/duties';
import { evolveCommon, isCommonEvent } from '../obligation/evolve-common';
import { dayOf, type EventFrame } from '../obligation/types';
import { unreachable } from '../result';
import { dateOf, instant, localDate } from '../time';
import type { BaseEvent, BaseEventOf } from './events';
import { BASE, seatKey, type BaseState } from './types';

export function emptyBase(): BaseState {
  return {
    id: BASE,
    version: 0,
    organisationId: null,
    assignment: null,
    recused: [],
    seen: {},
    handovers: [],
    years: [],
    duties: [],
    papers: [],
    lastOccurredAt: instant('1970-01-01T00:00:00Z'),
  };
}

/** Folds one event of the base data: which vacancy, handover or missing table opens and closes which duty. */
export function evolveBase(before: BaseState, event: BaseEvent, frame: EventFrame): BaseState {
  const at = frame.occurredAt;
  const state: BaseState = { ...before, version: before.version + 1, lastOccurredAt: at };
  if (isCommonEvent(event)) return evolveCommon(state, event, at);
  switch (event.type) {
    case 'seatsSeen': {
      const seen = Object.fromEntries(event.seats.map(({ seat, holder }) => [seatKey(seat), holder]));
      return { ...state, seen: { ...state.seen, ...seen } };
    }
    case 'vacancyFound':
      return open({ ...state, seen: { ...state.seen, [seatKey(event.seat)]: null } }, at, {
        id: dutyId(state, 'vacancy', event),
        kind: 'vacancy',
        holder: 'rectificationOffice',
        due: { term: 'vacancy', from: dayOf(frame) },
      });
    case 'vacancyEnded':
      return close({ ...state, seen: { ...state.seen, [seatKey(event.seat)]: event.holder } }, at, event.type, ({ id }) =>
        id.startsWith(`vacancy:${seatKey(event.seat)}#`),
      );
    case 'handoverOpened':
      return handoverOpened(state, event, frame);
    case 'handoverSigned':
      return close(state, at, event.type, ofId(event.dutyId));
    case 'tableMissed':
      return tableMissed(state, event, frame);
    case 'calendarYearEntered':
      return close(state, at, event.type, ofId(`calendarTable:${event.year}`));
    default:
      return unreachable(event);
  }
}

/** A head who changes again before having signed does not sign any more; the next one does. */
function handoverOpened(state: BaseState, event: BaseEventOf<'handoverOpened'>, frame: EventFrame): BaseState {
  const { seat, from, to, items } = event;
  const key = seatKey(seat);
  const replaced = close(state, frame.occurredAt, 'replaced', ({ id }) => id.startsWith(`handover:${key}#`));
  const id = dutyId(state, 'handover', event);
  const opened = open(replaced, frame.occurredAt, {
    id,
    kind: 'handover',
    holder: seat.role,
    unitId: seat.unitId,
    personId: to,
    due: { term: 'handover', from: dayOf(frame) },
  });
  return { ...opened, seen: { ...state.seen, [key]: to }, handovers: [...state.handovers, { dutyId: id, seat, from, to, items }] };
}

/**
 * The State Council's office announces a year in the November before it, so that the table is asked for by 10 December; for a year
 * that is nearer already, within the policy's term.
 */
function tableMissed(state: BaseState, { year }: BaseEventOf<'tableMissed'>, frame: EventFrame): BaseState {
  const announced = localDate(`${String(Number(year) - 1).padStart(4, '0')}-12-10`);
  const today = dateOf(frame.occurredAt);
  return open({ ...state, years: [...state.years, year] }, frame.occurredAt, {
    id: `calendarTable:${year}`,
    kind: 'calendarTable',
    holder: 'admin',
    due: announced > today ? { named: announced } : { term: 'calendarTable', from: today },
  });
}

function dutyId(state: BaseState, kind: 'vacancy' | 'handover', { seat }: { seat: BaseEventOf<'vacancyFound'>['seat'] }): string {
  const prefix = `${kind}:${seatKey(seat)}#`;
  return `${prefix}${state.duties.filter(ofKind(kind)).filter(({ id }) => id.startsWith(prefix)).length + 1}`;
}

import { close, ofId, ofKind, open } from '../obligation/duties';
import { draftPaper, evolveCommon, isCommonEvent } from '../obligation/evolve-common';
import { dayOf, type Duty, type EventFrame } from '../obligation/types';
import { unreachable } from '../result';
import { dateOf, instant, localDate, type Instant } from '../time';
import type { BaseEvent, BaseEventOf } from './events';
import { BASE, seatKey, type BaseState, type Seat } from './types';

export function emptyBase(): BaseState {
  return {
    id: BASE,
    version: 0,
    organisationId: null,
    assignment: null,
    recused: [],
    places: {},
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
    case 'seatsSeen':
      return seatsSeen(state, event, frame);
    case 'vacancyFound':
      return vacancyFound(state, event, frame);
    case 'vacancyEnded': {
      const { seat, holder, organisationId } = event;
      if (organisationId !== undefined) return close(state, at, event.type, vacancyIn(state, seat, organisationId));
      const ended = close(state, at, event.type, ofSeat('vacancy', seat));
      return holder === null ? forget(ended, [seat]) : { ...ended, seen: { ...state.seen, [seatKey(seat)]: holder } };
    }
    case 'handoverOpened':
      return handoverOpened(state, event, frame);
    case 'handoverSigned':
      return withoutLetter(close(state, at, event.type, ofId(event.dutyId)), at);
    case 'paperSigned':
      return paperSigned(state, event, at);
    case 'tableMissed':
      return tableMissed(state, event, frame);
    case 'calendarYearEntered':
      return close(state, at, event.type, ofId(`calendarTable:${event.year}`));
    default:
      return unreachable(event);
  }
}

/** A list that was to be signed for a seat which nothing needs any more has nothing left to hand over. */
function seatsSeen(state: BaseState, { type, seats, dropped = [] }: BaseEventOf<'seatsSeen'>, { occurredAt }: EventFrame): BaseState {
  const left = withoutLetter(
    dropped.reduce((base, seat) => close(base, occurredAt, type, ofSeat('handover', seat)), state),
    occurredAt,
  );
  const kept = forget(left, dropped);
  return { ...kept, seen: { ...kept.seen, ...Object.fromEntries(seats.map(({ seat, holder }) => [seatKey(seat), holder])) } };
}

/** Who left without having signed does not sign any more. */
function vacancyFound(state: BaseState, event: BaseEventOf<'vacancyFound'>, frame: EventFrame): BaseState {
  const { seat, type } = event;
  const left = withoutLetter(close(state, frame.occurredAt, type, ofSeat('handover', seat)), frame.occurredAt);
  const id = dutyId(state, 'vacancy', event);
  return open({ ...left, ...placed(state, event, id), seen: { ...state.seen, [seatKey(seat)]: null } }, frame.occurredAt, {
    id,
    kind: 'vacancy',
    holder: 'rectificationOffice',
    due: { term: 'vacancy', from: dayOf(frame) },
  });
}

/** A letter that nobody signed before the list was signed, or before the head changed again, has lapsed. */
function withoutLetter(state: BaseState, at: Instant): BaseState {
  const open = new Set(state.duties.filter(({ closedAt }) => closedAt === null).map(({ id }) => id));
  const idle = state.handovers.filter(({ dutyId: id }) => !open.has(id)).map(({ paperId }) => paperId);
  const lapsed = state.papers.filter(({ id, state: stand }) => stand === 'draft' && idle.includes(id)).map(({ id }) => id);
  const papers = state.papers.map((paper) => (lapsed.includes(paper.id) ? { ...paper, state: 'lapsed' as const } : paper));
  return close({ ...state, papers }, at, 'lapsed', ({ id }) => lapsed.some((one) => id === `signPaper:${one}`));
}

function paperSigned(state: BaseState, { paperId, number, signedOn, type }: BaseEventOf<'paperSigned'>, at: Instant): BaseState {
  const papers = state.papers.map((paper) => (paper.id === paperId ? { ...paper, state: 'issued' as const, number, signedOn } : paper));
  return close({ ...state, papers }, at, type, ofId(`signPaper:${paperId}`));
}

/** A head who changes again before having signed does not sign any more; the next one does. */
function handoverOpened(state: BaseState, event: BaseEventOf<'handoverOpened'>, frame: EventFrame): BaseState {
  const { seat, from, to, items } = event;
  const key = seatKey(seat);
  const replaced = close(state, frame.occurredAt, 'replaced', ofSeat('handover', seat));
  const id = dutyId(state, 'handover', event);
  const opened = open(replaced, frame.occurredAt, {
    id,
    kind: 'handover',
    holder: seat.role,
    unitId: seat.unitId,
    personId: to,
    due: { term: 'handover', from: dayOf(frame) },
  });
  const paperId = `reminderLetter-${state.papers.length + 1}`;
  const listed = {
    ...opened,
    ...placed(state, event, id, `signPaper:${paperId}`),
    seen: { ...state.seen, [key]: to },
    handovers: [...state.handovers, { dutyId: id, seat, from, to, items, paperId }],
  };
  const drafted = draftPaper(
    listed,
    {
      id: paperId,
      kind: 'reminderLetter',
      issuer: 'rectificationOffice',
      addressee: seat.role,
      copyTo: ['firstResponsible'],
      replyWorkdays: 0,
    },
    frame.occurredAt,
  );
  return withoutLetter(drafted, frame.occurredAt);
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

/** Notes what post these duties are about. */
const placed = (
  { places }: BaseState,
  { seat, organisationId }: BaseEventOf<'vacancyFound' | 'handoverOpened'>,
  ...ids: readonly string[]
): Pick<BaseState, 'places'> => ({
  places: { ...places, ...Object.fromEntries(ids.map((id) => [id, { ...seat, organisationId: organisationId ?? null }])) },
});

/** A vacancy of a seat that one organisation misses. */
const vacancyIn =
  ({ places }: BaseState, seat: Seat, organisationId: string) =>
  (duty: Duty): boolean =>
    ofSeat('vacancy', seat)(duty) && places[duty.id]?.organisationId === organisationId;

/** The duties of a kind, open or closed, that are about a seat. */
export const ofSeat =
  (kind: 'vacancy' | 'handover', seat: Seat) =>
  ({ id }: Duty): boolean =>
    id.startsWith(`${kind}:${seatKey(seat)}#`);

function forget(state: BaseState, seats: readonly Seat[]): BaseState {
  const keys = new Set(seats.map(seatKey));
  return { ...state, seen: Object.fromEntries(Object.entries(state.seen).filter(([key]) => !keys.has(key))) };
}

function dutyId(state: BaseState, kind: 'vacancy' | 'handover', { seat }: { seat: Seat }): string {
  const prefix = `${kind}:${seatKey(seat)}#`;
  return `${prefix}${state.duties.filter(ofKind(kind)).filter(({ id }) => id.startsWith(prefix)).length + 1}`;
}

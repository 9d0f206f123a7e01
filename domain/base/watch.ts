import type { RuleContext } from '../context';
import { dayStart } from '../obligation/agenda';
import type { AccountKind } from '../obligation/kind';
import { anywhere, holders } from '../parties';
import { addDays, dateOf, type Instant } from '../time';
import type { BaseEvent } from './events';
import { evolveBase } from './evolve';
import { seatOfKey } from './subject';
import { seatKey, type BaseState, type HandedItem, type Seat } from './types';

/** What the open issues and rounds need of the base data; the ledger reads it in the same transaction. */
export interface BaseFacts {
  /** Seats that must be held: the heads of units with open issues, the offices of organisations with open rounds, leaders by name. */
  readonly seats: readonly (Seat & { readonly organisationId: string | null })[];
  /** Years on which an open due day rests and that have no holiday table. */
  readonly uncoveredYears: readonly string[];
  /** What the holder of a seat has open. */
  readonly itemsOf: (seat: Seat) => readonly HandedItem[];
}

/** The base data as an account: looks who holds which seat, now and whenever a post begins or ends. */
export const baseKind = (facts: BaseFacts): AccountKind<BaseState, BaseEvent> => ({
  evolve: evolveBase,
  ticks: (state, context, now) => looked(state, context, now, [...seatEvents(state, facts, context, now), ...missingTables(state, facts)]),
  nextTick: nextPostChange,
  isFinal: () => false,
});

/** A look that finds nothing is written down too when a post has begun or ended: else it would be due for ever. */
function looked(state: BaseState, context: RuleContext, now: Instant, events: BaseEvent[]): BaseEvent[] {
  const due = nextPostChange(state, context);
  return events.length === 0 && (state.version === 0 || (due !== null && due <= now)) ? [{ type: 'seatsSeen', seats: [] }] : events;
}

function seatEvents(state: BaseState, { seats, itemsOf }: BaseFacts, { directory }: RuleContext, now: Instant): BaseEvent[] {
  const today = dateOf(now);
  const first: { seat: Seat; holder: string | null }[] = [];
  const events: BaseEvent[] = [];
  for (const { organisationId, ...seat } of seats) {
    const key = seatKey(seat);
    const known = state.seen[key];
    const held = seat.personId
      ? directory.posts.some((post) => post.personId === seat.personId && (post.from ?? '') <= today && today <= (post.to ?? '9'))
        ? [seat.personId]
        : []
      : holders(directory, { ...anywhere, organisationId }, seat.role, today, seat.unitId);
    const holder = held[0] ?? null;
    if (known === holder || (known !== undefined && known !== null && held.includes(known))) continue;
    if (holder === null) events.push({ type: 'vacancyFound', seat, formerly: known ?? null });
    else if (known === undefined) first.push({ seat, holder });
    else {
      if (known === null) events.push({ type: 'vacancyEnded', seat, holder });
      if (seat.role === 'unitHead') events.push({ type: 'handoverOpened', seat, from: known ?? null, to: holder, items: itemsOf(seat) });
      else if (known !== null) first.push({ seat, holder });
    }
  }
  // a seat that nobody needs any more is no vacancy any more
  const needed = new Set(seats.map(seatKey));
  const idle = state.duties.filter(({ kind, closedAt }) => kind === 'vacancy' && closedAt === null);
  for (const { id } of idle) {
    const key = id.slice('vacancy:'.length, id.lastIndexOf('#'));
    if (!needed.has(key)) events.push({ type: 'vacancyEnded', seat: seatOfKey(key), holder: null });
  }
  return first.length > 0 ? [{ type: 'seatsSeen', seats: first }, ...events] : events;
}

const missingTables = (state: BaseState, { uncoveredYears }: BaseFacts): BaseEvent[] =>
  uncoveredYears
    .filter((year) => !state.duties.some(({ id, closedAt }) => id === `calendarTable:${year}` && closedAt === null))
    .map((year) => ({ type: 'tableMissed' as const, year }));

/** The morning of the next day on which a post begins or has ended. */
function nextPostChange(state: BaseState, { directory }: RuleContext): Instant | null {
  let next: Instant | null = null;
  for (const { from, to } of directory.posts) {
    for (const day of [from, to === null ? null : addDays(to, 1)]) {
      if (day === null) continue;
      const at = dayStart(day, state.id);
      if (at > state.lastOccurredAt && dateOf(state.lastOccurredAt) < day && (next === null || at < next)) next = at;
    }
  }
  return next;
}

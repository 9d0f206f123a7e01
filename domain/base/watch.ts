import type { RuleContext } from '../context';
import type { Directory } from '../directory';
import { dayStart } from '../obligation/agenda';
import type { AccountKind } from '../obligation/kind';
import { anywhere, holders } from '../parties';
import { addDays, dateOf, type Instant, type LocalDate } from '../time';
import type { BaseEvent } from './events';
import { evolveBase } from './evolve';
import { seatOfKey } from './subject';
import { seatKey, type BaseState, type HandedItem, type Seat } from './types';

/** What the open issues and rounds need of the base data; the ledger reads it in the same transaction. */
export interface BaseFacts {
  /** Seats that must be held: the heads of units with open issues, the offices of organisations with open rounds, leaders by name. */
  readonly seats: readonly NeededSeat[];
  /** Years on which something open rests and that have no holiday table. */
  readonly uncoveredYears: readonly string[];
  /** What the holder of a seat has open. */
  readonly itemsOf: (seat: Seat) => readonly HandedItem[];
}

export type NeededSeat = Seat & { readonly organisationId: string | null };

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

function seatEvents(state: BaseState, facts: BaseFacts, { directory }: RuleContext, now: Instant): BaseEvent[] {
  // several rounds can need the same seat
  const needed = new Map(facts.seats.map((seat) => [seatKey(seat), seat]));
  const seen: { seat: Seat; holder: string }[] = [];
  const events: BaseEvent[] = [];
  for (const [key, { organisationId, ...seat }] of needed) {
    const known = state.seen[key];
    const held = heldBy(directory, { ...seat, organisationId }, dateOf(now));
    const holder = held[0] ?? null;
    if (known === holder || (known !== undefined && known !== null && held.includes(known))) continue;
    if (holder === null) events.push({ type: 'vacancyFound', seat, formerly: known ?? null });
    else if (known === null) events.push({ type: 'vacancyEnded', seat, holder }, ...handover(seat, known, holder, facts));
    else if (known === undefined || seat.role !== 'unitHead') seen.push({ seat, holder });
    else events.push(...handover(seat, known, holder, facts));
  }
  const idle = Object.entries(state.seen).filter(([key]) => !needed.has(key));
  for (const [key, holder] of idle) if (holder === null) events.push({ type: 'vacancyEnded', seat: seatOfKey(key), holder: null });
  const dropped = idle.filter(([, holder]) => holder !== null).map(([key]) => seatOfKey(key));
  if (seen.length === 0 && dropped.length === 0) return events;
  return [{ type: 'seatsSeen', seats: seen, ...(dropped.length > 0 ? { dropped } : {}) }, ...events];
}

/** Only the head of a unit takes over a list; an office works on with who is left. */
const handover = (seat: Seat, from: string | null, to: string, { itemsOf }: BaseFacts): BaseEvent[] =>
  seat.role === 'unitHead' ? [{ type: 'handoverOpened', seat, from, to, items: itemsOf(seat) }] : [];

/** Who holds a seat on a day, in person: a substitute for a while is no new head. A leader by name holds it as long as any post. */
function heldBy({ posts, ...rest }: Directory, { role, unitId, personId, organisationId }: NeededSeat, on: LocalDate): readonly string[] {
  if (personId !== null)
    return posts.some((post) => post.personId === personId && (post.from ?? '') <= on && on <= (post.to ?? '9')) ? [personId] : [];
  return holders({ ...rest, posts, substitutes: [] }, { ...anywhere, organisationId }, role, on, unitId);
}

/** A year is asked for once: what was entered for it stays, and is corrected by entering it again. */
const missingTables = (state: BaseState, { uncoveredYears }: BaseFacts): BaseEvent[] =>
  uncoveredYears.filter((year) => !state.years.includes(year)).map((year) => ({ type: 'tableMissed' as const, year }));

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

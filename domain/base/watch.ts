import type { RuleContext } from '../context';
import type { Directory } from '../directory';
import { dayStart } from '../obligation/agenda';
import type { AccountKind } from '../obligation/kind';
import { anywhere, holders } from '../parties';
import { addDays, dateOf, type Instant, type LocalDate } from '../time';
import type { BaseEvent } from './events';
import { evolveBase, ofSeat } from './evolve';
import { circlesOf, homeOf, inspectingRoles } from './place';
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
  const seen: { seat: Seat; holder: string }[] = [];
  const events: BaseEvent[] = [];
  const needed = bySeat(facts.seats, directory);
  for (const [key, { organisationId, homes, ...seat }] of needed) {
    const known = state.seen[key];
    const held = heldBy(directory, { ...seat, organisationId }, dateOf(now));
    const holder = held[0] ?? null;
    if (holder === null) events.push(...vacancies(state, { seat, homes }, known ?? null, directory));
    if (known === holder || holder === null || (known !== undefined && known !== null && held.includes(known))) continue;
    if (known === null) events.push({ type: 'vacancyEnded', seat, holder });
    if (known === null || (known !== undefined && seat.role === 'unitHead'))
      events.push(...handover({ seat, homes }, known, holder, facts));
    else seen.push({ seat, holder });
  }
  const idle = Object.entries(state.seen).filter(([key]) => !needed.has(key));
  for (const [key, holder] of idle) if (holder === null) events.push({ type: 'vacancyEnded', seat: seatOfKey(key), holder: null });
  const dropped = idle.filter(([, holder]) => holder !== null).map(([key]) => seatOfKey(key));
  if (seen.length === 0 && dropped.length === 0) return events;
  return [{ type: 'seatsSeen', seats: seen, ...(dropped.length > 0 ? { dropped } : {}) }, ...events];
}

/** A seat with the units whose offices hear of it; null: all of them. A leader by name can be needed by several organisations. */
interface HomedSeat {
  readonly seat: Seat;
  readonly homes: readonly (string | null)[];
}

/** The seats by key: several rounds can need the same one. */
function bySeat(seats: readonly NeededSeat[], directory: Directory): ReadonlyMap<string, NeededSeat & Pick<HomedSeat, 'homes'>> {
  const needed = new Map<string, NeededSeat & Pick<HomedSeat, 'homes'>>();
  for (const seat of seats) {
    const homes = new Set([...(needed.get(seatKey(seat))?.homes ?? []), homeOf(directory, seat)]);
    needed.set(seatKey(seat), { ...seat, homes: homes.has(null) ? [null] : [...homes].sort() });
  }
  return needed;
}

/** Of a seat without holder: a vacancy for each home that was not told, and the end of those whose organisation misses it no more. */
function vacancies(state: BaseState, { seat, homes }: HomedSeat, formerly: string | null, directory: Directory): BaseEvent[] {
  const open = state.duties.filter((duty) => duty.closedAt === null && ofSeat('vacancy', seat)(duty));
  const told = new Map(open.map(({ id }) => [circlesOf(directory, state, id)[0].organisationId, state.places[id]?.organisationId ?? null]));
  if (told.has(null) || (told.size > 0 && (homes.includes(null) || inspectingRoles.includes(seat.role)))) return [];
  const gone = [...told].flatMap(([home, named]) => (homes.includes(home) || named === null ? [] : [named]));
  return [
    ...gone.map((organisationId): BaseEvent => ({ type: 'vacancyEnded', seat, holder: null, organisationId })),
    ...homes.filter((home) => !told.has(home)).map((home): BaseEvent => ({ type: 'vacancyFound', seat, formerly, ...ofHome(home) })),
  ];
}

const ofHome = (home: string | null): { readonly organisationId?: string } => (home === null ? {} : { organisationId: home });

/** Only the head of a unit takes over a list; an office works on with who is left. */
const handover = ({ seat, homes: [home = null] }: HomedSeat, from: string | null, to: string, { itemsOf }: BaseFacts): BaseEvent[] =>
  seat.role === 'unitHead' ? [{ type: 'handoverOpened', seat, from, to, items: itemsOf(seat), ...ofHome(home) }] : [];

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

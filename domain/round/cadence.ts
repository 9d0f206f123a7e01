import { nextWorkday } from '../calendar';
import type { RuleContext } from '../context';
import { dayStart } from '../obligation/agenda';
import type { Cadence } from '../policy/policy';
import { addDays, addMonths, localDate, weekday, type Instant, type LocalDate } from '../time';
import type { RoundEventOf } from './events';
import { periodEnd } from './period';
import type { RoundState } from './types';

/** One date of a cadence: `on` it begins, the first workday of its week, half month or month; by `until` it is to be held. */
export interface Slot {
  readonly cadence: string;
  readonly on: LocalDate;
  readonly until: LocalDate;
}

/** The duty that a date of a cadence opens, and whether a duty is of a cadence. */
export const cadenceDuty = (cadence: string, on: LocalDate): string => `cadence:${cadence}:${on}`;
export const isOfCadence = (dutyId: string, cadence: string): boolean => dutyId.startsWith(`cadence:${cadence}:`);

/** The first day of the next week, half month or month after `day`. */
export function nextStart(every: Cadence['every'], day: LocalDate): LocalDate {
  if (every === 'week') return addDays(day, 8 - weekday(day));
  const month = day.slice(0, 7);
  if (every === 'halfMonth' && Number(day.slice(8)) < 16) return localDate(`${month}-16`);
  return addMonths(localDate(`${month}-01`), 1);
}

/**
 * The next date of a cadence after `after`; null when the concentrated period it belongs to is over by then. A week that is off
 * altogether (the Spring Festival can do that) has none. The last date of a period is to be held within it.
 */
function slotAfter(after: LocalDate, cadence: Cadence, end: LocalDate | null, { calendar }: RuleContext): Slot | null {
  for (let start = nextStart(cadence.every, after); ; start = nextStart(cadence.every, start)) {
    const last = addDays(nextStart(cadence.every, start), -1);
    const on = nextWorkday(calendar, start);
    if (end !== null && on > end) return null;
    if (on <= last) return { cadence: cadence.id, on, until: end !== null && end < last ? end : last };
  }
}

/** The dates still to come after the last one that was opened, in order, without end but for the period's. */
function* slots(state: RoundState, cadence: Cadence, context: RuleContext): Generator<Slot> {
  const end = cadence.during === 'concentratedPeriod' ? periodEnd(state, context) : null;
  let slot = slotAfter(state.cadences[cadence.id] ?? state.feedbackOn, cadence, end, context);
  for (; slot !== null; slot = slotAfter(slot.on, cadence, end, context)) yield slot;
}

/** The dates of cadences that have come by `now`; of several missed ones of a cadence only the last. */
export function openedCadences(state: RoundState, context: RuleContext, now: Instant): RoundEventOf<'cadenceOpened'>[] {
  if (!isKeeping(state)) return [];
  return context.policy.cadences.value.flatMap((cadence) => {
    let last: Slot | null = null;
    for (const slot of slots(state, cadence, context)) {
      if (dayStart(slot.on, state.id) > now) break;
      last = slot;
    }
    return last === null ? [] : [{ type: 'cadenceOpened' as const, ...last, at: dayStart(last.on, state.id) }];
  });
}

/** When the next cadence begins, or null. */
export function nextCadence(state: RoundState, context: RuleContext): Instant | null {
  const next = nextSlots(state, context)[0];
  return next ? dayStart(next.on, state.id) : null;
}

/** The next date of each cadence, the earliest first. */
export function nextSlots(state: RoundState, context: RuleContext): Slot[] {
  if (!isKeeping(state)) return [];
  return context.policy.cadences.value
    .flatMap((cadence) => {
      for (const slot of slots(state, cadence, context)) return [slot];
      return [];
    })
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** A round of before rounds had a life owes nothing, and neither does a closed one. */
const isKeeping = ({ policy, phase }: RoundState): boolean => policy !== null && phase !== 'closed';

import type { WorkCalendar } from '../calendar';
import { nextWorkday } from '../calendar';
import type { RuleContext } from '../context';
import { dayStart } from '../obligation/agenda';
import { termEnd } from '../obligation/obligations';
import type { Cadence } from '../policy/policy';
import { addDays, addMonths, localDate, weekday, type Instant, type LocalDate } from '../time';
import type { RoundEventOf } from './events';
import type { RoundState } from './types';

/** One date of a cadence: `on` it begins, the first workday of its week, half month or month; by `until` it is to be held. */
interface Slot {
  readonly cadence: string;
  readonly on: LocalDate;
  readonly until: LocalDate;
}

/** The first day of the next week, half month or month after `day`. */
export function nextStart(every: Cadence['every'], day: LocalDate): LocalDate {
  if (every === 'week') return addDays(day, 8 - weekday(day));
  const month = day.slice(0, 7);
  if (every === 'halfMonth' && Number(day.slice(8)) < 16) return localDate(`${month}-16`);
  return addMonths(localDate(`${month}-01`), 1);
}

/** The next date of a cadence after the last one that was opened; null when the concentrated period it belongs to is over. */
function nextSlot(state: RoundState, cadence: Cadence, { policy, calendar }: RuleContext): Slot | null {
  const start = nextStart(cadence.every, state.cadences[cadence.id] ?? state.feedbackOn);
  if (cadence.during === 'concentratedPeriod' && start > termEnd(calendar, policy.terms.concentratedPeriod.value, state.feedbackOn))
    return null;
  return slotAt(cadence, start, calendar);
}

const slotAt = (cadence: Cadence, start: LocalDate, calendar: WorkCalendar): Slot => ({
  cadence: cadence.id,
  on: nextWorkday(calendar, start),
  until: addDays(nextStart(cadence.every, start), -1),
});

/** The dates of cadences that have come by `now`; of several missed ones of a cadence only the last. */
export function openedCadences(state: RoundState, context: RuleContext, now: Instant): RoundEventOf<'cadenceOpened'>[] {
  if (!isKeeping(state)) return [];
  return context.policy.cadences.value.flatMap((cadence) => {
    let current = state;
    let last: Slot | null = null;
    for (let slot = nextSlot(current, cadence, context); slot !== null && dayStart(slot.on, state.id) <= now;) {
      last = slot;
      current = { ...current, cadences: { ...current.cadences, [cadence.id]: slot.on } };
      slot = nextSlot(current, cadence, context);
    }
    return last === null ? [] : [{ type: 'cadenceOpened' as const, ...last, at: dayStart(last.on, state.id) }];
  });
}

/** When the next cadence begins, or null. */
export function nextCadence(state: RoundState, context: RuleContext): Instant | null {
  if (!isKeeping(state)) return null;
  const starts = context.policy.cadences.value.flatMap((cadence) => nextSlot(state, cadence, context) ?? []);
  return starts.map(({ on }) => dayStart(on, state.id)).sort()[0] ?? null;
}

/** A round of before rounds had a life owes nothing, and neither does a closed one. */
const isKeeping = ({ policy, phase }: RoundState): boolean => policy !== null && phase !== 'closed';

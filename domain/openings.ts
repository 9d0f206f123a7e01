import { isWorkday, firstWorkdayOfWeek, nextWorkday, type WorkCalendar } from './calendar';
import type { Tone } from './policy/policy';
import type { Role } from './roles';
import { addDays, atLocalTime, dateOf, localMinutes, type Instant, type LocalDate } from './time';

/** Roles that are told once a week, and at once only when something turned red. */
const leaders: readonly Role[] = ['leadLeader', 'leaderInCharge', 'firstResponsible', 'leadingGroup'];

/** Minutes after midnight at which a message opens unless its person prefers another time: 08:30. */
export const usualOpening = 8 * 60 + 30;

/** Between which minutes after midnight a person may choose to be told, on the quarter hour: a morning can be chosen, silence cannot. */
export const choosableOpenings = { from: 8 * 60, to: 12 * 60, every: 15 } as const;

/** Urgent matters open on the full hour between these. */
const urgentHours = { from: 8, to: 19 } as const;

/** What decides when a notice reaches its person. */
export interface Telling {
  readonly roles: readonly Role[];
  readonly tone: Tone;
  /** An officer marked the matter so. */
  readonly urgent?: boolean;
  /** Minutes after midnight that the person prefers. */
  readonly opensAt?: number | null;
}

/**
 * The opening at which a notice made at `at` reaches a person: 08:30, or the time the person prefers, of the next working day, and for
 * those who are told only as leaders the first working day of a week unless it is red. Nothing on rest days, but what an officer marked
 * urgent: the next full hour between 08:00 and 19:00 of any day (design.md, section 7).
 */
export function nextOpening(calendar: WorkCalendar, at: Instant, { roles, tone, urgent = false, opensAt = null }: Telling): Instant {
  if (urgent) return nextHour(at);
  const minutes = opensAt ?? usualOpening;
  const morning = (date: LocalDate): Instant => atLocalTime(date, Math.floor(minutes / 60), minutes % 60);
  const daily = tone === 'red' || roles.some((role) => !leaders.includes(role));
  const opens = (date: LocalDate): boolean =>
    daily ? isWorkday(calendar, date) : isWorkday(calendar, date) && firstWorkdayOfWeek(calendar, date) === date;
  let date = dateOf(at);
  if (morning(date) <= at) date = addDays(date, 1);
  while (!opens(date)) date = daily ? nextWorkday(calendar, date) : addDays(date, 1);
  return morning(date);
}

function nextHour(at: Instant): Instant {
  const date = dateOf(at);
  const hour = Math.floor(localMinutes(at) / 60) + 1;
  if (hour < urgentHours.from) return atLocalTime(date, urgentHours.from);
  return hour <= urgentHours.to ? atLocalTime(date, hour) : atLocalTime(addDays(date, 1), urgentHours.from);
}

import { isWorkday, firstWorkdayOfWeek, nextWorkday, type WorkCalendar } from './calendar';
import type { Tone } from './policy/policy';
import type { Role } from './roles';
import { addDays, atLocalTime, dateOf, type Instant, type LocalDate } from './time';

/** Roles that are told once a week, and at once only when something turned red. */
const leaders: readonly Role[] = ['leadLeader', 'leaderInCharge', 'firstResponsible', 'leadingGroup'];

const morning = (date: LocalDate): Instant => atLocalTime(date, 8, 30);

/**
 * The opening at which a notice made at `at` reaches a person: 08:30 of the next working day, and for those who are told
 * only as leaders the first working day of a week unless it is red (design.md, section 7). Nothing on rest days.
 */
export function nextOpening(calendar: WorkCalendar, at: Instant, roles: readonly Role[], tone: Tone): Instant {
  const daily = tone === 'red' || roles.some((role) => !leaders.includes(role));
  const opens = (date: LocalDate): boolean =>
    daily ? isWorkday(calendar, date) : isWorkday(calendar, date) && firstWorkdayOfWeek(calendar, date) === date;
  let date = dateOf(at);
  if (morning(date) <= at) date = addDays(date, 1);
  while (!opens(date)) date = daily ? nextWorkday(calendar, date) : addDays(date, 1);
  return morning(date);
}

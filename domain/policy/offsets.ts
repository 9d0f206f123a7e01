import type { Offset } from './policy';

/**
 * Most calendar days that so many workdays can take: their weekends, and nine days off for every 15 workdays begun, as long as the
 * longest holiday and as close as two of them come. A bound with room, not a law: a test walks every day of the tables since 2016.
 */
export const mostCalendarDays = (workdays: number): number => workdays + 2 * Math.ceil(workdays / 5) + 9 * Math.ceil(workdays / 15);

/** Calendar days from the due day that an offset can mean, over all calendars: the earliest and the latest. */
function reach(offset: Exclude<Offset, 'opened'>): { readonly earliest: number; readonly latest: number } {
  if ('days' in offset) return { earliest: offset.days, latest: offset.days };
  const { workdays } = offset;
  return workdays < 0
    ? { earliest: -mostCalendarDays(-workdays), latest: workdays }
    : { earliest: workdays, latest: mostCalendarDays(workdays) };
}

/**
 * Whether a rung at `a` stands before one at `b` whatever the calendar: `opened` before all, equal units by their numbers, and days
 * against workdays only if every holiday table leaves them apart (of two rungs on one day only the later one would be heard).
 */
export function surelyBefore(a: Offset, b: Offset): boolean {
  if (b === 'opened') return false;
  if (a === 'opened') return true;
  if ('days' in a && 'days' in b) return a.days < b.days;
  if ('workdays' in a && 'workdays' in b) return a.workdays < b.workdays;
  return reach(a).latest < reach(b).earliest;
}

/** Whether the offset lies after the due day, so that the obligation is overdue. The number decides, in either unit. */
export const isAfterDue = (offset: Offset): boolean => amountOf(offset) > 0;

/** The offset's number, days or workdays; `opened` counts as long before. */
export const amountOf = (offset: Offset): number => (offset === 'opened' ? -Infinity : 'days' in offset ? offset.days : offset.workdays);

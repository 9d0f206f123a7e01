import type { NamedLimit } from './due-phrase-context';
import { eveOf } from './due-phrase-festival';
import { addDays, addMonths, isLocalDate } from './time';

/** The parts of a date as matched: m, d, part, q, half, end, feast, feast2, before; and y, rel, plan for its year. */
export type DateGroups = Readonly<Record<string, string | undefined>>;

/**
 * The due day or month of a named date in that year; null with a question when there is no such day or it stays open.
 *
 * "X日前" includes the day X, "底前" the last day: so offices write it and so regulations count it (国务院令第784号, in force from
 * 2024-07-01, article 2, means by 2024年6月30日前登记设立 every company from before it, and gives 2027年6月30日前 as the last day of what
 * is measured from 2027年7月1日). A day ends at 24:00 (Civil Code, article 203). Before a feast, "春节前", ends on its eve.
 * "6月前" and "6月初" name no day: only the month is given, and the day is asked.
 */
export function dueIn(year: number, groups: DateGroups): Pick<NamedLimit, 'due' | 'asks'> {
  const { m, d, part, q, half, feast, feast2, before } = groups;
  if (m !== undefined) return inMonth(year, Number(m), d, part);
  if (q !== undefined) return known(monthEnd(year, Number(q) * 3));
  if (half !== undefined) return known(monthEnd(year, half === '上半年' ? 6 : 12));
  if (feast !== undefined) {
    const eve = eveOf(feast2 === undefined ? [feast] : [feast, feast2], year);
    return { due: eve, asks: eve === null ? 'festival' : null };
  }
  return before === undefined ? known(monthEnd(year, 12)) : { due: null, asks: 'day' };
}

const known = (due: string): Pick<NamedLimit, 'due' | 'asks'> => ({ due, asks: null });

function inMonth(year: number, month: number, day: string | undefined, part: string | undefined): Pick<NamedLimit, 'due' | 'asks'> {
  const first = `${year}-${pad(month)}`;
  if (!isLocalDate(`${first}-01`)) return { due: null, asks: 'noSuchDay' };
  if (day !== undefined) {
    const date = `${first}-${pad(Number(day))}`;
    return isLocalDate(date) ? known(date) : { due: null, asks: 'noSuchDay' };
  }
  if (part === undefined) return known(first);
  if (part === '上旬') return known(`${first}-10`);
  if (part === '中旬' || part === '上中旬') return known(`${first}-20`);
  if (part === '初' || part === '中' || part.endsWith('前')) return { due: first, asks: 'day' };
  return known(monthEnd(year, month));
}

const pad = (number: number): string => String(number).padStart(2, '0');

/** The last day of that month. */
export function monthEnd(year: number, month: number): string {
  const first = `${year}-${pad(month)}-01`;
  return isLocalDate(first) ? addDays(addMonths(first, 1), -1) : first;
}

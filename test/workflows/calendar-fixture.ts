import { readDays, type CalendarYear } from '../../domain/calendar';
import { stateCouncilCalendar } from '../../domain/calendar-data';
import { dateOf, localDate, type Instant, type LocalDate } from '../../domain/time';

/** The first year after an instant's own for which no table is shipped, so that a test holds in every year. */
export function yearWithoutTable(at: Instant): string {
  let year = Number(dateOf(at).slice(0, 4)) + 1;
  while (Object.hasOwn(stateCouncilCalendar.years, String(year))) year += 1;
  return String(year);
}

/** A made-up holiday table with a Spring Festival from 5 to 12 February, a workday inside it and the workday before it. */
export function holidaysOf(year: string): { readonly table: CalendarYear; readonly inside: LocalDate; readonly after: LocalDate } {
  const off = readDays(year, '01-01 02-05..12 05-01..03 10-01..07');
  const weekend = (date: LocalDate): boolean => [0, 6].includes(new Date(date).getUTCDay());
  const inside = readDays(year, '02-08..11').find((date) => !weekend(date)) ?? localDate(`${year}-02-08`);
  const before =
    readDays(year, '02-01..04')
      .filter((date) => !weekend(date))
      .at(-1) ?? localDate(`${year}-02-04`);
  return { table: { source: '测试用', off, work: [] }, inside, after: before };
}

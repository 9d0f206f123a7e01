import { readDays, type CalendarYear } from '../../domain/calendar';
import { localDate, type LocalDate } from '../../domain/time';

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

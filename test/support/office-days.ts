import type { CalendarYear } from '../../domain/calendar';
import type { LocalDate } from '../../domain/time';

/**
 * Two years of holidays in the form of the State Council's notices, made up for years that have none yet. Days are written out and
 * counted here without the calendar of the product, which is what is being checked.
 */
const tables: Readonly<Record<string, { readonly off: readonly string[]; readonly work: readonly string[] }>> = {
  2030: {
    off: [
      '2030-01-01',
      ...['04-05', '04-06', '04-07', '05-01', '05-02', '05-03', '05-04', '05-05', '06-05', '09-12', '09-13'].map((day) => `2030-${day}`),
      ...['10-01', '10-02', '10-03', '10-04', '10-05', '10-06', '10-07'].map((day) => `2030-${day}`),
    ],
    work: ['2030-04-27', '2030-05-11', '2030-09-29', '2030-10-12'],
  },
  2031: {
    off: [
      '2031-01-01',
      ...['01-22', '01-23', '01-24', '01-25', '01-26', '01-27', '01-28'].map((day) => `2031-${day}`),
      ...['05-01', '10-01', '10-02', '10-03'].map((day) => `2031-${day}`),
    ],
    work: ['2031-01-19', '2031-02-01'],
  },
};

/** The tables as the product enters them. */
export const officeYears = Object.fromEntries(
  Object.entries(tables).map(([year, { off, work }]): [string, CalendarYear] => [
    year,
    { source: '测试用节假日安排', off: off as readonly LocalDate[], work: work as readonly LocalDate[] },
  ]),
);

/** Tables of a year and the ones around it in which every day is worked: a story that is the same on every day of the real year. */
export const everyDayWorked = (year: number): Record<string, CalendarYear> =>
  Object.fromEntries(
    [year - 1, year, year + 1].map((one) => [String(one), { source: '测试用：天天上班', off: [], work: weekendsOf(one) as LocalDate[] }]),
  );

const weekendsOf = (year: number): string[] =>
  Array.from({ length: 366 }, (_, place) => addDay(`${year}-01-01`, place)).filter(
    (day) => day.startsWith(String(year)) && [0, 6].includes(new Date(day).getUTCDay()),
  );

const off = new Set(Object.values(tables).flatMap((table) => table.off));
const work = new Set(Object.values(tables).flatMap((table) => table.work));
const DAY_MS = 86_400_000;

/** The Beijing day of an instant, and its minutes after midnight. */
export function beijing(at: Date): { readonly day: string; readonly minutes: number } {
  const local = new Date(at.getTime() + 8 * 3_600_000).toISOString();
  return { day: local.slice(0, 10), minutes: Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16)) };
}

/** Whether a day of 2030 or 2031 is worked. */
export function isOfficeDay(day: string): boolean {
  if (!(day.slice(0, 4) in tables)) throw new Error(`no table for ${day}`);
  const weekend = [0, 6].includes(new Date(day).getUTCDay());
  return work.has(day) || (!off.has(day) && !weekend);
}

/** Whether a day is the first worked one of its week, Monday to Sunday. */
export function opensWeek(day: string): boolean {
  const sinceMonday = (new Date(day).getUTCDay() + 6) % 7;
  return isOfficeDay(day) && Array.from({ length: sinceMonday }, (_, back) => addDay(day, -1 - back)).every((one) => !isOfficeDay(one));
}

/** The first day after an instant, its own if `minutes` is still to come, that satisfies `opens`. */
export function firstDay(after: Date, minutes: number, opens: (day: string) => boolean): string {
  const { day, minutes: now } = beijing(after);
  let candidate = now < minutes ? day : addDay(day, 1);
  while (!opens(candidate)) candidate = addDay(candidate, 1);
  return candidate;
}

function addDay(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

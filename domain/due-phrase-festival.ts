import { addDays, isLocalDate, type LocalDate } from './time';

/** Month and day of the feasts that keep their date. */
const fixedFeasts: Readonly<Record<string, string>> = {
  元旦: '01-01',
  三八: '03-08',
  五一: '05-01',
  劳动: '05-01',
  六一: '06-01',
  七一: '07-01',
  建党: '07-01',
  八一: '08-01',
  建军: '08-01',
  教师: '09-10',
  十一: '10-01',
  国庆: '10-01',
};

/**
 * The feasts that move: 春节, 端午, 中秋 by the lunar calendar (GB/T 33661), 清明 by the sun. They are facts of the sky, known before the
 * State Council's yearly holiday notice, but lie within its holidays wherever there is one (the test compares the two).
 * ICU's lunar calendar is a day off in 2027 and 2030, hence a table.
 */
const movingFeasts: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  春节: years('02-08 01-28 02-16 02-05 01-25 02-12 02-01 01-22 02-10 01-29 02-17 02-06 01-26 02-13 02-03 01-23 02-11 01-31 02-19 02-08'),
  清明: years('04-04 04-04 04-05 04-05 04-04 04-04 04-05 04-05 04-04 04-04 04-05 04-05 04-04 04-04 04-05 04-05 04-04 04-04 04-05 04-05'),
  端午: years('06-09 05-30 06-18 06-07 06-25 06-14 06-03 06-22 06-10 05-31 06-19 06-09 05-28 06-16 06-05 06-24 06-12 06-01 06-20 06-10'),
  中秋: years('09-15 10-04 09-24 09-13 10-01 09-21 09-10 09-29 09-17 10-06 09-25 09-15 10-03 09-22 09-12 10-01 09-19 09-08 09-27 09-16'),
};

/** One day a year, from 2016. */
function years(days: string): Record<number, string> {
  return Object.fromEntries(days.split(' ').map((day, index) => [2016 + index, day]));
}

const name = [...Object.keys(fixedFeasts), ...Object.keys(movingFeasts)].join('|');

/** The words of "春节前", "国庆节前", "中秋国庆双节前" as the source of a pattern, with the groups `feast` and `feast2`. */
export const feastWords = `(?<![十二三])(?<feast>${name})(?:佳?节)?(?:[和及暨]?(?<feast2>${name})(?:佳?节)?)?(?:双节|两节)?(?:假期|长假|小长假)?(?:来临|到来)?(?:之|以)?前`;

/** Feasts in a list are one phrase: "中秋、国庆前". */
export const joinFeasts = (text: string): string =>
  text.replace(new RegExp(`(${name})(?:佳?节)?、(?=${name})`, 'gu'), (_whole, feast: string) => feast);

/** The day of the feast in that year; null when it moves and the table (2016 to 2035) lacks the year. */
export function feastDay(feast: string, year: number): LocalDate | null {
  const day = fixedFeasts[feast] ?? movingFeasts[feast]?.[year];
  const date = `${year}-${day ?? ''}`;
  return isLocalDate(date) ? date : null;
}

/** "春节前" ends on the day before the feast; before two feasts means before the first of them. Null when a day is not known. */
export function eveOf(feasts: readonly string[], year: number): LocalDate | null {
  const days = feasts.map((feast) => feastDay(feast, year));
  if (days.includes(null)) return null;
  const first = days.flatMap((day) => day ?? []).sort()[0];
  return first === undefined ? null : addDays(first, -1);
}

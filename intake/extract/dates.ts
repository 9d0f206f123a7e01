import { chineseNumber } from '../../domain/due-phrase';
import { isLocalDate } from '../../domain/time';
import { sentences, type Prose } from '../prose';
import { narrow } from './width';

/** A date as the text writes it. `iso` is as precise as the text; null when the year is elided and undecided, or the date impossible. */
export interface DateMention {
  readonly raw: string;
  readonly iso: string | null;
  readonly yearStated: boolean;
  readonly at: number;
  readonly line: number;
  /** Month and day as written (`09-15`, `09`), null for a bare year. */
  readonly monthDay: string | null;
  /** There is no such day, or the year has too few or too many digits. */
  readonly impossible: boolean;
}

const year = '(?<![\\d.])(?<y>(?:19|20)\\d\\d)\\s?年';
const cn = '[〇○零一二三四五六七八九十]';
const part = '(?:\\s?(?:份|底|末|初|上旬|中旬|下旬))?';
/** From the longest form to the shortest; the first that fits at a place wins. */
const forms = [
  `(?<cy>[二一][〇○零一二三四五六七八九]{3})年(?<cm>${cn}{1,3})月(?:(?<cd>${cn}{1,3})[日号])?`,
  `${year}\\s?(?<m>\\d{1,2})\\s?月\\s?(?<d>\\d{1,3})\\s?[日号]`,
  `${year}\\s?(?<ma>\\d{1,2})\\s?(?:月)?\\s?[-—–~～至]+\\s?(?<mb>\\d{1,2})\\s?月(?!\\s?\\d)`,
  `${year}\\s?(?<m2>\\d{1,2})\\s?月${part}`,
  '(?<![\\d.])(?<ya>(?:19|20)\\d\\d)\\s?年?\\s?[-—–~～至]+\\s?(?<yb>(?:19|20)\\d\\d)\\s?年(?:度|底|末|初)?(?!\\s?\\d{1,2}\\s?月)',
  // 2019、2020年: every year of a list
  '(?<![\\d.])(?<yl>(?:19|20)\\d\\d)(?=(?:[、和](?:19|20)\\d\\d){1,6}\\s?年)',
  `${year}(?:度|底|末|初)?`,
  '(?<![\\d.\\-/])(?<ny>(?:19|20)\\d\\d)(?<sep>[-/.])(?<nm>\\d{1,2})\\k<sep>(?<nd>\\d{1,2})(?![\\d])',
  // 24年6月12日: the year of a paper of our time
  '(?<![\\d.])(?<sy>(?:1[5-9]|2\\d|3[0-5]))\\s?年\\s?(?<sm>0?[1-9]|1[0-2])\\s?月(?:\\s?(?<sd>\\d{1,2})\\s?[日号])?',
  '(?<bad>(?<!\\d)(?:\\d{3}|\\d{5,6}|(?!19|20)[1-9]\\d{3}|[12](?=\\d{0,2}[OoIl])[\\dOoIl]{3}))\\s?年\\s?\\d{1,2}\\s?月(?:\\s?\\d{1,2}\\s?[日号])?',
  '(?<rel>今年|去年|上年|同年|当年|次年|明年)?(?<![\\d.])(?<m3>\\d{1,2})\\s?月\\s?(?<d3>\\d{1,2})\\s?[日号](?!内)',
  // 3月4日至28日, 2024年3月4日—8日: the last day of a range
  '(?<=[日号]\\s?[-—–~～至到]{1,2}\\s?)(?<ld>\\d{1,2})\\s?[日号](?!内)',
  `(?<rel2>今年|去年|上年|同年|当年|次年|明年)?(?<![\\d.])(?<m4>\\d{1,2})\\s?月(?!\\d)${part}`,
];
// the same group name can't stand twice in one pattern: number the years
const yearNames = forms.map((_, index) => `y${index}x`);
const pattern = new RegExp(forms.map((form, index) => form.replace('<y>', `<y${index}x>`)).join('|'), 'gu');

type Groups = Readonly<Record<string, string | undefined>>;
const pad = (text: string): string => text.padStart(2, '0');

interface Reading {
  readonly years: string | null;
  readonly monthDay: string | null;
  readonly relative: string | null;
  readonly impossible: boolean;
}

/** The dates of a text in order. An elided year is taken from a date before it in the same sentence when it is not earlier. */
export function datesIn(prose: Prose, reportYear: number | null = null): DateMention[] {
  const found: DateMention[] = [];
  const text = narrow(prose.text);
  for (const { start, end } of sentences(text)) {
    let anchor: string | null = null;
    let month: string | null = null;
    for (const match of text.slice(start, end).matchAll(pattern)) {
      for (const reading of readingsOf(match.groups ?? {}, month)) {
        const years: string | null = reading.years ?? elidedYear(reading, anchor, reportYear);
        const iso: string | null = reading.impossible ? null : isoOf(years, reading.monthDay);
        const impossible = reading.impossible || (years !== null && iso === null);
        const at = start + match.index;
        month = reading.monthDay?.slice(0, 2) ?? month;
        found.push({
          raw: prose.text.slice(at, at + match[0].length).trim(),
          iso,
          yearStated: reading.years !== null,
          at,
          line: prose.lineAt(at),
          monthDay: reading.monthDay,
          impossible,
        });
        if (iso !== null && iso.length > 4 && reading.years !== null) anchor = iso;
      }
    }
  }
  return found;
}

/** `month` is the month of the date before it in its sentence. */
function readingsOf(groups: Groups, month: string | null): Reading[] {
  const years = yearNames.map((name) => groups[name]).find((value) => value !== undefined) ?? null;
  const reading = (y: string | null, monthDay: string | null, relative: string | null = null): Reading => ({
    years: y,
    monthDay,
    relative,
    impossible: monthDay !== null && !possible(monthDay),
  });
  const { yl, bad, cy, cm, cd, m, d, ma, mb, m2, ya, yb, ny, nm, nd, m3, d3, m4, rel, rel2 } = groups;
  const { sy, sm, sd, ld } = groups;
  if (sy !== undefined && sm !== undefined) return [reading(`20${sy}`, [sm, ...(sd === undefined ? [] : [sd])].map(pad).join('-'))];
  if (ld !== undefined) return month === null ? [] : [reading(null, `${month}-${pad(ld)}`)];
  if (bad !== undefined) return [{ years: null, monthDay: null, relative: null, impossible: true }];
  if (cy !== undefined && cm !== undefined) return [reading(String(chineseNumber(cy) ?? ''), chineseMonthDay(cm, cd))];
  if (m !== undefined && d !== undefined) return [reading(years, `${pad(m)}-${pad(d)}`)];
  if (ma !== undefined && mb !== undefined) return [reading(years, pad(ma)), reading(years, pad(mb))];
  if (ny !== undefined && nm !== undefined && nd !== undefined) return [reading(ny, `${pad(nm)}-${pad(nd)}`)];
  if (m3 !== undefined && d3 !== undefined) return [reading(null, `${pad(m3)}-${pad(d3)}`, rel ?? null)];
  if (m4 !== undefined) return [reading(null, pad(m4), rel2 ?? null)];
  if (ya !== undefined && yb !== undefined) return [reading(ya, null), reading(yb, null)];
  return [reading(yl ?? years, m2 === undefined ? null : pad(m2))];
}

const chineseMonthDay = (month: string, day: string | undefined): string =>
  [month, ...(day === undefined ? [] : [day])].map((word) => pad(String(chineseNumber(word) ?? 0))).join('-');

const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the month and day exist in a leap year. */
function possible(monthDay: string): boolean {
  const [month = 0, day = 1] = monthDay.split('-').map(Number);
  return day >= 1 && day <= (daysOfMonth[month - 1] ?? 0);
}

function isoOf(years: string | null, monthDay: string | null): string | null {
  if (years === null) return null;
  if (monthDay === null) return years;
  const iso = `${years}-${monthDay}`;
  return monthDay !== '02-29' || isLocalDate(iso) ? iso : null;
}

function elidedYear({ monthDay, relative }: Reading, anchor: string | null, reportYear: number | null): string | null {
  if (monthDay === null) return null;
  if (relative === '今年') return reportYear === null ? null : String(reportYear);
  if (relative === '去年' || relative === '上年') return reportYear === null ? null : String(reportYear - 1);
  if (relative === '明年') return reportYear === null ? null : String(reportYear + 1);
  if (anchor === null) return null;
  if (relative === '次年') return String(Number(anchor.slice(0, 4)) + 1);
  const length = Math.min(anchor.length - 5, monthDay.length);
  return relative !== null || monthDay.slice(0, length) >= anchor.slice(5, 5 + length) ? anchor.slice(0, 4) : null;
}

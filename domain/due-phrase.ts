import { addDays, addMonths, isLocalDate, type LocalDate } from './time';

/** What the surrounding document says, so that a phrase can be read exactly. Days, null when the document does not say. */
export interface DueContext {
  /** The day of the feedback 反馈之日: the anchor of "反馈之日起一个月内". */
  readonly feedbackDate: LocalDate | null;
  /** No limit lies before this day: the feedback, or the end of the on-site work. */
  readonly notBefore: LocalDate | null;
  /** The day under the signature: an elided year never lies after its year. */
  readonly reportDate: LocalDate | null;
}

/** A term without a date of its own: "三个月内"; `from` is null when the phrase names no anchor. */
export interface DueTerm {
  readonly amount: number;
  readonly unit: 'days' | 'workdays' | 'months';
  readonly from: 'feedback' | 'other' | null;
}

/**
 * A due phrase 时限用语, read (design.md, sections 4 and 8).
 * `due` is a day `yyyy-mm-dd`, a month `yyyy-mm` when just a month is named, or null. Rest days are not shifted here.
 */
export interface DuePhrase {
  readonly raw: string;
  /** 立行立改 and its sisters. */
  readonly immediate: boolean;
  /** 长期坚持 and its sisters. */
  readonly sustained: boolean;
  readonly due: string | null;
  /** Whether the phrase itself names the year of `due`. */
  readonly yearStated: boolean;
  readonly term: DueTerm | null;
  /** The phrase tells of something done, not of a limit: "已于10月完成". */
  readonly done: boolean;
  /** False: nothing was recognised; keep it verbatim and ask. */
  readonly understood: boolean;
}

export const noDueContext: DueContext = { feedbackDate: null, notBefore: null, reportDate: null };

const immediateWords = /立[行整即查说知接]立?[改行整]|立即|即[知查行]即改|边[查巡整]边[改整]|马上|随时整改|当场整改/;
const sustainedWords = /长期|持续|常态|长效|久久为功|不断坚持|常抓不懈/;
const doneWords = /已(?:经)?(?:于|在)?.{0,16}(?:完成|完毕|到位|办结|销号)/;

/** Reads a due phrase. Pure and total: any text gives a value. */
export function parseDuePhrase(raw: string, context: DueContext = noDueContext): DuePhrase {
  const text = normalise(raw);
  const immediate = immediateWords.test(text);
  const sustained = sustainedWords.test(text);
  const done = doneWords.test(text);
  const named = done ? null : namedDate(text, context);
  const term = named === null && !done ? termOf(text) : null;
  const due = named?.due ?? (term === null ? null : computedDue(term, context));
  const understood = immediate || sustained || done || named !== null || term !== null || /集中整改期/.test(text);
  return { raw, immediate, sustained, due, yearStated: named?.yearStated ?? false, term, done, understood };
}

/** The number of a Chinese or Arabic numeral up to 9999 (`十二`, `两`, `二〇二五`, `38`); null when it is none. */
export function chineseNumber(text: string): number | null {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  if (/^[〇零○Ｏ一二三四五六七八九]{2,4}$/.test(text)) return Number(text.replace(/./gu, (digit) => String(digitOf(digit))));
  if (!/^[零〇一二两三四五六七八九十百千]{1,9}$/.test(text)) return null;
  let total = 0;
  let digit = -1;
  for (const char of text) {
    const scale = char === '十' ? 10 : char === '百' ? 100 : char === '千' ? 1000 : 0;
    if (scale === 0) digit = digitOf(char);
    else {
      total += (digit < 0 ? 1 : digit) * scale;
      digit = -1;
    }
  }
  return total + Math.max(digit, 0);
}

const digitOf = (char: string): number => (char === '两' ? 2 : Math.max('〇一二三四五六七八九'.indexOf(char), 0));

/** Half-width digits, no spaces, and Arabic numerals before 年, 月, 日, 季度. */
function normalise(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/[〇零○一二三四五六七八九十]{1,4}(?=[年月日号]|季度)/g, (word) => String(chineseNumber(word) ?? word));
}

// One date as people name it. Year, then a day, a month or part of it, a quarter, a half, an end, or a festival.
const year = '(?:(?<y>(?:19|20)\\d\\d)年|(?<rel>今年|本年度?|当年|明年|次年))?(?:的)?';
const month = '(?<m>\\d{1,2})月(?:份)?(?:(?<d>\\d{1,2})[日号]|(?<part>底|末|上旬|中旬|下旬|初))?';
const others =
  '第?(?<q>[1-4])季度|(?<half>上半年|下半年)|(?<end>(?<![\\d半])年底|(?<![\\d半])年末|(?<![\\d半])年内|底|末|内)|(?<feast>元旦|春节|清明|五一|端午|七一|八一|十一|国庆|中秋)';
const worded = new RegExp(`${year}(?:${month}|${others})`, 'gu');
const numeric = /(?<y>(?:19|20)\d\d)[.\-/](?<m>\d{1,2})(?:[.\-/](?<d>\d{1,2}))?(?![\d月])/gu;

interface DateWords {
  readonly year: number | null;
  readonly relative: string | null;
  readonly groups: Readonly<Record<string, string | undefined>>;
}

/** The last date that the phrase names (a range ends at its second date), with the year said before it. */
function namedDate(text: string, context: DueContext): { due: string | null; yearStated: boolean } | null {
  let last: DateWords | null = null;
  let carried: number | null = null;
  const plain = [...text.matchAll(numeric)];
  for (const match of plain.length > 0 ? plain : text.matchAll(worded)) {
    const groups: DateWords['groups'] = match.groups ?? {};
    if (groups['end']?.length === 1 && groups['y'] === undefined && groups['rel'] === undefined) continue; // a lone 底 or 内
    carried = groups['y'] === undefined ? carried : Number(groups['y']);
    last = { year: carried, relative: groups['rel'] ?? null, groups };
  }
  if (last === null) return null;
  const { groups } = last;
  const stated = last.year ?? relativeYear(last.relative, context);
  if (stated !== null) return { due: dueIn(stated, groups), yearStated: last.year !== null };
  return { due: decidedDue((candidate) => dueIn(candidate, groups), context), yearStated: false };
}

function relativeYear(word: string | null, context: DueContext): number | null {
  if (word === null || context.reportDate === null) return null;
  return Number(context.reportDate.slice(0, 4)) + (word === '明年' || word === '次年' ? 1 : 0);
}

/** The due day or month of the named date in that year; null when there is no such day. */
function dueIn(year: number, groups: DateWords['groups']): string | null {
  if (groups['m'] !== undefined) return inMonth(year, Number(groups['m']), groups['d'], groups['part']);
  if (groups['q'] !== undefined) return monthEnd(year, Number(groups['q']) * 3);
  if (groups['half'] !== undefined) return monthEnd(year, groups['half'] === '上半年' ? 6 : 12);
  if (groups['feast'] !== undefined) return eveOf(year, groups['feast']);
  return monthEnd(year, 12);
}

function inMonth(year: number, month: number, day: string | undefined, part: string | undefined): string | null {
  const first = `${year}-${pad(month)}`;
  if (!isLocalDate(`${first}-01`)) return null;
  if (day !== undefined) return isLocalDate(`${first}-${pad(Number(day))}`) ? `${first}-${pad(Number(day))}` : null;
  if (part === undefined || part === '初') return first;
  if (part === '上旬' || part === '中旬') return `${first}-${part === '上旬' ? '10' : '20'}`;
  return monthEnd(year, month);
}

const pad = (number: number): string => String(number).padStart(2, '0');

function monthEnd(year: number, month: number): string {
  const first = `${year}-${pad(month)}-01`;
  return isLocalDate(first) ? addDays(addMonths(first, 1), -1) : first;
}

/** 春节 (first day of the first lunar month), by the State Council's yearly notices and the lunar calendar. */
const springFestivals: Readonly<Record<number, string>> = {
  2019: '02-05',
  2020: '01-25',
  2021: '02-12',
  2022: '02-01',
  2023: '01-22',
  2024: '02-10',
  2025: '01-29',
  2026: '02-17',
  2027: '02-06',
  2028: '01-26',
  2029: '02-13',
  2030: '02-03',
  2031: '01-23',
  2032: '02-11',
  2033: '01-31',
  2034: '02-19',
  2035: '02-08',
};
const fixedFeasts: Readonly<Record<string, string>> = {
  元旦: '01-01',
  五一: '05-01',
  七一: '07-01',
  八一: '08-01',
  十一: '10-01',
  国庆: '10-01',
};

/** "春节前" ends on the day before; a movable feast that the table lacks is null. */
function eveOf(year: number, feast: string): string | null {
  const day = feast === '春节' ? springFestivals[year] : fixedFeasts[feast];
  const date = day === undefined ? '' : `${year}-${day}`;
  return isLocalDate(date) ? addDays(date, -1) : null;
}

/**
 * A date without a year, when the text decides the year: exactly one year between `notBefore` and the report's year fits.
 * With the report alone it must not lie before the report; with the feedback alone it must lie in the feedback's year.
 */
function decidedDue(dueOf: (year: number) => string | null, { notBefore, reportDate }: DueContext): string | null {
  const from = notBefore ?? reportDate;
  if (from === null) return null;
  const lastYear = Number((reportDate ?? from).slice(0, 4));
  const fitting: string[] = [];
  for (let candidate = Number(from.slice(0, 4)); candidate <= lastYear; candidate += 1) {
    const due = dueOf(candidate);
    if (due !== null && due >= from.slice(0, due.length)) fitting.push(due);
  }
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

const termWords =
  /(?<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)(?<unit>个?工作日|个?日|天|周|个?星期|个月|年)(?:时间|期限)?(?:以内|之内|内)/u;

function termOf(text: string): DueTerm | null {
  const match = termWords.exec(text);
  const unit = match?.groups?.['unit'];
  const word = match?.groups?.['n'];
  if (match === null || unit === undefined || word === undefined) return null;
  const from = /反馈/.test(text.slice(0, match.index)) ? 'feedback' : /之日|起|后/.test(text.slice(0, match.index)) ? 'other' : null;
  if (word === '半')
    return unit === '年' ? { amount: 6, unit: 'months', from } : unit === '个月' ? { amount: 15, unit: 'days', from } : null;
  const amount = chineseNumber(word);
  if (amount === null) return null;
  if (unit.endsWith('工作日')) return { amount, unit: 'workdays', from };
  if (unit === '个月') return { amount, unit: 'months', from };
  if (unit === '年') return { amount: amount * 12, unit: 'months', from };
  return { amount: /周|星期/.test(unit) ? amount * 7 : amount, unit: 'days', from };
}

/** A term is computed only from an anchor that it names and whose day is known; workdays need a calendar and stay null here. */
function computedDue(term: DueTerm, { feedbackDate }: DueContext): string | null {
  if (term.from !== 'feedback' || feedbackDate === null || term.unit === 'workdays') return null;
  return term.unit === 'months' ? addMonths(feedbackDate, term.amount) : addDays(feedbackDate, term.amount);
}

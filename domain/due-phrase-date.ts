import type { DueContext, NamedLimit } from './due-phrase-context';
import { dueIn, type DateGroups } from './due-phrase-day';
import { feastWords } from './due-phrase-festival';
import type { Clause } from './due-phrase-words';
import { isLocalDate, type LocalDate } from './time';

// A date as people name it: a year (maybe), then a day, a month or part of it, a quarter, a half, an end, or a feast.
const relativeYears: Readonly<Record<string, number>> = { 前年: -2, 去年: -1, 上年: -1, 明年: 1, 次年: 1, 来年: 1, 翌年: 1, 后年: 2 };
const relative = `今年|本年|当年|${Object.keys(relativeYears).join('|')}`;
const fullYear = '(?:19|20)\\d\\d';
const shortYear = '(?<![\\d.])(?:1[89]|[23]\\d|4[0-5])(?=年)';
const year = `(?:(?:(?<y>${fullYear}|${shortYear})(?:年度?|[./-](?=\\d{1,2}月)|(?=[底末上下第Q]))|(?<rel>${relative})度?):?的?)?`;
const part = '底|末|上旬|上中旬|中旬|中下旬|下旬|初|中|(?:份)?(?:以|之)?前';
const dash = '[-~至到—–]';
const patterns = [
  // 2025.6.30 · 2025-06 · 25.6.30 · 2025.6底
  `(?<y>${fullYear}|(?<![\\d.])2\\d(?=\\.\\d{1,2}\\.\\d))(?<sep>[./-])(?<m>\\d{1,2})(?:\\k<sep>(?<d>\\d{1,2})日?)?(?![\\d月])(?<part>${part})?`,
  `(?<!\\d)(?<y>20\\d\\d)(?<m>0[1-9]|1[0-2])(?<d>[0-3]\\d)(?!\\d)`,
  `${year}(?<![\\d.])(?<m>\\d{1,2})[./](?<d>\\d{1,2})(?:日|(?=(?:以|之)?前)|(?<=${dash}\\d{1,2}[./]\\d{1,2}))`,
  // 2025年6月30日 · 6月底 · 3-6月
  `${year}(?:\\d{1,2}${dash})?(?<m>\\d{1,2})月(?:份?(?<d>\\d{1,2})(?:[日号]|(?=(?:以|之)?前|$))|(?<part>${part}))?(?!\\d+[日号])`,
  // the last number of a range: 6月1日-30日 · 2025.3-6
  `(?<=[\\d日号]${dash})(?<last>\\d{1,2})(?:[日号]|(?![\\d./月年个天周季]))`,
  `${year}第?(?<q>[1-4])季度`,
  `${year}Q(?<q>[1-4])`,
  `${year}(?:(?<half>上半年|下半年)|(?<end>(?<![\\d半两去前上])年(?:[底末内]|终))|${feastWords})`,
  `${year.slice(0, -1)}(?<end>底|末|内|之内)`,
  // a year alone: 2024年至2026年 · 2026年完成; "2026年前" leaves open whether 2026 counts
  `(?:(?<y>${fullYear})|(?<rel>${relative}))(?:年?度?)(?:全年|期间)?(?:(?<before>(?:以|之)?前)|(?<end>)(?=$|${dash}|(?:全面|全部|基本)?(?:完成|整改(?:到位|完成|完毕|$)|落实到位|解决)))`,
  // the five-year plans end with their year
  `(?<plan>十[四五六]五)(?:规划)?(?<end>期?[末内间]|收官)`,
].map((source) => new RegExp(source, 'gu'));

interface DateWords {
  /** The year said, or carried over from an earlier date of the phrase. */
  readonly year: number | null;
  readonly relative: string | null;
  readonly groups: DateGroups;
  readonly clause: Clause;
  /** What follows it in its clause. */
  readonly tail: string;
}

/** The dates of a phrase, first to last, each with the year said before it. */
function datesOf(clauses: readonly Clause[]): DateWords[] {
  let carried: { year: number | null; m?: string | undefined; d?: string | undefined } = { year: null };
  return clauses.flatMap((clause) =>
    matchesIn(clause.text).flatMap((match): DateWords[] => {
      const groups: Record<string, string | undefined> = { ...match.groups };
      if (groups['last'] !== undefined) {
        if (carried.m === undefined) return [];
        groups['m'] = carried.d === undefined ? groups['last'] : carried.m;
        if (carried.d !== undefined) groups['d'] = groups['last'];
      }
      const rel = groups['rel'] ?? null;
      const stated = statedYear(groups);
      const following = rel !== null && /[当次翌来]年/.test(rel) && carried.year !== null ? carried.year + (relativeYears[rel] ?? 0) : null;
      carried = { year: stated ?? following ?? carried.year, m: groups['m'], d: groups['d'] };
      const tail = clause.text.slice(match.index + match[0].length);
      return [{ year: rel !== null && following === null ? null : carried.year, relative: rel, groups, clause, tail }];
    }),
  );
}

/** What the patterns find in a clause, in order; of two that overlap the earlier, then the longer. */
function matchesIn(text: string): RegExpExecArray[] {
  const all = patterns.flatMap((pattern) => [...text.matchAll(pattern)]);
  all.sort((a, b) => a.index - b.index || b[0].length - a[0].length);
  let end = 0;
  return all.filter((match) => {
    if (match.index < end || match[0] === '') return false;
    end = match.index + match[0].length;
    return true;
  });
}

function statedYear(groups: DateGroups): number | null {
  const plan = groups['plan'];
  if (plan !== undefined) return plan === '十四五' ? 2025 : plan === '十五五' ? 2030 : 2035;
  const said = groups['y'];
  return said === undefined ? null : Number(said.length === 2 ? `20${said}` : said);
}

const isAnchor = ({ tail }: DateWords): boolean => /^(?:之日|当日)?起/.test(tail);
const isLimit = (date: DateWords): boolean =>
  !isAnchor(date) && !date.clause.done && !date.clause.recurring && !/^(?:以|之)?后/.test(date.tail);

/**
 * The date a phrase names as its limit: the last one, so a range ends at its second date; null when it names none.
 * What is done, what recurs ("每年12月底前"), what begins ("6月1日起") or comes later ("6月以后") is no limit.
 */
export function namedDate(clauses: readonly Clause[], context: DueContext): NamedLimit | null {
  const limits = datesOf(clauses).filter(isLimit);
  const last = limits.findLast(({ clause }) => !clause.aside) ?? limits.at(-1);
  return last === undefined ? null : resolve(last, context);
}

/** The day that a term starts on by its own words: "自2025年7月1日起三个月内". */
export function namedAnchor(clauses: readonly Clause[], context: DueContext): LocalDate | null {
  const date = datesOf(clauses).findLast(isAnchor);
  const due = date === undefined ? null : resolve(date, context).due;
  return due !== null && isLocalDate(due) ? due : null;
}

/** "三季度前", "中旬前": the end is given, but whether the span itself counts is asked. */
function resolve(date: DateWords, context: DueContext): NamedLimit {
  const { q, half, part } = date.groups;
  const isSpan = q !== undefined || half !== undefined || (part !== undefined && part.endsWith('旬'));
  const limit = inItsYear(date, context);
  return isSpan && limit.asks === null && /^(?:以|之)?前/.test(date.tail) ? { ...limit, asks: 'day' } : limit;
}

function inItsYear({ year: said, relative: word, groups }: DateWords, context: DueContext): NamedLimit {
  const reported = context.reportDate === null ? null : Number(context.reportDate.slice(0, 4));
  const stated = said ?? (word === null || reported === null ? null : reported + (relativeYears[word] ?? 0));
  if (stated !== null) return { ...dueIn(stated, groups), yearStated: said !== null };
  const open = dueIn(aLeapYear, groups).asks;
  const due = word === null ? decidedDue((candidate) => dueIn(candidate, groups).due, context) : null;
  return { due, yearStated: false, asks: due !== null || open === 'noSuchDay' ? open : 'year' };
}

/** Has every day that any year has: what it lacks never exists. */
const aLeapYear = 2024;

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

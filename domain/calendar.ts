import type { Failure } from './failure';
import { addDays, isLocalDate, type LocalDate } from './time';

/**
 * One year of holidays, as the State Council's General Office announces it (国务院办公厅, usually in November of the year before,
 * under 《全国年节及纪念日放假办法》, 国务院令第795号).
 */
export interface CalendarYear {
  /** The notices it was taken from: number and date. */
  readonly source: string;
  /** Days off, whole holidays as announced, so with the Saturdays and Sundays inside them. Weekends elsewhere are not listed. */
  readonly off: readonly LocalDate[];
  /** Make-up working days 调休上班: Saturdays and Sundays that are worked. */
  readonly work: readonly LocalDate[];
}

/**
 * Which days are worked. A day is listed under its own year, even when the next year's notice set it (2018-12-29 by that for 2019).
 * A year without a table is not covered: there, weekends alone are off and every result is provisional.
 * A calendar is a value: change it by making another one, with another version.
 */
export interface WorkCalendar {
  readonly version: string;
  readonly years: Readonly<Record<string, CalendarYear>>;
}

/** A due day: `named` by a document (底前, 前, a date) or `computed` from a term (三个月内, 5个工作日). */
export interface DueDate {
  readonly kind: 'named' | 'computed';
  readonly date: LocalDate;
}

/** Whether the calendar has a table for the year of the day. */
export const isCovered = (calendar: WorkCalendar, date: LocalDate): boolean => Object.hasOwn(calendar.years, yearOf(date));

/** Whether a year from `date` to `until` (either order) lacks its table, so that a result reached over these days may still move. */
export function isProvisional(calendar: WorkCalendar, date: LocalDate, until: LocalDate = date): boolean {
  const [first, last] = date <= until ? [date, until] : [until, date];
  for (let year = Number(yearOf(first)); year <= Number(yearOf(last)); year++) {
    if (!Object.hasOwn(calendar.years, String(year).padStart(4, '0'))) return true;
  }
  return false;
}

/** Whether the day is worked: Monday to Friday but for holidays, and make-up days. In a year not covered: Monday to Friday. */
export const isWorkday = (calendar: WorkCalendar, date: LocalDate): boolean => worked(exceptionsOf(calendar), toNumber(date));

/**
 * The n-th workday after `date` (before it, when n is negative). The starting day does not count (Civil Code, article 201);
 * n = 0 gives `date` itself, even if it is a rest day. Throws a RangeError when n is no integer.
 */
export function addWorkdays(calendar: WorkCalendar, date: LocalDate, n: number): LocalDate {
  if (!Number.isSafeInteger(n)) throw new RangeError(`not a number of workdays: ${n}`);
  const exceptions = exceptionsOf(calendar);
  const step = n < 0 ? -1 : 1;
  let day = toNumber(date);
  for (let left = Math.abs(n); left > 0;) {
    day += step;
    if (worked(exceptions, day)) left--;
  }
  return toDate(day);
}

/** The day itself if it is worked, else the next workday. */
export const nextWorkday = (calendar: WorkCalendar, date: LocalDate): LocalDate => roll(calendar, date, 1);

/** The day itself if it is worked, else the workday before it. */
export const previousWorkday = (calendar: WorkCalendar, date: LocalDate): LocalDate => roll(calendar, date, -1);

/**
 * How many workdays from `a` to `b`, with addWorkdays' way of counting: after `a`, up to and including `b`; when `b` is earlier,
 * minus the workdays before `a` down to and including `b`. So `workdaysBetween(c, a, addWorkdays(c, a, n))` is n.
 */
export function workdaysBetween(calendar: WorkCalendar, a: LocalDate, b: LocalDate): number {
  const exceptions = exceptionsOf(calendar);
  const from = toNumber(a);
  const to = toNumber(b);
  const step = to < from ? -1 : 1;
  let count = 0;
  for (let day = from; day !== to;) {
    day += step;
    if (worked(exceptions, day)) count += step;
  }
  return count;
}

/**
 * The first workday of the week of `date`, Monday to Sunday (GB/T 7408.1, ISO 8601): so a make-up Sunday ends the week it lies in
 * and does not open the next. Null when the whole week is off (the Spring Festival can do that).
 */
export function firstWorkdayOfWeek(calendar: WorkCalendar, date: LocalDate): LocalDate | null {
  const exceptions = exceptionsOf(calendar);
  const day = toNumber(date);
  const monday = day - weekdayIndex(day);
  for (let at = monday; at < monday + 7; at++) {
    if (worked(exceptions, at)) return toDate(at);
  }
  return null;
}

/**
 * The day an obligation is really due, never a rest day: a named day moves to the workday before (who is told "by the 3rd" delivers
 * by the 3rd), a computed term to the next one (Civil Code, article 203; a model for party work, not a rule of it).
 * `provisional` when a year it used is not covered.
 */
export function dueOn(calendar: WorkCalendar, due: DueDate): { readonly date: LocalDate; readonly provisional: boolean } {
  const date = due.kind === 'named' ? previousWorkday(calendar, due.date) : nextWorkday(calendar, due.date);
  return { date, provisional: isProvisional(calendar, due.date, date) };
}

/**
 * Reads days of a year in short form, parted by blanks: `05-09` a day, `02-15..23` or `09-30..10-08` the days from one to another.
 * Throws a RangeError on anything else: meant for literals.
 */
export function readDays(year: string, text: string): LocalDate[] {
  return text
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((part) => {
      const [, from, month, day] = /^(\d\d-\d\d)(?:\.\.(?:(\d\d)-)?(\d\d))?$/.exec(part) ?? [];
      if (from === undefined) throw new RangeError(`not a day or days: ${part}`);
      const first = realDay(`${year}-${from}`);
      const last = day === undefined ? first : realDay(`${year}-${month ?? from.slice(0, 2)}-${day}`);
      if (last < first) throw new RangeError(`ends before it begins: ${part}`);
      return Array.from({ length: toNumber(last) - toNumber(first) + 1 }, (_, index) => addDays(first, index));
    });
}

/** Days that have been off in every year since 2008 (国务院令第513号 and its revisions 第644号, 第795号): New Year, 1 May, 1 to 3 October. */
const alwaysOff = ['01-01', '05-01', '10-01', '10-02', '10-03'];

/**
 * What is wrong with a year that somebody entered or imported, empty if nothing: a day that does not exist or lies in another year,
 * a day entered twice, a make-up day that is worked anyhow, a single day missing inside a holiday, a statutory day missing.
 */
export function checkCalendarYear(year: string, table: CalendarYear): Failure[] {
  const all = [...table.off, ...table.work];
  const bad = all.filter((date) => !isLocalDate(date) || yearOf(date) !== year);
  if (bad.length > 0)
    return [wrong('wrongYear', `${year}年的节假日表里有不属于该年的日期：${bad.join('、')}。`, '请改正日期，或填入它所在年份的表。')];

  const failures: Failure[] = [];
  const doubled = [...new Set(all.filter((date, index) => all.indexOf(date) !== index))];
  if (doubled.length > 0)
    failures.push(wrong('doubled', `日期重复填写：${doubled.join('、')}。`, '同一天只能填一次，且不能既放假又上班。'));

  const needless = table.work.filter((date) => weekdayIndex(toNumber(date)) < 5);
  if (needless.length > 0) failures.push(wrong('notWeekend', `调休上班日不在周末：${needless.join('、')}。`, '调休上班日只填周六、周日。'));

  const off = new Set(table.off.map(toNumber));
  const work = new Set(table.work.map(toNumber));
  const holes = [...off]
    .map((day) => day + 1)
    .filter((day) => off.has(day + 1) && !off.has(day) && !work.has(day) && weekdayIndex(day) < 5)
    .map(toDate);
  const absent = alwaysOff.map((day) => `${year}-${day}` as LocalDate).filter((date) => !off.has(toNumber(date)));
  const missing = [...new Set([...holes, ...absent])].sort();
  if (missing.length > 0) failures.push(wrong('gap', `放假日期有遗漏：${missing.join('、')}。`, '请对照国务院办公厅通知补全。'));
  return failures;
}

const wrong = (code: string, what: string, todo: string): Failure => ({ code: `calendar.${code}`, what, todo });

function realDay(text: string): LocalDate {
  if (!isLocalDate(text)) throw new RangeError(`not a calendar day: ${text}`);
  return text;
}

function roll(calendar: WorkCalendar, date: LocalDate, step: 1 | -1): LocalDate {
  const exceptions = exceptionsOf(calendar);
  let day = toNumber(date);
  while (!worked(exceptions, day)) day += step;
  return toDate(day);
}

// Days are counted as numbers here, and a calendar's tables are laid out once: ladders ask for thousands of workdays in a loop.

const dayMs = 86_400_000;

/** Day number → worked or not, for the listed days only. */
type Exceptions = ReadonlyMap<number, boolean>;

const laidOut = new WeakMap<WorkCalendar, Exceptions>();

function exceptionsOf(calendar: WorkCalendar): Exceptions {
  let exceptions = laidOut.get(calendar);
  if (exceptions === undefined) {
    const tables = Object.values(calendar.years);
    exceptions = new Map([
      ...tables.flatMap(({ off }) => off.map((date) => [toNumber(date), false] as const)),
      ...tables.flatMap(({ work }) => work.map((date) => [toNumber(date), true] as const)),
    ]);
    laidOut.set(calendar, exceptions);
  }
  return exceptions;
}

const worked = (exceptions: Exceptions, day: number): boolean => exceptions.get(day) ?? weekdayIndex(day) < 5;
const yearOf = (date: LocalDate): string => date.slice(0, 4);
const toNumber = (date: LocalDate): number => Date.parse(date) / dayMs;
const toDate = (day: number): LocalDate => new Date(day * dayMs).toISOString().slice(0, 10) as LocalDate;

/** 0 Monday … 6 Sunday; day 0 is Thursday, 1970-01-01. */
const weekdayIndex = (day: number): number => (((day + 3) % 7) + 7) % 7;

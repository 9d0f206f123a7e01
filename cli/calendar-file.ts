import { z } from 'zod';
import { checkCalendarYear, readDays, type CalendarYear } from '../domain/calendar';
import { badInput, type Failure } from '../domain/failure';
import { isLocalDate, type LocalDate } from '../domain/time';
import { readJsonFile } from './files';

/** A year of holidays as a person hands it in. */
export interface YearTable {
  readonly year: string;
  readonly table: CalendarYear;
  /** Days of the file that belong to another year's table. */
  readonly elsewhere: readonly LocalDate[];
}

const day = z.string().refine(isLocalDate, '应为日期，如 2027-01-01');
const year = z.union([z.int(), z.string().regex(/^\d{4}$/)]).transform(String);

/** The holiday-cn format: a year, its notices, its days; more that stands in it is let be. */
const daysFile = z
  .looseObject({
    year,
    papers: z.array(z.string()).optional(),
    source: z.string().optional(),
    days: z.array(z.looseObject({ date: day, isOffDay: z.boolean() })).min(1),
  })
  .transform(({ year: of, papers, source, days }) => ({
    year: of,
    source: source ?? papers?.join('；') ?? '',
    off: days.filter(({ isOffDay }) => isOffDay).map(({ date }) => date),
    work: days.filter(({ isOffDay }) => !isOffDay).map(({ date }) => date),
  }));

const listsFile = z.strictObject({ year, source: z.string().default(''), off: z.array(day), work: z.array(day).default([]) });

/** Reads a year of holidays from a JSON file. Days of other years are set aside: each stands in the table of its own year. */
export async function readCalendarFile(file: string, source?: string): Promise<YearTable> {
  const value = await readJsonFile(file);
  const parsed = (hasDays(value) ? daysFile : listsFile).safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badInput(
      'calendar.file',
      `节假日文件${file}的格式不对：${[issue?.path.join('.'), issue?.message].filter(Boolean).join(' ')}。`,
      '应为 {"year":…,"days":[{"date":…,"isOffDay":…}]}，或 {"year":…,"source":…,"off":[…],"work":[…]}。',
    );
  }
  const { year: of, off, work, source: stated } = parsed.data;
  const own = (date: LocalDate): boolean => date.startsWith(`${of}-`);
  return {
    year: of,
    table: { source: source ?? stated, off: off.filter(own).sort(), work: work.filter(own).sort() },
    elsewhere: [...off, ...work].filter((date) => !own(date)).sort(),
  };
}

const hasDays = (value: unknown): boolean => typeof value === 'object' && value !== null && 'days' in value;

/** A year from the short form of the flags: `01-01..03 02-15..23`. */
export function readCalendarDays(
  of: string,
  { off = '', work = '', source = '' }: { off?: string; work?: string; source?: string },
): YearTable {
  if (!/^\d{4}$/.test(of)) throw badInput('calendar.year', `“${of}”不是年份。`, '请填写四位数年份，如 2027。');
  const days = (text: string): LocalDate[] => {
    try {
      return readDays(of, text);
    } catch (error) {
      throw badInput(
        'calendar.days',
        `看不懂日期“${text}”：${(error as Error).message}。`,
        '例：--off "01-01..03 02-15..23" --work "02-14"。',
      );
    }
  };
  return { year: of, table: { source, off: days(off), work: days(work) }, elsewhere: [] };
}

/** Everything that is wrong with a year; empty when it can be entered. */
export function wrongWith({ year: of, table }: YearTable): Failure[] {
  return [
    ...checkCalendarYear(of, table),
    ...(table.source.trim() === ''
      ? [{ code: 'calendar.source', what: '没有写明依据。', todo: '请用 --source 写明国务院办公厅通知的文号和日期。' }]
      : []),
  ];
}

/** Throws the first fault, naming how many there are. */
export function requireRight(table: YearTable): void {
  const [first, ...more] = wrongWith(table);
  if (first) throw badInput(first.code, `${first.what}${more.length > 0 ? `（另有${more.length}处）` : ''}`, first.todo);
}

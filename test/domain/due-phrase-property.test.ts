import fc from 'fast-check';
import { getLunarDate } from 'chinese-days';
import { stateCouncilCalendar } from '../../domain/calendar-data';
import { noDueContext, parseDuePhrase, type DueContext } from '../../domain/due-phrase';
import { feastDay } from '../../domain/due-phrase-festival';
import { addDays, isLocalDate, localDate, type LocalDate } from '../../domain/time';
import { acrossYears, withinYear } from './due-phrase-table';

const pieces =
  '2025年 二〇二五年 25年 今年 明年 次年 6月 十二月 13月 2月 30日 31日前 底前 底 初 上旬 第三季度 上半年 年底 年内 每 每年 已 完成 长期坚持 立行立改 集中整改期内 反馈之日起 即日起 起 后 前 至 - 、 ， （ ） 三个月内 半 个 5个工作日内 两周 本周五前 本月 下月31日前 春节前 中秋、国庆前 两会 2025.6.31 2025/2/29 2024-2-29 20250230 十五五期间 原定 报送 ２０２５ 廿 O 限期';
const phrases = fc.oneof(
  fc.array(fc.constantFrom(...pieces.split(' ')), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const days = fc.integer({ min: 0, max: 9_999 }).map((count) => addDays(localDate('2018-01-01'), count));
const maybeDay = fc.option(days, { nil: null });
const contexts: fc.Arbitrary<DueContext> = fc.oneof(
  fc.constantFrom(noDueContext, acrossYears, withinYear),
  fc.record({ feedbackDate: maybeDay, notBefore: maybeDay, reportDate: maybeDay }),
);
const isDayOrMonth = (due: string): boolean => isLocalDate(due) || (/^\d{4}-\d\d$/.test(due) && isLocalDate(`${due}-01`));

test('reading is total and pure, a due date is one that exists, and what stays open is asked', () => {
  fc.assert(
    fc.property(phrases, contexts, (phrase, context) => {
      const read = parseDuePhrase(phrase, context);
      expect(parseDuePhrase(phrase, context)).toEqual(read);
      expect(read.raw).toBe(phrase);
      const { due, term, limited, boundToPeriod, understood, asks } = read;
      if (due !== null) expect([due, isDayOrMonth(due), limited]).toEqual([due, true, true]);
      const waitsForCalendar = term?.unit === 'workdays' || boundToPeriod;
      if (limited && due === null && !waitsForCalendar) expect(asks).not.toEqual([]);
      expect(asks.includes('words')).toBe(!understood);
    }),
    { numRuns: 3000 },
  );
});

const chinese = (number: number): string => {
  const digit = (n: number): string => '〇一二三四五六七八九'.charAt(n);
  const tens = Math.floor(number / 10);
  return number < 10 ? digit(number) : `${tens === 1 ? '' : digit(tens)}十${number % 10 === 0 ? '' : digit(number % 10)}`;
};
const fullWidth = (text: string): string => text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

type Spelling = (year: string, month: number, day: number) => string;
const spellings: readonly Spelling[] = [
  (y, m, d) => `${y}年${m}月${d}日前`,
  (y, m, d) => `${y}年${m}月${d}号之前`,
  (y, m, d) => `${y}年${pad(m)}月${pad(d)}日`,
  (y, m, d) => ` ${y} 年 ${m} 月 ${d} 日 前 `,
  (y, m, d) => fullWidth(`${y}年${m}月${d}日前`),
  (y, m, d) => `${y.replace(/\d/g, (digit) => chinese(Number(digit)))}年${chinese(m)}月${chinese(d)}日前`,
  (y, m, d) => `${y}.${m}.${d}`,
  (y, m, d) => `${y}.${pad(m)}.${pad(d)}前`,
  (y, m, d) => `${y}-${pad(m)}-${pad(d)}`,
  (y, m, d) => `${y}/${m}/${d}前`,
  (y, m, d) => `${y}${pad(m)}${pad(d)}`,
  (y, m, d) => `${y.slice(2)}年${m}月${d}日前`,
  (y, m, d) => `长期坚持，${y}年${m}月${d}日前完成阶段性整改`,
  (y, m, d) => `${y}年1月1日至${y}年${m}月${d}日`,
];
const pad = (number: number): string => String(number).padStart(2, '0');

test('a named date survives every spelling, in any context', () => {
  fc.assert(
    fc.property(days, fc.constantFrom(...spellings), contexts, (date, spell, context) => {
      const [year = '', month, day] = date.split('-');
      const phrase = spell(year, Number(month), Number(day));
      const { due, yearStated, understood, asks } = parseDuePhrase(phrase, context);
      expect([phrase, due, yearStated, understood, asks]).toEqual([phrase, date, true, true, []]);
    }),
    { numRuns: 2000 },
  );
});

test('a day that does not exist is no due date, and is asked about', () => {
  const months = fc.integer({ min: 0, max: 14 });
  const daysOfMonth = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(fc.integer({ min: 2018, max: 2045 }), months, daysOfMonth, fc.constantFrom(...spellings.slice(0, 10)), (y, m, d, spell) => {
      const iso = `${y}-${pad(m)}-${pad(d)}`;
      const { due, asks } = parseDuePhrase(spell(String(y), m, d));
      if (isLocalDate(iso)) expect(due).toBe(iso);
      else expect([due, asks.length]).toEqual([null, 1]);
    }),
    { numRuns: 2000 },
  );
});

const lunar: Readonly<Record<string, readonly [month: number, day: number]>> = { 春节: [1, 1], 端午: [5, 5], 中秋: [8, 15] };

test.each(Object.entries(lunar))(
  '%s is the lunar day, and off wherever the State Council has announced the year',
  (feast, [month, day]) => {
    for (let year = 2016; year <= 2035; year += 1) {
      const date = feastDay(feast, year);
      expect(date).not.toBeNull();
      expect(getLunarDate(date ?? '')).toMatchObject({ lunarMon: month, lunarDay: day, isLeap: false });
      expectOff(date);
    }
  },
);

test('清明 is off wherever the State Council has announced the year', () => {
  for (let year = 2016; year <= 2026; year += 1) expectOff(feastDay('清明', year));
});

function expectOff(date: LocalDate | null): void {
  const table = stateCouncilCalendar.years[date?.slice(0, 4) ?? ''];
  if (table !== undefined) expect(table.off).toContain(date);
}

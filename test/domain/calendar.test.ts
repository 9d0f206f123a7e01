import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  addWorkdays,
  checkCalendarYear,
  dueOn,
  firstWorkdayOfWeek,
  isCovered,
  isProvisional,
  isWorkday,
  nextWorkday,
  previousWorkday,
  readDays,
  workdaysBetween,
  type CalendarYear,
} from '../../domain/calendar';
import { stateCouncilCalendar as calendar } from '../../domain/calendar-data';
import { addDays, localDate, weekday } from '../../domain/time';
import { calendarData, packaged } from '../../tools/calendar';

const day = localDate;
const year2026 = calendar.years['2026'] as CalendarYear;

describe('the built-in tables', () => {
  it('are what the tool writes from the chinese-days package', () => {
    const text = readFileSync(join(__dirname, '../../domain/calendar-data.ts'), 'utf8');
    expect(text).toBe(calendarData());
  });

  it.each(Object.entries(calendar.years))('%s holds the days of the package and has no error', (year, table) => {
    expect(table.off).toEqual(packaged('holidays', year));
    expect(table.work).toEqual(packaged('workdays', year));
    expect(checkCalendarYear(year, table)).toEqual([]);
  });

  it('reach to 2026; the notice for 2027 was not published', () => {
    expect(Object.keys(calendar.years).at(-1)).toBe('2026');
    expect(isCovered(calendar, day('2026-12-31'))).toBe(true);
    expect(isCovered(calendar, day('2027-01-01'))).toBe(false);
  });

  it.each([
    ['2018', 250],
    ['2021', 250],
    ['2024', 251],
    ['2025', 248],
    ['2026', 248],
  ])('%s has %i working days', (year, count) => {
    expect(workdaysBetween(calendar, day(`${Number(year) - 1}-12-31`), day(`${year}-12-31`))).toBe(count);
  });

  it('2026 as announced on 2025-11-04: 33 days off, six make-up days', () => {
    expect(year2026.off).toHaveLength(33);
    expect(year2026.work).toEqual(['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']);
    expect(year2026.work.map(weekday)).toEqual([7, 6, 6, 6, 7, 6]);
  });

  it.each([
    ['2019-05-02', false, 'moved in the year: 国办发明电〔2019〕3号'],
    ['2019-05-05', true, 'its make-up Sunday'],
    ['2020-02-01', false, 'first a make-up Saturday, then the extended Spring Festival: 国办发明电〔2020〕1号'],
    ['2018-12-29', true, 'set by the notice for 2019'],
    ['2022-12-31', false, 'set by the notice for 2023'],
  ])('%s worked: %s (%s)', (date, worked) => {
    expect(isWorkday(calendar, day(date))).toBe(worked);
  });
});

describe('counting', () => {
  it.each([
    ['2026-02-14', '2026-02-14', 'make-up Saturday'],
    ['2026-02-15', '2026-02-24', 'Spring Festival'],
    ['2026-09-20', '2026-09-20', 'make-up Sunday'],
    ['2026-09-26', '2026-09-28', 'Mid-Autumn'],
    ['2026-10-01', '2026-10-08', 'National Day'],
    ['2026-10-10', '2026-10-10', 'make-up Saturday'],
    ['2026-10-11', '2026-10-12', 'plain Sunday'],
  ])('the workday from %s on is %s (%s)', (date, expected) => {
    expect(nextWorkday(calendar, day(date))).toBe(expected);
  });

  it.each([
    ['2026-02-11', 5, '2026-02-25'],
    ['2026-09-23', 7, '2026-10-10'],
    ['2026-10-01', 0, '2026-10-01'],
    ['2026-10-01', 1, '2026-10-08'],
    ['2026-10-01', -1, '2026-09-30'],
    ['2026-02-25', -5, '2026-02-11'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2027-02-05', 1, '2027-02-08'],
  ])('%s and %i workdays is %s', (date, n, expected) => {
    expect(addWorkdays(calendar, day(date), n)).toBe(expected);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1.5])('refuses %d workdays', (n) => {
    expect(() => addWorkdays(calendar, day('2026-02-11'), n)).toThrow(RangeError);
  });

  it.each([
    ['2026-10-01', '2026-10-08', 1],
    ['2026-10-08', '2026-10-01', 0],
    ['2026-10-09', '2026-10-01', -1],
    ['2026-10-08', '2026-10-08', 0],
  ])('workdays from %s to %s: %i', (a, b, expected) => {
    expect(workdaysBetween(calendar, day(a), day(b))).toBe(expected);
  });

  it('steps over the 1970 origin', () => {
    expect(addWorkdays(calendar, day('1970-01-02'), -3)).toBe('1969-12-30');
    expect(isWorkday(calendar, day('1969-12-28'))).toBe(false);
  });
});

describe('the first workday of a week', () => {
  it.each<[string, string | null, string]>([
    ['2026-10-20', '2026-10-19', 'a plain week'],
    ['2026-10-07', '2026-10-08', 'a week that begins with a holiday'],
    ['2026-09-20', '2026-09-14', 'a make-up Sunday ends its week'],
    ['2026-02-18', null, 'the whole week is Spring Festival'],
    ['2026-02-22', null, 'its Sunday'],
    ['2026-02-23', '2026-02-24', 'the Monday after'],
  ])('of %s is %s (%s)', (date, expected) => {
    expect(firstWorkdayOfWeek(calendar, day(date))).toBe(expected);
  });

  it('can be a make-up Sunday, when no other day is worked', () => {
    const days = { source: 'test', off: readDays('2026', '03-02..06'), work: readDays('2026', '03-08') };
    expect(firstWorkdayOfWeek({ version: 'test', years: { 2026: days } }, day('2026-03-04'))).toBe('2026-03-08');
  });
});

describe('due days', () => {
  it.each([
    ['named', '2026-10-05', '2026-09-30', false],
    ['computed', '2026-10-05', '2026-10-08', false],
    ['named', '2026-10-10', '2026-10-10', false],
    ['named', '2027-01-02', '2027-01-01', true],
    ['computed', '2026-12-31', '2026-12-31', false],
    ['computed', '2027-10-01', '2027-10-01', true],
  ] as const)('%s %s is due on %s, provisional: %s', (kind, date, due, provisional) => {
    expect(dueOn(calendar, { kind, date: day(date) })).toEqual({ date: due, provisional });
  });

  it('is provisional when it was reached through a year without a table', () => {
    expect(isProvisional(calendar, day('2026-12-30'))).toBe(false);
    expect(isProvisional(calendar, day('2026-12-30'), day('2027-01-05'))).toBe(true);
    expect(isProvisional(calendar, day('2027-01-05'), day('2026-12-30'))).toBe(true);
    const withHole = { version: 'test', years: { 2025: year2026, 2027: year2026 } };
    expect(isProvisional(withHole, day('2025-12-30'), day('2027-01-05'))).toBe(true);
  });
});

describe('checking a year', () => {
  const table = (off: string, work: string): CalendarYear => ({ source: 'test', off: readDays('2026', off), work: readDays('2026', work) });
  const sound = '01-01..03 05-01..05 10-01..07';
  const codes = (year: CalendarYear): string[] => checkCalendarYear('2026', year).map(({ code }) => code);

  it.each([
    ['nothing wrong', sound, '01-04', []],
    ['a day entered twice', `${sound} 05-05`, '', ['calendar.doubled']],
    ['off and worked', sound, '01-03', ['calendar.doubled']],
    ['a make-up day on a Monday', sound, '01-05', ['calendar.notWeekend']],
    ['a hole in a holiday', '01-01..03 05-01..05 10-01..05 10-07', '', ['calendar.gap']],
    ['a statutory day left out', '01-01..03 10-01..07', '', ['calendar.gap']],
    ['a weekend between two holidays is no hole', `${sound} 06-26 06-28`, '', []],
  ])('%s', (_, off, work, expected) => {
    expect(codes(table(off, work))).toEqual(expected);
  });

  it('tells a day of another year, and one that does not exist', () => {
    const failures = checkCalendarYear('2025', { source: 'test', off: [day('2026-01-01'), '2025-02-30' as never], work: [] });
    expect(failures).toEqual([
      { code: 'calendar.wrongYear', what: expect.stringContaining('2026-01-01、2025-02-30') as string, todo: expect.any(String) as string },
    ]);
  });
});

describe('days in short form', () => {
  it('reads days and spans', () => {
    expect(readDays('2026', ' 02-27..28  04-30..05-01 05-09 ')).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-04-30',
      '2026-05-01',
      '2026-05-09',
    ]);
    expect(readDays('2026', '')).toEqual([]);
  });

  it.each(['2-3', '02-30', '02-03..', '02-05..03', '02-03..30'])('refuses %s', (text) => {
    expect(() => readDays('2026', text)).toThrow(RangeError);
  });
});

describe('for every day', () => {
  const anyDay = fc.integer({ min: 0, max: 4400 }).map((days) => addDays(day('2015-12-01'), days));
  const anyCount = fc.integer({ min: -300, max: 300 });

  it('adding and counting workdays undo each other', () => {
    fc.assert(
      fc.property(anyDay, anyCount, (date, n) => {
        const there = addWorkdays(calendar, date, n);
        expect(workdaysBetween(calendar, date, there)).toBe(n);
        if (isWorkday(calendar, date)) expect(addWorkdays(calendar, there, -n)).toBe(date);
      }),
    );
  });

  it('adding goes in steps', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(200), fc.nat(200), (date, m, n) => {
        expect(addWorkdays(calendar, addWorkdays(calendar, date, m), n)).toBe(addWorkdays(calendar, date, m + n));
      }),
    );
  });

  it('later stays later, and one more workday is later', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(100), anyCount, (date, days, n) => {
        expect(addWorkdays(calendar, addDays(date, days), n) >= addWorkdays(calendar, date, n)).toBe(true);
        expect(addWorkdays(calendar, date, n + 1) > addWorkdays(calendar, date, n)).toBe(true);
      }),
    );
  });

  it('a due day is never a rest day, a named one never later, a computed one never earlier', () => {
    fc.assert(
      fc.property(anyDay, (date) => {
        const named = dueOn(calendar, { kind: 'named', date }).date;
        const computed = dueOn(calendar, { kind: 'computed', date }).date;
        expect([named, computed].every((due) => isWorkday(calendar, due))).toBe(true);
        expect(named <= date && date <= computed).toBe(true);
        expect(named === date).toBe(isWorkday(calendar, date));
        expect([named, computed]).toEqual([previousWorkday(calendar, date), nextWorkday(calendar, date)]);
      }),
    );
  });

  it('the first workday of a week is worked, lies in the week and has none before it', () => {
    fc.assert(
      fc.property(anyDay, (date) => {
        const monday = addDays(date, 1 - weekday(date));
        const week = [0, 1, 2, 3, 4, 5, 6].map((days) => addDays(monday, days));
        expect(firstWorkdayOfWeek(calendar, date)).toBe(week.find((each) => isWorkday(calendar, each)) ?? null);
      }),
    );
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readCalendarDays, readCalendarFile, requireRight, wrongWith } from '../../cli/calendar-file';
import { ZhenggaiError } from '../../domain/failure';
import { refusalOf } from './support';

const dir = mkdtempSync(path.join(tmpdir(), 'zhenggai-calendar-'));
afterAll(() => {
  rmSync(dir, { recursive: true });
});

function fileOf(value: unknown): string {
  const file = path.join(dir, 'year.json');
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
}

const statutory = ['2027-01-01', '2027-05-01', '2027-10-01', '2027-10-02', '2027-10-03'];

test('the holiday-cn format; days of other years are set aside', async () => {
  const days = [
    { name: '元旦', date: '2026-12-31', isOffDay: true },
    ...statutory.map((date) => ({ name: '节', date, isOffDay: true })),
    { name: '调休', date: '2027-01-09', isOffDay: false },
  ];
  const read = await readCalendarFile(fileOf({ $schema: 'x', year: 2027, papers: ['国办发明电〔2026〕1号'], days }));
  expect(read).toEqual({
    year: '2027',
    table: { source: '国办发明电〔2026〕1号', off: statutory, work: ['2027-01-09'] },
    elsewhere: ['2026-12-31'],
  });
  expect(wrongWith(read)).toEqual([]);
});

test('lists of days off and worked, with a source of its own', async () => {
  const read = await readCalendarFile(fileOf({ year: '2027', off: statutory, work: [] }), '通知');
  expect(read).toMatchObject({ year: '2027', table: { source: '通知', off: statutory } });
});

test.each([
  ['a day that is none', { year: 2027, days: [{ date: '2027-13-01', isOffDay: true }] }, 'calendar.file', 'days.0.date'],
  ['no days', { year: 2027 }, 'calendar.file', 'off'],
  ['no year', { days: [{ date: '2027-01-01', isOffDay: true }] }, 'calendar.file', 'year'],
  ['no JSON', '{', 'file.json', '不是合法的 JSON'],
])('a file with %s is refused, and the place is named', async (_what, value, code, said) => {
  await expect(readCalendarFile(fileOf(value))).rejects.toMatchObject({ failure: { code, what: expect.stringContaining(said) as string } });
  await expect(readCalendarFile(fileOf(value))).rejects.toBeInstanceOf(ZhenggaiError);
});

test('the short form of the flags', () => {
  const read = readCalendarDays('2027', { off: '01-01..03 05-01 10-01..03', work: '01-09', source: '通知' });
  expect(read.table).toEqual({
    source: '通知',
    off: ['2027-01-01', '2027-01-02', '2027-01-03', ...statutory.slice(1)],
    work: ['2027-01-09'],
  });
  expect(() => {
    requireRight(read);
  }).not.toThrow();
});

test.each([
  ['no year', () => readCalendarDays('27', {}), 'calendar.year'],
  ['no days', () => readCalendarDays('2027', { off: '春节' }), 'calendar.days'],
  ['no source', () => { requireRight(readCalendarDays('2027', { off: '01-01 05-01 10-01..03' })); }, 'calendar.source'],
  ['a statutory day missing', () => { requireRight(readCalendarDays('2027', { off: '01-01 05-01', source: '通知' })); }, 'calendar.gap'],
])('%s is refused', (_what, work, code) => {
  expect(refusalOf(work)).toMatchObject({ kind: 'badInput', failure: { code } });
}); // prettier-ignore

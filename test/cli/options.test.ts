import { asOfOf, asOfWords } from '../../cli/as-of';
import { listArgument, momentArgument } from '../../cli/options';
import { refusalOf } from './support';

test('a day means its end, Beijing time; an instant means itself', () => {
  expect(momentArgument('2026-10-20')).toBe('2026-10-20T16:00:00.000Z');
  expect(momentArgument('2026-10-20T08:30')).toBe('2026-10-20T00:30:00.000Z');
  expect(momentArgument('2026-10-20T08:30+00:00')).toBe('2026-10-20T08:30:00.000Z');
  for (const text of ['2026-02-30', 'gestern', '']) expect(() => momentArgument(text)).toThrow('应为日期或时刻');
});

test('a look back names its moment and its clock', () => {
  const day = asOfOf({ asOf: momentArgument('2026-10-20') });
  expect(day && asOfWords(day)).toBe('截至2026-10-20（总账当时所知）');
  const moment = asOfOf({ asOf: momentArgument('2026-10-20T08:30'), occurred: true });
  expect(moment && asOfWords(moment)).toBe('截至2026-10-20 08:30（当时已经发生）');
  expect(asOfOf({})).toBeNull();
  expect(refusalOf(() => asOfOf({ occurred: true }))).toMatchObject({ failure: { code: 'asOf.missing' } });
});

test('lists are parted by commas of any kind, or blanks', () => {
  expect(listArgument('R1-001,R1-002、R1-003， R1-004')).toEqual(['R1-001', 'R1-002', 'R1-003', 'R1-004']);
});

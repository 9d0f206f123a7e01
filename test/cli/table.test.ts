import fc from 'fast-check';
import stringWidth from 'string-width';
import type { Cell, Surface } from '../../cli/table';
import { formatTable, shorten, surfaceOf } from '../../cli/table';

const columns = [
  { title: '编号', whole: true },
  { title: '问题' },
  { title: '剩余', align: 'right' as const },
  { title: '状态', whole: true },
];
const rows: Cell[][] = [
  ['2026-01-003', '“三重一大”事项集体决策执行不到位', -2, { text: '逾期', tone: 'red' }],
  ['2026-01-012', 'Wi-Fi费用报销不规范', 13, { text: '临期', tone: 'yellow' }],
  ['2026-01-020', null, null, '整改中'],
];
const file: Surface = { width: Infinity, colour: false };

describe('a table', () => {
  test('aligns Chinese and Latin text, numbers to the right, and leaves no blanks at the end', () => {
    expect(formatTable(columns, rows, file).split('\n')).toEqual([
      '编号         问题                              剩余  状态',
      '2026-01-003  “三重一大”事项集体决策执行不到位    -2  逾期',
      '2026-01-012  Wi-Fi费用报销不规范                 13  临期',
      '2026-01-020                                          整改中',
    ]);
  });

  test('fits a narrow terminal by shortening what may be shortened', () => {
    const lines = formatTable(columns, rows, { width: 40, colour: false }).split('\n');
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(40);
    expect(lines[1]).toBe('2026-01-003  “三重一大”事…    -2  逾期');
  });

  test('colours the word of a tone only where there is colour, and keeps the alignment', () => {
    const plain = formatTable(columns, rows, file);
    const coloured = formatTable(columns, rows, { ...file, colour: true });
    expect(plain).not.toContain('\u001b');
    expect(coloured).toContain('\u001b[31m逾期\u001b[39m');
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  });

  test('without rows is its titles', () => {
    expect(formatTable(columns, [], file)).toBe('编号  问题  剩余  状态');
  });

  test('a cell can neither break its row nor steer the terminal', () => {
    expect(formatTable([{ title: 'a' }], [['x\ny\u001b[2J\u202ez']], file)).toBe('a\nx y [2Jz');
  });

  test('never exceeds the terminal while columns can give way, and keeps one line a row', () => {
    const cell = fc.string({ unit: fc.constantFrom('整', 'a', '𬭎', ' ', '…', 'é', '，'), maxLength: 60 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), fc.integer({ min: 20, max: 120 }), (texts, width) => {
        const lines = formatTable([{ title: '甲' }, { title: '乙' }], texts, { width, colour: false }).split('\n');
        expect(lines).toHaveLength(texts.length + 1);
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('shortening', () => {
  test.each([
    ['整改措施', 8, '整改措施'],
    ['整改措施', 7, '整改措…'],
    ['整改措施', 6, '整改…'],
    ['整改措施', 1, '…'],
    ['整改', 0, ''],
    ['𬭎𬭎𬭎', 5, '𬭎𬭎…'],
  ])('%s to %i columns', (text, width, short) => {
    expect(shorten(text, width)).toBe(short);
  });
});

describe('the surface', () => {
  test.each([
    ['a terminal', { isTTY: true, columns: 100 }, {}, { width: 100, colour: true }],
    ['a terminal of unknown width', { isTTY: true }, {}, { width: 80, colour: true }],
    ['NO_COLOR', { isTTY: true, columns: 100 }, { NO_COLOR: '1' }, { width: 100, colour: false }],
    ['an empty NO_COLOR', { isTTY: true, columns: 100 }, { NO_COLOR: '' }, { width: 100, colour: true }],
    ['a dumb terminal', { isTTY: true, columns: 100 }, { TERM: 'dumb' }, { width: 100, colour: false }],
    ['a file', {}, {}, { width: Infinity, colour: false }],
  ])('of %s', (_name, stream, env, surface) => {
    expect(surfaceOf(stream, env)).toEqual(surface);
  });
});

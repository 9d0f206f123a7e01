import writeWorkbook, { type Cell } from 'write-excel-file/node';
import { cellText } from '../domain/cell-text';
import { cellName } from '../intake/sheet-place';
import type { CadenceSheet } from '../ledger/cadence-figures';
import { figuresTables, headLines, type FiguresTable } from './show-figures';
import type { Cell as ShownCell } from './table';

/**
 * The sheet of a cadence as an xlsx workbook: a sheet a table, above each what it is about and how it was counted, then a frozen
 * header with filters. Counts and percentages are numbers.
 */
export async function writeFiguresWorkbook(sheet: CadenceSheet): Promise<Buffer> {
  const head = headLines(sheet).map((line) => line.trim());
  const tables = figuresTables(sheet);
  const filter = {
    transform: (xml: string, _: object, { sheetIndex }: { sheetIndex: number }): string => {
      const table = tables[sheetIndex];
      return table === undefined ? xml : withFilter(xml, head.length + 1, table);
    },
  };
  const features = [{ files: { transform: { 'xl/worksheets/sheet{id}.xml': filter } } }];
  return writeWorkbook(
    tables.map((table) => sheetOf(table, head)),
    { fontFamily: '宋体', fontSize: 11, features },
  ).toBuffer();
}

const sheetOf = ({ title, columns, rows }: FiguresTable, head: readonly string[]) => ({
  sheet: title,
  stickyRowsCount: head.length + 1,
  orientation: 'landscape' as const,
  columns: columns.map(({ width }) => ({ width })),
  data: [
    ...head.map((line, index): Cell[] => [text(line, index === 0 ? { fontWeight: 'bold' } : {})]),
    columns.map((column): Cell => text(column.title, { fontWeight: 'bold', backgroundColor: '#e8edf3' })),
    ...rows.map((cells) => cells.map(cellOf)),
  ],
});

function cellOf(cell: ShownCell): Cell {
  if (cell === null) return null;
  const shown = typeof cell === 'object' ? cell.text : cell;
  const red = typeof cell === 'object' && cell.tone === 'red' ? { color: '#c00000' } : {};
  const [, percent] = /^(\d+(?:\.\d)?)%$/.exec(String(shown)) ?? [];
  if (percent !== undefined) return { value: Number(percent) / 100, type: Number, format: '0.0%', ...red };
  return typeof shown === 'number' || /^\d+$/.test(shown)
    ? { value: Number(shown), type: Number, ...red }
    : text(shown, { wrap: true, ...red });
}

const text = (value: string, more: object = {}): Cell =>
  value === '' ? null : { value: cellText(value), type: String, format: '@', ...more };

/** The library has no filter; its place is right behind the cells (ECMA-376 part 1, 18.3.1.99). A total row is left out of it. */
function withFilter(xml: string, header: number, { columns, rows, hasTotal }: FiguresTable): string {
  const last = header + rows.length - (hasTotal ? 1 : 0);
  return xml.replace('</sheetData>', `</sheetData><autoFilter ref="A${header}:${cellName(last, columns.length)}"/>`);
}

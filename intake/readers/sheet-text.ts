import { headerOf } from '../tables/header';
import type { DocumentTable, DocumentText, TableRow } from './reader';

/** A sheet of a workbook or the one table of a csv file; `rows[0]` is row 1 of the file. */
export interface SheetRows {
  readonly name: string | null;
  readonly rows: readonly (readonly string[])[];
}

/** The text of sheets, a line a row with its cells joined by tabs, blank rows too; each a table. */
export function textOfSheets(sheets: readonly SheetRows[]): Required<Pick<DocumentText, 'text' | 'places' | 'tables'>> {
  const lines: string[] = [];
  const places: (string | null)[] = [];
  const tables: DocumentTable[] = [];
  for (const sheet of sheets) {
    const rows: TableRow[] = [];
    datesFromSerials(sheet.rows).forEach((cells, index) => {
      lines.push(cells.some((cell) => cell.trim() !== '') ? cells.map((cell) => cell.replace(/\s+/gu, ' ')).join('\t') : '');
      places.push(sheet.name === null ? null : `${sheet.name}!第${index + 1}行`);
      rows.push({ cells, line: lines.length });
    });
    tables.push({ name: sheet.name, rows });
  }
  return { text: lines.join('\n'), places: places.some((place) => place !== null) ? places : [], tables };
}

const firstSerial = 36_526; // 2000-01-01
const lastSerial = 73_050; // 2099-12-31

/** A limit that lost its format is a bare number of days since 1899-12-30; it gets its date back. */
function datesFromSerials(rows: SheetRows['rows']): SheetRows['rows'] {
  const header = headerOf({ name: null, rows: rows.map((cells, index) => ({ cells, line: index + 1 })) });
  const dated = new Set(header?.columns.filter(({ role }) => role === 'deadline' || role === 'doneOn').map(({ index }) => index));
  if (header === null || dated.size === 0) return rows;
  return rows.map((cells, row) =>
    row < header.firstRow ? cells : cells.map((cell, column) => (dated.has(column) ? (dayOfSerial(cell) ?? cell) : cell)),
  );
}

function dayOfSerial(cell: string): string | null {
  if (!/^\d{5}(?:\.\d+)?$/.test(cell.trim())) return null;
  const days = Math.floor(Number(cell));
  return days < firstSerial || days > lastSerial ? null : new Date(Date.UTC(1899, 11, 30 + days)).toISOString().slice(0, 10);
}

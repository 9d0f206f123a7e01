import writeWorkbook, { type Cell } from 'write-excel-file/node';
import { cellText } from '../domain/cell-text';
import { isLocalDate } from '../domain/time';
import { staffForm, substituteForm, type Column, type Form } from './directory-columns';
import { directoryRecords } from './directory-records';
import type { DirectoryDraft } from './directory-table';
import { cellName } from './sheet-place';

/** Widths in characters of the default font; a Chinese character takes two. */
const widths: Readonly<Record<Column, number>> = {
  ...{ unit: 30, parent: 24, kind: 14, name: 12, role: 28, title: 28, email: 32 },
  ...{ from: 12, to: 12, substitute: 16, substituteFrom: 12, substituteTo: 12 },
};

/**
 * The directory as an xlsx workbook that `readDirectoryFile` reads back: sheet 人员 with a frozen header, a filter and real dates, and,
 * when rows of posts can't say all of the substitutes, a sheet 代理. Persons without a post are left out. Throws badInput `directory.sameName`.
 */
export async function writeDirectoryXlsx(directory: DirectoryDraft): Promise<Buffer> {
  const { staff, substitutes } = directoryRecords(directory);
  const sheets = [sheetOf('人员', staffForm, staff), ...(substitutes.length > 0 ? [sheetOf('代理', substituteForm, substitutes)] : [])];
  const filter = {
    transform: (xml: string, _: object, { sheetIndex }: { sheetIndex: number }) => withFilter(xml, sheets[sheetIndex] ?? { data: [] }),
  };
  const features = [{ files: { transform: { 'xl/worksheets/sheet{id}.xml': filter } } }];
  return writeWorkbook(sheets, { fontFamily: '宋体', fontSize: 11, features }).toBuffer();
}

const sheetOf = (sheet: string, { columns }: Form, [header = [], ...rows]: readonly (readonly string[])[]) => ({
  sheet,
  stickyRowsCount: 1,
  columns: columns.map((column) => ({ width: widths[column] })),
  data: [
    header.map((value): Cell => ({ value, fontWeight: 'bold', backgroundColor: '#e8edf3' })),
    ...rows.map((cells) => cells.map((cell, index) => cellOf(cell, columns[index]))),
  ],
});

/** Spreadsheets count days from 1900 and hold 1900 for a leap year, so that earlier days are text. */
function cellOf(text: string, column: Column | undefined): Cell {
  if (text === '') return null;
  const isDay = column !== undefined && ['from', 'to', 'substituteFrom', 'substituteTo'].includes(column);
  if (isDay && isLocalDate(text) && text >= '1900-03-01') return { value: new Date(text), format: 'yyyy-mm-dd' };
  return { value: cellText(text), type: String, format: '@' };
}

/** The library has no filter; its place is right behind the cells (ECMA-376 part 1, 18.3.1.99). */
const withFilter = (xml: string, { data }: { data: readonly (readonly Cell[])[] }): string =>
  xml.replace('</sheetData>', `</sheetData><autoFilter ref="A1:${cellName(data.length, data[0]?.length ?? 1)}"/>`);

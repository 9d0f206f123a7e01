import writeWorkbook, { type Cell } from 'write-excel-file/node';
import { cellText, linesIn } from '../domain/cell-text';
import type { Tone } from '../domain/policy/policy';
import { isLocalDate } from '../domain/time';

/** A cell: text, a number, or a day of Asia/Shanghai that stays a day; empty for nothing. */
export type SheetValue = string | number | { readonly day: string | null };

export interface OfficialSheet {
  readonly name: string;
  readonly title: string;
  /** Below the title: whose, as of when. */
  readonly note: string;
  readonly paper: 'A3' | 'A4';
  readonly columns: readonly { readonly title: string; readonly width: number }[];
  readonly rows: readonly { readonly tone: Tone; readonly cells: readonly SheetValue[] }[];
}

/** Rows above the first one of data: title, note, heading. */
const HEADING_ROW = 3;
const LINE_POINTS = 16;
/** What spreadsheet programs allow. */
const MOST_POINTS = 400;
const longestCell = 32_000;
/** Paper sizes of ECMA-376 part 1, 18.3.1.63. */
const paperSizes = { A3: 8, A4: 9 } as const;
/** The colours of the ladder, pale enough to be printed on. */
const fills: Readonly<Record<Tone, string | null>> = { none: null, green: '#e3f4e3', yellow: '#fff6d6', red: '#fde0dd' };

/**
 * Lists as an office prints and files them: a title over each sheet, heading frozen, filtered and repeated on every page, days as days,
 * rows as high as their texts, landscape on one page's width, each row in the colour of its ladder.
 */
export function writeOfficialWorkbook(sheets: readonly OfficialSheet[]): Promise<Buffer> {
  const page = {
    transform: (xml: string, _: object, { sheetIndex }: { sheetIndex: number }): string => {
      const sheet = sheets[sheetIndex];
      return sheet === undefined ? xml : withPage(xml, sheet);
    },
  };
  const names = { transform: (xml: string): string => withPrintTitles(xml, sheets) };
  return writeWorkbook(
    sheets.map((sheet) => sheetOf(sheet)),
    {
      fontFamily: '宋体',
      fontSize: 11,
      features: [{ files: { transform: { 'xl/worksheets/sheet{id}.xml': page, 'xl/workbook.xml': names } } }],
    },
  ).toBuffer();
}

const sheetOf = ({ name, title, note, columns, rows }: OfficialSheet) => ({
  sheet: name,
  stickyRowsCount: HEADING_ROW,
  orientation: 'landscape' as const,
  columns: columns.map(({ width }) => ({ width })),
  data: [
    [
      {
        value: cellText(title),
        type: String,
        fontWeight: 'bold' as const,
        fontSize: 16,
        columnSpan: columns.length,
        align: 'center' as const,
        height: 30,
      },
    ],
    [{ value: cellText(note), type: String, color: '#555555' }],
    columns.map((column): Cell => ({
      value: column.title,
      type: String,
      fontWeight: 'bold',
      backgroundColor: '#e8edf3',
      wrap: true,
      align: 'center',
      ...border,
    })),
    ...rows.map(({ tone, cells }): Cell[] => {
      const height = heightOf(cells, columns);
      const fill = fills[tone];
      const look = { alignVertical: 'top' as const, wrap: true, ...border, ...(fill === null ? {} : { backgroundColor: fill }) };
      return cells.map((cell, index) => ({ ...cellOf(cell), ...look, ...(index === 0 ? { height } : {}) }));
    }),
  ],
});

const border = { borderStyle: 'thin', borderColor: '#999999' } as const;

function cellOf(value: SheetValue) {
  if (typeof value === 'number') return { value, type: Number };
  if (typeof value === 'string')
    return value.trim() === '' ? {} : { value: cellText(value.slice(0, longestCell)), type: String, format: '@' };
  return value.day !== null && isLocalDate(value.day) ? { value: new Date(value.day), type: Date, format: 'yyyy-mm-dd' } : {};
}

const heightOf = (cells: readonly SheetValue[], columns: OfficialSheet['columns']): number => {
  const lines = cells.map((cell, index) => (typeof cell === 'string' ? linesIn(cell, columns[index]?.width ?? 10) : 1));
  return Math.min(Math.max(1, ...lines) * LINE_POINTS, MOST_POINTS);
};

/** The library knows no filter, paper size or fit; their places are fixed by the order of ECMA-376 part 1, 18.3.1.99. */
function withPage(xml: string, { columns, rows, paper }: OfficialSheet): string {
  const last = `${columnName(columns.length)}${HEADING_ROW + rows.length}`;
  const setup = `<pageSetup paperSize="${paperSizes[paper]}" orientation="landscape" fitToWidth="1" fitToHeight="0"/>`;
  return xml
    .replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
    .replace('</sheetData>', `</sheetData><autoFilter ref="A${HEADING_ROW}:${last}"/>`)
    .replace(/<pageSetup[^>]*\/>/, setup);
}

/** The heading comes again on every printed page. */
function withPrintTitles(xml: string, sheets: readonly OfficialSheet[]): string {
  const names = sheets.map(
    ({ name }, index) =>
      `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${name.replaceAll("'", "''")}'!$${HEADING_ROW}:$${HEADING_ROW}</definedName>`,
  );
  return xml.replace('</sheets>', `</sheets><definedNames>${names.join('')}</definedNames>`);
}

const columnName = (column: number): string =>
  (column <= 26 ? '' : columnName(Math.floor((column - 1) / 26))) + String.fromCharCode(65 + ((column - 1) % 26));

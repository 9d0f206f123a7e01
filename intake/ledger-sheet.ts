import { createHash } from 'node:crypto';
import writeWorkbook, { type Cell } from 'write-excel-file/node';
import { cellText, linesIn } from '../domain/cell-text';
import { badInput } from '../domain/failure';
import { isLocalDate } from '../domain/time';
import { readSheets, type Sheet } from './sheet';
import { cellName } from './sheet-place';

/** A column of the ledger's sheet 整改台账. What no command can change stands there to be read. */
export const sheetFields = ['title', 'measures', 'leader', 'unit', 'dueOn', 'progress', 'implementation', 'publicStatus', 'phase'] as const;
export type SheetField = (typeof sheetFields)[number];

/** An issue as the sheet shows it; an empty text where the ledger has nothing. `dueOn`: a day of Asia/Shanghai. */
export interface SheetRow {
  readonly issueId: string;
  readonly number: number;
  readonly values: Readonly<Record<SheetField, string>>;
}

/** A row of a sheet that came back. `values` has the fields whose columns are there. */
export interface ReturnedRow {
  readonly row: number;
  readonly issueId: string;
  readonly values: Readonly<Partial<Record<SheetField, string>>>;
  /** The seal of each value as it was exported; empty when the cell was emptied or changed. */
  readonly seals: Readonly<Partial<Record<SheetField, string>>>;
}

export interface ReturnedSheet {
  readonly roundId: string;
  readonly rows: readonly ReturnedRow[];
  /** Columns that the export doesn't have. */
  readonly unknownColumns: readonly string[];
}

const headings: Readonly<Record<SheetField, string>> = {
  title: '反馈问题',
  measures: '整改措施',
  leader: '牵头领导',
  unit: '责任单位',
  dueOn: '整改时限',
  progress: '进展情况',
  implementation: '落实情况',
  publicStatus: '对外口径',
  phase: '办理环节',
};
const ID = '问题编号';
const NUMBER = '序号';
const SEAL = '校验（勿改）';
const widths: Readonly<Partial<Record<SheetField, number>>> = { title: 36, measures: 44, progress: 44, implementation: 44 };
const widthOf = (field: SheetField): number => widths[field] ?? 14;
const columns: readonly (readonly [string, number])[] = [
  [ID, 11],
  [NUMBER, 6],
  ...sheetFields.map((field): readonly [string, number] => [headings[field], widthOf(field)]),
  [SEAL, 2],
];

/** The heading of a field, as the sheet shows it. */
export const headingOf = (field: SheetField): string => headings[field];

const LINE_POINTS = 15;
/** What spreadsheet programs allow. */
const MOST_POINTS = 400;

/** The height, in points, at which the longest cell of a row is seen whole. */
const heightOf = (values: SheetRow['values']): number =>
  Math.min(Math.max(...sheetFields.map((field) => linesIn(heldText(values[field]), widthOf(field)))) * LINE_POINTS, MOST_POINTS);

/** Rows above the first issue: what it is, how it is filled in, the header. */
const HEADER_ROW = 3;
/** What a cell holds at most. */
const LONGEST = 32_000;

/** A value as a cell can hold it: no control characters, no half of a character, not too long. */
export const heldText = (value: string): string =>
  value
    .replace(/\r\n?/g, '\n')
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '')
    .slice(0, LONGEST)
    .replace(/[\uD800-\uDBFF]$/, '');

/** Tells a value from another; white space and characters that nobody sees don't count, since programs change them. */
export const sealOf = (value: string): string =>
  createHash('sha256')
    .update(
      heldText(value)
        .replace(/\s+/gu, ' ')
        .replace(/[\p{C}\uFFFD]/gu, '')
        .replace(/ +/g, ' ')
        .trim(),
    )
    .digest('hex')
    .slice(0, 12);

/**
 * The ledger of a round as an xlsx workbook that `readLedgerSheet` reads back: frozen header, filter, real days, text as text (a cell that
 * begins with = is shown, not run), and per row what it was exported as, so that edits can be told from later changes of the ledger.
 */
export async function writeLedgerSheet(
  head: { readonly roundId: string; readonly name: string; readonly asOf: string },
  rows: readonly SheetRow[],
): Promise<Buffer> {
  const data: Cell[][] = [
    [text(`${head.name}整改台账（${head.asOf}）`, { fontWeight: 'bold', wrap: false })],
    [
      text(`台账 ${head.roundId}  可改：反馈问题、整改时限、进展情况、落实情况、对外口径；改后用 zhenggai ledger propose 读回。`, {
        wrap: false,
        color: '#888888',
      }),
    ],
    columns.map(([title]): Cell => text(title, { fontWeight: 'bold', backgroundColor: '#e8edf3' })),
    ...rows.map(({ issueId, number, values }): Cell[] => [
      text(issueId, { height: heightOf(values) }),
      { value: number, type: Number, alignVertical: 'top' },
      ...sheetFields.map((field): Cell =>
        field === 'dueOn' && isLocalDate(values.dueOn)
          ? { value: new Date(values.dueOn), type: Date, format: 'yyyy-mm-dd', alignVertical: 'top' }
          : text(values[field]),
      ),
      text(sheetFields.map((field) => `${field}:${sealOf(values[field])}`).join(' '), { wrap: false, color: '#ffffff' }),
    ]),
  ];
  const last = cellName(HEADER_ROW + rows.length, columns.length - 1);
  // the library has no filter; its place is right behind the cells (ECMA-376 part 1, 18.3.1.99)
  const filter = {
    transform: (xml: string): string => xml.replace('</sheetData>', `</sheetData><autoFilter ref="A${HEADER_ROW}:${last}"/>`),
  };
  return writeWorkbook(
    [
      {
        sheet: '整改台账',
        stickyRowsCount: HEADER_ROW,
        orientation: 'landscape' as const,
        columns: columns.map(([, width]) => ({ width })),
        data,
      },
    ],
    { fontFamily: '宋体', fontSize: 11, features: [{ files: { transform: { 'xl/worksheets/sheet{id}.xml': filter } } }] },
  ).toBuffer();
}

const text = (value: string, more: object = {}): Cell => {
  const shown = heldText(value);
  return shown.trim() === '' ? null : { value: cellText(shown), type: String, format: '@', wrap: true, alignVertical: 'top', ...more };
};

/**
 * Reads an exported ledger back (xlsx, or saved as CSV). Throws badInput `ledger.mark` (not such a sheet), `ledger.header` (its columns
 * 问题编号 or 校验 are gone), and what readSheets throws.
 */
export async function readLedgerSheet(bytes: Uint8Array): Promise<ReturnedSheet> {
  const sheets = await readSheets(bytes);
  const found = sheets.flatMap((sheet) => {
    const roundId = /^台账 (R\d+)(?=\s)/.exec(
      sheet.rows
        .slice(0, 5)
        .flat()
        .find((cell) => cell.startsWith('台账 R')) ?? '',
    )?.[1];
    return roundId === undefined ? [] : [{ sheet, roundId }];
  })[0];
  if (found === undefined)
    throw badInput('ledger.mark', '这不是系统导出的整改台账，或表头标记被改动。', '请用 zhenggai ledger export 导出后在原表上修改。');
  const { rows } = found.sheet;
  const at = rows.findIndex((cells) => cells.some((cell) => cell.trim() === ID));
  const header = rows[at]?.map((cell) => cell.trim()) ?? [];
  const missing = [ID, SEAL].filter((heading) => !header.includes(heading));
  if (missing.length > 0) throw badInput('ledger.header', `台账缺少列：${missing.join('、')}。`, '请不要删除或改名列，重新导出后修改。');
  const known = new Set(columns.map(([title]) => title));
  return {
    roundId: found.roundId,
    rows: returnedRows(found.sheet, at, header),
    unknownColumns: header.filter((heading) => heading !== '' && !known.has(heading)),
  };
}

function returnedRows({ rows }: Sheet, at: number, header: readonly string[]): ReturnedRow[] {
  const places = sheetFields.map((field) => [field, header.indexOf(headings[field])] as const).filter(([, index]) => index >= 0);
  const [id, seal] = [header.indexOf(ID), header.indexOf(SEAL)];
  return rows.slice(at + 1).flatMap((cells, index) => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const seals = (cells[seal] ?? '').split(' ').map((part): [string, string] => [part.split(':')[0] ?? '', part.split(':')[1] ?? '']);
    return [
      {
        row: at + index + 2,
        issueId: (cells[id] ?? '').trim(),
        values: Object.fromEntries(places.map(([field, column]) => [field, (cells[column] ?? '').trim()])),
        seals: Object.fromEntries(
          seals.filter(([field, value]) => sheetFields.some((one) => one === field) && /^[0-9a-f]{12}$/.test(value)),
        ),
      },
    ];
  });
}

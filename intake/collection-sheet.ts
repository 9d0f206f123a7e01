import writeWorkbook, { type Cell } from 'write-excel-file/node';
import { cellText } from '../domain/cell-text';
import { badInput } from '../domain/failure';
import { readSheets, type Sheet } from './sheet';
import { cellName } from './sheet-place';

/** One open measure as a unit gets it in a collection 收报. */
export interface CollectionRow {
  readonly issueId: string;
  readonly title: string;
  readonly measureId: string | null;
  readonly measure: string;
  readonly dueOn: string | null;
  /** What was reported last, empty when nothing was. */
  readonly lastProgress: string;
}

/** Which call it belongs to; stands in the sheet's first row, so that an answer finds its way back. */
export interface CollectionSheetHead {
  readonly roundId: string;
  readonly collectionId: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly period: string;
  readonly dueOn: string;
}

/** What a unit reports back; rows it left as they were are not there. */
export interface CollectionAnswer {
  readonly roundId: string;
  readonly collectionId: string;
  readonly unitId: string;
  readonly rows: readonly {
    readonly issueId: string;
    readonly measureId: string | null;
    readonly progress: string;
    readonly completed: boolean;
  }[];
}

const headings = ['问题编号', '问题', '措施编号', '措施', '时限', '上次进展', '本期进展', '是否完成'] as const;
const widths = [12, 36, 10, 40, 12, 36, 44, 10];

/** Rows above the first measure: what the sheet is, its mark, how to fill it in, the header. */
const HEADER_ROW = 4;
const MOST_PROGRESS = 5_000;

/** The mark of a sheet: `收报 R1/2 u-0d711c244d`. */
const markOf = ({ roundId, collectionId, unitId }: CollectionSheetHead): string => `收报 ${roundId}/${collectionId} ${unitId}`;

/** One prefilled xlsx a unit: its open measures, of which only the last two columns are to be filled in. */
export async function writeCollectionSheet(head: CollectionSheetHead, rows: readonly CollectionRow[]): Promise<Buffer> {
  const text = (value: string, more: object = {}): Cell =>
    value === '' ? null : { value: cellText(value), type: String, format: '@', wrap: true, ...more };
  const data: Cell[][] = [
    [text(`${head.unitName} ${head.period}整改进展`, { fontWeight: 'bold', wrap: false })],
    [text(markOf(head), { color: '#888888', wrap: false })],
    [text(`请于${head.dueOn}前交回。只填“本期进展”和“是否完成”（是或否）；没有变化的行不用填。`, { wrap: false })],
    headings.map((heading): Cell => text(heading, { fontWeight: 'bold', backgroundColor: '#e8edf3' })),
    ...rows.map((row): Cell[] => [
      text(row.issueId),
      text(row.title),
      text(row.measureId ?? ''),
      text(row.measure),
      text(row.dueOn ?? ''),
      text(row.lastProgress),
      null,
      null,
    ]),
  ];
  return writeWorkbook(
    [{ sheet: '收报', stickyRowsCount: HEADER_ROW, columns: widths.map((width) => ({ width })), data, orientation: 'landscape' }],
    { fontFamily: '宋体', fontSize: 11 },
  ).toBuffer();
}

/**
 * Reads an answered sheet back (xlsx, or saved as CSV). Rows without progress say nothing new. All or nothing: throws badInput
 * `collection.mark` (not such a sheet, or another's), `collection.header`, `collection.rows` with every mistake by row and column.
 */
export async function readCollectionSheet(bytes: Uint8Array): Promise<CollectionAnswer> {
  const sheets = await readSheets(bytes);
  const sheet = sheets.find(({ rows }) => rows.slice(0, 5).some((cells) => cells.some((cell) => cell.startsWith('收报 '))));
  const mark = sheet?.rows
    .slice(0, 5)
    .flat()
    .find((cell) => cell.startsWith('收报 '));
  const [, roundId, collectionId, unitId] = /^收报 ([^/\s]+)\/([^/\s]+) (\S+)$/.exec(mark?.trim() ?? '') ?? [];
  if (!sheet || roundId === undefined || collectionId === undefined || unitId === undefined)
    throw badInput('collection.mark', '这不是系统发出的收报表，或表头标记被改动。', '请在收到的原表上填写后交回。');
  const at = sheet.rows.findIndex((cells) => cells.some((cell) => cell.trim() === headings[0]));
  const header = sheet.rows[at] ?? [];
  const columns = headings.map((heading) => header.findIndex((cell) => cell.trim() === heading));
  const missing = headings.filter((_, index) => (columns[index] ?? -1) < 0);
  if (missing.length > 0) throw badInput('collection.header', `收报表缺少列：${missing.join('、')}。`, '请不要删除或改名列。');
  return { roundId, collectionId, unitId, rows: readRows(sheet, at, columns) };
}

function readRows({ rows }: Sheet, header: number, columns: readonly number[]): CollectionAnswer['rows'] {
  const mistakes: string[] = [];
  const seen = new Map<string, number>();
  const answers = rows.slice(header + 1).flatMap((cells, index) => {
    const row = header + index + 2;
    const text = (column: number): string => cells[columns[column] ?? -1]?.trim() ?? '';
    const note = (column: number, what: string): void => {
      mistakes.push(`第${row}行“${headings[column] ?? ''}”（${cellName(row, (columns[column] ?? 0) + 1)}）：${what}`);
    };
    const [issueId, measureId, progress, done] = [text(0), text(2), text(6), text(7)];
    if (progress === '' && done === '') return [];
    if (issueId === '') note(0, '没有填写。');
    if (progress === '') note(6, '填了“是否完成”，没有写本期进展。');
    if (progress.length > MOST_PROGRESS) note(6, `超过${MOST_PROGRESS}字。`);
    if (!['', '是', '否'].includes(done)) note(7, `“${done}”不是“是”或“否”。`);
    const key = `${issueId} ${measureId}`;
    const first = seen.get(key);
    if (first !== undefined) note(0, `与第${first}行重复。`);
    else seen.set(key, row);
    return [{ issueId, measureId: measureId === '' ? null : measureId, progress, completed: done === '是' }];
  });
  if (mistakes.length > 0)
    throw badInput(
      'collection.rows',
      `收报表有${mistakes.length}处错误，未收录任何内容：\n${mistakes.slice(0, 20).join('\n')}`,
      '请逐处改正后重新交回整个表。',
    );
  return answers;
}

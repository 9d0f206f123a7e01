import { badInput, type ZhenggaiError } from '../domain/failure';
import { readCsv } from './csv';
import type { DocumentFormat } from './readers/reader';
import { formatOf } from './readers/sniff';
import { cellName, maxColumns, maxRows, tooManyCells } from './sheet-place';
import { readXlsx } from './sheet-xlsx';
import { isProtected } from './sheet-zip';

export type SheetFormat = 'csv' | 'xlsx';

/** A table as text: `rows[0]` is row 1 of the file, so that a mistake can be shown where it stands. `name` is null for a CSV file. */
export interface Sheet {
  readonly format: SheetFormat;
  readonly name: string | null;
  readonly rows: readonly (readonly string[])[];
}

const maxBytes = 10 * 1024 * 1024;

/**
 * The tables of a file: one of a CSV, all sheets of an xlsx workbook. The format is what the bytes say, or `format`.
 * Throws badInput sheet.empty, sheet.tooLarge, sheet.format (no table), sheet.oldFormat (xls), sheet.protected (a password),
 * sheet.formulaError, sheet.unreadable; for a CSV csv.encoding and csv.quotes.
 */
export async function readSheets(bytes: Uint8Array, format?: SheetFormat): Promise<Sheet[]> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length === 0) throw nothingInside();
  if (buffer.length > maxBytes) throw badInput('sheet.tooLarge', '文件超过10 MB。', '请只保留表格内容，去掉图片后再导入。');
  const sheets = (format ?? sheetFormatOf(buffer)) === 'xlsx' ? await readXlsx(buffer) : [csvSheet(buffer)];
  if (sheets.every(({ rows }) => rows.every((cells) => cells.every((cell) => cell.trim() === '')))) throw nothingInside();
  return sheets;
}

/** The one table of a CSV file. Throws badInput csv.encoding, csv.quotes, sheet.tooLarge. */
export const csvSheet = (bytes: Uint8Array): Sheet => csvTable(readCsv(bytes));

/** The records of a CSV text as a table. Throws badInput sheet.tooLarge. */
export function csvTable(rows: Sheet['rows']): Sheet {
  const wide = rows.findIndex((cells) => cells.length > maxColumns);
  if (rows.length > maxRows) throw tooManyCells(cellName(maxRows + 1, 1));
  if (wide >= 0) throw tooManyCells(cellName(wide + 1, maxColumns + 1));
  return { format: 'csv', name: null, rows };
}

function sheetFormatOf(bytes: Buffer): SheetFormat {
  const format = formatOf(bytes);
  if (format === 'txt' || format === 'csv') return 'csv';
  if (format === 'xlsx') return 'xlsx';
  if (format !== 'ole') throw badInput('sheet.format', `文件是${names[format]}，不是表格。`, '请用xlsx或“CSV UTF-8”格式的表格。');
  // a workbook with a password is an OLE file around the encrypted xlsx (MS-OFFCRYPTO, 2.3.4)
  if (bytes.includes('EncryptedPackage', 0, 'utf16le')) throw isProtected();
  throw badInput('sheet.oldFormat', '文件是旧版格式（xls、et）。', '请在表格软件里另存为xlsx再导入。');
}

const names: Readonly<Record<Exclude<DocumentFormat, SheetFormat | 'ole' | 'txt'>, string>> = {
  docx: 'Word文档',
  pptx: '演示文稿',
  odf: 'OpenDocument文件',
  ofd: 'OFD',
  wordXml: 'XML文档',
  mime: '网页归档或邮件',
  zip: '压缩包或损坏的工作簿',
  pdf: 'PDF',
  html: '网页',
  rtf: 'RTF文档',
  image: '图片',
};

const nothingInside = (): ZhenggaiError => badInput('sheet.empty', '文件里没有内容。', '请检查文件是否选对、是否已保存内容。');

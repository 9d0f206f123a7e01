import { badInput } from '../domain/failure';

/** Records of a CSV file, UTF-8 with or without BOM or GB18030. Throws a ZhenggaiError `csv.encoding` or `csv.quotes`. */
export const readCsv = (bytes: Uint8Array): string[][] => parseCsv(decode(bytes));

/**
 * Records of a CSV text by RFC 4180: cells parted by commas, quoted ones may hold commas, line breaks and doubled quotes.
 * Blank lines are kept as a record of one empty cell, so that a record's index is the row a spreadsheet shows.
 * Throws a ZhenggaiError `csv.quotes` when a quote is left open or text follows a closing one.
 */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\r|\n|$)/y;
  let record: string[] = [];
  while (cell.lastIndex < text.length || record.length > 0) {
    const match = cell.exec(text);
    if (match === null) throw badInput('csv.quotes', `第${records.length + 1}行的引号没有成对。`, '请检查该行的英文双引号。');
    const [, quoted, plain = '', end] = match;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    records.push(record);
    record = [];
    if (end === '') break;
  }
  return records;
}

/** A CSV text by RFC 4180, lines ended by CRLF, with the byte order mark by which spreadsheet programs know UTF-8. */
export const formatCsv = (records: readonly (readonly string[])[]): string =>
  `\uFEFF${records.map((cells) => `${cells.map(quote).join(',')}\r\n`).join('')}`;

const quote = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function decode(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // not in this encoding: try the next
    }
  }
  throw badInput('csv.encoding', '文件不是UTF-8或GB18030编码的文本。', '请在表格软件里另存为“CSV UTF-8”再导入。');
}

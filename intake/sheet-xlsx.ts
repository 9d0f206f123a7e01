import readWorkbook from 'read-excel-file/universal';
import { badInput } from '../domain/failure';
import type { Sheet } from './sheet';
import { maxColumns, maxRows, placeOf, tooManyCells } from './sheet-place';
import { unpackXml, unreadable } from './sheet-zip';

/**
 * The sheets of an xlsx workbook in its order, cells as text: a date is 2026-08-01, a number its digits, a formula its last result.
 * Throws badInput sheet.unreadable, sheet.protected, sheet.tooLarge; sheet.formulaError unless `failed` takes the names of such cells.
 */
export async function readXlsx(bytes: Buffer, failed?: string[]): Promise<Sheet[]> {
  for (const part of unpackXml(bytes)) checkCells(part, failed);
  const workbook = await readWorkbook(new Uint8Array(bytes).buffer).catch(() => {
    throw unreadable();
  });
  return workbook.map(({ sheet, data }) => ({ format: 'xlsx', name: sheet.trim(), rows: data.map((cells) => cells.map(textOf)) }));
}

/** The library gives a `Date` at midnight UTC, though its types say otherwise. */
function textOf(cell: unknown): string {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '';
}

/**
 * Looks over the cells of a sheet before the library does: it makes room for every row and column up to the farthest cell, so a single
 * cell XFD1048576 would exhaust the memory, and it drops the error of a formula, so `#N/A` in 任职止 would read as still in office.
 */
function checkCells(part: Buffer, failed?: string[]): void {
  // from the tag's name to the next "<": markup that would be read in another way than here is refused
  for (const [, tag, rest = ''] of part.toString('latin1').matchAll(/<(?:[^\s<>/:]+:)?(row|c)\s([^<]*)/g)) {
    const empty = /\/>\s*$/.test(rest);
    if (empty && /["']/.test(rest.replaceAll(/"[^"]*"|'[^']*'/g, ''))) throw unreadable();
    for (const [, quoted, name = quoted ?? ''] of rest.matchAll(/(?:^|[\s:])r\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
      const place = placeOf(tag === 'row' ? `A${name}` : name);
      if (place === null || place.row > 1_048_576 || place.column > 16_384) throw unreadable();
      if (tag === 'row' || empty) continue;
      if (place.row > maxRows || place.column > maxColumns) throw tooManyCells(name);
      if (/(?:^|\s)t\s*=\s*["']e["']/.test(rest)) {
        if (failed === undefined)
          throw badInput('sheet.formulaError', `单元格${name}的公式出错，读不到内容。`, '请改正公式或直接填写内容，再重新导入。');
        failed.push(name);
      }
    }
  }
}

import { badInput, type ZhenggaiError } from '../domain/failure';

/** Rows of a table, header included: more is no staff list but a mistake. */
export const maxRows = 20_000;

/** Columns of a table. */
export const maxColumns = 256;

/** What a spreadsheet calls a cell: row 5, column 3 is C5 (both from 1). */
export function cellName(row: number, column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return `${letters}${row}`;
}

/** Row and column, from 1, of a cell's name; null when it is none. */
export function placeOf(name: string): { row: number; column: number } | null {
  const [, letters, digits] = /^([A-Z]{1,3})(\d{1,7})$/.exec(name) ?? [];
  if (letters === undefined || digits === undefined) return null;
  return {
    row: Number(digits),
    column: Array.from(letters, (letter) => letter.charCodeAt(0) - 64).reduce((sum, digit) => sum * 26 + digit, 0),
  };
}

/** A table beyond `maxRows` or `maxColumns`; `cell` is one that lies outside. */
export const tooManyCells = (cell: string): ZhenggaiError =>
  badInput('sheet.tooLarge', `表格超过${maxRows}行或${maxColumns}列（单元格${cell}）。`, '请删去多余的行、列或工作表后再导入。');

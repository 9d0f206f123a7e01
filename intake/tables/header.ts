import type { DocumentTable } from '../readers/reader';
import { columnRole, type Column, type ColumnRole } from './columns';

/** The columns of a ledger's table, and the indexes of its heading and of the first row below. */
export interface LedgerHeader {
  readonly columns: readonly Column[];
  readonly headingRow: number;
  readonly firstRow: number;
  /** The heading's cells; a page break repeats them. */
  readonly cells: readonly string[];
}

/** A heading stands below titles, units and notes, but not far below. */
const searched = 30;
const longest = 40;

/**
 * The heading of a table that lists findings: a row (or two, the upper one naming groups) of short cells of which one names the
 * finding and another a further column of a ledger. Null for any other table.
 */
export function headerOf({ rows }: DocumentTable): LedgerHeader | null {
  for (let at = 0; at < Math.min(rows.length, searched); at += 1) {
    const upper = rows[at]?.cells.map(tidy) ?? [];
    if (!isHeading(upper)) continue;
    const lower = rows[at + 1]?.cells.map(tidy) ?? [];
    const two = isSecondRow(upper, lower);
    const columns = two ? columnsOf(combined(upper, lower)) : columnsOf(upper.map((cell) => [cell]));
    if (!isLedger(columns)) continue;
    return { columns, headingRow: at, firstRow: at + (two ? 2 : 1), cells: upper };
  }
  return null;
}

const tidy = (cell: string): string => cell.replace(/\s+/gu, '');

/** Short cells, at least two of them different: a title that spans the table is none. */
const isHeading = (cells: readonly string[]): boolean =>
  cells.every(({ length }) => length <= longest) && new Set(cells.filter((cell) => cell !== '')).size >= 2;

const isLedger = (columns: readonly Column[]): boolean => {
  const roles = new Set(columns.map(({ role }) => role));
  for (const plain of ['count', 'note'] as const) roles.delete(plain);
  return roles.has('finding') && roles.size >= 2;
};

/** A second row of headings is blank (or hangs down from above) below the finding and the number, and knows a column elsewhere. */
function isSecondRow(upper: readonly string[], lower: readonly string[]): boolean {
  const filled = lower.flatMap((cell, index) => (cell !== '' && cell !== upper[index] ? [{ cell, index }] : []));
  if (filled.length === 0 || filled.some(({ cell }) => cell.length > 16 || /^\d+$/.test(cell))) return false;
  const columns = columnsOf(upper.map((cell) => [cell]));
  const below = (role: ColumnRole): string[] =>
    columns.filter((column) => column.role === role).flatMap(({ index }) => filled.find((cell) => cell.index === index)?.cell ?? []);
  if (below('number').length > 0 || below('finding').some((cell) => columnRole(cell) === null)) return false;
  return filled.filter(({ cell }) => columnRole(cell) !== null).length >= Math.max(1, filled.length / 2);
}

/** Each column's names, the nearest first; a group's name counts for the blank cells right of it. */
function combined(upper: readonly string[], lower: readonly string[]): string[][] {
  let group = '';
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, index) => {
    const [above = '', below = ''] = [upper[index], lower[index]];
    if (above !== '') group = above;
    return below === '' || below === above ? [above] : [below, group];
  });
}

function columnsOf(names: readonly (readonly string[])[]): Column[] {
  const columns = names.flatMap<Column>((candidates, index) => {
    const read = candidates.map(columnRole).find((role) => role !== null);
    if (read == null) return candidates.some((name) => name !== '') ? [{ index, role: 'note', name: candidates[0] ?? '', unit: null }] : [];
    return [{ index, ...read }];
  });
  if (columns.some(({ role }) => role === 'finding')) return columns;
  // 存在问题 beside another column of findings is what remains of them, alone it is the finding
  return columns.map((column) => (/^(?:主要)?存在的?(?:主要)?问题$/u.test(column.name) ? { ...column, role: 'finding' } : column));
}

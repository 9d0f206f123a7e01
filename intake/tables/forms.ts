import type { DocumentTable } from '../readers/reader';
import { columnRole, type Column } from './columns';
import type { LedgerCell, LedgerEntry } from './entries';

/**
 * Findings of a form: a table of labels with their values to the right (反馈问题 | …; 整改措施 | …), one finding after another or one a
 * table. Empty when the table is none.
 */
export function formEntriesOf({ rows }: DocumentTable): LedgerEntry[] {
  const pairs = rows.map(({ cells, line }) => ({ line, pairs: pairsOf(cells) }));
  const labelled = pairs.filter(({ pairs: found }) => found.length > 0);
  const roles = new Set(labelled.flatMap(({ pairs: found }) => found.map(({ column }) => column.role)));
  if (!roles.has('finding') || roles.size < 3 || labelled.length < rows.length * 0.6) return [];
  const found: LedgerEntry[] = [];
  let label = '';
  /** What stands between a number and the finding it belongs to. */
  let ahead: LedgerCell[] | null = null;
  for (const { line, pairs: cells } of pairs) {
    for (const { column, text } of cells) {
      const last = found.at(-1);
      if (column.role === 'number') {
        label = text;
        ahead = [];
      } else if (column.role === 'finding' && (ahead !== null || last === undefined || last.cells.length > 0)) {
        found.push({ title: text, label, line, endLine: line, aspect: null, category: null, cells: ahead ?? [], numbersRows: false });
        label = '';
        ahead = null;
      } else if (ahead !== null) ahead.push({ column, text, line });
      else if (last !== undefined) {
        last.cells.push({ column, text, line });
        last.endLine = line;
      }
    }
  }
  return found;
}

/** The labels of a row with the cells right of them; what spans several cells is told once. */
function pairsOf(cells: readonly string[]): { column: Column; text: string }[] {
  const filled = cells.map((cell) => cell.trim()).filter((cell, index, all) => cell !== '' && cell !== all[index - 1]);
  const found: { column: Column; text: string }[] = [];
  for (let index = 0; index + 1 < filled.length; index += 1) {
    const label = filled[index] ?? '';
    const text = filled[index + 1] ?? '';
    const read = label.length <= 16 ? columnRole(label) : null;
    if (read === null || read.role === 'note') continue;
    found.push({ column: { index, ...read }, text });
    index += 1;
  }
  return found;
}

import { parseCsv } from '../csv';
import { csvTable } from '../sheet';
import { headerOf } from '../tables/header';
import type { DocumentText } from './reader';
import { textOfSheets } from './sheet-text';

const searchedLines = 60;

/**
 * A text that is a ledger in csv (one of its first lines, cut at its commas, heads a ledger): a row is a line of the text. Null for any
 * other text. Throws badInput csv.quotes, sheet.tooLarge.
 */
export function csvLedger({ text, encoding }: DocumentText): DocumentText | null {
  const lines = text.slice(0, 64 * 1024).split(/\r\n|\n|\r/, searchedLines);
  if (!lines.some((line, index) => isHeading(line.split(',').map(unquoted), lines[index + 1] ?? ''))) return null;
  return { ...textOfSheets([csvTable(parseCsv(text))]), encoding };
}

/** Prose is cut into few short cells at best; a heading is nothing but short cells, most of them known, and rows follow it. */
function isHeading(cells: readonly string[], next: string): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  if (filled.length < 3 || filled.some((cell) => cell.length > 20) || !next.includes(',')) return false;
  const header = headerOf({ name: null, rows: [{ cells, line: 1 }] });
  return header !== null && header.columns.filter(({ role }) => role !== 'note').length >= filled.length * 0.6;
}

const unquoted = (cell: string): string => cell.replace(/^"(.*)"$/u, '$1');

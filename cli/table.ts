import Table from 'cli-table3';
import stringWidth from 'string-width';

/** What a table is drawn on. */
export interface Surface {
  /** Columns of the terminal; Infinity where nothing has to fit, as in a file or a pipe. */
  width: number;
  colour: boolean;
}

export type CellTone = 'red' | 'yellow' | 'green' | 'grey' | 'none';

/** A word with its tone; the word says it all, so nothing is lost where there is no colour. */
export interface ToneCell {
  text: string;
  tone: CellTone;
}

export type Cell = string | number | ToneCell | null;

export interface Column {
  title: string;
  align?: 'left' | 'right';
  /** Never shortened: numbers, dates, ids. */
  whole?: boolean;
}

const GAP = 2;
const NARROWEST = 6;
const SGR: Record<CellTone, readonly [string, string]> = {
  red: ['\u001b[31m', '\u001b[39m'],
  yellow: ['\u001b[33m', '\u001b[39m'],
  green: ['\u001b[32m', '\u001b[39m'],
  grey: ['\u001b[90m', '\u001b[39m'],
  none: ['', ''],
};

/** The surface of a stream: as wide as its terminal, coloured only on one, and not where NO_COLOR (no-color.org) is set. */
export function surfaceOf(stream: { isTTY?: boolean; columns?: number }, env: NodeJS.ProcessEnv = process.env): Surface {
  const terminal = stream.isTTY === true;
  return {
    width: terminal ? stream.columns || 80 : Infinity,
    colour: terminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
  };
}

/**
 * Rows under their titles, without borders, aligned for Chinese text (two columns a character). What doesn't fit the surface is
 * shortened with …, widest column first; on a surface without width nothing is. No line ends in blanks; the text ends without a
 * line break.
 */
export function formatTable(columns: readonly Column[], rows: readonly (readonly Cell[])[], surface: Surface): string {
  const texts = rows.map((row) => columns.map((_, index) => textOf(row[index] ?? null)));
  const widths = fit(columns, texts, surface.width);
  const table = new Table({
    chars: NO_BORDERS,
    style: { 'padding-left': 0, 'padding-right': GAP, head: [], border: [], compact: true },
    colWidths: widths.map((width) => width + GAP),
    colAligns: columns.map((column) => column.align ?? 'left'),
  });
  const put = (cells: readonly string[], toneAt: (index: number) => CellTone) =>
    table.push(cells.map((text, index) => paint(shorten(text, widths[index] ?? 0), toneAt(index), surface)));
  const titles = columns.map((column) => column.title);
  put(titles, () => 'grey');
  texts.forEach((cells, at) => put(cells, (index) => toneOf(rows[at]?.[index] ?? null)));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Colours a word of running text, where the surface has colour. */
export const paint = (text: string, tone: CellTone, surface: Surface): string =>
  surface.colour && text !== '' ? `${SGR[tone][0]}${text}${SGR[tone][1]}` : text;

/** Shortened to a width in terminal columns, the last of them … when something was left out. Never splits a character. */
export function shorten(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text)) {
    used += stringWidth(segment);
    if (used > width) break;
    kept += segment;
  }
  return width < 1 ? '' : `${kept}…`;
}

/** Natural widths; where they don't fit together, the widest column that may be shortened gives way until they do. */
function fit(columns: readonly Column[], texts: readonly (readonly string[])[], room: number): number[] {
  const widths = columns.map((column, index) =>
    Math.max(1, ...[column.title, ...texts.map((row) => row[index] ?? '')].map((text) => stringWidth(text))),
  );
  const floors = widths.map((width, index) => (columns[index]?.whole === true ? width : Math.min(width, NARROWEST)));
  let excess = widths.reduce((sum, width) => sum + width + GAP, -GAP) - room;
  while (excess > 0) {
    const spare = widths.map((width, index) => (width > (floors[index] ?? width) ? width : 0));
    const widest = Math.max(...spare);
    if (widest === 0) break;
    widths[spare.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return widths;
}

/** One line of plain characters: a pasted title must neither break the row nor steer the terminal. */
function textOf(cell: Cell): string {
  const text = cell === null ? '' : typeof cell === 'object' ? cell.text : String(cell);
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim();
}

const toneOf = (cell: Cell): CellTone => (cell !== null && typeof cell === 'object' ? cell.tone : 'none');

const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

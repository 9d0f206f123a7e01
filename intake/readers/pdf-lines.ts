import { unified } from './pdf-characters';
import type { PdfPage, PdfPiece } from './pdf-pages';

/** A line of a page: its words, where it begins and ends, its baseline and the size of its letters, in points. */
export interface PdfLine {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly y: number;
  readonly size: number;
  /** Edges of the column that the line stands in; lines of one column have the same. */
  readonly column: PdfColumn;
}

/** What lines of one column share. */
export interface PdfColumn {
  readonly page: PdfPage;
  readonly index: number;
}

/** The lines of a page in reading order: column by column where prose runs in columns. */
export function linesOf(page: PdfPage): PdfLine[] {
  const rows = rowsOf(page.pieces.filter(({ upright }) => upright));
  const gutter = gutterOf(rows, page);
  if (gutter === null) {
    const column = { page, index: 0 };
    return rows.map((row) => lineOf(row, column));
  }
  return columnsOf(rows, gutter, page);
}

/** Pieces that share a baseline, from left to right; rows from top to bottom. */
function rowsOf(pieces: readonly PdfPiece[]): PdfPiece[][] {
  const rows: { y: number; size: number; pieces: PdfPiece[] }[] = [];
  for (const piece of [...pieces].sort((a, b) => b.y - a.y)) {
    const last = rows.at(-1);
    // a raised note mark is smaller and stays with its line
    if (last !== undefined && last.y - piece.y < Math.max(last.size, piece.size) * 0.5) {
      last.pieces.push(piece);
      if (piece.size > last.size) Object.assign(last, { size: piece.size, y: piece.y });
    } else rows.push({ y: piece.y, size: piece.size, pieces: [piece] });
  }
  return rows.map((row) => row.pieces.sort((a, b) => a.x - b.x));
}

const endOf = (piece: PdfPiece): number => piece.x + piece.width;

function lineOf(row: readonly PdfPiece[], column: PdfColumn): PdfLine {
  const pieces = row.filter(({ text }) => text.trim() !== '');
  const size = Math.max(...pieces.map((piece) => piece.size));
  const base = pieces.find((piece) => piece.size === size)?.y ?? 0;
  let text = '';
  let end = -Infinity;
  for (const piece of pieces) {
    text += glue(text, piece.text, (piece.x - end) / size) + (isNoteMark(piece, size, base) ? `〔${piece.text.trim()}〕` : piece.text);
    end = Math.max(end, endOf(piece));
  }
  const start = Math.min(...pieces.map(({ x }) => x));
  return { text: tidy(text), start, end, y: base, size, column };
}

/** Letters set apart to fill a line are one word. */
const tidy = (text: string): string =>
  unified(text)
    .replace(/(?<=[\p{Script=Han}，。；：、！？“”（）《》])[ \u00A0]+(?=[\p{Script=Han}，。；：、！？“”（）《》])/gu, '')
    .trim();

/** A gap of two letters and more parts cells of a table, a smaller one words in Latin letters. `gap` in letter widths. */
function glue(before: string, after: string, gap: number): string {
  if (before === '' || !Number.isFinite(gap) || gap < 0.2) return '';
  if (gap >= 1.8) return '\t';
  // the number of a heading keeps its blank: 1.2 党的建设
  return /[\w.,)]$/.test(before) && (/^[\w(]/.test(after) || /^\d{1,2}(?:\.\d{1,2})*$/.test(before)) ? ' ' : '';
}

/** 事项² : a number of a footnote, small and raised. */
const isNoteMark = ({ text, size, y }: PdfPiece, line: number, base: number): boolean =>
  size < line * 0.75 && y > base + line * 0.15 && /^\s*\d{1,2}\s*$/.test(text);

/**
 * Where text runs in two columns: the middle of the widest strip that hardly a row crosses, when the file draws one side after
 * the other. A table has such strips too, but is drawn row by row. Null for one column.
 */
function gutterOf(rows: readonly (readonly PdfPiece[])[], page: PdfPage): number | null {
  if (rows.length < 8) return null;
  const strip = emptiestStrip(
    rows.map((row) => spansOf(row)),
    page,
  );
  if (strip === null || strip.crossing > rows.length * 0.2) return null;
  const sides = page.pieces.flatMap((piece) => (endOf(piece) <= strip.at ? ['left'] : piece.x >= strip.at ? ['right'] : []));
  const changes = sides.filter((side, index) => index > 0 && side !== sides[index - 1]).length;
  const fewer = Math.min(...['left', 'right'].map((side) => sides.filter((each) => each === side).length));
  return fewer >= 4 && changes <= rows.length * 0.5 ? strip.at : null;
}

/** The middle of the widest strip in the middle third of the page that the fewest rows cross. */
function emptiestStrip(rows: readonly (readonly Span[])[], page: PdfPage): { at: number; crossing: number } | null {
  const step = 3;
  let best: { at: number; crossing: number; width: number } | null = null;
  let run = { from: 0, crossing: -1 };
  for (let at = page.left + page.width * 0.33; at <= page.left + page.width * 0.67; at += step) {
    const crossing = rows.filter((row) => row.some(({ start, end }) => start < at && end > at)).length;
    run = run.crossing === crossing ? run : { from: at, crossing };
    const width = at - run.from + step;
    if (best === null || crossing < best.crossing || (crossing === best.crossing && width > best.width)) {
      best = { at: run.from + width / 2, crossing, width };
    }
  }
  return best;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Stretches of a row without a wide gap in them. */
function spansOf(row: readonly PdfPiece[]): Span[] {
  const spans: { start: number; end: number }[] = [];
  for (const piece of row) {
    const last = spans.at(-1);
    if (last !== undefined && piece.x - last.end < piece.size) last.end = Math.max(last.end, endOf(piece));
    else spans.push({ start: piece.x, end: endOf(piece) });
  }
  return spans;
}

/** Rows that cross the gutter (a title, a table) part the page into bands; within a band the left column comes first. */
function columnsOf(rows: readonly PdfPiece[][], gutter: number, page: PdfPage): PdfLine[] {
  const lines: PdfLine[] = [];
  const [whole, left, right]: PdfColumn[] = [0, 1, 2].map((index) => ({ page, index }));
  let band: { left: PdfPiece[][]; right: PdfPiece[][] } = { left: [], right: [] };
  const close = (): void => {
    if (left !== undefined) lines.push(...band.left.map((row) => lineOf(row, left)));
    if (right !== undefined) lines.push(...band.right.map((row) => lineOf(row, right)));
    band = { left: [], right: [] };
  };
  for (const row of rows) {
    if (row.some((piece) => piece.x < gutter && endOf(piece) > gutter)) {
      close();
      if (whole !== undefined) lines.push(lineOf(row, whole));
      continue;
    }
    const [before, after] = [row.filter(({ x }) => x < gutter), row.filter(({ x }) => x >= gutter)];
    if (before.length > 0) band.left.push(before);
    if (after.length > 0) band.right.push(after);
  }
  close();
  return lines;
}

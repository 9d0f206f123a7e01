import { startsAnew } from '../paragraphs';
import type { PdfLine } from './pdf-lines';

/** A paragraph with the page on which it begins, counted from 1. */
export interface PdfParagraph {
  readonly text: string;
  readonly page: number;
}

/** Lines of all pages, in reading order, joined to paragraphs; what stands at the head or foot of every page is left out. */
export function paragraphsOfPages(pages: readonly (readonly PdfLine[])[]): PdfParagraph[] {
  const repeated = runningLines(pages);
  const paragraphs: { text: string; page: number }[] = [];
  let last: PdfLine | null = null;
  const kept = pages.map((lines) => lines.filter((line) => !isPageNumber(line) && !repeated.has(keyOf(line))));
  const edges = edgesOf(kept.flat());
  const indents = indentsParagraphs(kept.flat(), edges);
  kept.forEach((lines, index) => {
    for (const line of lines) {
      const open = paragraphs.at(-1);
      if (open !== undefined && last !== null && goesOn(last, line, { edges, indents }))
        open.text += seam(open.text, line.text) + line.text;
      else paragraphs.push({ text: line.text, page: index + 1 });
      last = line;
    }
  });
  return paragraphs;
}

/** The upper and lower tenth of a page, where heads and feet stand. */
function isAtEdge({ y, column: { page } }: PdfLine): boolean {
  const height = (y - page.bottom) / page.height;
  return height > 0.9 || height < 0.1;
}

const pageNumber = /^(?:[-—–－·\s]*\d{1,4}[-—–－·\s]*|第\s?\d{1,4}\s?页(?:[\s,，/]*共\s?\d{1,4}\s?页)?|\d{1,4}\s?\/\s?\d{1,4})$/;
/** What a browser prints at the edges: address, day, 1/3. */
const printed =
  /(?:^|\t)(?:https?|file):\/\/|\t\s*\d{1,4}\s?\/\s?\d{1,4}$|^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}[,，\s]+(?:上午|下午)?\d{1,2}:\d\d/;
const isPageNumber = (line: PdfLine): boolean => isAtEdge(line) && (pageNumber.test(line.text) || printed.test(line.text));

const keyOf = ({ text, y }: PdfLine): string => `${text.replace(/\d+/g, '0')}@${Math.round(y / 4)}`;

/** Lines that stand at the same place of the edge of more than half the pages. */
function runningLines(pages: readonly (readonly PdfLine[])[]): ReadonlySet<string> {
  if (pages.length < 3) return new Set();
  const counts = new Map<string, number>();
  for (const lines of pages) {
    for (const key of new Set(lines.filter(isAtEdge).map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return new Set([...counts].flatMap(([key, count]) => (count > pages.length / 2 ? [key] : [])));
}

/** Left and right edge of a column's prose. */
interface Edges {
  readonly left: number;
  readonly right: number;
}

/** Where the prose of each column begins and ends in the whole document; single lines may hang out to both sides. */
function edgesOf(lines: readonly PdfLine[]): ReadonlyMap<number, Edges> {
  return new Map(
    [...groupByColumn(lines)].map(([key, own]) => {
      const starts = own.map(({ start }) => start).sort((a, b) => a - b);
      return [key, { left: starts[Math.floor(starts.length * 0.1)] ?? 0, right: rightEdge(own) }];
    }),
  );
}

/** The farthest end of a line; of many lines, the farthest that a fiftieth of them reaches. */
function rightEdge(lines: readonly PdfLine[]): number {
  const ends = lines.map(({ end }) => end).sort((a, b) => b - a);
  return ends[Math.floor(lines.length * 0.02)] ?? 0;
}

function groupByColumn(lines: readonly PdfLine[]): Map<number, PdfLine[]> {
  const columns = new Map<number, PdfLine[]>();
  for (const line of lines) {
    const own = columns.get(line.column.index);
    if (own === undefined) columns.set(line.column.index, [line]);
    else own.push(line);
  }
  return columns;
}

const isIndented = (line: PdfLine, edges: ReadonlyMap<number, Edges>): boolean =>
  line.start > (edges.get(line.column.index)?.left ?? 0) + line.size * 1.2;

/** Whether this document sets its paragraphs in: most lines that begin something begin behind the edge. */
function indentsParagraphs(lines: readonly PdfLine[], edges: ReadonlyMap<number, Edges>): boolean {
  const beginning = lines.filter(({ text }) => startsAnew(text, ''));
  return beginning.length >= 3 && beginning.filter((line) => isIndented(line, edges)).length >= beginning.length * 0.6;
}

interface Setting {
  readonly edges: ReadonlyMap<number, Edges>;
  readonly indents: boolean;
}

/**
 * Whether a line continues the paragraph of the line before: that one is full, this one begins at the edge, both look alike. Words that
 * begin something (二是, 整改情况：) begin nothing where paragraphs are set in and this line is not.
 */
function goesOn(last: PdfLine, line: PdfLine, { edges, indents }: Setting): boolean {
  const edge = edges.get(line.column.index);
  if (edge === undefined || line.text.includes('\t') || last.text.includes('\t')) return false;
  if (Math.abs(last.size - line.size) > line.size * 0.1) return false;
  if (!indents && startsAnew(line.text, last.text)) return false;
  const isSameColumn = last.column === line.column;
  // in another column or on another page the right edge lies elsewhere: its width tells
  const isFull = isSameColumn
    ? last.end > edge.right - line.size * 2.3
    : last.end - last.start > (edge.right - edge.left) * 0.9 - line.size * 2;
  const isApart = isSameColumn && last.y - line.y > line.size * 2.6;
  return isFull && !isIndented(line, edges) && !isApart;
}

const seam = (before: string, after: string): string => (/[a-z]$/i.test(before) && /^[a-z]/i.test(after) ? ' ' : '');

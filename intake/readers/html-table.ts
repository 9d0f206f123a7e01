import { isLinks, linesIn, type PageNode, type PagePart } from './html-tree';
import { isLayout, type Block, type CellShape, type TableBlock } from './table';

/** Whether a part is a table that holds data, not one that places text on the page. */
export const isTableOfData = (part: PagePart): boolean =>
  part.tag === 'table' && !isLayout(rowsOf(part).map((cells) => cells.map(shapeOf)));

const shapeOf = (cell: PagePart): CellShape => ({
  characters: cell.characters,
  lines: cell.lines,
  holdsTable: cell.children.some(holdsTable),
  isFurniture: cell.footers > 0 || (isLinks(cell) && cell.lines > 2),
});

/** A table with its cells; lines beside its rows (a caption) are a row of one cell each. */
export const tableOf = (table: PagePart): TableBlock => ({
  kind: 'table',
  rows: rowsOf(table).map((cells) => cells.map((cell) => ({ ...cell, blocks: blocksIn(cell) }))),
});

const rowsOf = (table: PagePart): PagePart[][] =>
  table.children.flatMap((row) => (row.kind === 'part' && row.tag === 'tr' ? [row.children.filter((cell) => cell.kind === 'part')] : []));

const holdsTable = (node: PageNode): boolean => node.kind === 'part' && (node.tag === 'table' || node.children.some(holdsTable));

const blocksIn = (cell: PagePart): Block[] => linesIn(cell).map(({ text }) => ({ kind: 'line', text, place: null }));

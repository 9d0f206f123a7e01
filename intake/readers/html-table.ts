import { linesIn, type PageNode, type PagePart } from './html-tree';
import { isLayout, type Block, type TableBlock } from './table';

/** Whether a part is a table that holds data, not one that places text on the page. */
export const isTableOfData = (part: PagePart): boolean =>
  part.tag === 'table' &&
  !isLayout(
    rowsOf(part).map((cells) =>
      cells.map(({ characters, lines, children }) => ({ characters, lines, holdsTable: children.some((child) => holdsTable(child)) })),
    ),
  );

/** A table with its cells; lines beside its rows (a caption) are a row of one cell each. */
export const tableOf = (table: PagePart): TableBlock => ({
  kind: 'table',
  rows: rowsOf(table).map((cells) => cells.map((cell) => ({ ...cell, blocks: blocksIn(cell) }))),
});

const rowsOf = (table: PagePart): PagePart[][] =>
  table.children.flatMap((row) => (row.kind === 'part' && row.tag === 'tr' ? [row.children.filter((cell) => cell.kind === 'part')] : []));

const holdsTable = (node: PageNode): boolean => node.kind === 'part' && (node.tag === 'table' || node.children.some(holdsTable));

const blocksIn = (cell: PagePart): Block[] => linesIn(cell).map(({ text }) => ({ kind: 'line', text, place: null }));

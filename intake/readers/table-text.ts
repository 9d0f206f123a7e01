import type { ZhenggaiError } from '../../domain/failure';
import type { DocumentTable, DocumentText, TableRow } from './reader';
import { isLayout, shapeOf, type Block, type TableBlock, type TableCell } from './table';

/** Spanning cells repeat their text: more than this of it is an attack, not a ledger. A cell counts as some characters more than it has. */
const maxCharacters = 64 * 1024 * 1024;
const perCell = 16;
/** No office's table has more columns (the limit of HTML; word processors allow 63). */
const maxColumns = 1000;

/**
 * The text of a document's blocks: a line each, a table's rows each a line of cells joined by one tab, text that spans cells repeated in
 * each. A table that only places text on the page dissolves into its lines. Throws `tooLarge` when spans make more of it than anyone reads.
 */
export function textOfBlocks(
  blocks: readonly Block[],
  tooLarge: () => ZhenggaiError,
): Required<Pick<DocumentText, 'text' | 'places' | 'tables'>> {
  const lines: string[] = [];
  const places: (string | null)[] = [];
  const tables: DocumentTable[] = [];
  let left = maxCharacters;
  const add = (parts: readonly string[], place: string | null): void => {
    // counted before they are joined, since the line may be longer than a string can be
    left -= parts.reduce((sum, part) => sum + part.length + perCell, 0);
    if (left < 0) throw tooLarge();
    lines.push(parts.join('\t'));
    places.push(place);
  };
  const addBlocks = (part: readonly Block[]): void => {
    for (const block of part) {
      if (block.kind === 'line') add([block.text], block.place);
      else if (isLayout(block.rows.map((cells) => cells.map(shapeOf)))) block.rows.forEach(addLaidOut);
      else addTable(block);
    }
  };
  /** Short cells side by side read as one line, such as a label and its value. */
  const addLaidOut = (cells: readonly TableCell[]): void => {
    const filled = cells.filter(({ blocks: inside }) => inside.length > 0);
    const words = filled.flatMap(({ blocks: [only, ...more] }) => (only?.kind === 'line' && more.length === 0 ? [only] : []));
    const length = words.reduce((sum, { text }) => sum + text.length, 0);
    if (words.length > 1 && words.length === filled.length && length <= 120) {
      add([words.map(({ text }) => text.trim()).join(' ')], words[0]?.place ?? null);
    } else for (const { blocks: inside } of filled) addBlocks(inside);
  };
  const addTable = (table: TableBlock): void => {
    const rows: TableRow[] = [];
    const number = tables.length + 1;
    tables.push({ name: null, rows });
    spread(table, (cells, row) => {
      const oneLine = new Map(cells.map((cell) => [cell, cell.replace(/\s{1,500}/gu, ' ')]));
      add(
        cells.map((cell) => oneLine.get(cell) ?? ''),
        `表${number}第${row}行`,
      );
      rows.push({ cells, line: lines.length });
    });
  };
  addBlocks(blocks);
  return { text: lines.join('\n'), places, tables };
}

/** Tells the rows that hold text, cell by cell as a reader sees them; `row` is the table's own count from 1. */
function spread({ rows }: TableBlock, tell: (cells: readonly string[], row: number) => void): void {
  /** By column: the text that a cell above hangs down, and for how many rows more. */
  const hanging: { text: string; rows: number }[] = [];
  rows.forEach((row, index) => {
    const cells: string[] = [];
    const takeHanging = (): void => {
      for (let above = hanging[cells.length]; above !== undefined && above.rows > 0; above = hanging[cells.length]) {
        above.rows -= 1;
        cells.push(above.text);
      }
    };
    takeHanging();
    for (const cell of row) {
      const text = textOfCell(cell);
      for (let column = 0; column < cell.colSpan && cells.length < maxColumns; column += 1) {
        hanging[cells.length] = { text, rows: cell.rowSpan - 1 };
        cells.push(text);
      }
      takeHanging();
    }
    if (cells.some((cell) => cell !== '')) tell(cells, index + 1);
  });
}

/** A cell's lines; of a table inside a cell each row is a line. */
function textOfCell({ blocks }: TableCell): string {
  const lines = blocks.flatMap((block) =>
    block.kind === 'line' ? [block.text.trim()] : block.rows.map((cells) => cells.map(textOfCell).filter(Boolean).join(' ')),
  );
  return lines.filter((line) => line !== '').join('\n');
}

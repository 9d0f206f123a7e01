/** A line of a document, with where it stands in the file, when that says more than its number. */
export interface TextLine {
  readonly kind: 'line';
  readonly text: string;
  readonly place: string | null;
}

/** A table as the document builds it. */
export interface TableBlock {
  readonly kind: 'table';
  readonly rows: readonly (readonly TableCell[])[];
}

/** What follows one another in a document. */
export type Block = TextLine | TableBlock;

export interface TableCell {
  readonly blocks: readonly Block[];
  readonly colSpan: number;
  readonly rowSpan: number;
}

/** What decides whether a table holds data. */
export interface CellShape {
  readonly characters: number;
  readonly lines: number;
  readonly holdsTable: boolean;
  /** A menu or the foot of a site. */
  readonly isFurniture: boolean;
}

/** A heading of a column is short. */
const headingLength = 24;

/**
 * Whether a table only places text on the page: one cell a row, or a cell that is an article of its own. A cell of a ledger may hold
 * paragraphs too, but stands below a row of short headings.
 */
export function isLayout(rows: readonly (readonly CellShape[])[]): boolean {
  const filled = rows.map((cells) => cells.filter(({ characters }) => characters > 0)).filter((cells) => cells.length > 0);
  const wide = filled.filter((cells) => cells.length > 1);
  if (wide.length === 0 || filled.flat().some(({ isFurniture }) => isFurniture)) return true;
  if (filled.some((cells) => cells.length === 1 && cells.some(isArticle))) return true;
  if (wide.length === 1) return wide.some((cells) => cells.some(isArticle));
  const [heading = []] = wide;
  if (wide.length > 2 && heading.length > 2 && heading.every(({ characters }) => characters <= headingLength)) return false;
  const total = filled.flat().reduce((sum, { characters }) => sum + characters, 0);
  const headed = heading.every(({ characters, lines }) => characters <= headingLength && lines <= 2);
  return wide.flat().some((cell) => isArticle(cell) && (cell.holdsTable || (cell.characters > total * 0.7 && !headed)));
}

const isArticle = ({ characters, lines, holdsTable }: CellShape): boolean => holdsTable || (lines >= 3 && characters >= 120);

/** The shape of a cell whose blocks are known. */
export function shapeOf({ blocks }: TableCell): CellShape {
  let [characters, lines, holdsTable] = [0, 0, false];
  for (const block of blocks) {
    if (block.kind === 'line') [characters, lines] = [characters + block.text.length, lines + 1];
    else {
      holdsTable = true;
      for (const cell of block.rows.flat()) {
        const inner = shapeOf(cell);
        [characters, lines] = [characters + inner.characters, lines + inner.lines];
      }
    }
  }
  return { characters, lines, holdsTable, isFurniture: false };
}

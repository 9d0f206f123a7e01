import type { Block, TableBlock } from './table';

interface OpenCell {
  blocks: readonly Block[];
  colSpan: number;
  rowSpan: number;
  /** It belongs to the cell above (w:vMerge) or to the one on its left (w:hMerge). */
  continues: 'above' | 'left' | null;
}

interface OpenRow {
  readonly cells: OpenCell[];
  /** Columns of the grid before the first cell. */
  before: number;
  isDeleted: boolean;
}

/** Builds a table out of its rows and cells as they come, merged cells put together (ECMA-376 part 1, 17.4.84 and 17.4.17). */
export class DocxTable {
  private readonly rows: OpenRow[] = [];

  startRow(): void {
    this.rows.push({ cells: [], before: 0, isDeleted: false });
  }

  startCell(): void {
    this.rows.at(-1)?.cells.push({ blocks: [], colSpan: 1, rowSpan: 1, continues: null });
  }

  get row(): OpenRow | undefined {
    return this.rows.at(-1);
  }

  get cell(): OpenCell | undefined {
    return this.row?.cells.at(-1);
  }

  block(): TableBlock {
    /** By column of the grid: the cell that may be continued below. */
    const above = new Map<number, OpenCell>();
    const rows = this.rows
      .filter(({ isDeleted }) => !isDeleted)
      .map(({ cells, before }) => {
        const own: OpenCell[] = [];
        for (let column = 0; column < before; column += 1) own.push({ blocks: [], colSpan: 1, rowSpan: 1, continues: null });
        let column = before;
        for (const cell of cells) {
          const started = above.get(column);
          const left = own.at(-1);
          if (cell.continues === 'left' && left !== undefined) left.colSpan += cell.colSpan;
          else if (cell.continues === 'above' && started !== undefined) started.rowSpan += 1;
          else {
            own.push(cell);
            above.set(column, cell);
          }
          column += cell.colSpan;
        }
        return own;
      });
    return { kind: 'table', rows };
  }
}

/** The most columns that a cell may span, or a row leave out; a table of Word has 63. */
export const gridSpan = (value: string | undefined): number => Math.min(/^\d{1,4}$/.test(value ?? '') ? Number(value) : 1, 63);

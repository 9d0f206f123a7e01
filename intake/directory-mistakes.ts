import { badInput } from '../domain/failure';
import { headings, type Column, type Table } from './directory-columns';
import { cellName } from './sheet-place';

/** Takes down a mistake: the row as a spreadsheet shows it, the column, a sentence. */
export type Note = (row: number, column: Column, what: string) => void;

interface Mistake {
  readonly table: number;
  readonly row: number;
  readonly line: string;
}

/** Collects mistakes of the tables of a file, to tell them all at once. */
export function openMistakes(): { readonly noteOn: (table: Table) => Note; readonly throwIfAny: () => void } {
  const mistakes: Mistake[] = [];
  const tables: Table[] = [];
  return {
    noteOn: (table) => {
      const index = tables.push(table) - 1;
      return (row, column, what) => {
        const line = `${index === 0 ? '' : table.form.title}第${row}行“${headings[column][0]}”${cellOf(table, row, column)}：${what}`;
        if (!mistakes.some((mistake) => mistake.row === row && mistake.line === line)) mistakes.push({ table: index, row, line });
      };
    },
    throwIfAny: () => {
      if (mistakes.length === 0) return;
      const shown = mistakes.toSorted((a, b) => a.table - b.table || a.row - b.row).slice(0, 20);
      const more = mistakes.length > shown.length ? `（列出前${shown.length}处）` : '';
      const title = `人员表有${mistakes.length}处错误，未导入任何内容${more}：`;
      throw badInput('directory.rows', [title, ...shown.map(({ line }) => line)].join('\n'), '请逐处改正后重新导入整个文件。');
    },
  };
}

/** A person who corrects a workbook looks for C5; who corrects a CSV has no letters. */
function cellOf({ format, columns }: Table, row: number, column: Column): string {
  const index = columns.get(column);
  return format === 'xlsx' && index !== undefined ? `（${cellName(row, index + 1)}）` : '';
}

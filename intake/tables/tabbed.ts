import type { DocumentTable, TableRow } from '../readers/reader';

/** Headings across a table: this many lines at most, this long, between two of its rows. */
const mostHeadings = 3;
const longestHeading = 80;

/** Tables in a plain text: lines in a row whose cells are parted by tabs, at least three cells in one of them; headings between them too. */
export function tabbedTables(lines: readonly string[]): DocumentTable[] {
  const tables: DocumentTable[] = [];
  let rows: TableRow[] = [];
  let between: TableRow[] = [];
  const close = (): void => {
    if (rows.some(({ cells }) => cells.length >= 3)) tables.push({ name: null, rows });
    rows = [];
    between = [];
  };
  lines.forEach((line, index) => {
    const text = line.trimEnd();
    // an indent is no cell
    if (/\S\t/u.test(text) || (rows.length > 0 && text.startsWith('\t'))) {
      rows.push(...between, { cells: text.split('\t'), line: index + 1 });
      between = [];
    } else if (text !== '' && rows.length > 0) {
      between.push({ cells: [text], line: index + 1 });
      if (between.length > mostHeadings || text.length > longestHeading) close();
    }
  });
  close();
  return tables;
}

import { formatTable, surfaceOf, type Cell, type Column } from './table';

/** Prints one JSON object as the last line of stdout. */
export const printJson = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};

/** Prints lines for a person. */
export const print = (...lines: readonly string[]): void => {
  for (const line of lines) process.stdout.write(`${line}\n`);
};

/** Prints a table that fits the terminal; without rows, that there are none. */
export const printTable = (columns: readonly Column[], rows: readonly (readonly Cell[])[]): void => {
  print(rows.length === 0 ? '（无）' : formatTable(columns, rows, surfaceOf(process.stdout)));
};

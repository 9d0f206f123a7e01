import type { LocalDate } from '../domain/time';
import { readDirectoryTables, type DirectoryDraft } from './directory-table';
import { readSheets, type SheetFormat } from './sheet';

/** `asOf`: see `readDirectoryCsv`. `format`: what the file is, when the caller knows better than its bytes. */
interface DirectoryFileOptions {
  readonly asOf: LocalDate;
  readonly format?: SheetFormat | undefined;
}

/**
 * Reads the organisation from a CSV file or an xlsx workbook, whichever the bytes are; columns, ids and mistakes as in `readDirectoryCsv`.
 * Of a workbook the sheet 人员 is read, else the first; a sheet 代理 may name more substitutes (姓名, 代理人, optionally 单位, 角色, 代理起,
 * 代理止; without 角色 for all roles). Mistakes in a workbook name the cell too. Throws badInput directory.rows, directory.header and the
 * codes of `readSheets`.
 */
export async function readDirectoryFile(bytes: Uint8Array, { asOf, format }: DirectoryFileOptions): Promise<DirectoryDraft> {
  const sheets = await readSheets(bytes, format);
  const substitutes = sheets.find(({ name }) => name === '代理');
  const staff = sheets.find(({ name }) => name === '人员') ?? sheets.find((sheet) => sheet !== substitutes);
  return readDirectoryTables({ staff: staff ?? { format: 'xlsx', name: null, rows: [] }, substitutes }, asOf);
}

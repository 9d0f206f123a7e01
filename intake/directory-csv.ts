import { badInput } from '../domain/failure';
import type { LocalDate } from '../domain/time';
import { formatCsv } from './csv';
import { directoryRecords, narrowed } from './directory-records';
import { readDirectoryTables, type DirectoryDraft } from './directory-table';
import { csvSheet } from './sheet';

export type { DirectoryDraft } from './directory-table';

/** `asOf`: two heads of one unit are an error from this day on; an overlap that is over is history. */
interface DirectoryCsvOptions {
  readonly asOf: LocalDate;
}

/**
 * Reads the organisation from a CSV file (UTF-8 with or without BOM, or GB18030; quoting by RFC 4180), one row a post:
 * 单位, 上级单位, 单位类别, 姓名, 角色, 职务, 邮箱, 任职起, 任职止, 代理人, 代理起, 代理止. A unit states its parent and kind on any one of its
 * rows; a row without a name only states a unit. 代理人 stands in for the roles of its row; several in turn are several rows that repeat
 * the post. All or nothing: throws a ZhenggaiError `directory.rows` (bad input) with the first 20 mistakes by row and column, or
 * `csv.encoding`, `csv.quotes`, `sheet.tooLarge`, `directory.header` when the file can't be read as such a table.
 *
 * Ids are made from the file alone, so that reading it again gives the same ones, also after rows were added below or posts ended:
 * - a unit is its path of names from the top: under another name or parent it is another unit;
 * - a person is the name and the unit of their first row. Rows of one name are one person if they carry the same mail, or if one
 *   carries none and stands in a unit of the other. So keep the row of a former post and fill in 任职止.
 */
export const readDirectoryCsv = (bytes: Uint8Array, { asOf }: DirectoryCsvOptions): DirectoryDraft =>
  readDirectoryTables({ staff: csvSheet(bytes) }, asOf);

/**
 * The directory as a CSV file that `readDirectoryCsv` reads back: UTF-8 with BOM, lines ended by CRLF; text that a spreadsheet program
 * would run as a formula has an apostrophe in front, which reading takes away. A file holds people by their posts, so persons without a
 * post, and substitutes for a role that a person doesn't hold, are left out. Throws badInput `directory.sameName` for two units of one
 * name, or a substitute who can't be told from a namesake.
 */
export function writeDirectoryCsv(directory: DirectoryDraft): string {
  const { staff, substitutes } = directoryRecords(narrowed(directory));
  const name = substitutes[1]?.[0];
  if (name !== undefined)
    throw badInput('directory.sameName', `“${name}”的代理人有同名的人，CSV 里分不清。`, '请给同名的人补上邮箱，或导出为xlsx。');
  return formatCsv(staff);
}

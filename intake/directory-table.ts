import { checkDirectory } from '../domain/directory-check';
import type { Directory } from '../domain/directory';
import type { DirectoryFailure } from '../domain/directory-failures';
import { badInput } from '../domain/failure';
import type { LocalDate } from '../domain/time';
import { readTable, staffForm, substituteForm, type Column } from './directory-columns';
import { openMistakes, type Note } from './directory-mistakes';
import { namesOf } from './directory-names';
import { readPersons, readPosts } from './directory-persons';
import { readRows } from './directory-rows';
import { mergeSubstitutes, substitutesOfRows, substitutesOfTable } from './directory-substitutes';
import { readUnits } from './directory-units';
import type { Sheet } from './sheet';

/** What a file says about the organisation; the ledger gives it its version. */
export type DirectoryDraft = Pick<Directory, 'units' | 'persons' | 'posts' | 'substitutes'>;

/** The table of posts and, in a workbook, that of substitutes. */
interface DirectorySheets {
  readonly staff: Sheet;
  readonly substitutes?: Sheet | undefined;
}

/**
 * Reads the tables of a directory file; `readDirectoryCsv` says what they hold. Contradictions that any directory can have are found
 * by `checkDirectory` and told by row and column. Throws badInput directory.header, directory.rows.
 */
export function readDirectoryTables(sheets: DirectorySheets, asOf: LocalDate): DirectoryDraft {
  const { noteOn, throwIfAny } = openMistakes();
  const table = readTable(sheets.staff, staffForm);
  const note = noteOn(table);
  const rows = readRows(table, note);
  const units = readUnits(rows, note);
  const personOf = readPersons(rows, units, note);
  const posts = readPosts(rows, units, personOf);

  const content = {
    units: [...units.values()].map(({ unit }) => unit),
    persons: [...new Set(rows.flatMap((row) => personOf.get(row) ?? []))],
    posts: posts.map(({ post }) => post),
  };
  const known = { persons: personOf, units, names: namesOf(content) };
  const second = sheets.substitutes === undefined ? null : readTable(sheets.substitutes, substituteForm);
  const substitutes = mergeSubstitutes(
    [...substitutesOfRows(rows, known, note), ...(second === null ? [] : substitutesOfTable(second, known, noteOn(second)))],
    content.persons,
  );

  const directory = { ...content, substitutes: substitutes.map(({ substitute }) => substitute) };
  const stated = { units: [...units.values()], posts, substitutes };
  for (const failure of checkDirectory(directory, asOf)) tell(failure, stated, note);
  throwIfAny();
  if (posts.length === 0) throw badInput('directory.rows', '人员表里没有一个职务。', '请至少填写一行姓名和角色。');
  return directory;
}

/** Takes down a contradiction where the file states it. */
function tell(
  { list, index, other, code, what, todo }: DirectoryFailure,
  stated: Readonly<Record<DirectoryFailure['list'], readonly { readonly row: number; readonly note?: Note }[]>>,
  note: Note,
): void {
  const at = stated[list][index];
  const collides = other === null ? undefined : stated[list][other];
  const also = collides === undefined || collides.row === at?.row || collides.note !== at?.note ? '' : `（另见第${collides.row}行）`;
  (at?.note ?? note)(at?.row ?? 1, columnOf(list, code), `${what}${todo}${also}`);
}

function columnOf(list: DirectoryFailure['list'], code: string): Column {
  if (list === 'units') return 'parent';
  if (code === 'directory.dates') return list === 'posts' ? 'to' : 'substituteTo';
  return list === 'posts' ? 'role' : 'substitute';
}

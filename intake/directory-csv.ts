import { createHash } from 'node:crypto';
import type { Directory, Person, Post, Unit, UnitKind } from '../domain/directory';
import { badInput } from '../domain/failure';
import { roles } from '../domain/roles';
import type { LocalDate } from '../domain/time';
import { readCsv } from './csv';
import { openMistakes, readRows, type Note, type Row } from './directory-rows';

/** What a file says about the organisation; the ledger gives it its version. */
export type DirectoryDraft = Pick<Directory, 'units' | 'persons' | 'posts'>;

/** `asOf`: two heads of one unit are an error from this day on; an overlap that is over is history. */
interface DirectoryCsvOptions {
  readonly asOf: LocalDate;
}

/**
 * Reads the organisation from a CSV file (UTF-8 with or without BOM, or GB18030; quoting by RFC 4180), one row a post:
 * 单位, 上级单位, 单位类别, 姓名, 角色, 职务, 邮箱, 任职起, 任职止. A unit states its parent and kind on any one of its rows; a row without a
 * name only states a unit. All or nothing: throws a ZhenggaiError `directory.rows` (bad input) with the first 20 mistakes by row and
 * column, or `csv.encoding`, `csv.quotes`, `directory.header` when the file can't be read as such a table.
 *
 * Ids are made from the file alone, so that reading it again gives the same ones, also after rows were added below or posts ended:
 * - a unit is its path of names from the top: under another name or parent it is another unit;
 * - a person is the name and the unit of their first row. Rows of one name are one person if they carry the same mail, or if one
 *   carries none and stands in a unit of the other. So keep the row of a former post and fill in 任职止.
 */
export function readDirectoryCsv(bytes: Uint8Array, { asOf }: DirectoryCsvOptions): DirectoryDraft {
  const mistakes = openMistakes();
  const { note } = mistakes;
  const rows = readRows(readCsv(bytes), note);
  const units = readUnits(rows, note);
  const persons = readPersons(rows, units, note);
  const posts = readPosts(rows, units, persons);
  checkPosts(posts, asOf, note);

  mistakes.throwIfAny();
  if (posts.length === 0) throw badInput('directory.rows', '人员表里没有一个职务。', '请至少填写一行姓名和角色。');
  return {
    units: [...units.values()].map(({ unit }) => unit),
    persons: [...new Set(rows.flatMap((row) => persons.get(row) ?? []))],
    posts: posts.map(({ post }) => post),
  };
}

interface NamedUnit {
  readonly unit: Unit;
  /** Names from the top, what its id is made of. */
  readonly path: string;
}

/** By name: in a file, a name stands for one unit. */
type Units = ReadonlyMap<string, NamedUnit>;

function readUnits(rows: readonly Row[], note: Note): Units {
  const stated = new Map<string, { row: number; parent: string; kind: UnitKind | null }>();
  for (const { row, unit, parent, kind } of rows) {
    const known = stated.get(unit) ?? { row, parent: '', kind: null };
    if (parent !== '' && known.parent !== '' && parent !== known.parent) {
      note(row, 'parent', `“${unit}”前面填的是“${known.parent}”；不同的单位请用不同的名称。`);
    }
    if (kind !== null && known.kind !== null && kind !== known.kind) note(row, 'kind', `“${unit}”前面填的是别的类别。`);
    stated.set(unit, { row: known.row, parent: known.parent || parent, kind: known.kind ?? kind });
  }

  const parentOf = (name: string): string => stated.get(name)?.parent ?? '';
  const lineOf = (name: string): string[] => {
    const line = [name];
    for (let at = parentOf(name); at !== '' && !line.includes(at); at = parentOf(at)) line.push(at);
    return line;
  };
  const pathOf = (name: string): string => lineOf(name).reverse().join(' › ');

  const units = new Map<string, NamedUnit>();
  for (const [name, { row, parent, kind }] of stated) {
    if (kind === null) note(row, 'kind', `“${name}”没有填写类别。`);
    if (parent !== '' && !stated.has(parent)) note(row, 'parent', `表里没有“${parent}”这个单位。`);
    const line = lineOf(name);
    const returns = parentOf(line.at(-1) ?? '') === name;
    if (returns && line.every((member) => (stated.get(member)?.row ?? 0) >= row)) {
      note(row, 'parent', `上级关系成环：${[...line, name].join(' → ')}。`);
    }
    const path = pathOf(name);
    const parentId = parent === '' ? null : idOf('u', pathOf(parent));
    units.set(name, { unit: { id: idOf('u', path), name, kind: kind ?? 'unit', parentId }, path });
  }
  return units;
}

/** Short enough to read, long enough (40 bits) not to meet another of a few thousand. */
const idOf = (prefix: 'u' | 'p', key: string): string => `${prefix}-${createHash('sha256').update(key).digest('hex').slice(0, 10)}`;

/** The person of each row that names one. */
function readPersons(rows: readonly Row[], units: Units, note: Note): ReadonlyMap<Row, Person> {
  const people: { name: string; email: string | null; rows: Row[] }[] = [];
  const named = rows.filter(({ name }) => name !== '');
  for (const row of [...named.filter(({ email }) => email !== null), ...named.filter(({ email }) => email === null)]) {
    const same = people.filter(({ name, email, rows: theirs }) =>
      row.email === null ? name === row.name && theirs.some(({ unit }) => unit === row.unit) : name === row.name && email === row.email,
    );
    if (same.length > 1) note(row.row, 'email', `本单位有几个“${row.name}”，请填写邮箱以便区分。`);
    if (same[0] === undefined) people.push({ name: row.name, email: row.email, rows: [row] });
    else same[0].rows.push(row);
  }

  const persons = new Map<Row, Person>();
  const firstRows = new Map<string, number>();
  for (const { name, email, rows: theirs } of people) {
    const first = theirs.reduce((a, b) => (a.row <= b.row ? a : b));
    const id = idOf('p', `${name} @ ${units.get(first.unit)?.path ?? first.unit}`);
    const other = firstRows.get(id);
    if (other !== undefined) {
      note(
        Math.max(first.row, other),
        'name',
        `与第${Math.min(first.row, other)}行同单位同名而邮箱不同：一个人请统一邮箱，两个人请在姓名后注明区别。`,
      );
    }
    firstRows.set(id, first.row);
    const person = { id, name, email };
    theirs.forEach((row) => persons.set(row, person));
  }
  return persons;
}

interface RowPost {
  readonly row: number;
  readonly post: Post;
}

const readPosts = (rows: readonly Row[], units: Units, persons: ReadonlyMap<Row, Person>): RowPost[] =>
  rows.flatMap((row) => {
    const person = persons.get(row);
    const unit = units.get(row.unit)?.unit;
    if (person === undefined || unit === undefined) return [];
    const { title, from, to } = row;
    return row.roles.map((role) => ({ row: row.row, post: { personId: person.id, unitId: unit.id, role, title, from, to } }));
  });

/** A post entered twice, and two heads of one unit on a day from `asOf` on. */
function checkPosts(posts: readonly RowPost[], asOf: LocalDate, note: Note): void {
  const earlier = new Map<string, RowPost[]>();
  for (const entry of posts) {
    const { post, row } = entry;
    const key = `${post.unitId} ${post.role}`;
    const others = earlier.get(key) ?? [];
    earlier.set(key, [...others, entry]);
    for (const other of others) {
      const lastCommonDay = overlapEnd(other.post, post);
      if (lastCommonDay === null) continue;
      if (other.post.personId === post.personId) note(row, 'role', `与第${other.row}行重复（同一人、同一单位、同一角色，任期重叠）。`);
      else if (post.role === 'unitHead' && lastCommonDay >= asOf) {
        note(row, 'role', `第${other.row}行已是该单位现任${roles.unitHead}；一个单位只能有一个，前任请填写任职止。`);
      }
    }
  }
}

/** The last day both posts are held, `9999-12-31` when that is open; null when there is no such day. */
function overlapEnd(a: Post, b: Post): string | null {
  const [aTo, bTo] = [a.to ?? '9999-12-31', b.to ?? '9999-12-31'];
  const end = aTo < bTo ? aTo : bTo;
  return (a.from ?? '') <= end && (b.from ?? '') <= end ? end : null;
}

import type { Person, Post } from '../domain/directory';
import type { Note } from './directory-mistakes';
import type { Row } from './directory-rows';
import { idOf, type Units } from './directory-units';

/** The person of each row that names one; who is one person: see `readDirectoryCsv`. */
export function readPersons(rows: readonly Row[], units: Units, note: Note): ReadonlyMap<Row, Person> {
  const named = rows.filter(({ name }) => name !== '');
  const people = new Map<string, { email: string | null; rows: Row[] }[]>();
  for (const row of [...named.filter(({ email }) => email !== null), ...named.filter(({ email }) => email === null)]) {
    const namesakes = people.get(row.name) ?? [];
    const same = namesakes.filter(({ email, rows: theirs }) =>
      row.email === null ? theirs.some(({ unit }) => unit === row.unit) : row.email === email,
    );
    if (same.length > 1) note(row.row, 'email', `本单位有几个“${row.name}”，请填写邮箱以便区分。`);
    if (same[0] === undefined) namesakes.push({ email: row.email, rows: [row] });
    else same[0].rows.push(row);
    people.set(row.name, namesakes);
  }

  const persons = new Map<Row, Person>();
  const firstRows = new Map<string, number>();
  for (const [name, namesakes] of people) {
    for (const { email, rows: theirs } of namesakes) {
      const first = theirs.reduce((a, b) => (a.row <= b.row ? a : b));
      const id = idOf('p', `${name} @ ${units.get(first.unit)?.path ?? first.unit}`);
      const other = firstRows.get(id);
      if (other !== undefined) {
        const [earlier, later] = [Math.min(first.row, other), Math.max(first.row, other)];
        note(later, 'name', `与第${earlier}行同单位同名而邮箱不同：一个人请统一邮箱，两个人请在姓名后注明区别。`);
      }
      firstRows.set(id, first.row);
      const person = { id, name, email };
      theirs.forEach((row) => persons.set(row, person));
    }
  }
  return persons;
}

/** A post and the row that states it. */
export interface StatedPost {
  readonly row: number;
  readonly post: Post;
}

/** The posts of all rows. A row that repeats a post exactly, to name another substitute for it, states no second one. */
export function readPosts(rows: readonly Row[], units: Units, persons: ReadonlyMap<Row, Person>): StatedPost[] {
  const standIns = new Map<string, Set<string>>();
  return rows.flatMap((row) => {
    const person = persons.get(row);
    const unit = units.get(row.unit)?.unit;
    if (person === undefined || unit === undefined) return [];
    const { title, from, to, standIn } = row;
    return row.roles.flatMap((role) => {
      const post = { personId: person.id, unitId: unit.id, role, title, from, to };
      const key = JSON.stringify(post);
      const known = standIns.get(key);
      const named = JSON.stringify(standIn);
      const onlyNamesSubstitute = known !== undefined && standIn.name !== '' && !known.has(named);
      standIns.set(key, (known ?? new Set<string>()).add(named));
      return onlyNamesSubstitute ? [] : [{ row: row.row, post }];
    });
  });
}

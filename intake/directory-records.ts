import type { Post, Substitute, Unit } from '../domain/directory';
import { badInput } from '../domain/failure';
import { roles, type Role } from '../domain/roles';
import { guarded } from './directory-cells';
import { headings, kinds, staffForm, substituteForm, type Column, type Form } from './directory-columns';
import { namesOf } from './directory-names';
import type { DirectoryDraft } from './directory-table';

type Row = Partial<Record<Column, string | null>>;

/** The tables of a directory file as cells of text, headers first; `substitutes` is empty when the rows of posts say it all. */
export interface DirectoryRecords {
  readonly staff: string[][];
  readonly substitutes: string[][];
}

/**
 * A row for each post, or for posts of a person that differ only in role. What a row can't say of substitutes (for all roles whatever
 * they are, for a role that the person doesn't hold) stands in the second table. Throws badInput `directory.sameName`.
 */
export function directoryRecords(directory: DirectoryDraft): DirectoryRecords {
  requireNames(directory.units);
  const persons = personsOf(directory);
  const inRows = (substitute: Substitute): boolean => {
    const sayable = directory.posts.filter(
      ({ personId, unitId }) => personId === substitute.personId && persons.saysStandIn(substitute, unitId),
    );
    return substitute.roles.length > 0 && substitute.roles.every((role) => sayable.some((post) => post.role === role));
  };
  const rest = directory.substitutes.filter((substitute) => !inRows(substitute));
  const rows = staffRows({ ...directory, substitutes: directory.substitutes.filter(inRows) }, persons);
  return {
    staff: records(staffForm, rows),
    substitutes: rest.length === 0 ? [] : records(substituteForm, rest.map(persons.substituteRow)),
  };
}

/** The directory with substitutes for the roles that their persons hold, so that rows of posts say it all. */
export function narrowed(directory: DirectoryDraft): DirectoryDraft {
  const held = rolesBy(directory.posts, ({ personId }) => personId);
  const substitutes = directory.substitutes.flatMap((substitute) => {
    const own = [...(held.get(substitute.personId) ?? [])].filter(
      (role) => substitute.roles.length === 0 || substitute.roles.includes(role),
    );
    return own.length === 0 ? [] : [{ ...substitute, roles: own }];
  });
  return { ...directory, substitutes };
}

function rolesBy(posts: readonly Post[], keyOf: (post: Post) => string): ReadonlyMap<string, ReadonlySet<Role>> {
  const held = new Map<string, Set<Role>>();
  for (const post of posts) held.set(keyOf(post), (held.get(keyOf(post)) ?? new Set<Role>()).add(post.role));
  return held;
}

const records = (form: Form, rows: readonly Row[]): string[][] => [
  form.columns.map((column) => headings[column][0]),
  ...rows.map((row) => form.columns.map((column) => guarded(row[column] ?? ''))),
];

const labels = (some: readonly Role[]): string => some.map((role) => roles[role]).join('、');

/** In a file a name stands for one unit. */
function requireNames(units: readonly Unit[]): void {
  const names = new Set<string>();
  for (const { name } of units) {
    if (names.has(name)) throw badInput('directory.sameName', `有两个单位都叫“${name}”，表格里分不清。`, '请先给其中一个改名再导出。');
    names.add(name);
  }
}

/** What rows say of persons. */
interface Persons {
  readonly own: (personId: string) => Row;
  readonly standIn: (substitute: Substitute, unitId: string) => Row;
  /** Whether a row of the unit can name the substitute so that nobody else is meant. */
  readonly saysStandIn: (substitute: Substitute, unitId: string) => boolean;
  readonly substituteRow: (substitute: Substitute) => Row;
}

function personsOf(directory: DirectoryDraft): Persons {
  const names = namesOf(directory);
  const persons = new Map(directory.persons.map((person) => [person.id, person]));
  const written = (id: string, unitId?: string): string => {
    const person = persons.get(id);
    return person === undefined ? id : names.write(person, unitId);
  };
  return {
    own: (id) => ({ name: persons.get(id)?.name ?? id, email: persons.get(id)?.email ?? null }),
    standIn: ({ substituteId, from, to }, unitId) => ({
      substitute: written(substituteId, unitId),
      substituteFrom: from,
      substituteTo: to,
    }),
    saysStandIn: ({ substituteId }, unitId) => names.find(written(substituteId, unitId), unitId).length === 1,
    substituteRow: ({ personId, substituteId, roles: some, from, to }) => ({
      ...{ name: written(personId), role: labels(some) },
      ...{ substitute: written(substituteId), substituteFrom: from, substituteTo: to },
    }),
  };
}

/** Rows in the order of the posts; each unit is introduced by its first row, in the order of the units. */
function staffRows({ units, posts, substitutes }: DirectoryDraft, persons: Persons): Row[] {
  const places = new Map(units.map(({ id }, index) => [id, index]));
  const unitNames = new Map(units.map(({ id, name }) => [id, name]));
  const held = rolesBy(posts, ({ unitId }) => unitId);
  const unitRows = units.map((unit) => ({
    ...{ unit: unit.name, parent: unitNames.get(unit.parentId ?? '') ?? null, kind: kindOf(unit, held.get(unit.id)) },
  }));
  const rows: Row[] = [];
  let introduced = 0;
  for (const { post, roles: some, standIns } of groupsOf(posts, substitutes, persons)) {
    const place = places.get(post.unitId) ?? -1;
    const isNew = place >= introduced;
    if (isNew) rows.push(...unitRows.slice(introduced, place));
    introduced = Math.max(introduced, place + 1);

    const { title, from, to, unitId, personId } = post;
    const row = { unit: unitNames.get(unitId) ?? unitId, ...persons.own(personId), role: labels(some), title, from, to };
    const [first, ...next] = standIns.map((each) => persons.standIn(each, unitId));
    rows.push({ ...row, ...(isNew ? unitRows[place] : {}), ...first }, ...next.map((each) => ({ ...row, ...each })));
  }
  return [...rows, ...unitRows.slice(introduced)];
}

/** The label of a kind. A directory keeps one kind for the inspecting side, its posts tell which of its labels fits. */
function kindOf({ kind }: Unit, held: ReadonlySet<Role> = new Set()): string {
  const label = [...kinds].find(([, each]) => each === kind)?.[0] ?? '';
  if (kind !== 'inspection') return label;
  if (held.has('disciplineGroup')) return '纪检监察机构';
  if (held.has('organisationDept')) return '组织部门';
  return held.has('auditor') ? '审计机关' : label;
}

interface PostGroup {
  readonly post: Post;
  readonly roles: Role[];
  readonly standIns: readonly Substitute[];
}

/**
 * Posts that follow each other and differ only in role share a row, if the same persons stand in for them. A row that can't name a
 * substitute leaves it to another of the person's rows: a substitute is for a role, in whichever unit.
 */
function groupsOf(posts: readonly Post[], substitutes: readonly Substitute[], { saysStandIn }: Persons): PostGroup[] {
  const ofPerson = new Map<string, Substitute[]>();
  for (const each of substitutes) ofPerson.set(each.personId, [...(ofPerson.get(each.personId) ?? []), each]);
  const groups: PostGroup[] = [];
  let lastKey = '';
  for (const post of posts) {
    const standIns = (ofPerson.get(post.personId) ?? []).filter((each) => each.roles.includes(post.role) && saysStandIn(each, post.unitId));
    const key = JSON.stringify([{ ...post, role: '' }, standIns]);
    const last = groups.at(-1);
    if (last !== undefined && key === lastKey && !last.roles.includes(post.role)) last.roles.push(post.role);
    else groups.push({ post, roles: [post.role], standIns });
    lastKey = key;
  }
  return groups;
}

import type { Person, Substitute } from '../domain/directory';
import { roles, type Role } from '../domain/roles';
import { unpadded } from './directory-cells';
import type { Column, Table } from './directory-columns';
import type { Note } from './directory-mistakes';
import type { Names } from './directory-names';
import { isBlank, readRoles, readStandIn, textOf, type Row } from './directory-rows';
import type { Units } from './directory-units';

/** A substitute, and the row and table that name it first. */
export interface StatedSubstitute {
  readonly row: number;
  readonly note: Note;
  readonly substitute: Substitute;
}

/** Substitutes in the columns 代理人, 代理起, 代理止 of the rows of posts: for the roles of their row. */
export function substitutesOfRows(
  rows: readonly Row[],
  { persons, units, names }: { persons: ReadonlyMap<Row, Person>; units: Units; names: Names },
  note: Note,
): StatedSubstitute[] {
  return rows.flatMap((row) => {
    const { standIn } = row;
    const person = persons.get(row);
    if (standIn.name === '' || person === undefined || row.roles.length === 0) return [];
    const { name, from, to } = standIn;
    const place = { row: row.row, column: 'substitute', note } as const;
    const substitute = onlyOne(names.find(name, units.get(row.unit)?.unit.id), name, place);
    if (substitute === null) return [];
    return [{ row: row.row, note, substitute: { personId: person.id, substituteId: substitute.id, roles: row.roles, from, to } }];
  });
}

/** Substitutes of the sheet 代理, one a row: 姓名, 代理人, optionally 单位 (of the person, among namesakes), 角色 (none: all), 代理起, 代理止. */
export function substitutesOfTable(table: Table, { units, names }: { units: Units; names: Names }, note: Note): StatedSubstitute[] {
  return table.records.flatMap(({ row, cells }) => {
    if (isBlank(cells)) return [];
    const text = textOf(table, cells);
    const unit = units.get(text('unit'));
    if (text('unit') !== '' && unit === undefined) note(row, 'unit', `人员表里没有“${text('unit')}”这个单位。`);
    const held = readRoles(row, text('role'), note) ?? [];
    const { name, from, to } = readStandIn(row, text, note);
    const [person, substitute] = [
      onlyOne(names.find(unpadded(text('name')), unit?.unit.id), text('name'), { row, column: 'name', note }),
      onlyOne(names.find(name, unit?.unit.id), name, { row, column: 'substitute', note }),
    ];
    if (person === null || substitute === null) return [];
    return [{ row, note, substitute: { personId: person.id, substituteId: substitute.id, roles: held, from, to } }];
  });
}

function onlyOne(
  found: readonly Person[],
  written: string,
  { row, column, note }: { row: number; column: Column; note: Note },
): Person | null {
  const [person] = found;
  if (found.length === 1 && person !== undefined) return person;
  if (written === '') note(row, column, '没有填写。');
  else if (person === undefined) note(row, column, `人员表里没有“${written}”。`);
  else note(row, column, `有几个“${written}”，请写成“${person.name}（单位）”或“${person.name}（邮箱）”。`);
  return null;
}

/**
 * One substitute for all rows that name the same person for the same period, so that it doesn't matter on how many rows a person's
 * roles stand. In the order of the persons in the file, then of the days.
 */
export function mergeSubstitutes(stated: readonly StatedSubstitute[], persons: readonly Person[]): StatedSubstitute[] {
  const merged = new Map<string, StatedSubstitute>();
  for (const each of stated) {
    const { personId, substituteId, from, to } = each.substitute;
    const key = [personId, substituteId, from ?? '', to ?? ''].join(' ');
    const known = merged.get(key) ?? each;
    merged.set(key, { ...known, substitute: { ...each.substitute, roles: together(known.substitute.roles, each.substitute.roles) } });
  }
  const place = new Map(persons.map(({ id }, index) => [id, String(index).padStart(6, '0')]));
  const order = ({ substitute: { personId, substituteId, from, to } }: StatedSubstitute): string =>
    [place.get(personId), from ?? '', to ?? '9', place.get(substituteId)].join(' ');
  return [...merged.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** Roles of either, in the order of all roles; none stands for all of them. */
const together = (some: readonly Role[], more: readonly Role[]): Role[] =>
  some.length === 0 || more.length === 0 ? [] : (Object.keys(roles) as Role[]).filter((role) => some.includes(role) || more.includes(role));

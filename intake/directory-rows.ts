import { z } from 'zod';
import type { UnitKind } from '../domain/directory';
import { roleOf, roles, type Role } from '../domain/roles';
import type { LocalDate } from '../domain/time';
import { cleaned, readDate, unpadded } from './directory-cells';
import { kinds, type Column, type Table } from './directory-columns';
import type { Note } from './directory-mistakes';

const emailAddress = z.email();

/** Who stands in, as a row says it; `name` empty when nobody does. */
export interface StandIn {
  readonly name: string;
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
}

/** What one row says, cell by cell; `row` as a spreadsheet counts. */
export interface Row {
  readonly row: number;
  readonly unit: string;
  readonly parent: string;
  readonly kind: UnitKind | null;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly title: string;
  readonly email: string | null;
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
  readonly standIn: StandIn;
}

/** Rows of the table that name a unit, their mistakes noted. */
export function readRows(table: Table, note: Note): Row[] {
  return table.records.flatMap(({ row, cells }) => {
    if (isBlank(cells)) return [];
    if (cells.length > table.width) note(row, 'unit', '该行的格数多于表头；含英文逗号的内容请加英文双引号。');
    return readRow(row, textOf(table, cells), note) ?? [];
  });
}

export const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cleaned(cell) === '');

/** The text of a record by column; empty for a column that the table hasn't. */
export const textOf =
  ({ columns }: Table, cells: readonly string[]) =>
  (column: Column): string =>
    cleaned(cells[columns.get(column) ?? -1] ?? '');

function readRow(row: number, text: (column: Column) => string, note: Note): Row | null {
  const unit = text('unit');
  if (unit === '') note(row, 'unit', '没有填写。');

  const kind = kinds.get(text('kind')) ?? null;
  if (kind === null && text('kind') !== '') note(row, 'kind', `没有“${text('kind')}”这个类别，可填${[...kinds.keys()].join('、')}。`);

  const name = unpadded(text('name'));
  const held = readRoles(row, text('role'), note);
  if (name !== '' && held === null) note(row, 'role', '没有填写。');
  const ofPerson = ['role', 'title', 'email', 'from', 'to', 'substitute', 'substituteFrom', 'substituteTo'] as const;
  if (name === '' && ofPerson.some((column) => text(column) !== '')) note(row, 'name', '没有填写。');

  const email = text('email').normalize('NFKC').toLowerCase();
  if (email !== '' && !emailAddress.safeParse(email).success) note(row, 'email', `“${email}”不是邮箱地址。`);

  const [from, to] = [readDay(row, 'from', text, note), readDay(row, 'to', text, note)];
  const standIn = readStandIn(row, text, note);
  if (standIn.name === '' && (text('substituteFrom') !== '' || text('substituteTo') !== '')) note(row, 'substitute', '没有填写。');

  if (unit === '') return null;
  return {
    row,
    unit,
    parent: text('parent'),
    kind,
    name,
    roles: held ?? [],
    title: text('title'),
    email: email || null,
    from,
    to,
    standIn,
  };
}

/** Roles of a cell, each once; null when it holds none, unknown ones noted. */
export function readRoles(row: number, text: string, note: Note): Role[] | null {
  const labels = text.split(/[、，,;；/\s]+/).filter(Boolean);
  const unknown = labels.filter((label) => roleOf(label) === undefined);
  if (unknown.length > 0) note(row, 'role', `没有“${unknown.join('、')}”这个角色，可填${Object.values(roles).join('、')}。`);
  return labels.length === 0 ? null : [...new Set(labels.map(roleOf))].filter((role) => role !== undefined);
}

/** The substitute of a record, with the dates of it. */
export const readStandIn = (row: number, text: (column: Column) => string, note: Note): StandIn => ({
  name: unpadded(text('substitute')),
  from: readDay(row, 'substituteFrom', text, note),
  to: readDay(row, 'substituteTo', text, note),
});

function readDay(row: number, column: Column, text: (column: Column) => string, note: Note): LocalDate | null {
  const date = readDate(text(column));
  if (date === undefined) note(row, column, `“${text(column)}”不是日期，请写成2026-08-01。`);
  return date ?? null;
}

import type { Directory } from './directory';
import type { Term } from './directory-terms';
import type { Failure } from './failure';
import { roles, type Role } from './roles';
import { isLocalDate } from './time';

/** A contradiction in a directory and where it lies: the list, the index in it, the index of the entry that it collides with. */
export interface DirectoryFailure extends Failure {
  readonly list: 'units' | 'posts' | 'substitutes';
  readonly index: number;
  readonly other: number | null;
}

interface Failures {
  readonly failures: readonly DirectoryFailure[];
  readonly fail: (index: number, code: string, what: string, todo: string, other?: number) => void;
  readonly name: Readonly<Record<'unit' | 'person', (id: string) => string>> & { readonly role: (role: Role) => string };
  readonly unknown: Readonly<Record<'unit' | 'person' | 'role', (index: number, id: string, whose: string) => void>>;
  readonly dates: (index: number, term: Term, whose: string) => void;
}

/** Collects the failures of one list of a directory; `name` gives what a person calls an id, the id itself when nobody knows it. */
export function openFailures(directory: Pick<Directory, 'units' | 'persons'>, list: DirectoryFailure['list']): Failures {
  const failures: DirectoryFailure[] = [];
  const units = new Map(directory.units.map(({ id, name }) => [id, name]));
  const persons = new Map(directory.persons.map(({ id, name }) => [id, name]));

  const fail: Failures['fail'] = (index, code, what, todo, other) => {
    failures.push({ code, what, todo, list, index, other: other ?? null });
  };
  return {
    failures,
    fail,
    name: {
      unit: (id: string): string => units.get(id) ?? id,
      person: (id: string): string => persons.get(id) ?? id,
      role: (role: Role): string => (isRole(role) ? roles[role] : role),
    },
    unknown: {
      unit: (index: number, id: string, whose: string): void => {
        if (!units.has(id)) fail(index, 'directory.unknownUnit', `${whose}指向不存在的单位（${id}）。`, '请先登记该单位，或改正编号。');
      },
      person: (index: number, id: string, whose: string): void => {
        if (!persons.has(id)) fail(index, 'directory.unknownPerson', `${whose}指向不存在的人员（${id}）。`, '请先登记该人员，或改正编号。');
      },
      role: (index: number, role: string, whose: string): void => {
        if (!isRole(role))
          fail(index, 'directory.unknownRole', `${whose}填写了未知的角色“${role}”。`, `可填${Object.values(roles).join('、')}。`);
      },
    },
    dates: (index: number, { from, to }: Term, whose: string): void => {
      const wrong = [from, to].find((day: string | null) => day !== null && !isLocalDate(day));
      if (wrong !== undefined) fail(index, 'directory.dates', `${whose}的日期“${String(wrong)}”不是日期。`, '请写成2026-08-01。');
      else if (from !== null && to !== null && to < from) {
        fail(index, 'directory.dates', `${whose}的止日（${to}）早于起日（${from}）。`, '请改正起止日期。');
      }
    },
  };
}

const isRole = (role: string): role is Role => Object.hasOwn(roles, role);

/** Names along a line, the middle of a long one left out. */
export const chain = (names: readonly string[]): string =>
  (names.length > 8 ? [...names.slice(0, 6), '…', ...names.slice(-1)] : names).join(' → ');

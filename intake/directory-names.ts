import type { Directory, Person } from '../domain/directory';

/** Persons of a directory by the names that offices write. */
export interface Names {
  /** Everybody who may be meant. A unit decides between namesakes, when one of them has a post there. */
  readonly find: (written: string, unitId?: string) => readonly Person[];
  /** How to write a person so that nobody else is meant. */
  readonly write: (person: Person, unitId?: string) => string;
}

/** A person is written 姓名, and where that is not enough 姓名（单位） or 姓名（邮箱）; brackets, spaces and case don't matter. */
export function namesOf({ units, persons, posts }: Pick<Directory, 'units' | 'persons' | 'posts'>): Names {
  const unitNames = new Map(units.map(({ id, name }) => [id, name]));
  const unitsOf = new Map(persons.map(({ id }) => [id, new Set<string>()]));
  for (const { personId, unitId } of posts) unitsOf.get(personId)?.add(unitId);
  const writings = ({ id, name, email }: Person): string[] => [
    name,
    ...[...(unitsOf.get(id) ?? [])].map((unitId) => `${name}（${unitNames.get(unitId) ?? ''}）`),
    ...(email === null ? [] : [`${name}（${email}）`]),
  ];

  const exact = new Map<string, Set<Person>>();
  const loose = new Map<string, Set<Person>>();
  for (const person of persons) {
    for (const writing of writings(person)) {
      exact.set(writing, (exact.get(writing) ?? new Set<Person>()).add(person));
      loose.set(simplified(writing), (loose.get(simplified(writing)) ?? new Set<Person>()).add(person));
    }
  }

  const find: Names['find'] = (written, unitId) => {
    const found = [...(exact.get(written) ?? loose.get(simplified(written)) ?? [])];
    const here = found.filter(({ id }) => unitId !== undefined && unitsOf.get(id)?.has(unitId));
    return here.length > 0 ? here : found;
  };
  const isMeant = (writing: string, person: Person, unitId?: string): boolean => {
    const found = find(writing, unitId);
    return found.length === 1 && found[0] === person;
  };
  return { find, write: (person, unitId) => writings(person).find((writing) => isMeant(writing, person, unitId)) ?? person.name };
}

const simplified = (written: string): string => written.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();

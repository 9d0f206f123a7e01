import type { Directory } from './directory';
import type { Role } from './roles';
import type { LocalDate } from './time';

// Who stands in for whom (代理), and when.

/** Whether a post or a substitute is in force on a day; both ends count. */
export const heldOn = ({ from, to }: { from: LocalDate | null; to: LocalDate | null }, on: LocalDate): boolean =>
  (from === null || from <= on) && (to === null || on <= to);

/** Who acts for a person in a role on a day: the substitute while one is named, else the person. A ring of substitutes ends where it began. */
export function actingFor(directory: Directory, personId: string, role: Role, on: LocalDate): string {
  let current = personId;
  for (const seen = new Set<string>(); !seen.has(current);) {
    seen.add(current);
    const away = current;
    const named = directory.substitutes.find(
      (one) => one.personId === away && heldOn(one, on) && (one.roles.length === 0 || one.roles.includes(role)),
    );
    if (named === undefined) return current;
    current = named.substituteId;
  }
  return personId;
}

/** A person and all for whom they may stand in on a day, through chains of substitutes; `holders` tells for which roles they do. */
export function stoodForBy({ substitutes }: Directory, personId: string, on: LocalDate): ReadonlySet<string> {
  const persons = new Set([personId]);
  // a set gives what is added while it is walked
  for (const current of persons)
    for (const one of substitutes) if (one.substituteId === current && heldOn(one, on)) persons.add(one.personId);
  return persons;
}

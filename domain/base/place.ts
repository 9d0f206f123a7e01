import type { Directory, Unit } from '../directory';
import { inspectionAbove, lineAbove, organisationOf } from '../directory-tree';
import type { Parties } from '../parties';
import type { Role } from '../roles';

/** Roles of the inspecting side: where one of these is vacant, that side hears of it. */
export const inspectingRoles: readonly Role[] = ['inspectionGroup', 'inspectionOffice', 'inspectionLeadingGroup'];

const officeRoles: readonly Role[] = ['rectificationOffice', ...inspectingRoles];

/** The post that a duty of the base data is about, as far as its offices are to be found from it. */
export interface Place {
  readonly role: Role;
  readonly unitId: string | null;
  readonly personId: string | null;
  /** Whose it is by what the event says: an organisation, or a unit of the inspecting side; null: the directory tells. */
  readonly organisationId: string | null;
}

/**
 * The unit whose offices hear of a post: the organisation it stands in, on the inspecting side the inspecting unit. Null where the
 * deployment serves one organisation, and where neither the event nor the directory says: then there is nothing to tell apart.
 */
export function homeOf(directory: Pick<Directory, 'units' | 'posts'>, { role, unitId, personId, organisationId }: Place): string | null {
  if (directory.units.filter(({ kind }) => kind === 'organisation').length < 2) return null;
  if (inspectingRoles.includes(role)) return inspectingHome(directory, organisationId ?? unitId ?? '');
  if (unitId !== null) return homeOfUnit(directory, unitId) ?? organisationId;
  if (organisationId !== null || personId === null) return organisationId;
  const homes = new Set(directory.posts.filter((post) => post.personId === personId).map((post) => homeOfUnit(directory, post.unitId)));
  return homes.size === 1 ? ([...homes][0] ?? null) : null;
}

/** The inspecting unit with offices that an organisation answers to, the nearest; without any, the nearest inspecting unit. */
function inspectingHome(directory: Pick<Directory, 'units' | 'posts'>, organisationId: string): string | null {
  const above = inspectionAbove(directory, organisationId);
  const offices = new Set(directory.posts.filter(({ role }) => officeRoles.includes(role)).map(({ unitId }) => unitId));
  return (above.find(({ id }) => offices.has(id)) ?? above[0])?.id ?? null;
}

/** Where the offices of an inspecting unit are looked for: at itself, above it, then below it; those of another tree are another's. */
export function inspectingAround(directory: Pick<Directory, 'units'>, unitId: string): Unit[] {
  const above = [...lineAbove(directory, unitId)];
  const below = directory.units.filter(
    (unit) => !above.includes(unit) && [...lineAbove(directory, unit.id)].some(({ id }) => id === unitId),
  );
  return [...above, ...below].filter(({ kind }) => kind === 'inspection');
}

const homeOfUnit = (directory: Pick<Directory, 'units'>, unitId: string): string | null =>
  organisationOf(directory, unitId)?.id ?? [...lineAbove(directory, unitId)].find(({ kind }) => kind === 'inspection')?.id ?? null;

/**
 * Around what the roles of a duty are looked for, the nearest first: the post's own home, then the organisation that needs the post,
 * last the account as a whole, so that an office without anybody swallows nothing. Of an issue or a round, itself alone.
 */
export function circlesOf(directory: Directory, parties: Parties, dutyId: string | undefined): readonly [Parties, ...Parties[]] {
  const place = dutyId === undefined ? undefined : parties.places?.[dutyId];
  if (place === undefined) return [parties];
  const known = (id: string | null): boolean => directory.units.some((unit) => unit.id === id);
  const home = known(place.organisationId) ? place.organisationId : homeOf(directory, { ...place, organisationId: null });
  if (home === null) return [parties];
  const needing = place.unitId === null ? null : (organisationOf(directory, place.unitId)?.id ?? null);
  const own: Parties = { ...parties, organisationId: home };
  return [own, ...(needing === null || needing === home ? [] : [{ ...parties, organisationId: needing }]), parties];
}

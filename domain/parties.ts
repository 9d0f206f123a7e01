import type { Directory, Person, Post, Unit } from './directory';
import type { Assignment, Recipient } from './issue/types';
import type { Audience } from './policy/policy';
import type { Role } from './roles';
import type { LocalDate } from './time';

/** Roles that are held at the responsible unit; all others are held once for the organisation or the inspecting side. */
const unitRoles: readonly Role[] = ['handler', 'liaison', 'unitHead'];

/** Who hears in place of a role that nobody holds: the first of these that somebody holds. */
const standIns: readonly Role[] = ['rectificationOffice', 'inspectionOffice', 'firstResponsible', 'admin'];

const holdsOn = (post: Post, on: LocalDate): boolean => (post.from === null || post.from <= on) && (post.to === null || on <= post.to);

export const personOf = (directory: Directory, id: string): Person | undefined => directory.persons.find((person) => person.id === id);
export const unitOf = (directory: Directory, id: string): Unit | undefined => directory.units.find((unit) => unit.id === id);

/** Who holds a role around an issue on a day: the persons its assignment names, else the posts of the unit or the organisation. */
export function holders(directory: Directory, assignment: Assignment | null, role: Role, on: LocalDate): string[] {
  const named = assignedTo(assignment, role);
  if (named && directory.posts.some((post) => post.personId === named && holdsOn(post, on))) return [named];
  const posts = directory.posts.filter((post) => post.role === role && holdsOn(post, on));
  const here = unitRoles.includes(role)
    ? posts.filter((post) => post.unitId === assignment?.leadUnitId)
    : role === 'leadLeader'
      ? []
      : posts;
  return [...new Set(here.map((post) => post.personId))];
}

function assignedTo(assignment: Assignment | null, role: Role): string | null {
  if (role === 'leadLeader') return assignment?.leadLeaderId ?? null;
  if (role === 'leaderInCharge') return assignment?.leaderInChargeId ?? null;
  if (role === 'handler') return assignment?.handlerId ?? null;
  return null;
}

/** The roles a person has around an issue on a day. */
export function rolesIn(directory: Directory, assignment: Assignment | null, personId: string, on: LocalDate): Role[] {
  const posts = directory.posts.filter((post) => post.personId === personId && holdsOn(post, on)).map((post) => post.role);
  // an assignment can name somebody whose post says otherwise: the first responsible person who leads an issue himself
  const own = new Set<Role>([...posts, 'leadLeader', 'leaderInCharge', 'handler']);
  return [...own].filter((role) => holders(directory, assignment, role, on).includes(personId));
}

/**
 * Resolves who hears of a rung. Several roles of one person make one recipient. A role that nobody holds goes to the
 * rectification office, and if that is empty too, to the inspection office and so on: a vacancy never swallows a notice.
 */
export function recipients(
  directory: Directory,
  assignment: Assignment | null,
  audience: readonly Audience[],
  { holder, on }: { holder: Role; on: LocalDate },
): Recipient[] {
  const told = new Map<string, { roles: Set<Role>; vacant: Set<Role> }>();
  const tell = (personId: string, key: 'roles' | 'vacant', role: Role): void => {
    const entry = told.get(personId) ?? { roles: new Set<Role>(), vacant: new Set<Role>() };
    entry[key].add(role);
    told.set(personId, entry);
  };
  for (const role of new Set(audience.map((one) => (one === 'holder' ? holder : one)))) {
    const found = holders(directory, assignment, role, on);
    for (const personId of found) tell(personId, 'roles', role);
    if (found.length > 0) continue;
    const instead = standIns.map((one) => holders(directory, assignment, one, on)).find((persons) => persons.length > 0) ?? [];
    for (const personId of instead) tell(personId, 'vacant', role);
  }
  return [...told]
    .map(([personId, { roles, vacant }]) => ({ personId, roles: [...roles], vacant: [...vacant] }))
    .sort((a, b) => (a.personId < b.personId ? -1 : 1));
}

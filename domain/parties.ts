import { circlesOf, inspectingAround, inspectingRoles, type Place } from './base/place';
import type { Directory, Person, Post, Unit } from './directory';
import { inspectionAbove, organisationOf } from './directory-tree';
import type { Duty, Recipient } from './obligation/types';
import type { Audience } from './policy/policy';
import { roles, type Role } from './roles';
import { actingFor, heldOn, stoodForBy } from './substitutes';
import type { LocalDate } from './time';

/** Who is charged with an issue, as the office handed it over. */
export interface Assignment {
  readonly leadUnitId: string;
  readonly leadLeaderId: string;
  readonly leaderInChargeId: string | null;
  readonly handlerId: string | null;
  readonly coUnitIds: readonly string[];
}

/** Around what roles are looked for: whose organisation, which assignment, who must keep out. */
export interface Parties {
  /** The inspected organisation; null: the deployment serves one. */
  readonly organisationId: string | null;
  readonly assignment: Assignment | null;
  /** Persons who keep out of its reviews and clues 回避. */
  readonly recused: readonly string[];
  /** Where the account serves every organisation: the post that a duty is about, by the duty's id. */
  readonly places?: Readonly<Record<string, Place>>;
}

/** No organisation in particular, nothing assigned. */
export const anywhere: Parties = { organisationId: null, assignment: null, recused: [] };

/** Roles that are held at the responsible unit; all others are held once for the organisation or the inspecting side. */
export const unitRoles: readonly Role[] = ['handler', 'liaison', 'unitHead'];

/** Who hears in place of a role that nobody holds: the first of these that somebody holds. */
const standIns: readonly Role[] = ['rectificationOffice', 'inspectionOffice', 'firstResponsible', 'admin'];

/** Of the inspecting side, its own office first: what the inspection office owes is not the inspected organisation's to hear. */
const standInsFor = (role: Role): readonly Role[] => (inspectingRoles.includes(role) ? ['inspectionOffice', ...standIns] : standIns);

/** Who decides when everybody of a role must keep out: the next role up (design.md, section 7). */
const nextUp: Partial<Readonly<Record<Role, readonly Role[]>>> = {
  handler: ['unitHead'],
  liaison: ['unitHead'],
  unitHead: ['leadLeader', 'firstResponsible'],
  leaderInCharge: ['leadLeader', 'firstResponsible'],
  leadLeader: ['firstResponsible'],
  rectificationOffice: ['leadingGroup', 'firstResponsible'],
  inspectionOffice: ['inspectionLeadingGroup'],
};

/** Who decides after those: the inspection office, and if it must keep out too, the group it answers to, which meets as a body. */
const lastUp = ['inspectionOffice', 'inspectionLeadingGroup'] as const satisfies readonly Role[];

/** Kinds of duty from which recused persons keep out. */
const recusedFrom: readonly Duty['kind'][] = ['review', 'checkBack', 'afterCheckBack'];

export const personOf = (directory: Directory, id: string): Person | undefined => directory.persons.find((person) => person.id === id);
/** The name of who acts: a person's, or that of a body that decided in a meeting. */
export function actorName(directory: Directory, actor: string): string {
  const body = bodyOf(actor);
  return body ? roles[body] : (personOf(directory, actor)?.name ?? actor);
}

export const unitOf = (directory: Directory, id: string): Unit | undefined => directory.units.find((unit) => unit.id === id);

/**
 * Who holds a role around an account on a day, in person: whom its assignment names, else the posts of the unit or of the
 * organisation, else those of the inspecting side above it. `unitId`: another unit than the lead unit.
 */
function postHolders(directory: Directory, parties: Parties, role: Role, on: LocalDate, unitId: string | null): string[] {
  // a co-unit has people of its own; the leaders that the assignment names lead all units of the issue
  const ofLeadUnit = unitId === null || unitId === parties.assignment?.leadUnitId;
  const named = ofLeadUnit || !unitRoles.includes(role) ? assignedTo(parties.assignment, role) : null;
  if (named !== null && directory.posts.some((post) => post.personId === named && heldOn(post, on))) return [named];
  if (role === 'leadLeader') return [];
  const posts = directory.posts.filter((post) => post.role === role && heldOn(post, on));
  const unit = unitId ?? parties.assignment?.leadUnitId;
  const here = unitRoles.includes(role) ? posts.filter((post) => post.unitId === unit) : ofOrganisation(directory, parties, posts);
  return [...new Set(here.map((post) => post.personId))];
}

/**
 * Of several organisations in one deployment, the posts of this one; of the inspecting side, the nearest above it. What belongs to an
 * inspecting unit is looked for around that unit.
 */
function ofOrganisation(directory: Directory, parties: Parties, posts: readonly Post[]): readonly Post[] {
  const { organisationId } = parties;
  if (organisationId === null) return posts;
  const within = posts.filter((post) => organisationOf(directory, post.unitId)?.id === organisationId);
  if (within.length > 0) return within;
  const inspecting = isInspecting(directory, parties)
    ? inspectingAround(directory, organisationId)
    : inspectionAbove(directory, organisationId);
  for (const unit of inspecting) {
    const above = posts.filter((post) => post.unitId === unit.id);
    if (above.length > 0) return above;
  }
  return [];
}

function assignedTo(assignment: Assignment | null, role: Role): string | null {
  if (role === 'leadLeader') return assignment?.leadLeaderId ?? null;
  if (role === 'leaderInCharge') return assignment?.leaderInChargeId ?? null;
  if (role === 'handler') return assignment?.handlerId ?? null;
  return null;
}

/** Who is told of a role's matters on a day: its holders, or their substitutes while these are named. */
export function holders(directory: Directory, parties: Parties, role: Role, on: LocalDate, unitId: string | null = null): string[] {
  return [...new Set(postHolders(directory, parties, role, on, unitId).map((id) => actingFor(directory, id, role, on)))];
}

/** The roles a person may act in around an account on a day: own posts, what the assignment names, whom they stand in for. */
export function rolesIn(directory: Directory, parties: Parties, personId: string, on: LocalDate, unitId: string | null = null): Role[] {
  const body = bodyOf(personId);
  if (body) return [body];
  const held = directory.posts.filter((post) => heldOn(post, on));
  const posts = [...stoodForBy(directory, personId, on)]
    .flatMap((id) => held.filter((post) => post.personId === id))
    .map(({ role }) => role);
  // an assignment can name somebody whose post says otherwise: the first responsible person who leads an issue himself
  const own = new Set<Role>([...posts, 'leadLeader', 'leaderInCharge', 'handler']);
  return [...own].filter(
    (role) =>
      postHolders(directory, parties, role, on, unitId).includes(personId) ||
      holders(directory, parties, role, on, unitId).includes(personId),
  );
}

/** A body that decided in a meeting acts as one: `body:leadingGroup` (domain/recorded.ts). */
export const bodyActor = (role: Role): string => `body:${role}`;

/** The role of a body that acts, or null for a person. */
export const bodyOf = (actor: string): Role | null => (actor.startsWith('body:') ? (actor.slice('body:'.length) as Role) : null);

/** As much of a duty as says who is to do it; by its id the base data know whose post it is about. */
export type Owed = Pick<Duty, 'kind' | 'holder' | 'unitId' | 'personId' | 'except'> & Partial<Pick<Duty, 'id'>>;

/** Who is to do a duty on a day, and in which role it came to them. */
export interface DutyHolders {
  readonly personIds: readonly string[];
  readonly role: Role;
  /** Its own holders must keep out or cannot exist there, so that it passed to another role. */
  readonly passedOn: boolean;
}

/** Who must keep out of a duty: whom it excepts, and of reviews and check-backs the recused. */
const keptOut = ({ recused }: Parties, { kind, except = [] }: Owed): ReadonlySet<string> =>
  new Set([...except, ...(recusedFrom.includes(kind) ? recused : [])]);

/**
 * Resolves a duty: its person, the holders of its role but for who must keep out, else the next role up (design.md, section 7).
 * When nobody up to the top may do it, it is the inspection leading group's to decide in a meeting. A role without any holder
 * passes nothing on: that is a vacancy to be filled, and `recipients` names it. Only the inspecting side need not have a rectification
 * office: there the inspection office does its part.
 */
export function dutyHolders(directory: Directory, account: Parties, duty: Owed, on: LocalDate): DutyHolders {
  const { holder, unitId = null, personId } = duty;
  const [parties] = circlesOf(directory, account, duty.id);
  if (personId) return { personIds: [actingFor(directory, personId, holder, on)], role: holder, passedOn: false };
  const out = keptOut(parties, duty);
  const fit = (persons: readonly string[]): string[] => persons.filter((id) => !out.has(id));
  const all = holders(directory, parties, holder, on, unitId);
  const own = fit(all);
  if (all.length === 0 && holder === 'rectificationOffice' && isInspecting(directory, parties)) {
    const personIds = fit(holders(directory, parties, 'inspectionOffice', on));
    return { personIds, role: 'inspectionOffice', passedOn: true };
  }
  if (own.length > 0 || all.length === 0) return { personIds: own, role: holder, passedOn: false };
  for (const role of [...(nextUp[holder] ?? []), ...lastUp]) {
    const personIds = fit(holders(directory, parties, role, on, unitId));
    if (personIds.length > 0) return { personIds, role, passedOn: true };
  }
  return { personIds: [], role: 'inspectionLeadingGroup', passedOn: true };
}

const isInspecting = (directory: Directory, { organisationId }: Parties): boolean =>
  organisationId !== null && unitOf(directory, organisationId)?.kind === 'inspection';

/** Whether somebody may do a duty on a day: one of its holders, or the body to which it belongs or has passed. */
export function mayDo(directory: Directory, parties: Parties, duty: Owed, { actor, on }: { actor: string; on: LocalDate }): boolean {
  const { personIds, role } = dutyHolders(directory, parties, duty, on);
  return personIds.includes(actor) || bodyOf(actor) === role;
}

const none: ReadonlySet<string> = new Set();

/**
 * Resolves who hears of a rung. Several roles of one person make one recipient. A role that nobody holds goes to the
 * rectification office, and if that is empty too, to the inspection office and so on: a vacancy never swallows a notice.
 */
export function recipients(
  directory: Directory,
  account: Parties,
  audience: readonly Audience[],
  { duty, on }: { duty: Owed; on: LocalDate },
): Recipient[] {
  const circles = circlesOf(directory, account, duty.id);
  const [parties] = circles;
  const told = new Map<string, { roles: Set<Role>; vacant: Set<Role> }>();
  const tell = (personId: string, key: 'roles' | 'vacant', role: Role): void => {
    const entry = told.get(personId) ?? { roles: new Set<Role>(), vacant: new Set<Role>() };
    entry[key].add(role);
    told.set(personId, entry);
  };
  for (const role of new Set(audience.map((one) => (one === 'holder' ? duty.holder : one)))) {
    const owing = role === duty.holder ? dutyHolders(directory, account, duty, on) : null;
    const found = owing?.personIds ?? holders(directory, parties, role, on, duty.unitId);
    for (const personId of found) tell(personId, owing?.passedOn === true ? 'vacant' : 'roles', role);
    if (found.length > 0) continue;
    const out = owing === null ? none : keptOut(parties, duty);
    const standing = circles.flatMap((circle) => standInsFor(role).map((one) => holders(directory, circle, one, on)));
    // who must keep out hears in place of others only when nobody else is left
    const instead = standing.map((persons) => persons.filter((id) => !out.has(id))).find((persons) => persons.length > 0);
    for (const personId of instead ?? standing.find((persons) => persons.length > 0) ?? []) tell(personId, 'vacant', role);
  }
  return [...told]
    .map(([personId, { roles, vacant }]) => ({ personId, roles: [...roles], vacant: [...vacant] }))
    .sort((a, b) => (a.personId < b.personId ? -1 : 1));
}

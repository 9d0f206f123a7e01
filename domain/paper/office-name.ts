import type { Directory, Unit } from '../directory';
import { organisationOf } from '../directory-tree';
import { holders, unitOf, type Parties } from '../parties';
import { roles, type Role } from '../roles';
import { heldOn } from '../substitutes';
import type { LocalDate } from '../time';

/** What a rectification office is called after the organisation whose leading group it serves. */
const OFFICE_OF_GROUP = '整改工作领导小组办公室';

/**
 * The full name of the office that issues a paper, as its red head says it: the unit of the directory at which the issuer's post stands
 * on that day. A rectification office is an office of its organisation's leading group, so it is called
 * `<organisation>整改工作领导小组办公室`, unless the directory has it as a unit of its own (one whose name says 整改); every other office
 * has its unit's name. On the inspecting side, which need not have a rectification office, the inspection office issues. While nobody
 * holds the post, the organisation that is known gives the name; without any, the name of the role stands.
 * Source: forms.md, section 1 (the head names the agency in full) and the practice of 整改办 as an office of the 整改工作领导小组; own default.
 */
export function officeName(issuer: Role, parties: Parties, directory: Directory, on: LocalDate): string {
  const unit = unitOfPost(issuer, parties, directory, on);
  if (issuer !== 'rectificationOffice') return unit?.name ?? roles[issuer];
  const place = unit ?? ownOrganisation(parties, directory);
  const organisation = place && organisationOf(directory, place.id);
  if (!place) return roles[issuer];
  if (!organisation) return unit?.name ?? officeName('inspectionOffice', parties, directory, on);
  if (place === organisation || !place.name.includes('整改')) return `${organisation.name}${OFFICE_OF_GROUP}`;
  return place.name.startsWith(organisation.name) ? place.name : `${organisation.name}${place.name}`;
}

/** Where the post stands, whoever stands in for its holder; of several posts the one in the organisation that the matter is about. */
function unitOfPost(role: Role, parties: Parties, directory: Directory, on: LocalDate): Unit | undefined {
  const persons = holders({ ...directory, substitutes: [] }, parties, role, on);
  const posts = directory.posts.filter((post) => post.role === role && persons.includes(post.personId) && heldOn(post, on));
  const own = posts.find(({ unitId }) => organisationOf(directory, unitId)?.id === parties.organisationId);
  const post = own ?? posts[0];
  return post && unitOf(directory, post.unitId);
}

/** The organisation that the matter is about; in a deployment that serves one, that one. */
function ownOrganisation({ organisationId }: Parties, directory: Directory): Unit | undefined {
  if (organisationId !== null) return unitOf(directory, organisationId);
  const all = directory.units.filter(({ kind }) => kind === 'organisation');
  return all.length === 1 ? all[0] : undefined;
}

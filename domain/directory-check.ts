import type { Directory, Unit } from './directory';
import { substituteFailures } from './directory-check-substitutes';
import { chain, openFailures, type DirectoryFailure } from './directory-failures';
import { overlaps } from './directory-terms';
import { lineAbove } from './directory-tree';
import { roles } from './roles';
import type { LocalDate } from './time';

/** A directory before it has a version. */
export type DirectoryContent = Pick<Directory, 'units' | 'persons' | 'posts' | 'substitutes'>;

/**
 * All contradictions of a directory, in the order of its units, posts and substitutes; empty when there are none. What is over on
 * `asOf` may contradict itself (two heads, two substitutes, a ring of substitutes): that is history, which nobody can mend.
 * Codes: directory.cycle, .inspectionBelow, .unknownUnit, .unknownPerson, .unknownRole, .dates, .doubledPost, .twoHeads,
 * .substituteSelf, .substituteTwo, .substituteRing.
 */
export const checkDirectory = (directory: DirectoryContent, asOf: LocalDate): DirectoryFailure[] => [
  ...unitFailures(directory),
  ...postFailures(directory, asOf),
  ...substituteFailures(directory, asOf),
];

function unitFailures(directory: DirectoryContent): readonly DirectoryFailure[] {
  const { units } = directory;
  const { failures, fail, unknown } = openFailures(directory, 'units');
  const indexOf = new Map(units.map((unit, index) => [unit, index]));
  units.forEach((unit, index) => {
    if (unit.parentId !== null) unknown.unit(index, unit.parentId, `“${unit.name}”的上级单位`);
  });

  // each unit is walked over once: a line upwards ends where an earlier one began
  const organisations = new Map<Unit, Unit | null>();
  for (const unit of units) {
    const line: Unit[] = [];
    let above: Unit | null = null;
    for (const member of lineAbove(directory, unit.id)) {
      above = organisations.get(member) ?? null;
      if (organisations.has(member)) break;
      line.push(member);
    }
    const again = line.findIndex(({ id }) => id === line.at(-1)?.parentId);
    if (again >= 0) failCircle(line.slice(again));
    for (const member of line.toReversed()) {
      if (member.kind === 'organisation') above = member;
      organisations.set(member, above);
    }
  }

  units.forEach((unit, index) => {
    const organisation = organisations.get(unit) ?? null;
    if (unit.kind !== 'inspection' || organisation === null) return;
    const what = `巡察一方的“${unit.name}”放在了被巡察单位“${organisation.name}”之下。`;
    fail(index, 'directory.inspectionBelow', what, '请改正上级单位或单位类别。');
  });
  return failures;

  function failCircle(circle: readonly Unit[]): void {
    const first = circle.reduce((a, b) => ((indexOf.get(a) ?? 0) <= (indexOf.get(b) ?? 0) ? a : b));
    const at = circle.indexOf(first);
    const names = [...circle.slice(at), ...circle.slice(0, at), first].map(({ name }) => name);
    fail(indexOf.get(first) ?? 0, 'directory.cycle', `上级关系成环：${chain(names)}。`, '请改正其中一个单位的上级单位。');
  }
}

function postFailures(directory: DirectoryContent, asOf: LocalDate): readonly DirectoryFailure[] {
  const { posts } = directory;
  const { failures, fail, unknown, dates, name } = openFailures(directory, 'posts');
  posts.forEach((post, index) => {
    const whose = `“${name.person(post.personId)}”的职务`;
    unknown.person(index, post.personId, whose);
    unknown.unit(index, post.unitId, whose);
    unknown.role(index, post.role, whose);
    dates(index, post, whose);
  });

  for (const { earlier, later } of overlaps(posts, ({ personId, unitId, role }) => [personId, unitId, role].join('\n'))) {
    const { personId, unitId, role } = posts[later] as (typeof posts)[number];
    const what = `${name.person(personId)}在“${name.unit(unitId)}”的“${name.role(role)}”重复，任期重叠。`;
    fail(later, 'directory.doubledPost', what, '请删去重复的，或填写前一任期的任职止。', earlier);
  }
  for (const { earlier, later } of overlaps(posts, ({ role, unitId }) => (role === 'unitHead' ? unitId : null), asOf)) {
    const [one, two] = [posts[earlier]?.personId ?? '', posts[later]?.personId ?? ''];
    if (one === two) continue;
    const what = `“${name.unit(posts[later]?.unitId ?? '')}”同时有两个现任${roles.unitHead}：${name.person(one)}、${name.person(two)}。`;
    fail(later, 'directory.twoHeads', what, '一个单位只能有一个，前任请填写任职止。', earlier);
  }
  return failures;
}

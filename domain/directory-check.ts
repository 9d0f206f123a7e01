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
  const { organisations, circles } = surveyTree(directory);
  for (const circle of circles) {
    const indexes = circle.map((unit) => indexOf.get(unit) ?? 0);
    const first = indexes.reduce((a, b) => Math.min(a, b));
    const at = indexes.indexOf(first);
    const names = [...circle.slice(at), ...circle.slice(0, at + 1)].map(({ name }) => name);
    fail(first, 'directory.cycle', `上级关系成环：${chain(names)}。`, '请改正其中一个单位的上级单位。');
  }
  units.forEach((unit, index) => {
    if (unit.parentId !== null) unknown.unit(index, unit.parentId, `“${unit.name}”的上级单位`);
    const organisation = organisations.get(unit) ?? null;
    if (unit.kind !== 'inspection' || organisation === null) return;
    const what = `巡察一方的“${unit.name}”放在了被巡察单位“${organisation.name}”之下。`;
    fail(index, 'directory.inspectionBelow', what, '请改正上级单位或单位类别。');
  });
  return failures;
}

/** The nearest organisation at or above each unit, and the circles, each from below upwards. A line ends where an earlier one began. */
function surveyTree(directory: DirectoryContent): { organisations: ReadonlyMap<Unit, Unit | null>; circles: Unit[][] } {
  const organisations = new Map<Unit, Unit | null>();
  const circles: Unit[][] = [];
  for (const { id } of directory.units) {
    const line: Unit[] = [];
    let above: Unit | null = null;
    for (const unit of lineAbove(directory, id)) {
      above = organisations.get(unit) ?? null;
      if (organisations.has(unit)) break;
      line.push(unit);
    }
    const again = line.findIndex((unit) => unit.id === line.at(-1)?.parentId);
    if (again >= 0) circles.push(line.slice(again));
    for (const unit of line.toReversed()) {
      if (unit.kind === 'organisation') above = unit;
      organisations.set(unit, above);
    }
  }
  return { organisations, circles };
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

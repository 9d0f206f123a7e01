import type { Directory, Substitute } from './directory';
import { chain, openFailures, type DirectoryFailure } from './directory-failures';
import { ringsOf } from './directory-rings';
import { overlaps, type Overlap } from './directory-terms';
import { roles, type Role } from './roles';
import type { LocalDate } from './time';

/** Contradictions among the substitutes of a directory, part of `checkDirectory`. */
export function substituteFailures(
  directory: Pick<Directory, 'units' | 'persons' | 'substitutes'>,
  asOf: LocalDate,
): readonly DirectoryFailure[] {
  const { substitutes } = directory;
  const { failures, fail, unknown, dates, name } = openFailures(directory, 'substitutes');
  substitutes.forEach((substitute, index) => {
    const { personId, substituteId } = substitute;
    const whose = `“${name.person(personId)}”的代理`;
    unknown.person(index, personId, whose);
    unknown.person(index, substituteId, whose);
    for (const role of substitute.roles) unknown.role(index, role, whose);
    dates(index, substitute, whose);
    if (personId === substituteId) fail(index, 'directory.substituteSelf', `${whose}填了本人。`, '请填写另一个人，或留空。');
  });

  for (const { earlier, later } of twoAtOnce(substitutes, asOf)) {
    const [one, two] = [earlier, later].map((index) => name.person(substitutes[index]?.substituteId ?? ''));
    const what = `“${name.person(substitutes[later]?.personId ?? '')}”的同一角色同时有两个代理人：${one ?? ''}、${two ?? ''}。`;
    fail(later, 'directory.substituteTwo', what, '同一天只能有一个，请改正代理起止日期或角色。', earlier);
  }
  for (const { indexes, day } of ringsOf(substitutes, asOf)) {
    const people = [...indexes, ...indexes.slice(0, 1)].map((index) => name.person(substitutes[index]?.personId ?? ''));
    const what = `代理关系成环：${chain(people)}（${day}）。`;
    fail(Math.max(...indexes), 'directory.substituteRing', what, '互相代理就无人办理，请改正代理人或起止日期。');
  }
  return failures;
}

/** Pairs of substitutes who stand in for one person in one role on one day. */
function twoAtOnce(substitutes: readonly Substitute[], asOf: LocalDate): Overlap[] {
  const all = Object.keys(roles) as Role[];
  const duties = substitutes.flatMap((substitute, index) =>
    (substitute.roles.length > 0 ? substitute.roles : all).map((role) => ({ ...substitute, role, index })),
  );
  const pairs = new Map<string, Overlap>();
  for (const overlap of overlaps(duties, ({ personId, role }) => `${personId}\n${role}`, asOf)) {
    const [one, two] = [duties[overlap.earlier], duties[overlap.later]];
    if (one === undefined || two === undefined || one.substituteId === two.substituteId) continue;
    pairs.set(`${one.index} ${two.index}`, { earlier: one.index, later: two.index });
  }
  return [...pairs.values()];
}

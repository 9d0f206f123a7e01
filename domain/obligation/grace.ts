import type { RuleContext } from '../context';
import type { Directory, Post } from '../directory';
import { heldOn } from '../substitutes';
import { addDays, dateOf, type LocalDate } from '../time';
import { termEnd } from './obligations';
import type { Account, Duty } from './types';

/**
 * The last day on which the new head of a responsible unit is spared red rungs, if `day` falls into such days; else null.
 * Who took office after a duty was opened has the days of the handover (policy term `handover`, 10 workdays) to sign for it
 * (design.md, section 3: vacancy and change). Who is followed by another head within these days passes the grace on.
 */
export function endOfGrace(account: Account, duty: Duty, { directory, policy, calendar }: RuleContext, day: LocalDate): LocalDate | null {
  const unitId = duty.unitId ?? account.assignment?.leadUnitId;
  if (duty.holder !== 'unitHead' || unitId === undefined) return null;
  const heads = headsOf(directory).get(unitId);
  if (heads === undefined) return null;
  let end: LocalDate | null = null;
  for (let on = day; ; on = addDays(end, 1)) {
    const since = takenOver(heads, dateOf(duty.openedAt), on);
    const last = since === null ? null : termEnd(calendar, policy.terms.handover.value, since);
    if (last === null || last < on) return end;
    end = last;
  }
}

/** The day by `until` on which the head of `until` took over from another one or from nobody, after `from`; null: the same since then. */
function takenOver(heads: readonly Post[], from: LocalDate, until: LocalDate): LocalDate | null {
  const on = (day: LocalDate): string[] => heads.filter((post) => heldOn(post, day)).map(({ personId }) => personId);
  const changes = heads
    .flatMap((post) => [post.from, post.to === null ? null : addDays(post.to, 1)])
    .filter((day): day is LocalDate => day !== null && from < day && day <= until)
    .sort();
  let head = on(from)[0] ?? null;
  let since: LocalDate | null = null;
  for (const day of changes) {
    const now = on(day);
    if (head !== null && now.includes(head)) continue;
    head = now[0] ?? null;
    since = head === null ? null : day;
  }
  return since;
}

/** Every red rung asks for the heads of its unit, so they are laid out once for a version of the posts. */
const indexes = new WeakMap<readonly Post[], ReadonlyMap<string, readonly Post[]>>();

function headsOf({ posts }: Directory): ReadonlyMap<string, readonly Post[]> {
  const known = indexes.get(posts);
  if (known !== undefined) return known;
  const index = new Map<string, Post[]>();
  for (const post of posts) if (post.role === 'unitHead') index.set(post.unitId, [...(index.get(post.unitId) ?? []), post]);
  indexes.set(posts, index);
  return index;
}

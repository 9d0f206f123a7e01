import type { Post } from '../directory';
import type { LocalDate } from '../time';
import { seatKey, type BaseState } from './types';

/**
 * The posts of an import with the days on which new heads took office: most offices' lists carry none, and without one no rule could
 * tell a new head from an old one. Where the head of a unit is watched and was somebody else or nobody, a head without a day takes
 * office on the day of the import; whom the directory had keeps the day known of them.
 */
export function datedHeads(
  posts: readonly Post[],
  { before, seen, today }: { readonly before: readonly Post[]; readonly seen: BaseState['seen']; readonly today: LocalDate },
): Post[] {
  return posts.map((post) => {
    const { personId, unitId, role, from, to } = post;
    const watched = seen[seatKey({ role, unitId, personId: null })];
    if (role !== 'unitHead' || from !== null || watched === undefined) return post;
    const known = before.find((one) => one.personId === personId && one.unitId === unitId && one.role === role);
    const since = known || watched === personId ? (known?.from ?? null) : today;
    return since === null || (to !== null && since > to) ? post : { ...post, from: since };
  });
}

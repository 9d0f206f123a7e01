import type { LocalDate } from './time';

/** A period in whole days, both inclusive; null = open. */
export interface Term {
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
}

const first = '0000-01-01';
const last = '9999-12-31';

/** The first day of a term from a day on, as text that sorts. */
export const startOf = ({ from }: Term, since?: LocalDate): string => {
  const start = from ?? first;
  return since !== undefined && since > start ? since : start;
};

/** The last day of a term, as text that sorts; the end of days when it is open. */
export const endOf = ({ to }: Term): string => to ?? last;

/** Two entries of a list that share a day: their indexes, the smaller one first. */
export interface Overlap {
  readonly earlier: number;
  readonly later: number;
}

/**
 * Entries with the same key whose terms share a day, a day from `since` on if that is given; an entry without a key is left out.
 * Of many that overlap at once each is paired with one other, so the time needed is that of sorting.
 */
export function overlaps<T extends Term>(entries: readonly T[], keyOf: (entry: T) => string | null, since?: LocalDate): Overlap[] {
  const groups = new Map<string, number[]>();
  entries.forEach((entry, index) => {
    const key = keyOf(entry);
    if (key === null || (since !== undefined && endOf(entry) < since)) return;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  });

  const found: Overlap[] = [];
  for (const group of groups.values()) {
    const inTime = group.map((index) => ({ index, start: startOf(entries[index] as T, since), end: endOf(entries[index] as T) }));
    inTime.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.index - b.index));
    let longest = inTime[0];
    for (const next of inTime.slice(1)) {
      if (longest !== undefined && next.start <= longest.end && next.start <= next.end) {
        found.push({ earlier: Math.min(longest.index, next.index), later: Math.max(longest.index, next.index) });
      }
      if (longest === undefined || next.end > longest.end) longest = next;
    }
  }
  return found.sort((a, b) => a.later - b.later || a.earlier - b.earlier);
}

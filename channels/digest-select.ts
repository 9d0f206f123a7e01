import type { Category } from './digest-category';
import type { DigestLine } from '../domain/digest';

/** So many lines stand in the body of a mail; of more, the rest is in the attached list. */
export const MOST_LISTED = 30;

/** What each part of a full mail shows at least, so that two hundred overdue items do not hide what is new today. */
const FLOOR = 3;

/** More lines than one reads singly: rows, not cards. */
export const COMPACT_ABOVE = 12;

export interface Sorted {
  readonly category: Category;
  readonly lines: readonly DigestLine[];
}

/** How many lines of each part stand in the body: all, or the 30 that are told first. */
export function allot(parts: readonly Sorted[]): number[] {
  const counts = parts.map(({ lines }) => lines.length);
  const shares = counts.map((count) => Math.min(count, FLOOR));
  let free = MOST_LISTED - sum(shares);
  return counts.map((count, index) => {
    const share = shares[index] ?? 0;
    const more = Math.min(count - share, free);
    free -= more;
    return share + more;
  });
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

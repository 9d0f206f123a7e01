import type { DecisionContext } from '../context';
import { termEnd } from '../obligation/obligations';
import type { TermName } from '../policy/policy';
import { dateOf, daysBetween, type LocalDate } from '../time';

/** A rhythm that ends: upkeep from the closeout, stage reviews from the stage. */
interface Rhythm {
  readonly since: LocalDate;
  /** From one turn to the next. */
  readonly every: TermName;
  /** From `since` to its end. */
  readonly until: TermName;
}

/**
 * Whether today's turn is the last one: it lies nearer to the end than the next one would. Turns that come some days early or late
 * neither lengthen two years by another half-year nor cut them by one.
 */
export function isLastTurn({ since, every, until }: Rhythm, { policy, calendar, now }: DecisionContext): boolean {
  const today = dateOf(now);
  const end = termEnd(calendar, policy.terms[until].value, since);
  const next = termEnd(calendar, policy.terms[every].value, today);
  return daysBetween(today, end) < daysBetween(end, next);
}

import type { RuleContext } from '../context';
import type { Instant } from '../time';
import { agenda } from './agenda';
import type { CommonEvent } from './events';
import type { Account, EventFrame } from './types';

/** What one kind of account (issue, round, base data) adds to the common mechanism. */
export interface AccountKind<S extends Account, E extends { readonly type: string }> {
  /** Folds one event; total and pure. */
  evolve(state: S, event: E | CommonEvent, frame: EventFrame): S;
  /** What time alone brings by `now` besides rungs: the next date of a cadence, a post that fell vacant. Empty when told already. */
  ticks(state: S, context: RuleContext, now: Instant): readonly E[];
  /** When the next of these comes, or null. */
  nextTick(state: S, context: RuleContext): Instant | null;
  /** Whether nothing more is owed or will be. */
  isFinal(state: S): boolean;
}

/** The instant at which an account wants to be looked at next, or null when nothing happens without a command. */
export function nextWake<S extends Account, E extends { readonly type: string }>(
  kind: AccountKind<S, E>,
  state: S,
  context: RuleContext,
): Instant | null {
  const rung = agenda(state, context, state.lastOccurredAt)[0]?.at ?? null;
  const tick = kind.nextTick(state, context);
  if (rung === null || tick === null) return rung ?? tick;
  return rung < tick ? rung : tick;
}

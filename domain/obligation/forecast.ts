import type { RuleContext } from '../context';
import { later, type Instant } from '../time';
import { advance } from './advance';
import type { RungFired } from './events';
import { nextWake, type AccountKind } from './kind';
import type { Account } from './types';

/**
 * Who will hear what in an account from `state` until `until` if nobody does anything: the same pure code as the deed,
 * run over the future. Prefix-stable: a later `until` only adds.
 */
export function forecast<S extends Account, E extends { readonly type: string }>(
  kind: AccountKind<S, E>,
  state: S,
  context: RuleContext,
  until: Instant,
): RungFired[] {
  const fired: RungFired[] = [];
  let current = state;
  for (let next = nextWake(kind, current, context); next !== null && next <= until;) {
    const step = advance(kind, current, context, later(next, current.lastOccurredAt));
    if (step.events.length === 0) break;
    fired.push(...step.events.filter((event): event is RungFired => event.type === 'rungFired'));
    current = step.state;
    next = nextWake(kind, current, context);
  }
  return fired;
}

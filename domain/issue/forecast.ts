import type { Instant } from '../time';
import { advance } from './advance';
import { agenda } from './agenda';
import type { RuleContext } from './context';
import type { EventOf } from './events';
import type { IssueState } from './types';

export type ForecastRung = EventOf<'rungFired'>;

/**
 * Who will hear what in this issue from `state` until `until` if nobody does anything: the same pure code as the deed,
 * run over the future. Prefix-stable: a later `until` only adds.
 */
export function forecast(state: IssueState, context: RuleContext, until: Instant): ForecastRung[] {
  const fired: ForecastRung[] = [];
  let current = state;
  for (let next = agenda(current, context, current.lastOccurredAt)[0]; next && next.at <= until;) {
    const step = advance(current, context, next.at > current.lastOccurredAt ? next.at : current.lastOccurredAt);
    fired.push(...step.events.filter((event): event is ForecastRung => event.type === 'rungFired'));
    current = step.state;
    next = agenda(current, context, current.lastOccurredAt)[0];
  }
  return fired;
}

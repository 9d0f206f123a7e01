import type { RuleContext } from '../context';
import type { Instant } from '../time';
import { advance, dueAt, ENGINE, groupByDuty, type Step } from './advance';
import type { CommonEvent, MovedDuty } from './events';
import type { AccountKind } from './kind';
import { obligationOf, obligations } from './obligations';
import type { Account } from './types';

/** The versions that an account's dates were computed by last. */
export const rulesName = ({ policy }: Pick<RuleContext, 'policy'>): string => `${policy.id}@${policy.version}`;

/**
 * Puts another policy or holiday table in force in an account, as of `since` (design.md, section 3: recompute). What was due before
 * fires as it was announced; then the rungs that have not fired move, and one whose new instant lies before the change is recorded
 * as superseded, never fired. The obligations keep their numbers; the days that moved are written down with the reason.
 */
export function changeRules<S extends Account, E extends { readonly type: string }>(
  kind: AccountKind<S, E>,
  before: S,
  { old, next, since }: { readonly old: RuleContext; readonly next: RuleContext; readonly since: Instant },
): Step<S, E> {
  const settled = advance(kind, before, old, since);
  const events: (E | CommonEvent)[] = [...settled.events];
  let state = settled.state;
  const add = (event: CommonEvent): void => {
    events.push(event);
    state = kind.evolve(state, event, { actor: ENGINE, occurredAt: state.lastOccurredAt > since ? state.lastOccurredAt : since });
  };
  const moved = movedDuties(state, old, next);
  if (moved.length > 0) {
    const policy = rulesName(old) !== rulesName(next);
    const calendar = old.calendar.version !== next.calendar.version;
    add({
      type: 'datesMoved',
      because: policy && calendar ? 'both' : policy ? 'policy' : 'calendar',
      policy: rulesName(next),
      calendar: next.calendar.version,
      moved,
    });
  }
  for (const [dutyId, items] of groupByDuty(dueAt(state, next, since)))
    add({ type: 'rungsSuperseded', dutyId, rungs: items.map(({ rung, occurrence }) => ({ rung: rung.id, occurrence })) });
  return { events, state };
}

/** The open duties whose day is another one under the next rules, or whose day is settled now that its year has a table. */
export function movedDuties(state: Account, old: RuleContext, next: RuleContext): MovedDuty[] {
  return obligations(state, old).flatMap(({ duty, dueOn: from, provisional: was }) => {
    const { dueOn: to, provisional } = obligationOf(duty, next);
    return from === to && was === provisional ? [] : [{ dutyId: duty.id, from, to, provisional }];
  });
}

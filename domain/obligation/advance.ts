import type { RuleContext } from '../context';
import { recipients } from '../parties';
import { dateOf, type Instant } from '../time';
import { agenda, type AgendaItem } from './agenda';
import type { DraftPaper, CommonEvent } from './events';
import type { AccountKind } from './kind';
import type { Account } from './types';

/** Who fires rungs: the engine itself. */
export const ENGINE = 'engine';

/** What came of a step: the events and the state after them. */
export interface Step<S, E> {
  readonly events: readonly (E | CommonEvent)[];
  readonly state: S;
}

/**
 * Does what is due at `now`: first what time alone brings, then the rungs. Of each obligation only the latest due rung fires; the
 * earlier ones are recorded as superseded, so that a late import or a day of downtime never becomes a storm (design.md, section 3:
 * catch-up).
 */
export const advance = <S extends Account, E extends { readonly type: string }>(
  kind: AccountKind<S, E>,
  before: S,
  context: RuleContext,
  now: Instant,
): Step<S, E> => fireDue(kind, before, context, { until: now, now });

/** Does at `now` what was due by `until`: earlier than now when other rules came in force in between. */
export function fireDue<S extends Account, E extends { readonly type: string }>(
  kind: AccountKind<S, E>,
  before: S,
  context: RuleContext,
  { until, now }: { readonly until: Instant; readonly now: Instant },
): Step<S, E> {
  const events: (E | CommonEvent)[] = [];
  let state = before;
  const add = (event: E | CommonEvent): void => {
    events.push(event);
    state = kind.evolve(state, event, { actor: ENGINE, occurredAt: now });
  };
  for (const event of kind.ticks(state, context, until)) add(event);
  // A paper drafted by a rung opens the duty to sign it, which is announced at once: hence the loop.
  for (let due = dueAt(state, context, until); due.length > 0; due = dueAt(state, context, until)) {
    for (const [dutyId, items] of groupByDuty(due)) {
      const latest = items.at(-1);
      if (latest === undefined) continue;
      const earlier = items.slice(0, -1);
      if (earlier.length > 0)
        add({ type: 'rungsSuperseded', dutyId, rungs: earlier.map(({ rung, occurrence }) => ({ rung: rung.id, occurrence })) });
      add(fire(state, latest, context));
    }
  }
  return { events, state };
}

export const dueAt = (state: Account, context: RuleContext, now: Instant): AgendaItem[] =>
  agenda(state, context, now).filter(({ at }) => at <= now);

export function groupByDuty(items: readonly AgendaItem[]): Map<string, AgendaItem[]> {
  const groups = new Map<string, AgendaItem[]>();
  for (const item of items) groups.set(item.obligation.duty.id, [...(groups.get(item.obligation.duty.id) ?? []), item]);
  return groups;
}

function fire(state: Account, { obligation, rung, occurrence, at }: AgendaItem, { directory }: RuleContext): CommonEvent {
  const { duty } = obligation;
  return {
    type: 'rungFired',
    dutyId: duty.id,
    kind: duty.kind,
    rung: rung.id,
    label: rung.label,
    occurrence,
    at,
    dueOn: obligation.dueOn,
    tone: rung.tone,
    recipients: recipients(directory, state, rung.audience, { duty, on: dateOf(at) }),
    paper: rung.paper ? draft(state, rung.paper) : null,
    ...(rung.opens ? { opens: rung.opens } : {}),
    ...(duty.urgent ? { urgent: duty.urgent } : {}),
  };
}

function draft(state: Account, order: Omit<DraftPaper, 'id'>): DraftPaper {
  const { kind, issuer, addressee, copyTo, replyWorkdays } = order;
  return { id: `${kind}-${state.papers.length + 1}`, kind, issuer, addressee, copyTo, replyWorkdays };
}

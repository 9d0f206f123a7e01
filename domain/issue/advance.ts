import { recipients } from '../parties';
import { dateOf, type Instant } from '../time';
import { agenda, type AgendaItem } from './agenda';
import type { RuleContext } from './context';
import type { DraftPaper, IssueEvent } from './events';
import { evolve } from './evolve';
import type { IssueState } from './types';

/** Who fires rungs: the engine itself. */
export const ENGINE = 'engine';

/** What came of a step: the events and the state after them. */
export interface Step {
  readonly events: readonly IssueEvent[];
  readonly state: IssueState;
}

/**
 * Fires what is due at `now`. Of each obligation only the latest due rung fires; the earlier ones are recorded as superseded,
 * so that a late import or a day of downtime never becomes a storm (design.md, section 3: catch-up).
 */
export function advance(before: IssueState, context: RuleContext, now: Instant): Step {
  const events: IssueEvent[] = [];
  let state = before;
  const add = (event: IssueEvent): void => {
    events.push(event);
    state = evolve(state, event, { actor: ENGINE, occurredAt: now });
  };
  // A paper drafted by a rung opens the duty to sign it, which is announced at once: hence the loop.
  for (let due = dueAt(state, context, now); due.length > 0; due = dueAt(state, context, now)) {
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

const dueAt = (state: IssueState, context: RuleContext, now: Instant): AgendaItem[] =>
  agenda(state, context, now).filter(({ at }) => at <= now);

function groupByDuty(items: readonly AgendaItem[]): Map<string, AgendaItem[]> {
  const groups = new Map<string, AgendaItem[]>();
  for (const item of items) groups.set(item.obligation.duty.id, [...(groups.get(item.obligation.duty.id) ?? []), item]);
  return groups;
}

function fire(state: IssueState, { obligation, rung, occurrence, at }: AgendaItem, { directory }: RuleContext): IssueEvent {
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
    recipients: recipients(directory, state.assignment, rung.audience, { holder: duty.holder, on: dateOf(at) }),
    paper: rung.paper ? draft(state, rung.paper) : null,
  };
}

function draft(state: IssueState, order: Omit<DraftPaper, 'id'>): DraftPaper {
  const { kind, issuer, addressee, copyTo, replyWorkdays } = order;
  return { id: `${kind}-${state.papers.length + 1}`, kind, issuer, addressee, copyTo, replyWorkdays };
}

import { issueKind } from '../../domain/issue/issue-kind';
import { advance, ENGINE } from '../../domain/obligation/advance';
import { agenda } from '../../domain/obligation/agenda';
import type { IssueCommand } from '../../domain/issue/commands';
import type { RuleContext } from '../../domain/context';
import { decide } from '../../domain/issue/decide';
import type { IssueEvent } from '../../domain/issue/events';
import { evolve } from '../../domain/issue/evolve';
import type { ContentRef } from '../../domain/content';
import type { IssueState } from '../../domain/issue/types';
import { instant, later, localDate, type Instant, type LocalDate } from '../../domain/time';

// Given a life so far, when a command is given or time passes, then this is told, refused or owed.
//
//   given(rectifying({ due: '2026-10-31' }))
//     .when('2026-10-20T08:30+08:00', agendaFires)
//     .then(notice({ rung: 'before-10', to: ['handler', 'head', 'leader'] }));

export const text = (name: string): ContentRef => ({ content: name, sha256: name });

/** What happens at an instant: somebody gives a command, or the agenda fires what is due. */
export type Happening = typeof agendaFires | { readonly actor: string; readonly command: IssueCommand };
export const agendaFires = 'agendaFires';
export const by = (actor: string, command: IssueCommand): Happening => ({ actor, command });

/** What came of the last `when`. */
interface Last {
  readonly events: readonly IssueEvent[];
  readonly rejection: string | null;
}

/** A life of an issue as it is told; every step gives a new one. */
export class Life {
  constructor(
    readonly state: IssueState,
    readonly context: RuleContext,
    readonly last: Last = { events: [], rejection: null },
    readonly history: readonly { readonly event: IssueEvent; readonly actor: string; readonly at: Instant }[] = [],
  ) {}

  /** As the ledger does it: what is due fires, then the gate judges, then new duties are announced. */
  when(time: string, happening: Happening = agendaFires): Life {
    const now = later(instant(time), this.state.lastOccurredAt);
    const due = this.with(this.state).fire(now);
    if (happening === agendaFires) return due;
    const { actor, command } = happening;
    const decision = decide(due.state, command, { ...this.context, now, actor });
    if (!decision.ok) return due.with(due.state, { ...due.last, rejection: decision.rejection.code });
    return decision.events.reduce((life, event) => life.append(event, actor, now), due).fire(now);
  }

  /** Time passes: each rung fires at its own instant. */
  passesTo(time: string): Life {
    const until = instant(time);
    let life = this.with(this.state);
    for (;;) {
      const next = agenda(life.state, life.context, life.state.lastOccurredAt)[0];
      if (!next || next.at > until) return life;
      life = life.fire(later(next.at, life.state.lastOccurredAt));
    }
  }

  /** The same life under other rules or people. */
  under(context: RuleContext): Life {
    return new Life(this.state, context, this.last, this.history);
  }

  then(...expectations: ((life: Life) => void)[]): this {
    for (const expectation of expectations) expectation(this);
    return this;
  }

  append(event: IssueEvent, actor: string, at: Instant): Life {
    const state = evolve(this.state, event, { actor, occurredAt: at });
    const last = { ...this.last, events: [...this.last.events, event] };
    return new Life(state, this.context, last, [...this.history, { event, actor, at }]);
  }

  private fire(now: Instant): Life {
    return advance(issueKind, this.state, this.context, now).events.reduce((life: Life, event) => life.append(event, ENGINE, now), this);
  }

  private with(state: IssueState, last: Last = { events: [], rejection: null }): Life {
    return new Life(state, this.context, last, this.history);
  }
}

/** A life so far, from which a story goes on. */
export const given = (life: Life): Life => new Life(life.state, life.context, { events: [], rejection: null }, life.history);

export const day = (date: string): LocalDate => localDate(date);

import { decideBase, type BaseCommand } from '../../domain/base/decide';
import type { BaseEvent } from '../../domain/base/events';
import { emptyBase, evolveBase } from '../../domain/base/evolve';
import type { BaseState, HandedItem } from '../../domain/base/types';
import { baseKind, type BaseFacts, type NeededSeat } from '../../domain/base/watch';
import type { RuleContext } from '../../domain/context';
import { advance } from '../../domain/obligation/advance';
import type { RungFired } from '../../domain/obligation/events';
import { nextWake } from '../../domain/obligation/kind';
import { obligations } from '../../domain/obligation/obligations';
import type { Role } from '../../domain/roles';
import { dateOf, instant, later } from '../../domain/time';
import { day, rules } from './support';

export const seat = (role: Role, unitId: string | null = null, personId: string | null = null): NeededSeat => ({
  role,
  unitId,
  personId,
  organisationId: null,
});
export const clinic = seat('unitHead', 'clinic');
export const item: HandedItem = { streamId: 'R1-001', obligationId: 'rectify#1', dueOn: day('2026-09-30') };

/** The base data as it goes: a look at an instant with what is needed then. */
export class Base {
  constructor(
    readonly context: RuleContext = rules,
    readonly facts: BaseFacts = { seats: [clinic], uncoveredYears: [], itemsOf: () => [item] },
    readonly state: BaseState = emptyBase(),
    readonly last: readonly BaseEvent[] = [],
  ) {}

  look(time: string): Base {
    const now = later(instant(time), this.state.lastOccurredAt);
    const { state, events } = advance(baseKind(this.facts), this.state, this.context, now);
    return new Base(this.context, this.facts, state, events);
  }

  /** Every wake on its own instant. */
  passesTo(time: string): Base {
    const kind = baseKind(this.facts);
    const last: BaseEvent[] = [];
    let state = this.state;
    for (let at = nextWake(kind, state, this.context); at !== null && at <= instant(time); at = nextWake(kind, state, this.context)) {
      const step = advance(kind, state, this.context, later(at, state.lastOccurredAt));
      if (step.events.length === 0) throw new Error(`woken for nothing at ${at}`);
      state = step.state;
      last.push(...step.events);
    }
    return new Base(this.context, this.facts, state, last);
  }

  does(time: string, actor: string, command: BaseCommand): Base {
    const now = instant(time);
    const decision = decideBase(this.state, command, { ...this.context, now, actor });
    if (!decision.ok) throw new Error(decision.rejection.code);
    const state = decision.events.reduce((one, event) => evolveBase(one, event, { actor, occurredAt: now }), this.state);
    return new Base(this.context, this.facts, state, decision.events).look(time);
  }

  refusal(time: string, actor: string, command: BaseCommand): string | null {
    const decision = decideBase(this.state, command, { ...this.context, now: instant(time), actor });
    return decision.ok ? null : decision.rejection.code;
  }

  under(context: RuleContext): Base {
    return new Base(context, this.facts, this.state);
  }

  needing(facts: Partial<BaseFacts>): Base {
    return new Base(this.context, { ...this.facts, ...facts }, this.state);
  }

  get types(): string[] {
    return this.last.map(({ type }) => type);
  }

  get owed(): string[] {
    return obligations(this.state, this.context).map(({ duty, dueOn }) => `${duty.id} ${duty.personId ?? duty.holder} ${dueOn}`);
  }

  get told(): string[] {
    const fired = this.last.filter((event): event is RungFired => event.type === 'rungFired');
    return fired.map(
      ({ at, dutyId, rung, recipients }) => `${dateOf(at)} ${dutyId} ${rung} > ${recipients.map(({ personId }) => personId).join(' ')}`,
    );
  }
}

import type { RuleContext } from '../../domain/context';
import type { RungFired } from '../../domain/obligation/events';
import { forecast } from '../../domain/obligation/forecast';
import type { AccountKind } from '../../domain/obligation/kind';
import type { Account } from '../../domain/obligation/types';
import type { Instant } from '../../domain/time';

/** A rung as it was foretold or happened, in one comparable line. */
const told = ({ dutyId, rung, occurrence, at, recipients }: RungFired): string =>
  `${at} ${dutyId} ${rung}@${occurrence} → ${recipients.map(({ personId }) => personId).join(',')}`;

/** A difference between what was foretold at the start of an interval and what fired in it. */
export interface Difference {
  readonly streamId: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly foretold: readonly string[];
  readonly fired: readonly string[];
}

/**
 * Holds the engine to its word: after every command the forecast of the issue or round is written down; at the next command what fired
 * in between must equal it, rung by rung and person by person.
 */
export class Foresight {
  private readonly open = new Map<string, { from: Instant; foretold: RungFired[] }>();
  private compared = 0;
  readonly differences: Difference[] = [];

  constructor(private readonly horizon: Instant) {}

  /** Writes down the forecast of an account from its present state. */
  foretell<S extends Account, E extends { readonly type: string }>(kind: AccountKind<S, E>, state: S, context: RuleContext): void {
    this.open.set(state.id, { from: state.lastOccurredAt, foretold: forecast(kind, state, context, this.horizon) });
  }

  /** Compares what fired since with what was foretold up to `to`. */
  compare(streamId: string, fired: readonly RungFired[], to: Instant): void {
    const interval = this.open.get(streamId);
    if (!interval) return;
    const foretold = interval.foretold.filter(({ at }) => at <= to).map(told);
    const happened = fired.map(told);
    this.compared += 1;
    if (foretold.join('\n') !== happened.join('\n')) {
      const only = (a: readonly string[], b: readonly string[]): string[] => a.filter((line) => !b.includes(line));
      this.differences.push({ streamId, from: interval.from, to, foretold: only(foretold, happened), fired: only(happened, foretold) });
    }
  }

  /** How many intervals were compared. */
  intervals(): number {
    return this.compared;
  }
}

import type { DecisionContext, RuleContext } from '../domain/context';
import type { Decision } from '../domain/decision';
import type { CommonEvent } from '../domain/obligation/events';
import type { AccountKind } from '../domain/obligation/kind';
import type { Account } from '../domain/obligation/types';
import type { Tone } from '../domain/policy/policy';
import type { Instant } from '../domain/time';
import type { NewEvent } from './append';
import type { Transaction } from './database';

/** An event of any account, as far as the ledger handles it. */
export type AnyEvent = { readonly type: string } | CommonEvent;

/** What a step did to an account. */
export interface Change<S extends Account = Account> {
  readonly before: S;
  readonly after: S;
  readonly events: readonly AnyEvent[];
  readonly context: RuleContext;
  readonly now: Instant;
}

/** What a life shows of itself on Temporal's page. */
export interface Face {
  readonly phase: string;
  readonly roundId: string | null;
  readonly leadUnitId: string | null;
  readonly dueOn: string | null;
  readonly tone: Tone;
}

/** What else a step begins, told to whoever runs it after the commit. */
export interface Begun {
  /** Streams that were opened: their lives are to be started. */
  readonly streams: readonly string[];
  /** Streams whose life is to look at the ledger again. */
  readonly lookAgain: readonly string[];
  /** Whether rules changed for many: the rollout is to run. */
  readonly rollout: boolean;
}

export const nothingBegun: Begun = { streams: [], lookAgain: [], rollout: false };

/**
 * What the ledger knows of one kind of account besides the common mechanism. Opened for one step: whatever its rules need of other
 * streams was read in this transaction.
 */
export interface LedgerKind<S extends Account = Account, E extends { readonly type: string } = { readonly type: string }> {
  readonly rules: AccountKind<S, E>;
  readonly empty: S;
  decide(state: S, command: never, context: DecisionContext): Promise<Decision<E | CommonEvent>> | Decision<E | CommonEvent>;
  /** Fills in what only the transaction can give: numbers, sealed letters. */
  complete(
    state: S,
    events: readonly (E | CommonEvent)[],
    context: RuleContext,
    by: { readonly now: Instant; readonly actor: string },
  ): Promise<readonly (E | CommonEvent)[]>;
  /** Brings the tables of this kind up to the state, and begins what the events begin in other streams. */
  save(change: Change<S>, written: readonly NewEvent[]): Promise<Begun>;
  face(state: S, context: RuleContext, now: Instant): Face;
}

/** Opens the kind of a stream for one step. */
export type OpenKind = (tx: Transaction, owner: object, id: string, context: RuleContext, now: Instant) => Promise<LedgerKind>;

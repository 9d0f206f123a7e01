import type { DecisionContext } from '../context';
import type { Decision } from '../decision';
import type { RoundCommand, RoundCommandType } from './commands';
import type { RoundEvent } from './events';

export type RoundDecision = Decision<RoundEvent>;
export type RoundCommandOf<T extends RoundCommandType> = Extract<RoundCommand, { type: T }>;

/** What a round's gate must know of its issues; the ledger counts it in the same transaction. */
export interface RoundFacts {
  /** Ids of the issues that are not final. */
  readonly openIssues: readonly string[];
  /** Ids of the issues that are struck off and not yet looked at again. */
  readonly closedIssues: readonly string[];
  /** Every issue of the round, with the highest number that was given. */
  readonly issues: readonly string[];
  readonly lastNumber: number;
  /** Names of the policies that can be put in force, `district-inspection@2`. */
  readonly policies: readonly string[];
  /** The units that are answerable for each issue, lead unit and co-units; without it, a collection takes rows of any issue of the round. */
  readonly unitsOfIssue?: Readonly<Record<string, readonly string[]>>;
}

export interface RoundContext extends DecisionContext {
  readonly facts: RoundFacts;
}

import type { DecisionContext } from '../context';
import type { Decision as DecisionOf } from '../decision';
import type { Role } from '../roles';
import type { CheckBackPlan } from '../round/types';
import type { CommandType, IssueCommand } from './commands';
import type { IssueEvent } from './events';

export { accept, reject } from '../decision';
export type Decision = DecisionOf<IssueEvent>;

/** What a gate must know of other streams; the ledger reads it in the same transaction. */
export interface IssueFacts {
  /** Issues of the deployment that can be named: for recurrence and shared rectification. */
  readonly issues: readonly string[];
  /** Those of this round that are not final: for merging. */
  readonly openIssues: readonly string[];
  /** How the round looks again at what is closed, when its plan is made. */
  readonly checkBackPlan: CheckBackPlan | null;
}

export const noFacts: IssueFacts = { issues: [], openIssues: [], checkBackPlan: null };

/** The decision context of an issue; without facts nothing else is known. */
export interface IssueContext extends DecisionContext {
  readonly facts?: IssueFacts;
}

/** The decision context with the roles in which the actor may give this command, and the units for which they act. */
export interface Judging extends DecisionContext {
  readonly facts: IssueFacts;
  readonly acting: readonly Role[];
  /** Responsible units (lead unit or co-units) whose own people the actor is one of. */
  readonly ownUnits: readonly string[];
}

export type CommandOf<T extends CommandType> = Extract<IssueCommand, { type: T }>;

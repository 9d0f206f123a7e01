import type { DecisionContext } from '../context';
import type { Decision as DecisionOf } from '../decision';
import type { Role } from '../roles';
import type { CommandType, IssueCommand } from './commands';
import type { IssueEvent } from './events';

export { accept, reject } from '../decision';
export type Decision = DecisionOf<IssueEvent>;

/** The decision context with the roles in which the actor may give this command. */
export interface Judging extends DecisionContext {
  readonly acting: readonly Role[];
}

export type CommandOf<T extends CommandType> = Extract<IssueCommand, { type: T }>;

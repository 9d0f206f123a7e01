import type { Failure } from '../failure';
import type { Role } from '../roles';
import type { CommandType, IssueCommand } from './commands';
import type { DecisionContext } from './context';
import type { IssueEvent } from './events';

/** A command is accepted with its events or refused with a reason; nothing in between. */
export type Decision = { readonly ok: true; readonly events: readonly IssueEvent[] } | { readonly ok: false; readonly rejection: Failure };

export const accept = (...events: IssueEvent[]): Decision => ({ ok: true, events });
export const reject = (code: string, what: string, todo: string): Decision => ({ ok: false, rejection: { code, what, todo } });

/** The decision context with the roles in which the actor may give this command. */
export interface Judging extends DecisionContext {
  readonly acting: readonly Role[];
}

export type CommandOf<T extends CommandType> = Extract<IssueCommand, { type: T }>;

import type { WorkCalendar } from './calendar';
import type { Directory } from './directory';
import type { Policy } from './policy/policy';
import type { Instant } from './time';

/** The rules and people in force: what every wake and every command is judged by. */
export interface RuleContext {
  readonly policy: Policy;
  readonly calendar: WorkCalendar;
  readonly directory: Directory;
}

/** A command's context: the rules, who asks, and the one instant it is asked at. */
export interface DecisionContext extends RuleContext {
  readonly now: Instant;
  readonly actor: string;
}

import type { Tone } from './policy/policy';
import type { Instant, LocalDate } from './time';

/** Something owed, as it stands in the calendar of who owes it. */
export interface FeedItem {
  readonly streamId: string;
  readonly obligationId: string;
  /** The office's own reference number: `R1-012`. */
  readonly reference: string;
  readonly title: string;
  /** What is owed, in office words: 签收, 整改, 联审 … */
  readonly kind: string;
  readonly dueOn: LocalDate;
  /** The due day rests on a year without a holiday table and may move. */
  readonly provisional: boolean;
  /** The worst tone that has reached it. */
  readonly tone: Tone;
  /** The clock rests while somebody else decides. */
  readonly stopped: boolean;
  readonly openedAt: Instant;
  /** The last of: opened, day moved, rung fired, overdue, closed. */
  readonly changedAt: Instant;
  /** How often its day was computed anew, and 1 more when it is closed. */
  readonly revision: number;
  readonly closedAt: Instant | null;
  /** The event that closed it: `acknowledged`, `extensionGranted` … */
  readonly closedBy: string | null;
  /** An address, or a path below the base of all links. */
  readonly link: string;
}

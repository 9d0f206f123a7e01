import type { Tone } from './policy/policy';
import type { Instant, LocalDate } from './time';

/** One notice as its reader sees it: an obligation that has reached a rung. */
export interface DigestLine {
  readonly streamId: string;
  /** The office's own reference number: `R1-012`. */
  readonly reference: string;
  /** Null when the detail of mails is `reference`. */
  readonly title: string | null;
  /** The responsible unit, where readers look after several; absent or null where it is not told. Never in a mail of detail `reference`. */
  readonly unit?: string | null;
  /** What is owed, in office words: 签收, 报送整改措施, 整改, 现场核查 … */
  readonly kind: string;
  /** The label of the rung: 新任务, 提前20日提醒, 逾期, 提醒函 … */
  readonly rung: string;
  readonly tone: Tone;
  /** The obligation is overdue from the end of this day. */
  readonly dueOn: LocalDate | null;
  /** The due day rests on a year without a holiday table and may move. */
  readonly provisional: boolean;
  /** Workdays from the day of the claim; negative is overdue by, 0 is due that day. */
  readonly daysLeft: number | null;
  /** Roles of this person in the matter, joined by 、 */
  readonly role: string;
  /** The next rung and who will hear of it then (roles joined by 、). */
  readonly next: { readonly on: LocalDate; readonly label: string; readonly hears: string } | null;
  /** The kind of paper that goes with the rung, e.g. 督办通知单. */
  readonly paper: string | null;
  /** An address, or a path below the base of all links. */
  readonly link: string;
}

/** A signed paper as a file, frozen at its signature. */
export interface DigestPaper {
  /** As its reader finds it: `提醒函〔2026〕3号.docx`. */
  readonly filename: string;
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, hex; bytes that differ from it are never sent. */
  readonly sha256: string;
}

/** What one person is told at one opening, true as of `claimedAt`. */
export interface DigestContent {
  readonly person: { readonly id: string; readonly name: string; readonly email: string };
  readonly opening: Instant;
  readonly claimedAt: Instant;
  readonly lines: readonly DigestLine[];
  /** Keys of every notice it carries, `stream/obligation/rung@occurrence`. */
  readonly notices: readonly string[];
  /** Papers for this person to go with the mail; only where its detail is `full`, else the mail names them and links to the page. */
  readonly papers?: readonly DigestPaper[];
}

/** The bytes of a message, made once; resends send these. */
export interface SealedMessage {
  readonly messageId: string;
  readonly subject: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What channels other than mail say of the same notices. */
  readonly summary?: object;
}

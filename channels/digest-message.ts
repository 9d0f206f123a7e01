import type { Instant, LocalDate } from '../domain/time';
import { digestHtml } from './digest-html';
import { digestText } from './digest-text';
import { viewOf } from './digest-view';

export type Tone = 'none' | 'green' | 'yellow' | 'red';

/** One notice as its reader sees it: an obligation that has reached a rung. */
export interface DigestLine {
  issueId: string;
  /** The office's own reference number: `2026-01-012`. */
  reference: string;
  /** Null when detail is 'reference'. */
  title: string | null;
  /** What is owed, in office words: 签收, 报送整改方案, 整改, 现场核查 … */
  kind: string;
  /** The label of the rung: 新任务, 提前20日提醒, 逾期, 提醒函 … */
  rung: string;
  tone: Tone;
  /** Asia/Shanghai day; the obligation is overdue from the end of it. */
  dueOn: LocalDate | null;
  /** The due day was computed without a holiday table and may move. */
  provisional: boolean;
  /** Workdays from the day of the claim; negative is overdue by, 0 is due that day. */
  daysLeft: number | null;
  /** Roles of this person in the matter, Chinese, joined by 、 */
  role: string;
  /** The next rung and who will hear of it then (roles joined by 、). */
  next: { on: LocalDate; label: string; hears: string } | null;
  /** The kind of paper that goes with the rung, e.g. 督办通知单. */
  paper: string | null;
  /** An address, or a path below linkBase. */
  link: string;
}

/** Everything one mail says. It is true as of `claimedAt`, which it prints. */
export interface DigestMessage {
  person: { name: string; email: string };
  opening: Instant;
  claimedAt: Instant;
  /**
   * 'reference' is for mail that leaves the office network (design.md, section 7): numbers, dates, kinds of paper and roles,
   * never titles, names or sums. 'full' is for an internal mail server.
   */
  detail: 'reference' | 'full';
  lines: readonly DigestLine[];
  linkBase: string;
}

export interface RenderedDigest {
  subject: string;
  text: string;
  html: string;
}

/** The mail of a digest: totals first, red first. Pure, so the same message always gives the same characters. */
export function renderDigest(message: DigestMessage): RenderedDigest {
  const view = viewOf(message);
  return { subject: view.subject, text: digestText(view), html: digestHtml(view) };
}

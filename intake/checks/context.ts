import type { DraftFinding, DraftIssue, DraftLedger } from '../draft';
import type { FoundDeadline } from '../extract/deadline';
import type { DateMention } from '../extract/dates';
import type { Earlier } from '../extract/earlier';
import type { FindingNode } from '../findings-tree';
import type { Prose } from '../prose';

/** One issue with what the extractors saw on the way. */
export interface ReadIssue {
  readonly issue: DraftIssue;
  readonly finding: FindingNode;
  readonly deadline: FoundDeadline | null;
  readonly dates: readonly DateMention[];
  /** Every earlier round it is about; the draft has the first. */
  readonly earlier: readonly Earlier[];
}

/** What the cross-checks look at: the draft without findings, and the text behind it. */
export interface CheckInput {
  readonly draft: Omit<DraftLedger, 'findings'>;
  readonly read: readonly ReadIssue[];
  readonly paragraphs: readonly Prose[];
  /** The paragraphs that belong to no issue. */
  readonly outside: readonly Prose[];
}

/** An issue as its document calls it. */
export const nameOf = ({ issue: { label, number } }: Pick<ReadIssue, 'issue'>): string => label || String(number);

/** A cross-check: the contradictions it sees, each with its places. Never throws. */
export type Check = (input: CheckInput) => DraftFinding[];

export const finding = (severity: DraftFinding['severity'], code: string, message: string, lines: readonly number[]): DraftFinding => ({
  code,
  severity,
  message,
  lines: [...new Set(lines)].sort((a, b) => a - b),
});

import type { ContentRef } from '../content';
import type { Account } from '../obligation/types';
import type { RoundSource } from '../policy/policy';
import type { Instant, LocalDate } from '../time';

/** Where a round stands: its issues are being rectified, its two reports are in, it was assessed, it is closed. */
export type RoundPhase = 'rectifying' | 'reported' | 'assessed' | 'closed';

export const roundPhaseLabels: Readonly<Record<RoundPhase, string>> = {
  rectifying: '集中整改',
  reported: '已报告',
  assessed: '已评估',
  closed: '已结束',
};

/** The two reports at the end of the concentrated period: the organisation's and its secretary's. */
export type ReportKind = 'organisationReport' | 'secretaryReport';

/** Points taken off in an assessment, with the reason and the issue it rests on. */
export interface Deduction {
  readonly item: string;
  readonly points: number;
  readonly reason: ContentRef;
  readonly issueId: string | null;
}

export interface Assessment {
  readonly score: number;
  readonly grade: string;
  readonly deductions: readonly Deduction[];
}

/** Which closed issues are looked at again; a sample can be drawn anew by anyone from the seed. */
export interface CheckBackPlan {
  readonly mode: 'all' | 'sample' | 'chosen';
  readonly seed: string;
  readonly percent: number;
  /** Ids of the issues to look at. */
  readonly issues: readonly string[];
  readonly checkers: readonly string[];
}

/** What a unit of a campaign found itself and hands in, or nothing: then `none`. */
export interface Finding {
  readonly id: string;
  readonly unitId: string;
  readonly stage: string;
  readonly title: ContentRef;
  readonly text: ContentRef;
  readonly state: 'submitted' | 'accepted' | 'merged' | 'returned';
  /** The issue it became or was merged into. */
  readonly issueId: string | null;
}

/** A stage of a campaign: these units owe what they found themselves, or that they found nothing, by its last day. */
export interface Stage {
  readonly name: string;
  readonly until: LocalDate;
  readonly units: readonly string[];
}

/** One measure as a unit reports it back in a collection 收报; a proposal until the office takes it over. */
export interface ReportedRow {
  readonly issueId: string;
  readonly measureId: string | null;
  readonly progress: ContentRef;
  readonly completed: boolean;
}

export interface Collection {
  readonly id: string;
  readonly period: string;
  readonly dueOn: LocalDate;
  readonly units: readonly string[];
  readonly answers: readonly { readonly unitId: string; readonly at: Instant; readonly rows: readonly ReportedRow[] }[];
}

/** Counts of clues 问题线索: recorded by two bodies only, without names or content; zero is a value. */
export interface ClueCounts {
  readonly received: number;
  readonly handling: number;
  readonly settled: number;
  /** The count released for the report; null: none was released. */
  readonly released: number | null;
}

/** Everything the events say of one round. */
export interface RoundState extends Account {
  readonly roundId: string;
  readonly name: string;
  readonly source: RoundSource;
  readonly phase: RoundPhase;
  readonly feedbackOn: LocalDate;
  readonly policy: string | null;
  readonly issues: number;
  readonly planFiledOn: LocalDate | null;
  readonly reportsFiled: readonly ReportKind[];
  readonly assessment: Assessment | null;
  readonly checkBackPlan: CheckBackPlan | null;
  /** The day of the last date of each cadence that was opened. */
  readonly cadences: Readonly<Record<string, LocalDate>>;
  readonly collections: readonly Collection[];
  readonly stages: readonly Stage[];
  readonly findings: readonly Finding[];
  readonly clues: ClueCounts | null;
}

export const roundStreamId = (roundId: string): string => `round/${roundId}`;

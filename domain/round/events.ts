import type { ContentRef } from '../content';
import type { CommonEvent } from '../obligation/events';
import type { RoundSource } from '../policy/policy';
import type { Instant, LocalDate } from '../time';
import type { CheckBackPlan, ClueCounts, Deduction, ReportedRow, ReportKind } from './types';

/** What happened to a round. A new kind is added here and in evolve.ts; nothing that was written is ever changed. */
export type RoundEvent =
  | CommonEvent
  | {
      readonly type: 'roundOpened';
      readonly name: string;
      readonly inspectedBody: string | null;
      readonly inspectingBody: string | null;
      readonly feedbackOn: LocalDate;
      readonly source: { readonly file: string; readonly sha256: string } | null;
      readonly issues: number;
      /** Absent in rounds that were opened before rounds had a life: these owe nothing. */
      readonly supervised?: { readonly source: RoundSource; readonly policy: string; readonly organisationId: string | null };
    }
  | { readonly type: 'issuesAdded'; readonly issueIds: readonly string[] }
  | { readonly type: 'roundPlanFiled'; readonly document: ContentRef }
  | {
      readonly type: 'reportFiled';
      readonly report: ReportKind;
      readonly document: ContentRef;
      /** The last day of the concentrated period: what follows the reports counts from it, unless they came later. */
      readonly periodEndsOn?: LocalDate;
      /** Whether the policy looks again at what is closed; absent: it does. */
      readonly checkBackOwed?: boolean;
    }
  /** The next date of a cadence came, at the instant the agenda named; the one before, if nobody held it, lapsed. */
  | { readonly type: 'cadenceOpened'; readonly cadence: string; readonly on: LocalDate; readonly until: LocalDate; readonly at: Instant }
  | { readonly type: 'cadenceHeld'; readonly dutyId: string; readonly minutes: ContentRef | null }
  | { readonly type: 'assessed'; readonly score: number; readonly grade: string; readonly deductions: readonly Deduction[] }
  | ({ readonly type: 'checkBackPlanned' } & CheckBackPlan)
  | {
      readonly type: 'collectionCalled';
      readonly collectionId: string;
      readonly period: string;
      readonly dueOn: LocalDate;
      readonly units: readonly string[];
    }
  | { readonly type: 'collectionAnswered'; readonly collectionId: string; readonly unitId: string; readonly rows: readonly ReportedRow[] }
  | { readonly type: 'stageOpened'; readonly stage: string; readonly until: LocalDate; readonly units: readonly string[] }
  | {
      readonly type: 'findingSubmitted';
      readonly findingId: string;
      readonly unitId: string;
      readonly stage: string;
      readonly title: ContentRef;
      readonly text: ContentRef;
    }
  | { readonly type: 'noneFound'; readonly unitId: string; readonly stage: string }
  | { readonly type: 'findingAccepted'; readonly findingId: string; readonly issueId: string; readonly number: number }
  | { readonly type: 'findingMerged'; readonly findingId: string; readonly issueId: string }
  | { readonly type: 'findingReturned'; readonly findingId: string; readonly reason: ContentRef }
  | ({ readonly type: 'cluesRecorded' } & ClueCounts)
  | { readonly type: 'policyPutInForce'; readonly policy: string; readonly reason: ContentRef }
  | { readonly type: 'roundClosed'; readonly summary: ContentRef | null };

export type RoundEventOf<T extends RoundEvent['type']> = Extract<RoundEvent, { type: T }>;

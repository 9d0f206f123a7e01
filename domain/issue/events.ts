import type { Role } from '../roles';
import type { LocalDate } from '../time';
import type { ContentRef } from '../content';
import type { CommonEvent } from '../obligation/events';
import type { Assignment } from '../parties';
import type { CheckBackMode, Measure, ReportedStatus } from './types';

/** What happened to an issue. A new kind is added here and in evolve.ts; nothing that was written is ever changed. */
export type IssueEvent =
  | CommonEvent
  | {
      readonly type: 'registered';
      readonly roundId: string;
      readonly number: number;
      readonly title: ContentRef;
      readonly text: ContentRef;
      readonly feedbackOn: LocalDate;
      readonly reported: ReportedStatus | null;
      /** The inspected organisation, when the deployment serves several. */
      readonly organisationId?: string;
    }
  | ({ readonly type: 'assigned' } & Assignment)
  | { readonly type: 'acknowledged' }
  | { readonly type: 'planProposed'; readonly measures: readonly Omit<Measure, 'completedAt'>[]; readonly rootCause: ContentRef | null }
  | {
      readonly type: 'planApproved';
      readonly role: Role;
      readonly final: boolean;
      readonly dueOn: LocalDate | null;
      readonly opinion: ContentRef | null;
    }
  | { readonly type: 'planReturned'; readonly role: Role; readonly opinion: ContentRef }
  | { readonly type: 'planReviewed'; readonly verdict: 'approved' | 'returned'; readonly opinion: ContentRef | null }
  | { readonly type: 'progressReported'; readonly progress: ContentRef }
  | { readonly type: 'measureCompleted'; readonly measureId: string; readonly evidence: ContentRef }
  | {
      readonly type: 'extensionRequested';
      readonly dutyId: string;
      readonly newDueOn: LocalDate;
      readonly late: boolean;
      readonly reason: ContentRef;
      readonly progress: ContentRef;
    }
  | { readonly type: 'extensionDecided'; readonly granted: boolean; readonly newDueOn: LocalDate; readonly opinion: ContentRef | null }
  | { readonly type: 'closeoutRequested'; readonly summary: ContentRef | null }
  | { readonly type: 'checkBackPlanned'; readonly mode: CheckBackMode; readonly checkers: readonly string[]; readonly seed: string | null }
  | { readonly type: 'checkBackPassed'; readonly seen: ContentRef; readonly reviewParties: readonly Role[] }
  | { readonly type: 'returned'; readonly from: 'checkBack' | Role; readonly reason: ContentRef }
  | { readonly type: 'reviewed'; readonly party: Role; readonly verdict: 'approved' | 'returned'; readonly opinion: ContentRef | null }
  | { readonly type: 'closed'; readonly closeoutNumber: string; readonly closedOn: LocalDate; readonly basis: 'reviewed' | 'asReported' }
  | { readonly type: 'afterCheckBackPlanned'; readonly checkers: readonly string[]; readonly seed: string }
  | {
      readonly type: 'consolidated';
      readonly basis: 'checked' | 'notDrawn';
      readonly seed: string | null;
      readonly seen: ContentRef | null;
    }
  | { readonly type: 'relapsed'; readonly seen: ContentRef }
  | {
      readonly type: 'paperSigned';
      readonly paperId: string;
      readonly number: string;
      readonly signedOn: LocalDate;
      /** The letter as it was signed; the ledger words and seals it with the number that it draws. */
      readonly text?: ContentRef;
    }
  | { readonly type: 'paperReplied'; readonly paperId: string; readonly reply: ContentRef }
  | { readonly type: 'commented'; readonly note: ContentRef };

export type EventOf<T extends IssueEvent['type']> = Extract<IssueEvent, { type: T }>;

/** An event whose number is drawn inside the ledger's transaction (`〔2026〕3号`); the ledger replaces the mark before hashing. */
export const NUMBER_TO_DRAW = '{number}';

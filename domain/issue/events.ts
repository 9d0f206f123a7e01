import type { Role } from '../roles';
import type { LocalDate } from '../time';
import type { ContentRef } from '../content';
import type { CommonEvent, DraftPaper, PaperSigned } from '../obligation/events';
import type { Assignment } from '../parties';
import type { NamedRole } from './commands';
import type { Handling, MoneyItem, NewRule, PublicStatus } from './records';
import type { CheckBackMode, Correction, Measure, Milestone, ReportedStatus } from './types';

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
      /** Earlier findings that it repeats. */
      readonly recursOf?: readonly string[];
      /** 线下办理: its text may not enter. */
      readonly offSystem?: boolean;
    }
  | ({ readonly type: 'assigned' } & Assignment)
  | { readonly type: 'acknowledged' }
  | {
      readonly type: 'planProposed';
      readonly measures: readonly ProposedPart[];
      readonly rootCause: ContentRef | null;
      readonly widerCheck?: ContentRef | null;
    }
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
  | { readonly type: 'milestoneCompleted'; readonly measureId: string; readonly milestoneId: string; readonly evidence: ContentRef }
  | {
      readonly type: 'extensionRequested';
      readonly dutyId: string;
      readonly measureId?: string | null;
      readonly newDueOn: LocalDate;
      readonly late: boolean;
      readonly reason: ContentRef;
      readonly progress: ContentRef;
    }
  /** The lead leader's approval of a new day of the issue; the inspection office decides after it. */
  | { readonly type: 'extensionEndorsed'; readonly opinion: ContentRef | null }
  | { readonly type: 'extensionDecided'; readonly granted: boolean; readonly newDueOn: LocalDate; readonly opinion: ContentRef | null }
  | { readonly type: 'closeoutRequested'; readonly summary: ContentRef | null }
  | { readonly type: 'checkBackPlanned'; readonly mode: CheckBackMode; readonly checkers: readonly string[]; readonly seed: string | null }
  | { readonly type: 'checkBackPassed'; readonly seen: ContentRef; readonly reviewParties: readonly Role[]; readonly inOrder?: boolean }
  /** The policy asks for no check-back before closeout: the reviews begin at once. */
  | { readonly type: 'checkBackWaived'; readonly reviewParties: readonly Role[]; readonly inOrder?: boolean }
  | { readonly type: 'returned'; readonly from: 'checkBack' | Role; readonly reason: ContentRef }
  | {
      readonly type: 'reviewed';
      readonly party: Role;
      readonly verdict: 'approved' | 'returned';
      readonly opinion: ContentRef | null;
      /** Parties whose people have now all spoken for another party, so that the next role up owes the opinion. */
      readonly passesOn?: readonly Role[];
    }
  | {
      readonly type: 'closed';
      readonly closeoutNumber: string;
      readonly closedOn: LocalDate;
      readonly basis: 'reviewed' | 'asReported' | 'sustained';
      readonly tail?: boolean;
      /** Names and posts of everybody who acted, as they were on the day; the ledger seals them. Absent in what was closed before that. */
      readonly people?: ContentRef;
    }
  | { readonly type: 'afterCheckBackPlanned'; readonly checkers: readonly string[]; readonly seed: string }
  | {
      readonly type: 'consolidated';
      /** `notRequired`: the policy looks at nothing again; `keptUp`: two years of upkeep, or of half-yearly stage reviews, are over. */
      readonly basis: 'checked' | 'notDrawn' | 'notRequired' | 'keptUp';
      readonly seed: string | null;
      readonly seen: ContentRef | null;
    }
  | { readonly type: 'relapsed'; readonly seen: ContentRef }
  | (PaperSigned & {
      /** The letter that it shares with papers of other issues; absent: it is a letter of its own. */
      readonly letterId?: string;
    })
  | { readonly type: 'paperReplied'; readonly paperId: string; readonly reply: ContentRef }
  | { readonly type: 'commented'; readonly note: ContentRef }
  | { readonly type: 'amended'; readonly title: ContentRef | null; readonly text: ContentRef | null; readonly reason: ContentRef }
  | { readonly type: 'recurrenceLinked'; readonly recursOf: readonly string[]; readonly reason: ContentRef }
  | { readonly type: 'rectificationShared'; readonly sharedWith: readonly string[] }
  | {
      readonly type: 'recused';
      readonly personId: string;
      readonly reason: ContentRef;
      /** Enough checkers are left: the running check-back goes on without them. Otherwise others must be named first. */
      readonly goesOn?: boolean;
    }
  | {
      readonly type: 'handedOver';
      readonly role: NamedRole;
      readonly from: string | null;
      readonly to: string;
      readonly reason: ContentRef;
    }
  | { readonly type: 'correctionProposed'; readonly correction: Correction }
  | { readonly type: 'correctionRefused'; readonly opinion: ContentRef | null }
  | { readonly type: 'voided'; readonly reason: ContentRef }
  /** The parts got issues of their own; `replacedBy` in their order. */
  | {
      readonly type: 'splitUp';
      readonly replacedBy: readonly string[];
      readonly parts: readonly { readonly title: ContentRef; readonly text: ContentRef }[];
      readonly reason: ContentRef;
    }
  | { readonly type: 'mergedInto'; readonly into: string; readonly reason: ContentRef }
  | ({ readonly type: 'reassigned'; readonly document: ContentRef; readonly reason: ContentRef } & Assignment)
  | { readonly type: 'transferredOut'; readonly receiver: ContentRef; readonly document: ContentRef; readonly reason: ContentRef }
  | { readonly type: 'suspended'; readonly reason: ContentRef; readonly document: ContentRef; readonly reviewOn: LocalDate }
  | { readonly type: 'suspensionReviewed'; readonly reviewOn: LocalDate; readonly opinion: ContentRef }
  | {
      readonly type: 'resumed';
      readonly reason: ContentRef;
      readonly newDueOn: LocalDate | null;
      /** Duties besides the rectification whose term counts anew, or whose named day passed meanwhile and becomes the new day. */
      readonly renewed?: readonly string[];
    }
  | { readonly type: 'withdrawn'; readonly reason: ContentRef; readonly document: ContentRef }
  | { readonly type: 'reopened'; readonly reason: ContentRef; readonly document: ContentRef }
  | {
      readonly type: 'coordinationRequested';
      readonly coordinator: Role;
      readonly asked: ContentRef;
      readonly ownShare: ContentRef;
      /** Asked when the issue was overdue already: the unit's clock goes on until it is accepted. */
      readonly late: boolean;
    }
  | {
      readonly type: 'coordinationDecided';
      readonly accepted: boolean;
      readonly answerBy: LocalDate | null;
      readonly opinion: ContentRef | null;
    }
  | { readonly type: 'coordinationNoted'; readonly progress: ContentRef }
  | { readonly type: 'coordinationAnswered'; readonly answer: ContentRef; readonly newDueOn: LocalDate | null }
  /** A paper that a person drafts by hand 督办. */
  | { readonly type: 'escalated'; readonly paper: DraftPaper; readonly reason: ContentRef }
  | {
      readonly type: 'talkDecided';
      readonly hold: boolean;
      readonly reason: ContentRef;
      readonly talkOn: LocalDate | null;
      readonly place: ContentRef | null;
      /** The notice of the talk, when it is held. */
      readonly paper: DraftPaper | null;
    }
  | { readonly type: 'paperHeld'; readonly paperId: string; readonly reason: ContentRef; readonly until: LocalDate }
  | { readonly type: 'paperDeclined'; readonly paperId: string; readonly reason: ContentRef }
  /** 阶段性完成: a purely sustained issue passed its review. */
  | { readonly type: 'stageReached' }
  | { readonly type: 'stageReviewed'; readonly verdict: 'kept' | 'returned'; readonly opinion: ContentRef }
  | { readonly type: 'upkeepConfirmed'; readonly progress: ContentRef; readonly ended: boolean }
  | ({ readonly type: 'handlingRecorded' } & Handling)
  | ({ readonly type: 'moneyRecorded' } & MoneyItem)
  | ({ readonly type: 'moneyCorrected'; readonly reason: ContentRef } & MoneyItem)
  | ({ readonly type: 'ruleRecorded' } & NewRule)
  | { readonly type: 'publicStatusSet'; readonly status: PublicStatus; readonly on: LocalDate; readonly reason: ContentRef | null }
  | { readonly type: 'implementationEdited'; readonly text: ContentRef };

/** A measure as a plan brings it in: nothing of it is done. */
export type ProposedPart = Omit<Measure, 'completedAt' | 'evidence' | 'milestones'> & {
  readonly milestones?: readonly Omit<Milestone, 'completedAt'>[];
};

export type EventOf<T extends IssueEvent['type']> = Extract<IssueEvent, { type: T }>;

export { NUMBER_TO_DRAW } from '../obligation/events';

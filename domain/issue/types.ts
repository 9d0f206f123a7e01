import type { ObligationKind, PaperKind, TermName, Tone } from '../policy/policy';
import type { Role } from '../roles';
import type { Instant, LocalDate } from '../time';

/** Free text or a name lives in the erasable content store; events carry this reference and the proof (ledger/content.ts). */
export interface ContentRef {
  readonly content: string;
  readonly sha256: string;
}

/** Where an issue stands (design.md, section 2). `checkBack` is 现场核查 before closeout, `afterCheckBack` 回头看 after it. */
export type Phase =
  | 'registered'
  | 'assigned'
  | 'acknowledged'
  | 'planned'
  | 'rectifying'
  | 'closeoutRequested'
  | 'checkBack'
  | 'underReview'
  | 'closed'
  | 'afterCheckBack'
  | 'consolidated';

export const phaseLabels: Readonly<Record<Phase, string>> = {
  registered: '建账',
  assigned: '交账',
  acknowledged: '已签收',
  planned: '措施报审',
  rectifying: '整改中',
  closeoutRequested: '申请销号',
  checkBack: '现场核查',
  underReview: '联审',
  closed: '已销号',
  afterCheckBack: '回头看',
  consolidated: '已巩固',
};

/** Whether nothing more is owed in this phase; only a reopening could change it. */
export const isFinal = (phase: Phase): boolean => phase === 'consolidated';

export type CheckBackMode = 'onTheSpot' | 'onPaper';

/** A measure 整改措施: belongs to a unit, has a due day or is sustained. */
export interface Measure {
  readonly id: string;
  readonly unitId: string;
  readonly text: ContentRef;
  readonly dueOn: LocalDate | null;
  readonly sustained: boolean;
  readonly completedAt: Instant | null;
}

/** How the due day of a duty comes about: a day that a document names, or a term from a day. */
export type DueBasis =
  | { readonly named: LocalDate }
  | { readonly term: TermName; readonly from: LocalDate }
  | { readonly workdays: number; readonly from: LocalDate };

/** Something owed in this issue, as the events opened it. Its due day is computed from policy and calendar (obligations.ts). */
export interface Duty {
  readonly id: string;
  readonly kind: ObligationKind;
  readonly ladder: ObligationKind | 'relapse';
  readonly holder: Role;
  readonly openedAt: Instant;
  readonly due: DueBasis;
  /** False: no rung tells of its opening (the person hears of it another way). */
  readonly announced: boolean;
  /** The unit's clock rests while somebody else decides about a request made in time. */
  readonly stoppedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly closedBy: string | null;
  /** Rungs that need not be fired any more, by `rung@occurrence`. */
  readonly fired: Readonly<Record<string, 'fired' | 'superseded'>>;
}

export interface Assignment {
  readonly leadUnitId: string;
  readonly leadLeaderId: string;
  readonly leaderInChargeId: string | null;
  readonly handlerId: string | null;
  readonly coUnitIds: readonly string[];
}

export interface ExtensionRequest {
  readonly by: string;
  readonly newDueOn: LocalDate;
  readonly late: boolean;
  readonly dutyId: string;
}

export interface ReviewOpinion {
  readonly party: Role;
  readonly by: string;
  readonly verdict: 'approved' | 'returned';
}

/** `lapsed`: the issue was closed before anybody signed the draft. */
export type PaperState = 'draft' | 'issued' | 'replied' | 'lapsed';

export interface Paper {
  readonly id: string;
  readonly kind: PaperKind;
  readonly state: PaperState;
  readonly issuer: Role;
  readonly addressee: Role;
  readonly copyTo: readonly Role[];
  readonly replyWorkdays: number;
  readonly number: string | null;
  readonly signedOn: LocalDate | null;
}

/** Everything the events say of one issue. */
export interface IssueState {
  readonly id: string;
  readonly roundId: string;
  readonly number: number;
  readonly version: number;
  readonly phase: Phase;
  readonly feedbackOn: LocalDate;
  readonly reported: ReportedStatus | null;
  readonly assignment: Assignment | null;
  readonly measures: readonly Measure[];
  readonly planProposedBy: string | null;
  readonly planApprovals: readonly { readonly role: Role; readonly by: string }[];
  /** The due day of the first approved plan; never changes. */
  readonly originalDueOn: LocalDate | null;
  readonly dueOn: LocalDate | null;
  readonly duties: readonly Duty[];
  readonly extension: ExtensionRequest | null;
  readonly extensions: number;
  readonly closeoutRequestedBy: string | null;
  readonly checkBackMode: CheckBackMode | null;
  readonly checkers: readonly string[];
  readonly reviewParties: readonly Role[];
  readonly reviews: readonly ReviewOpinion[];
  readonly returns: number;
  readonly relapses: number;
  readonly closeoutNumber: string | null;
  readonly closedOn: LocalDate | null;
  readonly papers: readonly Paper[];
  readonly lastOccurredAt: Instant;
}

/** What a published report claims; never taken for a closeout. */
export type ReportedStatus =
  'completed' | 'basically_completed' | 'stage_completed' | 'partially_rectified' | 'in_progress' | 'not_completed';

/** One person who is told, with every role that made it so and why it came to them. */
export interface Recipient {
  readonly personId: string;
  readonly roles: readonly Role[];
  /** Roles nobody holds, whose notice came to this person instead. */
  readonly vacant: readonly Role[];
}

export interface FiredRung {
  readonly dutyId: string;
  readonly kind: ObligationKind;
  readonly rung: string;
  readonly label: string;
  readonly occurrence: number;
  /** The instant the agenda named. */
  readonly at: Instant;
  readonly dueOn: LocalDate;
  readonly tone: Tone;
  readonly recipients: readonly Recipient[];
}

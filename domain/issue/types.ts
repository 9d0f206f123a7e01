import type { ContentRef } from '../content';
import type { Account } from '../obligation/types';
import type { Role } from '../roles';
import type { Instant, LocalDate } from '../time';

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

/** Everything the events say of one issue. */
export interface IssueState extends Account {
  readonly roundId: string;
  readonly number: number;
  readonly phase: Phase;
  readonly feedbackOn: LocalDate;
  readonly reported: ReportedStatus | null;
  readonly measures: readonly Measure[];
  readonly planProposedBy: string | null;
  readonly planApprovals: readonly { readonly role: Role; readonly by: string }[];
  /** The due day of the first approved plan; never changes. */
  readonly originalDueOn: LocalDate | null;
  readonly dueOn: LocalDate | null;
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
}

/** What a published report claims; never taken for a closeout. */
export type ReportedStatus =
  'completed' | 'basically_completed' | 'stage_completed' | 'partially_rectified' | 'in_progress' | 'not_completed';

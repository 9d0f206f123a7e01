import type { ContentRef } from '../content';
import type { Account } from '../obligation/types';
import type { Assignment } from '../parties';
import type { Handling, MoneyItem, NewRule, PublicStatus } from './records';
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
  | 'stageCompleted'
  | 'afterCheckBack'
  | 'upkeep'
  | 'consolidated'
  | 'suspended'
  | 'withdrawn'
  | 'void'
  | 'transferred'
  | 'replaced';

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
  stageCompleted: '阶段性完成',
  afterCheckBack: '回头看',
  upkeep: '长期坚持',
  consolidated: '已巩固',
  suspended: '中止',
  withdrawn: '撤销',
  void: '作废',
  transferred: '已移交',
  replaced: '已拆分或并入',
};

/** Phases in which nothing more is owed; only a consolidated issue can be reopened. */
export const finalPhases: readonly Phase[] = ['consolidated', 'withdrawn', 'void', 'transferred', 'replaced'];
export const isFinal = (phase: Phase): boolean => finalPhases.includes(phase);

/** Phases of an issue that is struck off the list 销号; totals count these as closed. */
export const closedPhases: readonly Phase[] = ['closed', 'afterCheckBack', 'upkeep', 'consolidated'];

export type CheckBackMode = 'onTheSpot' | 'onPaper';

/** A measure 整改措施: belongs to a unit, has a due day or is sustained. */
export interface Measure {
  readonly id: string;
  readonly unitId: string;
  readonly text: ContentRef;
  readonly dueOn: LocalDate | null;
  /** The day it had first, once an extension has moved it. */
  readonly originalDueOn?: LocalDate | null;
  /** How often its day was extended. */
  readonly extensions?: number;
  readonly sustained: boolean;
  /** Who does it, when it is not the unit's handler. */
  readonly holderId?: string | null;
  readonly milestones?: readonly Milestone[];
  /** The due phrase as the plan words it. */
  readonly dueRaw?: string | null;
  readonly completedAt: Instant | null;
  /** What was handed in when it was completed. */
  readonly evidence?: ContentRef;
}

/** A step of a measure with a day of its own; purely sustained issues are followed by these. */
export interface Milestone {
  readonly id: string;
  readonly label: string;
  readonly dueOn: LocalDate;
  readonly completedAt: Instant | null;
}

export interface ExtensionRequest {
  readonly by: string;
  readonly newDueOn: LocalDate;
  readonly late: boolean;
  readonly dutyId: string;
  /** A measure's own day within the issue's; null: the issue's day. */
  readonly measureId: string | null;
  /** Who endorsed it before the inspection office decides. */
  readonly endorsedBy: string | null;
}

/** A correction of the list that a second person of the office must confirm. */
export type Correction =
  | { readonly kind: 'void'; readonly reason: ContentRef }
  | {
      readonly kind: 'split';
      readonly parts: readonly { readonly title: ContentRef; readonly text: ContentRef }[];
      readonly reason: ContentRef;
    }
  | { readonly kind: 'merge'; readonly into: string; readonly reason: ContentRef }
  | ({ readonly kind: 'reassign'; readonly document: ContentRef; readonly reason: ContentRef } & Assignment)
  | { readonly kind: 'transferOut'; readonly receiver: ContentRef; readonly document: ContentRef; readonly reason: ContentRef };

/** What is beyond the organisation's power 提请上级协调. */
export interface Coordination {
  readonly askedBy: string;
  /** Who is to answer: a role above, or a person. */
  readonly coordinator: Role;
  readonly state: 'asked' | 'accepted' | 'refused' | 'answered';
  readonly answerBy: LocalDate | null;
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
  /** As registered or amended last; null before the registration. */
  readonly title: ContentRef | null;
  readonly text: ContentRef | null;
  readonly feedbackOn: LocalDate;
  readonly reported: ReportedStatus | null;
  readonly measures: readonly Measure[];
  readonly planProposedBy: string | null;
  /** 原因分析 and 举一反三, of the last plan that names them. */
  readonly rootCause: ContentRef | null;
  readonly widerCheck: ContentRef | null;
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
  /** Awaits the second person of the office. */
  readonly correction: (Correction & { readonly by: string }) | null;
  /** The issues that stand for this one since it was split or merged. */
  readonly replacedBy: readonly string[];
  /** Where it stood when it was suspended. */
  readonly suspendedFrom: Phase | null;
  /** Duties whose clock rested already when it was suspended: resuming leaves them at rest. */
  readonly stoppedBefore: readonly string[];
  /** Units and handlers that were charged with it before: who did part of the work does not check it. */
  readonly formerly: readonly string[];
  readonly coordination: Coordination | null;
  /** Every coordination that was accepted: such an issue is counted 需协调, never completed. */
  readonly coordinations: number;
  /** 长期坚持 beside a limit: the limited part is struck off, the tail is kept up. */
  readonly tail: boolean;
  /** The day on which a purely sustained issue reached its stage. */
  readonly stageSince: LocalDate | null;
  /** Earlier findings that this one repeats 屡改屡犯, by id or as the paper names them. */
  readonly recursOf: readonly string[];
  /** Issues that share this rectification. */
  readonly sharedWith: readonly string[];
  readonly handling: readonly Handling[];
  readonly money: readonly MoneyItem[];
  readonly newRules: readonly NewRule[];
  readonly publicStatus: { readonly status: PublicStatus; readonly on: LocalDate } | null;
  /** 落实情况 as it was edited last; null: drafted from the measures. */
  readonly implementation: ContentRef | null;
  /** What the unit reported last, and when. */
  readonly progress: { readonly text: ContentRef; readonly at: Instant } | null;
  /** 线下办理: a number, unit, dates and state; no text. */
  readonly offSystem: boolean;
}

/** What a published report claims; never taken for a closeout. */
export type ReportedStatus =
  'completed' | 'basically_completed' | 'stage_completed' | 'partially_rectified' | 'in_progress' | 'not_completed';

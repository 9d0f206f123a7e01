import type { Role } from '../roles';

/** How well a number is founded (design.md, section 3): seen in practice, reported, weakly reported, our own default. */
export type Strength = 'strong' | 'medium' | 'weak' | 'default';

/** A term: calendar days, workdays or calendar months after the day it starts from. */
export type Term = { readonly days: number } | { readonly workdays: number } | { readonly months: number };

/** A number of the policy with where it comes from. */
export interface Sourced<T> {
  readonly value: T;
  readonly strength: Strength;
  readonly source: string;
}

/** How urgent a rung reads: `none` tells of a new duty. */
export type Tone = 'none' | 'green' | 'yellow' | 'red';

/**
 * What is owed in an issue or a round, by kind. Each has a term or a named date, and a ladder.
 * The kinds of the round and of later stages stand here already so that no policy is ever incomplete.
 */
export type ObligationKind =
  | 'assign'
  | 'receipt'
  | 'plan'
  | 'planApproval'
  | 'planReview'
  | 'rectify'
  | 'measure'
  | 'milestone'
  | 'extensionEndorsement'
  | 'extensionDecision'
  | 'checkBack'
  | 'review'
  | 'checkBackDraw'
  | 'afterCheckBack'
  | 'signPaper'
  | 'reply'
  | 'upkeep'
  | 'stageReview'
  | 'suspensionReview'
  | 'coordinationAnswer'
  | 'coordinationNote'
  | 'vacancy'
  | 'handover'
  | 'calendarTable'
  | 'roundPlan'
  | 'organisationReport'
  | 'secretaryReport'
  | 'assessment'
  | 'checkBackPlan'
  | 'cadence'
  | 'collection'
  | 'selfCheck'
  | 'finding'
  | 'correction'
  | 'coordinationDecision'
  | 'talkDecision';

/** When a rung fires: at the opening of the obligation, or days or workdays from its due date (negative = before; +1 day = overdue). */
export type Offset = 'opened' | { readonly days: number } | { readonly workdays: number };

/** Who hears of a rung: whoever owes the obligation, or roles around the issue. */
export type Audience = 'holder' | Role;

/** Kinds of paper that a rung can ask for. */
export type LadderPaper = 'reminderLetter' | 'supervisionOrder' | 'officeSupervisionOrder' | 'finalWarning';

/** All kinds of paper: a talk is decided and accountability proposed by a person, never by a date, so no rung asks for these two. */
export type PaperKind = LadderPaper | 'talkNotice' | 'accountabilityProposal';

/** A paper that a rung drafts; it stays a draft until a person of `issuer` signs it. */
export interface PaperOrder {
  readonly kind: LadderPaper;
  readonly issuer: Role;
  readonly addressee: Role;
  readonly copyTo: readonly Role[];
  /** Workdays the addressee has for an answer, from the day of signing. */
  readonly replyWorkdays: number;
}

export interface Rung {
  readonly id: string;
  /** What the person reads: 提前20日提醒, 逾期, 督办 … */
  readonly label: string;
  readonly offset: Offset;
  readonly audience: readonly Audience[];
  readonly tone: Tone;
  readonly paper?: PaperOrder;
  /** Fires again every so many workdays until the obligation is closed. */
  readonly repeatEveryWorkdays?: number;
  /** Each time it fires, a decision is owed: whether to hold a talk 约谈. */
  readonly opens?: 'talkDecision';
}

export type Ladder = readonly Rung[];

/** The named terms; an obligation whose due date no document names is due by one of them. */
export type TermName =
  | 'assign'
  | 'receipt'
  | 'plan'
  | 'planApproval'
  | 'planReview'
  | 'concentratedPeriod'
  | 'redo'
  | 'relapseRedo'
  | 'extensionDecision'
  | 'checkBack'
  | 'review'
  | 'checkBackDraw'
  | 'afterCheckBack'
  | 'signPaper'
  | 'roundPlan'
  | 'assessment'
  | 'checkBackPlan'
  | 'stageReview'
  | 'sustainedEnd'
  | 'upkeep'
  | 'upkeepEnd'
  | 'coordinationDecision'
  | 'coordinationAnswer'
  | 'coordinationNote'
  | 'finding'
  | 'correction'
  | 'talkDecision'
  | 'collection'
  | 'vacancy'
  | 'handover'
  | 'calendarTable';

/** What a round comes from 来源: decides which policy fits. */
export type RoundSource = 'inspection' | 'provincialInspection' | 'audit' | 'campaign';

export const roundSourceLabels: Readonly<Record<RoundSource, string>> = {
  inspection: '巡察',
  provincialInspection: '巡视',
  audit: '审计',
  campaign: '专项整治',
};

/** A rhythm of a round: 一分析一调度一督导 each half month. It reminds the rectification office and escalates to nobody. */
export interface Cadence {
  /** Stands in the obligation's id: `cadence:half-monthly:2026-09-16`. */
  readonly id: string;
  readonly label: string;
  readonly every: 'week' | 'halfMonth' | 'month';
  /** Until the end of the concentrated period, or as long as the round is open. */
  readonly during: 'concentratedPeriod' | 'round';
}

/** Which closed issues are looked at again. */
export type CheckBackAfter = 'all' | 'sample' | 'chosen' | 'none';

/** Grades of an assessment: each from so many points on, the highest first; the last one from 0. */
export interface AssessmentScale {
  readonly fullMarks: number;
  readonly grades: readonly { readonly grade: string; readonly from: number }[];
}

/** One version of the rules: data that an office can read, change and put in force. */
export interface Policy {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  /** The rounds it is made for. */
  readonly source: RoundSource;
  readonly terms: Readonly<Record<TermName, Sourced<Term>>>;
  readonly ladders: Readonly<Record<ObligationKind, Sourced<Ladder>>>;
  /** The ladder of a rectification after a relapse: sharper, upper levels hear at once. */
  readonly relapseLadder: Sourced<Ladder>;
  /** An obligation with a shorter span than this many days gets one reminder at half time instead of its early rungs. */
  readonly shortSpanDays: Sourced<number>;
  readonly reviewParties: Sourced<readonly Role[]>;
  /** Whether the parties review side by side or one after the other, as they are listed. */
  readonly reviewOrder: Sourced<'parallel' | 'inOrder'>;
  readonly maxExtensions: Sourced<number>;
  /** Calendar days by which all extensions together may move the original date. */
  readonly maxExtensionDays: Sourced<number>;
  readonly checkBackBefore: Sourced<boolean>;
  readonly checkBackAfter: Sourced<CheckBackAfter>;
  /** Percent of the issues checked on the spot before closeout; the rest is checked on paper. */
  readonly onTheSpotPercent: Sourced<number>;
  /** Percent of the closed issues drawn for the check-back after closeout. */
  readonly drawPercent: Sourced<number>;
  readonly minimumCheckers: Sourced<number>;
  /** A decision on paper that is recorded more workdays after its day than this is flagged. */
  readonly lateRecordWorkdays: Sourced<number>;
  readonly cadences: Sourced<readonly Cadence[]>;
  readonly assessmentScale: Sourced<AssessmentScale>;
}

/** How a version of a policy is called everywhere: `district-inspection@2`. */
export const policyName = ({ id, version }: Pick<Policy, 'id' | 'version'>): string => `${id}@${version}`;

/** 中文 of the kinds, as a digest and a list name what is owed. */
export const obligationLabels: Readonly<Record<ObligationKind, string>> = {
  assign: '交账',
  receipt: '签收',
  plan: '报送整改措施',
  planApproval: '审批整改措施',
  planReview: '方案审核',
  rectify: '整改',
  measure: '落实整改措施',
  milestone: '阶段目标',
  extensionEndorsement: '审批延期（牵头领导）',
  extensionDecision: '审批延期',
  checkBack: '现场核查',
  review: '联审',
  checkBackDraw: '回头看抽取',
  afterCheckBack: '回头看',
  signPaper: '签发文书',
  reply: '回复文书',
  upkeep: '长期坚持',
  stageReview: '阶段复核',
  suspensionReview: '中止复核',
  coordinationAnswer: '协调答复',
  coordinationNote: '协调事项说明',
  vacancy: '补充人员',
  handover: '交接签收',
  calendarTable: '录入节假日安排',
  roundPlan: '报送整改方案',
  organisationReport: '报送整改情况报告',
  secretaryReport: '报送主要负责人组织落实情况报告',
  assessment: '成效评估',
  checkBackPlan: '回头看方案',
  cadence: '调度',
  collection: '收报',
  selfCheck: '上报自查问题',
  finding: '审定自查问题',
  correction: '复核更正',
  coordinationDecision: '受理协调',
  talkDecision: '决定是否约谈',
};

export const paperLabels: Readonly<Record<PaperKind, string>> = {
  reminderLetter: '提醒函',
  supervisionOrder: '督办通知单',
  officeSupervisionOrder: '巡察办督办通知单',
  finalWarning: '告诫书',
  talkNotice: '约谈通知书',
  accountabilityProposal: '问责建议书',
};

/** Those that a rung may ask for. */
export const ladderPapers: readonly LadderPaper[] = ['reminderLetter', 'supervisionOrder', 'officeSupervisionOrder', 'finalWarning'];

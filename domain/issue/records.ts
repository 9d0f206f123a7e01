import type { ContentRef } from '../content';
import type { LocalDate } from '../time';

// What an office records beside an issue's life: persons, money, rules, what is said in public (design.md, section 1).

/** Kinds of handling of persons 人员处理; 立案 is a step and shown as such. */
export type HandlingKind =
  | 'caseFiled'
  | 'partyDiscipline'
  | 'governmentDiscipline'
  | 'admonishment'
  | 'reminderTalk'
  | 'criticism'
  | 'orderedReview'
  | 'publicCriticism'
  | 'organisationalMeasure'
  | 'transfer'
  | 'economic'
  | 'other';

export const handlingLabels: Readonly<Record<HandlingKind, string>> = {
  caseFiled: '立案',
  partyDiscipline: '党纪处分',
  governmentDiscipline: '政务处分',
  admonishment: '诫勉',
  reminderTalk: '谈话提醒',
  criticism: '批评教育',
  orderedReview: '责令检查',
  publicCriticism: '通报批评',
  organisationalMeasure: '组织处理',
  transfer: '调整岗位',
  economic: '经济处理',
  other: '其他处理',
};

/** Counts of persons 人 and person-times 人次 are both entered, never derived; names are for the discipline group only. */
export interface Handling {
  readonly id: string;
  readonly kind: HandlingKind;
  readonly persons: number;
  readonly personTimes: number;
  readonly rank: string | null;
  readonly names: ContentRef | null;
  readonly document: ContentRef | null;
}

/** 应追缴或应退 = 已追缴 + 已退还 + 上缴国库 + 上缴廉政账户 + 调账核销 + 未到位, in fen (safe integers), each with a voucher. */
export interface MoneyItem {
  readonly id: string;
  readonly owedFen: number;
  readonly recoveredFen: number;
  readonly refundedFen: number;
  readonly treasuryFen: number;
  readonly integrityAccountFen: number;
  readonly adjustedFen: number;
  readonly outstandingFen: number;
  readonly voucher: ContentRef;
}

/** 建章立制: a rule that was made. */
export interface NewRule {
  readonly id: string;
  readonly name: ContentRef;
  readonly number: string | null;
  readonly madeOn: LocalDate;
}

/** 对外口径 at a cut-off date; not the phase. */
export type PublicStatus = 'completed' | 'basicallyCompleted' | 'stageCompleted' | 'inProgress' | 'notCompleted';

export const publicStatusLabels: Readonly<Record<PublicStatus, string>> = {
  completed: '已完成',
  basicallyCompleted: '基本完成',
  stageCompleted: '阶段性完成',
  inProgress: '正在整改',
  notCompleted: '未完成',
};

/** Where the sum owed went, part by part; all parts together are the sum owed. */
export const moneyParts = [
  'recoveredFen',
  'refundedFen',
  'treasuryFen',
  'integrityAccountFen',
  'adjustedFen',
  'outstandingFen',
] as const satisfies readonly (keyof MoneyItem)[];

export type MoneyField = 'owedFen' | (typeof moneyParts)[number];

export const moneyLabels: Readonly<Record<MoneyField, string>> = {
  owedFen: '应追缴或应退',
  recoveredFen: '已追缴',
  refundedFen: '已退还',
  treasuryFen: '上缴国库',
  integrityAccountFen: '上缴廉政账户',
  adjustedFen: '调账核销',
  outstandingFen: '未到位',
};

/** A sum in fen as yuan with two decimals, `-1,234.50`; exact for every safe integer. */
export function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}${whole}.${digits.slice(-2)}`;
}

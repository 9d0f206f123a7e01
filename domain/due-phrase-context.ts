import type { LocalDate } from './time';

/** What the surrounding document says, so that a phrase can be read exactly. Days, null when the document does not say. */
export interface DueContext {
  /** The day of the feedback 反馈之日: the anchor of "反馈之日起一个月内". */
  readonly feedbackDate: LocalDate | null;
  /** No limit lies before this day: the feedback, or the end of the on-site work. */
  readonly notBefore: LocalDate | null;
  /** The day under the signature: an elided year never lies after its year; 今年, 本月, 本周 and 即日起 are said on it. */
  readonly reportDate: LocalDate | null;
}

export const noDueContext: DueContext = { feedbackDate: null, notBefore: null, reportDate: null };

/** A term without a date of its own: "三个月内". The day it starts on does not count (Civil Code, article 201). */
export interface DueTerm {
  readonly amount: number;
  readonly unit: 'days' | 'workdays' | 'months';
  /** Where it starts: the feedback, the day of the document 即日起, a day the phrase names, something else, or null when no anchor is named. */
  readonly from: 'feedback' | 'document' | 'named' | 'other' | null;
  /** The day of `from: 'named'`: "自2025年7月1日起三个月内". */
  readonly fromDate?: LocalDate;
}

/** What a phrase leaves open and a person has to answer before its limit is a day. */
export type DueQuestion = 'words' | 'limit' | 'year' | 'day' | 'noSuchDay' | 'festival' | 'event' | 'anchor';

/** The questions as a person reads them. */
export const dueQuestionTexts: Readonly<Record<DueQuestion, string>> = {
  words: '时限用语无法识别，请填写具体日期，或注明立行立改、长期坚持。',
  limit: '只写了限期，没有写到哪一天，请填写具体日期。',
  year: '时限没有写年份，文中也不能确定，请填写年份。',
  day: '时限不能确定到哪一天（如“6月前”“6月初”），请填写最后一日。',
  noSuchDay: '时限所写的日期不存在，请核对原件。',
  festival: '该年这个节日的日期尚未收录，请填写具体日期。',
  event: '时限以会议或时节为准，请填写具体日期。',
  anchor: '时限没有写明从哪一天起算，或起算日未知，请填写起算日。',
};

/** What one reading of a phrase's limit came to: its day or month if known, and what is open. */
export interface NamedLimit {
  readonly due: string | null;
  readonly yearStated: boolean;
  readonly asks: DueQuestion | null;
}

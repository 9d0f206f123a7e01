import { paperLabels, type PaperKind } from '../policy/policy';
import type { LocalDate } from '../time';
import type { Letter, Matter } from './letter';

/** Kinds of directed paper: those that an issue leads to, and the letter to a new head with the list of what is open. */
export type LetterKind = PaperKind | 'talkNotice' | 'accountabilityProposal' | 'handover';

export const letterTitles: Readonly<Record<LetterKind, string>> = {
  ...paperLabels,
  talkNotice: '约谈通知书',
  accountabilityProposal: '问责建议书',
  handover: paperLabels.reminderLetter,
};

/** By when an answer is owed: a day, or in a draft so many workdays from its signing. */
export interface ReplyTerm {
  readonly replyBy: LocalDate | null;
  readonly replyWorkdays: number | null;
}

/** What a letter's own day does not yet say: the term of a draft. */
const within = ({ replyBy, replyWorkdays }: ReplyTerm): string =>
  replyBy !== null ? `于${dayWords(replyBy)}前` : replyWorkdays === null ? '' : `于签发之日起${replyWorkdays}个工作日内`;

const lastDay = ({ replyBy, replyWorkdays }: ReplyTerm): string =>
  replyBy !== null ? dayWords(replyBy) : `签发之日起第${replyWorkdays ?? 0}个工作日`;

/**
 * What is asked, in the tone of the kind (forms.md: a 函 asks and reminds; a 督办通知单 names the task first; a 告诫书 the last day; a
 * proposal leaves the decision to whoever may take it). Of several matters one answer is asked, matter by matter.
 */
export function requirementOf(kind: LetterKind, term: ReplyTerm, matters: number): string {
  const each = matters > 1 ? '对所列问题逐项' : '';
  switch (kind) {
    case 'reminderLetter':
      return `现予提醒，望关注整改进度，并${within(term)}${matters > 1 ? '就所列问题一并' : ''}函复有关情况。`;
    case 'supervisionOrder':
      return `请${each}立即组织整改，${within(term)}书面回复整改情况、未按期完成的原因和完成日期。`;
    case 'officeSupervisionOrder':
      return `请亲自过问、逐项落实，${within(term)}将办理情况书面报巡察办。`;
    case 'finalWarning':
      return `现予告诫：整改的最后期限为${lastDay(term)}。`;
    case 'talkNotice':
      return '请按时到场，当面说明整改情况、未按期完成的原因和下一步措施；因故不能参加的，请在约谈前书面说明。';
    case 'accountabilityProposal':
      return `以上建议，请研究决定，并${within(term)}将处理意见书面回复。`;
    case 'handover':
      return `请熟悉情况、衔接进度，${within(term)}签收交接清单。`;
  }
}

/** What follows when the last day passes too; a kind that threatens nothing is not named. Accountability never follows from a date. */
export const consequences: Readonly<Partial<Record<LetterKind, string>>> = {
  finalWarning: '届时仍未完成的，将研究是否约谈。',
};

/** How the matter is opened after the basis: `根据《…》，现将…`. */
const openings: Readonly<Record<LetterKind, string>> = {
  reminderLetter: '现就有关整改事项函告如下。',
  supervisionOrder: '现对下述整改事项予以督办。',
  officeSupervisionOrder: '现对下述整改事项予以督办。',
  finalWarning: '现将有关情况和要求通知如下。',
  talkNotice: '现将约谈事项通知如下。',
  accountabilityProposal: '现提出问责建议如下。',
  handover: '现就接续整改事项函告如下。',
};

/** The sentence with which a letter that rests on something begins; null when it names no basis. A proposal names it in its cell. */
export function openingOf({ kind, basis }: Pick<Letter, 'kind' | 'basis'>): string | null {
  if (kind === 'accountabilityProposal') return openings[kind];
  return basis.length === 0 ? null : `根据${basis.join('、')}，${openings[kind]}`;
}

/** The facts in one sentence: of one matter all that is known of it, of several their count and the longest delay; the list says the rest. */
export function factsOf(matters: readonly Matter[], asOf: LocalDate): string {
  const [first] = matters;
  if (first !== undefined && matters.length === 1) return oneMatter(first, asOf);
  const overdue = matters.filter(({ overdueWorkdays }) => overdueWorkdays > 0);
  const longest = Math.max(0, ...overdue.map(({ overdueWorkdays }) => overdueWorkdays));
  const late = overdue.length === matters.length ? '均已逾期' : `其中${overdue.length}项已逾期`;
  const delay = overdue.length > 0 ? `，${late}，最长逾期${longest}个工作日` : '';
  return `截至${dayWords(asOf)}，下列${matters.length}项问题尚未销号${delay}。`;
}

function oneMatter({ reference, title, unit, dueOn, overdueWorkdays, phase, relapses, earlierPapers }: Matter, asOf: LocalDate): string {
  const overdue = overdueWorkdays > 0 ? `已逾期${overdueWorkdays}个工作日，` : '';
  const relapsed = relapses > 0 ? `，销号后反弹${relapses}次` : '';
  const before = earlierPapers.length > 0 ? `此前已发${earlierPapers.join('、')}。` : '';
  return `${reference}号问题“${title}”由${unit}主办，整改期限为${dayWords(dueOn)}，截至${dayWords(asOf)}${overdue}目前处于“${phase}”${relapsed}。${before}`;
}

/** `2026年8月1日`: full year, no leading zeros. */
export const dayWords = (date: LocalDate): string =>
  `${Number(date.slice(0, 4))}年${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;

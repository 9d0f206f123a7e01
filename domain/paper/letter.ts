import { addWorkdays, workdaysBetween } from '../calendar';
import type { RuleContext } from '../context';
import { obligationOf } from '../obligation/obligations';
import { phaseLabels, type IssueState } from '../issue/types';
import type { Paper } from '../obligation/types';
import { holders, personOf, unitOf } from '../parties';
import { paperLabels, type PaperKind } from '../policy/policy';
import { roles, type Role } from '../roles';
import type { LocalDate } from '../time';

/** What a letter says of the issue besides its state. */
export interface LetterSubject {
  readonly title: string;
  readonly number: string;
  readonly signedOn: LocalDate;
}

/**
 * The text of a paper as it is signed: title, number, addressee, facts, requirement with a last day, who signs, copies.
 * Fields after the customary papers of the field: a 提醒函 asks and orders nothing; a 督办通知单 requires by a day; a 告诫书
 * names what was missed, a last day and what follows. The number stands without padding, dates in Arabic figures (GB/T 9704).
 */
export function letterText(state: IssueState, paper: Paper, subject: LetterSubject, context: RuleContext): string {
  const { calendar } = context;
  const { title, number, signedOn } = subject;
  const rectify = state.duties.findLast((duty) => duty.kind === 'rectify');
  const due = rectify ? obligationOf(rectify, context).dueOn : signedOn;
  const overdue = Math.max(0, workdaysBetween(calendar, due, signedOn));
  const replyBy = dayWords(addWorkdays(calendar, signedOn, paper.replyWorkdays));
  const unit = state.assignment ? (unitOf(context.directory, state.assignment.leadUnitId)?.name ?? '') : '';
  const copies = paper.copyTo.map((role) => addressed(role, state, context, signedOn));
  return [
    paperLabels[paper.kind],
    number,
    '',
    `${addressed(paper.addressee, state, context, signedOn)}：`,
    `${state.id}号问题“${title}”由${unit}主办，整改期限为${dayWords(due)}，截至${dayWords(signedOn)}${
      overdue > 0 ? `已逾期${overdue}个工作日，` : ''
    }目前处于“${phaseLabels[state.phase]}”${state.relapses > 0 ? `，销号后反弹${state.relapses}次` : ''}。${before(state)}`,
    demand(paper.kind, replyBy),
    '',
    roles[paper.issuer],
    dayWords(signedOn),
    ...(copies.length > 0 ? [`抄送：${copies.join('、')}`] : []),
  ].join('\n');
}

function demand(kind: PaperKind, replyBy: string): string {
  switch (kind) {
    case 'reminderLetter':
      return `现予提醒，望关注整改进度，并于${replyBy}前函复有关情况。`;
    case 'supervisionOrder':
      return `请立即组织整改，于${replyBy}前书面回复整改情况、未按期完成的原因和完成日期。`;
    case 'officeSupervisionOrder':
      return `请亲自过问、逐项落实，于${replyBy}前将办理情况书面报巡察办。`;
    case 'finalWarning':
      return `现予告诫：整改的最后期限为${replyBy}。届时仍未完成的，将研究是否约谈。`;
  }
}

/** The papers that went out before, by their numbers: `此前已发提醒函〔2027〕1号。` */
function before({ papers }: IssueState): string {
  const sent = papers.filter(({ number }) => number !== null).map(({ kind, number }) => `${paperLabels[kind]}${number ?? ''}`);
  return sent.length > 0 ? `此前已发${sent.join('、')}。` : '';
}

/** `闻静秋（牵头领导）`; the role alone when nobody holds it. */
function addressed(role: Role, state: IssueState, { directory }: RuleContext, on: LocalDate): string {
  const names = holders(directory, state, role, on).map((id) => personOf(directory, id)?.name ?? id);
  return names.length > 0 ? `${names.join('、')}（${roles[role]}）` : roles[role];
}

/** `2026年8月1日`: full year, no leading zeros. */
export const dayWords = (date: LocalDate): string =>
  `${Number(date.slice(0, 4))}年${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`;

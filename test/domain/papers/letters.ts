import { combinedLetter } from '../../../domain/paper/combined-letter';
import { handoverLetterOf } from '../../../domain/paper/handover-letter';
import { letterOf, type Letter, type LetterSubject } from '../../../domain/paper/letter';
import type { LetterKind } from '../../../domain/paper/letter-words';
import type { Paper } from '../../../domain/obligation/types';
import type { IssueState } from '../../../domain/issue/types';
import { localDate } from '../../../domain/time';
import { given, rules, underWay } from '../support';

/** Overdue since 2026-09-30, every paper of the ladder drafted. */
export const overdue: IssueState = given(underWay().passesTo('2026-11-30T00:00+08:00')).state;
export const signedOn = localDate('2026-11-30');
export const subject: LetterSubject = { title: '药品采购不规范', number: '〔2026〕3号', signedOn };

export const paperOf = (kind: Paper['kind'], change: Partial<Paper> = {}): Paper => ({
  id: `${kind}-9`,
  kind,
  state: 'draft',
  issuer: 'inspectionOffice',
  addressee: 'firstResponsible',
  copyTo: ['disciplineGroup'],
  replyWorkdays: 5,
  number: null,
  signedOn: null,
  ...change,
});

/** The letter of a paper that the ladder drafted. */
export function drafted(kind: Paper['kind']): Letter {
  const paper = overdue.papers.find((one) => one.kind === kind);
  if (!paper) throw new Error(`no ${kind}`);
  return letterOf(overdue, paper, { ...subject, contact: '简宁，电话5550123' }, rules);
}

/** One order about an issue of the same addressee, issuer and day as all the others. */
export const orderAbout = (id: string, change: Partial<Letter> = {}): Letter => ({
  ...letterOf({ ...overdue, id }, paperOf('officeSupervisionOrder'), { ...subject, title: `问题${id}` }, rules),
  ...change,
});

export const talk: Letter = letterOf(
  overdue,
  paperOf('talkNotice', { replyOn: localDate('2026-12-10') }),
  { ...subject, contact: '简宁，电话5550123', talk: { time: '上午9时', place: '第二会议室' } },
  rules,
);

export const letters: Readonly<Record<LetterKind | 'list', Letter>> = {
  reminderLetter: drafted('reminderLetter'),
  supervisionOrder: drafted('supervisionOrder'),
  officeSupervisionOrder: drafted('officeSupervisionOrder'),
  finalWarning: drafted('finalWarning'),
  talkNotice: talk,
  accountabilityProposal: letterOf(overdue, paperOf('accountabilityProposal', { addressee: 'inspectionLeadingGroup' }), subject, rules),
  handover: handoverLetterOf(
    {
      dutyId: 'handover:unitHead:clinic#1',
      seat: { role: 'unitHead', unitId: 'clinic', personId: null },
      from: 'head',
      to: 'handler',
      items: [
        { streamId: 'R1-001', obligationId: 'rectify#2', dueOn: localDate('2026-12-31') },
        { streamId: 'R1-004', obligationId: 'milestone:2027-Q1', dueOn: localDate('2027-03-31') },
      ],
      paperId: 'reminderLetter-1',
    },
    { number: '〔2026〕7号', signedOn, openedOn: signedOn },
    rules,
  ),
  list: combinedLetter([orderAbout('R1-002'), orderAbout('R1-001')]),
};

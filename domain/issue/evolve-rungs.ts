import { dateOf, type Instant } from '../time';
import { close, open } from './duties';
import type { EventOf } from './events';
import type { IssueState, Paper } from './types';

/** How a rung's occurrence is kept in `Duty.fired`. */
export const rungKey = (rung: string, occurrence: number): string => `${rung}@${occurrence}`;

/** A rung that drafts a paper opens the duty to sign it. */
export function rungFired(state: IssueState, event: EventOf<'rungFired'>, at: Instant): IssueState {
  const fired = mark(state, event.dutyId, [event], 'fired');
  if (!event.paper) return fired;
  const paper: Paper = { ...event.paper, state: 'draft', number: null, signedOn: null };
  // on its day a rung drafts its paper at the rung's own instant, as the forecast says; a late one when it fires
  const draftedAt = dateOf(event.at) === dateOf(at) ? event.at : at;
  return open({ ...fired, papers: [...fired.papers, paper] }, draftedAt, {
    id: `signPaper:${paper.id}`,
    kind: 'signPaper',
    holder: paper.issuer,
    due: { term: 'signPaper', from: dateOf(at) },
  });
}

export const rungsSuperseded = (state: IssueState, { dutyId, rungs }: EventOf<'rungsSuperseded'>): IssueState =>
  mark(state, dutyId, rungs, 'superseded');

/** A signed paper is issued with its number, and its addressee owes an answer. */
export function paperSigned(state: IssueState, { paperId, number, signedOn }: EventOf<'paperSigned'>, at: Instant): IssueState {
  const paper = state.papers.find(({ id }) => id === paperId);
  const signed = changePaper(state, paperId, { state: 'issued', number, signedOn });
  const settled = close(signed, at, 'paperSigned', ({ id }) => id === `signPaper:${paperId}`);
  if (!paper) return settled;
  const due = { workdays: paper.replyWorkdays, from: signedOn };
  return open(settled, at, { id: `reply:${paperId}`, kind: 'reply', holder: paper.addressee, due });
}

export const paperReplied = (state: IssueState, { paperId }: EventOf<'paperReplied'>, at: Instant): IssueState =>
  close(changePaper(state, paperId, { state: 'replied' }), at, 'paperReplied', ({ id }) => id === `reply:${paperId}`);

const changePaper = (state: IssueState, id: string, with_: Partial<Paper>): IssueState => ({
  ...state,
  papers: state.papers.map((paper) => (paper.id === id ? { ...paper, ...with_ } : paper)),
});

type Marks = EventOf<'rungsSuperseded'>['rungs'];

function mark(state: IssueState, dutyId: string, rungs: Marks, how: 'fired' | 'superseded'): IssueState {
  const marks = Object.fromEntries(rungs.map(({ rung, occurrence }) => [rungKey(rung, occurrence), how]));
  return { ...state, duties: state.duties.map((duty) => (duty.id === dutyId ? { ...duty, fired: { ...duty.fired, ...marks } } : duty)) };
}

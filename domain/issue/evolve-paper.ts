import { close, ofId, ofKind, open } from '../obligation/duties';
import { draftPaper } from '../obligation/evolve-common';
import type { DueBasis, EventFrame, Paper } from '../obligation/types';
import type { Instant } from '../time';
import type { EventOf, IssueEvent } from './events';
import type { IssueState } from './types';

/** A signed paper is issued with its number, and its addressee owes an answer. */
export function paperSigned(
  state: IssueState,
  { type, paperId, number, signedOn }: EventOf<'paperSigned'>,
  { occurredAt: at }: EventFrame,
): IssueState {
  const paper = state.papers.find(({ id }) => id === paperId);
  const settled = settle(changePaper(state, paperId, { state: 'issued', number, signedOn }), at, type, paperId);
  if (!paper) return settled;
  const { replyOn } = paper;
  // a talk that was signed after its day is answered like any other paper
  const due: DueBasis =
    replyOn !== undefined && replyOn >= signedOn ? { named: replyOn } : { workdays: paper.replyWorkdays, from: signedOn };
  return open(settled, at, { id: `reply:${paperId}`, kind: 'reply', holder: paper.addressee, urgent: paper.urgent, due });
}

export const paperReplied = (state: IssueState, { paperId }: EventOf<'paperReplied'>, { occurredAt: at }: EventFrame): IssueState =>
  close(changePaper(state, paperId, { state: 'replied' }), at, 'paperReplied', ofId(`reply:${paperId}`));

/** Drafted by hand, it waits for its signature like one that a rung drafted. */
export const escalated = (state: IssueState, { paper }: EventOf<'escalated'>, { occurredAt: at }: EventFrame): IssueState =>
  draftPaper(state, paper, at);

/** Decided; a talk that is held is told by a notice, which waits for its signature. Whether to hold another is asked again later. */
export function talkDecided(state: IssueState, { type, paper }: EventOf<'talkDecided'>, { occurredAt: at }: EventFrame): IssueState {
  const decided = close(state, at, type, ofKind('talkDecision'));
  return paper ? draftPaper(decided, paper, at) : decided;
}

/** No talk is to be decided about a rectification that is not overdue any more, or whose clock rests. */
export function withoutMootTalk(state: IssueState, { type }: IssueEvent, { occurredAt: at }: EventFrame): IssueState {
  const owed = state.duties.some(({ kind, closedAt }) => kind === 'talkDecision' && closedAt === null);
  const runs = state.duties.some(({ kind, closedAt, stoppedAt }) => kind === 'rectify' && closedAt === null && stoppedAt === null);
  return owed && !runs ? close(state, at, type, ofKind('talkDecision')) : state;
}

/** Held: the signature is owed by the named day instead, with a fresh ladder. */
export function paperHeld(state: IssueState, { type, paperId, until }: EventOf<'paperHeld'>, { occurredAt: at }: EventFrame): IssueState {
  const paper = state.papers.find(({ id }) => id === paperId);
  const held = settle(changePaper(state, paperId, { state: 'held' }), at, type, paperId);
  if (!paper) return held;
  return open(held, at, { id: `signPaper:${paperId}#2`, kind: 'signPaper', holder: paper.issuer, due: { named: until } });
}

export const paperDeclined = (state: IssueState, { type, paperId }: EventOf<'paperDeclined'>, { occurredAt: at }: EventFrame): IssueState =>
  settle(changePaper(state, paperId, { state: 'declined' }), at, type, paperId);

/** Nobody owes the signature any more. */
const settle = (state: IssueState, at: Instant, by: string, paperId: string): IssueState =>
  close(close(state, at, by, ofId(`signPaper:${paperId}`)), at, by, ofId(`signPaper:${paperId}#2`));

const changePaper = (state: IssueState, id: string, with_: Partial<Paper>): IssueState => ({
  ...state,
  papers: state.papers.map((paper) => (paper.id === id ? { ...paper, ...with_ } : paper)),
});

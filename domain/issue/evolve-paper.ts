import { close, ofId, open } from '../obligation/duties';
import type { EventFrame, Paper } from '../obligation/types';
import type { EventOf } from './events';
import type { IssueState } from './types';

/** A signed paper is issued with its number, and its addressee owes an answer. */
export function paperSigned(
  state: IssueState,
  { paperId, number, signedOn }: EventOf<'paperSigned'>,
  { occurredAt: at }: EventFrame,
): IssueState {
  const paper = state.papers.find(({ id }) => id === paperId);
  const signed = changePaper(state, paperId, { state: 'issued', number, signedOn });
  const settled = close(signed, at, 'paperSigned', ofId(`signPaper:${paperId}`));
  if (!paper) return settled;
  const due = { workdays: paper.replyWorkdays, from: signedOn };
  return open(settled, at, { id: `reply:${paperId}`, kind: 'reply', holder: paper.addressee, due });
}

export const paperReplied = (state: IssueState, { paperId }: EventOf<'paperReplied'>, { occurredAt: at }: EventFrame): IssueState =>
  close(changePaper(state, paperId, { state: 'replied' }), at, 'paperReplied', ofId(`reply:${paperId}`));

const changePaper = (state: IssueState, id: string, with_: Partial<Paper>): IssueState => ({
  ...state,
  papers: state.papers.map((paper) => (paper.id === id ? { ...paper, ...with_ } : paper)),
});

export const escalated = (state: IssueState, _event: EventOf<'escalated'>, _frame: EventFrame): IssueState => state;

export const paperHeld = (state: IssueState, _event: EventOf<'paperHeld'>, _frame: EventFrame): IssueState => state;

export const paperDeclined = (state: IssueState, _event: EventOf<'paperDeclined'>, _frame: EventFrame): IssueState => state;

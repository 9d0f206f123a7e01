import { close, everything, ofKind, open } from '../obligation/duties';
import type { EventFrame } from '../obligation/types';
import type { EventOf } from './events';
import { openCheckBack } from './owed';
import type { IssueState } from './types';

export function closeoutRequested(state: IssueState, frame: EventFrame): IssueState {
  const { actor, occurredAt: at } = frame;
  const requested: IssueState = { ...state, phase: 'closeoutRequested', closeoutRequestedBy: actor, extension: null };
  return openCheckBack(close(requested, at, 'closeoutRequested', ofKind('rectify', 'extensionDecision')), frame);
}

/** Closing settles all that was owed before; a paper that nobody has signed by then has lapsed. */
export function closed(state: IssueState, { closeoutNumber, closedOn }: EventOf<'closed'>, frame: EventFrame): IssueState {
  const at = frame.occurredAt;
  const papers = state.papers.map((paper) => (paper.state === 'draft' ? { ...paper, state: 'lapsed' as const } : paper));
  const settled = close<IssueState>({ ...state, phase: 'closed', closeoutNumber, closedOn, papers }, at, 'closed', everything);
  return open(settled, at, { kind: 'checkBackDraw', holder: 'inspectionOffice', due: { term: 'checkBackDraw', from: closedOn } });
}

export const consolidated = (state: IssueState, _event: EventOf<'consolidated'>, { occurredAt }: EventFrame): IssueState =>
  close<IssueState>({ ...state, phase: 'consolidated' }, occurredAt, 'consolidated', everything);

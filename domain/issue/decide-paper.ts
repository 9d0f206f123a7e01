import { dateOf } from '../time';
import { accept, reject, type CommandOf, type Decision, type Judging } from './decision';
import { NUMBER_TO_DRAW } from './events';
import { notIn } from './gates';
import type { IssueState } from './types';

/** signPaper: a draft, by its issuer. A draft whose issue was closed meanwhile has lapsed. */
export function decideSigning(state: IssueState, { paperId }: CommandOf<'signPaper'>, { acting, now }: Judging): Decision {
  const paper = state.papers.find(({ id }) => id === paperId);
  if (paper?.state !== 'draft') return reject('paper.notDraft', `没有待签发的文书${paperId}。`, '请用 issue show 查看文书。');
  return (
    notIn(paper.issuer, acting, '该文书不由您签发。') ??
    accept({ type: 'paperSigned', paperId, number: NUMBER_TO_DRAW, signedOn: dateOf(now) })
  );
}

/** replyToPaper: an issued paper whose answer is still owed, by its addressee. */
export function decideReply(state: IssueState, { paperId, reply }: CommandOf<'replyToPaper'>, { acting }: Judging): Decision {
  const paper = state.papers.find(({ id }) => id === paperId);
  const owed = state.duties.some((duty) => duty.id === `reply:${paperId}` && duty.closedAt === null);
  if (!paper || !owed) return reject('paper.notIssued', `没有待回复的文书${paperId}。`, '请用 issue show 查看文书。');
  return notIn(paper.addressee, acting, '该文书不由您回复。') ?? accept({ type: 'paperReplied', paperId, reply });
}

export const decideEscalation = (_state: IssueState, _command: CommandOf<'escalate'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideHolding = (_state: IssueState, _command: CommandOf<'holdPaper'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideDeclining = (_state: IssueState, _command: CommandOf<'declinePaper'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

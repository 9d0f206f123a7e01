import { roles } from '../roles';
import { dateOf } from '../time';
import { accept, reject, type CommandOf, type Decision, type Judging } from './decision';
import type { DecisionContext } from '../context';
import { NUMBER_TO_DRAW, type IssueEvent } from './events';
import { inPhase, notSelf } from './gates';
import type { IssueState } from './types';

/** review: each party once, each person once, not by who requested; a return needs an opinion; the last approval closes. */
export function decideReview(state: IssueState, command: CommandOf<'review'>, context: Judging): Decision {
  const refused = inPhase(state, command.type, ['underReview']);
  if (refused) return refused;
  const open = state.reviewParties.filter((party) => !state.reviews.some((review) => review.party === party));
  const party = open.find((one) => context.acting.includes(one) && (command.party === undefined || command.party === one));
  if (state.reviews.some(({ by }) => by === context.actor))
    return reject('review.twice', '您已提出过联审意见。', '请由另一人代表该方提出意见。');
  if (!party) return reject('review.notOwed', '您没有待提出的联审意见。', `尚待${open.map((one) => roles[one]).join('、')}提出意见。`);
  const self = notSelf(state.closeoutRequestedBy, context);
  if (self) return self;
  const opinion = command.opinion ?? null;
  const reviewed: IssueEvent = { type: 'reviewed', party, verdict: command.verdict, opinion };
  if (command.verdict === 'returned') {
    if (!opinion) return reject('opinion.missing', '退回没有写明理由。', '请填写退回意见。');
    return accept<IssueEvent>(reviewed, { type: 'returned', from: party, reason: opinion });
  }
  return open.length > 1 ? accept(reviewed) : accept<IssueEvent>(reviewed, closed(context, 'reviewed'));
}

/** acceptReported: what a published report claims as completed, before anybody has requested or looked at it in the system. */
export function decideReportedAcceptance(state: IssueState, context: DecisionContext): Decision {
  const asReported = state.phase === 'closeoutRequested' && state.reported === 'completed' && state.closeoutRequestedBy === null;
  return asReported
    ? accept(closed(context, 'asReported'))
    : reject('reported.none', '该问题没有待认可的报告完成情况。', '请按现场核查、联审程序办理。');
}

const closed = ({ now }: DecisionContext, basis: 'reviewed' | 'asReported'): IssueEvent => ({
  type: 'closed',
  closeoutNumber: NUMBER_TO_DRAW,
  closedOn: dateOf(now),
  basis,
});

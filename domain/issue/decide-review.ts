import { bodyActor, dutyHolders, mayDo, personOf } from '../parties';
import { roles } from '../roles';
import { dateOf } from '../time';
import { accept, reject, type CommandOf, type Decision, type Judging } from './decision';
import type { DecisionContext } from '../context';
import { NUMBER_TO_DRAW, type IssueEvent } from './events';
import { inPhase, notSelf } from './gates';
import { hasTail, isPurelySustained } from './parts';
import { openReviews, partyOf, passingOn, reviewOf, unheard } from './review-parties';
import type { IssueState } from './types';

/**
 * review: each party once and each person once, not by who requested or is recused, in the policy's order if it has one. A return
 * needs an opinion and ends the opinions of the others; the last approval closes.
 */
export function decideReview(state: IssueState, command: CommandOf<'review'>, context: Judging): Decision {
  const refused = inPhase(state, command.type, ['underReview']) ?? keptOut(state, context);
  if (refused) return refused;
  const party = partyOf(state, context, command.party);
  if (party === undefined) return notOwed(state, command, context);
  const opinion = command.opinion ?? null;
  const reviewed = { type: 'reviewed', party, verdict: command.verdict, opinion } as const;
  if (command.verdict === 'returned') {
    if (!opinion) return reject('opinion.missing', '退回没有写明理由。', '请填写退回意见。');
    return accept<IssueEvent>(reviewed, { type: 'returned', from: party, reason: opinion });
  }
  const passesOn = passingOn(state, context, party);
  const approved: IssueEvent = passesOn.length > 0 ? { ...reviewed, passesOn } : reviewed;
  return unheard(state).length > 1 ? accept(approved) : accept(approved, ...finished(state, context));
}

/** Who may give no opinion at all on this issue. */
function keptOut(state: IssueState, context: DecisionContext): Decision | undefined {
  const { actor } = context;
  if (state.recused.includes(actor))
    return reject('review.recused', '您已对该问题回避。', '请由该方另一人提出意见；无人可审时由上一级提出。');
  // the inspection leading group decides for every party that nobody is left to speak for
  const again = actor !== bodyActor('inspectionLeadingGroup') && state.reviews.some(({ by }) => by === actor);
  if (again) return reject('review.twice', '您已提出过联审意见。', '请由另一人代表该方提出意见。');
  return notSelf(state.closeoutRequestedBy, context);
}

/** Why no opinion is owed by this person now: not their turn, a substitute is named, or none of theirs. */
function notOwed(state: IssueState, { party }: CommandOf<'review'>, { directory, actor, now, acting }: Judging): Decision {
  const on = dateOf(now);
  const open = openReviews(state);
  const asked = open.map(({ holder }) => roles[holder]).join('、');
  const named = (role: string): boolean => party === undefined || party === role;
  const later = unheard(state)
    .filter((role) => named(role) && !open.some(({ holder }) => holder === role))
    .find((role) => mayDo(directory, state, reviewOf(state, role), { actor, on }));
  if (later) return reject('review.notTurn', `依次联审，还没有轮到${roles[later]}。`, `请等${asked}提出意见。`);
  const away = open.find(({ holder }) => named(holder) && acting.includes(holder));
  if (away) {
    const instead = dutyHolders(directory, state, away, on).personIds.map((id) => personOf(directory, id)?.name ?? id);
    return reject('review.substituted', '您的联审意见目前由代理人提出。', `请由${instead.join('或')}提出，或先改代理日期。`);
  }
  return reject('review.notOwed', '您没有待提出的联审意见。', `尚待${asked}提出意见。`);
}

/** acceptReported: what a published report claims as completed, before anybody has requested or looked at it in the system. */
export function decideReportedAcceptance(state: IssueState, context: DecisionContext): Decision {
  const asReported = state.phase === 'closeoutRequested' && state.reported === 'completed' && state.closeoutRequestedBy === null;
  return asReported
    ? accept(...closed(state, context, 'asReported'))
    : reject('reported.none', '该问题没有待认可的报告完成情况。', '请按现场核查、联审程序办理。');
}

/** What the last approval brings: a purely sustained issue reached a stage, every other one is struck off. */
const finished = (state: IssueState, context: DecisionContext): IssueEvent[] =>
  isPurelySustained(state) ? [{ type: 'stageReached' }] : closed(state, context, 'reviewed');

/** Struck off; under a policy that looks at nothing again also consolidated at once. */
function closed(state: IssueState, { policy, now }: DecisionContext, basis: 'reviewed' | 'asReported'): IssueEvent[] {
  const event: IssueEvent = { type: 'closed', closeoutNumber: NUMBER_TO_DRAW, closedOn: dateOf(now), basis };
  const struckOff: IssueEvent = hasTail(state) ? { ...event, tail: true } : event;
  return policy.checkBackAfter.value === 'none'
    ? [struckOff, { type: 'consolidated', basis: 'notRequired', seed: null, seen: null }]
    : [struckOff];
}

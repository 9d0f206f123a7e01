import { accept, reject } from '../decision';
import type { RoundCommandOf, RoundContext, RoundDecision } from './decision';
import { pastDay, wrongUnits } from './gates';
import { lastStage, owedStage, waitingFinding } from './self-check';
import type { RoundState } from './types';

// Campaigns 专项整治: units hand in what they found themselves, by stage (design.md, section 2).

/** openStage: only in a campaign; a name that was not used, a last day that is not past, units of the organisation. */
export function decideStage(state: RoundState, { stage, until, units }: RoundCommandOf<'openStage'>, context: RoundContext): RoundDecision {
  if (state.source !== 'campaign') return reject('stage.notCampaign', '该轮次不是专项整治，没有自查阶段。', '请直接登记问题。');
  if (stage.trim() === '') return reject('stage.name', '没有填写阶段名称。', '请填写名称，例如“自查自纠”。');
  if (state.stages.some(({ name }) => name === stage)) return reject('stage.twice', `阶段“${stage}”已经部署。`, '请换一个阶段名称。');
  return wrongUnits(state, units, context) ?? pastDay(until, context) ?? accept({ type: 'stageOpened', stage, until, units });
}

/**
 * submitFinding: into the stage in which the unit still owes its answer; further and late findings into the last stage in which it was
 * asked. A finding that was returned is handed in again as a new one.
 */
export function decideSubmission(state: RoundState, { unitId, title, text }: RoundCommandOf<'submitFinding'>): RoundDecision {
  const stage = owedStage(state, unitId) ?? lastStage(state, unitId);
  if (stage === undefined) return notAsked(state);
  const findingId = `f${state.findings.length + 1}`;
  return accept({ type: 'findingSubmitted', findingId, unitId, stage: stage.name, title, text });
}

/** reportNone: a unit that owes an answer; after a returned finding it says that there is nothing (more). */
export function decideNone(state: RoundState, { unitId }: RoundCommandOf<'reportNone'>): RoundDecision {
  const stage = owedStage(state, unitId);
  if (stage) return accept({ type: 'noneFound', unitId, stage: stage.name });
  if (!lastStage(state, unitId)) return notAsked(state);
  return reject('stage.answered', '该单位没有待报的自查阶段。', '已经答复的阶段不再报告无问题；新发现的问题可以继续上报。');
}

const notAsked = ({ stages }: RoundState): RoundDecision =>
  stages.length === 0
    ? reject('stage.none', '还没有部署自查阶段。', '请由整改办部署后再上报。')
    : reject('stage.notAsked', '该单位不在自查阶段的范围内。', '请由整改办在阶段中列入该单位，或由整改办直接登记问题。');

/** acceptFinding: becomes an issue of the round with the next number. */
export function decideAcceptance(
  state: RoundState,
  { findingId }: RoundCommandOf<'acceptFinding'>,
  { facts }: RoundContext,
): RoundDecision {
  if (!waitingFinding(state, findingId)) return notWaiting(findingId);
  const number = facts.lastNumber + 1;
  return accept({ type: 'findingAccepted', findingId, number, issueId: `${state.roundId}-${String(number).padStart(3, '0')}` });
}

/** mergeFinding: into an issue of this round that says the same and on which somebody still works, lest the finding be forgotten. */
export function decideMerge(
  state: RoundState,
  { findingId, issueId }: RoundCommandOf<'mergeFinding'>,
  { facts }: RoundContext,
): RoundDecision {
  if (!waitingFinding(state, findingId)) return notWaiting(findingId);
  if (!facts.issues.includes(issueId)) return reject('issue.unknown', `本轮次没有问题${issueId}。`, '请核对问题编号。');
  if (!facts.openIssues.includes(issueId) || facts.closedIssues.includes(issueId))
    return reject('issue.done', `问题${issueId}已销号或归档，没有人再整改。`, '请并入正在整改的问题，或采纳为新问题。');
  return accept({ type: 'findingMerged', findingId, issueId });
}

/** returnFinding: with a reason; the unit then owes its answer again. */
export function decideReturn(state: RoundState, { findingId, reason }: RoundCommandOf<'returnFinding'>): RoundDecision {
  return waitingFinding(state, findingId) ? accept({ type: 'findingReturned', findingId, reason }) : notWaiting(findingId);
}

const notWaiting = (id: string): RoundDecision => reject('finding.notWaiting', `没有待审的自查问题${id}。`, '请核对编号。');

import type { DecisionContext } from '../context';
import { openDuty } from '../obligation/obligations';
import { dateOf } from '../time';
import { notTheirs, unknownMeasure } from './decide-closeout';
import { accept, reject, type CommandOf, type Decision, type Judging } from './decision';
import { NUMBER_TO_DRAW, type IssueEvent } from './events';
import { inPhase, notSelf } from './gates';
import { isLastTurn } from './half-yearly';
import { hasTail, unitsOf } from './parts';
import type { IssueState } from './types';

/** completeMilestone: an open milestone of this plan, with evidence, by its measure's unit; also while the stage is kept. */
export function decideMilestone(state: IssueState, command: CommandOf<'completeMilestone'>, context: Judging): Decision {
  const { type, measureId, milestoneId, evidence } = command;
  const refused = inPhase(state, type, ['rectifying', 'stageCompleted']);
  if (refused) return refused;
  const measure = state.measures.find(({ id }) => id === measureId);
  if (!measure) return unknownMeasure(measureId);
  const milestone = measure.milestones?.find(({ id }) => id === milestoneId);
  if (!milestone) return reject('milestone.unknown', `措施${measureId}没有阶段目标${milestoneId}。`, '请用 issue show 查看阶段目标编号。');
  if (milestone.completedAt !== null) return reject('milestone.completed', `阶段目标${milestoneId}已完成。`, '无需重复填报。');
  return notTheirs(state, measure, context) ?? accept({ type: 'milestoneCompleted', measureId, milestoneId, evidence });
}

/**
 * reviewStage 阶段复核: each half-year the office looks whether what was reached is kept; nobody who did the work or requested the
 * closeout, nobody recused. Returned, it is rectified again. Kept to the end of the policy's term (two years), it is struck off like
 * any other and the inspection office draws whether to look again, since so far only the organisation's own office did; a policy that
 * looks at nothing again takes the two years for it.
 */
export function decideStageReview(state: IssueState, command: CommandOf<'reviewStage'>, context: Judging): Decision {
  const { type, verdict, opinion } = command;
  const refused = inPhase(state, type, ['stageCompleted']) ?? notSelf(state.closeoutRequestedBy, context) ?? unfitReviewer(state, context);
  if (refused) return refused;
  const reviewed: IssueEvent = { type: 'stageReviewed', verdict, opinion };
  const since = state.stageSince ?? dateOf(context.now);
  const over = verdict === 'kept' && isLastTurn({ since, every: 'stageReview', until: 'sustainedEnd' }, context);
  return over ? accept<IssueEvent>(reviewed, ...struckOff(state, context)) : accept(reviewed);
}

function unfitReviewer(state: IssueState, { directory, actor }: DecisionContext): Decision | undefined {
  if (state.recused.includes(actor)) return reject('reviewer.recused', '您已对该问题回避，不能复核。', '请由另一人复核。');
  const units: readonly string[] = [...unitsOf(state), ...state.formerly];
  const worked = [state.assignment?.handlerId, ...state.formerly, ...state.measures.map(({ holderId }) => holderId)].includes(actor);
  const ofUnit = directory.posts.some(
    ({ personId, unitId, to }) => personId === actor && units.includes(unitId) && (to === null || to >= state.feedbackOn),
  );
  return worked || ofUnit ? reject('reviewer.ofUnit', '您是责任单位的人，不能复核。', '请由责任单位以外的人复核。') : undefined;
}

function struckOff(state: IssueState, { policy, now }: DecisionContext): IssueEvent[] {
  const tail = hasTail(state);
  const closed: IssueEvent = {
    type: 'closed',
    closeoutNumber: NUMBER_TO_DRAW,
    closedOn: dateOf(now),
    basis: 'sustained',
    ...(tail ? { tail } : {}),
  };
  const seen = { seed: null, seen: null };
  return policy.checkBackAfter.value === 'none'
    ? [closed, { type: 'consolidated', basis: tail ? 'notRequired' : 'keptUp', ...seen }]
    : [closed];
}

/**
 * confirmUpkeep: the lead unit's own people say that what is left beside the closed part is kept up. The confirmation nearest to the
 * end of the policy's term from the closeout (two years) ends it; if nobody is to look again, the issue is consolidated by it.
 */
export function decideUpkeep(state: IssueState, command: CommandOf<'confirmUpkeep'>, context: Judging): Decision {
  const { type, progress } = command;
  const refused = inPhase(state, type, ['closed', 'afterCheckBack', 'upkeep']);
  if (refused) return refused;
  if (!openDuty(state, 'upkeep') || state.closedOn === null)
    return reject('upkeep.none', '该问题没有待确认的长期坚持事项。', '请用 issue show 查看应办事项。');
  const ended = isLastTurn({ since: state.closedOn, every: 'upkeep', until: 'upkeepEnd' }, context);
  const confirmed: IssueEvent = { type: 'upkeepConfirmed', progress, ended };
  return ended && state.phase === 'upkeep'
    ? accept<IssueEvent>(confirmed, { type: 'consolidated', basis: 'keptUp', seed: null, seen: null })
    : accept(confirmed);
}

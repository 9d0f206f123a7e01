import { dueOn } from '../calendar';
import type { DecisionContext } from '../context';
import { rolesIn } from '../parties';
import { dateOf, type LocalDate } from '../time';
import { isCoordinating } from './coordinating';
import { accept, reject, type CommandOf, type Decision, type Judging } from './decision';
import type { IssueEvent } from './events';
import { inPhase } from './gates';
import { isPurelySustained, isWithoutDay, outstandingFen, partsOf, unitName, unitOfMeasure } from './parts';
import { yuan } from './records';
import { jointReview } from './review-parties';
import type { IssueState, Measure, Milestone } from './types';

/** completeMeasure: an open measure of this plan, with evidence, by its unit. A sustained one says so when its arrangement stands. */
export function decideMeasureCompletion(state: IssueState, command: CommandOf<'completeMeasure'>, context: Judging): Decision {
  const { measureId, evidence } = command;
  const refused = inPhase(state, command.type, ['rectifying']);
  if (refused) return refused;
  const measure = state.measures.find(({ id }) => id === measureId);
  if (!measure) return unknownMeasure(measureId);
  if (measure.completedAt !== null) return reject('measure.completed', `措施${measureId}已完成。`, '无需重复填报。');
  return notTheirs(state, measure, context) ?? accept({ type: 'measureCompleted', measureId, evidence });
}

export const unknownMeasure = (measureId: string): Decision =>
  reject('measure.unknown', `没有措施${measureId}。`, '请用 issue show 查看措施编号。');

/** A part is reported by its own unit's people, or by the lead unit's head, who answers for the whole. */
export function notTheirs(state: IssueState, measure: Measure, { directory, actor, now, ownUnits }: Judging): Decision | undefined {
  const unitId = unitOfMeasure(state, measure);
  if (ownUnits.includes(unitId) || rolesIn(directory, state, actor, dateOf(now)).includes('unitHead')) return undefined;
  const unit = unitName(directory, unitId);
  return reject('measure.otherUnit', `措施${measure.id}由${unit}承担，不由您填报。`, `请由${unit}填报，或由主办单位负责人填报。`);
}

/**
 * requestCloseout: by the lead unit's head when every unit's part is done. What is sustained without a day stays open: of it every
 * milestone that is due is complete; and a plan of nothing else shows something of each measure, a milestone or the measure itself.
 * Money that is still missing needs a summary that says why, and leaves a tail. Nothing about the issue waits for another's decision.
 * When the policy asks for no check-back before closeout the joint review begins at once.
 */
export function decideCloseoutRequest(state: IssueState, command: CommandOf<'requestCloseout'>, context: Judging): Decision {
  const { summary = null } = command;
  const refused =
    inPhase(state, command.type, ['rectifying']) ??
    undecided(state) ??
    openMeasures(state, context) ??
    openMilestones(state, context) ??
    unexplainedMoney(state, summary !== null);
  if (refused) return refused;
  const requested: IssueEvent = { type: 'closeoutRequested', summary };
  if (context.policy.checkBackBefore.value) return accept(requested);
  return accept<IssueEvent>(requested, { type: 'checkBackWaived', ...jointReview(state, context) });
}

function undecided(state: IssueState): Decision | undefined {
  if (state.correction) return reject('correction.pending', '该问题有更正待复核。', '请等待整改办复核后再申请销号。');
  return isCoordinating(state) ? reject('coordination.open', '该问题有协调事项尚未答复。', '请等待答复后再申请销号。') : undefined;
}

/** Which measures are not done, unit by unit. */
function openMeasures(state: IssueState, { directory }: DecisionContext): Decision | undefined {
  const purely = isPurelySustained(state);
  const open = state.measures.filter((measure) => (isWithoutDay(measure) ? purely && isUntouched(measure) : measure.completedAt === null));
  if (open.length === 0) return undefined;
  const named = partsOf(state)
    .map(({ unitId, measures }) => ({ unitId, ids: measures.filter((one) => open.includes(one)).map(({ id }) => id) }))
    .filter(({ ids }) => ids.length > 0)
    .map(({ unitId, ids }) => `${unitName(directory, unitId)}${ids.join('、')}`);
  return reject(
    'measure.open',
    `还有${open.length}条措施未完成：${named.join('；')}。`,
    purely ? '请逐条完成至少一个阶段目标并附佐证后再申请销号。' : '请逐条完成并附佐证后再申请销号。',
  );
}

const isUntouched = ({ completedAt, milestones = [] }: Measure): boolean =>
  completedAt === null && !milestones.some((milestone) => milestone.completedAt !== null);

/** Milestones of what is sustained that are due by today, which they may be on a working day before their own. */
function openMilestones(state: IssueState, { directory, calendar, now }: DecisionContext): Decision | undefined {
  const today = dateOf(now);
  const isDue = (day: LocalDate): boolean => dueOn(calendar, { kind: 'named', date: day }).date <= today;
  const open = state.measures
    .filter(isWithoutDay)
    .flatMap((measure) =>
      (measure.milestones ?? []).filter((one) => one.completedAt === null && isDue(one.dueOn)).map((one) => ({ measure, one })),
    );
  if (open.length === 0) return undefined;
  const named = ({ measure, one }: { measure: Measure; one: Milestone }): string =>
    `${unitName(directory, unitOfMeasure(state, measure))}${one.id}“${one.label}”`;
  return reject(
    'milestone.open',
    `还有${open.length}个到期的阶段目标未完成：${open.map(named).join('、')}。`,
    '请逐个完成并附佐证后再申请销号。',
  );
}

function unexplainedMoney(state: IssueState, explained: boolean): Decision | undefined {
  const missing = outstandingFen(state);
  if (missing === 0 || explained) return undefined;
  return reject('closeout.outstanding', `还有${yuan(missing)}元未到位。`, '请在申请中说明未到位的原因和后续安排。');
}

import type { DecisionContext } from '../context';
import { openDuty } from '../obligation/obligations';
import { roles, type Role } from '../roles';
import { addMonths, dateOf, type LocalDate } from '../time';
import type { ProposedMeasure } from './commands';
import { isCoordinating } from './coordinating';
import { accept, reject, type CommandOf, type Decision, type Judging } from './decision';
import { inPhase, notSelf, pastDate, unknownPerson, unknownUnit } from './gates';
import { lastDay, unitName, unitsOf } from './parts';
import { phaseLabels, type IssueState } from './types';

/** A plan dated further ahead is a slip of the pen. */
const FARTHEST_YEARS = 10;

/**
 * proposePlan: at least one measure; each belongs to the lead unit or a co-unit and has a due day, or is sustained. No day is past or
 * more than ten years ahead; milestones stand in order and not after their measure. Every co-unit has a part: without one nobody would
 * ever chase it, and the list of responsibilities would name a unit that answers for nothing.
 */
export function decidePlan(state: IssueState, command: CommandOf<'proposePlan'>, context: Judging): Decision {
  const { measures, rootCause, widerCheck } = command;
  const refused =
    inPhase(state, command.type, ['acknowledged']) ??
    (measures.length === 0 ? reject('plan.noMeasure', '整改方案没有措施。', '请至少填写一条措施。') : undefined) ??
    first(measures, unfitMeasure(context)) ??
    unknownUnit(
      context,
      measures.map(({ unitId }) => unitId),
    ) ??
    unknownPerson(
      context,
      measures.map(({ holderId }) => holderId),
    ) ??
    first(measures, foreignUnit(state, context)) ??
    unitWithoutPart(state, measures, context);
  return (
    refused ??
    accept({
      type: 'planProposed',
      measures: measures.map(({ milestones, ...measure }, index) => ({
        id: `m${index + 1}`,
        ...measure,
        ...(milestones ? { milestones: milestones.map((one, step) => ({ id: `m${index + 1}.${step + 1}`, ...one })) } : {}),
      })),
      rootCause: rootCause ?? null,
      ...(widerCheck ? { widerCheck } : {}),
    })
  );
}

type Judged<T> = (one: T, number: number) => Decision | undefined;

/** The first refusal, its measure or milestone counted from 1. */
function first<T>(all: readonly T[], judge: Judged<T>): Decision | undefined {
  for (const [index, one] of all.entries()) {
    const refused = judge(one, index + 1);
    if (refused) return refused;
  }
  return undefined;
}

const unfitMeasure =
  (context: DecisionContext): Judged<ProposedMeasure> =>
  ({ dueOn, sustained, milestones = [] }, number) => {
    if (dueOn === null && !sustained) return reject('measure.undated', `第${number}条措施没有完成时限。`, '请填写时限，或注明长期坚持。');
    return (dueOn === null ? undefined : unfitDay(dueOn, context)) ?? unfitMilestones(milestones, { dueOn, number }, context);
  };

/** Milestones have days of their own, in order and not after the measure's. */
const unfitMilestones = (
  milestones: NonNullable<ProposedMeasure['milestones']>,
  { dueOn, number }: { dueOn: LocalDate | null; number: number },
  context: DecisionContext,
): Decision | undefined =>
  first(milestones, (milestone, step) => {
    const before = milestones[step - 2];
    const past = unfitDay(milestone.dueOn, context);
    if (past) return past;
    if (before && milestone.dueOn < before.dueOn)
      return reject('milestone.order', `第${number}条措施的阶段目标“${milestone.label}”早于前一个。`, '请按日期先后填写阶段目标。');
    return dueOn !== null && milestone.dueOn > dueOn
      ? reject(
          'milestone.afterMeasure',
          `阶段目标“${milestone.label}”的日期${milestone.dueOn}晚于措施时限${dueOn}。`,
          '请核对阶段目标和措施的日期。',
        )
      : undefined;
  });

function unfitDay(day: LocalDate, context: DecisionContext): Decision | undefined {
  const farthest = addMonths(dateOf(context.now), FARTHEST_YEARS * 12);
  return (
    pastDate(day, context) ??
    (day > farthest ? reject('date.far', `日期${day}在${FARTHEST_YEARS}年以后。`, `请填写不晚于${farthest}的日期。`) : undefined)
  );
}

const foreignUnit =
  (state: IssueState, { directory }: DecisionContext): Judged<ProposedMeasure> =>
  ({ unitId }, number) =>
    unitsOf(state).includes(unitId)
      ? undefined
      : reject(
          'measure.foreignUnit',
          `第${number}条措施的单位${unitName(directory, unitId)}不是该问题的主办或协办单位。`,
          `请改由${unitsOf(state)
            .map((id) => unitName(directory, id))
            .join('或')}承担，或请整改办改派。`,
        );

function unitWithoutPart(state: IssueState, measures: readonly ProposedMeasure[], { directory }: DecisionContext): Decision | undefined {
  const idle = unitsOf(state).find((unit) => unit !== state.assignment?.leadUnitId && !measures.some(({ unitId }) => unitId === unit));
  if (idle === undefined) return undefined;
  return reject(
    'plan.unitWithoutPart',
    `协办单位${unitName(directory, idle)}没有措施。`,
    '请为其填写至少一条措施；无须协办的，请整改办改派。',
  );
}

/** approvePlan: the lead leader, then the rectification office or the leading group; three different persons with who proposed. */
export function decidePlanApproval(state: IssueState, command: CommandOf<'approvePlan'>, context: Judging): Decision {
  const step = approvalStep(state);
  const role = step.find((one) => context.acting.includes(one));
  const refused =
    inPhase(state, command.type, ['planned']) ??
    (role === undefined ? notThisStep(step) : undefined) ??
    notSelf(state.planProposedBy, context) ??
    state.planApprovals.map(({ by }) => notSelf(by, context)).find((refusal) => refusal !== undefined);
  if (refused || role === undefined) return refused ?? notThisStep(step);
  const final = state.planApprovals.length > 0;
  return accept({ type: 'planApproved', role, final, dueOn: final ? lastDay(state.measures) : null, opinion: command.opinion ?? null });
}

/** returnPlan: whoever stands at the step may return it, with a reason. */
export function decidePlanReturn(state: IssueState, command: CommandOf<'returnPlan'>, { acting }: Judging): Decision {
  const step = approvalStep(state);
  const role = step.find((one) => acting.includes(one));
  return (
    inPhase(state, command.type, ['planned']) ??
    (role === undefined ? notThisStep(step) : accept({ type: 'planReturned', role, opinion: command.opinion }))
  );
}

/** reviewPlan: the inspection office's 方案审核; a return needs a reason and is possible while the unit is still rectifying. */
export function decidePlanReview(state: IssueState, command: CommandOf<'reviewPlan'>, context: Judging): Decision {
  const { verdict, opinion } = command;
  if (!openDuty(state, 'planReview')) return reject('plan.notUnderReview', '整改方案没有待审核。', '请等待方案批准后报送。');
  if (verdict === 'returned' && state.phase !== 'rectifying')
    return reject('phase.notAllowed', `该问题处于“${phaseLabels[state.phase]}”，方案不能再退回。`, '请在核查或联审中提出意见。');
  // the clocks that rest for a coordination belong to this plan
  if (verdict === 'returned' && isCoordinating(state))
    return reject('coordination.open', '该问题有协调事项尚未答复，方案不能退回。', '请等待答复后再审核，或先予通过。');
  if (verdict === 'returned' && !opinion) return reject('opinion.missing', '退回没有写明理由。', '请填写退回意见。');
  return notSelf(state.planProposedBy, context) ?? accept({ type: 'planReviewed', verdict, opinion: opinion ?? null });
}

/** The roles that may act at the step at which a plan stands (design.md, section 2). */
const approvalStep = (state: IssueState): readonly Role[] =>
  state.planApprovals.length === 0 ? ['leadLeader'] : ['rectificationOffice', 'leadingGroup'];

const notThisStep = (step: readonly Role[]): Decision =>
  reject('role.notThisStep', `目前应由${step.map((one) => roles[one]).join('或')}审批。`, '请等待该环节办理。');

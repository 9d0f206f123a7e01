import { roles, type Role } from '../roles';
import type { LocalDate } from '../time';
import { accept, reject, type CommandOf, type Decision, type Judging } from './decision';
import { inPhase, notSelf, pastDate, unknownUnit } from './gates';
import { openDuty } from '../obligation/obligations';
import { phaseLabels, type IssueState } from './types';

/** proposePlan: at least one measure; each belongs to a unit and has a due day that is not past, or is sustained. */
export function decidePlan(state: IssueState, command: CommandOf<'proposePlan'>, context: Judging): Decision {
  const { measures, rootCause } = command;
  const undated = measures.findIndex(({ dueOn, sustained }) => dueOn === null && !sustained);
  return (
    inPhase(state, command.type, ['acknowledged']) ??
    (measures.length === 0 ? reject('plan.noMeasure', '整改方案没有措施。', '请至少填写一条措施。') : undefined) ??
    (undated >= 0 ? reject('measure.undated', `第${undated + 1}条措施没有完成时限。`, '请填写时限，或注明长期坚持。') : undefined) ??
    measures.flatMap(({ dueOn }) => (dueOn === null ? [] : (pastDate(dueOn, context) ?? [])))[0] ??
    unknownUnit(
      context,
      measures.map(({ unitId }) => unitId),
    ) ??
    accept({
      type: 'planProposed',
      measures: measures.map(({ milestones, ...measure }, index) => ({
        id: `m${index + 1}`,
        ...measure,
        ...(milestones ? { milestones: milestones.map((one, step) => ({ id: `${index + 1}.${step + 1}`, ...one })) } : {}),
      })),
      rootCause: rootCause ?? null,
    })
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
  return accept({ type: 'planApproved', role, final, dueOn: final ? lastDay(state) : null, opinion: command.opinion ?? null });
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
  if (verdict === 'returned' && !opinion) return reject('opinion.missing', '退回没有写明理由。', '请填写退回意见。');
  return notSelf(state.planProposedBy, context) ?? accept({ type: 'planReviewed', verdict, opinion: opinion ?? null });
}

/** The roles that may act at the step at which a plan stands (design.md, section 2). */
const approvalStep = (state: IssueState): readonly Role[] =>
  state.planApprovals.length === 0 ? ['leadLeader'] : ['rectificationOffice', 'leadingGroup'];

const notThisStep = (step: readonly Role[]): Decision =>
  reject('role.notThisStep', `目前应由${step.map((one) => roles[one]).join('或')}审批。`, '请等待该环节办理。');

/** The last day that the plan names; null when every measure is sustained. */
const lastDay = ({ measures }: IssueState): LocalDate | null =>
  measures.reduce<LocalDate | null>((last, { dueOn }) => (dueOn !== null && (last === null || dueOn > last) ? dueOn : last), null);

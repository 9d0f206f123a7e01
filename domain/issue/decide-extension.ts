import { dueOn } from '../calendar';
import { daysBetween } from '../time';
import type { DecisionContext } from '../context';
import { accept, reject, type CommandOf, type Decision } from './decision';
import { inPhase, notSelf, pastDate } from './gates';
import { obligationOf, openDuty, overdueFrom } from '../obligation/obligations';
import type { Duty } from '../obligation/types';
import type { IssueState } from './types';

/** requestExtension: a later day, within the number and the total length that the policy allows; late is possible and recorded as late. */
export function decideExtensionRequest(state: IssueState, command: CommandOf<'requestExtension'>, context: DecisionContext): Decision {
  const { policy, calendar, now } = context;
  const { newDueOn, reason, progress } = command;
  const refused = inPhase(state, command.type, ['rectifying']);
  if (refused) return refused;
  const duty = openDuty(state, 'rectify');
  if (!duty) return reject('extension.nothingOwed', '目前没有整改期限可延。', '请用 issue show 查看应办事项。');
  if (state.extension) return reject('extension.pending', '已有延期申请待审批。', '请等待审批结果。');
  if (state.extensions >= policy.maxExtensions.value)
    return reject('extension.tooMany', `已延期${state.extensions}次，达到上限。`, '请按期完成，或提请上级协调。');
  const past = pastDate(newDueOn, context);
  if (past) return past;
  const obligation = obligationOf(duty, context);
  if (dueOn(calendar, { kind: 'named', date: newDueOn }).date <= obligation.dueOn)
    return reject('extension.notLater', `新期限${newDueOn}不晚于现期限${obligation.dueOn}。`, '请填写更晚的日期。');
  const total = extendedDays(state, context) + daysBetween(dayOf(duty, context), newDueOn);
  if (total > policy.maxExtensionDays.value)
    return reject('extension.tooLong', `延期合计${total}日，超过${policy.maxExtensionDays.value}日。`, '请缩短延期，或提请上级协调。');
  return accept({ type: 'extensionRequested', dutyId: duty.id, newDueOn, late: now >= overdueFrom(obligation), reason, progress });
}

/** decideExtension: by another person than who asked. */
export function decideExtension(state: IssueState, command: CommandOf<'decideExtension'>, context: DecisionContext): Decision {
  if (!state.extension) return reject('extension.none', '没有待审批的延期申请。', '请先由责任单位提出申请。');
  const { by, newDueOn } = state.extension;
  return notSelf(by, context) ?? accept({ type: 'extensionDecided', granted: command.granted, newDueOn, opinion: command.opinion ?? null });
}

/** Calendar days by which the granted extensions have moved the issue's day. */
function extendedDays({ duties }: IssueState, context: DecisionContext): number {
  const rectifications = duties.filter(({ kind }) => kind === 'rectify');
  return rectifications.reduce((days, duty, index) => {
    const next = rectifications[index + 1];
    return duty.closedBy === 'extensionGranted' && next ? days + daysBetween(dayOf(duty, context), dayOf(next, context)) : days;
  }, 0);
}

/** The day as it was named, before the shift of rest days. */
const dayOf = (duty: Duty, context: DecisionContext) => ('named' in duty.due ? duty.due.named : obligationOf(duty, context).dueOn);

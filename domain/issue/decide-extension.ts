import { dueOn } from '../calendar';
import { dutyHolders, mayDo, rolesIn } from '../parties';
import { roles } from '../roles';
import { dateOf, daysBetween, endOfDay, type LocalDate } from '../time';
import type { DecisionContext } from '../context';
import { isCoordinating } from './coordinating';
import { accept, reject, type CommandOf, type Decision } from './decision';
import { inPhase, notSelf, pastDate } from './gates';
import { isOfMeasure, openMeasureDuty } from './measure-day';
import { unitOfMeasure } from './parts';
import { obligationOf, openDuty } from '../obligation/obligations';
import type { Duty } from '../obligation/types';
import type { Refusal } from '../decision';
import type { IssueState } from './types';

/** What is to be extended: the issue's day, or one measure's within it. */
interface Extendable {
  readonly dutyId: string;
  /** The day as it was named, before the shift of rest days. */
  readonly named: LocalDate;
  readonly dueOn: LocalDate;
  /** How often it was extended so far. */
  readonly times: number;
  /** Calendar days by which the granted extensions have moved it. */
  readonly days: number;
}

/**
 * requestExtension 延期: a later day for the issue, asked by the head of its lead unit, or for one measure within the issue's day, asked
 * by the head of the measure's unit or of the lead unit; each within the number and the total length that the policy allows. One
 * request waits at a time, and none while a coordination is open: its answer names the day.
 *
 * A late request is possible as 逾期重定期限 (design.md, section 2): it must come with reason and progress as any other, it is
 * recorded as late, stops no clock, and the overdue days stay recorded; when it is granted, the ladder starts anew.
 */
export function decideExtensionRequest(state: IssueState, command: CommandOf<'requestExtension'>, context: DecisionContext): Decision {
  const { newDueOn, reason, progress, measureId } = command;
  const refused = inPhase(state, command.type, ['rectifying']) ?? stillWaiting(state);
  if (refused) return refused;
  const asked = measureId === undefined ? dayOfIssue(state, context) : dayOfMeasure(state, measureId, context);
  if ('ok' in asked) return asked;
  return (
    unfitDay(asked, newDueOn, context) ??
    (measureId === undefined ? undefined : beyondIssue(state, newDueOn, context)) ??
    accept({
      type: 'extensionRequested',
      dutyId: asked.dutyId,
      ...(measureId === undefined ? {} : { measureId }),
      newDueOn,
      late: context.now >= endOfDay(asked.dueOn),
      reason,
      progress,
    })
  );
}

/**
 * decideExtension: for a measure's day the lead leader decides; for the issue's day the lead leader endorses and the inspection office
 * decides, three different persons with who asked. A refusal at either step settles it.
 */
export function decideExtension(state: IssueState, command: CommandOf<'decideExtension'>, context: DecisionContext): Decision {
  const { directory, actor, now } = context;
  const { extension } = state;
  const duty = openDuty(state, 'extensionDecision');
  if (!extension || !duty) return reject('extension.none', '没有待审批的延期申请。', '请先由责任单位提出申请。');
  const refused = notSelf(extension.by, context);
  if (refused) return refused;
  if (extension.endorsedBy === actor) return reject('approver.isEndorser', '前一环节已由您同意，不能再由您审批。', '请由另一人审批。');
  const on = dateOf(now);
  if (!mayDo(directory, state, duty, { actor, on })) {
    const { role } = dutyHolders(directory, state, duty, on);
    return reject('role.notThisStep', `目前应由${roles[role]}审批。`, '请等待该环节办理。');
  }
  const { granted, opinion = null } = command;
  const endorses = granted && duty.holder === 'leadLeader' && extension.measureId === null;
  return accept(
    endorses ? { type: 'extensionEndorsed', opinion } : { type: 'extensionDecided', granted, newDueOn: extension.newDueOn, opinion },
  );
}

function stillWaiting(state: IssueState): Decision | undefined {
  if (state.extension) return reject('extension.pending', '已有延期申请待审批。', '请等待审批结果。');
  if (isCoordinating(state))
    return reject('coordination.open', '该问题正在提请协调，不能同时申请延期。', '请等待协调答复，由答复确定新期限。');
  return undefined;
}

function dayOfIssue(state: IssueState, context: DecisionContext): Extendable | Refusal {
  if (!headsUnit(state, state.assignment?.leadUnitId ?? null, context))
    return reject('role.notAllowed', '协办单位不能申请延长整个问题的期限。', '请由主办单位申请，或只为本单位的措施申请并写明措施编号。');
  const duty = openDuty(state, 'rectify');
  if (!duty) return reject('extension.nothingOwed', '目前没有整改期限可延。', '请用 issue show 查看应办事项。');
  return {
    dutyId: duty.id,
    named: namedDay(duty, context),
    dueOn: obligationOf(duty, context).dueOn,
    times: state.extensions,
    days: extendedDays(
      state.duties.filter(({ kind }) => kind === 'rectify'),
      context,
    ),
  };
}

function dayOfMeasure(state: IssueState, measureId: string, context: DecisionContext): Extendable | Refusal {
  const measure = state.measures.find(({ id }) => id === measureId);
  if (!measure) return reject('measure.unknown', `没有措施${measureId}。`, '请用 issue show 查看措施编号。');
  if (![unitOfMeasure(state, measure), state.assignment?.leadUnitId ?? null].some((unitId) => headsUnit(state, unitId, context)))
    return reject('measure.otherUnit', `措施${measureId}不是贵单位的措施。`, '请由该措施的责任单位或主办单位申请。');
  if (measure.completedAt !== null) return reject('measure.completed', `措施${measureId}已完成。`, '无需申请延期。');
  if (measure.dueOn === null) return reject('extension.nothingDated', `措施${measureId}没有完成时限可延。`, '长期坚持的措施无需申请延期。');
  const times = measure.extensions ?? 0;
  const duty = openMeasureDuty(state, measureId);
  // the lead unit's last measure is owed through the issue's day alone
  if (!duty)
    return {
      dutyId: `measure:${measureId}`,
      named: measure.dueOn,
      dueOn: dueOn(context.calendar, { kind: 'named', date: measure.dueOn }).date,
      times,
      days: daysBetween(measure.originalDueOn ?? measure.dueOn, measure.dueOn),
    };
  return {
    dutyId: duty.id,
    named: namedDay(duty, context),
    dueOn: obligationOf(duty, context).dueOn,
    times,
    days: extendedDays(state.duties.filter(isOfMeasure(measureId)), context),
  };
}

/** The number is not used up, the day is not past and later than the one in force, and the length stays within the limit. */
function unfitDay(asked: Extendable, newDueOn: LocalDate, context: DecisionContext): Decision | undefined {
  const { policy, calendar } = context;
  const { maxExtensions, maxExtensionDays } = policy;
  if (asked.times >= maxExtensions.value)
    return reject('extension.tooMany', `已延期${asked.times}次，达到上限。`, '请按期完成，或提请上级协调。');
  const past = pastDate(newDueOn, context);
  if (past) return past;
  if (dueOn(calendar, { kind: 'named', date: newDueOn }).date <= asked.dueOn)
    return reject('extension.notLater', `新期限${newDueOn}不晚于现期限${asked.dueOn}。`, '请填写更晚的日期。');
  const total = asked.days + daysBetween(asked.named, newDueOn);
  if (total > maxExtensionDays.value)
    return reject('extension.tooLong', `延期合计${total}日，超过${maxExtensionDays.value}日。`, '请缩短延期，或提请上级协调。');
  return undefined;
}

/** A measure's day lies within the issue's. */
function beyondIssue(state: IssueState, newDueOn: LocalDate, context: DecisionContext): Decision | undefined {
  const rectify = openDuty(state, 'rectify');
  const last = rectify && obligationOf(rectify, context).dueOn;
  return last !== undefined && dueOn(context.calendar, { kind: 'named', date: newDueOn }).date > last
    ? reject(
        'extension.beyondIssue',
        `新期限${newDueOn}晚于问题的期限${last}。`,
        '请填写问题期限以内的日期，或由主办单位申请延长问题的期限。',
      )
    : undefined;
}

const headsUnit = (state: IssueState, unitId: string | null, { directory, actor, now }: DecisionContext): boolean =>
  unitId !== null && rolesIn(directory, state, actor, dateOf(now), unitId).includes('unitHead');

/** Calendar days by which the granted extensions have moved a day, by the duties that carried it one after the other. */
const extendedDays = (duties: readonly Duty[], context: DecisionContext): number =>
  duties.reduce((days, duty, index) => {
    const next = duties[index + 1];
    return duty.closedBy === 'extensionGranted' && next ? days + daysBetween(namedDay(duty, context), namedDay(next, context)) : days;
  }, 0);

const namedDay = (duty: Duty, context: DecisionContext): LocalDate =>
  'named' in duty.due ? duty.due.named : obligationOf(duty, context).dueOn;

import { dueOn } from '../calendar';
import { dutyHolders, holders, mayDo } from '../parties';
import { bodies } from '../recorded';
import { roles, type Role } from '../roles';
import { dateOf, type LocalDate } from '../time';
import { commandRoles } from './command-words';
import { isCoordinating, unanswered, undecided } from './coordinating';
import { accept, reject, type CommandOf, type Decision, type Judging } from './decision';
import type { DecisionContext } from '../context';
import { inPhase, notSelf, pastDate } from './gates';
import { obligationOf, openDuty, overdueFrom } from '../obligation/obligations';
import type { IssueState } from './types';

/**
 * Whom a unit may ask to coordinate: everybody above it who can answer but the lead leader. The lead leader decides whether it is taken
 * up at all, and settles without it what is in his own hands.
 */
export const coordinators: readonly Role[] = commandRoles.answerCoordination.filter((role) => role !== 'leadLeader');

/**
 * requestCoordination 提请上级协调: the lead unit's head says what is asked of whom and what the unit has done of its own share. One at a
 * time, and none while an extension waits. Made in time, it stops the unit's clock.
 */
export function decideCoordinationRequest(state: IssueState, command: CommandOf<'requestCoordination'>, context: Judging): Decision {
  const { coordinator, asked, ownShare } = command;
  const refused = inPhase(state, command.type, ['rectifying']) ?? stillWaiting(state) ?? unfitCoordinator(state, coordinator, context);
  return refused ?? accept({ type: 'coordinationRequested', coordinator, asked, ownShare, late: hasPassed(state, context) });
}

/** decideCoordination: the lead leader or the rectification office, another person than who asked, takes it up or not. */
export function decideCoordination(state: IssueState, command: CommandOf<'decideCoordination'>, context: Judging): Decision {
  const { accepted, answerBy = null, opinion = null } = command;
  if (!undecided(state)) return nothingOpen('没有待受理的协调事项。', '请先由责任单位提请协调。');
  return (
    notSelf(state.coordination?.askedBy, context) ??
    (answerBy === null || !accepted ? undefined : pastDate(answerBy, context)) ??
    accept({ type: 'coordinationDecided', accepted, answerBy: accepted ? answerBy : null, opinion })
  );
}

/** noteCoordination: the unit says how the matter stands, every two months while it waits for the answer. */
export const decideCoordinationNote = (state: IssueState, { progress }: CommandOf<'noteCoordination'>, _context: Judging): Decision =>
  unanswered(state) ? accept({ type: 'coordinationNoted', progress }) : nothingOpen('没有正在协调的事项。', '请在协调受理后说明进展。');

/**
 * answerCoordination: by the coordinator, or by whom that duty passed to; who asked and who took it up do not answer. When the issue's
 * day has passed meanwhile, the answer names a new one: it is no extension and counts as none.
 */
export function decideCoordinationAnswer(state: IssueState, command: CommandOf<'answerCoordination'>, context: Judging): Decision {
  const { answer, newDueOn = null } = command;
  const duty = unanswered(state);
  if (!duty) return nothingOpen('没有待答复的协调事项。', '请用 issue show 查看应办事项。');
  const refused = notSelf(state.coordination?.askedBy, context);
  if (refused) return refused;
  const { directory, actor, now } = context;
  const on = dateOf(now);
  if (!mayDo(directory, state, duty, { actor, on }))
    return reject('role.notAllowed', '该协调事项不由您答复。', `请由${roles[dutyHolders(directory, state, duty, on).role]}答复。`);
  return unfitDay(state, newDueOn, context) ?? accept({ type: 'coordinationAnswered', answer, newDueOn });
}

const nothingOpen = (what: string, todo: string): Decision => reject('coordination.none', what, todo);

function stillWaiting(state: IssueState): Decision | undefined {
  if (isCoordinating(state)) return reject('coordination.open', '已有协调事项正在办理。', '请等待答复后再提请协调。');
  if (state.extension) return reject('extension.pending', '已有延期申请待审批。', '请等待审批结果后再提请协调。');
  return undefined;
}

/** A role above the unit that somebody holds; bodies and offices outside the system act on paper and need nobody here. */
function unfitCoordinator(state: IssueState, coordinator: Role, { directory, now }: DecisionContext): Decision | undefined {
  const choice = coordinators.map((role) => roles[role]).join('、');
  if (!coordinators.includes(coordinator))
    return reject('coordinator.role', `${roles[coordinator]}不能作为协调人。`, `请提请${choice}协调。`);
  if (bodies.includes(coordinator) || holders(directory, state, coordinator, dateOf(now)).length > 0) return undefined;
  return reject('coordinator.vacant', `该问题没有${roles[coordinator]}。`, `请另行提请协调，可填${choice}。`);
}

function unfitDay(state: IssueState, newDueOn: LocalDate | null, context: DecisionContext): Decision | undefined {
  const rectify = openDuty(state, 'rectify');
  if (newDueOn === null)
    return rectify && hasPassed(state, context)
      ? reject('coordination.dateNeeded', `整改期限${obligationOf(rectify, context).dueOn}在协调期间已过。`, '请在答复中写明新的整改期限。')
      : undefined;
  const past = pastDate(newDueOn, context);
  if (past) return past;
  if (!rectify) return reject('coordination.nothingDated', '目前没有整改期限可改。', '请不填新期限，直接答复。');
  const { dueOn: current } = obligationOf(rectify, context);
  return dueOn(context.calendar, { kind: 'named', date: newDueOn }).date <= current
    ? reject('coordination.notLater', `新期限${newDueOn}不晚于现期限${current}。`, '请填写更晚的日期，或不填新期限。')
    : undefined;
}

function hasPassed(state: IssueState, context: DecisionContext): boolean {
  const rectify = openDuty(state, 'rectify');
  return rectify !== undefined && context.now >= overdueFrom(obligationOf(rectify, context));
}

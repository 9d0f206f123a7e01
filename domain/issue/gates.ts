import { dueOn } from '../calendar';
import { personOf, unitOf } from '../parties';
import { roles, type Role } from '../roles';
import { dateOf, type LocalDate } from '../time';
import { commandLabels } from './command-words';
import type { CommandType } from './commands';
import type { DecisionContext } from '../context';
import { reject, type Decision } from './decision';
import { phaseLabels, type IssueState, type Phase } from './types';

// The gates that several commands share. Each gives a refusal, or undefined when it stands open.

export function inPhase(state: IssueState, command: CommandType, phases: readonly Phase[]): Decision | undefined {
  if (phases.includes(state.phase)) return undefined;
  return reject(
    'phase.notAllowed',
    `该问题处于“${phaseLabels[state.phase]}”，不能${commandLabels[command]}。`,
    `${commandLabels[command]}只能在“${phases.map((phase) => phaseLabels[phase]).join('”“')}”时办理。`,
  );
}

/** Two steps need two persons: whoever asked for a thing does not decide about it. */
export const notSelf = (requester: string | null | undefined, { actor }: DecisionContext): Decision | undefined =>
  requester === actor ? reject('approver.isRequester', '提出人不能审批自己提出的事项。', '请由另一人审批。') : undefined;

/** The role among the actor's own that this step needs. */
export const notIn = (needed: Role, acting: readonly Role[], what: string): Decision | undefined =>
  acting.includes(needed) ? undefined : reject('role.notAllowed', what, `请由${roles[needed]}办理。`);

export function unknownUnit({ directory }: DecisionContext, units: readonly string[]): Decision | undefined {
  const unit = units.find((id) => !unitOf(directory, id));
  return unit === undefined ? undefined : reject('unit.unknown', `通讯录中没有单位${unit}。`, '请先导入单位，或改用已有单位。');
}

export function unknownPerson({ directory }: DecisionContext, persons: readonly (string | undefined)[]): Decision | undefined {
  const person = persons.find((id) => id !== undefined && !personOf(directory, id));
  return person === undefined ? undefined : reject('person.unknown', `通讯录中没有人员${person}。`, '请先导入人员，或改用已有人员。');
}

/** A day from which something would be overdue already: past, or moved before today because it is a rest day. */
export function pastDate(date: LocalDate, { calendar, now }: DecisionContext): Decision | undefined {
  const today = dateOf(now);
  const due = dueOn(calendar, { kind: 'named', date }).date;
  if (due >= today) return undefined;
  const moved = due < date ? `遇休息日提前到${due},` : '';
  return reject('date.past', `日期${date}${moved}已过（今天是${today}）。`, '请填写今天或以后的工作日。');
}

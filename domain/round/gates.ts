import { dueOn } from '../calendar';
import type { DecisionContext } from '../context';
import { reject, type Refusal } from '../decision';
import { organisationOf } from '../directory-tree';
import { unitOf } from '../parties';
import { dateOf, type LocalDate } from '../time';
import { roundPhaseLabels, type RoundState } from './types';

// The gates that several commands of a round share. Each gives a refusal, or undefined when it stands open.

/** Units that are known, of the inspected organisation, at least one, each once. */
export function wrongUnits(state: RoundState, units: readonly string[], context: DecisionContext): Refusal | undefined {
  if (units.length === 0) return reject('units.none', '没有填写单位。', '请至少填写一个单位。');
  const wrong = units.map((id) => wrongUnit(state, id, context)).find((refusal) => refusal !== undefined);
  if (wrong) return wrong;
  const twice = units.find((id, index) => units.indexOf(id) !== index);
  return twice === undefined
    ? undefined
    : reject('unit.twice', `单位${unitOf(context.directory, twice)?.name ?? twice}填写了两次。`, '请删去重复的单位。');
}

/** One unit: known, and of the inspected organisation when the deployment serves several. */
export function wrongUnit({ organisationId }: RoundState, id: string, { directory }: DecisionContext): Refusal | undefined {
  const unit = unitOf(directory, id);
  if (!unit) return reject('unit.unknown', `通讯录中没有单位${id}。`, '请先导入单位，或改用已有单位。');
  if (organisationId === null || organisationOf(directory, id)?.id === organisationId) return undefined;
  return reject('unit.foreign', `${unit.name}不属于本轮次的被巡察单位。`, '请填写本单位的责任单位。');
}

/** A day by which something can still be done: today or later, also after a rest day has moved it to the workday before. */
export function pastDay(day: LocalDate, { calendar, now }: DecisionContext): Refusal | undefined {
  const today = dateOf(now);
  const due = dueOn(calendar, { kind: 'named', date: day }).date;
  if (due >= today) return undefined;
  const moved = due < day ? `遇休息日提前到${due}，` : '';
  return reject('date.past', `日期${day}${moved}已过（今天是${today}）。`, '请填写今天或以后的工作日。');
}

/** A refusal when the round stands in another phase. */
export const notInPhase = (state: RoundState, phases: readonly RoundState['phase'][], what: string): Refusal | undefined =>
  phases.includes(state.phase)
    ? undefined
    : reject('phase.notAllowed', `该轮次处于“${roundPhaseLabels[state.phase]}”，不能${what}。`, '请按轮次程序办理。');

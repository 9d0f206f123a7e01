import type { DecisionContext } from '../context';
import { reject, type Refusal } from '../decision';
import { unitOf } from '../parties';
import { dateOf } from '../time';
import { roundPhaseLabels, type RoundState } from './types';

// The gates that several commands of a round share. Each gives a refusal, or undefined when it stands open.

/** Units that are known, at least one, each once. */
export function wrongUnits(units: readonly string[], { directory }: DecisionContext): Refusal | undefined {
  if (units.length === 0) return reject('units.none', '没有填写单位。', '请至少填写一个单位。');
  const unknown = units.find((id) => !unitOf(directory, id));
  if (unknown !== undefined) return reject('unit.unknown', `通讯录中没有单位${unknown}。`, '请先导入单位，或改用已有单位。');
  const twice = units.find((id, index) => units.indexOf(id) !== index);
  return twice === undefined
    ? undefined
    : reject('unit.twice', `单位${unitOf(directory, twice)?.name ?? twice}填写了两次。`, '请删去重复的单位。');
}

/** A day that is today or later. */
export function pastDay(day: string, { now }: DecisionContext): Refusal | undefined {
  const today = dateOf(now);
  return day < today ? reject('date.past', `日期${day}已过（今天是${today}）。`, '请填写今天或以后的日期。') : undefined;
}

/** A refusal when the round stands in another phase. */
export const notInPhase = (state: RoundState, phases: readonly RoundState['phase'][], what: string): Refusal | undefined =>
  phases.includes(state.phase)
    ? undefined
    : reject('phase.notAllowed', `该轮次处于“${roundPhaseLabels[state.phase]}”，不能${what}。`, '请按轮次程序办理。');

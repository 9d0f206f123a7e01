import type { DecisionContext } from '../context';
import type { Directory } from '../directory';
import { lineAbove } from '../directory-tree';
import { personOf } from '../parties';
import { reject, type Decision } from './decision';
import { unknownPerson } from './gates';
import type { IssueState } from './types';

export const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];

/** Checkers 检查人: enough of them, each in the directory, none recused, none who did the work or is of a responsible unit. */
export function unfitCheckers(state: IssueState, checkers: readonly string[], context: DecisionContext): Decision | undefined {
  const { directory, policy } = context;
  const count = distinct(checkers).length;
  const least = policy.minimumCheckers.value;
  if (count < least) return reject('checkers.tooFew', `检查人只有${count}人。`, `请安排至少${least}名检查人。`);
  const unknown = unknownPerson(context, checkers);
  if (unknown) return unknown;
  const named = (id: string): string => personOf(directory, id)?.name ?? id;
  const recused = checkers.find((id) => state.recused.includes(id));
  if (recused !== undefined) return reject('checkers.recused', `检查人${named(recused)}已对该问题回避。`, '请换成另一人。');
  const worked = checkers.find((id) => didTheWork(state, id));
  if (worked !== undefined) return reject('checkers.ofUnit', `检查人${named(worked)}承担了该问题的整改。`, '请换成责任单位以外的人。');
  const inside = checkers.find((id) => isOfUnits(state, id, directory));
  return inside === undefined ? undefined : reject('checkers.ofUnit', `检查人${named(inside)}是责任单位的人。`, '请换成责任单位以外的人。');
}

/** Its handler now or before, who holds one of its measures, and who requested the closeout. */
const didTheWork = ({ assignment, measures, closeoutRequestedBy, formerly }: IssueState, id: string): boolean =>
  [assignment?.handlerId, closeoutRequestedBy, ...formerly, ...measures.map(({ holderId }) => holderId)].includes(id);

/**
 * Whether a person has held a post since the feedback in a responsible unit or a section of one: lead unit, co-unit, unit of a
 * measure, or a unit that was charged with it before.
 */
function isOfUnits({ assignment, measures, feedbackOn, formerly }: IssueState, id: string, directory: Directory): boolean {
  const units = new Set([assignment?.leadUnitId, ...(assignment?.coUnitIds ?? []), ...measures.map(({ unitId }) => unitId), ...formerly]);
  const within = (unitId: string): boolean =>
    units.has(unitId) || [...lineAbove(directory, unitId)].some((unit) => unit.kind === 'unit' && units.has(unit.id));
  return directory.posts.some((post) => post.personId === id && within(post.unitId) && (post.to === null || post.to >= feedbackOn));
}

import { accept, reject } from '../decision';
import { ofId } from '../obligation/duties';
import type { RoundCommandOf, RoundContext, RoundDecision } from './decision';
import { pastDay, wrongUnits } from './gates';
import type { ReportedRow, RoundState } from './types';

// Collecting 收报 (design.md, section 3): one call gives each unit one page of its open measures; what comes back are proposals.

/** callCollection: units of the organisation, each once, by a day that is not past; one call a period. */
export function decideCollection(
  state: RoundState,
  { period, dueOn, units }: RoundCommandOf<'callCollection'>,
  context: RoundContext,
): RoundDecision {
  const refused = wrongUnits(state, units, context) ?? pastDay(dueOn, context);
  if (refused) return refused;
  if (period.trim() === '') return reject('collection.period', '没有填写期别。', '请填写期别，例如“2026年3月下半月”。');
  if (state.collections.some((collection) => collection.period === period))
    return reject('collection.twice', `“${period}”已经收报。`, '每期只发起一次，请换一个期别。');
  return accept({ type: 'collectionCalled', collectionId: String(state.collections.length + 1), period, dueOn, units });
}

/**
 * answerCollection: a unit that was asked, once, late or not, until the next call has taken the place of this one. Unchanged rows need
 * nothing: an answer without rows says that nothing has changed. Rows are of the unit's own issues, each measure once.
 */
export function decideAnswer(
  state: RoundState,
  { collectionId, unitId, rows }: RoundCommandOf<'answerCollection'>,
  { facts }: RoundContext,
): RoundDecision {
  const collection = state.collections.find(({ id }) => id === collectionId);
  if (!collection?.units.includes(unitId)) return reject('collection.unknown', '该单位没有这次收报。', '请核对收报编号和单位。');
  if (collection.answers.some((answer) => answer.unitId === unitId))
    return reject('collection.answered', '该单位已填报。', '如需更正，请直接填报进展。');
  const duty = state.duties.find(ofId(collectionDuty(collectionId, unitId)));
  if (duty?.closedAt !== null) return reject('collection.lapsed', '这次收报已被下一次代替。', '请在最近一次收报中填报。');
  const stray = rows.find(({ issueId }) => !facts.issues.includes(issueId));
  if (stray) return reject('issue.unknown', `本轮次没有问题${stray.issueId}。`, '请核对问题编号。');
  const foreign = rows.find(({ issueId }) => facts.unitsOfIssue && !facts.unitsOfIssue[issueId]?.includes(unitId));
  if (foreign) return reject('collection.notOwn', `问题${foreign.issueId}不由该单位整改。`, '请只填本单位的问题。');
  const twice = rows.find((row, index) => rows.findIndex((other) => sameRow(row, other)) !== index);
  if (twice) return reject('collection.rowTwice', `问题${twice.issueId}的同一项填写了两次。`, '请合并为一行。');
  return accept({ type: 'collectionAnswered', collectionId, unitId, rows });
}

/** The duty of a unit to answer one call. */
export const collectionDuty = (collectionId: string, unitId: string): string => `collection:${collectionId}:${unitId}`;

const sameRow = (a: ReportedRow, b: ReportedRow): boolean => a.issueId === b.issueId && a.measureId === b.measureId;

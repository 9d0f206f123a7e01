import { classesOf as classesOfPhrase, type DeadlineClass } from '../deadline-class';
import { parseDuePhrase } from '../due-phrase';
import type { IssueState, Measure } from '../issue/types';

/**
 * The class of an issue in totals, one each so that they add up: 长期坚持 only when nothing of it has a limit, 立行立改 only when all
 * of its limits say so; null until a plan names a limit. What is kept up beside a limit stands in `sustainedToo`.
 */
export function classOf(state: Pick<IssueState, 'measures'>): DeadlineClass | null {
  const classes = new Set(state.measures.flatMap(classesOfMeasure));
  if (classes.has('fixedTerm')) return 'fixedTerm';
  if (classes.has('immediate')) return 'immediate';
  return classes.has('sustained') ? 'sustained' : null;
}

/** 其中长期坚持: sustained beside a limit, or sustained altogether. */
export const sustainedToo = ({ measures, tail }: Pick<IssueState, 'measures' | 'tail'>): boolean =>
  tail || measures.some(({ sustained }) => sustained);

/** The classes of a measure: its day and mark say limit and 长期坚持; that a limit means 立行立改 stands only in its phrase. */
export function classesOfMeasure({ dueOn, dueRaw, sustained }: Measure): readonly DeadlineClass[] {
  const immediate = dueRaw != null && classesOfPhrase(parseDuePhrase(dueRaw)).includes('immediate');
  return [
    ...(immediate ? ['immediate' as const] : dueOn !== null ? ['fixedTerm' as const] : []),
    ...(sustained ? ['sustained' as const] : []),
  ];
}

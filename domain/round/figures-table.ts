import { closedPhases, type IssueState, type Phase } from '../issue/types';
import type { FindingCounts } from '../lists/counts';
import { obligationLabels } from '../policy/policy';
import type { CadenceFigures, UnitDue, UnitFigures } from './figures';

/** A row of the table of units 总表. Findings stand in exactly one of the columns from `closed` to `other`. */
export interface FigureRow {
  /** 问题数, as fed back. */
  readonly fedBack: number;
  readonly closed: number;
  /** Of the closed ones those with a tail, 其中长期坚持. */
  readonly closedSustained: number;
  /** 阶段性完成: purely sustained findings, which are never counted as closed. */
  readonly stageCompleted: number;
  /** 已完成待审: closeout requested, being checked or reviewed. */
  readonly awaiting: number;
  readonly underWay: number;
  /** Suspended, withdrawn, void, handed over to others. */
  readonly other: number;
  /** 临期: issues with something due by the end of the next period, nothing overdue. */
  readonly dueSoon: number;
  /** 逾期: issues with something overdue, of the unit's own or as a co-unit. */
  readonly overdue: number;
  /** How often findings were sent back before closeout, since the feedback. */
  readonly returns: number;
  /** 完成率: struck off of what is to be rectified (withdrawn, void and handed over left out), percent with one decimal, rounded down; null: nothing is. */
  readonly completedPercent: number | null;
}

const awaitingPhases: readonly Phase[] = ['closeoutRequested', 'checkBack', 'underReview'];
const goneFrom: readonly Phase[] = ['withdrawn', 'void', 'transferred'];

/** The rows of the units, in their order, and the total: an issue in which two units are late counts once in it. */
export function figureRows({ units, totals }: CadenceFigures): {
  readonly rows: readonly (FigureRow & Pick<UnitFigures, 'unitId'>)[];
  readonly total: FigureRow;
} {
  return {
    rows: units.map(({ unitId, counts, overdue, next }) => ({ unitId, ...rowOf(counts, overdue, next) })),
    total: rowOf(
      totals,
      units.flatMap(({ overdue }) => overdue),
      units.flatMap(({ next }) => next),
    ),
  };
}

function rowOf(counts: FindingCounts, overdue: readonly UnitDue[], next: readonly UnitDue[]): FigureRow {
  const { fedBack, byPhase, closedSustained, returns } = counts;
  const of = (phases: readonly Phase[]): number => phases.reduce((sum, phase) => sum + (byPhase.get(phase) ?? 0), 0);
  const closed = of(closedPhases);
  const stageCompleted = of(['stageCompleted']);
  const awaiting = of(awaitingPhases);
  const gone = of(goneFrom);
  const other = gone + of(['suspended']);
  const late = new Set(overdue.map(({ issueId }) => issueId));
  return {
    fedBack,
    closed,
    closedSustained,
    stageCompleted,
    awaiting,
    underWay: fedBack - closed - stageCompleted - awaiting - other,
    other,
    dueSoon: new Set(next.map(({ issueId }) => issueId).filter((id) => !late.has(id))).size,
    overdue: late.size,
    returns,
    completedPercent: fedBack === gone ? null : Math.floor((1000 * closed) / (fedBack - gone)) / 10,
  };
}

/** 点名事项: what is to be called out by number, at which unit, and why, in words. */
export interface NamedMatter {
  readonly issueId: string;
  readonly unitId: string | null;
  readonly reasons: readonly string[];
}

/** What is overdue, the longest first in a unit, then what was sent back or relapsed in the period. Nothing that is neither is called out. */
export function namedMatters({ units, returned, relapsed }: CadenceFigures, issues: readonly IssueState[]): readonly NamedMatter[] {
  const matters = new Map<string, { issueId: string; unitId: string | null; reasons: string[] }>();
  const note = (issueId: string, unitId: string | null, reason: string): void => {
    const key = `${unitId ?? ''} ${issueId}`;
    const matter = matters.get(key) ?? { issueId, unitId, reasons: [] };
    matter.reasons.push(reason);
    matters.set(key, matter);
  };
  for (const { unitId, overdue } of units) for (const due of overdue) note(due.issueId, unitId, overdueWords(due));
  const lead = new Map(issues.map(({ id, assignment }) => [id, assignment?.leadUnitId ?? null]));
  for (const id of relapsed) note(id, lead.get(id) ?? null, '本期认定反弹');
  for (const id of returned) note(id, lead.get(id) ?? null, '本期退回');
  return [...matters.values()];
}

const overdueWords = ({ kind, daysLeft, dueOn, provisional }: UnitDue): string =>
  `${obligationLabels[kind]}逾期${-daysLeft}日（期限${dueOn}${provisional ? '，暂定' : ''}）`;

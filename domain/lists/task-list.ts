import type { IssueState, Measure } from '../issue/types';
import { dateOf, type LocalDate } from '../time';
import { headOf, holdersNamed, inOrder, personNamed, textOf, unitNamed, type ListContext, type Named, type RowHead } from './listing';

/** A milestone of a measure, as lists show it. */
export interface MilestoneRow {
  readonly id: string;
  readonly label: string;
  readonly dueOn: LocalDate;
  readonly completedOn: LocalDate | null;
}

/** A measure as lists show it. */
export interface MeasureRow {
  readonly measureId: string;
  readonly text: string;
  readonly unit: Named;
  /** Who does it: whom the plan names, else the handlers of its unit. */
  readonly holders: readonly Named[];
  readonly dueOn: LocalDate | null;
  /** The due phrase as the plan words it; kept beside the day. */
  readonly dueRaw: string | null;
  readonly sustained: boolean;
  readonly milestones: readonly MilestoneRow[];
  readonly completedOn: LocalDate | null;
  readonly evidence: string;
  /** Past its day and not completed, on the day of the list. */
  readonly overdue: boolean;
}

/** A row of 任务清单: one measure of one unit. */
export interface TaskRow extends RowHead, MeasureRow {}

/** The tasks of one unit. */
export interface UnitTasks {
  readonly unit: Named;
  readonly tasks: readonly TaskRow[];
}

/** 任务清单 by unit: each with its own measures, of issues that it leads or takes part in. What others stand for is theirs. */
export function taskList(issues: readonly IssueState[], context: ListContext): readonly UnitTasks[] {
  const rows = inOrder(issues)
    .filter(({ phase }) => phase !== 'void' && phase !== 'replaced')
    .flatMap((state) => measureRows(state, context).map((row): TaskRow => ({ ...headOf(state, context), ...row })));
  const units = [...new Set(rows.map(({ unit }) => unit.id))].sort();
  return units.map((id) => ({ unit: unitNamed(id, context), tasks: rows.filter(({ unit }) => unit.id === id) }));
}

/** The measures of an issue in the order of its plan. */
export const measureRows = (state: IssueState, context: ListContext): readonly MeasureRow[] =>
  state.measures.map((measure) => ({
    measureId: measure.id,
    text: textOf(state, measure.text, context),
    unit: unitNamed(measure.unitId, context),
    holders: measure.holderId ? [personNamed(measure.holderId, context)] : holdersNamed(state, 'handler', context, measure.unitId),
    dueOn: measure.dueOn,
    dueRaw: measure.dueRaw ?? null,
    sustained: measure.sustained,
    milestones: (measure.milestones ?? []).map(({ id, label, dueOn, completedAt }) => ({
      id,
      label,
      dueOn,
      completedOn: completedAt === null ? null : dateOf(completedAt),
    })),
    completedOn: measure.completedAt === null ? null : dateOf(measure.completedAt),
    evidence: measure.completedAt === null ? '' : textOf(state, measure.evidence, context),
    overdue: isOverdue(measure, context.on),
  }));

/** A measure with a day that is past and nothing handed in. Its own day counts, before any rest days that move it. */
const isOverdue = ({ dueOn, completedAt }: Measure, on: LocalDate): boolean => completedAt === null && dueOn !== null && dueOn < on;

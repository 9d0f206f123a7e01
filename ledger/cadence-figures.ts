import { badInput } from '../domain/failure';
import { phaseLabels, type IssueState, type Phase } from '../domain/issue/types';
import { obligationLabels, type Cadence, type ObligationKind } from '../domain/policy/policy';
import { cadenceFigures, type CadenceFigures } from '../domain/round/figures';
import { periodOf, slotIn, type SheetPeriod, type SheetSlot } from '../domain/round/figures-period';
import { figureRows, namedMatters, type FigureRow } from '../domain/round/figures-table';
import { addDays, addMillis, dateOf, endOfDay, type Instant, type LocalDate } from '../domain/time';
import { roundAsOf, type AsOf } from './as-of';
import type { Database } from './database';
import { unitNamed, type Named } from './names';
import { rulesAsOf } from './round-detail';

/** The sheet of a cadence 调度: agenda and figures of one period, names resolved. Everything in it is counted, nothing is written. */
export interface CadenceSheet {
  readonly round: { readonly id: string; readonly name: string; readonly policy: string | null };
  /** `id` null: the round's rules keep no cadence of this rhythm. */
  readonly cadence: { readonly id: string | null; readonly label: string | null; readonly every: Cadence['every'] };
  readonly period: SheetPeriod;
  /** Null: the round keeps no such cadence, or has no date in this period. */
  readonly agenda: SheetSlot | null;
  /** 截止日期: today, or the last day of a period that is over. */
  readonly on: LocalDate;
  readonly over: boolean;
  readonly rows: readonly (FigureRow & { readonly unit: Named | null })[];
  readonly total: FigureRow;
  readonly since: {
    readonly moved: readonly {
      readonly issueId: string;
      readonly from: Phase | null;
      readonly fromLabel: string | null;
      readonly to: Phase;
      readonly toLabel: string;
    }[];
    readonly completedMeasures: readonly { readonly issueId: string; readonly measureId: string; readonly unit: Named }[];
  } & Pick<CadenceFigures, 'closed' | 'returned' | 'relapsed' | 'extended'>;
  readonly named: readonly { readonly issueId: string; readonly unit: Named | null; readonly reasons: readonly string[] }[];
  /** What the units owe by the end of the next period, the earliest first. */
  readonly next: readonly NextDue[];
}

export interface NextDue {
  readonly issueId: string;
  readonly unit: Named | null;
  readonly kind: ObligationKind;
  readonly label: string;
  readonly dueOn: LocalDate;
  readonly provisional: boolean;
  /** Calendar days from the day of the sheet. */
  readonly daysLeft: number;
}

/** Which period: the one that contains `day`, of the rhythm `every`, else of the round's first cadence (monthly when it has none). */
export interface SheetQuestion {
  readonly day: LocalDate;
  readonly every?: Cadence['every'];
  readonly now: Instant;
}

/**
 * The sheet of the period that contains a day, as of `now`; of a period that is over, as things stood at its end by what had happened
 * then, and by the rules of then. Null when there is no such round. Throws badInput `figures.future` (the period has not begun) and
 * `round.notYet` (the round was not open by its end).
 */
export async function cadenceSheet(database: Database, roundId: string, question: SheetQuestion): Promise<CadenceSheet | null> {
  if (!(await database.round.findUnique({ where: { id: roundId }, select: { id: true } }))) return null;
  const { day, now } = question;
  const today = dateOf(now);
  const current = await rulesAsOf(database, roundId, { at: now, by: 'occurred' });
  const every = question.every ?? current.policy.cadences.value[0]?.every ?? 'month';
  const period = periodOf(every, day);
  const { first, last } = period;
  if (first > today) throw badInput('figures.future', `${first}起的一期尚未开始。`, '请写今天或以前的日期。');
  const then = await roundAsOf(database, roundId, endOf(last));
  if (!then) throw badInput('round.notYet', `到${last}还没有轮次${roundId}。`, '请写晚一些的日期。');
  const before = (await roundAsOf(database, roundId, endOf(addDays(first, -1))))?.issues ?? [];
  const rules = await rulesAsOf(database, roundId, endOf(last));
  const cadence = rules.policy.cadences.value.find((one) => one.every === every) ?? null;
  const on = last < today ? last : today;
  const figures = cadenceFigures({ before: inOrder(before), after: inOrder(then.issues), on, until: period.nextLast }, rules);
  const { rows, total } = figureRows(figures);
  const unit = (id: string | null): Named | null => (id === null ? null : unitNamed(rules.directory, id));
  return {
    round: { id: roundId, name: then.round.name, policy: then.round.policy },
    cadence: { id: cadence?.id ?? null, label: cadence?.label ?? null, every },
    period,
    agenda: cadence === null ? null : slotIn(period, then.round, cadence, rules),
    on,
    over: last < today,
    rows: rows.map(({ unitId, ...row }) => ({ unit: unit(unitId), ...row })),
    total,
    since: {
      moved: figures.moved.map(({ issueId, from, to }) => ({
        issueId,
        from,
        fromLabel: from === null ? null : phaseLabels[from],
        to,
        toLabel: phaseLabels[to],
      })),
      completedMeasures: figures.completedMeasures.map(({ unitId, ...one }) => ({ ...one, unit: unitNamed(rules.directory, unitId) })),
      closed: figures.closed,
      returned: figures.returned,
      relapsed: figures.relapsed,
      extended: figures.extended,
    },
    named: namedMatters(figures, then.issues).map(({ unitId, ...matter }) => ({ ...matter, unit: unit(unitId) })),
    next: nextOf(figures, unit),
  };
}

/** The last instant of a day: what happened at midnight belongs to the next one. */
const endOf = (day: LocalDate): AsOf => ({ at: addMillis(endOfDay(day), -1), by: 'occurred' });

const inOrder = (issues: readonly IssueState[]): IssueState[] => issues.toSorted((a, b) => a.number - b.number || a.id.localeCompare(b.id));

const nextOf = ({ units }: CadenceFigures, unit: (id: string | null) => Named | null): NextDue[] =>
  units
    .flatMap(({ unitId, next }) =>
      next.map(({ issueId, kind, dueOn, provisional, daysLeft }) => ({
        issueId,
        unit: unit(unitId),
        kind,
        label: obligationLabels[kind],
        dueOn,
        provisional,
        daysLeft,
      })),
    )
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));

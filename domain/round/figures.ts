import type { RuleContext } from '../context';
import { closedPhases, type IssueState, type Phase } from '../issue/types';
import { countFindings, countsByUnit, type FindingCounts } from '../lists/counts';
import { obligations, type Obligation } from '../obligation/obligations';
import { unitRoles } from '../parties';
import type { ObligationKind } from '../policy/policy';
import { dateOf, daysBetween, type LocalDate } from '../time';

/** What a cadence sheet compares: the issues as they stood at the last date and as they stand on this one. */
export interface CadencePeriod {
  readonly before: readonly IssueState[];
  readonly after: readonly IssueState[];
  /** The day of the sheet: what was due earlier and is still owed is overdue. */
  readonly on: LocalDate;
  /** The last day of the next period: what is due by then is announced. */
  readonly until: LocalDate;
}

/** An issue that stands elsewhere than at the last date; `from` null: it is new since. */
export interface Move {
  readonly issueId: string;
  readonly from: Phase | null;
  readonly to: Phase;
}

/** Something that a unit owes. */
export interface UnitDue {
  readonly issueId: string;
  readonly dutyId: string;
  readonly kind: ObligationKind;
  readonly dueOn: LocalDate;
  /** The day rests on a year without a holiday table and may move. */
  readonly provisional: boolean;
  /** Calendar days from the day of the sheet: overdue by so many when negative, 0 due that day. */
  readonly daysLeft: number;
}

/** A unit's own row. */
export interface UnitFigures {
  /** Null: issues that nobody has been charged with. */
  readonly unitId: string | null;
  /** The findings it leads. */
  readonly counts: FindingCounts;
  /** What it owes and was due earlier, in the order of the days; a stopped clock is not overdue. */
  readonly overdue: readonly UnitDue[];
  /** What it owes by the end of the next period. */
  readonly next: readonly UnitDue[];
}

/** The figures of a cadence sheet 调度: nobody writes them, the ledger counts (design.md, section 3). */
export interface CadenceFigures {
  readonly totals: FindingCounts;
  readonly moved: readonly Move[];
  readonly completedMeasures: readonly { readonly issueId: string; readonly measureId: string; readonly unitId: string }[];
  /** Struck off since the last date. */
  readonly closed: readonly string[];
  /** Sent back before closeout, found not rectified after it, and given more time since the last date. */
  readonly returned: readonly string[];
  readonly relapsed: readonly string[];
  readonly extended: readonly string[];
  readonly units: readonly UnitFigures[];
}

/** What moved since the last date, what is overdue by unit, what is due next. Pure: the same states give the same sheet. */
export function cadenceFigures(
  { before, after, on, until }: CadencePeriod,
  rules: Pick<RuleContext, 'policy' | 'calendar'>,
): CadenceFigures {
  const earlier = new Map(before.map((state) => [state.id, state]));
  const more = (count: (state: IssueState) => number): string[] =>
    after.filter((state) => count(state) > (earlier.has(state.id) ? count(earlier.get(state.id) ?? state) : 0)).map(({ id }) => id);
  return {
    totals: countFindings(after),
    moved: after.flatMap(({ id, phase }) => {
      const from = earlier.get(id)?.phase ?? null;
      return from === phase ? [] : [{ issueId: id, from, to: phase }];
    }),
    completedMeasures: after.flatMap((state) => completedSince(state, earlier.get(state.id))),
    closed: more(({ phase }) => (closedPhases.includes(phase) ? 1 : 0)),
    returned: more(({ returns }) => returns),
    relapsed: more(({ relapses }) => relapses),
    extended: more(({ extensions }) => extensions),
    units: unitFigures(after, { on, until }, rules),
  };
}

/** Measures that are complete now and were not so, by the same completion, at the last date. */
const completedSince = ({ id, measures }: IssueState, before: IssueState | undefined): CadenceFigures['completedMeasures'] =>
  measures
    .filter((now) => now.completedAt !== null && before?.measures.find((then) => then.id === now.id)?.completedAt !== now.completedAt)
    .map(({ id: measureId, unitId }) => ({ issueId: id, measureId, unitId }));

function unitFigures(
  issues: readonly IssueState[],
  { on, until }: Pick<CadencePeriod, 'on' | 'until'>,
  rules: Pick<RuleContext, 'policy' | 'calendar'>,
): readonly UnitFigures[] {
  const counts = countsByUnit(issues);
  const dues = issues.flatMap((state) => duesOfUnits(state, on, rules));
  const ids = new Set([...counts.keys(), ...dues.map(({ unitId }) => unitId)]);
  return [...ids].sort(byId).map((unitId) => {
    const own = dues.filter((due) => due.unitId === unitId).map(({ due }) => due);
    return {
      unitId,
      counts: counts.get(unitId) ?? countFindings([]),
      overdue: own.filter(({ daysLeft }) => daysLeft < 0),
      next: own.filter(({ daysLeft, dueOn }) => daysLeft >= 0 && dueOn <= until),
    };
  });
}

/** What the unit of an issue owes, each duty at the unit whose it is; what offices and leaders owe stands on their own sheets. */
const duesOfUnits = (state: IssueState, on: LocalDate, rules: Pick<RuleContext, 'policy' | 'calendar'>) =>
  obligations(state, rules)
    .filter(({ duty }) => unitRoles.includes(duty.holder) && duty.stoppedAt === null && dateOf(duty.openedAt) <= on)
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
    .map((obligation) => ({ unitId: unitOf(obligation, state), due: dueOf(obligation, state, on) }));

const unitOf = ({ duty }: Obligation, { assignment }: IssueState): string | null => duty.unitId ?? assignment?.leadUnitId ?? null;

const dueOf = ({ duty, dueOn, provisional }: Obligation, { id }: IssueState, on: LocalDate): UnitDue => ({
  issueId: id,
  dutyId: duty.id,
  kind: duty.kind,
  dueOn,
  provisional,
  daysLeft: daysBetween(on, dueOn),
});

/** By id, what is nobody's last. */
const byId = (a: string | null, b: string | null): number => (a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1);

import { deadlineClassLabels, type DeadlineClass } from '../deadline-class';
import type { Directory } from '../directory';
import { classesOfMeasure } from '../lists/limit';
import { close, ofKind, open } from '../obligation/duties';
import { dayOf, type DueBasis, type Duty, type EventFrame } from '../obligation/types';
import { unitOf } from '../parties';
import type { Instant, LocalDate } from '../time';
import { isOfMeasure } from './measure-day';
import type { IssueState, Measure, Milestone } from './types';

// The parts of an issue: what each of its units has to do, and the duties by which each is chased for its own part only
// (design.md, section 2: parts; 长期坚持 beside a limit is a tail).

/** What one unit has to do in an issue. */
export interface Part {
  readonly unitId: string;
  /** Of the lead unit 主办, else of a co-unit 协办. */
  readonly isLead: boolean;
  readonly measures: readonly Measure[];
  /** Those with a day that are not complete. */
  readonly open: readonly Measure[];
  readonly isDone: boolean;
  /** The last day that its measures name; null when none does. */
  readonly dueOn: LocalDate | null;
}

/** The parts of an issue, the lead unit's first, then the co-units' as they were assigned; empty before an assignment. */
export const partsOf = (state: IssueState): readonly Part[] =>
  unitsOf(state).map((unitId, index) => {
    const measures = state.measures.filter((measure) => unitOfMeasure(state, measure) === unitId);
    const open = measures.filter(isOpen);
    return { unitId, isLead: index === 0, measures, open, isDone: open.length === 0, dueOn: lastDay(measures) };
  });

/** Long-standing and nothing else: it has no day of its own, only its milestones. */
export const isWithoutDay = ({ sustained, dueOn }: Measure): boolean => sustained && dueOn === null;

/** Every measure is sustained and none names a day: such an issue reaches stages, and is struck off only at their end. */
export const isPurelySustained = ({ measures }: Pick<IssueState, 'measures'>): boolean =>
  measures.length > 0 && measures.every(isWithoutDay);

/**
 * Whether something is to be kept up after closeout: what is sustained beside a limit, or money that is still missing. It needs a unit
 * that keeps it up: a reported completion that no unit ever had leaves no tail.
 */
export const hasTail = (state: IssueState): boolean =>
  state.assignment !== null &&
  ((!isPurelySustained(state) && state.measures.some(({ sustained }) => sustained)) || outstandingFen(state) > 0);

/** 未到位: what is still missing, over all money items, in fen. */
export const outstandingFen = ({ money }: Pick<IssueState, 'money'>): number => money.reduce((sum, item) => sum + item.outstandingFen, 0);

/** The deadline classes that its measures mean, in the order of the labels; empty before a plan. */
export function classesOfIssue({ measures }: Pick<IssueState, 'measures'>): readonly DeadlineClass[] {
  const classes = new Set(measures.flatMap(classesOfMeasure));
  return (Object.keys(deadlineClassLabels) as DeadlineClass[]).filter((one) => classes.has(one));
}

/** The unit that answers for a measure; one of a stranger's (ledgers before parts) is the lead unit's. */
export const unitOfMeasure = (state: IssueState, { unitId }: Measure): string =>
  state.assignment === null || unitsOf(state).includes(unitId) ? unitId : state.assignment.leadUnitId;

/** The responsible units: the lead unit, then the co-units; each once. */
export const unitsOf = ({ assignment }: IssueState): readonly string[] =>
  assignment ? [...new Set([assignment.leadUnitId, ...assignment.coUnitIds])] : [];

/** The last day that measures name; null when every one is sustained. */
export const lastDay = (measures: readonly Pick<Measure, 'dueOn'>[]): LocalDate | null =>
  measures.reduce<LocalDate | null>((last, { dueOn }) => (dueOn !== null && (last === null || dueOn > last) ? dueOn : last), null);

export const unitName = (directory: Directory, unitId: string): string => unitOf(directory, unitId)?.name ?? unitId;

const isOpen = ({ dueOn, completedAt }: Measure): boolean => dueOn !== null && completedAt === null;

/**
 * Opens what the units owe by measure and milestone beside the issue's `rectify`. Without `due` every measure by its own day: a
 * co-unit's, which is told; silently the lead unit's own ones of an earlier day than the issue's. With `due`, the term of a redo:
 * what co-units have not done is due by it, while the lead unit owes its own through `rectify`. Milestones keep their days; those past
 * are due with the redo, and with their measure where it has a day. Of a measure without one the first milestone is told to a co-unit.
 * What is owed already stays as it is.
 */
export const openParts = (state: IssueState, frame: EventFrame, due?: DueBasis): IssueState =>
  state.measures.reduce((issue, measure) => openMilestones(openMeasure(issue, measure, { frame, due }), measure, { frame, due }), state);

/** Closes what the units owe by measure and milestone. */
export const closeParts = (state: IssueState, at: Instant, by: string): IssueState => close(state, at, by, ofKind('measure', 'milestone'));

/** Whether a duty is one of this milestone's, open or closed. */
export const isOfMilestone =
  (milestoneId: string) =>
  ({ kind, id }: Duty): boolean =>
    kind === 'milestone' && id.startsWith(`milestone:${milestoneId}#`);

interface Start {
  readonly frame: EventFrame;
  readonly due: DueBasis | undefined;
}

function openMeasure(state: IssueState, measure: Measure, { frame, due }: Start): IssueState {
  const { id, dueOn } = measure;
  const ofCoUnit = isOfCoUnit(state, measure);
  if (dueOn === null || !isOpen(measure) || isOwed(state, isOfMeasure(id))) return state;
  if (!ofCoUnit && (due !== undefined || dueOn === lastDay(state.measures))) return state;
  return openPart(state, frame, { kind: 'measure', name: id, measure, due: due ?? { named: dueOn }, announced: ofCoUnit });
}

function openMilestones(state: IssueState, measure: Measure, { frame, due }: Start): IssueState {
  if (measure.dueOn !== null && measure.completedAt !== null) return state;
  const told = isOfCoUnit(state, measure) && measure.dueOn === null;
  const isLate = ({ dueOn }: Milestone): boolean => due !== undefined && dueOn <= dayOf(frame);
  const owing = (measure.milestones ?? []).filter(
    (one) => one.completedAt === null && !isOwed(state, isOfMilestone(one.id)) && !(isLate(one) && measure.dueOn !== null),
  );
  const dueOf = (one: Milestone): DueBasis => (due !== undefined && isLate(one) ? due : { named: one.dueOn });
  return owing.reduce(
    (issue, milestone, step) =>
      openPart(issue, frame, {
        kind: 'milestone',
        name: milestone.id,
        measure,
        due: dueOf(milestone),
        announced: told && step === 0,
      }),
    state,
  );
}

interface PartDuty {
  readonly kind: 'measure' | 'milestone';
  readonly name: string;
  readonly measure: Measure;
  readonly due: DueBasis;
  readonly announced: boolean;
}

const openPart = (state: IssueState, { occurredAt }: EventFrame, { kind, name, measure, due, announced }: PartDuty): IssueState =>
  open(state, occurredAt, {
    id: freeId(state, `${kind}:${name}`),
    kind,
    holder: 'unitHead',
    unitId: unitOfMeasure(state, measure),
    due,
    announced,
  });

/** `measure:m1#2` when `measure:m1#1` was owed before. */
function freeId({ duties }: IssueState, stem: string): string {
  const taken = new Set(duties.map(({ id }) => id));
  let turn = 1;
  while (taken.has(`${stem}#${turn}`)) turn++;
  return `${stem}#${turn}`;
}

const isOwed = ({ duties }: IssueState, match: (duty: Duty) => boolean): boolean =>
  duties.some((duty) => duty.closedAt === null && match(duty));

const isOfCoUnit = (state: IssueState, measure: Measure): boolean => unitOfMeasure(state, measure) !== state.assignment?.leadUnitId;

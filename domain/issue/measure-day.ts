import { close, ofId, open } from '../obligation/duties';
import type { Duty, EventFrame } from '../obligation/types';
import type { LocalDate } from '../time';
import type { IssueState } from './types';

// A measure's own day within the issue's, and the duties that carry it: `measure:m2#1`, `measure:m2#2` …

/** Whether a duty is one of this measure's, open or closed. */
export const isOfMeasure =
  (measureId: string) =>
  ({ kind, id }: Duty): boolean =>
    kind === 'measure' && id.startsWith(`measure:${measureId}#`);

/** The duty by which a measure is owed now, if any. */
export const openMeasureDuty = (state: IssueState, measureId: string): Duty | undefined =>
  state.duties.find((duty) => duty.closedAt === null && isOfMeasure(measureId)(duty));

/** A measure gets a later day: the one it had first is kept, and its open duty begins anew with a fresh ladder. */
export function moveMeasure(
  state: IssueState,
  { occurredAt: at }: EventFrame,
  { measureId, day, because }: { measureId: string; day: LocalDate; because: string },
): IssueState {
  const measures = state.measures.map((measure) =>
    measure.id === measureId ? { ...measure, dueOn: day, originalDueOn: measure.originalDueOn ?? measure.dueOn } : measure,
  );
  const moved: IssueState = { ...state, measures };
  const duty = openMeasureDuty(state, measureId);
  if (!duty) return moved;
  const { holder, ladder, unitId = null, personId = null, except = [] } = duty;
  return open(close(moved, at, because, ofId(duty.id)), at, {
    id: nextId(state, measureId),
    kind: 'measure',
    holder,
    ladder,
    unitId,
    personId,
    except,
    due: { named: day },
  });
}

function nextId({ duties }: IssueState, measureId: string): string {
  const taken = new Set(duties.map(({ id }) => id));
  let turn = 1;
  while (taken.has(`measure:${measureId}#${turn}`)) turn++;
  return `measure:${measureId}#${turn}`;
}

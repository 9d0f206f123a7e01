import { nextWorkday } from '../calendar';
import type { RuleContext } from '../context';
import type { Cadence } from '../policy/policy';
import { addDays, localDate, weekday, type LocalDate } from '../time';
import { cadenceDuty, nextStart } from './cadence';
import { periodEnd } from './period';
import type { RoundState } from './types';

/** How a date of a cadence stands: not come yet, open, held 已调度, or passed without anybody recording it. */
export type SlotState = 'coming' | 'open' | 'held' | 'lapsed';

/** The week, half month or month that a cadence sheet is about; all days inclusive. */
export interface SheetPeriod {
  readonly first: LocalDate;
  readonly last: LocalDate;
  /** The last day of the period after it: what is due by then is announced. */
  readonly nextLast: LocalDate;
}

/** The date of a cadence in a period. */
export interface SheetSlot {
  /** 期数, counted from the feedback by the calendar, whether a date was held or not. */
  readonly number: number;
  readonly on: LocalDate;
  readonly until: LocalDate;
  readonly dutyId: string;
  /** As of the round that was given: of an earlier round, what was so then. */
  readonly state: SlotState;
}

/** The week, half month or month that contains a day. */
export function periodOf(every: Cadence['every'], day: LocalDate): SheetPeriod {
  const first = startOf(every, day);
  const next = nextStart(every, first);
  return { first, last: addDays(next, -1), nextLast: addDays(nextStart(every, next), -1) };
}

function startOf(every: Cadence['every'], day: LocalDate): LocalDate {
  if (every === 'week') return addDays(day, 1 - weekday(day));
  const month = day.slice(0, 7);
  return localDate(`${month}-${every === 'halfMonth' && Number(day.slice(8)) >= 16 ? '16' : '01'}`);
}

/**
 * The date of a cadence in a period, null when it has none there: the same dates as cadence.ts opens, from the feedback on, in a period
 * that has a workday, within the concentrated period if the cadence says so, while the round is open.
 */
export function slotIn(
  { first, last }: SheetPeriod,
  round: RoundState,
  { id, every, during }: Cadence,
  context: RuleContext,
): SheetSlot | null {
  if (round.policy === null) return null;
  const end = during === 'concentratedPeriod' ? periodEnd(round, context) : null;
  let number = 0;
  for (let start = nextStart(every, round.feedbackOn); start <= first; start = nextStart(every, start)) {
    const on = nextWorkday(context.calendar, start);
    if (end !== null && on > end) return null;
    if (on >= nextStart(every, start)) continue;
    number += 1;
    if (start !== first) continue;
    const state = stateOf(round, id, on);
    if (state === 'coming' && round.phase === 'closed') return null;
    return { number, on, until: end !== null && end < last ? end : last, dutyId: cadenceDuty(id, on), state };
  }
  return null;
}

/** Of several dates that were missed at once only the last was opened: the others have lapsed too. */
function stateOf({ duties, cadences }: RoundState, cadence: string, on: LocalDate): SlotState {
  const duty = duties.find(({ id }) => id === cadenceDuty(cadence, on));
  if (duty) return duty.closedAt === null ? 'open' : duty.closedBy === 'cadenceHeld' ? 'held' : 'lapsed';
  return (cadences[cadence] ?? '') > on ? 'lapsed' : 'coming';
}

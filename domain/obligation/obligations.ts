import { addWorkdays, dueOn, type WorkCalendar } from '../calendar';
import type { Ladder, ObligationKind, Policy, Term } from '../policy/policy';
import { addDays, addMonths, dateOf, endOfDay, type Instant, type LocalDate } from '../time';
import type { RuleContext } from '../context';
import type { Account, DueBasis, Duty } from './types';

/** An open duty with its due day under the policy and calendar in force. */
export interface Obligation {
  readonly duty: Duty;
  readonly dueOn: LocalDate;
  /** True when the day rests on a year whose holiday table has not arrived. */
  readonly provisional: boolean;
  readonly ladder: Ladder;
}

/** What is owed in an account now, by every open duty. */
export function obligations(state: Account, context: Pick<RuleContext, 'policy' | 'calendar'>): Obligation[] {
  return state.duties.filter((duty) => duty.closedAt === null).map((duty) => obligationOf(duty, context));
}

/** A duty's due day and ladder. A named day on a rest day moves back, a computed one forward (design.md, section 4). */
export function obligationOf(duty: Duty, { policy, calendar }: Pick<RuleContext, 'policy' | 'calendar'>): Obligation {
  const due = dueDay(duty, policy, calendar);
  return { duty, dueOn: due.date, provisional: due.provisional, ladder: ladderOf(policy, duty.ladder) };
}

type DueDay = ReturnType<typeof dueOn>;

/** Days computed before, each with the rules it was computed by: an agenda asks for the same ones at every wake. */
const dueDays = new WeakMap<DueBasis, { readonly policy: Policy; readonly calendar: WorkCalendar; readonly due: DueDay }>();

function dueDay(duty: Duty, policy: Policy, calendar: WorkCalendar): DueDay {
  const known = dueDays.get(duty.due);
  if (known?.policy === policy && known.calendar === calendar) return known.due;
  const due = dueOn(calendar, dueBasis(duty, policy, calendar));
  dueDays.set(duty.due, { policy, calendar, due });
  return due;
}

/** The open obligation of a kind, if any. */
export function openDuty(state: Account, kind: ObligationKind, holder?: string): Duty | undefined {
  return state.duties.find((duty) => duty.closedAt === null && duty.kind === kind && (holder === undefined || duty.holder === holder));
}

/** The instant from which an obligation is overdue: 24:00 of its due day. */
export const overdueFrom = (obligation: Obligation): Instant => endOfDay(obligation.dueOn);

/** A term's last day, counted from `from` (that day is not counted). */
export function termEnd(calendar: WorkCalendar, term: Term, from: LocalDate): LocalDate {
  if ('months' in term) return addMonths(from, term.months);
  return 'workdays' in term ? addWorkdays(calendar, from, term.workdays) : addDays(from, term.days);
}

/**
 * The day by which a duty is due, before rest days. A term that had ended before the duty was even opened runs anew from its
 * opening: who takes over an old round is not overdue at birth. A named day stays what it is.
 */
function dueBasis({ due, openedAt }: Duty, policy: Policy, calendar: WorkCalendar): { kind: 'named' | 'computed'; date: LocalDate } {
  if ('named' in due) return { kind: 'named', date: due.named };
  const term: Term = 'term' in due ? policy.terms[due.term].value : { workdays: due.workdays };
  const end = termEnd(calendar, term, due.from);
  return { kind: 'computed', date: end < dateOf(openedAt) ? termEnd(calendar, term, dateOf(openedAt)) : end };
}

const ladderOf = (policy: Policy, name: Duty['ladder']): Ladder =>
  name === 'relapse' ? policy.relapseLadder.value : policy.ladders[name].value;

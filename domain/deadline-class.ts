import { addWorkdays, type DueDate, type WorkCalendar } from './calendar';
import type { DueContext, DuePhrase, DueTerm } from './due-phrase';
import { termStart } from './due-phrase-term';
import { addDays, addMonths, isLocalDate, type LocalDate } from './time';

/** How long a rectification may take: at once, by a limit, or for good. A phrase can mean two, even all three. */
export type DeadlineClass = 'immediate' | 'fixedTerm' | 'sustained';

export const deadlineClassLabels: Readonly<Record<DeadlineClass, string>> = {
  immediate: '立行立改',
  fixedTerm: '限期整改',
  sustained: '长期坚持',
};

type Classed = Pick<DuePhrase, 'immediate' | 'limited' | 'sustained'>;

/** The classes a phrase means, in the order of the labels; empty when it was not understood or only tells what is done. */
export function classesOf({ immediate, limited, sustained }: Classed): readonly DeadlineClass[] {
  return [
    ...(immediate ? ['immediate' as const] : []),
    ...(limited ? ['fixedTerm' as const] : []),
    ...(sustained ? ['sustained' as const] : []),
  ];
}

/** 长期坚持 and nothing else: the issue has no last day; it is reviewed half-yearly and can reach 阶段性完成. */
export const isPurelySustained = ({ immediate, limited, sustained, done }: Classed & Pick<DuePhrase, 'done'>): boolean =>
  sustained && !immediate && !limited && !done;

/**
 * 长期坚持 beside a limit, beside 立行立改, or beside what is done already: that part is struck off, and the closed issue carries an
 * upkeep obligation (design.md, section 2).
 */
export const hasTail = ({ immediate, limited, sustained, done }: Classed & Pick<DuePhrase, 'done'>): boolean =>
  sustained && (immediate || limited || done);

/**
 * What the due day of an issue rests on, before rest days: a day the phrase names (底前, 前, a day; on a rest day it moves to the
 * workday before), a term (三个月内; its last day moves to the next workday) with the day it starts on, null when that has to be asked,
 * or the end of the concentrated period, whose day the round knows. Which way a day moves is the calendar's rule (`dueOn`).
 */
export type DueBasis =
  { readonly named: LocalDate } | { readonly term: DueTerm; readonly from: LocalDate | null } | { readonly boundToPeriod: true };

/**
 * The basis of a phrase; null when it sets no limit or its day must be asked first. A month alone ("2025年6月") is kept until its last
 * day; "6月前" and "6月初" are asked. A date beside the period is the firmer of the two.
 */
export function dueBasisOf(phrase: DuePhrase, context: DueContext): DueBasis | null {
  const { due, term, boundToPeriod, asks } = phrase;
  if (term !== null) return { term, from: termStart(term, context) };
  if (due !== null && !asks.includes('day')) return { named: isLocalDate(due) ? due : lastDayOf(due) };
  return boundToPeriod && due === null && asks.length === 0 ? { boundToPeriod } : null;
}

/**
 * The due day that the calendar's `dueOn` moves off rest days, with its kind; `periodEnd` is the last day of the round's concentrated
 * period. Null when the start of the term or the period's end is not known.
 */
export function dueDateOf(basis: DueBasis, calendar: WorkCalendar, periodEnd: LocalDate | null): DueDate | null {
  if ('named' in basis) return { kind: 'named', date: basis.named };
  if ('boundToPeriod' in basis) return periodEnd === null ? null : { kind: 'computed', date: periodEnd };
  const { term, from } = basis;
  if (from === null) return null;
  const { amount, unit } = term;
  const date = unit === 'months' ? addMonths(from, amount) : unit === 'days' ? addDays(from, amount) : addWorkdays(calendar, from, amount);
  return { kind: 'computed', date };
}

/** The last day of a month `yyyy-mm`. */
const lastDayOf = (month: string): LocalDate => addDays(addMonths(`${month}-01` as LocalDate, 1), -1);

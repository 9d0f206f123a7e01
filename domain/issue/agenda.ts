import { addWorkdays, type WorkCalendar } from '../calendar';
import type { Rung } from '../policy/policy';
import { spread } from '../result';
import { addDays, addMillis, atLocalTime, daysBetween, later, millis, type Instant, type LocalDate } from '../time';
import type { RuleContext } from './context';
import { rungKey } from './evolve-rungs';
import { obligations, type Obligation } from './obligations';
import type { IssueState } from './types';

/** A rung that is still to fire, at its instant. */
export interface AgendaItem {
  readonly obligation: Obligation;
  readonly rung: Rung;
  readonly occurrence: number;
  /** Where the rung stands in its ladder; of several past ones the highest fires. */
  readonly step: number;
  readonly at: Instant;
}

/**
 * The rungs still to fire in an issue, in order: every one up to `until`, and of each obligation the next one after it.
 * A rung's day starts at 00:05 Beijing time plus a fixed jitter below 60 minutes, so that a province does not wake in one second.
 */
export function agenda(state: IssueState, context: RuleContext, until: Instant): AgendaItem[] {
  return obligations(state, context)
    .filter((obligation) => obligation.duty.stoppedAt === null)
    .flatMap((obligation) => rungsOf(obligation, state.id, context, until))
    .sort(compare);
}

/** The instant of the next rung, or null when nothing will fire without a command. */
export function nextWake(state: IssueState, context: RuleContext): Instant | null {
  return agenda(state, context, state.lastOccurredAt)[0]?.at ?? null;
}

function compare(a: AgendaItem, b: AgendaItem): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  if (a.obligation.duty.id !== b.obligation.duty.id) return a.obligation.duty.id < b.obligation.duty.id ? -1 : 1;
  return a.step - b.step || a.occurrence - b.occurrence;
}

function rungsOf(obligation: Obligation, issueId: string, { policy, calendar }: RuleContext, until: Instant): AgendaItem[] {
  const { duty, dueOn } = obligation;
  const dueStart = dayStart(dueOn, issueId);
  const items: AgendaItem[] = [];
  for (const [step, rung] of inForce(obligation, policy.shortSpanDays.value).entries()) {
    for (let occurrence = 0; ; occurrence++) {
      if (duty.fired[rungKey(rung.id, occurrence)] === undefined) {
        const days = daysFromDue(rung, occurrence, dueOn, calendar);
        const named = days === null ? duty.openedAt : addMillis(dueStart, days * DAY_MS);
        if (isEarly(rung) && named <= duty.openedAt) break;
        // what was overdue before it was opened (an old round, a shortened date) is due at the opening
        const at = later(named, duty.openedAt);
        items.push({ obligation, rung, occurrence, step, at });
        if (at > until) break;
      }
      if (rung.repeatEveryWorkdays === undefined) break;
    }
  }
  return items;
}

/** The ladder as it stands for this span: a short one has a single reminder at half time in place of its early rungs. */
function inForce({ duty, dueOn, ladder }: Obligation, shortSpanDays: number): readonly Rung[] {
  const told = duty.announced ? ladder : ladder.filter((rung) => rung.offset !== 'opened');
  const span = Math.ceil((millis(midnight(dueOn)) - millis(duty.openedAt)) / DAY_MS); // from the day of the opening to the due day
  if (span >= shortSpanDays) return told;
  const late = told.filter((rung) => !isEarly(rung));
  const half = Math.ceil(span / 2);
  if (half < 1 || half >= span) return late;
  const reminder: Rung = { id: 'half-time', label: '期限过半提醒', offset: { days: half - span }, audience: ['holder'], tone: 'yellow' };
  return [...late.filter(isOpening), reminder, ...late.filter((rung) => !isOpening(rung))];
}

const isOpening = (rung: Rung): boolean => rung.offset === 'opened';
const isEarly = ({ offset }: Rung): boolean => offset !== 'opened' && ('days' in offset ? offset.days : offset.workdays) < 0;

/** Calendar days from the due day to the day of a rung; null for the rung of the opening. */
function daysFromDue(
  { offset, repeatEveryWorkdays = 0 }: Rung,
  occurrence: number,
  dueOn: LocalDate,
  calendar: WorkCalendar,
): number | null {
  if (offset === 'opened') return null;
  if ('days' in offset && occurrence === 0) return offset.days;
  const first = 'days' in offset ? addDays(dueOn, offset.days) : addWorkdays(calendar, dueOn, offset.workdays);
  return daysBetween(dueOn, addWorkdays(calendar, first, occurrence * repeatEveryWorkdays));
}

/** A day at Beijing, which has no summer time: a ladder is laid out by counting days from one instant. */
const DAY_MS = 86_400_000;

/** 00:05 of the day plus the issue's own part of an hour. */
export const dayStart = (day: LocalDate, issueId: string): Instant => addMillis(midnight(day), (5 * 60 + (spread(issueId) % 3600)) * 1000);

/** Midnights that were asked for: a zone look-up costs fifty times an addition, and ladders meet the same few thousand days again and again. */
const midnights = new Map<LocalDate, Instant>();

function midnight(day: LocalDate): Instant {
  const known = midnights.get(day) ?? atLocalTime(day, 0);
  midnights.set(day, known);
  return known;
}

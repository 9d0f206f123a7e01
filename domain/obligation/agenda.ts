import { addWorkdays, type WorkCalendar } from '../calendar';
import type { Rung } from '../policy/policy';
import { spread } from '../result';
import { addDays, atLocalTime, dateOf, daysBetween, later, type Instant, type LocalDate } from '../time';
import type { RuleContext } from '../context';
import { rungKey } from './evolve-common';
import { obligations, type Obligation } from './obligations';
import { endOfGrace } from './grace';
import type { Account } from './types';

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
 * The rungs still to fire in an account, in order: every one up to `until`, and of each obligation the next one after it.
 * A rung's day starts at 00:05 Beijing time plus a fixed jitter below 60 minutes, so that a province does not wake in one second.
 */
export function agenda(state: Account, context: RuleContext, until: Instant): AgendaItem[] {
  return obligations(state, context)
    .filter((obligation) => obligation.duty.stoppedAt === null)
    .flatMap((obligation) => rungsOf(obligation, state, context, until))
    .sort(compare);
}

function compare(a: AgendaItem, b: AgendaItem): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  if (a.obligation.duty.id !== b.obligation.duty.id) return a.obligation.duty.id < b.obligation.duty.id ? -1 : 1;
  return a.step - b.step || a.occurrence - b.occurrence;
}

function rungsOf(obligation: Obligation, account: Account, context: RuleContext, until: Instant): AgendaItem[] {
  const { duty } = obligation;
  const { policy, calendar } = context;
  const items: AgendaItem[] = [];
  for (const [step, rung] of inForce(obligation, policy.shortSpanDays.value).entries()) {
    for (let occurrence = 0; ; occurrence++) {
      if (duty.fired[rungKey(rung.id, occurrence)] === undefined) {
        const named = instantOf(rung, occurrence, obligation, account.id, calendar);
        if (isEarly(rung) && named <= duty.openedAt) break;
        // what was overdue before it was opened (an old round, a shortened date) is due at the opening
        const own = later(named, duty.openedAt);
        // a new head is spared red rungs until the handover is to be signed
        const spared = rung.tone === 'red' ? endOfGrace(account, duty, context, dateOf(own)) : null;
        const at = spared === null ? own : dayStart(addDays(spared, 1), account.id);
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
  const span = daysBetween(dateOf(duty.openedAt), dueOn);
  if (span >= shortSpanDays) return told;
  const late = told.filter((rung) => !isEarly(rung));
  const half = Math.ceil(span / 2);
  if (half < 1 || half >= span) return late;
  const reminder: Rung = { id: 'half-time', label: '期限过半提醒', offset: { days: half - span }, audience: ['holder'], tone: 'yellow' };
  return [...late.filter(isOpening), reminder, ...late.filter((rung) => !isOpening(rung))];
}

const isOpening = (rung: Rung): boolean => rung.offset === 'opened';
const isEarly = ({ offset }: Rung): boolean => offset !== 'opened' && ('days' in offset ? offset.days : offset.workdays) < 0;

function instantOf(rung: Rung, occurrence: number, { duty, dueOn }: Obligation, accountId: string, calendar: WorkCalendar): Instant {
  const { offset, repeatEveryWorkdays = 0 } = rung;
  if (offset === 'opened') return duty.openedAt;
  const first = 'days' in offset ? addDays(dueOn, offset.days) : addWorkdays(calendar, dueOn, offset.workdays);
  return dayStart(addWorkdays(calendar, first, occurrence * repeatEveryWorkdays), accountId);
}

/** 00:05 of the day plus the account's own part of an hour. */
export const dayStart = (day: LocalDate, accountId: string): Instant => atLocalTime(day, 0, 5, spread(accountId) % 3600);

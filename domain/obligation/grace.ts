import type { RuleContext } from '../context';
import { dateOf, type LocalDate } from '../time';
import { termEnd } from './obligations';
import type { Account, Duty } from './types';

/**
 * The last day on which the new head of a responsible unit is spared red rungs, if `day` falls into such days; else null.
 * Who took office after a duty was opened has the days of the handover (policy term `handover`, 10 workdays) to sign for it
 * (design.md, section 3: vacancy and change).
 */
export function endOfGrace(account: Account, duty: Duty, { directory, policy, calendar }: RuleContext, day: LocalDate): LocalDate | null {
  if (duty.holder !== 'unitHead') return null;
  const unitId = duty.unitId ?? account.assignment?.leadUnitId;
  const openedOn = dateOf(duty.openedAt);
  let end: LocalDate | null = null;
  for (const { role, unitId: at, from } of directory.posts) {
    if (role !== 'unitHead' || at !== unitId || from === null || from <= openedOn || day < from) continue;
    const last = termEnd(calendar, policy.terms.handover.value, from);
    if (day <= last && (end === null || last > end)) end = last;
  }
  return end;
}

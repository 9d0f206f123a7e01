import type { RuleContext } from '../context';
import { obligationOf } from '../obligation/obligations';
import type { LocalDate } from '../time';
import type { RoundState } from './types';

/**
 * The last day of the concentrated period 集中整改期: the day by which the two reports are due, so that the period, its cadences and
 * what follows it move together. A round that was registered after its period had ended has one anew, like its reports. Null for a
 * round that owes nothing.
 */
export function periodEnd(state: RoundState, context: Pick<RuleContext, 'policy' | 'calendar'>): LocalDate | null {
  const report = state.duties.find(({ kind }) => kind === 'organisationReport');
  return report ? obligationOf(report, context).dueOn : null;
}

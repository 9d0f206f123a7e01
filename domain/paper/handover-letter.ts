import { termEnd } from '../obligation/obligations';
import type { RuleContext } from '../context';
import { seatWords } from '../base/subject';
import type { Handover } from '../base/types';
import { personOf } from '../parties';
import { paperLabels } from '../policy/policy';
import { roles } from '../roles';
import type { LocalDate } from '../time';
import { dayWords } from './letter';

/**
 * The reminder letter 提醒函 to a new head, with the list of what is open: it asks and orders nothing (forms.md: 提醒 gives facts and
 * dates). Signing for the list is owed within the days of the policy's handover.
 */
export function handoverLetter(
  { seat, from, to, items }: Handover,
  { number, signedOn, openedOn }: { readonly number: string; readonly signedOn: LocalDate; readonly openedOn: LocalDate },
  { directory, policy, calendar }: RuleContext,
): string {
  const name = (id: string): string => personOf(directory, id)?.name ?? id;
  const by = termEnd(calendar, policy.terms.handover.value, openedOn);
  return [
    paperLabels.reminderLetter,
    number,
    '',
    `${name(to)}（${roles[seat.role]}）：`,
    `您接任${seatWords({ ...seat, personId: null }, directory)}${from === null ? '' : `（前任${name(from)}）`}，该岗位尚有未办结的整改事项${items.length}项，列后。请熟悉情况、衔接进度，于${dayWords(by)}前签收交接清单。`,
    ...items.map(({ streamId, obligationId, dueOn }, index) => `${index + 1}. ${streamId} ${obligationId}，期限${dayWords(dueOn)}`),
    '',
    roles.rectificationOffice,
    dayWords(signedOn),
    `抄送：${roles.firstResponsible}`,
  ].join('\n');
}

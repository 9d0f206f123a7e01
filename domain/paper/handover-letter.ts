import { seatWords } from '../base/subject';
import type { Handover } from '../base/types';
import type { RuleContext } from '../context';
import { termEnd } from '../obligation/obligations';
import { anywhere, personOf, type Parties } from '../parties';
import { obligationLabels, paperLabels, type ObligationKind, type PaperKind } from '../policy/policy';
import { roles, type Role } from '../roles';
import type { LocalDate } from '../time';
import type { Letter } from './letter';
import { letterLines } from './letter-lines';
import { letterTitles, requirementOf } from './letter-words';
import { officeName } from './office-name';

/** When a handover's letter was signed, under which number, and from which day the days for signing the list count. */
export interface HandoverSubject {
  readonly number: string;
  readonly signedOn: LocalDate;
  readonly openedOn: LocalDate;
  /** Around what its offices are found, where the deployment serves several organisations. */
  readonly parties?: Parties;
}

/** The letter to a new head as text: see `handoverLetterOf`. */
export const handoverLetter = (handover: Handover, subject: HandoverSubject, context: RuleContext): string =>
  letterLines(handoverLetterOf(handover, subject, context)).join('\n');

/**
 * The reminder letter 提醒函 to a new head, with the list of what is open: it asks and orders nothing (forms.md: 提醒 gives facts and
 * dates). Signing for the list is owed within the days of the policy's handover.
 */
export function handoverLetterOf(
  { seat, from, to, items }: Handover,
  { number, signedOn, openedOn, parties = anywhere }: HandoverSubject,
  { directory, policy, calendar }: RuleContext,
): Letter {
  const name = (id: string): string => personOf(directory, id)?.name ?? id;
  const replyBy = termEnd(calendar, policy.terms.handover.value, openedOn);
  const before = from === null ? '' : `（前任${name(from)}）`;
  return {
    kind: 'handover',
    title: letterTitles.handover,
    number,
    addressee: `${name(to)}（${roles[seat.role]}）`,
    copies: [roles.firstResponsible],
    basis: [],
    facts: `您接任${seatWords({ ...seat, personId: null }, directory)}${before}，该岗位尚有未办结的整改事项${items.length}项，列后。`,
    matters: items.map(({ streamId, obligationId, dueOn }) => ({
      reference: streamId,
      title: dutyWords(obligationId),
      unit: '',
      dueOn,
      overdueWorkdays: 0,
      phase: '',
      relapses: 0,
      earlierPapers: [],
    })),
    requirement: requirementOf('handover', { replyBy, replyWorkdays: null }, items.length),
    replyBy,
    replyWorkdays: null,
    consequence: null,
    contact: null,
    issuer: roles.rectificationOffice,
    office: officeName('rectificationOffice', parties, directory, signedOn),
    asOf: signedOn,
    signedOn,
    fields: [],
  };
}

/** What is owed, in office words: `rectify#2` 整改, `milestone:2027-Q1` 阶段目标（2027-Q1）; an id of a kind without a label as it stands. */
export function dutyWords(obligationId: string): string {
  const [name = '', ...rest] = obligationId.replace(/#\d+$/, '').split(':');
  if (!Object.hasOwn(obligationLabels, name)) return obligationId;
  const about = rest.join(':');
  const kind = about.replace(/-\d+$/, '');
  const words = Object.hasOwn(paperLabels, kind)
    ? paperLabels[kind as PaperKind]
    : Object.hasOwn(roles, about)
      ? roles[about as Role]
      : about;
  return `${obligationLabels[name as ObligationKind]}${words === '' ? '' : `（${words}）`}`;
}

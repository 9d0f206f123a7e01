import type { LocalDate } from '../time';
import { dayWords, type LetterKind } from './letter-words';

/** A cell of a sheet with what stands before it. */
export interface SheetField {
  readonly label: string;
  readonly value: string;
}

/** What was arranged for a talk 约谈; time, place and reason are told ahead (forms.md: 约谈通知书). */
export interface TalkTerms {
  readonly on?: LocalDate;
  /** The time of day as it is to be read: `上午9时`. */
  readonly time?: string;
  readonly place?: string;
  readonly reason?: string;
  readonly bring?: string;
}

/** What is proposed about whom 问责建议. */
export interface ProposalTerms {
  /** What the proposer states besides what the ledger knows. */
  readonly facts?: string;
  readonly target?: string;
  readonly measure?: string;
  readonly proposer?: string;
}

/** What the letter around the cells says already. */
export interface SheetLetter {
  readonly addressee: string;
  readonly issuer: string;
  readonly basis: readonly string[];
  readonly facts: string;
  readonly unit: string;
  readonly contact: string | null;
  /** The day that the paper names by itself: of a talk. */
  readonly replyOn: LocalDate | null;
}

/** Told in another way; customary for what is not settled when a notice goes out. */
const LATER = '另行通知';

/**
 * The cells of the kinds that are sheets; none for letters in prose. What nobody has arranged is `另行通知`. A proposal without a named
 * measure leaves it to the body that may decide: accountability never follows from a date (design.md, section 3).
 */
export function sheetFields(
  kind: LetterKind,
  { addressee, issuer, basis, facts, unit, contact, replyOn }: SheetLetter,
  { talk = {}, proposal = {} }: { readonly talk?: TalkTerms; readonly proposal?: ProposalTerms },
): SheetField[] {
  const on = talk.on ?? replyOn;
  switch (kind) {
    case 'talkNotice':
      return [
        { label: '被约谈人', value: addressee },
        { label: '约谈事由', value: talk.reason ?? facts },
        { label: '约谈时间', value: on === null ? LATER : `${dayWords(on)}${talk.time ?? ''}` },
        { label: '约谈地点', value: talk.place ?? LATER },
        { label: '约谈联系人', value: contact ?? issuer },
        { label: '需携带材料', value: talk.bring ?? '整改台账和佐证材料' },
      ];
    case 'accountabilityProposal':
      return [
        { label: '建议对象', value: proposal.target ?? (unit === '' ? LATER : `${unit}（主办单位）`) },
        { label: '事实', value: `${facts}${proposal.facts ?? ''}` },
        { label: '依据', value: basis.join('、') },
        { label: '建议方式', value: proposal.measure ?? '由有权决定的组织研究确定' },
        { label: '提出人', value: proposal.proposer ?? issuer },
      ];
    case 'reminderLetter':
    case 'supervisionOrder':
    case 'officeSupervisionOrder':
    case 'finalWarning':
    case 'handover':
      return [];
  }
}

import type { ContentRef } from '../content';
import type { PaperKind } from '../policy/policy';
import type { Role } from '../roles';
import type { LocalDate } from '../time';
import type { FiredRung } from './types';

/** A paper as a rung drafts it: no number yet. */
export interface DraftPaper {
  readonly id: string;
  readonly kind: PaperKind;
  readonly issuer: Role;
  readonly addressee: Role;
  readonly copyTo: readonly Role[];
  readonly replyWorkdays: number;
  /** The day that is named for the answer instead of workdays: of a talk. */
  readonly replyOn?: LocalDate;
  /** An officer marked it urgent: its notices do not wait for a working day. */
  readonly urgent?: true;
}

/** A due day that moved because the rules changed. */
export interface MovedDuty {
  readonly dutyId: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** Whether the new day still rests on a year without a holiday table. */
  readonly provisional: boolean;
}

/** What can stand in every kind of account: what the engine itself writes, and that a decision was made on paper. */
export type CommonEvent =
  | ({ readonly type: 'rungFired'; readonly paper: DraftPaper | null; readonly opens?: 'talkDecision'; readonly urgent?: true } & FiredRung)
  | {
      readonly type: 'rungsSuperseded';
      readonly dutyId: string;
      readonly rungs: readonly { readonly rung: string; readonly occurrence: number }[];
    }
  | {
      /** Another policy or holiday table came in force: which days moved, and by what. */
      readonly type: 'datesMoved';
      readonly because: 'policy' | 'calendar' | 'both';
      readonly policy: string;
      readonly calendar: string;
      readonly moved: readonly MovedDuty[];
    }
  | {
      /** 补录: the events that follow in the same command were decided on paper or in a meeting and recorded by somebody else. */
      readonly type: 'decisionRecorded';
      readonly by: string;
      readonly decider: string;
      readonly paperOn: LocalDate;
      /** Document or meeting number, and where the original lies or its scan. */
      readonly document: ContentRef;
      readonly original: ContentRef | null;
      /** Recorded later than the policy's workdays after the paper's day. */
      readonly late: boolean;
    };

/** A paper was signed and got its number. */
export interface PaperSigned {
  readonly type: 'paperSigned';
  readonly paperId: string;
  readonly number: string;
  readonly signedOn: LocalDate;
  /** The letter as it was signed; the ledger words and seals it with the number that it draws. */
  readonly text?: ContentRef;
  /** The same as values (domain/paper/letter.ts), in JSON by RFC 8785; absent in what was signed before it was kept. */
  readonly letter?: ContentRef;
}

export type RungFired = Extract<CommonEvent, { type: 'rungFired' }>;
export type RungsSuperseded = Extract<CommonEvent, { type: 'rungsSuperseded' }>;

/** An event whose number is drawn inside the ledger's transaction (`〔2026〕3号`); the ledger replaces the mark before hashing. */
export const NUMBER_TO_DRAW = '{number}';

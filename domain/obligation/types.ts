import type { Parties } from '../parties';
import type { ObligationKind, PaperKind, TermName, Tone } from '../policy/policy';
import type { Role } from '../roles';
import { dateOf, type Instant, type LocalDate } from '../time';

/** How the due day of a duty comes about: a day that a document names, or a term from a day. */
export type DueBasis =
  | { readonly named: LocalDate }
  | { readonly term: TermName; readonly from: LocalDate }
  | { readonly workdays: number; readonly from: LocalDate };

/** Something owed, as the events opened it. Its due day is computed from policy and calendar (obligations.ts). */
export interface Duty {
  readonly id: string;
  readonly kind: ObligationKind;
  readonly ladder: ObligationKind | 'relapse';
  readonly holder: Role;
  /** The unit whose duty it is; null: the lead unit's, or nobody's in particular. */
  readonly unitId?: string | null;
  /** A duty of one person, whatever the posts say: the new head who signs a handover. */
  readonly personId?: string | null;
  /** Who may not do it: the requester of what is to be approved. */
  readonly except?: readonly string[];
  readonly openedAt: Instant;
  readonly due: DueBasis;
  /** Its notices go out on the next full hour, rest days too. */
  readonly urgent?: true;
  /** False: no rung tells of its opening (the person hears of it another way). */
  readonly announced: boolean;
  /** The clock rests while somebody else decides about a request made in time. */
  readonly stoppedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly closedBy: string | null;
  /** The day of the paper that closed it or stopped its clock, where that day counts and not the day of recording. */
  readonly endedOn?: LocalDate;
  /** Rungs that need not be fired any more, by `rung@occurrence`. */
  readonly fired: Readonly<Record<string, 'fired' | 'superseded'>>;
}

/** `lapsed`: the matter was closed before anybody signed the draft. `held` waits on purpose; `declined` will not be sent. */
export type PaperState = 'draft' | 'held' | 'declined' | 'issued' | 'replied' | 'lapsed';

export interface Paper {
  readonly id: string;
  readonly kind: PaperKind;
  readonly state: PaperState;
  readonly issuer: Role;
  readonly addressee: Role;
  readonly copyTo: readonly Role[];
  readonly replyWorkdays: number;
  readonly replyOn?: LocalDate;
  readonly urgent?: true;
  readonly number: string | null;
  readonly signedOn: LocalDate | null;
}

/** What obligations hang on: an issue, a round, the base data. Folded from the events of one stream. */
export interface Account extends Parties {
  readonly id: string;
  readonly version: number;
  readonly duties: readonly Duty[];
  readonly papers: readonly Paper[];
  readonly lastOccurredAt: Instant;
}

/** What an event is told with besides its body. */
export interface EventFrame {
  readonly actor: string;
  readonly occurredAt: Instant;
  /** The day of the paper or meeting, when a decision was recorded from there; terms count from it. */
  readonly effectiveOn?: LocalDate | null;
}

/** The day from which terms count: of the paper if there is one, else of the event. */
export const dayOf = ({ occurredAt, effectiveOn }: EventFrame): LocalDate => effectiveOn ?? dateOf(occurredAt);

/** One person who is told, with every role that made it so and why it came to them. */
export interface Recipient {
  readonly personId: string;
  readonly roles: readonly Role[];
  /** Roles nobody holds, or whose holders must keep out, whose notice came to this person instead. */
  readonly vacant: readonly Role[];
}

export interface FiredRung {
  readonly dutyId: string;
  readonly kind: ObligationKind;
  readonly rung: string;
  readonly label: string;
  readonly occurrence: number;
  /** The instant the agenda named. */
  readonly at: Instant;
  readonly dueOn: LocalDate;
  readonly tone: Tone;
  readonly recipients: readonly Recipient[];
}

import type { Phase, ReportedStatus } from '../domain/issue/types';
import type { ObligationKind, PaperKind, Tone } from '../domain/policy/policy';
import type { Role } from '../domain/roles';
import type { Instant, LocalDate } from '../domain/time';
import type { Named } from './names';

/** Everything that is known of one issue. */
export interface IssueDetail {
  readonly id: string;
  readonly roundId: string;
  readonly roundName: string;
  readonly number: number;
  /** To be sent back with a command as `expectedVersion`. */
  readonly version: number;
  readonly title: string;
  readonly text: string;
  readonly phase: Phase;
  readonly phaseLabel: string;
  readonly tone: Tone;
  readonly feedbackOn: LocalDate;
  readonly reported: ReportedStatus | null;
  readonly assignment: {
    readonly leadUnit: Named;
    readonly leadLeader: Named;
    readonly leaderInCharge: Named | null;
    readonly handler: Named | null;
    readonly coUnits: readonly Named[];
  } | null;
  readonly originalDueOn: LocalDate | null;
  readonly extensions: number;
  readonly returns: number;
  readonly relapses: number;
  readonly closeoutNumber: string | null;
  readonly closedOn: LocalDate | null;
  readonly open: readonly ObligationView[];
  readonly ended: readonly ObligationView[];
  readonly measures: readonly MeasureView[];
  readonly papers: readonly PaperView[];
  readonly history: readonly HistoryEntry[];
  readonly notices: readonly NoticeView[];
}

export interface ObligationView {
  readonly id: string;
  readonly kind: ObligationKind;
  readonly label: string;
  readonly holder: Role;
  readonly holderLabel: string;
  /** Who holds the role now; of an ended one, who held it at its end. */
  readonly persons: readonly Named[];
  readonly openedAt: Instant;
  readonly dueOn: LocalDate;
  readonly provisional: boolean;
  /** The clock rests while somebody else decides. */
  readonly stopped: boolean;
  readonly closedAt: Instant | null;
  /** The event that ended it. */
  readonly closedBy: string | null;
}

export interface MeasureView {
  readonly id: string;
  readonly unit: Named;
  readonly text: string;
  readonly dueOn: LocalDate | null;
  readonly sustained: boolean;
  readonly completedAt: Instant | null;
}

export interface PaperView {
  readonly id: string;
  readonly kind: PaperKind;
  readonly label: string;
  readonly state: string;
  readonly issuer: Role;
  readonly addressee: Role;
  readonly number: string | null;
  readonly signedOn: LocalDate | null;
}

/** One event as it happened. */
export interface HistoryEntry {
  readonly version: number;
  readonly type: string;
  readonly actor: Named;
  readonly via: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** The event's own data, in which texts are references. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** The texts that it refers to, by the path of their field. */
  readonly texts: Readonly<Record<string, string>>;
}

/** One notice: a rung of an obligation, for one person. */
export interface NoticeView {
  readonly obligationId: string;
  readonly rung: string;
  readonly occurrence: number;
  readonly label: string;
  readonly tone: Tone;
  readonly person: Named;
  readonly roles: readonly Role[];
  readonly state: string;
  readonly opening: Instant;
  readonly reason: string | null;
}

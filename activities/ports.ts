import type { CommandAnswer } from '../workflows/life.messages';
import type { DigestDeliveryInput } from '../workflows/digest-delivery.messages';
import type { Tone } from '../domain/policy/policy';
import type { Instant } from '../domain/time';

/** What a life needs to know after the ledger took a step; `version` orders answers that overtake each other. */
export interface LifeStep {
  readonly version: number;
  readonly phase: string;
  readonly nextWakeAt: Instant | null;
  /** What the next rung is, for the timer's summary. */
  readonly nextRung: string | null;
  readonly final: boolean;
  readonly roundId: string | null;
  readonly leadUnitId: string | null;
  readonly dueOn: string | null;
  readonly tone: Tone;
}

export interface DecidedStep extends LifeStep {
  readonly outcome: CommandAnswer;
}

/** Asked by lives as local activities: one transaction each. `now` is the workflow's clock. */
export interface LedgerActivities {
  /** Decides a stored command, once. */
  runCommand(input: { readonly key: string; readonly now: Instant }): Promise<DecidedStep>;
  /** Does what is due in a stream. */
  advance(input: { readonly streamId: string; readonly now: Instant }): Promise<LifeStep>;
}

/** How a digest stands when its delivery asks. */
export type DigestStand =
  | { readonly state: 'early'; readonly waitMs: number }
  | { readonly state: 'waiting' }
  | { readonly state: 'sealed' }
  | { readonly state: 'ended' };

export interface DigestActivities {
  /** Claims a digest when its opening has come: renders it once and stores the bytes. */
  claimDigest(key: DigestDeliveryInput): Promise<DigestStand>;
}

export interface MailActivities {
  /** Sends the stored bytes and records how it ended. A permanent refusal is recorded, a passing fault is thrown. */
  deliverDigest(key: DigestDeliveryInput): Promise<'sent' | 'refused' | 'ended'>;
}

export interface StarterActivities {
  /** Starts the lives of up to `size` open streams after `cursor`; returns the next cursor, null at the end. */
  startLives(input: {
    readonly cursor: string;
    readonly size: number;
  }): Promise<{ readonly cursor: string | null; readonly started: number }>;
  /** Starts the delivery of every digest that has not ended. */
  startDeliveries(): Promise<number>;
  /**
   * Puts changed rules in force in up to `size` sleeping streams after `cursor`, and wakes those whose next rung moved earlier. `stuck`
   * names those that failed by themselves: each is moved when its own life or a command opens it, and stays outdated until then.
   */
  applyRules(input: {
    readonly cursor: string;
    readonly size: number;
  }): Promise<{ readonly cursor: string | null; readonly woken: number; readonly stuck: readonly string[] }>;
  /** Sends every command that was stored and never decided; a life takes each key once. */
  sendCommands(): Promise<number>;
}

export interface AnchorActivities {
  /** Takes an anchor of the ledger, unless nothing changed since the last; returns its number. */
  takeAnchor(): Promise<number>;
}

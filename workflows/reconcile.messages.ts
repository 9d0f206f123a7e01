import type { Instant } from '../domain/time';

/** The run that somebody asks for by hand; those of the schedule carry its name and their time. */
export const reconcileWorkflowId = 'reconcile';

export interface ReconcileInput {
  /** As of when the ledger is looked at; by its own clock unless told. */
  readonly now?: Instant;
}

/** What a run found and did: counts and keys only, Temporal holds no text. */
export interface ReconcileReport {
  readonly now: Instant;
  /** By kind of finding; empty when all is well. */
  readonly found: Readonly<Record<string, number>>;
  /** Mended for the first time, the first hundred keys; no alarm unless they are found again. */
  readonly mended: readonly string[];
  /** Alarms that were raised and cleared by this run, and that stand after it. */
  readonly raised: number;
  readonly cleared: number;
  readonly standing: number;
}

import { fromMillis, type Instant } from '../domain/time';

/** Where "now" comes from: wall time in production, the stored world instant in a demo data dir (ledger). */
export interface Clock {
  now(): Promise<Instant> | Instant;
}

export const wallClock: Clock = { now: () => fromMillis(Date.now()) };

import { fromMillis, type Instant, type LocalDate } from '../domain/time';
import { eventBytes, eventHash, genesis } from './chain';
import { insertRows, type Transaction } from './database';

/** An event to be written: what happened, by whom, how it came. */
export interface NewEvent {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly actor: string;
  readonly via: string;
  readonly commandKey: string | null;
  readonly occurredAt: Instant;
  readonly effectiveOn: LocalDate | null;
}

/** What a stream tells the story of. */
export type StreamKind = 'issue' | 'round' | 'base' | 'directory' | 'erasures';

/** The head of a stream, held under its lock. */
export interface StreamHead {
  readonly id: string;
  readonly version: number;
  readonly lastHash: string;
  readonly lastOccurredAt: Instant;
}

/** A head as it was locked: of what kind, whose round's policy governs it, by which rules its dates were computed last. */
export interface LockedHead extends StreamHead {
  readonly kind: StreamKind;
  readonly roundId: string | null;
  readonly rules: string | null;
}

const SCHEMA_VERSION = 1;

/** Locks a stream for this transaction; null when there is none. The first lock of every writer. */
export async function lockStream(tx: Transaction, id: string): Promise<LockedHead | null> {
  const rows = await tx.$queryRaw<HeadRow[]>`
    SELECT id, kind, version, last_hash, last_occurred_at, round_id, rules FROM stream WHERE id = ${id} FOR UPDATE`;
  const row = rows[0];
  return row
    ? {
        id: row.id,
        kind: row.kind,
        version: row.version,
        lastHash: row.last_hash,
        lastOccurredAt: fromMillis(row.last_occurred_at.getTime()),
        roundId: row.round_id,
        rules: row.rules,
      }
    : null;
}

interface HeadRow {
  readonly id: string;
  readonly kind: StreamKind;
  readonly version: number;
  readonly last_hash: string;
  readonly last_occurred_at: Date;
  readonly round_id: string | null;
  readonly rules: string | null;
}

/** The database's clock, read after the lock, cut to milliseconds. */
export async function databaseNow(tx: Transaction): Promise<Instant> {
  const rows = await tx.$queryRaw<{ now: Date }[]>`SELECT date_trunc('milliseconds', clock_timestamp()) AS now`;
  return fromMillis(rows[0]?.now.getTime() ?? NaN);
}

/** The head of a stream that does not exist yet. */
export const newHead = (id: string, at: Instant): StreamHead => ({ id, version: 0, lastHash: genesis(id), lastOccurredAt: at });

/** Rows of the event table for a chain of new events, and the head after them. Pure but for hashing. */
export function chain(head: StreamHead, events: readonly NewEvent[], recordedAt: Instant): { head: StreamHead; rows: object[] } {
  let current = head;
  const rows = events.map((event) => {
    const version = current.version + 1;
    const body = eventBytes({
      previousHash: current.lastHash,
      stream: head.id,
      version,
      type: event.type,
      schemaVersion: SCHEMA_VERSION,
      actor: event.actor,
      via: event.via,
      commandKey: event.commandKey,
      occurredAt: event.occurredAt,
      effectiveOn: event.effectiveOn,
      recordedAt,
      payload: event.payload,
    });
    const hash = eventHash(body);
    current = { id: head.id, version, lastHash: hash, lastOccurredAt: event.occurredAt };
    return {
      stream_id: head.id,
      version,
      type: event.type,
      actor: event.actor,
      via: event.via,
      command_key: event.commandKey,
      occurred_at: event.occurredAt,
      recorded_at: recordedAt,
      body,
      hash,
      payload: event.payload,
    };
  });
  return { head: current, rows };
}

/** Inserts rows made by `chain`. UNIQUE(stream, version) refuses whatever a lock did not. */
export async function insertEvents(tx: Transaction, rows: readonly object[]): Promise<void> {
  await insertRows(tx, {
    table: 'event',
    columns:
      'stream_id text, version int, type text, actor text, via text, command_key text, occurred_at timestamptz, recorded_at timestamptz, body text, hash text, payload jsonb',
    rows,
  });
}

/** When an account wants to be looked at next, and under which rules that was computed. */
export interface Waking {
  readonly nextWakeAt: Instant | null;
  readonly final: boolean;
  readonly roundId?: string | null;
  readonly rules?: string | null;
}

/** Creates or moves the heads of streams. */
export async function saveHeads(tx: Transaction, kind: StreamKind, heads: readonly (StreamHead & Waking)[]): Promise<void> {
  await insertRows(tx, {
    table: 'stream',
    columns:
      'id text, kind text, version int, last_hash text, last_occurred_at timestamptz, next_wake_at timestamptz, final boolean, round_id text, rules text',
    rows: heads.map((head) => ({
      id: head.id,
      kind,
      version: head.version,
      last_hash: head.lastHash,
      last_occurred_at: head.lastOccurredAt,
      next_wake_at: head.nextWakeAt,
      final: head.final,
      round_id: head.roundId ?? null,
      rules: head.rules ?? null,
    })),
    conflict: `ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version, last_hash = EXCLUDED.last_hash,
      last_occurred_at = EXCLUDED.last_occurred_at, next_wake_at = EXCLUDED.next_wake_at, final = EXCLUDED.final, rules = EXCLUDED.rules`,
  });
}

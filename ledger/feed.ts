import { fromMillis, type Instant } from '../domain/time';
import type { Database } from './database';

/** Where a reader stands: the transaction and the position of the last event it has read. Opaque text for clients. */
export interface FeedCursor {
  readonly xid: bigint;
  readonly position: bigint;
}

/** An event as readers across streams see it. */
export interface FeedEvent {
  readonly cursor: FeedCursor;
  readonly streamId: string;
  readonly version: number;
  readonly type: string;
  readonly actor: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The cursor before the first event. */
export const FEED_START: FeedCursor = { xid: 0n, position: 0n };

export const cursorText = ({ xid, position }: FeedCursor): string => `${xid}.${position}`;

/** Reads a cursor's text; null when it is none. */
export function readCursor(text: string): FeedCursor | null {
  const [, xid, position] = /^(\d{1,19})\.(\d{1,19})$/.exec(text) ?? [];
  return xid === undefined || position === undefined ? null : { xid: BigInt(xid), position: BigInt(position) };
}

/**
 * Events of all streams after a cursor, at most `limit`, in an order that never changes: by writing transaction, then position.
 * Only transactions below the oldest one still running are read, so that a late commit can never appear behind a cursor. The price:
 * a long writing transaction holds the feed back.
 */
export async function readFeed(database: Database, after: FeedCursor, limit: number): Promise<FeedEvent[]> {
  const rows = await database.$queryRaw<Row[]>`
    SELECT xid, position, stream_id, version, type, actor, occurred_at, recorded_at, payload FROM event
    WHERE (xid, position) > (${after.xid}::bigint, ${after.position}::bigint)
      AND xid < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint
    ORDER BY xid, position LIMIT ${limit}`;
  return rows.map((row) => ({
    cursor: { xid: row.xid, position: row.position },
    streamId: row.stream_id,
    version: row.version,
    type: row.type,
    actor: row.actor,
    occurredAt: fromMillis(row.occurred_at.getTime()),
    recordedAt: fromMillis(row.recorded_at.getTime()),
    payload: row.payload,
  }));
}

interface Row {
  readonly xid: bigint;
  readonly position: bigint;
  readonly stream_id: string;
  readonly version: number;
  readonly type: string;
  readonly actor: string;
  readonly occurred_at: Date;
  readonly recorded_at: Date;
  readonly payload: Record<string, unknown>;
}

import { fromMillis, type Instant } from '../domain/time';
import type { Database } from './database';

/** Kinds of streams that have a life. */
const living = ['issue', 'round', 'base'];

/** Ids of streams that are not final, after `cursor`, in order: whose life should be running. */
export async function openStreams(database: Database, cursor: string, size: number): Promise<string[]> {
  const rows = await database.stream.findMany({
    where: { kind: { in: living }, final: false, id: { gt: cursor } },
    orderBy: { id: 'asc' },
    take: size,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Streams after `cursor` whose dates were computed by other rules than those in force for their round. */
export async function outdatedStreams(
  database: Database,
  cursor: string,
  size: number,
): Promise<{ readonly id: string; readonly nextWakeAt: Instant | null }[]> {
  const rows = await database.$queryRaw<{ id: string; next_wake_at: Date | null }[]>`
    SELECT s.id, s.next_wake_at FROM stream s LEFT JOIN round r ON r.id = s.round_id, setting v
    WHERE v.name = 'versions' AND s.kind = ANY(${living}::text[]) AND NOT s.final AND s.id > ${cursor}
      AND s.rules IS DISTINCT FROM coalesce(r.policy, v.value->>'policy') || ' ' || (v.value->>'calendar')
    ORDER BY s.id LIMIT ${size}`;
  return rows.map(({ id, next_wake_at }) => ({ id, nextWakeAt: next_wake_at === null ? null : fromMillis(next_wake_at.getTime()) }));
}

import type { Instant } from '../domain/time';
import type { Database } from './database';

/** Who was owed word and did not get it. These queries share no code with the agenda or the delivery. */
export interface Audit {
  /** Pairs of fired rung and owed person, past their opening, without a sent or withdrawn notice. */
  readonly lost: number;
  /** Obligations that stood overdue for over two days without an overdue rung. */
  readonly silent: number;
}

/**
 * Counts what was lost as of `now`. A refused notice is not lost when an office hears of it instead: told, still in time to be
 * told, or no longer needing to know. An obligation that rested while an extension or a coordination was decided, or its issue was suspended, was not silent.
 */
export async function auditNotices(database: Database, now: Instant): Promise<Audit> {
  const lost = await database.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count
    FROM event e CROSS JOIN LATERAL jsonb_array_elements(e.payload->'recipients') AS r
    LEFT JOIN notice n ON n.stream_id = e.stream_id AND n.obligation_id = e.payload->>'dutyId' AND n.rung = e.payload->>'rung'
      AND n.occurrence = (e.payload->>'occurrence')::int AND n.person_id = r->>'personId'
    WHERE e.type = 'rungFired' AND (n.state IS NULL
      OR (n.state IN ('pending', 'sealed') AND n.opening + interval '30 minutes' < ${now}::timestamptz)
      OR (n.state = 'failed' AND NOT EXISTS (SELECT FROM notice o WHERE o.stream_id = n.stream_id AND o.obligation_id = n.obligation_id
        AND o.rung = n.rung AND o.occurrence = n.occurrence AND o.person_id <> n.person_id
        AND (o.roles && ARRAY['rectificationOffice', 'inspectionOffice'] OR cardinality(o.vacant) > 0)
        AND (o.state IN ('sent', 'withdrawn')
          OR (o.state IN ('pending', 'sealed') AND o.opening + interval '30 minutes' >= ${now}::timestamptz)))))`;
  const silent = await database.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM obligation o
    WHERE NOT o.stopped AND o.kind NOT IN ('checkBackDraw')
      AND (o.due_on + 3)::timestamp AT TIME ZONE 'Asia/Shanghai' < coalesce(o.closed_at, ${now}::timestamptz)
      AND o.opened_at < (o.due_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
      AND NOT EXISTS (SELECT FROM rung r WHERE r.stream_id = o.stream_id AND r.obligation_id = o.id AND r.rung = 'overdue')
      AND NOT (o.closed_at IS NOT NULL AND EXISTS (SELECT FROM event e WHERE e.stream_id = o.stream_id AND e.type = 'extensionRequested'
        AND e.payload->>'dutyId' = o.id AND NOT (e.payload->>'late')::boolean))
      AND NOT EXISTS (SELECT FROM event e WHERE e.stream_id = o.stream_id AND e.type IN ('coordinationRequested', 'suspended')
        AND e.occurred_at >= o.opened_at AND e.occurred_at < coalesce(o.closed_at, ${now}::timestamptz))`;
  return { lost: lost[0]?.count ?? -1, silent: silent[0]?.count ?? -1 };
}

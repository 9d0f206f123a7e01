import { obligationLabels, paperLabels, type ObligationKind, type PaperKind } from '../domain/policy/policy';
import { fromMillis, type Instant } from '../domain/time';
import type { Database } from './database';
import type { DigestKey } from './notices';
import { personMark, streamLabel, type ReconcileFinding } from './reconcile-kinds';

/*
 * An independent check that nobody was missed: SQL over the tables as they stand, with its own numbers. Nothing here imports the
 * agenda, the ladders, the writing of notices or the delivery, so that a fault in those is found and not repeated. All windows are wide:
 * what is found here is not late, it is missing.
 */

/** What is wrong in the ledger as of `now` by its own clock, in the order of its kinds; empty when all is well. `lifeless` is Temporal's to say. */
export async function findings(database: Database, now: Instant): Promise<ReconcileFinding[]> {
  return [
    ...(await overslept(database, now)),
    ...(await silentOverdue(database, now)),
    ...(await unsent(database, now)),
    ...(await undelivered(database, now)),
    ...(await toCall(database, now)),
    ...(await undecided(database)),
    ...(await unwritten(database)),
    ...(await paperUnsent(database)),
    ...(await withheld(database)),
  ];
}

/**
 * Streams after `cursor` whose life should be running by `now`, in order. One that changed in the last ten minutes is left out: the
 * starter takes its time after an import.
 */
export async function livingStreams(
  database: Database,
  { cursor, size, now }: { readonly cursor: string; readonly size: number; readonly now: Instant },
): Promise<string[]> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT id FROM stream WHERE NOT final AND kind NOT IN ('directory', 'erasures') AND id > ${cursor}
      AND last_occurred_at < ${now}::timestamptz - interval '10 minutes' ORDER BY id LIMIT ${size}`;
  return rows.map(({ id }) => id);
}

/** A rung that should have fired: the stream's instant lies half an hour back. */
async function overslept(database: Database, now: Instant): Promise<ReconcileFinding[]> {
  const rows = await database.$queryRaw<{ id: string; at: string }[]>`
    SELECT id, to_char(next_wake_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS at FROM stream
    WHERE NOT final AND next_wake_at < ${now}::timestamptz - interval '30 minutes' ORDER BY id`;
  return rows.map(({ id, at }) => ({
    kind: 'overslept',
    key: `overslept/${id}`,
    what: `${streamLabel(id)}应在${at}提醒，至今没有提醒。`,
    repair: { does: 'stirLife', streamId: id },
  }));
}

/**
 * Open, running, overdue for more than four days (a working day lies in any four but the longest holidays, and red fires on rest days
 * too), and nothing red was ever said. It looks at no wake instant, so a stream that forgot to name one is found.
 *
 * Every ladder but four has a red rung `overdue` on the day after the due day; a policy without it is refused (domain/policy/check-ladder.ts).
 * The four are those that only remind, and the note of a coordination, during which red rests (domain/policy/ladder-ends.ts).
 * A due day before the opening (an old round) is red at the opening, so the days count from the later of the two. A red rung that changed
 * rules passed over is superseded, on record and without a tone, hence its name. A clock that rested turns red in the step that lets it
 * run. The new head of a unit is spared red until the handover is to be signed, 10 workdays unless the policy says otherwise: a change
 * of heads in the last thirty days, after the opening, excuses what the head owes.
 */
async function silentOverdue(database: Database, now: Instant): Promise<ReconcileFinding[]> {
  const rows = await database.$queryRaw<{ stream_id: string; id: string; kind: ObligationKind; due: string }[]>`
    WITH day AS (SELECT (${now}::timestamptz AT TIME ZONE 'Asia/Shanghai')::date AS today),
    owed AS (SELECT o.*, (o.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS opened_on, today FROM obligation o, day
      WHERE o.closed_at IS NULL AND NOT o.stopped AND o.kind NOT IN ('cadence', 'collection', 'calendarTable', 'coordinationNote'))
    SELECT o.stream_id, o.id, o.kind, o.due_on::text AS due FROM owed o
    WHERE greatest(o.due_on, o.opened_on) + 4 < o.today
      AND NOT EXISTS (SELECT FROM rung r WHERE r.stream_id = o.stream_id AND r.obligation_id = o.id
        AND (r.tone = 'red' OR (r.how = 'superseded' AND r.rung = 'overdue')))
      AND NOT (o.holder = 'unitHead' AND EXISTS (
        SELECT FROM post p, LATERAL (VALUES (p."from"), (p."to" + 1)) AS change(day)
        WHERE p.role = 'unitHead' AND p.unit_id = o.unit_id AND change.day > o.opened_on AND change.day BETWEEN o.today - 30 AND o.today))
    ORDER BY o.stream_id, o.id`;
  return rows.map(({ stream_id, id, kind, due }) => ({
    kind: 'silentOverdue',
    key: `silentOverdue/${stream_id}/${id}`,
    what: `${streamLabel(stream_id)}的“${obligationLabels[kind]}”（${id}）${due}到期，逾期多日没有发出红色提醒。`,
    repair: null,
  }));
}

interface DigestRow {
  readonly person_id: string;
  readonly opening: Date;
  readonly at: string;
}
const digestOf = (row: DigestRow): DigestKey => ({ personId: row.person_id, opening: fromMillis(row.opening.getTime()) });
const digestKey = ({ personId, opening }: DigestKey): string => `${personId}/${opening}`;

/** Notices two hours past their opening that no message has brought; what waits for a telephone call is `toCall`. */
async function unsent(database: Database, now: Instant): Promise<ReconcileFinding[]> {
  const rows = await database.$queryRaw<(DigestRow & { count: number })[]>`
    SELECT n.person_id, n.opening, to_char(n.opening AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS at, count(*)::int AS count
    FROM notice n LEFT JOIN digest d ON d.person_id = n.person_id AND d.opening = n.opening
    WHERE n.state IN ('pending', 'sealed') AND n.opening < ${now}::timestamptz - interval '2 hours' AND d.state IS DISTINCT FROM 'toCall'
    GROUP BY n.person_id, n.opening ORDER BY n.opening, n.person_id`;
  return rows.map((row) => ({
    kind: 'unsent',
    key: `unsent/${digestKey(digestOf(row))}`,
    what: `应在${row.at}发给${personMark(row.person_id)}的${row.count}条通知没有发出。`,
    repair: { does: 'startDelivery', digest: digestOf(row) },
  }));
}

/** Messages sealed a day ago that no attempt has ended, and messages called sent of which no attempt is on record. */
async function undelivered(database: Database, now: Instant): Promise<ReconcileFinding[]> {
  const rows = await database.$queryRaw<DigestRow[]>`
    SELECT d.person_id, d.opening, to_char(d.opening AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS at FROM digest d
    WHERE (d.state = 'sealed' AND d.claimed_at < ${now}::timestamptz - interval '24 hours')
      OR (d.state = 'sent' AND NOT EXISTS (SELECT FROM delivery v
        WHERE v.person_id = d.person_id AND v.opening = d.opening AND v.outcome <> 'deferred'))
    ORDER BY d.opening, d.person_id`;
  return rows.map((row) => ({
    kind: 'undelivered',
    key: `undelivered/${digestKey(digestOf(row))}`,
    what: `${row.at}发给${personMark(row.person_id)}的汇总没有送达的记录。`,
    repair: { does: 'startDelivery', digest: digestOf(row) },
  }));
}

/** Two days, and nobody has telephoned. */
async function toCall(database: Database, now: Instant): Promise<ReconcileFinding[]> {
  const rows = await database.$queryRaw<DigestRow[]>`
    SELECT person_id, opening, to_char(opening AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS at FROM digest
    WHERE state = 'toCall' AND coalesce(claimed_at, opening) < ${now}::timestamptz - interval '48 hours' ORDER BY opening, person_id`;
  return rows.map((row) => ({
    kind: 'toCall',
    key: `toCall/${digestKey(digestOf(row))}`,
    what: `${row.at}发给${personMark(row.person_id)}的汇总只能电话提醒，至今没有登记电话。`,
    repair: null,
  }));
}

/** Commands are stored by the database's own clock, so it is asked how long ago that was. */
async function undecided(database: Database): Promise<ReconcileFinding[]> {
  const rows = await database.$queryRaw<{ key: string; stream_id: string; at: string }[]>`
    SELECT key, stream_id, to_char(created_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS at FROM command
    WHERE outcome IS NULL AND created_at < clock_timestamp() - interval '10 minutes' ORDER BY created_at, key`;
  return rows.map(({ key, stream_id, at }) => ({
    kind: 'undecided',
    key: `undecided/${key}`,
    what: `${at}对${streamLabel(stream_id)}的办理（${key}）没有结果。`,
    repair: { does: 'sendCommand', streamId: stream_id, key },
  }));
}

/** What the events say was told, against the notices there are; a withdrawn or failed one is there. */
async function unwritten(database: Database): Promise<ReconcileFinding[]> {
  const rows = await database.$queryRaw<{ stream_id: string; duty: string; rung: string; label: string; persons: string[] }[]>`
    SELECT e.stream_id, e.payload->>'dutyId' AS duty, (e.payload->>'rung') || '@' || (e.payload->>'occurrence') AS rung,
      e.payload->>'label' AS label, array_agg(r->>'personId' ORDER BY r->>'personId') AS persons
    FROM event e CROSS JOIN LATERAL jsonb_array_elements(e.payload->'recipients') AS r
    WHERE e.type = 'rungFired' AND NOT EXISTS (SELECT FROM notice n
      WHERE n.stream_id = e.stream_id AND n.obligation_id = e.payload->>'dutyId' AND n.rung = e.payload->>'rung'
        AND n.occurrence = (e.payload->>'occurrence')::int AND n.person_id = r->>'personId')
    GROUP BY e.stream_id, e.version ORDER BY e.stream_id, e.version`;
  return rows.map(({ stream_id, duty, rung, label, persons }) => ({
    kind: 'unwritten',
    key: `unwritten/${stream_id}/${duty}/${rung}`,
    what: `${streamLabel(stream_id)}的“${label}”（${duty}）应通知${persons.map(personMark).join('、')}，没有写成通知。`,
    repair: null,
  }));
}

/**
 * A signed paper of an issue, still to be answered, of whose arrival nobody was told. Closed otherwise, its answer is not owed any more;
 * the letter of a handover (base data) opens no answer: who takes over signs for the list.
 */
async function paperUnsent(database: Database): Promise<ReconcileFinding[]> {
  const rows = await database.$queryRaw<{ stream_id: string; id: string; kind: PaperKind; number: string | null }[]>`
    SELECT p.stream_id, p.id, p.kind, p.number FROM paper p JOIN stream s ON s.id = p.stream_id AND s.kind = 'issue'
    LEFT JOIN obligation o ON o.stream_id = p.stream_id AND o.id = 'reply:' || p.id
    WHERE p.state = 'issued' AND o.closed_at IS NULL AND NOT EXISTS (SELECT FROM notice n
      WHERE n.stream_id = p.stream_id AND n.obligation_id = 'reply:' || p.id AND n.state IN ('pending', 'sealed', 'sent', 'withheld'))
    ORDER BY p.stream_id, p.id`;
  return rows.map(({ stream_id, id, kind, number }) => ({
    kind: 'paperUnsent',
    key: `paperUnsent/${stream_id}/${id}`,
    what: `${streamLabel(stream_id)}的${paperLabels[kind]}${number ?? ''}已签发，没有通知主送人。`,
    repair: null,
  }));
}

/** After a restored backup: what may have been told before the loss waits for somebody who says whether it was. */
async function withheld(database: Database): Promise<ReconcileFinding[]> {
  const rows = await database.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM notice WHERE state = 'withheld'`;
  const count = rows[0]?.count ?? 0;
  if (count === 0) return [];
  return [{ kind: 'withheld', key: 'withheld/all', what: `恢复备份后有${count}条通知待确认是否已发。`, repair: null }];
}

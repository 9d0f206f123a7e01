import { dateOf, fromMillis, type Instant } from '../domain/time';
import { inTransaction, insertRows, type Database, type Transaction } from './database';
import { findingLabels, withPersons, type FindingKind, type ReconcileFinding } from './reconcile-kinds';

/** Something that reconcile found, could not mend, and keeps finding. */
export interface Alarm {
  /** `kind/…`: the same trouble has the same key at every run. */
  readonly key: string;
  readonly kind: FindingKind;
  /** Chinese, one sentence. */
  readonly what: string;
  readonly since: Instant;
  readonly lastSeen: Instant;
}

/** What a run of reconcile made of its findings. */
export interface Recorded {
  /** Keys that were mended for the first time; found again later they become alarms. */
  readonly mended: readonly string[];
  readonly raised: readonly string[];
  readonly cleared: readonly string[];
  /** Standing alarms of which nobody has been told yet, just raised or their mail did not go out; persons by their ids, fit for a mail. */
  readonly untold: readonly Alarm[];
  readonly standing: number;
}

/** What one run leaves to the next, in setting `reconcile`. */
interface Memory {
  /** When each finding was mended first, while it is still found. */
  readonly mended: Readonly<Record<string, Instant>>;
  /** Keys of standing alarms that no mail has told. */
  readonly untold: readonly string[];
}

const nothing: Memory = { mended: {}, untold: [] };

/** How long a mended thing has before it counts as found again: shorter than the pause of the schedule, longer than two runs by hand. */
const MENDING_MINUTES = 5;

/**
 * Turns findings into alarms, one transaction: what can't be mended is one at once, what was mended before and is still there is one
 * now. Raises or touches each, clears those that were not found. An alarm keeps its `since` until it is cleared.
 */
export async function recordFindings(database: Database, found: readonly ReconcileFinding[], now: Instant): Promise<Recorded> {
  return inTransaction(database, async (tx) => {
    const before = await lockMemory(tx);
    const standing = new Set((await standingRows(tx)).map(({ key }) => key));
    const dueBy = fromMillis(Date.parse(now) - MENDING_MINUTES * 60_000);
    const firstMended = ({ key, repair }: ReconcileFinding): boolean =>
      repair !== null && !standing.has(key) && (before.mended[key] ?? now) > dueBy;
    const alarms = found.filter((finding) => !firstMended(finding));
    const raised = alarms.map(({ key }) => key).filter((key) => !standing.has(key));
    await insertRows(tx, {
      table: 'alarm',
      columns: 'key text, what text, since timestamptz, last_seen timestamptz',
      rows: alarms.map(({ key, what }) => ({ key, what, since: now, last_seen: now })),
      conflict: `ON CONFLICT (key) DO UPDATE SET what = EXCLUDED.what, last_seen = EXCLUDED.last_seen, cleared_at = NULL,
        since = CASE WHEN alarm.cleared_at IS NULL THEN alarm.since ELSE EXCLUDED.since END`,
    });
    const cleared = await tx.$queryRaw<{ key: string }[]>`
      UPDATE alarm SET cleared_at = ${now}::timestamptz
      WHERE cleared_at IS NULL AND key <> ALL(${alarms.map(({ key }) => key)}::text[]) RETURNING key`;
    const rows = (await standingRows(tx)).map((row) => alarmOf(row));
    const untold = rows.filter(({ key }) => raised.includes(key) || before.untold.includes(key));
    const mended = found.filter(firstMended).map(({ key }): [string, Instant] => [key, before.mended[key] ?? now]);
    await saveMemory(tx, { mended: Object.fromEntries(mended), untold: untold.map(({ key }) => key) });
    return { mended: mended.map(([key]) => key), raised, cleared: cleared.map(({ key }) => key).sort(), untold, standing: rows.length };
  });
}

/** Remembers that somebody has been told of these alarms. */
export async function alarmsTold(database: Database, keys: readonly string[]): Promise<void> {
  await inTransaction(database, async (tx) => {
    const before = await lockMemory(tx);
    await saveMemory(tx, { ...before, untold: before.untold.filter((key) => !keys.includes(key)) });
  });
}

/** The alarms that stand, oldest first, persons by their names. */
export async function standingAlarms(database: Database): Promise<Alarm[]> {
  const rows = await standingRows(database);
  if (rows.length === 0) return [];
  const names = new Map((await database.person.findMany({ select: { id: true, name: true } })).map(({ id, name }) => [id, name]));
  return rows.map((row) => alarmOf(row, (id) => names.get(id) ?? id));
}

/** How many alarms of each kind stand, 0 included: for a gauge. */
export async function alarmCounts(database: Database): Promise<Record<FindingKind, number>> {
  const counts = Object.fromEntries(Object.keys(findingLabels).map((kind) => [kind, 0])) as Record<FindingKind, number>;
  for (const row of await standingRows(database)) counts[alarmOf(row).kind] += 1;
  return counts;
}

/** Whom an alarm is told. */
export interface AlarmReader {
  readonly name: string;
  readonly email: string;
}

/** Who hears of alarms on a day: the administrators who have mail, without any the rectification office. */
export async function alarmReaders(database: Database, now: Instant): Promise<AlarmReader[]> {
  const rows = await database.$queryRaw<(AlarmReader & { role: string })[]>`
    SELECT DISTINCT p.id, p.name, p.email, h.role FROM post h JOIN person p ON p.id = h.person_id
    WHERE h.role IN ('admin', 'rectificationOffice') AND p.email IS NOT NULL AND p.email <> ''
      AND coalesce(h."from", '-infinity') <= ${dateOf(now)}::date AND coalesce(h."to", 'infinity') >= ${dateOf(now)}::date
    ORDER BY p.id`;
  const readers = (role: string): AlarmReader[] => rows.filter((row) => row.role === role).map(({ name, email }) => ({ name, email }));
  return readers('admin').length > 0 ? readers('admin') : readers('rectificationOffice');
}

interface AlarmRow {
  readonly key: string;
  readonly what: string;
  readonly since: Date;
  readonly last_seen: Date;
}

const standingRows = (database: Pick<Transaction, '$queryRaw'>): Promise<AlarmRow[]> =>
  database.$queryRaw<AlarmRow[]>`SELECT key, what, since, last_seen FROM alarm WHERE cleared_at IS NULL ORDER BY since, key`;

const alarmOf = ({ key, what, since, last_seen }: AlarmRow, nameOf: (id: string) => string = (id) => id): Alarm => ({
  key,
  kind: key.slice(0, key.indexOf('/')) as FindingKind,
  what: withPersons(what, nameOf),
  since: fromMillis(since.getTime()),
  lastSeen: fromMillis(last_seen.getTime()),
});

/** Holds the memory against another run until this transaction ends. */
async function lockMemory(tx: Transaction): Promise<Memory> {
  await tx.$executeRaw`INSERT INTO setting (name, value) VALUES ('reconcile', ${JSON.stringify(nothing)}::jsonb) ON CONFLICT DO NOTHING`;
  const rows = await tx.$queryRaw<{ value: Memory }[]>`SELECT value FROM setting WHERE name = 'reconcile' FOR UPDATE`;
  return rows[0]?.value ?? nothing;
}

async function saveMemory(tx: Transaction, memory: Memory): Promise<void> {
  await tx.$executeRaw`UPDATE setting SET value = ${JSON.stringify(memory)}::jsonb WHERE name = 'reconcile'`;
}

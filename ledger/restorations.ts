import { badInput } from '../domain/failure';
import { nextOpening } from '../domain/openings';
import { fromMillis, type Instant } from '../domain/time';
import { inTransaction, type Database, type Transaction } from './database';
import { endNotices, openDigest } from './digests';
import type { DigestKey } from './notices';
import { preferencesOf } from './preferences';
import { toldReason, type Decision } from './restoration-gaps';
import { loadRules } from './rules';

// A restored backup does not know what was sent after it was taken. What would have been told in between is withheld, neither lost nor
// told twice, until a person says whether it was.

/**
 * Records that a backup of `backupAt` was put in place at `restoredAt`, and withholds what may have been told in between: notices
 * whose opening has passed, and messages that were written and not recorded as sent. Returns how many notices.
 */
export async function recordRestoration(
  tx: Transaction,
  { backupAt, restoredAt }: { readonly backupAt: Instant; readonly restoredAt: Instant },
): Promise<number> {
  await tx.restoration.create({ data: { backupAt: new Date(backupAt), restoredAt: new Date(restoredAt) } });
  await tx.$executeRaw`UPDATE digest SET state = 'withheld' WHERE state = 'sealed'`;
  return tx.$executeRaw`UPDATE notice n SET state = 'withheld'
    WHERE (n.state = 'pending' AND n.opening > ${backupAt}::timestamptz AND n.opening <= ${restoredAt}::timestamptz)
      OR (n.state = 'sealed' AND EXISTS (SELECT FROM digest d
        WHERE d.person_id = n.person_id AND d.opening = n.opening AND d.state = 'withheld'))`;
}

/** Notices of one person at one opening that wait for a decision. */
export interface WithheldRow extends DigestKey {
  readonly personName: string;
  readonly notices: number;
  /** A message was written before the backup; sent again, it is the same one. */
  readonly written: boolean;
}

/** What waits for a decision, the oldest first. */
export async function withheld(database: Database): Promise<WithheldRow[]> {
  const rows = await database.$queryRaw<{ person_id: string; name: string | null; opening: Date; notices: number; written: boolean }[]>`
    SELECT n.person_id, p.name, n.opening, count(*)::int AS notices, coalesce(bool_or(d.state = 'withheld'), false) AS written
    FROM notice n LEFT JOIN person p ON p.id = n.person_id LEFT JOIN digest d ON d.person_id = n.person_id AND d.opening = n.opening
    WHERE n.state = 'withheld' GROUP BY n.person_id, p.name, n.opening ORDER BY n.opening, n.person_id`;
  return rows.map(({ person_id, name, opening, notices, written }) => ({
    personId: person_id,
    personName: name ?? person_id,
    opening: fromMillis(opening.getTime()),
    notices,
    written,
  }));
}

/**
 * Decides what was withheld since the last restoration. `told`: recorded as sent by whoever says so. `send`: a message that had been
 * written goes out as it was, with its Message-ID; other notices go to their person's next opening. The caller has the starter look at the
 * digests that are returned. Throws `restoration.none` when nothing waits for a decision.
 */
export async function decideWithheld(
  database: Database,
  decision: Decision,
  { by, now }: { readonly by: string; readonly now: Instant },
): Promise<DigestKey[]> {
  return inTransaction(
    database,
    async (tx) => {
      const decided =
        await tx.$executeRaw`UPDATE restoration SET decision = ${decision}, decided_by = ${by}, decided_at = ${now}::timestamptz
        WHERE decision IS NULL`;
      if (decided === 0) throw badInput('restoration.none', '没有待确认的通知。', '只有恢复过备份、尚未确认时才需要确认。');
      const written = await tx.digest.findMany({
        where: { state: 'withheld' },
        select: { personId: true, opening: true },
        orderBy: [{ personId: 'asc' }, { opening: 'asc' }],
      });
      const keys = written.map(({ personId, opening }): DigestKey => ({ personId, opening: fromMillis(opening.getTime()) }));
      if (decision === 'told') await told(tx, keys, by);
      return decision === 'told' ? [] : [...(await sendWritten(tx, keys)), ...(await sendOthers(tx, database, now))];
    },
    DECIDE_MS,
  );
}

/** Days of notices of everybody. */
const DECIDE_MS = 60_000;

async function told(tx: Transaction, keys: readonly DigestKey[], by: string): Promise<void> {
  for (const key of keys) {
    const own = { personId: key.personId, opening: new Date(key.opening) };
    const { channels } = await tx.digest.findUniqueOrThrow({ where: { personId_opening: own } });
    await tx.delivery.create({
      data: { ...own, channel: channels[0] ?? 'smtp', outcome: 'sent', response: toldReason, millis: 0, actor: by },
    });
    await tx.digest.update({ where: { personId_opening: own }, data: { state: 'sent', handedAt: null } });
    await tx.$executeRaw`UPDATE notice SET state = 'sealed'
      WHERE person_id = ${key.personId} AND opening = ${key.opening}::timestamptz AND state = 'withheld'`;
    await endNotices(tx, key, 'sent', toldReason);
  }
  await tx.$executeRaw`UPDATE notice SET state = 'withdrawn', reason = ${toldReason} WHERE state = 'withheld'`;
}

async function sendWritten(tx: Transaction, keys: readonly DigestKey[]): Promise<readonly DigestKey[]> {
  await tx.$executeRaw`UPDATE notice n SET state = 'sealed' FROM digest d
    WHERE n.state = 'withheld' AND d.state = 'withheld' AND d.person_id = n.person_id AND d.opening = n.opening`;
  await tx.$executeRaw`UPDATE digest SET state = 'sealed', started = false WHERE state = 'withheld'`;
  return keys;
}

async function sendOthers(tx: Transaction, owner: Database, now: Instant): Promise<DigestKey[]> {
  const { calendar } = await loadRules(tx, owner);
  const rows = await tx.$queryRaw<
    { person_id: string }[]
  >`SELECT DISTINCT person_id FROM notice WHERE state = 'withheld' ORDER BY person_id`;
  const preferences = await preferencesOf(
    tx,
    rows.map(({ person_id }) => person_id),
  );
  const keys: DigestKey[] = [];
  for (const { person_id: personId } of rows) {
    const opensAt = preferences.get(personId)?.opensAt ?? null;
    const after = (instant: Instant): Instant => nextOpening(calendar, instant, { roles: [], tone: 'red', opensAt });
    keys.push(await openDigest(tx, { personId, opening: after(now) }, after));
  }
  for (const { personId, opening } of keys)
    await tx.$executeRaw`UPDATE notice SET state = 'pending', opening = ${opening}::timestamptz WHERE person_id = ${personId} AND state = 'withheld'`;
  return keys;
}

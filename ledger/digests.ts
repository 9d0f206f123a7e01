import type { DigestContent, SealedMessage } from '../domain/digest';
import { anywhere, holders } from '../domain/parties';
import type { Tone } from '../domain/policy/policy';
import { addMillis, dateOf, fromMillis, type Instant } from '../domain/time';
import { inTransaction, localDay, type Database, type Transaction } from './database';
import { digestContent, type CarriedNotice } from './digest-content';
import { settleNotices, type DigestKey, type NoticeFact } from './notices';
import { loadRules } from './rules';

/** How long an opening waits for rungs that are still due at it. */
const PATIENCE_MS = 15 * 60_000;

/** What the delivery of a digest finds when it claims. */
export type Claim =
  | { readonly state: 'early'; readonly opensAt: Instant }
  | { readonly state: 'waiting' }
  | { readonly state: 'empty' }
  | { readonly state: 'sealed'; readonly messageId: string }
  | { readonly state: 'done' };

interface DigestRow {
  readonly state: string;
  readonly message_id: string | null;
}

/**
 * Claims a digest at its opening: drops what has been closed, renders, stores the bytes, seals. Once; a second claim finds the
 * same bytes. Before the opening it is `early`; while rungs of the opening are still due it is `waiting`, for 15 minutes at most.
 */
export async function claimDigest(
  database: Database,
  key: DigestKey,
  now: Instant,
  render: (content: DigestContent) => Promise<SealedMessage>,
): Promise<Claim> {
  if (now < key.opening) return { state: 'early', opensAt: key.opening };
  return inTransaction(database, async (tx) => {
    const row = await lockDigest(tx, key);
    if (row === null || row.state === 'empty') return { state: 'empty' };
    if (row.state === 'sealed') return { state: 'sealed', messageId: row.message_id ?? '' };
    if (row.state !== 'open') return { state: 'done' };
    if (now < addMillis(key.opening, PATIENCE_MS) && (await rungsStillDue(tx, key.opening))) return { state: 'waiting' };
    await dropClosed(tx, key);
    const notices = await pendingNotices(tx, key);
    if (notices.length === 0) {
      await tx.$executeRaw`UPDATE digest SET state = 'empty', claimed_at = ${now}::timestamptz WHERE person_id = ${key.personId} AND opening = ${key.opening}::timestamptz`;
      return { state: 'empty' };
    }
    const context = await loadRules(tx, database);
    const content = await digestContent(tx, notices, { ...key, now, context, owner: database });
    const { messageId, subject, bytes } = await render(content);
    await tx.digest.update({
      where: { personId_opening: { personId: key.personId, opening: new Date(key.opening) } },
      data: { state: 'sealed', messageId, subject, address: content.person.email, bytes, claimedAt: new Date(now) },
    });
    await tx.$executeRaw`UPDATE notice SET state = 'sealed', message_id = ${messageId}
      WHERE person_id = ${key.personId} AND opening = ${key.opening}::timestamptz AND state = 'pending'`;
    return { state: 'sealed', messageId };
  });
}

/** The sealed bytes of a digest and where they go; null when it was sent or failed already. */
export async function sealedBytes(database: Database, key: DigestKey): Promise<{ address: string; bytes: Uint8Array } | null> {
  const row = await database.digest.findUnique({ where: { personId_opening: { personId: key.personId, opening: new Date(key.opening) } } });
  return row?.state === 'sealed' && row.bytes ? { address: row.address ?? '', bytes: row.bytes } : null;
}

/** How one attempt ended for good. */
export type Delivered = { readonly outcome: 'sent' | 'refused'; readonly response: string; readonly millis: number };

/**
 * Records the end of a delivery. A refused message fails its notices, and the rectification office hears of each instead.
 * Returns the digests that this made.
 */
export async function recordDelivery(
  database: Database,
  key: DigestKey,
  channel: string,
  delivered: Delivered,
  now: Instant,
): Promise<DigestKey[]> {
  return inTransaction(database, async (tx) => {
    const row = await lockDigest(tx, key);
    if (row?.state !== 'sealed') return [];
    const { outcome, response, millis } = delivered;
    await tx.delivery.create({ data: { personId: key.personId, opening: new Date(key.opening), channel, outcome, response, millis } });
    const state = outcome === 'sent' ? 'sent' : 'failed';
    await tx.$executeRaw`UPDATE digest SET state = ${state} WHERE person_id = ${key.personId} AND opening = ${key.opening}::timestamptz`;
    await tx.$executeRaw`UPDATE notice SET state = ${state}, reason = ${outcome === 'sent' ? null : response}
      WHERE person_id = ${key.personId} AND opening = ${key.opening}::timestamptz AND state = 'sealed'`;
    return outcome === 'sent' ? [] : tellOffice(tx, database, key, now);
  });
}

/** Marks that the deliveries of these digests run. */
export async function markStarted(database: Database, keys: readonly DigestKey[]): Promise<void> {
  if (keys.length > 0)
    await database.$executeRaw`UPDATE digest d SET started = true
      FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS k("personId" text, opening timestamptz)
      WHERE d.person_id = k."personId" AND d.opening = k.opening AND NOT d.started`;
}

/** Digests whose delivery has not ended. */
export async function openDigests(database: Database): Promise<DigestKey[]> {
  const rows = await database.digest.findMany({
    where: { state: { in: ['open', 'sealed'] } },
    select: { personId: true, opening: true },
    orderBy: { opening: 'asc' },
  });
  return rows.map(({ personId, opening }) => ({ personId, opening: fromMillis(opening.getTime()) }));
}

/**
 * A message that cannot reach its person goes to the rectification office, which then knows that it did not; to the inspection
 * office when the person is the only one there. What has been closed meanwhile is withdrawn instead.
 */
async function tellOffice(tx: Transaction, owner: Database, key: DigestKey, now: Instant): Promise<DigestKey[]> {
  const context = await loadRules(tx, owner);
  await tx.$executeRaw`UPDATE notice n SET state = 'withdrawn', reason = coalesce(o.closed_by, 'closed') FROM obligation o
    WHERE n.person_id = ${key.personId} AND n.opening = ${key.opening}::timestamptz AND n.state = 'failed'
      AND o.stream_id = n.stream_id AND o.id = n.obligation_id AND o.closed_at IS NOT NULL`;
  const failed = await tx.$queryRaw<FailedNotice[]>`
    SELECT stream_id, obligation_id, rung, occurrence, label, tone, due_on,
      (SELECT array_agg(t.person_id) FROM notice t WHERE (t.stream_id, t.obligation_id, t.rung, t.occurrence) = (n.stream_id, n.obligation_id, n.rung, n.occurrence)) AS told
    FROM notice n WHERE person_id = ${key.personId} AND opening = ${key.opening}::timestamptz AND state = 'failed'
    ORDER BY stream_id, obligation_id, occurrence`;
  const others = (role: 'rectificationOffice' | 'inspectionOffice'): NoticeFact['recipients'] =>
    holders(context.directory, anywhere, role, dateOf(now))
      .filter((id) => id !== key.personId)
      .map((personId) => ({ personId, roles: [role], vacant: [] }));
  const office = others('rectificationOffice');
  const instead = office.length > 0 ? office : others('inspectionOffice');
  const made: DigestKey[] = [];
  for (const [streamId, notices] of groupBy(failed, ({ stream_id }) => stream_id)) {
    const fired = notices.map((notice): NoticeFact => ({
      dutyId: notice.obligation_id,
      rung: notice.rung,
      occurrence: notice.occurrence,
      label: `${notice.label}（邮件未能送达原收件人）`,
      tone: notice.tone,
      dueOn: localDay(notice.due_on),
      recipients: instead.filter(({ personId }) => !notice.told.includes(personId)),
    }));
    made.push(...(await settleNotices(tx, { streamId, fired, closed: [], context, now })));
  }
  return made;
}

interface FailedNotice {
  readonly stream_id: string;
  readonly obligation_id: string;
  readonly rung: string;
  readonly occurrence: number;
  readonly label: string;
  readonly tone: Tone;
  readonly due_on: Date;
  readonly told: readonly string[];
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

async function lockDigest(tx: Transaction, { personId, opening }: DigestKey): Promise<DigestRow | null> {
  const rows = await tx.$queryRaw<DigestRow[]>`
    SELECT state, message_id FROM digest WHERE person_id = ${personId} AND opening = ${opening}::timestamptz FOR UPDATE`;
  return rows[0] ?? null;
}

async function rungsStillDue(tx: Transaction, opening: Instant): Promise<boolean> {
  const rows = await tx.$queryRaw<{ due: boolean }[]>`
    SELECT EXISTS (SELECT FROM stream WHERE kind IN ('issue', 'round', 'base') AND NOT final AND next_wake_at <= ${opening}::timestamptz) AS due`;
  return rows[0]?.due === true;
}

const pendingNotices = (tx: Transaction, { personId, opening }: DigestKey): Promise<CarriedNotice[]> =>
  tx.$queryRaw<CarriedNotice[]>`
    SELECT stream_id, obligation_id, rung, occurrence, roles, vacant, tone, label FROM notice
    WHERE person_id = ${personId} AND opening = ${opening}::timestamptz AND state = 'pending'
    ORDER BY stream_id, obligation_id, created_at, occurrence FOR UPDATE`;

/** What was closed before it could be withdrawn (the office told of a refused mail while a command was closing it). */
async function dropClosed(tx: Transaction, { personId, opening }: DigestKey): Promise<void> {
  await tx.$executeRaw`UPDATE notice n SET state = 'withdrawn', reason = coalesce(o.closed_by, 'closed') FROM obligation o
    WHERE n.person_id = ${personId} AND n.opening = ${opening}::timestamptz AND n.state = 'pending'
      AND o.stream_id = n.stream_id AND o.id = n.obligation_id AND o.closed_at IS NOT NULL`;
}

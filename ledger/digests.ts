import type { RuleContext } from '../domain/context';
import type { DigestContent, SealedMessage } from '../domain/digest';
import type { Directory } from '../domain/directory';
import { organisationOf } from '../domain/directory-tree';
import { nextOpening } from '../domain/openings';
import type { Letter } from '../domain/paper/letter';
import { anywhere, holders, personOf } from '../domain/parties';
import { liaisonOf, waysTo, type Way } from '../domain/reach';
import type { Tone } from '../domain/policy/policy';
import type { Role } from '../domain/roles';
import { heldOn } from '../domain/substitutes';
import { addMillis, dateOf, fromMillis, type Instant, type LocalDate } from '../domain/time';
import { inTransaction, localDay, type Database, type Transaction } from './database';
import { digestContent, type CarriedNotice } from './digest-content';
import { papersOf } from './digest-papers';
import { PATIENCE_MS, settleNotices, type DigestKey, type NoticeFact } from './notices';
import { preferencesOf, usual } from './preferences';
import { loadRules } from './rules';

/** What the delivery of a digest finds when it claims. */
export type Claim =
  | { readonly state: 'early'; readonly opensAt: Instant }
  | { readonly state: 'waiting' }
  /** Nothing to say; what it carried may have moved on into these, whose delivery nobody has started yet. */
  | { readonly state: 'empty'; readonly newDigests: readonly DigestKey[] }
  | { readonly state: 'sealed'; readonly messageId: string }
  | { readonly state: 'done' };

export interface DigestRow {
  readonly state: string;
  readonly message_id: string | null;
  readonly channels: readonly Way[];
  readonly resent_by: string | null;
  readonly handed_at: Date | null;
}

/** How a message and the documents that go with it are made. */
export interface Making {
  readonly render: (content: DigestContent) => Promise<SealedMessage>;
  /** A signed letter as a docx. */
  readonly compose: (letter: Letter) => Promise<Uint8Array>;
}

/**
 * Claims a digest at its opening: drops what has been closed, renders, stores the bytes, seals. Once; a second claim finds the
 * same bytes. Before the opening it is `early`; while rungs of the opening are still due it is `waiting`, for 15 minutes at most.
 */
export async function claimDigest(database: Database, key: DigestKey, now: Instant, { render, compose }: Making): Promise<Claim> {
  if (now < key.opening) return { state: 'early', opensAt: key.opening };
  return inTransaction(
    database,
    async (tx) => {
      const row = await lockDigest(tx, key);
      if (row === null || row.state === 'empty') return { state: 'empty', newDigests: await unstartedOf(tx, key) };
      if (row.state === 'sealed') return { state: 'sealed', messageId: row.message_id ?? '' };
      if (row.state !== 'open') return { state: 'done' };
      if (now < addMillis(key.opening, PATIENCE_MS) && (await rungsStillDue(tx, key.opening))) return { state: 'waiting' };
      await dropClosed(tx, key);
      const context = await loadRules(tx, database);
      const preference = (await preferencesOf(tx, [key.personId])).get(key.personId) ?? usual;
      const missed = dateOf(now) > dateOf(key.opening);
      const notices = await pendingNotices(tx, key);
      if (missed && notices.length > 0) await moveOn(tx, key, { now, context, opensAt: preference.opensAt });
      if (missed || notices.length === 0) {
        await tx.$executeRaw`UPDATE digest SET state = 'empty', claimed_at = ${now}::timestamptz WHERE person_id = ${key.personId} AND opening = ${key.opening}::timestamptz`;
        return { state: 'empty', newDigests: await unstartedOf(tx, key) };
      }
      const content = await digestContent(tx, notices, { ...key, now, context, owner: database });
      const papers = await papersOf(tx, notices, compose);
      const { messageId, subject, bytes, summary } = await render({ ...content, papers });
      const channels = waysTo(context.directory, key.personId, preference, dateOf(now));
      await tx.digest.update({
        where: { personId_opening: { personId: key.personId, opening: new Date(key.opening) } },
        data: { state: 'sealed', messageId, subject, bytes, ...(summary ? { summary } : {}), channels, claimedAt: new Date(now) },
      });
      await tx.$executeRaw`UPDATE notice SET state = 'sealed', message_id = ${messageId}
      WHERE person_id = ${key.personId} AND opening = ${key.opening}::timestamptz AND state = 'pending'`;
      return { state: 'sealed', messageId };
    },
    CLAIM_MS,
  );
}

/** A message of thousands of items takes its time. */
const CLAIM_MS = 60_000;

/**
 * After an outage a message does not go out at whatever hour the service is back: what it carried goes to the person's next opening,
 * into one message with what has become due meanwhile.
 */
async function moveOn(
  tx: Transaction,
  { personId, opening }: DigestKey,
  { now, context, opensAt }: { now: Instant; context: RuleContext; opensAt: number | null },
): Promise<void> {
  const after = (instant: Instant): Instant => nextOpening(context.calendar, instant, { roles: [], tone: 'red', opensAt });
  const next = await openDigest(tx, { personId, opening: after(now) }, after);
  await tx.$executeRaw`UPDATE notice SET opening = ${next.opening}::timestamptz
    WHERE person_id = ${personId} AND opening = ${opening}::timestamptz AND state = 'pending'`;
}

/** The first digest of a person from `key` on that no message was written for, locked; made when it is not there. */
export async function openDigest(tx: Transaction, { personId, opening }: DigestKey, next: (after: Instant) => Instant): Promise<DigestKey> {
  for (let at = opening; ; at = next(at)) {
    await tx.$executeRaw`INSERT INTO digest (person_id, opening, state, started) VALUES (${personId}, ${at}::timestamptz, 'open', false)
      ON CONFLICT DO NOTHING`;
    const row = await lockDigest(tx, { personId, opening: at });
    if (row?.state === 'open') return { personId, opening: at };
  }
}

/** Open digests of the person whose delivery nobody has started: a claim that is repeated after a crash finds here what it moved on. */
const unstartedOf = async (tx: Transaction, { personId }: DigestKey): Promise<DigestKey[]> =>
  keysOf(await tx.digest.findMany({ where: { personId, state: 'open', started: false }, select: keyColumns, orderBy: { opening: 'asc' } }));

/** A sealed message and the way it goes next. */
export interface Outgoing {
  readonly way: Way;
  /** The mailbox for mail: the person's, or of the liaison who passes it on. */
  readonly address: string;
  readonly bytes: Uint8Array;
  /** What channels other than mail send. */
  readonly summary: unknown;
}

/**
 * The sealed message of a digest and where it goes next; null when it was sent, failed, or waits for a telephone call. From here on an
 * attempt is under way: one that was never recorded, because its process ended, is recorded now as `interrupted`.
 */
export async function outgoing(database: Database, key: DigestKey, now: Instant): Promise<Outgoing | null> {
  return inTransaction(database, async (tx) => {
    const locked = await lockDigest(tx, key);
    if (locked?.state !== 'sealed') return null;
    const own = { personId: key.personId, opening: new Date(key.opening) };
    // what was sealed by an older program knows of mail only
    const way = locked.channels[0] ?? 'smtp';
    if (locked.handed_at !== null) {
      const lost = { channel: way, outcome: 'interrupted', response: '进程中断，结果不明', millis: 0, actor: locked.resent_by };
      await tx.delivery.create({ data: { ...own, ...lost, attemptedAt: locked.handed_at } });
    }
    const { bytes, summary } = await tx.digest.update({ where: { personId_opening: own }, data: { handedAt: new Date() } });
    const { directory } = await loadRules(tx, database);
    const reader = way === 'liaison' ? liaisonOf(directory, key.personId, dateOf(now)) : key.personId;
    const address = reader === null ? '' : (personOf(directory, reader)?.email ?? '');
    return { way, address, bytes: bytes ?? new Uint8Array(), summary };
  });
}

/** How one attempt ended: `deferred` is tried again the same way. */
export interface Attempt {
  readonly outcome: 'sent' | 'refused' | 'deferred';
  readonly response: string;
  readonly millis: number;
}

/** What is left to do after an attempt. */
export interface AfterAttempt {
  /** Another way is left to be tried. */
  readonly onward: boolean;
  readonly newDigests: readonly DigestKey[];
}

/**
 * Records an attempt. One that was refused for ever goes on by the next way, and the rectification office hears of it; when only a
 * telephone call is left, the message waits for somebody who calls. A message that somebody else has settled meanwhile stays settled.
 */
export async function recordAttempt(
  database: Database,
  key: DigestKey,
  { way, attempt, now }: { way: Way; attempt: Attempt; now: Instant },
): Promise<AfterAttempt> {
  return inTransaction(database, async (tx) => {
    const row = await lockDigest(tx, key);
    if (row?.state !== 'sealed' || (row.channels[0] ?? 'smtp') !== way) return { onward: row?.state === 'sealed', newDigests: [] };
    const { outcome, response, millis } = attempt;
    const own = { personId: key.personId, opening: new Date(key.opening) };
    const began = row.handed_at === null ? {} : { attemptedAt: row.handed_at };
    await tx.delivery.create({ data: { ...own, ...began, channel: way, outcome, response, millis, actor: row.resent_by } });
    if (outcome === 'deferred') {
      await tx.digest.update({ where: { personId_opening: own }, data: { handedAt: null } });
      return { onward: true, newDigests: [] };
    }
    const left = outcome === 'sent' ? [] : row.channels.slice(1);
    const state = outcome === 'sent' ? 'sent' : standOf(left);
    await tx.digest.update({ where: { personId_opening: own }, data: { state, channels: left, resentBy: null, handedAt: null } });
    if (state !== 'sealed') await endNotices(tx, key, state === 'sent' ? 'sent' : 'failed', response);
    if (state === 'sent') return { onward: false, newDigests: [] };
    return { onward: state === 'sealed', newDigests: await tellOffice(tx, database, key, { now, instead: state }) };
  });
}

/** How a message stands by the ways that are left. */
const standOf = (left: readonly Way[]): keyof typeof undelivered =>
  left.length === 0 ? 'failed' : left[0] === 'call' ? 'toCall' : 'sealed';

/** What a message carried was told, or reached nobody. */
export const endNotices = (
  tx: Transaction,
  { personId, opening }: DigestKey,
  state: 'sent' | 'failed',
  response: string,
): Promise<number> =>
  tx.$executeRaw`UPDATE notice SET state = ${state}, reason = ${state === 'sent' ? null : response}
    WHERE person_id = ${personId} AND opening = ${opening}::timestamptz AND state IN ('sealed', 'failed')`;

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
    select: keyColumns,
    orderBy: { opening: 'asc' },
  });
  return keysOf(rows);
}

const keyColumns = { personId: true, opening: true } as const;
const keysOf = (rows: readonly { readonly personId: string; readonly opening: Date }[]): DigestKey[] =>
  rows.map(({ personId, opening }) => ({ personId, opening: fromMillis(opening.getTime()) }));

/** What the office reads of a message that did not reach its person. */
const undelivered = {
  sealed: '邮件未能送达原收件人，已改用其他方式',
  toCall: '未能送达原收件人，请电话提醒',
  failed: '未能送达原收件人',
} as const;

/**
 * A message that could not be handed over one way is told to the rectification office, which then knows that it was not; to the
 * inspection office when the person is the only one there. Nobody is told of the same notice twice. What has been closed meanwhile and
 * reached nobody is withdrawn instead.
 */
async function tellOffice(
  tx: Transaction,
  owner: Database,
  key: DigestKey,
  { now, instead }: { now: Instant; instead: keyof typeof undelivered },
): Promise<DigestKey[]> {
  const context = await loadRules(tx, owner);
  await tx.$executeRaw`UPDATE notice n SET state = 'withdrawn', reason = coalesce(o.closed_by, 'closed') FROM obligation o
    WHERE n.person_id = ${key.personId} AND n.opening = ${key.opening}::timestamptz AND n.state = 'failed'
      AND o.stream_id = n.stream_id AND o.id = n.obligation_id AND o.closed_at IS NOT NULL`;
  const carried = await tx.$queryRaw<CarriedFact[]>`
    SELECT stream_id, obligation_id, rung, occurrence, label, tone, due_on,
      (SELECT array_agg(t.person_id) FROM notice t WHERE (t.stream_id, t.obligation_id, t.rung, t.occurrence) = (n.stream_id, n.obligation_id, n.rung, n.occurrence)) AS told
    FROM notice n WHERE person_id = ${key.personId} AND opening = ${key.opening}::timestamptz AND state IN ('sealed', 'failed')
    ORDER BY stream_id, obligation_id, occurrence`;
  const others = (role: 'rectificationOffice' | 'inspectionOffice'): NoticeFact['recipients'] =>
    officesNear(context.directory, key.personId, role, dateOf(now))
      .filter((id) => id !== key.personId)
      .map((personId) => ({ personId, roles: [role], vacant: [] }));
  const office = others('rectificationOffice');
  const hear = office.length > 0 ? office : others('inspectionOffice');
  const made: DigestKey[] = [];
  for (const [streamId, notices] of groupBy(carried, ({ stream_id }) => stream_id)) {
    const fired = notices.map((notice): NoticeFact => ({
      dutyId: notice.obligation_id,
      rung: notice.rung,
      occurrence: notice.occurrence,
      label: `${notice.label}（${undelivered[instead]}）`,
      tone: notice.tone,
      dueOn: localDay(notice.due_on),
      recipients: hear.filter(({ personId }) => !notice.told.includes(personId)),
    }));
    made.push(...(await settleNotices(tx, { streamId, fired, closed: [], context, now })));
  }
  return made;
}

/** Holders of an office's role around a person: in the person's organisation, else wherever there are any. */
function officesNear(directory: Directory, personId: string, role: Role, on: LocalDate): readonly string[] {
  const own = directory.posts.filter((post) => post.personId === personId && heldOn(post, on));
  const [organisationId, ...more] = [...new Set(own.map(({ unitId }) => organisationOf(directory, unitId)?.id ?? null))];
  const near = organisationId == null || more.length > 0 ? [] : holders(directory, { ...anywhere, organisationId }, role, on);
  return near.length > 0 ? near : holders(directory, anywhere, role, on);
}

interface CarriedFact {
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

export async function lockDigest(tx: Transaction, { personId, opening }: DigestKey): Promise<DigestRow | null> {
  const rows = await tx.$queryRaw<DigestRow[]>`
    SELECT state, message_id, channels, resent_by, handed_at FROM digest WHERE person_id = ${personId} AND opening = ${opening}::timestamptz FOR UPDATE`;
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

import type { RuleContext } from '../domain/context';
import type { RungFired } from '../domain/obligation/events';
import { nextOpening } from '../domain/openings';
import { addMillis, fromMillis, later, type Instant } from '../domain/time';
import { insertRows, type Transaction } from './database';
import { preferencesOf } from './preferences';
import { gapsOf, toldReason } from './restoration-gaps';

/** How long an opening waits for rungs that are still due at it. */
export const PATIENCE_MS = 15 * 60_000;

/** A digest row: one person, one opening. */
export interface DigestKey {
  readonly personId: string;
  readonly opening: Instant;
}

/** A rung that fired, as far as its notices go. */
export type NoticeFact = Pick<RungFired, 'dutyId' | 'rung' | 'occurrence' | 'label' | 'tone' | 'dueOn' | 'recipients' | 'urgent'> &
  Partial<Pick<RungFired, 'at'>>;

/** An obligation that has ended, and by what. */
export interface ClosedDuty {
  readonly id: string;
  readonly closedBy: string | null;
}

interface NewNotice {
  readonly fact: NoticeFact;
  readonly recipient: NoticeFact['recipients'][number];
  /** What closed the obligation in the very step that fired the rung: then nobody needs to hear of it. */
  readonly closedBy: string | undefined;
  /** When the person prefers to be told, in minutes after midnight. */
  readonly opensAt: number | null;
  /** Its opening lies in a time that a restored backup knows nothing of: it may have been told, or was by what a person said. */
  readonly withheld: 'withheld' | 'told' | null;
  opening: Instant;
}

/** How a new notice begins, and why it is withdrawn at once. */
function beginningOf({ closedBy, withheld }: NewNotice): { readonly state: string; readonly reason: string | null } {
  if (closedBy !== undefined) return { state: 'withdrawn', reason: closedBy };
  if (withheld === 'told') return { state: 'withdrawn', reason: toldReason };
  return { state: withheld ?? 'pending', reason: null };
}

/**
 * Writes the notices of fired rungs, attaches each to its person's next digest that is not sealed, and withdraws the notices of
 * closed obligations that no message carries yet. Returns the digests that this transaction made: whoever made one starts its
 * delivery after the commit. Every digest concerned is locked first, in key order, so that writers and claims never wait in a ring.
 */
export async function settleNotices(
  tx: Transaction,
  {
    streamId,
    fired,
    closed,
    context,
    now,
  }: { streamId: string; fired: readonly NoticeFact[]; closed: readonly ClosedDuty[]; context: RuleContext; now: Instant },
): Promise<DigestKey[]> {
  const closedBy = new Map(closed.map((duty) => [duty.id, duty.closedBy ?? 'closed']));
  const persons = [...new Set(fired.flatMap(({ recipients }) => recipients.map(({ personId }) => personId)))];
  const preferences = await preferencesOf(tx, persons);
  const afterGap = await gapsOf(tx);
  const notices = fired.flatMap((fact) =>
    fact.recipients.map((recipient): NewNotice => {
      const notice = { fact, recipient, opensAt: preferences.get(recipient.personId)?.opensAt ?? null };
      const then = afterGap(openingFor(context, fact.at ?? now, notice));
      const opening = openingFor(context, then === 'pending' ? tellableSince(fact, now) : (fact.at ?? now), notice);
      return { ...notice, closedBy: closedBy.get(fact.dutyId), withheld: then === 'pending' ? null : then, opening };
    }),
  );
  if (notices.length === 0 && closed.length === 0) return [];
  const made = await holdDigests(
    tx,
    notices.filter((notice) => notice.closedBy === undefined && notice.withheld === null),
    { streamId, closed, context },
  );
  await insertNotices(tx, streamId, notices, now);
  if (closed.length > 0)
    await tx.$executeRaw`UPDATE notice SET state = 'withdrawn', reason = c.closed_by
      FROM jsonb_to_recordset(${JSON.stringify([...closedBy].map(([id, by]) => ({ id, closed_by: by })))}::jsonb) AS c(id text, closed_by text)
      WHERE stream_id = ${streamId} AND obligation_id = c.id AND state IN ('pending', 'withheld')`;
  return made;
}

/** Digests of an account whose delivery nobody has started yet: a step that is repeated after a crash finds them here. */
export async function unstartedDigests(tx: Transaction, streamId: string): Promise<DigestKey[]> {
  const rows = await tx.$queryRaw<KeyRow[]>`
    SELECT DISTINCT d.person_id, d.opening FROM digest d JOIN notice n ON n.person_id = d.person_id AND n.opening = d.opening
    WHERE n.stream_id = ${streamId} AND NOT d.started ORDER BY d.person_id, d.opening`;
  return rows.map(keyOf);
}

interface KeyRow {
  readonly person_id: string;
  readonly opening: Date;
}

const keyOf = (row: KeyRow): DigestKey => ({ personId: row.person_id, opening: fromMillis(row.opening.getTime()) });
const textOf = ({ personId, opening }: DigestKey): string => `${personId} ${opening}`;
const digestOf = ({ recipient, opening }: NewNotice): DigestKey => ({ personId: recipient.personId, opening });

/** A rung that fires late by no more than a message waits for it still stands in the message of its own opening. */
const tellableSince = ({ at }: NoticeFact, now: Instant): Instant => later(at ?? now, addMillis(now, -PATIENCE_MS));

function openingFor(
  { calendar }: RuleContext,
  after: Instant,
  { fact: { tone, urgent }, recipient, opensAt }: Pick<NewNotice, 'fact' | 'recipient' | 'opensAt'>,
): Instant {
  const { roles, vacant } = recipient;
  return nextOpening(calendar, after, {
    roles: vacant.length > 0 ? ['rectificationOffice'] : roles,
    tone,
    urgent: urgent === true,
    opensAt,
  });
}

/**
 * Holds the digests of new notices and of those to be withdrawn against a claim until this transaction ends. A digest that was
 * sealed meanwhile sends its notice to the next opening: all locks are given back first, so that the order of locking stands.
 */
async function holdDigests(
  tx: Transaction,
  notices: readonly NewNotice[],
  { streamId, closed, context }: { streamId: string; closed: readonly ClosedDuty[]; context: RuleContext },
): Promise<DigestKey[]> {
  const withdrawn =
    closed.length === 0
      ? []
      : await tx.$queryRaw<KeyRow[]>`SELECT DISTINCT person_id, opening FROM notice
          WHERE stream_id = ${streamId} AND obligation_id = ANY(${closed.map(({ id }) => id)}::text[]) AND state = 'pending'`;
  if (notices.length === 0 && withdrawn.length === 0) return [];
  for (;;) {
    await tx.$executeRaw`SAVEPOINT digests`;
    const { inserted, sealed } = await lockDigests(tx, [...notices.map(digestOf), ...withdrawn.map(keyOf)]);
    const late = notices.filter((notice) => sealed.has(textOf(digestOf(notice))));
    if (late.length === 0) return inserted;
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT digests`;
    for (const notice of late) notice.opening = openingFor(context, notice.opening, notice);
  }
}

/** Inserts the rows that are missing and locks all of them, in key order. */
async function lockDigests(tx: Transaction, keys: readonly DigestKey[]): Promise<{ inserted: DigestKey[]; sealed: Set<string> }> {
  const json = JSON.stringify([...new Map(keys.map((key) => [textOf(key), { person_id: key.personId, opening: key.opening }])).values()]);
  const inserted = await tx.$queryRaw<KeyRow[]>`
    INSERT INTO digest (person_id, opening, state, started)
    SELECT person_id, opening, 'open', false FROM jsonb_to_recordset(${json}::jsonb) AS r(person_id text, opening timestamptz)
    ORDER BY person_id, opening ON CONFLICT DO NOTHING RETURNING person_id, opening`;
  const held = await tx.$queryRaw<(KeyRow & { state: string })[]>`
    SELECT d.person_id, d.opening, d.state FROM digest d
    JOIN jsonb_to_recordset(${json}::jsonb) AS r(person_id text, opening timestamptz) USING (person_id, opening)
    ORDER BY d.person_id, d.opening FOR SHARE OF d`;
  return { inserted: inserted.map(keyOf), sealed: new Set(held.filter(({ state }) => state !== 'open').map((row) => textOf(keyOf(row)))) };
}

const insertNotices = (tx: Transaction, streamId: string, notices: readonly NewNotice[], now: Instant): Promise<number> =>
  insertRows(tx, {
    table: 'notice',
    columns:
      'stream_id text, obligation_id text, rung text, occurrence int, person_id text, roles text[], vacant text[], tone text, label text, due_on date, opening timestamptz, created_at timestamptz, state text, reason text',
    rows: notices.map((notice) => ({
      stream_id: streamId,
      obligation_id: notice.fact.dutyId,
      rung: notice.fact.rung,
      occurrence: notice.fact.occurrence,
      person_id: notice.recipient.personId,
      roles: notice.recipient.roles,
      vacant: notice.recipient.vacant,
      tone: notice.fact.tone,
      label: notice.fact.label,
      due_on: notice.fact.dueOn,
      opening: notice.opening,
      created_at: now,
      ...beginningOf(notice),
    })),
  });

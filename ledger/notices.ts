import type { RuleContext } from '../domain/issue/context';
import type { ForecastRung } from '../domain/issue/forecast';
import { nextOpening } from '../domain/openings';
import { fromMillis, type Instant } from '../domain/time';
import { insertRows, type Transaction } from './database';

/** A digest row: one person, one opening. */
export interface DigestKey {
  readonly personId: string;
  readonly opening: Instant;
}

interface Pending {
  readonly rung: ForecastRung;
  readonly recipient: ForecastRung['recipients'][number];
  opening: Instant;
}

/**
 * Writes the notices of fired rungs and attaches each to its person's next digest that is not sealed. Returns the digests that
 * this transaction made: whoever made one starts its delivery after the commit.
 */
export async function attachNotices(
  tx: Transaction,
  { issueId, fired, context, now }: { issueId: string; fired: readonly ForecastRung[]; context: RuleContext; now: Instant },
): Promise<DigestKey[]> {
  const pending: Pending[] = fired.flatMap((rung) =>
    rung.recipients.map((recipient) => ({ rung, recipient, opening: openingFor(context, now, rung, recipient) })),
  );
  const made: DigestKey[] = [];
  for (let unsettled = pending; unsettled.length > 0; ) {
    const { inserted, sealed } = await ensureDigests(tx, unsettled);
    made.push(...inserted);
    unsettled = unsettled.filter((one) => sealed.has(keyOf(one)));
    for (const one of unsettled) one.opening = openingFor(context, one.opening, one.rung, one.recipient);
  }
  await insertRows(tx, {
    table: 'notice',
    columns:
      'issue_id text, obligation_id text, rung text, occurrence int, person_id text, roles text[], vacant text[], tone text, label text, due_on date, opening timestamptz, created_at timestamptz, state text',
    rows: pending.map(({ rung, recipient, opening }) => ({
      issue_id: issueId,
      obligation_id: rung.dutyId,
      rung: rung.rung,
      occurrence: rung.occurrence,
      person_id: recipient.personId,
      roles: recipient.roles,
      vacant: recipient.vacant,
      tone: rung.tone,
      label: rung.label,
      due_on: rung.dueOn,
      opening,
      created_at: now,
      state: 'pending',
    })),
  });
  return made;
}

/** Withdraws the notices of closed obligations that no message carries yet. */
export async function withdrawNotices(tx: Transaction, issueId: string, closed: readonly { id: string; closedBy: string | null }[]): Promise<void> {
  for (const duty of closed)
    await tx.$executeRaw`UPDATE notice SET state = 'withdrawn', reason = ${duty.closedBy ?? 'closed'}
      WHERE issue_id = ${issueId} AND obligation_id = ${duty.id} AND state = 'pending'`;
}

/** Digests of an issue whose delivery nobody has started yet: a step that is repeated after a crash finds them here. */
export async function unstartedDigests(tx: Transaction, issueId: string): Promise<DigestKey[]> {
  const rows = await tx.$queryRaw<{ person_id: string; opening: Date }[]>`
    SELECT DISTINCT d.person_id, d.opening FROM digest d JOIN notice n ON n.person_id = d.person_id AND n.opening = d.opening
    WHERE n.issue_id = ${issueId} AND NOT d.started ORDER BY d.person_id, d.opening`;
  return rows.map((row) => ({ personId: row.person_id, opening: fromMillis(row.opening.getTime()) }));
}

const keyOf = (one: { recipient: { personId: string }; opening: Instant }): string => `${one.recipient.personId} ${one.opening}`;

const openingFor = (context: RuleContext, after: Instant, rung: ForecastRung, { roles, vacant }: Pending['recipient']): Instant =>
  nextOpening(context.calendar, after, vacant.length > 0 ? ['rectificationOffice'] : roles, rung.tone);

/** Inserts the rows that are missing, in key order, and holds all of them against a claim until this transaction ends. */
async function ensureDigests(tx: Transaction, wanted: readonly Pending[]): Promise<{ inserted: DigestKey[]; sealed: Set<string> }> {
  const keys = [...new Map(wanted.map((one) => [keyOf(one), { person_id: one.recipient.personId, opening: one.opening }])).values()].sort(
    (a, b) => (a.person_id < b.person_id ? -1 : a.person_id > b.person_id ? 1 : a.opening < b.opening ? -1 : 1),
  );
  const json = JSON.stringify(keys);
  const inserted = await tx.$queryRaw<{ person_id: string; opening: Date }[]>`
    INSERT INTO digest (person_id, opening, state, started)
    SELECT person_id, opening, 'open', false FROM jsonb_to_recordset(${json}::jsonb) AS r(person_id text, opening timestamptz)
    ORDER BY person_id, opening ON CONFLICT DO NOTHING RETURNING person_id, opening`;
  const held = await tx.$queryRaw<{ person_id: string; opening: Date; state: string }[]>`
    SELECT d.person_id, d.opening, d.state FROM digest d
    JOIN jsonb_to_recordset(${json}::jsonb) AS r(person_id text, opening timestamptz) USING (person_id, opening)
    ORDER BY d.person_id, d.opening FOR SHARE OF d`;
  const key = (row: { person_id: string; opening: Date }): DigestKey => ({ personId: row.person_id, opening: fromMillis(row.opening.getTime()) });
  return {
    inserted: inserted.map(key),
    sealed: new Set(held.filter((row) => row.state !== 'open').map((row) => `${row.person_id} ${fromMillis(row.opening.getTime())}`)),
  };
}

import { createHash } from 'node:crypto';
import { simpleParser } from 'mailparser';
import type { Database } from '../../ledger/database';
import type { Taken } from './mail-stand-in';

/** What became of one message: in the ledger, and at the mail server. */
export interface MessageTally {
  readonly personId: string;
  readonly state: string;
  /** Mails that the server answered 250 with this message's Message-ID. */
  readonly copies: number;
  /** Whether every copy has the bytes that the ledger sealed. */
  readonly same: boolean;
  /** What was recorded of attempts, oldest first. */
  readonly recorded: readonly { readonly outcome: string; readonly response: string; readonly millis: number }[];
  /** What the server said to the last copy. */
  readonly lastAnswer: string | null;
}

/** Every sealed message, by the order of openings. Shares no code with claim and delivery. */
export async function tallyMessages(database: Database, taken: readonly Taken[]): Promise<MessageTally[]> {
  const mails = await Promise.all(taken.map(async (mail) => ({ ...mail, messageId: (await simpleParser(mail.bytes)).messageId })));
  const digests = await database.digest.findMany({ where: { bytes: { not: null } }, orderBy: [{ opening: 'asc' }, { personId: 'asc' }] });
  return Promise.all(
    digests.map(async ({ personId, opening, state, messageId, bytes }) => {
      const copies = mails.filter((mail) => mail.messageId === messageId);
      const recorded = await database.delivery.findMany({
        where: { personId, opening },
        select: { outcome: true, response: true, millis: true },
        orderBy: { id: 'asc' },
      });
      const same = copies.every((copy) => bytes !== null && copy.bytes.equals(bytes));
      return { personId, state, copies: copies.length, same, recorded, lastAnswer: copies.at(-1)?.answer ?? null };
    }),
  );
}

/** Where what was owed, what was noted and what was told do not agree; each entry names the fact and the person. */
export interface Disagreements {
  /** A fired rung owed somebody word, and no notice was written. */
  readonly unwritten: readonly string[];
  /** A rung that stands in the ledger more than once. */
  readonly firedTwice: readonly string[];
  /** Told by no message, or by messages with different Message-IDs, or to a mailbox that is not the person's. */
  readonly notToldOnce: readonly string[];
  /** Told by a mail although the ledger says that it was withdrawn or waits. */
  readonly toldWithoutRecord: readonly string[];
}

/** Compares fired rungs with notices, and notices with the marks in the mails that the server took. */
export async function disagreements(database: Database, taken: readonly Taken[]): Promise<Disagreements> {
  const unwritten = await database.$queryRaw<{ name: string }[]>`
    SELECT concat_ws(' ', e.stream_id, e.payload->>'dutyId', e.payload->>'rung', r->>'personId') AS name
    FROM event e CROSS JOIN LATERAL jsonb_array_elements(e.payload->'recipients') AS r WHERE e.type = 'rungFired'
      AND NOT EXISTS (SELECT FROM notice n WHERE (n.stream_id, n.obligation_id, n.rung, n.occurrence, n.person_id)
        = (e.stream_id, e.payload->>'dutyId', e.payload->>'rung', (e.payload->>'occurrence')::int, r->>'personId'))`;
  const firedTwice = await database.$queryRaw<{ name: string }[]>`
    SELECT concat_ws(' ', stream_id, payload->>'dutyId', payload->>'rung', payload->>'occurrence') AS name
    FROM event WHERE type = 'rungFired' GROUP BY 1 HAVING count(*) > 1`;
  const told = await toldBy(taken);
  const notices = await database.notice.findMany();
  const notToldOnce: string[] = [];
  const toldWithoutRecord: string[] = [];
  for (const { streamId, obligationId, rung, occurrence, personId, state, messageId } of notices) {
    const messages = told.get(`${markOf(`${streamId}/${obligationId}/${rung}@${occurrence}`)} ${personId}@linjiang.example`) ?? new Set();
    const name = `${streamId} ${obligationId} ${rung} ${personId} (${state}): ${[...messages].join(' ')}`;
    if (state === 'sent' ? messages.size !== 1 || !messages.has(messageId ?? '') : messages.size > 0)
      (state === 'sent' ? notToldOnce : toldWithoutRecord).push(name);
  }
  const names = (rows: readonly { readonly name: string }[]): string[] => rows.map(({ name }) => name);
  return { unwritten: names(unwritten), firedTwice: names(firedTwice), notToldOnce, toldWithoutRecord };
}

/** Message-IDs by mark of a notice and mailbox. */
async function toldBy(taken: readonly Taken[]): Promise<Map<string, Set<string>>> {
  const told = new Map<string, Set<string>>();
  for (const { bytes, to } of taken) {
    const { headers, messageId = '' } = await simpleParser(bytes);
    const marks = headers.get('x-zhenggai-notices');
    for (const mark of typeof marks === 'string' ? marks.split(/\s+/) : []) {
      const key = `${mark} ${to}`;
      told.set(key, (told.get(key) ?? new Set()).add(messageId));
    }
  }
  return told;
}

const markOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 16);

import { spread } from '../../domain/result';
import { addMillis, type Instant } from '../../domain/time';
import { auditNotices } from '../../ledger/audit';
import { openDatabase, type Database } from '../../ledger/database';
import { claimDigest, openDigests, outgoing, recordAttempt } from '../../ledger/digests';
import { storeCommand } from '../../ledger/commands';
import type { DigestKey } from '../../ledger/notices';
import { advance, runCommand } from '../../ledger/step';
import { verifyLedger } from '../../ledger/verify';
import { composeLetter } from '../../papers/compose-letter';
import { openRound, openTestLedger, type TestLedger } from '../support/fixture';
import { assign, at, DAY_MS, sql } from './support';

const PARALLEL = 50;

let ledger: TestLedger;
let database: Database;
beforeAll(async () => {
  ledger = await openTestLedger();
  database = openDatabase(ledger.appUrl, PARALLEL);
});
afterAll(async () => {
  await database.$disconnect();
  await ledger.close();
});

test('50 side by side, of commands, wakes, claims and deliveries: no deadlock, nothing lost, the chain holds', async () => {
  const { issueIds } = await openRound(database, 50);
  const days = ['2026-03-02T09:30', '2026-03-03T08:30', '2026-03-09T08:30', '2026-04-20T08:30', '2026-06-30T08:30'].map(at);
  for (const [day, now] of days.entries()) {
    const command = [assign, { type: 'acknowledge' }][day] ?? { type: 'comment', note: '甲' };
    const actor = day === 0 ? 'office' : 'head';
    const opening = (await openDigests(database)).filter((digest) => digest.opening <= now);
    await sideBySide([
      ...issueIds.map(
        (issueId) => async () =>
          runCommand(database, await storeCommand(database, { streamId: issueId, actor, via: 'test', command }), now),
      ),
      // some clocks lag behind the others
      ...issueIds.map((id, place) => () => advance(database, id, place % 3 === 0 ? addMillis(now, -DAY_MS) : now)),
      ...opening.map((key, place) => () => deliver(key, addMillis(now, 16 * 60_000), place % 5 === 0 ? 'refused' : 'sent')),
    ]);
  }
  for (let open = await openDigests(database); open.length > 0; open = await openDigests(database))
    for (const key of open) await deliver(key, addMillis(key.opening, 16 * 60_000), 'sent');

  const [deadlocked] = await sql(ledger.ownerUrl, `SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()`);
  expect(deadlocked).toEqual({ deadlocks: 0 });
  expect((await verifyLedger(database)).problems).toEqual([]);
  expect(await auditNotices(database, at('2027-01-01T00:00'))).toMatchObject({ lost: 0 });
  const twice = await sql(ledger.ownerUrl, `SELECT stream_id FROM event WHERE type = 'assigned' GROUP BY stream_id HAVING count(*) > 1`);
  expect(twice).toEqual([]);
}, 180_000);

async function deliver(key: DigestKey, now: Instant, outcome: 'sent' | 'refused'): Promise<void> {
  await claimDigest(database, key, now, {
    render: () => Promise.resolve({ messageId: `${key.personId} ${key.opening}`, subject: '', bytes: new Uint8Array() }),
    compose: composeLetter,
  });
  const message = await outgoing(database, key, now);
  if (message) await recordAttempt(database, key, { way: message.way, attempt: { outcome, response: '', millis: 0 }, now });
}

/** Runs the jobs in an order that mixes their kinds (the same in every run), PARALLEL at a time. */
async function sideBySide(jobs: readonly (() => Promise<unknown>)[]): Promise<void> {
  const queue = [...jobs.entries()].sort(([a], [b]) => spread(String(a)) - spread(String(b))).map(([, job]) => job);
  await Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      for (let job = queue.shift(); job; job = queue.shift()) await threeTries(job);
    }),
  );
}

/** As the activity does it: a step that PostgreSQL had no time for is rolled back and tried again. */
async function threeTries(job: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await job();
      return;
    } catch (error) {
      if (tries === 3 || (error as { code?: string }).code !== 'P2028') throw error;
    }
  }
}

import { addMillis } from '../../domain/time';
import { auditNotices } from '../../ledger/audit';
import { claimDigest, openDigests, recordDelivery } from '../../ledger/digests';
import { storeCommand } from '../../ledger/commands';
import { advance, runCommand } from '../../ledger/step';
import { verifyLedger } from '../../ledger/verify';
import { openRound, openTestLedger, type TestLedger } from '../support/fixture';
import { assign, at, sql } from './support';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger.close());

const deadlocks = async (): Promise<number> =>
  Number(
    (await sql<{ deadlocks: string }>(ledger.ownerUrl, `SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`))[0]
      ?.deadlocks,
  );

test('50 commands, 50 advances, claims and deliveries side by side: no deadlock, nothing lost, the chain holds', async () => {
  const { issueIds } = await openRound(ledger.database, 50);
  const days = ['2026-03-02T09:30', '2026-03-03T08:30', '2026-03-09T08:30', '2026-03-20T08:30', '2026-04-20T08:30', '2026-06-30T08:30'].map(
    at,
  );
  for (const [index, now] of days.entries()) {
    const keys = await Promise.all(
      issueIds.map((issueId) =>
        storeCommand(ledger.database, {
          issueId,
          actor: index === 0 ? 'office' : 'head',
          via: 'test',
          command: index === 0 ? assign : index === 1 ? { type: 'acknowledge' } : { type: 'comment', note: '甲' },
        }),
      ),
    );
    const digests = (await openDigests(ledger.database)).filter(({ opening }) => opening <= now);
    await Promise.all([
      ...keys.map((key) => runCommand(ledger.database, key, now)),
      ...issueIds.map((id, place) => advance(ledger.database, id, place % 3 === 0 ? addMillis(now, -86_400_000) : now)), // some clocks lag
      ...digests.map(async (key, place) => {
        const late = addMillis(now, 16 * 60_000);
        await claimDigest(ledger.database, key, late, () =>
          Promise.resolve({ messageId: `${key.personId} ${key.opening}`, subject: '', bytes: new Uint8Array() }),
        );
        await recordDelivery(
          ledger.database,
          key,
          'smtp',
          { outcome: place % 5 === 0 ? 'refused' : 'sent', response: '', millis: 0 },
          late,
        );
      }),
    ]);
  }
  await settle();
  expect(await deadlocks()).toBe(0);
  expect((await verifyLedger(ledger.database)).problems).toEqual([]);
  expect(await auditNotices(ledger.database, at('2027-01-01T00:00'))).toMatchObject({ lost: 0 });
  const [twice] = await sql<{ count: number }>(
    ledger.ownerUrl,
    `SELECT count(*)::int FROM event WHERE type = 'assigned' GROUP BY stream_id HAVING count(*) > 1`,
  );
  expect(twice).toBeUndefined();
}, 120_000);

/** Delivers everything that is open, whatever that opens. */
async function settle(): Promise<void> {
  for (let open = await openDigests(ledger.database); open.length > 0; open = await openDigests(ledger.database))
    for (const key of open) {
      const late = addMillis(key.opening, 16 * 60_000);
      await claimDigest(ledger.database, key, late, () =>
        Promise.resolve({ messageId: `${key.personId} ${key.opening}`, subject: '', bytes: new Uint8Array() }),
      );
      await recordDelivery(ledger.database, key, 'smtp', { outcome: 'sent', response: '', millis: 0 }, late);
    }
}

import { inTransaction } from '../../ledger/database';
import { openTestLedger, type TestLedger } from '../support/fixture';
import { sql } from './support';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger.close());

test('a deadlock that PostgreSQL breaks is run again, whole', async () => {
  await sql(ledger.appUrl, `INSERT INTO counter VALUES ('a', 0), ('b', 0)`);
  let tries = 0;
  let arrived = 0;
  let bothHold = (): void => undefined;
  const meeting = new Promise<void>((resolve) => (bothHold = resolve));
  const raise = (first: string, second: string) =>
    inTransaction(ledger.database, async (tx) => {
      tries += 1;
      await tx.$executeRaw`UPDATE counter SET value = value + 1 WHERE name = ${first}`;
      arrived += 1;
      if (arrived === 2) bothHold();
      await meeting;
      await tx.$executeRaw`UPDATE counter SET value = value + 1 WHERE name = ${second}`;
    });
  await Promise.all([raise('a', 'b'), raise('b', 'a')]);
  expect(tries).toBe(3);
  expect(await sql(ledger.appUrl, `SELECT name, value FROM counter WHERE name IN ('a', 'b') ORDER BY name`)).toEqual([
    { name: 'a', value: 2 },
    { name: 'b', value: 2 },
  ]);
});

test('any other error is thrown at once', async () => {
  let tries = 0;
  const failing = inTransaction(ledger.database, async (tx) => {
    tries += 1;
    await tx.$executeRaw`SELECT 1 / 0`;
  });
  await expect(failing).rejects.toThrow('division by zero');
  expect(tries).toBe(1);
});

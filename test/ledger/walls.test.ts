import { openTestLedger, type TestLedger } from '../support/fixture';
import { live, openIssue, sql } from './support';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
  await live(ledger, await openIssue(ledger), 2);
  await sql(
    ledger.appUrl,
    `INSERT INTO delivery (person_id, opening, channel, outcome, response, millis) VALUES ('head', now(), 'smtp', 'sent', '250', 1)`,
  );
});
afterAll(() => ledger.close());

const appendOnly = ['event', 'rung', 'delivery', 'command', 'content'];
const columns: Record<string, string> = { event: 'actor', rung: 'label', delivery: 'response', command: 'actor', content: 'media_type' };
const changes = (table: string): string[] => [
  `UPDATE "${table}" SET ${columns[table]} = 'x'`,
  `DELETE FROM "${table}"`,
  `TRUNCATE "${table}"`,
];
const INSUFFICIENT_PRIVILEGE = '42501';

test.each(appendOnly.flatMap(changes))('the application may not: %s', async (statement) => {
  await expect(sql(ledger.appUrl, statement)).rejects.toMatchObject({
    code: INSUFFICIENT_PRIVILEGE,
    message: expect.stringMatching(/^permission denied/) as string,
  });
});

test.each(appendOnly.flatMap(changes))('the owner may not either: %s', async (statement) => {
  await expect(sql(ledger.ownerUrl, statement)).rejects.toMatchObject({
    code: INSUFFICIENT_PRIVILEGE,
    message: expect.stringMatching(/append-only/) as string,
  });
});

test.each([
  ['decide a command twice', `UPDATE command SET outcome = '{}' WHERE outcome IS NOT NULL`],
  ['write other bytes into a content', `UPDATE content SET bytes = 'x'`],
  ['take the bytes and leave no date', `UPDATE content SET bytes = NULL, salt = NULL`],
  ['count backwards', `UPDATE counter SET value = value - 1`],
])('the application may not %s', async (_, statement) => {
  await expect(sql(ledger.appUrl, statement)).rejects.toMatchObject({ message: expect.stringMatching(/append-only/) as string });
});

test.each(['unit', 'person', 'stream', 'issue', 'notice', 'digest', 'counter', 'setting', 'access_token'])(
  'the application may not delete from %s',
  async (table) => {
    await expect(sql(ledger.appUrl, `DELETE FROM "${table}"`)).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE });
  },
);

test('the application owns nothing and may not switch a trigger off', async () => {
  await expect(sql(ledger.appUrl, 'ALTER TABLE event DISABLE TRIGGER USER')).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE });
  await expect(sql(ledger.appUrl, 'SET session_replication_role = replica')).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE });
  await expect(sql(ledger.appUrl, 'CREATE TABLE public.mine (id int)')).rejects.toMatchObject({ code: INSUFFICIENT_PRIVILEGE });
});

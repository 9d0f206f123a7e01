import { eraseContent } from '../../ledger/erase';
import { verifyLedger } from '../../ledger/verify';
import { sha256 } from '../../ledger/chain';
import { openTestLedger, START, type TestLedger } from '../support/fixture';
import { live, openIssue, sql, tamper } from './support';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger.close());

/** A fresh life; then what verify says of it after somebody with the keys of the database has been there. */
async function afterTampering(change: (issueId: string) => string | Promise<string>) {
  const issueId = await openIssue(ledger);
  await live(ledger, issueId, 5);
  expect((await verifyLedger(ledger.database, issueId)).problems).toEqual([]);
  await tamper(ledger, await change(issueId));
  const { problems } = await verifyLedger(ledger.database, issueId);
  return problems.map(({ stream, version, code }) => ({ stream: stream === issueId, version, code }));
}

const event = (id: string, version: number): string => `stream_id = '${id}' AND version = ${version}`;

test.each<[string, (id: string) => string, string, number]>([
  [
    'the bytes of an event',
    (id) => `UPDATE event SET body = replace(body, '"actor":"office"', '"actor":"offica"') WHERE ${event(id, 3)}`,
    'hash',
    3,
  ],
  ['a hash', (id) => `UPDATE event SET hash = repeat('0', 64) WHERE ${event(id, 3)}`, 'hash', 3],
  [
    'bytes and hash together',
    (id) =>
      `UPDATE event SET body = replace(body, '"office"', '"offica"'), hash = encode(sha256(convert_to(replace(body, '"office"', '"offica"'), 'UTF8')), 'hex'), actor = 'offica' WHERE ${event(id, 3)}`,
    'chain',
    4,
  ],
  [
    'a fraction with its hash',
    (id) =>
      `UPDATE event SET body = replace(body, '"version":3', '"version":3.5'), hash = encode(sha256(convert_to(replace(body, '"version":3', '"version":3.5'), 'UTF8')), 'hex') WHERE ${event(id, 3)}`,
    'bytes',
    3,
  ],
  [
    'bytes that are no JSON, with their hash',
    (id) => `UPDATE event SET body = 'x', hash = '${sha256('x')}' WHERE ${event(id, 3)}`,
    'bytes',
    3,
  ],
  [
    'the order',
    (id) =>
      `UPDATE event SET version = CASE version WHEN 3 THEN 4 ELSE 3 END + 1000 WHERE stream_id = '${id}' AND version IN (3, 4); UPDATE event SET version = version - 1000 WHERE stream_id = '${id}' AND version > 1000`,
    'chain',
    3,
  ],
  ['an event in the middle, deleted', (id) => `DELETE FROM event WHERE ${event(id, 3)}`, 'order', 3],
  ['the first event, deleted', (id) => `DELETE FROM event WHERE ${event(id, 1)}`, 'order', 1],
  ['an actor', (id) => `UPDATE event SET actor = 'x' WHERE ${event(id, 3)}`, 'columns', 3],
  ['how it came', (id) => `UPDATE event SET via = 'x' WHERE ${event(id, 3)}`, 'columns', 3],
  ['a type', (id) => `UPDATE event SET type = 'x' WHERE ${event(id, 3)}`, 'columns', 3],
  ['a command key', (id) => `UPDATE event SET command_key = 'x' WHERE ${event(id, 3)}`, 'columns', 3],
  ['when it happened', (id) => `UPDATE event SET occurred_at = occurred_at - interval '1 day' WHERE ${event(id, 3)}`, 'columns', 3],
  ['when it was recorded', (id) => `UPDATE event SET recorded_at = recorded_at - interval '1 ms' WHERE ${event(id, 3)}`, 'columns', 3],
  ['the copy of the payload', (id) => `UPDATE event SET payload = payload || '{"leadUnitId":"x"}' WHERE ${event(id, 3)}`, 'columns', 3],
])('finds tampering with %s', async (_, change, code, version) => {
  expect(await afterTampering(change)).toEqual([{ stream: true, version, code }]);
});

test('finds events deleted at the end', async () => {
  let last = 0;
  const found = await afterTampering(async (id) => {
    last = (await ledger.database.stream.findUniqueOrThrow({ where: { id } })).version;
    return `DELETE FROM event WHERE stream_id = '${id}' AND version >= ${last - 1}`;
  });
  expect(found).toEqual([{ stream: true, version: last - 1, code: 'head' }]);
});

test.each<[string, (id: string) => string]>([
  ['the phase', (id) => `UPDATE issue SET phase = 'closed' WHERE id = '${id}'`],
  ['the state', (id) => `UPDATE issue SET state = jsonb_set(state, '{extensions}', '9') WHERE id = '${id}'`],
  ['the title', (id) => `UPDATE issue SET title = '无关' WHERE id = '${id}'`],
  ['the row itself', (id) => `DELETE FROM issue WHERE id = '${id}'`],
  ['a closed obligation', (id) => `UPDATE obligation SET closed_at = NULL WHERE stream_id = '${id}' AND kind = 'assign'`],
  ['an obligation, deleted', (id) => `DELETE FROM obligation WHERE stream_id = '${id}' AND kind = 'assign'`],
  ['a rung, deleted', (id) => `DELETE FROM rung WHERE stream_id = '${id}' AND obligation_id LIKE 'assign%'`],
  ['a rung, invented', (id) => `INSERT INTO rung VALUES ('${id}', 'assign', 'overdue', 0, 'fired', '', 'red', now(), now())`],
  ['a paper, invented', (id) => `INSERT INTO paper VALUES ('${id}', 'p', 'reminderLetter', 'issued', 'x', 'y', '〔2026〕9号', now())`],
])('finds tampering with a projection: %s', async (_, change) => {
  expect(await afterTampering(change)).toEqual([{ stream: true, version: null, code: 'projection' }]);
});

const titleOf = (id: string): string => `(SELECT payload->'title'->>'content' FROM event WHERE stream_id = '${id}' AND version = 1)`;

test.each<[string, (id: string) => string]>([
  ['other bytes', (id) => `UPDATE content SET bytes = 'x' WHERE id = ${titleOf(id)}; UPDATE issue SET title = 'x' WHERE id = '${id}'`],
  ['another salt', (id) => `UPDATE content SET salt = 'x' WHERE id = ${titleOf(id)}`],
  ['missing', (id) => `DELETE FROM content WHERE id = ${titleOf(id)}`],
  ['erased without a record', (id) => `UPDATE content SET bytes = NULL, salt = NULL, erased_at = now() WHERE id = ${titleOf(id)}`],
])('finds a content with %s', async (_, change) => {
  expect(await afterTampering(change)).toEqual([{ stream: true, version: 1, code: 'content' }]);
});

test('finds events and issues whose head was deleted', async () => {
  const issueId = await openIssue(ledger);
  await tamper(ledger, `DELETE FROM stream WHERE id = '${issueId}'`);
  expect((await verifyLedger(ledger.database)).problems).toContainEqual({
    stream: issueId,
    version: null,
    code: 'head',
    what: '有记录而无账头',
  });
});

test('what was erased by a recorded decision reads erased, not broken', async () => {
  const other = await openTestLedger();
  const issueId = await openIssue(other);
  await live(other, issueId, 3);
  const [row] = await sql<{ id: string }>(other.appUrl, `SELECT ${titleOf(issueId)} AS id`);
  const by = { actor: 'office', via: 'test', reason: '依法删除', now: START };
  await eraseContent(other.database, row?.id ?? '', by);
  const { problems, erased, contents } = await verifyLedger(other.database);
  expect(problems).toEqual([]);
  expect(erased).toBe(1);
  expect(contents).toBeGreaterThan(3);
  expect(await other.database.issue.findUnique({ where: { id: issueId } })).toMatchObject({ title: '（已按决定删除）' });
  expect(await other.database.event.findMany({ where: { streamId: 'erasures' } })).toMatchObject([
    { type: 'contentErased', actor: 'office' },
  ]);
  await expect(eraseContent(other.database, row?.id ?? '', by)).rejects.toMatchObject({ failure: { code: 'content.erased' } });
  await expect(eraseContent(other.database, 'none', by)).rejects.toMatchObject({ failure: { code: 'content.unknown' } });
  await other.close();
});

test('two first erasures at once make one chain', async () => {
  const other = await openTestLedger();
  const ids = [await openIssue(other), await openIssue(other)];
  await Promise.all(
    ids.map(async (id) => {
      const [row] = await sql<{ id: string }>(other.appUrl, `SELECT ${titleOf(id)} AS id`);
      return eraseContent(other.database, row?.id ?? '', { actor: 'office', via: 'test', reason: '依法删除', now: START });
    }),
  );
  expect(await verifyLedger(other.database)).toMatchObject({ problems: [], erased: 2 });
  await other.close();
});

import { Client } from 'pg';
import { cursorText, FEED_START, readCursor, readFeed, type FeedCursor, type FeedEvent } from '../../ledger/feed';
import { openTestLedger, type TestLedger } from '../support/fixture';
import { until } from '../platform/support';
import { live, openIssue } from './support';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger.close());

async function readAll(from: FeedCursor, limit = 7): Promise<{ events: FeedEvent[]; cursor: FeedCursor }> {
  const events: FeedEvent[] = [];
  let cursor = from;
  for (let page = await readFeed(ledger.database, cursor, limit); page.length > 0; page = await readFeed(ledger.database, cursor, limit)) {
    events.push(...page);
    cursor = page.at(-1)?.cursor ?? cursor;
  }
  return { events, cursor };
}

/** A writing transaction of another test in the same cluster holds the feed back: reads again until what is awaited has come. */
async function readUntil(from: FeedCursor, came: (events: readonly FeedEvent[]) => boolean): Promise<FeedEvent[]> {
  let { events } = await readAll(from);
  await until('the feed gives the events', async () => {
    ({ events } = await readAll(from));
    return came(events);
  });
  return events;
}
const has =
  (stream: string) =>
  (events: readonly FeedEvent[]): boolean =>
    events.some(({ streamId }) => streamId === stream);
const nameOf = ({ streamId, version }: { streamId: string; version: number }): string => `${streamId}@${version}`;

test('pages give every event once, each stream in its order, the same each time', async () => {
  await Promise.all(Array.from({ length: 4 }, async () => live(ledger, await openIssue(ledger), 5)));
  const count = await ledger.database.event.count();
  const events = await readUntil(FEED_START, ({ length }) => length >= count);
  expect(new Set(events.map(nameOf)).size).toBe(count);
  expect(events.map(nameOf)).toEqual((await readAll(FEED_START, 1000)).events.map(nameOf));
  for (const id of new Set(events.map(({ streamId }) => streamId))) {
    const versions = events.filter(({ streamId }) => streamId === id).map(({ version }) => version);
    expect(versions).toEqual(versions.map((_, index) => index + 1));
  }
});

test('an event whose transaction commits late is waited for, not skipped', async () => {
  const issueId = await openIssue(ledger);
  const before = (await readUntil(FEED_START, has(issueId))).at(-1)?.cursor ?? FEED_START;
  const slow = new Client({ connectionString: ledger.appUrl });
  await slow.connect();
  await slow.query('BEGIN');
  // an early transaction that writes first and commits last
  await slow.query(`INSERT INTO event (stream_id, version, type, actor, via, occurred_at, recorded_at, body, hash, payload)
    VALUES ('late', 1, 'commented', 'a', 'test', now(), now(), '{}', 'late', '{}')`);
  await live(ledger, issueId, 2);
  const held = await readAll(before);
  expect(held.events).toEqual([]); // nothing of what came after is given out yet
  await slow.query('COMMIT');
  await slow.end();
  const events = await readUntil(held.cursor, (read) => has('late')(read) && has(issueId)(read));
  expect(events[0]).toMatchObject({ streamId: 'late', version: 1 });
  expect(events.filter(({ streamId }) => streamId === issueId).length).toBeGreaterThan(1);
});

test('a transaction that is rolled back holds nothing for ever', async () => {
  const { cursor } = await readAll(FEED_START);
  await expect(
    ledger.database.$transaction(async (tx) => {
      await tx.$executeRaw`INSERT INTO counter (name, value) VALUES ('x', 1)`;
      throw new Error('rolled back');
    }),
  ).rejects.toThrow('rolled back');
  const issueId = await openIssue(ledger);
  expect(has(issueId)(await readUntil(cursor, has(issueId)))).toBe(true);
});

test('a cursor survives as text; anything else is none', () => {
  const cursor = { xid: 12345678901234n, position: 7n };
  expect(readCursor(cursorText(cursor))).toEqual(cursor);
  for (const text of ['', '1', '1.', '.1', '-1.2', '1.2.3', 'a.b', `${'9'.repeat(25)}.1`]) expect(readCursor(text)).toBeNull();
});

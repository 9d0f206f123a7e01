import { auditNotices } from '../../ledger/audit';
import { verifyLedger } from '../../ledger/verify';
import { carriersOf, owedWords, wordKey } from '../support/owed-word';
import { startOwnInbox, type OwnInbox } from '../support/own-inbox';
import { removeTemporaryDirs } from '../support/servers';
import { FROM, openStorm, type Storm } from '../support/storm';
import { at } from './support';

/** The unit's head, its lead leader and the two of the office hear of a receipt that is overdue. */
const HEARERS = 4;

// Assigned on Monday 2 March, all receipts are due on Thursday and overdue on Friday.
let inbox: OwnInbox;
let storm: Storm;
beforeEach(async () => {
  inbox = await startOwnInbox(FROM);
});
afterEach(async () => {
  await storm.close();
  await inbox.close();
});
afterAll(removeTemporaryDirs);

/** Every word of an overdue receipt stands in exactly one message, and no message is there twice. */
async function eachOnce(words: number): Promise<void> {
  const messages = await inbox.messages();
  const carriers = carriersOf(messages);
  const owed = await owedWords(storm.database);
  expect(owed.filter(({ rung }) => rung === 'overdue')).toHaveLength(words);
  expect(owed.filter((word) => word.state !== 'withdrawn' && carriers.get(wordKey(word))?.length !== 1)).toEqual([]);
  expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(messages.length);
}

test('a thousand deadlines of one day for 60 people are 60 messages, with every rung of the day in them', async () => {
  const [deadlines, persons] = [1_000, 60];
  storm = await openStorm(inbox, { deadlines, persons });
  await storm.deliver(at('2026-03-03T08:30')); // what was assigned on Monday
  const before = (await inbox.messages()).length;
  expect(before).toBeLessThanOrEqual(persons);

  await storm.wake(storm.issueIds, at('2026-03-06T01:10'));
  expect(await storm.deliver(at('2026-03-06T08:30'))).toEqual({ sealed: persons });
  expect(await storm.deliver(at('2026-03-06T20:00'))).toEqual({});

  const friday = (await inbox.messages()).slice(before);
  expect(friday).toHaveLength(persons);
  expect(new Set(friday.map(({ person }) => person)).size).toBe(persons);
  expect(friday.reduce((sum, { marks }) => sum + marks.length, 0)).toBe(deadlines * HEARERS);
  const withList = friday.filter(({ attachments }) => attachments.some(({ filename }) => filename?.endsWith('.xlsx')));
  const long = friday.filter(({ marks }) => marks.length > 30);
  expect(withList.map(({ person }) => person).sort()).toEqual(long.map(({ person }) => person).sort());
  await eachOnce(deadlines * HEARERS);
  expect(await auditNotices(storm.database, at('2026-03-06T20:00'))).toMatchObject({ lost: 0 });
  const problems = (await verifyLedger(storm.database)).problems;
  expect(problems).toEqual([]);
}, 180_000);

test('who fires within a quarter of an hour after the opening is still in its messages, who fires later in the next: nobody twice', async () => {
  const [deadlines, persons] = [22, 9];
  storm = await openStorm(inbox, { deadlines, persons });
  await storm.deliver(at('2026-03-03T08:30'));
  const before = (await inbox.messages()).length;
  const [last = '', late = '', ...punctual] = storm.issueIds;
  await storm.wake(punctual, at('2026-03-06T01:10'));
  expect(await storm.deliver(at('2026-03-06T08:30'))).toEqual({ waiting: persons });
  await storm.wake([late], at('2026-03-06T08:31'));
  expect(await storm.deliver(at('2026-03-06T08:44'))).toEqual({ waiting: persons }); // for the last one
  expect(await storm.deliver(at('2026-03-06T08:45'))).toEqual({ sealed: persons });
  const friday = (await inbox.messages()).slice(before);
  const told = (await owedWords(storm.database)).filter(({ rung, streamId }) => rung === 'overdue' && streamId === late);
  expect(told.map((word) => carriersOf(friday).get(wordKey(word))?.length)).toEqual(Array.from({ length: HEARERS }, () => 1));

  await storm.wake([last], at('2026-03-06T08:50'));
  expect(await storm.deliver(at('2026-03-06T20:00'))).toEqual({});
  expect(await storm.deliver(at('2026-03-09T08:30'))).toEqual({ sealed: HEARERS });
  await eachOnce(deadlines * HEARERS);
}, 60_000);

import { addMillis } from '../../domain/time';
import { batchOutcomes, storeBatch, type NewBatch } from '../../ledger/batch';
import { runCommand } from '../../ledger/step';
import { verifyLedger } from '../../ledger/verify';
import { openRound, openTestLedger, START, type TestLedger } from '../support/fixture';
import { assign, live, story } from './support';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger.close());

const run = async (batch: NewBatch, now = START) => {
  const stored = await storeBatch(ledger.database, batch);
  for (const { key } of stored.keys) await runCommand(ledger.database, key, now);
  return { stored, outcomes: await batchOutcomes(ledger.database, stored) };
};

test('one signature covers a whole list: an event an issue, with a shared batch id', async () => {
  const { issueIds } = await openRound(ledger.database, 12);
  await run({ issueIds, command: assign, actor: 'office', via: 'test' });
  const { stored, outcomes } = await run({ issueIds, command: { type: 'acknowledge' }, actor: 'head', via: 'test' });
  expect(outcomes.every(({ outcome }) => outcome?.accepted)).toBe(true);
  const events = await ledger.database.event.findMany({ where: { type: 'acknowledged', streamId: { in: [...issueIds] } } });
  expect(events.map(({ commandKey }) => commandKey).sort()).toEqual(issueIds.map((id) => `${stored.batchId}/${id}`).sort());
});

test('a meeting reviews thirty issues with two exceptions, each with its own opinion', async () => {
  const { issueIds } = await openRound(ledger.database, 30);
  const beforeReviews = story.findIndex(([actor]) => actor === 'discipline');
  let now = START;
  for (const id of issueIds) now = await live(ledger, id, beforeReviews);
  const [first = '', second = ''] = issueIds;
  const { outcomes } = await run(
    {
      issueIds,
      command: { type: 'review', verdict: 'approved', opinion: '会议同意' } as NewBatch['command'],
      exceptions: new Map([
        [first, { verdict: 'returned', opinion: '佐证不足' }],
        [second, { verdict: 'returned', opinion: '现场不符' }],
      ]),
      actor: 'discipline',
      via: 'test',
    },
    addMillis(now, 3_600_000),
  );
  expect(outcomes.every(({ outcome }) => outcome?.accepted)).toBe(true);
  const phases = await ledger.database.issue.groupBy({ by: ['phase'], where: { id: { in: [...issueIds] } }, _count: true });
  expect(Object.fromEntries(phases.map(({ phase, _count }) => [phase, _count]))).toEqual({ rectifying: 2, underReview: 28 });
});

test('a refusal of one holds nothing up, and the same batch again stores nothing and changes nothing', async () => {
  const { issueIds } = await openRound(ledger.database, 3);
  const [odd = ''] = issueIds;
  await run({ issueIds: [odd], command: assign, actor: 'office', via: 'test' });
  await run({ issueIds: [odd], command: { type: 'acknowledge' }, actor: 'head', via: 'test' });
  const batch = { batchId: 'meeting-7', issueIds, command: assign, actor: 'office', via: 'test' };
  const { outcomes } = await run(batch);
  expect(outcomes.map(({ outcome }) => (outcome?.accepted === false ? outcome.rejection.code : 'accepted'))).toEqual([
    'phase.notAllowed',
    'accepted',
    'accepted',
  ]);
  const before = await ledger.database.event.count();
  expect((await run(batch)).outcomes).toEqual(outcomes);
  expect(await ledger.database.event.count()).toBe(before);
  expect((await verifyLedger(ledger.database)).problems).toEqual([]);
});

test.each([
  ['nothing chosen', { issueIds: [] }, 'batch.empty'],
  ['an issue chosen twice', { issueIds: ['R1-001', 'R1-001'] }, 'batch.twice'],
  ['an unknown issue', { issueIds: ['R99-001'] }, 'issue.unknown'],
  ['an exception for another issue', { issueIds: ['R1-001'], exceptions: new Map([['R1-002', {}]]) }, 'batch.exception'],
])('%s stores nothing', async (_what, part, code) => {
  await openRound(ledger.database, 1);
  const before = await ledger.database.command.count();
  await expect(
    storeBatch(ledger.database, { command: { type: 'acknowledge' }, actor: 'head', via: 'test', ...part }),
  ).rejects.toMatchObject({
    failure: { code },
  });
  expect(await ledger.database.command.count()).toBe(before);
});

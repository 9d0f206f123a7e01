import { addMillis, instant } from '../../domain/time';
import { storeCommand } from '../../ledger/commands';
import { advance, runCommand } from '../../ledger/step';
import { verifyLedger } from '../../ledger/verify';
import { openRound, openTestLedger, START, type TestLedger } from '../support/fixture';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger.close());

const assign = { type: 'assign', leadUnitId: 'clinic', leadLeaderId: 'leader' };

test('a registered issue tells the office, once', async () => {
  const { issueIds } = await openRound(ledger.database, 1);
  const issueId = issueIds[0] ?? '';
  const first = await advance(ledger.database, issueId, START);
  expect(first).toMatchObject({ phase: 'registered', final: false });
  expect(first.newDigests.map(({ personId }) => personId)).toEqual(['clerk', 'office']);
  const again = await advance(ledger.database, issueId, addMillis(START, 1000));
  expect(again.version).toBe(first.version);
  expect(await ledger.database.notice.count({ where: { streamId: issueId } })).toBe(2);
});

test('the same key gives the same answer and no second event', async () => {
  const { issueIds } = await openRound(ledger.database, 1);
  const issueId = issueIds[0] ?? '';
  const key = await storeCommand(ledger.database, { streamId: issueId, actor: 'office', via: 'test', command: assign });
  const now = instant('2026-03-02T10:00+08:00');
  const [one, two] = await Promise.all([runCommand(ledger.database, key, now), runCommand(ledger.database, key, now)]);
  expect(one.outcome).toEqual(two.outcome);
  expect(one.outcome).toMatchObject({ accepted: true, phase: 'assigned', events: ['assigned'] });
  expect(await ledger.database.event.count({ where: { streamId: issueId, type: 'assigned' } })).toBe(1);
});

test('the chain, contents and projections of everything above hold', async () => {
  const { problems, events } = await verifyLedger(ledger.database);
  expect(problems).toEqual([]);
  expect(events).toBeGreaterThan(5);
});

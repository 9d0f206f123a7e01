import { addMillis, instant } from '../../domain/time';
import { issueAsOf, roundAsOf } from '../../ledger/as-of';
import { loadIssue } from '../../ledger/load';
import { openTestLedger, START, type TestLedger } from '../support/fixture';
import { live, openIssue, story } from './support';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger.close());

const HOUR_MS = 3_600_000;

test('by what had happened: every hour of the story is the state that the story had then', async () => {
  const id = await openIssue(ledger);
  await live(ledger, id);
  const occurred = async (hours: number) =>
    (await issueAsOf(ledger.database, id, { at: addMillis(START, hours * HOUR_MS), by: 'occurred' }))?.phase;
  expect(await Promise.all([0, 1, 2, 3, 5].map(occurred))).toEqual(['registered', 'assigned', 'acknowledged', 'planned', 'rectifying']);
  expect(await occurred(story.length)).toBe('closed');
  expect(await issueAsOf(ledger.database, id, { at: addMillis(START, -1), by: 'occurred' })).toBeNull();
});

test('by what the ledger knew: the instant of recording counts, not that of the act', async () => {
  const id = await openIssue(ledger);
  await live(ledger, id, 2);
  const [between] = await ledger.database.$queryRaw<{ at: Date }[]>`SELECT max(recorded_at) AS at FROM event WHERE stream_id = ${id}`;
  await new Promise((resolve) => setTimeout(resolve, 5));
  await live(ledger, id, 0);
  const whole = await loadIssue(ledger.database, id);
  expect(await issueAsOf(ledger.database, id, { at: instant(between?.at.toISOString() ?? '') })).toEqual(whole);
  expect(await issueAsOf(ledger.database, id, { at: instant('2020-01-01T00:00:00Z') })).toBeNull();
});

test('a round as of an instant has the issues of then', async () => {
  const id = await openIssue(ledger);
  await live(ledger, id, 5);
  const roundId = id.slice(0, id.indexOf('-'));
  const early = await roundAsOf(ledger.database, roundId, { at: addMillis(START, HOUR_MS), by: 'occurred' });
  expect(early).toMatchObject({ round: { phase: 'rectifying', issues: 1 }, issues: [{ id, phase: 'assigned' }] });
  expect(await roundAsOf(ledger.database, roundId, { at: addMillis(START, -1), by: 'occurred' })).toBeNull();
  expect(await roundAsOf(ledger.database, 'R999', { at: START, by: 'occurred' })).toBeNull();
});

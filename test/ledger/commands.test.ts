import { issueKind } from '../../domain/issue/issue-kind';
import { nextWake } from '../../domain/obligation/kind';
import { addMillis } from '../../domain/time';
import { storeCommand } from '../../ledger/commands';
import { inTransaction } from '../../ledger/database';
import { loadIssue } from '../../ledger/load';
import { loadRules } from '../../ledger/rules';
import { advance, runCommand, UnknownToLedger } from '../../ledger/step';
import { verifyLedger } from '../../ledger/verify';
import { openTestLedger, START, type TestLedger } from '../support/fixture';
import { act, assign, at, DAY_MS, live, openIssue, sql } from './support';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(async () => {
  expect((await verifyLedger(ledger.database)).problems).toEqual([]);
  await ledger.close();
});

const eventsOf = (streamId: string) => ledger.database.event.findMany({ where: { streamId }, orderBy: { version: 'asc' } });
const typesOf = async (streamId: string): Promise<string[]> => (await eventsOf(streamId)).map(({ type }) => type);

test('the same key again gives the same answer, at once and side by side, and no second event', async () => {
  const issueId = await openIssue(ledger);
  const key = await storeCommand(ledger.database, { streamId: issueId, actor: 'office', via: 'test', command: assign });
  const now = addMillis(START, 1_000);
  const answers = await Promise.all(Array.from({ length: 5 }, () => runCommand(ledger.database, key, now)));
  const later = await runCommand(ledger.database, key, addMillis(now, DAY_MS));
  for (const { outcome } of [...answers, later]) expect(outcome).toEqual(answers[0]?.outcome);
  expect(answers[0]?.outcome).toMatchObject({ accepted: true, phase: 'assigned', events: ['assigned'] });
  expect((await typesOf(issueId)).filter((type) => type === 'assigned')).toHaveLength(1);
});

test('a key is stored once; a key of another person or act is refused', async () => {
  const issueId = await openIssue(ledger);
  const command = { key: `k-${issueId}`, streamId: issueId, actor: 'office', via: 'test', command: assign };
  expect(await storeCommand(ledger.database, command)).toBe(await storeCommand(ledger.database, command));
  await expect(storeCommand(ledger.database, { ...command, actor: 'clerk' })).rejects.toMatchObject({
    failure: { code: 'command.keyTaken' },
  });
  await expect(storeCommand(ledger.database, { ...command, command: { type: 'acknowledge' } })).rejects.toMatchObject({ kind: 'badInput' });
});

test('two commands at once on one stream are decided one after the other, each on what the other left', async () => {
  const issueId = await openIssue(ledger);
  const now = await live(ledger, issueId, 1);
  const [head, leader] = await Promise.all([
    act(ledger, issueId, 'head', { type: 'acknowledge' }, now),
    act(ledger, issueId, 'leader', { type: 'acknowledge' }, now),
  ]);
  expect([head.outcome.accepted, leader.outcome.accepted].sort()).toEqual([false, true]);
  expect([head.outcome, leader.outcome]).toContainEqual(
    expect.objectContaining({ accepted: false, rejection: expect.objectContaining({ code: 'phase.notAllowed' }) as object }),
  );
  const versions = (await eventsOf(issueId)).map(({ version }) => version);
  expect(versions).toEqual(versions.map((_, index) => index + 1));
});

test('a command is stale when somebody acted after what the person saw, and not when only the engine did', async () => {
  const issueId = await openIssue(ledger);
  const seen = (await act(ledger, issueId, 'office', assign, addMillis(START, 1_000))).version;
  await advance(ledger.database, issueId, addMillis(START, 4 * DAY_MS));
  expect(
    (await act(ledger, issueId, 'office', { type: 'comment', note: '甲' }, addMillis(START, 4 * DAY_MS), { expectedVersion: seen }))
      .outcome,
  ).toMatchObject({ accepted: true });
  const stale = await act(ledger, issueId, 'head', { type: 'acknowledge' }, addMillis(START, 4 * DAY_MS), { expectedVersion: seen });
  expect(stale.outcome).toMatchObject({ accepted: false, rejection: { code: 'version.stale' } });
});

test('an unknown key, and a command for what is no issue, are unknown to the ledger', async () => {
  await expect(runCommand(ledger.database, 'no-such-key', START)).rejects.toBeInstanceOf(UnknownToLedger);
  for (const issueId of ['R9-999', 'directory', 'round/R9']) {
    await expect(act(ledger, issueId, 'office', assign, START)).rejects.toBeInstanceOf(UnknownToLedger);
    await expect(advance(ledger.database, issueId, START)).rejects.toBeInstanceOf(UnknownToLedger);
  }
});

test('a rejection is recorded and repeated, even when it would be accepted now', async () => {
  const issueId = await openIssue(ledger);
  const early = { key: `early-${issueId}`, streamId: issueId, actor: 'head', via: 'test', command: { type: 'acknowledge' } };
  await storeCommand(ledger.database, early);
  const first = await runCommand(ledger.database, early.key, START);
  expect(first.outcome).toMatchObject({ accepted: false, rejection: { code: 'role.notAllowed' } });
  const now = await live(ledger, issueId, 1);
  expect((await runCommand(ledger.database, early.key, now)).outcome).toEqual(first.outcome);
  expect((await act(ledger, issueId, 'head', early.command, now)).outcome).toMatchObject({ accepted: true });
});

test('time never runs backwards within a stream', async () => {
  const issueId = await openIssue(ledger);
  const noon = at('2026-03-05T12:00');
  await act(ledger, issueId, 'office', { type: 'comment', note: '甲' }, noon);
  await act(ledger, issueId, 'office', { type: 'comment', note: '乙' }, at('2026-03-03T12:00'));
  const instants = (await eventsOf(issueId)).map(({ occurredAt }) => occurredAt.getTime());
  expect(instants).toEqual([...instants].sort((a, b) => a - b));
  expect(instants.at(-1)).toBe(Date.parse(noon));
});

test('advance fires what is due, once, and names the next wake', async () => {
  const issueId = await openIssue(ledger);
  const due = addMillis(START, 10 * DAY_MS);
  const [one, two] = await Promise.all([advance(ledger.database, issueId, due), advance(ledger.database, issueId, due)]);
  const again = await advance(ledger.database, issueId, addMillis(due, 60_000));
  expect(new Set([one.version, two.version, again.version]).size).toBe(1);
  const { state, context } = await inTransaction(ledger.database, async (tx) => ({
    state: await loadIssue(tx, issueId),
    context: await loadRules(tx, ledger.database),
  }));
  const wake = nextWake(issueKind, state, context);
  expect(again.nextWakeAt).toBe(wake);
  expect(wake !== null && wake > due).toBe(true);
  const stream = await ledger.database.stream.findUniqueOrThrow({ where: { id: issueId } });
  expect(stream.nextWakeAt?.toISOString()).toBe(wake);
  expect(stream).toMatchObject({ version: again.version, final: false });
  // of the four rungs that were due only the last fired; the others are recorded
  expect(
    await ledger.database.rung.groupBy({ by: ['how'], where: { streamId: issueId }, _count: true, orderBy: { how: 'asc' } }),
  ).toMatchObject([{ how: 'fired', _count: 1 }, { how: 'superseded' }]);
});

test('a crash between the events and the commit leaves nothing, and the command is decided afterwards', async () => {
  const issueId = await openIssue(ledger);
  const before = await eventsOf(issueId);
  const key = await storeCommand(ledger.database, { streamId: issueId, actor: 'office', via: 'test', command: assign });
  // the last statement of the transaction fails: everything before it is undone
  await sql(
    ledger.ownerUrl,
    `CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'crash'; END $$;
    CREATE TRIGGER crash BEFORE UPDATE ON command FOR EACH ROW WHEN (OLD.key = '${key}') EXECUTE FUNCTION crash()`,
  );
  const now = addMillis(START, 1_000);
  await expect(runCommand(ledger.database, key, now)).rejects.toThrow('crash');
  expect(await eventsOf(issueId)).toEqual(before);
  expect(await ledger.database.notice.count({ where: { streamId: issueId } })).toBe(0);
  expect(await ledger.database.issue.findUnique({ where: { id: issueId } })).toMatchObject({ phase: 'registered' });
  await sql(ledger.ownerUrl, 'DROP TRIGGER crash ON command');
  expect((await runCommand(ledger.database, key, now)).outcome).toMatchObject({ accepted: true });
});

test('a life to the closeout', async () => {
  const issueId = await openIssue(ledger);
  await live(ledger, issueId);
  const types = (await typesOf(issueId)).filter((type) => !type.startsWith('rung'));
  expect(types.at(0)).toBe('registered');
  expect(types.at(-1)).toBe('closed');
  expect(await ledger.database.issue.findUnique({ where: { id: issueId } })).toMatchObject({ phase: 'closed' });
  const open = await ledger.database.obligation.findMany({ where: { streamId: issueId, closedAt: null } });
  expect(open.map(({ kind }) => kind)).toEqual(['checkBackDraw']);
  // whoever leads now owes what is open
  expect(open.map(({ unitId }) => unitId)).toEqual(['clinic']);
});

test('an obligation that stays open moves to the unit that leads now', async () => {
  const issueId = await openIssue(ledger);
  const now = await live(ledger, issueId, 1);
  await act(ledger, issueId, 'office', { ...assign, leadUnitId: 'bureau', handlerId: undefined }, addMillis(now, 1_000));
  const open = await ledger.database.obligation.findMany({ where: { streamId: issueId, closedAt: null } });
  expect(open.map(({ kind, unitId }) => [kind, unitId]).sort()).toEqual([
    ['receipt', 'bureau'],
    ['rectify', 'bureau'],
  ]);
});

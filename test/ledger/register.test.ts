import { localDate } from '../../domain/time';
import { importDirectory } from '../../ledger/directory';
import { roundLists } from '../../ledger/lists';
import { registerRound } from '../../ledger/register';
import { loadRules } from '../../ledger/rules';
import { verifyLedger } from '../../ledger/verify';
import { openRound, openTestLedger, people, START, type TestLedger } from '../support/fixture';
import { act, assign, at } from './support';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(async () => {
  expect((await verifyLedger(ledger.database)).problems).toEqual([]);
  await ledger.close();
});

const by = { actor: 'office', via: 'test', now: START };
const round = (issues: readonly { number: number; title: string; text: string }[]) => ({
  name: '轮',
  inspectedBody: null,
  inspectingBody: null,
  feedbackOn: localDate('2026-03-02'),
  source: null,
  issues: issues.map((issue) => ({ ...issue, reported: null })),
});

test('a round is registered whole, with its obligations and wakes', async () => {
  const { roundId, issueIds } = await openRound(ledger.database, 40);
  expect(issueIds).toHaveLength(40);
  expect(await ledger.database.issue.count({ where: { roundId } })).toBe(40);
  expect(await ledger.database.obligation.count({ where: { streamId: { startsWith: `${roundId}-` } } })).toBe(40);
  expect(
    await ledger.database.stream.count({ where: { id: { startsWith: `${roundId}-` }, nextWakeAt: new Date(START), final: false } }),
  ).toBe(40);
});

test('a round with one issue that cannot be stored leaves nothing, not even a number', async () => {
  const { event, content, counter } = ledger.database;
  const before = [await event.count(), await content.count(), await counter.findMany()];
  await expect(
    registerRound(
      ledger.database,
      round([
        { number: 1, title: '甲', text: '' },
        { number: 2, title: 'a\0b', text: '' },
      ]),
      by,
    ),
  ).rejects.toThrow();
  for (const numbers of [[1, 1], [0], [1.5]])
    await expect(
      registerRound(ledger.database, round(numbers.map((number) => ({ number, title: '甲', text: '' }))), by),
    ).rejects.toMatchObject({ failure: { code: 'issue.number' } });
  expect([await event.count(), await content.count(), await counter.findMany()]).toEqual(before);
});

test('findings that repeat earlier ones carry their references, and count once each', async () => {
  const references = ['2021年县委巡察：用车不严', '2021年县委巡察：合同缺失'];
  const { roundId, issueIds } = await registerRound(
    ledger.database,
    {
      ...round([]),
      issues: [
        { number: 1, title: '以往问题整改不实', text: '', reported: null, recursOf: references },
        { number: 2, title: '台账缺失', text: '', reported: null },
        { number: 3, title: '接待超标', text: '', reported: null, recursOf: [] },
      ],
    },
    by,
  );
  const events = await ledger.database.event.findMany({ where: { streamId: { in: [...issueIds] } }, orderBy: { streamId: 'asc' } });
  expect(events.map(({ type, payload }) => [type, (payload as { recursOf?: unknown }).recursOf])).toEqual([
    ['registered', references],
    ['registered', undefined],
    ['registered', undefined],
  ]);
  const lists = await roundLists(ledger.database, roundId, START);
  expect(lists?.issues.map(({ recursOf }) => recursOf)).toEqual([references, [], []]);
  expect(lists?.counts).toMatchObject({ fedBack: 3 });
  expect((await ledger.database.event.findFirst({ where: { streamId: `round/${roundId}`, version: 1 } }))?.payload).toMatchObject({
    issues: 3,
  });
});

test('rounds registered side by side get different numbers', async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => openRound(ledger.database, 3)));
  expect(new Set(made.map(({ roundId }) => roundId)).size).toBe(8);
});

test('a second directory is a second chained event; posts that are gone are gone, names stay', async () => {
  const { issueIds } = await openRound(ledger.database, 1);
  const issueId = issueIds[0] ?? '';
  const without = {
    ...people,
    persons: people.persons.filter(({ id }) => id !== 'clerk'),
    posts: people.posts.filter(({ personId }) => personId !== 'clerk'),
  };
  expect((await act(ledger, issueId, 'clerk', assign, START)).outcome).toMatchObject({ accepted: true });
  const version = await importDirectory(ledger.database, without, { actor: 'admin', via: 'test', now: at('2026-03-01T00:00') });
  expect(version).toBe(2);
  expect((await act(ledger, issueId, 'clerk', assign, START)).outcome).toMatchObject({
    accepted: false,
    rejection: { code: 'role.notAllowed' },
  });
  expect(await ledger.database.post.count({ where: { personId: 'clerk' } })).toBe(0);
  expect(await ledger.database.person.findUnique({ where: { id: 'clerk' } })).toMatchObject({ name: 'clerk' });
  const events = await ledger.database.event.findMany({ where: { streamId: 'directory' }, orderBy: { version: 'asc' } });
  expect(events.map(({ type }) => type)).toEqual(['directoryImported', 'directoryImported']);
  expect(events[1]?.occurredAt).toEqual(events[0]?.occurredAt); // time does not run backwards
  expect(events[1]?.body).toContain(`"previousHash":"${events[0]?.hash ?? ''}"`);
  expect(events[1]?.body).not.toContain('linjiang.example');
});

test('imports side by side follow one another, and everybody reads whole directories', async () => {
  const imports = Array.from({ length: 4 }, () => importDirectory(ledger.database, people, { actor: 'admin', via: 'test', now: START }));
  const reads = Array.from({ length: 8 }, () => ledger.database.$transaction((tx) => loadRules(tx, {})));
  const versions = await Promise.all(imports);
  expect([...versions].sort((a, b) => a - b)).toEqual([3, 4, 5, 6]);
  for (const { directory } of await Promise.all(reads)) expect([10, 11]).toContain(directory.posts.length);
  expect((await ledger.database.$transaction((tx) => loadRules(tx, ledger.database))).directory.version).toBe(6);
});

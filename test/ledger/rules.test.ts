import { issueKind } from '../../domain/issue/issue-kind';
import type { IssueState } from '../../domain/issue/types';
import { previewRules } from '../../domain/obligation/change-rules';
import type { CommonEvent } from '../../domain/obligation/events';
import { defaultPolicy } from '../../domain/policy/default-policy';
import type { Policy } from '../../domain/policy/policy';
import { addMillis, type Instant } from '../../domain/time';
import { inTransaction } from '../../ledger/database';
import { foresee } from '../../ledger/foresee';
import { loadIssue } from '../../ledger/load';
import { addPolicy, loadPolicy, loadRules, policyName } from '../../ledger/rules';
import { advance } from '../../ledger/step';
import { outdatedStreams } from '../../ledger/streams';
import { verifyLedger } from '../../ledger/verify';
import { openRound, openTestLedger, type TestLedger } from '../support/fixture';
import { act, at, live } from './support';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
  await addPolicy(ledger.database, sharper);
});
afterAll(async () => {
  const { problems } = await verifyLedger(ledger.database);
  await ledger.close();
  expect(problems).toEqual([]);
});

/** Reminds 60 days before in place of 20, is due a month earlier, and warns later. */
const sharper: Policy = {
  ...defaultPolicy,
  version: 7,
  terms: { ...defaultPolicy.terms, concentratedPeriod: { ...defaultPolicy.terms.concentratedPeriod, value: { months: 2 } } },
  ladders: {
    ...defaultPolicy.ladders,
    rectify: {
      ...defaultPolicy.ladders.rectify,
      value: defaultPolicy.ladders.rectify.value.map((rung) =>
        rung.id === 'before-20' ? { ...rung, offset: { days: -60 } } : rung.id === 'overdue' ? { ...rung, offset: { days: 3 } } : rung,
      ),
    },
  },
};
const put = { type: 'putPolicyInForce', policy: policyName(sharper), reason: '区委要求' };

/** A round whose issues are in rectification; the last instant. */
async function running(count: number): Promise<{ roundId: string; issueIds: readonly string[]; now: Instant }> {
  const { roundId, issueIds } = await openRound(ledger.database, count);
  let now: Instant = at('2026-03-02T09:00');
  for (const issueId of issueIds) {
    now = await live(ledger, issueId, 5, now);
    await act(ledger, issueId, 'inspector', { type: 'reviewPlan', verdict: 'approved' }, now);
  }
  return { roundId, issueIds, now };
}
const stateOf = (issueId: string): Promise<IssueState> => inTransaction(ledger.database, (tx) => loadIssue(tx, issueId));
const contextOf = (policy: string) => inTransaction(ledger.database, (tx) => loadRules(tx, ledger.database, policy));
const rungsOf = async (streamId: string): Promise<string[]> => {
  const rows = await ledger.database.rung.findMany({ where: { streamId }, orderBy: [{ obligationId: 'asc' }, { rung: 'asc' }] });
  return rows.filter(({ obligationId }) => obligationId.startsWith('rectify')).map(({ rung, how }) => `${rung} ${how}`);
};

test('a preview says what the change then does; numbers stay, rungs move, what lies before is superseded', async () => {
  const { roundId, issueIds, now } = await running(2);
  const since = at('2026-04-10T09:00');
  const [first = ''] = issueIds;
  for (const id of issueIds) await advance(ledger.database, id, since);

  // dry run: nothing is written
  const old = await contextOf(policyName(defaultPolicy));
  const next = { ...old, policy: await inTransaction(ledger.database, (tx) => loadPolicy(tx, ledger.database, policyName(sharper))) };
  const states = await Promise.all(issueIds.map(stateOf));
  const versions = await ledger.database.stream.findMany({ orderBy: { id: 'asc' } });
  const preview = previewRules(issueKind, states, { old, next, since });
  expect(preview.map(({ accountId }) => accountId)).toEqual(issueIds);
  const foretold = await foresee(ledger.database, { streamId: first, whatIf: { policy: next.policy } }, at('2026-06-30T09:00'));
  expect(await ledger.database.stream.findMany({ orderBy: { id: 'asc' } })).toEqual(versions);

  const { outcome, begun } = await act(ledger, `round/${roundId}`, 'inspector', put, since);
  expect(outcome).toMatchObject({ accepted: true, events: ['policyPutInForce'] });
  expect(begun.rollout).toBe(true);
  expect((await outdatedStreams(ledger.database, '', 10)).map(({ id }) => id)).toEqual([...issueIds, `round/${roundId}`]);

  const duties = (await stateOf(first)).duties.map(({ id }) => id);
  for (const id of [...issueIds, `round/${roundId}`]) await advance(ledger.database, id, since);
  expect(await outdatedStreams(ledger.database, '', 10)).toEqual([]);
  expect((await stateOf(first)).duties.map(({ id }) => id)).toEqual(duties);
  const told = await ledger.database.event.findMany({
    where: { streamId: first, type: { in: ['datesMoved', 'rungsSuperseded'] } },
    orderBy: { version: 'asc' },
  });
  const events = told.map(({ type, payload }) => ({ ...(payload as object), type }) as CommonEvent);
  expect(events.flatMap((event) => (event.type === 'datesMoved' ? event.moved : []))).toEqual(preview[0]?.moved);
  expect(events.flatMap((event) => (event.type === 'rungsSuperseded' ? event.rungs : []))).toEqual(
    preview[0]?.superseded.map(({ rung, occurrence }) => ({ rung, occurrence })),
  );
  expect(events[0]).toMatchObject({ because: 'policy', policy: 'district-inspection@7' });
  expect(await rungsOf(first)).toContain('before-20 superseded');

  // the two reports of the round move with the period
  const reports = await ledger.database.obligation.findMany({
    where: { streamId: `round/${roundId}`, kind: { in: ['organisationReport', 'secretaryReport'] } },
  });
  expect(reports.map(({ dueOn }) => dueOn.toISOString().slice(0, 10))).toEqual(['2026-05-06', '2026-05-06']);

  // what was foretold under these rules is what happens
  for (const rung of foretold.rungs ?? []) await advance(ledger.database, first, rung.at);
  const fired = await ledger.database.event.findMany({
    where: { streamId: first, type: 'rungFired', occurredAt: { gt: new Date(since) } },
    orderBy: { version: 'asc' },
  });
  const line = ({ at: on, dutyId, rung }: { at: string; dutyId: string; rung: string }): string => `${on} ${dutyId} ${rung}`;
  expect(fired.map(({ payload }) => line(payload as never))).toEqual(foretold.rungs?.filter(({ at: on }) => on > since).map(line));
  expect(fired.length).toBeGreaterThan(4);
  expect(now < since).toBe(true);
});

test('two rounds go side by side under different policies; a later table moves both', async () => {
  const one = await running(1);
  const two = await running(1);
  const since = at('2026-03-20T09:00');
  await act(ledger, `round/${two.roundId}`, 'inspector', put, since);
  for (const { issueIds, roundId } of [one, two])
    for (const id of [...issueIds, `round/${roundId}`]) await advance(ledger.database, id, since);
  const [a = ''] = one.issueIds;
  const [b = ''] = two.issueIds;
  for (const id of [a, b]) await advance(ledger.database, id, at('2026-03-31T09:00'));
  expect(await rungsOf(a)).not.toContain('before-20 fired');
  expect(await rungsOf(b)).toContain('before-20 fired'); // 60 days before 29 May
  const rules = await ledger.database.stream.findMany({ where: { id: { in: [a, b] } }, orderBy: { id: 'asc' } });
  expect(rules.map(({ rules: name }) => name?.split(' ')[0])).toEqual(['district-inspection@3', 'district-inspection@7']);
});

test('is put in force by the inspection office, once, and only when the ledger holds it', async () => {
  const { roundId } = await running(1);
  const stream = `round/${roundId}`;
  const now = at('2026-03-20T09:00');
  const code = async (actor: string, command: object) => {
    const { outcome, begun } = await act(ledger, stream, actor, command, now);
    if (!outcome.accepted) expect(begun.rollout).toBe(false);
    return outcome.accepted ? 'accepted' : outcome.rejection.code;
  };
  expect(await code('office', put)).toBe('role.notAllowed');
  expect(await code('inspector', { ...put, policy: 'district-inspection@99' })).toBe('policy.unknown');
  expect(await code('inspector', put)).toBe('accepted');
  expect(await code('inspector', put)).toBe('policy.inForce');
  expect(await addPolicy(ledger.database, { ...sharper, title: '改名' })).toBe(false);
});

test('a command that comes before the rollout meets the new rules, and takes the change in first', async () => {
  const { roundId, issueIds } = await running(1);
  const [issueId = ''] = issueIds;
  await act(ledger, `round/${roundId}`, 'inspector', put, at('2026-04-10T09:00'));
  await act(ledger, issueId, 'handler', { type: 'reportProgress', progress: '进行中' }, at('2026-04-10T09:30'));
  const types = (await ledger.database.event.findMany({ where: { streamId: issueId }, orderBy: { version: 'asc' } })).map(
    ({ type }) => type,
  );
  expect(types.slice(-3)).toEqual(['datesMoved', 'rungsSuperseded', 'progressReported']);
});

test('a life whose clock lies a moment behind takes the change in at its instant', async () => {
  const { roundId, issueIds } = await running(1);
  const [issueId = ''] = issueIds;
  const since = at('2026-04-10T09:00');
  await act(ledger, `round/${roundId}`, 'inspector', put, since);
  await advance(ledger.database, issueId, addMillis(since, -30_000));
  const moved = await ledger.database.event.findFirstOrThrow({ where: { streamId: issueId, type: 'datesMoved' } });
  expect(moved.occurredAt).toEqual(new Date(since));
});

test('a change that is taken in days late leaves one rung of a duty to fire', async () => {
  const { roundId, issueIds } = await running(1);
  const [issueId = ''] = issueIds;
  await act(ledger, `round/${roundId}`, 'inspector', put, at('2026-05-12T09:00'));
  const before = await ledger.database.event.count({ where: { streamId: issueId } });
  await advance(ledger.database, issueId, at('2026-06-10T09:00'));
  const events = await ledger.database.event.findMany({
    where: { streamId: issueId, version: { gt: before } },
    orderBy: { version: 'asc' },
  });
  const fired = events.filter(({ type }) => type === 'rungFired').map(({ payload }) => (payload as { dutyId: string }).dutyId);
  expect(fired.filter((id) => id.startsWith('rectify'))).toHaveLength(1);
  expect(await rungsOf(issueId)).toEqual(expect.arrayContaining(['before-10 superseded', 'overdue superseded', 'after-5 fired']));
});

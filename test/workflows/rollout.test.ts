import { defaultPolicy } from '../../domain/policy/default-policy';
import type { Policy } from '../../domain/policy/policy';
import { addDays, atLocalTime, dateOf, fromMillis, type Instant, type LocalDate } from '../../domain/time';
import { foresee } from '../../ledger/foresee';
import { addPolicy, policyName } from '../../ledger/rules';
import { outdatedStreams } from '../../ledger/streams';
import { verifyLedger } from '../../ledger/verify';
import { lifeOf, lifeView } from '../../workflows/life.messages';
import { rolloutWorkflowId } from '../../workflows/rollout.messages';
import { tamper } from '../ledger/support';
import { deploy, type Deployment } from '../support/deployment';
import { openRound } from '../support/fixture';
import { actAt } from '../support/lives';
import { holidaysOf, yearWithoutTable } from './calendar-fixture';

// Rules that change while lives sleep: their dates move in the ledger, and only those whose next rung moved earlier are woken.

const start = atLocalTime(dateOf(fromMillis(Date.now())), 24 + 14); // tomorrow 14:00
const YEAR = yearWithoutTable(start);
const { table, inside, after } = holidaysOf(YEAR);

let deployment: Deployment;
let moving = '';
let staying = '';
let elsewhere = '';
let rounds: readonly string[] = [];
beforeAll(async () => {
  deployment = await deploy(start);
  const { ledger, world, workers } = deployment;
  const [one, two] = [await openRound(ledger.database, 2, start), await openRound(ledger.database, 1, start)];
  [moving = '', staying = ''] = one.issueIds;
  [elsewhere = ''] = two.issueIds;
  rounds = [one.roundId, two.roundId];
  await workers.lives.kickStarter();
  await world.moveTo(start);
  await planned(moving, inside);
  await planned(staying, addDays(after, -20));
  await planned(elsewhere, inside);
  await world.moveTo(actAt(start, 1));
});
afterAll(() => deployment.close());

async function planned(issueId: string, dueOn: LocalDate): Promise<void> {
  for (const [actor, command] of [
    ['office', { type: 'assign', leadUnitId: 'clinic', leadLeaderId: 'leader', handlerId: 'handler' }],
    ['head', { type: 'acknowledge' }],
    ['handler', { type: 'proposePlan', measures: [{ unitId: 'clinic', text: '措施', dueOn, sustained: false }] }],
    ['leader', { type: 'approvePlan' }],
    ['office', { type: 'approvePlan' }],
    ['inspector', { type: 'reviewPlan', verdict: 'approved' }],
  ] as const)
    expect(await deployment.act(issueId, actor, command)).toMatchObject({ accepted: true });
}

const handleOf = (streamId: string) => deployment.workers.client.workflow.getHandle(lifeOf(streamId).workflowId);
const wakeOf = async (streamId: string): Promise<string | undefined> =>
  (await deployment.ledger.database.stream.findUniqueOrThrow({ where: { id: streamId } })).nextWakeAt?.toISOString();
/** How often the life was told to look at the ledger again. */
const stirred = async (streamId: string): Promise<number> =>
  ((await handleOf(streamId).fetchHistory()).events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes).length;
const rolledOut = (): Promise<unknown> => deployment.workers.client.workflow.getHandle(rolloutWorkflowId).result();
/** Waits until a life sleeps until the instant that the ledger names. */
async function sleepsUntil(streamId: string, instant: string | undefined): Promise<void> {
  while ((await handleOf(streamId).query(lifeView)).nextWakeAt !== instant) await new Promise((resolve) => setTimeout(resolve, 50));
}
const datesMoved = (streamId: string): Promise<number> =>
  deployment.ledger.database.event.count({ where: { streamId, type: 'datesMoved' } });

/** What fires in streams from now until an instant is what is forecast now. */
async function deedIsForecast(streamIds: readonly string[], until: Instant): Promise<number> {
  const { database } = deployment.ledger;
  const line = ({ at, dutyId, rung }: { at: string; dutyId: string; rung: string }): string => `${at} ${dutyId} ${rung}`;
  let compared = 0;
  const foretold = await Promise.all(
    streamIds.map(async (streamId) => ({
      streamId,
      version: (await database.stream.findUniqueOrThrow({ where: { id: streamId } })).version,
      rungs: ((await foresee(database, { streamId }, until)).rungs ?? []).map(line),
    })),
  );
  await deployment.world.moveTo(until);
  for (const { streamId, version, rungs } of foretold) {
    const fired = await database.event.findMany({
      where: { streamId, type: 'rungFired', version: { gt: version } },
      orderBy: { version: 'asc' },
    });
    expect(fired.map(({ payload }) => line(payload as never))).toEqual(rungs);
    compared += rungs.length;
  }
  return compared;
}

test('a policy moves the lives of its round alone; who is due earlier is woken', async () => {
  const { ledger, act, workers } = deployment;
  const earlier: Policy = {
    ...defaultPolicy,
    version: 8,
    ladders: {
      ...defaultPolicy.ladders,
      rectify: {
        ...defaultPolicy.ladders.rectify,
        value: defaultPolicy.ladders.rectify.value.map((rung) => (rung.id === 'before-20' ? { ...rung, offset: { days: -22 } } : rung)),
      },
    },
  };
  await addPolicy(ledger.database, earlier);
  const before = await Promise.all([moving, elsewhere].map(wakeOf));
  const stirs = await Promise.all([moving, elsewhere].map(stirred));
  expect(
    await act(`round/${rounds[0] ?? ''}`, 'inspector', { type: 'putPolicyInForce', policy: policyName(earlier), reason: '区委要求' }),
  ).toMatchObject({
    accepted: true,
  });
  await rolledOut();
  expect(await outdatedStreams(ledger.database, '', 10)).toEqual([]);
  const now = await Promise.all([moving, elsewhere].map(wakeOf));
  expect((now[0] ?? '') < (before[0] ?? '')).toBe(true);
  expect(now[1]).toBe(before[1]);
  await sleepsUntil(moving, now[0]);
  expect(await Promise.all([moving, elsewhere].map(stirred))).toEqual([(stirs[0] ?? 0) + 1, stirs[1]]);
  // once more changes nothing and wakes nobody
  const events = await ledger.database.event.count();
  await workers.lives.rollOut();
  await rolledOut();
  expect(await ledger.database.event.count()).toBe(events);
});

test('a holiday table reaches every sleeping life, wakes those that are due earlier, and the forecast after it is the deed', async () => {
  const { ledger, act } = deployment;
  const lives = [moving, staying, elsewhere];
  const stirs = await Promise.all(lives.map(stirred));
  const before = await Promise.all(lives.map(wakeOf));
  expect(await act('base', 'office', { type: 'enterCalendarYear', year: YEAR, table })).toMatchObject({ accepted: true });
  await rolledOut();
  expect(await outdatedStreams(ledger.database, '', 10)).toEqual([]);
  const now = await Promise.all(lives.map(wakeOf));
  for (const [n, id] of [moving, elsewhere].entries()) {
    expect(await datesMoved(id)).toBeGreaterThan(0);
    expect((now[n === 0 ? 0 : 2] ?? '') < (before[n === 0 ? 0 : 2] ?? '')).toBe(true);
  }
  expect(now[1]).toBe(before[1]);
  await sleepsUntil(moving, now[0]);
  await sleepsUntil(elsewhere, now[2]);
  expect(await Promise.all(lives.map(stirred))).toEqual([(stirs[0] ?? 0) + 1, stirs[1], (stirs[2] ?? 0) + 1]);

  expect(await deedIsForecast([...lives, 'base'], atLocalTime(addDays(after, 3), 12))).toBeGreaterThan(8);
  const twice = await ledger.database.$queryRaw<unknown[]>`
    SELECT stream_id, payload->>'dutyId', payload->>'rung', payload->>'occurrence' FROM event WHERE type = 'rungFired' GROUP BY 1, 2, 3, 4 HAVING count(*) > 1`;
  expect(twice).toEqual([]);
  expect((await verifyLedger(ledger.database)).problems).toEqual([]);
}, 180_000);

test('a stream that cannot be read does not hold up the others', async () => {
  const { ledger, workers, act } = deployment;
  const { body } = await ledger.database.event.findFirstOrThrow({ where: { streamId: moving, type: 'registered' } });
  const write = (text: string): Promise<void> =>
    tamper(ledger, `UPDATE event SET body = $body$${text}$body$ WHERE stream_id = '${moving}' AND type = 'registered';`);
  await write('{');
  const next: Policy = { ...defaultPolicy, version: 9 };
  await addPolicy(ledger.database, next);
  const put = { type: 'putPolicyInForce', policy: policyName(next), reason: '区委要求' };
  for (const round of rounds) expect(await act(`round/${round}`, 'inspector', put)).toMatchObject({ accepted: true });
  await rolledOut();
  expect((await outdatedStreams(ledger.database, '', 10)).map(({ id }) => id)).toEqual([moving]);
  await write(body);
  await workers.lives.rollOut();
  await rolledOut();
  expect(await outdatedStreams(ledger.database, '', 10)).toEqual([]);
  expect((await verifyLedger(ledger.database)).problems).toEqual([]);
});

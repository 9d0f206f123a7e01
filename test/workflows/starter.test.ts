import { addMillis, fromMillis } from '../../domain/time';
import { auditNotices } from '../../ledger/audit';
import { outcomeOf, storeCommand } from '../../ledger/commands';
import { verifyLedger } from '../../ledger/verify';
import { ensureSchedule } from '../../worker/workers';
import { lifeOf } from '../../workflows/life.messages';

const workflowIdOf = (id: string): string => lifeOf(id).workflowId;
import { starterWorkflowId } from '../../workflows/starter.messages';
import { deploy, type Deployment } from '../support/deployment';
import { openRound } from '../support/fixture';

const DAY_MS = 86_400_000;
const start = fromMillis(Date.now());
let deployment: Deployment;
let issues: string[];
beforeAll(async () => {
  deployment = await deploy(start);
  issues = [...(await openRound(deployment.ledger.database, 60, start)).issueIds];
});
afterAll(() => deployment.close());

const runs = async (): Promise<Map<string, string>> => {
  const found = new Map<string, string>();
  for (const id of issues) {
    const described = await deployment.workers.client.workflow
      .getHandle(workflowIdOf(id))
      .describe()
      .catch(() => null);
    if (described?.status.name === 'RUNNING') found.set(id, described.runId);
  }
  return found;
};
const starterEnded = (): Promise<unknown> => deployment.workers.client.workflow.getHandle(starterWorkflowId).result();

test('the starter starts every life, paced, goes on after a restart of the workers, and takes in what came meanwhile', async () => {
  await deployment.workers.lives.kickStarter();
  while ((await runs()).size === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  await deployment.restart(); // between its batches
  issues.push(...(await openRound(deployment.ledger.database, 3, start)).issueIds);
  await deployment.workers.lives.kickStarter();
  await starterEnded();
  expect((await runs()).size).toBe(63);
}, 60_000);

test('running it again starts nothing twice', async () => {
  const before = await runs();
  await deployment.workers.lives.kickStarter();
  await starterEnded();
  expect(await runs()).toEqual(before);
}, 60_000);

test('lives that Temporal lost are started from the ledger: every one goes on, nothing is said twice', async () => {
  const { ledger, workers, world } = deployment;
  await world.moveTo(addMillis(start, 3 * DAY_MS));
  const { client } = workers;
  const lost = [...issues.map(workflowIdOf)];
  for await (const { workflowId } of client.workflow.list({ query: "ExecutionStatus = 'Running' AND WorkflowType = 'digestDelivery'" }))
    lost.push(workflowId);
  await Promise.all(
    lost.map((id) =>
      client.workflow
        .getHandle(id)
        .terminate('lost')
        .catch(() => undefined),
    ),
  );
  expect((await runs()).size).toBe(0);
  await workers.lives.kickStarter();
  await starterEnded();
  expect((await runs()).size).toBe(63);

  const now = addMillis(start, 12 * DAY_MS);
  await world.moveTo(now);
  expect(await auditNotices(ledger.database, now)).toEqual({ lost: 0, silent: 0 });
  const twice = await ledger.database.$queryRaw<unknown[]>`
    SELECT stream_id, payload->>'dutyId', payload->>'rung', payload->>'occurrence' FROM event WHERE type = 'rungFired' GROUP BY 1, 2, 3, 4 HAVING count(*) > 1`;
  expect(twice).toEqual([]);
}, 120_000);

test('a command that was stored but never sent is sent', async () => {
  const key = await storeCommand(deployment.ledger.database, {
    streamId: issues[0] ?? '',
    actor: 'office',
    via: 'test',
    command: { type: 'comment', note: '未送出' },
  });
  await deployment.workers.lives.kickStarter();
  await starterEnded();
  while ((await outcomeOf(deployment.ledger.database, key)) === null) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await outcomeOf(deployment.ledger.database, key)).toMatchObject({ accepted: true });
}, 60_000);

test('a schedule runs the starter every ten minutes; ensuring it twice keeps one', async () => {
  const { client } = deployment.workers;
  await ensureSchedule(client);
  await ensureSchedule(client);
  const { spec, action } = await client.schedule.getHandle('starter').describe();
  expect(spec.intervals?.[0]?.every).toBe(600_000);
  expect(action).toMatchObject({ workflowType: 'starter' });
});

test('every night before midnight in Beijing the ledger is anchored, or at the next start within twelve hours', async () => {
  const { client } = deployment.workers;
  await ensureSchedule(client);
  const handle = client.schedule.getHandle('anchor');
  const { spec, policies, info } = await handle.describe();
  expect(policies.catchupWindow).toBe(12 * 3_600_000);
  const inBeijing = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  expect(spec.intervals).toHaveLength(1);
  expect(new Set(info.nextActionTimes.map((time) => inBeijing.format(time)))).toEqual(new Set(['23:50']));
  await handle.trigger();
  while ((await deployment.ledger.database.anchor.count()) === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await verifyLedger(deployment.ledger.database)).anchors).toMatchObject({ anchors: 1, uncovered: 0 });
}, 60_000);

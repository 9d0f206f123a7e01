import { addMillis, fromMillis, millis } from '../../domain/time';
import { auditNotices } from '../../ledger/audit';
import { storeCommand } from '../../ledger/commands';
import { clockOf, fastForward } from '../../worker/skip-time';
import { lifeOf } from '../../workflows/life.messages';

const workflowIdOf = (id: string): string => lifeOf(id).workflowId;
import { deploy, type Deployment } from '../support/deployment';
import { openRound } from '../support/fixture';

const DAY_MS = 86_400_000;
const start = fromMillis(Date.now());
const assign = { type: 'assign', leadUnitId: 'clinic', leadLeaderId: 'leader', handlerId: 'handler' };
let deployment: Deployment;
beforeAll(async () => {
  deployment = await deploy(start);
});
afterAll(() => deployment.close());

/** Skips a life by itself, without the world, which would ask the database. */
const skip = async (issueId: string, aheadMs: number): Promise<void> => {
  await fastForward(deployment.workers.client, { workflowId: workflowIdOf(issueId), aheadMs, id: `outage ${Math.random()}` });
};

test('while the database is away a rung and a command wait; both happen once it is back', async () => {
  const { ledger, workers } = deployment;
  const issueId = (await openRound(ledger.database, 1, start)).issueIds[0] ?? '';
  await deployment.act(issueId, 'office', { type: 'comment', note: '已开始' }); // the life has loaded
  const { nextWakeAt } = await ledger.database.stream.findUniqueOrThrow({ where: { id: issueId } });
  const due = (nextWakeAt?.getTime() ?? NaN) + 5_000;
  const key = await storeCommand(ledger.database, { streamId: issueId, actor: 'office', via: 'test', command: assign });

  await deployment.refuseDatabase(true);
  const clock = await clockOf(workers.client, workflowIdOf(issueId));
  await skip(issueId, due - Number(clock));
  const answer = await workers.lives.send(issueId, key);
  await skip(issueId, 120_000); // two minutes of asking in vain, at 10, 20, 40 … s
  await deployment.refuseDatabase(false);
  await skip(issueId, 600_000);

  expect(await answer.result()).toMatchObject({ accepted: true, phase: 'assigned' });
  const fired = await ledger.database.event.findMany({ where: { streamId: issueId, type: 'rungFired' }, orderBy: { version: 'asc' } });
  const overdue = fired.filter(({ payload }) => millis((payload as { at: never }).at) === nextWakeAt?.getTime());
  expect(overdue).toHaveLength(1);
}, 90_000);

test('workers that stop and start again in the middle of lives lose nothing', async () => {
  const { issueIds } = await openRound(deployment.ledger.database, 3, start);
  await deployment.workers.lives.kickStarter();
  await deployment.world.moveTo(addMillis(start, 6 * DAY_MS));
  const [first = '', second = ''] = issueIds;
  await deployment.act(first, 'office', assign);

  const stored = await storeCommand(deployment.ledger.database, { streamId: second, actor: 'office', via: 'test', command: assign });
  const sending = deployment.workers.lives.send(second, stored);
  await deployment.restart(); // while that command is under way
  await sending.catch(() => undefined);
  const answer = await (await deployment.workers.lives.send(second, stored)).result();
  expect(answer).toMatchObject({ accepted: true, phase: 'assigned' });

  const now = addMillis(start, 20 * DAY_MS);
  await deployment.world.moveTo(now);
  expect(await auditNotices(deployment.ledger.database, now)).toEqual({ lost: 0, silent: 0 });
  expect(await deployment.ledger.database.event.count({ where: { streamId: second, type: 'assigned' } })).toBe(1);
}, 90_000);

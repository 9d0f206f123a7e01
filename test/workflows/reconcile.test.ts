import { addMillis, atLocalTime, dateOf, fromMillis, type Instant } from '../../domain/time';
import { standingAlarms } from '../../ledger/alarms';
import { outcomeOf, storeCommand } from '../../ledger/commands';
import type { Database } from '../../ledger/database';
import { findings } from '../../ledger/reconcile';
import { moveWorld } from '../../ledger/world';
import { alarmByMail } from '../../worker/reconcile-port';
import { ensureSchedule } from '../../worker/workers';
import type { reconcile } from '../../workflows';
import { lifecycleQueue, lifeOf } from '../../workflows/life.messages';
import type { ReconcileReport } from '../../workflows/reconcile.messages';
import { sql, tamper } from '../ledger/support';
import { deploy, type Deployment } from '../support/deployment';
import { openRound, people, services } from '../support/fixture';
import { actAt, play, yearOfLives, yearOfStories } from '../support/lives';
import { reconcileOn } from './reconcile-setup';

// Real lives, broken on purpose. What reconcile can mend it mends silently; the rest it tells once, by mail.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const FROM = '整改办 <zgb@linjiang.example>';
const start = atLocalTime(dateOf(fromMillis(Date.now())), 24 + 14); // tomorrow 14:00
/** Its own mailbox: the inbox is shared by all test files. */
const ADMIN = `admin-${Date.now()}@linjiang.example`;

let deployment: Deployment;
const log: string[] = [];
const post = { away: false };
beforeAll(async () => {
  deployment = await deploy(start, {
    people: {
      ...people,
      persons: [...people.persons, { id: 'root', name: '系统管理员', email: ADMIN }],
      posts: [...people.posts, { personId: 'root', unitId: 'bureau', role: 'admin', title: '管理员', from: null, to: null }],
    },
    deps: ({ mail, clock }) => {
      const database = (): Database => deployment.ledger.database;
      const send = (message: Parameters<typeof mail.send>[0]) => (post.away ? Promise.reject(new Error('421 away')) : mail.send(message));
      const more = {
        clock,
        reconcile: reconcileOn(database, {
          alarm: (text) => alarmByMail({ database: database(), mail: { send }, from: FROM, clock })(text),
          warn: (line) => log.push(line),
        }),
      };
      return more;
    },
  });
});
afterAll(() => deployment.close());

const run = (now?: Instant): Promise<ReconcileReport> =>
  deployment.workers.client.workflow.execute<typeof reconcile>('reconcile', {
    workflowId: `reconcile/${Math.random()}`,
    taskQueue: lifecycleQueue,
    args: now === undefined ? [] : [{ now }],
  });
/** The alarms in the administrator's mailbox; their digests are left out. */
const mails = async (): Promise<string[]> => {
  const { inboxUrl } = services();
  const { messages } = (await (await fetch(`${inboxUrl}/api/messages?to=${ADMIN}&limit=1000`)).json()) as { messages: { id: string }[] };
  const raw = await Promise.all(messages.map(async ({ id }) => (await fetch(`${inboxUrl}/api/messages/${id}/raw`)).text()));
  return raw.filter((mail) => !/^X-Zhenggai-Notices:/m.test(mail));
};
const nothing = { found: {}, mended: [], raised: 0, cleared: 0, standing: 0 };
const handleOf = (streamId: string) => deployment.workers.client.workflow.getHandle(lifeOf(streamId).workflowId);
const statusOf = async (streamId: string): Promise<string> => (await handleOf(streamId).describe()).status.name;
const owner = (text: string, values: unknown[] = []): Promise<object[]> => sql(deployment.ledger.ownerUrl, text, values);
const later = (minutes: number): Instant => addMillis(deployment.world.now(), minutes * MINUTE_MS);
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
}

let issues: readonly string[] = [];

test('on a ledger that lived a year it finds nothing, at any act and at its end, and says nothing', async () => {
  const { ledger, world, workers } = deployment;
  const { roundId, issueIds } = await openRound(ledger.database, yearOfStories.length, start);
  issues = issueIds;
  const lives = yearOfLives(start, { roundId, issueIds });
  await workers.lives.kickStarter();
  await world.moveTo(start);
  let looked = 0;
  const after = async (): Promise<void> => {
    // an act can stir the base data, whose own clock stands where it was last brought: what it says then is on its way already
    await world.moveTo(world.now());
    expect(await findings(ledger.database, world.now())).toEqual([]);
    looked += 1;
  };
  await play(deployment, { start, lives, until: 330, after });
  for (let day = 331; day <= 372; day += 3) {
    await world.moveTo(actAt(start, day));
    await after();
  }
  expect(looked).toBeGreaterThan(100);
  expect(await run()).toEqual({ ...nothing, now: world.now() });
  expect(await run(later(20))).toMatchObject(nothing);
  expect(await mails()).toEqual([]);
  expect(log).toEqual([]);
}, 360_000);

test('a life that was terminated is started again, silently', async () => {
  const id = issues[3] ?? '';
  await handleOf(id).terminate('broken on purpose');
  expect(await statusOf(id)).toBe('TERMINATED');
  expect(await run(later(20))).toMatchObject({ found: { lifeless: 1 }, mended: [`lifeless/${id}`], raised: 0 });
  await until(async () => (await statusOf(id)) === 'RUNNING');
  expect(await run(later(35))).toMatchObject(nothing);
  expect(await mails()).toEqual([]);
});

test('a life that sleeps past its instant is stirred, silently', async () => {
  const { database } = deployment.ledger;
  const id = issues[3] ?? '';
  const wake = async (): Promise<Date | null> => (await database.stream.findUniqueOrThrow({ where: { id } })).nextWakeAt;
  const before = await wake();
  await owner(`UPDATE stream SET next_wake_at = $1 WHERE id = $2`, [later(-60), id]);
  expect(await run(later(0))).toMatchObject({ found: { overslept: 1 }, mended: [`overslept/${id}`], raised: 0 });
  await until(async () => (await wake())?.getTime() === before?.getTime());
  expect(await run(later(15))).toMatchObject(nothing);
});

test('a command that was never sent is decided, silently', async () => {
  const { database } = deployment.ledger;
  const key = await storeCommand(database, {
    streamId: issues[3] ?? '',
    actor: 'office',
    via: 'test',
    command: { type: 'comment', note: '未送出' },
  });
  await tamper(deployment.ledger, `UPDATE command SET created_at = now() - interval '11 minutes' WHERE key = '${key}'`);
  expect(await run(later(0))).toMatchObject({ found: { undecided: 1 }, mended: [`undecided/${key}`], raised: 0 });
  await until(async () => (await outcomeOf(database, key)) !== null);
  expect(await run(later(15))).toMatchObject(nothing);
});

test('messages whose delivery was terminated are delivered, silently, each once', async () => {
  const { ledger, workers } = deployment;
  const { database } = ledger;
  // the next opening that has a message, without the world's own waking: only reconcile sees to it
  await deployment.act(issues[3] ?? '', 'office', { type: 'escalate', kind: 'supervisionOrder', reason: '久拖未改' });
  const digest = await database.digest.findFirstOrThrow({ where: { state: 'open' }, orderBy: { opening: 'asc' } });
  for await (const { workflowId } of workers.client.workflow.list({
    query: "ExecutionStatus = 'Running' AND WorkflowType = 'digestDelivery'",
  }))
    await workers.client.workflow.getHandle(workflowId).terminate('broken on purpose');
  const at = addMillis(fromMillis(digest.opening.getTime()), 3 * HOUR_MS);
  await deployment.world.bring(issues[3] ?? '');
  await moveWorld(database, at);
  const report = await run(at);
  expect(report.found['unsent']).toBeGreaterThan(0);
  expect(report).toMatchObject({ raised: 0, standing: 0 });
  const open = () => database.digest.count({ where: { state: { in: ['open', 'sealed'] }, opening: { lte: new Date(at) } } });
  await until(async () => (await open()) === 0);
  await deployment.world.moveTo(at);
  expect(await run(addMillis(at, 15 * MINUTE_MS))).toMatchObject(nothing);
  expect(await database.delivery.count({ where: { personId: digest.personId, opening: digest.opening } })).toBe(1);
  expect(await mails()).toEqual([]);
  expect(log).toEqual([]);
});

test('a notice that was never written is told once, cleared when it is there, and told again when it is lost again', async () => {
  const { database } = deployment.ledger;
  const notice = await database.notice.findFirstOrThrow({ where: { state: 'sent' }, orderBy: { createdAt: 'desc' } });
  const remove = () =>
    owner(`DELETE FROM notice WHERE (stream_id, obligation_id, rung, occurrence, person_id) = ($1, $2, $3, $4, $5)`, [
      notice.streamId,
      notice.obligationId,
      notice.rung,
      notice.occurrence,
      notice.personId,
    ]);
  await remove();
  const key = `unwritten/${notice.streamId}/${notice.obligationId}/${notice.rung}@${notice.occurrence}`;
  expect(await run(later(0))).toMatchObject({ found: { unwritten: 1 }, raised: 1, standing: 1 });
  expect(await run(later(15))).toMatchObject({ found: { unwritten: 1 }, raised: 0, standing: 1 });
  expect((await standingAlarms(database)).map((alarm) => alarm.key)).toEqual([key]);
  expect(log.splice(0)).toEqual([`reconcile: alarm ${key}`]);
  const [mail = '', ...more] = await mails();
  expect(more).toEqual([]);
  expect(Buffer.from(/Subject: =\?UTF-8\?B\?(.*)\?=/i.exec(mail)?.[1] ?? '', 'base64').toString()).toContain('对账告警');
  const text = Buffer.from(mail.split('\r\n\r\n')[2]?.split('\r\n--')[0] ?? '', 'base64').toString();
  expect(text).toContain(`应通知${notice.personId}，没有写成通知。`);

  await database.notice.create({ data: notice });
  expect(await run(later(30))).toMatchObject({ found: {}, cleared: 1, standing: 0 });
  expect(await mails()).toHaveLength(1);
  await remove();
  expect(await run(later(45))).toMatchObject({ raised: 1 });
  expect(await mails()).toHaveLength(2);
  await database.notice.create({ data: notice });
  expect(await run(later(60))).toMatchObject({ cleared: 1 });
  log.length = 0;
});

test('what a repair does not mend becomes an alarm at the next run; while the mail server is away it is told later', async () => {
  const { ledger } = deployment;
  const id = issues[3] ?? '';
  const { body } = await ledger.database.event.findFirstOrThrow({ where: { streamId: id, type: 'registered' } });
  const write = (text: string): Promise<void> =>
    tamper(ledger, `UPDATE event SET body = $body$${text}$body$ WHERE stream_id = '${id}' AND type = 'registered'`);
  const { nextWakeAt } = await ledger.database.stream.findUniqueOrThrow({ where: { id } });
  await write('{');
  await owner(`UPDATE stream SET next_wake_at = $1 WHERE id = $2`, [later(-60), id]);
  const before = (await mails()).length;
  expect(await run(later(0))).toMatchObject({ found: { overslept: 1 }, raised: 0 });
  post.away = true;
  expect(await run(later(15))).toMatchObject({ found: { overslept: 1 }, raised: 1, standing: 1 });
  expect(await mails()).toHaveLength(before);
  expect(log.some((line) => line.includes('nobody could be told'))).toBe(true);
  post.away = false;
  expect(await run(later(30))).toMatchObject({ raised: 0, standing: 1 });
  expect(await mails()).toHaveLength(before + 1);
  await write(body);
  await deployment.workers.lives.lookAgain(id);
  await until(async () => {
    const now = await ledger.database.stream.findUniqueOrThrow({ where: { id } });
    return now.nextWakeAt?.getTime() === nextWakeAt?.getTime();
  });
  expect(await run(later(45))).toMatchObject({ found: {}, cleared: 1, standing: 0 });
  expect(await mails()).toHaveLength(before + 1);
});

test('the schedule runs it every quarter of an hour; what an older program scheduled is changed, a pause is kept', async () => {
  const { schedule, workflow } = deployment.workers.client;
  await schedule.create({
    scheduleId: 'reconcile',
    spec: { intervals: [{ every: '10 minutes' }] },
    action: { type: 'startWorkflow', workflowType: 'starter', taskQueue: lifecycleQueue, workflowId: 'starter', args: [] },
    state: { paused: true, note: 'maintenance' },
  });
  await ensureSchedule(deployment.workers.client);
  await ensureSchedule(deployment.workers.client);
  const handle = schedule.getHandle('reconcile');
  const { spec, action, policies, state } = await handle.describe();
  expect(spec.intervals?.map(({ every }) => every)).toEqual([15 * MINUTE_MS]);
  expect(action).toMatchObject({ workflowType: 'reconcile', taskQueue: lifecycleQueue });
  expect(policies.overlap).toBe('SKIP');
  expect(state).toMatchObject({ paused: true, note: 'maintenance' });
  expect((await schedule.getHandle('starter').describe()).action).toMatchObject({ workflowType: 'starter' });

  await handle.trigger();
  await until(async () => (await handle.describe()).info.recentActions.length > 0);
  const taken = (await handle.describe()).info.recentActions[0]?.action.workflow.workflowId ?? '';
  expect(await workflow.getHandle<typeof reconcile>(taken).result()).toMatchObject(nothing);
});

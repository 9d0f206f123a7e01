import { addMillis, fromMillis } from '../../domain/time';
import { outcomeOf, storeCommand } from '../../ledger/commands';
import { lifeOf } from '../../workflows/life.messages';

const workflowIdOf = (id: string): string => lifeOf(id).workflowId;
import { deploy, type Deployment } from '../support/deployment';
import { openRound } from '../support/fixture';

const DAY_MS = 86_400_000;
const start = fromMillis(Date.now());
const assign = { type: 'assign', leadUnitId: 'clinic', leadLeaderId: 'leader', handlerId: 'handler' };
const note = (text: string) => ({ type: 'comment', note: text });

/** Holds the ledger's answers to a life that loads, while it is closed. */
const gate = { open: Promise.resolve(), asked: 0, asking: () => {} };
let deployment: Deployment;
let issues: readonly string[];
beforeAll(async () => {
  deployment = await deploy(start, {
    deps: ({ ledger }) => ({
      ledger: {
        ...ledger,
        async advance(issueId, now) {
          gate.asked += 1;
          gate.asking();
          await gate.open;
          return ledger.advance(issueId, now);
        },
      },
    }),
  });
  issues = (await openRound(deployment.ledger.database, 5, start)).issueIds;
});
afterAll(() => deployment.close());

const issue = (n: number): string => issues[n] ?? '';
const runOf = async (issueId: string): Promise<string> =>
  (await deployment.workers.client.workflow.getHandle(workflowIdOf(issueId)).describe()).runId;
const nextRun = async (issueId: string, run: string): Promise<void> => {
  while ((await runOf(issueId)) === run) await new Promise((resolve) => setTimeout(resolve, 50));
};
const eventsOf = (streamId: string, type: string): Promise<number> => deployment.ledger.database.event.count({ where: { streamId, type } });

test('a command that arrives while a run loads is answered, also when the ledger hangs and the workers change', async () => {
  let release = (): void => {};
  gate.open = new Promise((resolve) => (release = resolve));
  const asked = new Promise<void>((resolve) => (gate.asking = resolve));
  await deployment.workers.lives.start(issue(0));
  await asked;
  const answer = deployment.act(issue(0), 'office', assign);
  // a real 9 s, which no clock skips: the ledger hangs longer than a workflow task lasts, so the command is taken in meanwhile
  setTimeout(release, 9_000);
  expect(await answer).toMatchObject({ accepted: true, phase: 'assigned' });
  await deployment.restart();
  expect(await deployment.act(issue(0), 'head', { type: 'acknowledge' })).toMatchObject({ accepted: true, phase: 'acknowledged' });
}, 60_000);

test('commands that arrive while a life continues as new are each answered once', async () => {
  await deployment.startLife({ issueId: issue(1), longHistory: 20 });
  const first = await runOf(issue(1));
  const texts = Array.from({ length: 24 }, (_, index) => `批注${index}`);
  for (let from = 0; from < texts.length; from += 4) {
    const answers = await Promise.all(texts.slice(from, from + 4).map((text) => deployment.act(issue(1), 'office', note(text))));
    expect(answers.every(({ accepted }) => accepted)).toBe(true);
    if (from === 8) await nextRun(issue(1), first);
  }
  expect(await eventsOf(issue(1), 'commented')).toBe(texts.length);
}, 60_000);

test('the answer given in the task in which a history gets long reaches the sender', async () => {
  // every answer is given in such a task: one event is already too long
  await deployment.startLife({ issueId: issue(2), longHistory: 1 });
  for (const text of ['一', '二', '三']) {
    const key = await storeCommand(deployment.ledger.database, { streamId: issue(2), actor: 'office', via: 'test', command: note(text) });
    const before = await runOf(issue(2));
    const handle = await deployment.workers.lives.send(issue(2), key);
    expect(await handle.result()).toMatchObject({ accepted: true });
    await nextRun(issue(2), before);
  }
  expect(await eventsOf(issue(2), 'commented')).toBe(3);
}, 60_000);

test('the same key twice, and again in a later run, gives one event and the same answer', async () => {
  await deployment.startLife({ issueId: issue(3), longHistory: 12 });
  const key = 'assign-once';
  const [one, two] = await Promise.all([deployment.act(issue(3), 'office', assign, key), deployment.act(issue(3), 'office', assign, key)]);
  const before = await runOf(issue(3));
  for (let n = 0; (await runOf(issue(3))) === before; n++) await deployment.act(issue(3), 'office', note(`批注${n}`));
  const three = await deployment.act(issue(3), 'office', assign, key);
  expect([two, three]).toEqual([one, one]);
  expect(await outcomeOf(deployment.ledger.database, key)).toEqual(one);
  expect(await eventsOf(issue(3), 'assigned')).toBe(1);
}, 60_000);

test('of two commands at once, the second meets what the first has done', async () => {
  const answers = await Promise.all([deployment.act(issue(4), 'office', assign), deployment.act(issue(4), 'clerk', assign)]);
  expect(answers.every(({ accepted }) => accepted)).toBe(true); // an assignment may be corrected
  const receipts = await Promise.all([
    deployment.act(issue(4), 'head', { type: 'acknowledge' }),
    deployment.act(issue(4), 'leader', { type: 'acknowledge' }),
  ]);
  expect(receipts.filter(({ accepted }) => accepted)).toHaveLength(1);
  expect(receipts.find(({ accepted }) => !accepted)).toMatchObject({ rejection: { code: 'phase.notAllowed' } });
});

test('a life keeps its skipped clock when it continues as new, and when its world is a new one', async () => {
  const { world } = deployment;
  const at = addMillis(start, 2 * DAY_MS);
  await world.moveTo(at);
  const before = await runOf(issue(1));
  for (let n = 0; (await runOf(issue(1))) === before; n++) await deployment.act(issue(1), 'office', note(`再批注${n}`));
  const clock = await world.clockOf(issue(1));
  expect(clock >= at && clock < addMillis(at, 60_000)).toBe(true);
  await deployment.restart();
  await deployment.world.bring(issue(1));
  expect((await deployment.world.clockOf(issue(1))) < addMillis(at, 120_000)).toBe(true);
}, 60_000);

test('a command that the ledger does not know fails alone', async () => {
  const handle = await deployment.workers.lives.send(issue(0), 'no-such-key');
  await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'UnknownToLedger' } });
  expect(await deployment.act(issue(0), 'office', note('照常'))).toMatchObject({ accepted: true });
});

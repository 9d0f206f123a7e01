/**
 * Records the histories that replay.test.ts replays: `npx tsx test/workflows/record-histories.ts`, on real servers of its own.
 * Run it when a story or a workflow changed on purpose. What released versions recorded stands in folders beside (`first/`) and is never
 * recorded anew: it must replay, or the change stands behind patched().
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { defaultPolicy } from '../../domain/policy/default-policy';
import { addDays, atLocalTime, dateOf, fromMillis, type LocalDate } from '../../domain/time';
import { importDirectory } from '../../ledger/directory';
import { addPolicy, policyName } from '../../ledger/rules';
import { digestWorkflowId } from '../../workflows/digest-delivery.messages';
import { lifecycleQueue, lifeOf } from '../../workflows/life.messages';

import { rolloutWorkflowId } from '../../workflows/rollout.messages';
import { reconcileWorkflowId } from '../../workflows/reconcile.messages';
import { starterWorkflowId } from '../../workflows/starter.messages';
import { deploy, type Deployment } from '../support/deployment';
import { openRound, people } from '../support/fixture';
import setup from '../support/global-setup';
import teardown from '../support/global-teardown';
import { actAt, play, roundStory, stories, type Act } from '../support/lives';
import { reconcileOn } from './reconcile-setup';

const workflowIdOf = (id: string): string => lifeOf(id).workflowId;

/** A new version of the policy, put in force on the running round. */
const stricter = {
  ...defaultPolicy,
  version: 99,
  terms: { ...defaultPolicy.terms, checkBackDraw: { ...defaultPolicy.terms.checkBackDraw, value: { months: 5 } } },
};
const STRICTER = policyName(stricter);

const folder = path.resolve(__dirname, '../histories');

async function record(): Promise<void> {
  const start = atLocalTime(dateOf(fromMillis(Date.now())), 24 + 14);
  const gate = { open: Promise.resolve() };
  const deployment = await deploy(start, {
    deps: ({ ledger }) => ({
      ledger: { ...ledger, advance: (issueId, now) => gate.open.then(() => ledger.advance(issueId, now)) },
    }),
  });
  const { ledger } = deployment;
  const { roundId, issueIds } = await openRound(ledger.database, 12, start);
  const [consolidated = '', returned = '', relapsed = '', escalated = '', continued = '', hung = '', ...more] = issueIds;
  const [suspended = '', coordinated = '', extended = '', split = '', keptUp = '', sustained = ''] = more;
  const round = `round/${roundId}`;
  await addPolicy(ledger.database, stricter);
  await deployment.startLife({ issueId: continued, longHistory: 60 });

  // a ledger that hangs while a command arrives: the workflow task is prolonged with one question under way and one waiting
  let release = (): void => {};
  gate.open = new Promise((resolve) => (release = resolve));
  await deployment.startLife({ issueId: hung });
  setTimeout(release, 17_000);
  await deployment.act(hung, 'office', { type: 'comment', note: '账本没有回答' });
  await deployment.workers.lives.kickStarter();
  await deployment.world.moveTo(start);

  const lives = new Map([
    [consolidated, stories.consolidated(start)],
    [returned, stories.returned(start)],
    [relapsed, stories.relapsed(start)],
    [escalated, stories.escalated(start)],
    [continued, stories.returned(start)],
    [suspended, stories.suspended(start)],
    [coordinated, stories.coordinated(start)],
    [extended, stories.extended(start)],
    [split, stories.split()],
    [keptUp, stories.keptUp(start)],
    [sustained, stories.sustained()],
    [round, [...roundStory(), [120, 'inspector', { type: 'putPolicyInForce', policy: STRICTER, reason: '从严' }]]],
  ] satisfies [string, Act[]][]);
  await play(deployment, { start, lives, until: 250 });

  mkdirSync(folder, { recursive: true });
  for (const [name, issueId] of Object.entries({
    consolidated,
    returned,
    relapsed,
    escalated,
    continued,
    hung,
    suspended,
    coordinated,
    extended,
    split,
    keptUp,
    sustained,
    round,
  }))
    for (const [index, runId] of (await runsOf(deployment, workflowIdOf(issueId))).entries())
      await save(deployment, index === 0 ? name : `${name}-${index + 1}`, workflowIdOf(issueId), runId);
  const sent = await ledger.database.digest.findFirstOrThrow({ where: { state: 'sent' }, orderBy: { opening: 'asc' } });
  await save(deployment, 'digest', digestWorkflowId({ personId: sent.personId, opening: fromMillis(sent.opening.getTime()) }));
  await save(deployment, 'starter', starterWorkflowId);
  await save(deployment, 'rollout', rolloutWorkflowId);
  await deployment.close();
}

/** The base data: a head leaves, another comes and signs for what is open; a holiday table arrives. */
async function recordBase(): Promise<void> {
  const start = atLocalTime(dateOf(fromMillis(Date.now())), 24 + 14);
  const deployment = await deploy(start);
  const { ledger, world, act } = deployment;
  const { issueIds } = await openRound(ledger.database, 1, start);
  await deployment.workers.lives.kickStarter();
  await world.moveTo(start);
  await act(issueIds[0] ?? '', 'office', { type: 'assign', leadUnitId: 'clinic', leadLeaderId: 'leader', handlerId: 'handler' });
  const day = (n: number): LocalDate => addDays(dateOf(start), n);
  const posts = people.posts.map((post) => (post.personId === 'head' ? { ...post, to: day(9) } : post));
  const head2 = { personId: 'head2', unitId: 'clinic', role: 'unitHead' as const, title: '院长', from: day(20), to: null };
  const persons = [...people.persons, { id: 'head2', name: 'head2', email: 'head2@linjiang.example' }];
  await importDirectory(
    ledger.database,
    { ...people, persons, posts: [...posts, head2] },
    { actor: 'admin', via: 'test', now: world.now() },
  );
  await deployment.workers.lives.lookAgain('base');
  await world.moveTo(actAt(start, 25));
  const signed = await act('base', 'head2', { type: 'signHandover', dutyId: 'handover:unitHead:clinic#1' });
  if (!signed.accepted) throw new Error(signed.rejection.what);
  await world.moveTo(actAt(start, 60));
  await save(deployment, 'base', 'base');
  await deployment.close();
}

/** A check that finds a life which was terminated. */
async function recordReconcile(): Promise<void> {
  const start = atLocalTime(dateOf(fromMillis(Date.now())), 24 + 14);
  const deployment: Deployment = await deploy(start, {
    deps: ({ clock }) => {
      const told = { alarm: () => Promise.resolve(), warn: () => undefined };
      return { clock, ...{ reconcile: reconcileOn(() => deployment.ledger.database, told) } };
    },
  });
  const { client, lives } = deployment.workers;
  const [issueId = ''] = (await openRound(deployment.ledger.database, 1, start)).issueIds;
  await lives.start(issueId);
  await deployment.world.moveTo(actAt(start, 1));
  await client.workflow.getHandle(workflowIdOf(issueId)).terminate();
  const input = { workflowId: reconcileWorkflowId, taskQueue: lifecycleQueue, args: [{}] };
  await client.workflow.execute('reconcile', input);
  await save(deployment, 'reconcile', reconcileWorkflowId);
  await deployment.close();
}

/** The runs of a life, oldest first. */
async function runsOf({ workers }: Deployment, workflowId: string): Promise<string[]> {
  const runs: { runId: string; startTime: Date }[] = [];
  for await (const { runId, startTime } of workers.client.workflow.list({ query: `WorkflowId = '${workflowId}'` }))
    runs.push({ runId, startTime });
  return runs.sort((a, b) => a.startTime.getTime() - b.startTime.getTime()).map(({ runId }) => runId);
}

async function save({ workers }: Deployment, name: string, workflowId: string, runId?: string): Promise<void> {
  const history = await workers.client.workflow.getHandle(workflowId, runId).fetchHistory();
  // plain values that protobuf encodes again; the SDK's historyToJSON fails where protobufjs is installed more than once
  const type = history.constructor as unknown as { toObject(message: object, options: object): object };
  writeFileSync(
    path.join(folder, `${name}.json`),
    `${JSON.stringify(type.toObject(history, { longs: String, bytes: String }), null, 1)}\n`,
  );
}

void setup().then(record).then(recordBase).then(recordReconcile).finally(teardown);

/**
 * Records the histories that replay.test.ts replays: `npx tsx test/workflows/record-histories.ts`, on real servers of its own.
 * Run it when a story or a workflow changed on purpose; what was recorded before must still replay, or stands behind patched().
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { atLocalTime, dateOf, fromMillis } from '../../domain/time';
import { digestWorkflowId } from '../../workflows/digest-delivery.messages';
import { lifeOf } from '../../workflows/life.messages';

const workflowIdOf = (id: string): string => lifeOf(id).workflowId;
import { starterWorkflowId } from '../../workflows/starter.messages';
import { deploy, type Deployment } from '../support/deployment';
import { openRound } from '../support/fixture';
import setup from '../support/global-setup';
import teardown from '../support/global-teardown';
import { play, stories } from '../support/lives';

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
  const { issueIds } = await openRound(ledger.database, 6, start);
  const [consolidated = '', returned = '', relapsed = '', escalated = '', continued = '', hung = ''] = issueIds;
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
  ]);
  await play(deployment, { start, lives, until: 250 });

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, issueId] of Object.entries({ consolidated, returned, relapsed, escalated, continued, hung }))
    for (const [index, runId] of (await runsOf(deployment, workflowIdOf(issueId))).entries())
      await save(deployment, index === 0 ? name : `${name}-${index + 1}`, workflowIdOf(issueId), runId);
  const sent = await ledger.database.digest.findFirstOrThrow({ where: { state: 'sent' }, orderBy: { opening: 'asc' } });
  await save(deployment, 'digest', digestWorkflowId({ personId: sent.personId, opening: fromMillis(sent.opening.getTime()) }));
  await save(deployment, 'starter', starterWorkflowId);
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

void setup().then(record).finally(teardown);

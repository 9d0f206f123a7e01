import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { Lives } from '../../activities/lives';
import type { Directory } from '../../domain/directory';
import { addMillis, fromMillis, later } from '../../domain/time';
import { openDigests } from '../../ledger/digests';
import { moveWorld } from '../../ledger/world';
import { ensureSearchAttributes } from '../../platform/temporal-namespace';
import { digestWorkflowId } from '../../workflows/digest-delivery.messages';
import { lifeSearchAttributes } from '../../workflows/life.messages';
import { starterWorkflowId } from '../../workflows/starter.messages';
import { until } from '../platform/support';
import { openRound, openTestLedger, services, type TestLedger } from './fixture';
import { openHolds, type Holds } from './ledger-holds';
import { startStandIn, type StandIn } from './mail-stand-in';
import { startWorkerProcess, type WorkerProcess } from './worker-process';

/** After an opening, when a message waits for no rung any more. */
const AFTER_OPENING_MS = 16 * 60_000;
const APPLICATION = 'worker-to-be-killed';
const LONG_MS = 60_000;

/** A ledger, a namespace, a mail server and one worker process that can be killed and started again. */
export interface Rig {
  readonly ledger: TestLedger;
  readonly client: Client;
  readonly lives: Lives;
  readonly post: StandIn;
  readonly holds: Holds;
  /** Starts a worker process, as `zhenggai start` does after everything else. */
  start(): Promise<void>;
  /** Kills the worker now. */
  kill(): void;
  /** After a kill: waits until the process and its connections are gone, lets go of what was held, has the engine notice. */
  bury(): Promise<void>;
  /** Registers a round of findings and waits until every life has announced its duties and every message waits for its opening. */
  register(count: number): Promise<readonly string[]>;
  /** Waits until no step and no start of a delivery is outstanding. */
  settled(): Promise<void>;
  /** The opening of these persons' messages has come, or of everybody's. */
  morning(persons?: readonly string[]): Promise<void>;
  /** Waits until every message whose opening has come was handed over or needs not be. */
  delivered(): Promise<void>;
  close(): Promise<void>;
}

/** Builds a rig on the servers of global-setup; no worker runs yet. */
export async function openRig(people: Pick<Directory, 'units' | 'persons' | 'posts'>): Promise<Rig> {
  const { temporalAddress: address, adminUrl, bundleFile } = services();
  const namespace = `n-${randomUUID().slice(0, 8)}`;
  const connection = await Connection.connect({ address });
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: 86_400 as never } });
  await ensureSearchAttributes(connection, namespace, lifeSearchAttributes);
  const client = new Client({ connection, namespace });
  const lives = new Lives(client);
  const ledger = await openTestLedger(people);
  const { database } = ledger;
  const post = await startStandIn();
  const holds = await openHolds(Object.assign(new URL(adminUrl), { pathname: `/${ledger.name}` }).href);
  const appUrl = Object.assign(new URL(ledger.appUrl), { search: `?application_name=${APPLICATION}` }).href;
  let world = fromMillis(Date.now());
  let worker: WorkerProcess | null = null;

  const opened = async () => (await openDigests(database)).filter(({ opening }) => opening <= world);
  const quiet = async (): Promise<boolean> => {
    const due = await database.stream.count({ where: { final: false, nextWakeAt: { lte: new Date() } } });
    const undecided = await database.$queryRaw<unknown[]>`SELECT FROM command WHERE outcome IS NULL`;
    const unstarted = await database.digest.count({ where: { started: false } });
    const { status } = await client.workflow.getHandle(starterWorkflowId).describe();
    return due + undecided.length + unstarted === 0 && status.name !== 'RUNNING';
  };
  const delivered = (): Promise<void> => until('every opened message is delivered', async () => (await opened()).length === 0, LONG_MS);
  const settled = (): Promise<void> => until('every step and every start is done', quiet, LONG_MS);

  return {
    ledger,
    client,
    lives,
    post,
    holds,
    settled,
    async start() {
      worker = await startWorkerProcess({ address, namespace, appUrl, smtpUrl: post.url, bundleFile });
    },
    kill: () => worker?.kill(),
    async bury() {
      worker?.kill();
      await worker?.gone;
      worker = null;
      post.release();
      await holds.release(APPLICATION);
      const keys = await database.digest.findMany({ where: { started: true, state: { in: ['sealed', 'sent'] } } });
      for (const { personId, opening } of keys)
        await noticeLostAttempt(client, digestWorkflowId({ personId, opening: fromMillis(opening.getTime()) }));
    },
    async register(count) {
      const { issueIds } = await openRound(database, count, fromMillis(Date.now()));
      await lives.kickStarter();
      await settled();
      return issueIds;
    },
    async morning(persons) {
      const waiting = await openDigests(database);
      const theirs = waiting.filter(({ personId }) => persons?.includes(personId) ?? true).map(({ opening }) => opening);
      const last = theirs.sort().at(-1);
      const openings = new Set(waiting.map(({ opening }) => opening).filter((opening) => last !== undefined && opening <= last));
      // one opening after the other: a message that missed its own would wait for the next
      for (const opening of [...openings].sort()) {
        await delivered();
        world = later(world, addMillis(opening, AFTER_OPENING_MS));
        await moveWorld(database, world);
        for (const key of await opened()) await lives.wakeDelivery(key);
      }
    },
    delivered,
    async close() {
      worker?.kill();
      await worker?.gone;
      await holds.close();
      await post.close();
      await ledger.close();
      await connection.close();
    },
  };
}

const STARTED = 2;

/**
 * Temporal learns that a worker is dead by the time-out of what it was doing: two minutes for a mail. Here it is told to wait no
 * longer for the attempts of the killed process; the next attempt has the two minutes again. Everything else is the engine's own way.
 */
async function noticeLostAttempt({ workflow, workflowService, options: { namespace } }: Client, workflowId: string): Promise<void> {
  const lost = async (): Promise<boolean> => {
    const { status, raw } = await workflow.getHandle(workflowId).describe();
    return status.name === 'RUNNING' && (raw.pendingActivities ?? []).some(({ state }) => Number(state) === STARTED);
  };
  if (!(await lost())) return;
  const change = { namespace, execution: { workflowId }, type: 'deliverDigest' };
  const soon = { startToCloseTimeout: { seconds: 1 }, retryPolicy: { initialInterval: { seconds: 1 } } };
  const paths = ['start_to_close_timeout', 'retry_policy.initial_interval'];
  await workflowService.updateActivityOptions({ ...change, activityOptions: soon, updateMask: { paths } } as never);
  await until('the engine gives up the lost attempt', async () => !(await lost()));
  await workflowService.updateActivityOptions({ ...change, restoreOriginal: true });
}

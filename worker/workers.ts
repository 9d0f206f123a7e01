import { existsSync } from 'node:fs';
import path from 'node:path';
import { Context } from '@temporalio/activity';
import { Client, Connection, ScheduleAlreadyRunning, type ScheduleDescription, type ScheduleOptions } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { createActivities, type ActivityDeps } from '../activities/create-activities';
import { Lives } from '../activities/lives';
import { createReconcileActivities, type ReconcileActivities } from '../activities/reconcile';
import { mailQueue, type DigestDeliveryInput } from '../workflows/digest-delivery.messages';
import { lifecycleQueue } from '../workflows/life.messages';
import { reconcileWorkflowId } from '../workflows/reconcile.messages';
import { starterWorkflowId } from '../workflows/starter.messages';
import { reconcileEngine, type ReconcileSetup } from './reconcile-port';

export interface WorkerOptions {
  readonly address: string;
  readonly namespace: string;
  readonly deps: Omit<ActivityDeps, 'lives'> & { readonly reconcile?: ReconcileSetup };
  /** Where the bundled workflows are; the built file beside dist when not given, else bundled now. */
  readonly bundle?: WorkflowBundleOption;
  /** How many messages may leave a minute, over all workers of the deployment; no limit unless told. */
  readonly messagesPerMinute?: number | undefined;
  /** What histories call this worker; the process and host unless told. */
  readonly identity?: string;
}

export interface Workers {
  readonly client: Client;
  readonly lives: Lives;
  /** Drains both queues; returns when no activity is running any more. */
  stop(): Promise<void>;
}

let quiet = false;

/** Runs the lives and the mail of one deployment in this process: two queues, one client. */
export async function startWorkers({ address, namespace, deps, bundle, identity, messagesPerMinute }: WorkerOptions): Promise<Workers> {
  if (!quiet) {
    Runtime.install({
      logger: new DefaultLogger('ERROR'),
      telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
      shutdownSignals: [],
    });
    quiet = true;
  }
  const native = await NativeConnection.connect({ address });
  const connection = await Connection.connect({ address });
  const named = identity === undefined ? {} : { identity };
  const client = new Client({ connection, namespace, ...named });
  const lives = new Lives(client);
  const made = createActivities({ ...deps, lives });
  const activities = {
    ...made,
    deliverDigest: beating((key: DigestDeliveryInput) => made.deliverDigest(key)),
    ...reconcileActivities(deps, client, lives),
  };
  const shared = { connection: native, namespace, activities, shutdownGraceTime: '10 s', ...named } as const;
  const workers = await Promise.all([
    Worker.create({
      ...shared,
      taskQueue: lifecycleQueue,
      workflowBundle: bundle ?? (await workflowBundle()),
      maxCachedWorkflows: 2_000,
      maxConcurrentLocalActivityExecutions: 20,
    }),
    Worker.create({
      ...shared,
      taskQueue: mailQueue,
      maxConcurrentActivityTaskExecutions: 5,
      ...(messagesPerMinute === undefined ? {} : { maxTaskQueueActivitiesPerSecond: messagesPerMinute / 60 }),
    }),
  ]);
  const running = workers.map((worker) => worker.run());
  return {
    client,
    lives,
    stop: async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.allSettled(running);
      await connection.close();
      await native.close();
    },
  };
}

/** The workflows as they ship, or bundled now from the sources (development, tests). */
export async function workflowBundle(): Promise<WorkflowBundleOption> {
  const built = path.resolve(__dirname, '../workflow-bundle.js');
  if (existsSync(built)) return { codePath: built };
  return bundleWorkflowCode({ workflowsPath: require.resolve('../workflows'), logger: new DefaultLogger('ERROR') });
}

/** A worker that was given no view of the ledger has nothing to compare; its schedule says so instead of retrying. */
function reconcileActivities({ reconcile, clock }: WorkerOptions['deps'], client: Client, lives: Lives): ReconcileActivities {
  if (reconcile === undefined)
    return { reconcile: () => Promise.reject(ApplicationFailure.nonRetryable('this worker was not set up to reconcile')) };
  const { ledger, alarm, warn = console.warn } = reconcile;
  return createReconcileActivities({ ledger, alarm, warn, lives, engine: reconcileEngine(client), clock });
}

interface Rhythm {
  readonly scheduleId: string;
  readonly everyMs: number;
  /** Counted from midnight UTC. */
  readonly offsetMs?: number;
  readonly workflowType: 'starter' | 'reconcile' | 'anchoring';
  readonly workflowId: string;
}

const HOUR_MS = 3_600_000;

/**
 * What runs by itself: the starter sees to it that no life and no delivery is missing, reconcile checks that nobody was missed, and
 * before midnight in Beijing the ledger is anchored.
 */
const rhythms: readonly Rhythm[] = [
  { scheduleId: 'starter', everyMs: 10 * 60_000, workflowType: 'starter', workflowId: starterWorkflowId },
  { scheduleId: 'reconcile', everyMs: 15 * 60_000, workflowType: 'reconcile', workflowId: reconcileWorkflowId },
  { scheduleId: 'anchor', everyMs: 24 * HOUR_MS, offsetMs: 15 * HOUR_MS + 50 * 60_000, workflowType: 'anchoring', workflowId: 'anchoring' },
];

/** Creates the schedules once, on wall time, and changes those that an older program left otherwise. Idempotent; a pause is kept. */
export async function ensureSchedule(client: Client): Promise<void> {
  for (const rhythm of rhythms) await ensureRhythm(client, rhythm);
}

async function ensureRhythm({ schedule }: Client, rhythm: Rhythm): Promise<void> {
  const { scheduleId, everyMs, offsetMs = 0, workflowType, workflowId } = rhythm;
  const wanted = {
    spec: { intervals: [{ every: everyMs, offset: offsetMs }] },
    policies: { overlap: 'SKIP', catchupWindow: Math.max(60_000, everyMs - 12 * HOUR_MS) },
    action: { type: 'startWorkflow', workflowType, taskQueue: lifecycleQueue, workflowId, args: [] },
  } satisfies Omit<ScheduleOptions, 'scheduleId'>;
  try {
    await schedule.create({ scheduleId, ...wanted });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const handle = schedule.getHandle(scheduleId);
    if (differs(await handle.describe(), rhythm)) await handle.update(({ state }) => ({ ...wanted, state }));
  }
}

const differs = ({ spec, action, policies }: ScheduleDescription, { everyMs, offsetMs = 0, workflowType }: Rhythm): boolean =>
  spec.intervals?.length !== 1 ||
  spec.intervals[0]?.every !== everyMs ||
  spec.intervals[0].offset !== offsetMs ||
  action.workflowType !== workflowType ||
  action.taskQueue !== lifecycleQueue ||
  policies.overlap !== 'SKIP';

const BEAT_MS = 5_000;

/** Says every few seconds that the work goes on: a worker that was killed in the middle is missed soon, and another one tries again. */
function beating<A extends unknown[], R>(work: (...input: A) => Promise<R>): (...input: A) => Promise<R> {
  return async (...input) => {
    const context = Context.current();
    const beat = setInterval(() => {
      context.heartbeat();
    }, BEAT_MS);
    try {
      return await work(...input);
    } finally {
      clearInterval(beat);
    }
  };
}

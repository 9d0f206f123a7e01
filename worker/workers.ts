import { existsSync } from 'node:fs';
import path from 'node:path';
import { Client, Connection, ScheduleAlreadyRunning } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { createActivities, type ActivityDeps } from '../activities/create-activities';
import { Lives } from '../activities/lives';
import { mailQueue } from '../workflows/digest-delivery.messages';
import { lifecycleQueue } from '../workflows/life.messages';
import { starterWorkflowId } from '../workflows/starter.messages';

export interface WorkerOptions {
  readonly address: string;
  readonly namespace: string;
  readonly deps: Omit<ActivityDeps, 'lives'>;
  /** Where the bundled workflows are; the built file beside dist when not given, else bundled now. */
  readonly bundle?: WorkflowBundleOption;
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
export async function startWorkers({ address, namespace, deps, bundle, identity }: WorkerOptions): Promise<Workers> {
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
  const activities = createActivities({ ...deps, lives });
  const shared = { connection: native, namespace, activities, shutdownGraceTime: '10 s', ...named } as const;
  const workers = await Promise.all([
    Worker.create({
      ...shared,
      taskQueue: lifecycleQueue,
      workflowBundle: bundle ?? (await workflowBundle()),
      maxCachedWorkflows: 2_000,
      maxConcurrentLocalActivityExecutions: 20,
    }),
    Worker.create({ ...shared, taskQueue: mailQueue, maxConcurrentActivityTaskExecutions: 5 }),
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

/** Sees to it every ten minutes that no life and no delivery is missing. Idempotent. */
export async function ensureSchedule(client: Client): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: 'reconcile',
      spec: { intervals: [{ every: '10 minutes' }] },
      policies: { overlap: 'SKIP', catchupWindow: '1 minute' },
      action: { type: 'startWorkflow', workflowType: 'starter', taskQueue: lifecycleQueue, workflowId: starterWorkflowId, args: [] },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Connection } from '@temporalio/client';
import { Client as Postgres } from 'pg';
import type { ActivityDeps } from '../../activities/create-activities';
import { createSmtpChannel } from '../../channels/smtp';
import type { Directory } from '../../domain/directory';
import type { Instant } from '../../domain/time';
import { outcomeOf, storeCommand } from '../../ledger/commands';
import type { Outcome } from '../../ledger/step';
import { worldInstant } from '../../ledger/world';
import { composeLetter } from '../../papers/compose-letter';
import { wallClock } from '../../platform/clock';
import { ensureSearchAttributes } from '../../platform/temporal-namespace';
import { ledgerPort } from '../../worker/ledger-port';
import { addressOf, renderMail } from '../../worker/render-mail';
import { shortChannels } from '../../worker/short-channels';
import { startWorkers, type Workers } from '../../worker/workers';
import { World } from '../../worker/world';
import { lifecycleQueue, lifeOf, lifeSearchAttributes } from '../../workflows/life.messages';
import { openTestLedger, services, type TestLedger } from './fixture';

const FROM = '整改办 <zgb@linjiang.example>';

type Deps = Omit<ActivityDeps, 'lives'>;

/** One deployment for one test file: its own database and namespace on the shared servers. */
export interface Deployment {
  readonly ledger: TestLedger;
  /** The workers and the world of now: `restart` replaces both. */
  readonly workers: Workers;
  readonly world: World;
  readonly namespace: string;
  /** Stores a command and sends its key, as the API does. */
  readonly act: (issueId: string, actor: string, command: object, key?: string) => Promise<Outcome>;
  /** Starts a life that continues as new after so many events. */
  startLife(input: { readonly issueId: string; readonly longHistory?: number }): Promise<void>;
  /** Stops the workers; `restart` runs new ones, which have no workflow in their cache. */
  stop(): Promise<void>;
  restart(): Promise<void>;
  /** Makes the database refuse every connection, or take them again. */
  refuseDatabase(refuse: boolean): Promise<void>;
  close(): Promise<void>;
}

export interface DeployOptions {
  /** Replaces what the activities work with. */
  readonly deps?: (real: Deps) => Partial<Deps>;
  readonly people?: Pick<Directory, 'units' | 'persons' | 'posts'>;
}

export async function deploy(start: Instant, { deps = () => ({}), people }: DeployOptions = {}): Promise<Deployment> {
  const { temporalAddress, smtpUrl, bundleFile } = services();
  const namespace = `n-${randomUUID().slice(0, 8)}`;
  const connection = await Connection.connect({ address: temporalAddress });
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: 86_400 as never } });
  await ensureSearchAttributes(connection, namespace, lifeSearchAttributes);
  await connection.close();
  const ledger = await openTestLedger(people);
  const mail = createSmtpChannel({ url: smtpUrl });
  const real: Deps = {
    ledger: ledgerPort(ledger.database),
    mail: { send: ({ bytes, to }) => mail.send({ bytes, to, from: addressOf(FROM) }) },
    render: renderMail({ from: FROM, linkBase: 'http://localhost', detail: 'full' }),
    compose: composeLetter,
    short: shortChannels([]),
    clock: { now: async () => (await worldInstant(ledger.database)) ?? wallClock.now() },
  };
  const run = async (from: Instant): Promise<{ workers: Workers; world: World }> => {
    const workers = await startWorkers({
      address: temporalAddress,
      namespace,
      bundle: { code: readFileSync(bundleFile, 'utf8') },
      identity: 'worker@test',
      deps: { ...real, ...deps(real) },
    });
    return { workers, world: new World({ client: workers.client, database: ledger.database, lives: workers.lives }, from) };
  };
  let now = await run(start);
  return {
    ledger,
    namespace,
    get workers() {
      return now.workers;
    },
    get world() {
      return now.world;
    },
    async act(issueId, actor, command, key) {
      const stored = await storeCommand(ledger.database, {
        streamId: issueId,
        actor,
        via: 'test',
        command,
        ...(key === undefined ? {} : { key }),
      });
      await now.world.bring(issueId);
      await (await now.workers.lives.send(issueId, stored)).result();
      const outcome = await outcomeOf(ledger.database, stored);
      if (outcome === null) throw new Error(`no outcome of ${stored}`);
      return outcome;
    },
    async startLife(input) {
      await now.workers.client.workflow.start('issueLifecycle', {
        workflowId: lifeOf(input.issueId).workflowId,
        taskQueue: lifecycleQueue,
        args: [input],
      });
    },
    stop: () => now.workers.stop(),
    async restart() {
      await now.workers.stop();
      now = await run(now.world.now());
    },
    refuseDatabase: (refuse) => refuseDatabase(ledger.name, refuse),
    async close() {
      await now.workers.stop();
      mail.close();
      await ledger.close();
    },
  };
}

async function refuseDatabase(name: string, refuse: boolean): Promise<void> {
  const admin = new Postgres({ connectionString: services().adminUrl });
  await admin.connect();
  await admin.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS ${String(!refuse)}`);
  if (refuse) await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
  await admin.end();
}

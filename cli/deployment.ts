import path from 'node:path';
import { createSmtpChannel } from '../channels/smtp';
import type { Instant } from '../domain/time';
import { inTransaction, openDatabase, type Database } from '../ledger/database';
import { deployMigrations } from '../ledger/migrations';
import { lookAtBase } from '../ledger/base-kind';
import { rebuildStates } from '../ledger/rebuild';
import { ensureRules } from '../ledger/rules';
import { worldInstant } from '../ledger/world';
import { wallClock } from '../platform/clock';
import type { Config } from '../platform/config';
import type { DataDirKind } from '../platform/data-dir';
import { startPlatform, type Platform } from '../platform/embedded';
import { packageRoot } from '../platform/package-root';
import { ledgerPort } from '../worker/ledger-port';
import { addressOf, renderMail } from '../worker/render-mail';
import { ensureSchedule, startWorkers, type Workers } from '../worker/workers';
import { lifeSearchAttributes } from '../workflows/life.messages';

/** Everything of one data dir, running in this process and its children. */
export interface Deployment {
  readonly config: Config;
  readonly platform: Platform;
  readonly database: Database;
  readonly workers: Workers;
  readonly appliedMigrations: readonly string[];
  readonly now: () => Promise<Instant>;
  readonly stop: () => Promise<void>;
  readonly kill: () => Promise<void>;
}

export interface DeploymentOptions {
  readonly config: Config;
  readonly kind: DataDirKind;
  /** Lets the clocks of lives be brought forward: the demo command only. */
  readonly timeSkipping: boolean;
  readonly report: (line: string) => void;
}

/** Brings up services, tables, rules and workers, in this order; when one fails, what was started is stopped. */
export async function startDeployment({ config, kind, timeSkipping, report }: DeploymentOptions): Promise<Deployment> {
  const platform = await startPlatform({
    config,
    dataDir: config.dataDir,
    kind,
    report,
    timeSkipping,
    searchAttributes: lifeSearchAttributes,
  });
  try {
    const appliedMigrations = await deployMigrations(platform.databaseUrls.ownerUrl, path.join(packageRoot(), 'prisma/migrations'));
    const database = openDatabase(platform.databaseUrls.appUrl);
    await ensureRules(database);
    await rebuildStates(database);
    const now = async (): Promise<Instant> => (kind === 'demo' ? await worldInstant(database) : null) ?? wallClock.now();
    const started = await now();
    await inTransaction(database, (tx) => lookAtBase(tx, database, started));
    const mail = createSmtpChannel({ url: platform.smtpUrl });
    const workers = await startWorkers({
      address: platform.temporal.address,
      namespace: platform.temporal.namespace,
      deps: {
        ledger: ledgerPort(database),
        mail: { send: ({ bytes, to }) => mail.send({ bytes, to, from: addressOf(config.mailFrom) }) },
        render: renderMail({ from: config.mailFrom, linkBase: config.baseUrl, detail: config.noticeDetail }),
        clock: { now },
      },
    });
    if (!timeSkipping) await ensureSchedule(workers.client);
    const drain = async (): Promise<void> => {
      await workers.stop();
      mail.close();
      await database.$disconnect();
    };
    return {
      config,
      platform,
      database,
      workers,
      appliedMigrations,
      now,
      stop: async () => {
        await drain();
        await platform.stop();
      },
      kill: () => platform.kill(),
    };
  } catch (error) {
    await platform.stop();
    throw error;
  }
}

import path from 'node:path';
import type { MailPort } from '../activities/create-activities';
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
import { composeLetter } from '../papers/compose-letter';
import { startPlatform, type Platform } from '../platform/embedded';
import { packageRoot } from '../platform/package-root';
import { configuredChannels, noticeMessages } from './notice-files';
import { ledgerPort } from '../worker/ledger-port';
import { reconcileSetup } from '../worker/reconcile-port';
import { addressOf, renderMail } from '../worker/render-mail';
import { shortChannels } from '../worker/short-channels';
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
  // what is wrong in these files is said before anything is started
  const [messages, channels] = await Promise.all([noticeMessages(config), configuredChannels(config)]);
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
    const port: MailPort = { send: ({ bytes, to }) => mail.send({ bytes, to, from: addressOf(config.mailFrom) }) };
    const workers = await startWorkers({
      address: platform.temporal.address,
      namespace: platform.temporal.namespace,
      messagesPerMinute: config.messagesPerMinute,
      deps: {
        ledger: ledgerPort(database),
        mail: port,
        reconcile: reconcileSetup({ database, mail: port, from: config.mailFrom, clock: { now } }),
        short: shortChannels(channels),
        render: renderMail({
          from: config.mailFrom,
          linkBase: config.baseUrl,
          detail: config.noticeDetail,
          messages,
          maxBytes: config.mailMaxBytes,
        }),
        compose: composeLetter,
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

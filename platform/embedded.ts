import { unavailable } from '../domain/failure';
import type { Config } from './config';
import { claimDataDir, type DataDirKind } from './data-dir';
import { removeInstance } from './instance';
import { lockDataDir } from './lock';
import { startMailInbox, type MailInbox } from './mail-inbox';
import type { Refuse } from './mail-smtp';
import { PortBook } from './ports';
import { startPostgres } from './postgres';
import { answers } from './postgres-roles';
import type { Report } from './report';
import { endOrphans } from './run-records';
import type { Service, ServiceStatus } from './service';
import { Supervisor } from './supervisor';
import { namespaceAnswers, startTemporal, withConnection } from './temporal';
import { resolveTemporal } from './temporal-binary';
import { ensureSearchAttributes, type SearchAttributes } from './temporal-namespace';

export interface PlatformOptions {
  readonly config: Config;
  /** Absolute; made when missing. */
  readonly dataDir: string;
  readonly kind: DataDirKind;
  readonly report: Report;
  /** Lets workflow clocks be brought forward: demo only. */
  readonly timeSkipping: boolean;
  readonly searchAttributes: SearchAttributes;
  /** For tests: which recipients the mail inbox refuses. */
  readonly refuse?: Refuse;
}

export interface Platform {
  readonly dataDir: string;
  readonly kind: DataDirKind;
  /** adminUrl: only of the embedded PostgreSQL. */
  readonly databaseUrls: { readonly appUrl: string; readonly ownerUrl: string; readonly adminUrl: string | null };
  readonly temporal: { readonly address: string; readonly namespace: string; readonly uiUrl: string | null };
  readonly smtpUrl: string;
  /** The page of the embedded mail inbox. */
  readonly inboxUrl: string | null;
  services(): ServiceStatus[];
  /** Keeps one more program of ours running (a worker process, say). */
  start(service: Service): Promise<void>;
  /** Ends everything cleanly and releases the data dir. */
  stop(): Promise<void>;
  /** Ends everything at once; the data survives. */
  kill(): Promise<void>;
}

/**
 * Brings up what the product needs on this machine: PostgreSQL, Temporal and a mail inbox, each only when no address is configured.
 * Takes the data dir for this process and ends what a killed predecessor left running. When anything fails, everything is stopped again.
 */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { dataDir, kind, report } = options;
  claimDataDir(dataDir, kind);
  const release = lockDataDir(dataDir);
  const supervisor = new Supervisor(dataDir, report);
  const inboxes: MailInbox[] = [];
  const end = async (how: 'stop' | 'kill') => {
    removeInstance(dataDir);
    await Promise.all(inboxes.map((inbox) => inbox.close()));
    await supervisor[how]();
    release();
  };
  try {
    await endOrphans(dataDir, report);
    const ports = new PortBook(dataDir);
    const giveUp = new AbortController();
    const [databaseUrls, temporal, mail] = await allOrFirstError(giveUp, [
      database(supervisor, ports, options),
      temporalServer(supervisor, ports, options, giveUp.signal),
      mailServer(ports, options, inboxes),
    ]);
    return {
      dataDir,
      kind,
      databaseUrls,
      temporal,
      ...mail,
      services: () => supervisor.status(),
      start: (service) => supervisor.start(service),
      stop: () => end('stop'),
      kill: () => end('kill'),
    };
  } catch (error) {
    await end('stop');
    throw error;
  }
}

/** Brings up the database alone for one piece of work, and ends it. Takes the data dir for this process. */
export async function withDatabase<T>(
  options: Pick<PlatformOptions, 'config' | 'dataDir' | 'kind' | 'report'>,
  work: (urls: Platform['databaseUrls']) => Promise<T>,
): Promise<T> {
  const { dataDir, kind, report } = options;
  claimDataDir(dataDir, kind);
  const release = lockDataDir(dataDir);
  const supervisor = new Supervisor(dataDir, report);
  try {
    await endOrphans(dataDir, report);
    return await work(await database(supervisor, new PortBook(dataDir), options));
  } finally {
    await supervisor.stop();
    release();
  }
}

async function database(
  supervisor: Supervisor,
  ports: PortBook,
  { config, dataDir, report }: Pick<PlatformOptions, 'config' | 'dataDir' | 'report'>,
): Promise<Platform['databaseUrls']> {
  const { databaseUrl } = config;
  if (databaseUrl === undefined) return startPostgres(supervisor, { dataDir, ports, port: config.postgresPort, report });
  const ownerUrl = config.migrationDatabaseUrl ?? databaseUrl;
  for (const [name, url] of [
    ['DATABASE_URL', databaseUrl],
    ['MIGRATION_DATABASE_URL', ownerUrl],
  ] as const) {
    // prettier-ignore
    if (await answers(url)) continue;
    throw unavailable(
      'database-unreachable',
      `无法登录环境变量 ${name} 所指的 PostgreSQL。`,
      '请确认其地址、账户、密码和网络，或去掉该变量以使用内置 PostgreSQL。',
    );
  }
  return { appUrl: databaseUrl, ownerUrl, adminUrl: null };
}

async function temporalServer(
  supervisor: Supervisor,
  ports: PortBook,
  options: PlatformOptions,
  signal: AbortSignal,
): Promise<Platform['temporal']> {
  const { config, dataDir, report, timeSkipping, searchAttributes } = options;
  const namespace = config.temporalNamespace;
  const address = config.temporalAddress;
  if (address === undefined) {
    const { file: binary } = await resolveTemporal({ configured: config.temporalBin, report, signal });
    const { temporalPort: port, temporalUiPort: uiPort } = config;
    return startTemporal(supervisor, { dataDir, binary, ports, port, uiPort, namespace, timeSkipping, searchAttributes });
  }
  if (!(await namespaceAnswers(address, namespace, 5_000))) {
    throw unavailable(
      'temporal-unreachable',
      `环境变量 TEMPORAL_ADDRESS 所指的 Temporal（${address}，命名空间 ${namespace}）没有应答。`,
      '请确认其地址、命名空间和网络，或去掉该变量以使用内置 Temporal。',
    );
  }
  await withConnection(address, 5_000, (connection) => ensureSearchAttributes(connection, namespace, searchAttributes));
  return { address, namespace, uiUrl: null };
}

async function mailServer(
  ports: PortBook,
  options: PlatformOptions,
  inboxes: MailInbox[],
): Promise<Pick<Platform, 'smtpUrl' | 'inboxUrl'>> {
  const { config, dataDir, refuse } = options;
  if (config.smtpUrl !== undefined) return { smtpUrl: config.smtpUrl, inboxUrl: null };
  const smtpPort = await ports.port('smtp', 'ZHENGGAI_SMTP_PORT', config.smtpPort);
  const pagePort = await ports.port('inbox', 'ZHENGGAI_INBOX_PORT', config.inboxPort);
  const inbox = await startMailInbox({ dataDir, smtpPort, pagePort, ...(refuse === undefined ? {} : { refuse }) });
  inboxes.push(inbox);
  return { smtpUrl: inbox.smtpUrl, inboxUrl: inbox.url };
}

/** Like Promise.all, but settles only when all have (whoever cleans up then meets nothing half started), and tells the others to give up. */
async function allOrFirstError<T extends readonly unknown[]>(giveUp: AbortController, work: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  try {
    return await Promise.all<T>(work as never);
  } catch (error) {
    giveUp.abort();
    await Promise.allSettled(work);
    throw error;
  }
}

import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { unavailable } from '../domain/failure';
import { postgresAccount, requireReach } from './postgres-account';
import { postgresBinaries } from './postgres-binary';
import { ensureCluster } from './postgres-initdb';
import { answers, APP_ROLE, DATABASE, databaseUrl, ensureRoles, OWNER_ROLE, type DatabaseUrls } from './postgres-roles';
import type { PortBook } from './ports';
import { identityOf, processesIn } from './process-identity';
import type { Report } from './report';
import { Secrets } from './secrets';
import type { Service } from './service';
import type { Supervisor } from './supervisor';

export interface PostgresOptions {
  readonly dataDir: string;
  readonly ports: PortBook;
  /** Named by the user: used or refused. */
  readonly port: number | undefined;
  readonly report: Report;
}

const ADMIN = 'postgres';

/** Starts PostgreSQL under the supervisor, makes roles and database at the first start, and returns how to log in. */
export async function startPostgres(supervisor: Supervisor, options: PostgresOptions): Promise<DatabaseUrls> {
  const { dataDir, report } = options;
  const pgdata = path.join(dataDir, 'postgres', 'data');
  const binaries = postgresBinaries();
  const account = postgresAccount(pgdata, report);
  mkdirSync(path.dirname(pgdata), { recursive: true, mode: 0o755 });
  requireReach(account, binaries.directory, 'PostgreSQL 程序');
  requireReach(account, path.dirname(pgdata), '数据目录');

  const secrets = new Secrets(dataDir);
  const isNew = !existsSync(path.join(pgdata, 'PG_VERSION'));
  if (!isNew && !secrets.has('postgresAdmin')) {
    throw unavailable('secrets-missing', `数据库已存在，但密钥文件 ${path.join(dataDir, 'secrets.json')} 丢失。`, '请从备份中恢复该文件。');
  }
  const passwords = { admin: secrets.get('postgresAdmin'), owner: secrets.get('postgresOwner'), app: secrets.get('postgresApp') };
  if (isNew) report('首次启动：建立 PostgreSQL 数据库');
  await ensureCluster(binaries, pgdata, account, passwords.admin);

  const port = await options.ports.port('postgres', 'ZHENGGAI_POSTGRES_PORT', options.port);
  const urls: DatabaseUrls = {
    adminUrl: databaseUrl(port, ADMIN, passwords.admin, 'postgres'),
    ownerUrl: databaseUrl(port, OWNER_ROLE, passwords.owner, DATABASE),
    appUrl: databaseUrl(port, APP_ROLE, passwords.app, DATABASE),
  };
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    'log_checkpoints=off',
  ];
  const service: Service = {
    name: 'postgres',
    label: 'PostgreSQL',
    stopSignal: 'SIGINT', // fast shutdown
    graceMs: 20_000,
    startTimeoutMs: 120_000, // after a crash it first replays its log
    command: async () => {
      await untilDeserted(pgdata);
      setAsideStalePidFile(pgdata);
      const args = ['-D', pgdata, ...settings.flatMap((setting) => ['-c', setting])];
      return { file: binaries.postgres, args, cwd: '/', ...(account === undefined ? {} : { account }) };
    },
    isReady: () => answers(urls.adminUrl),
  };
  await supervisor.start(service);
  await ensureRoles(urls, passwords);
  return urls;
}

/** A killed PostgreSQL leaves its backends for a moment; until they are gone it can't start again. */
async function untilDeserted(pgdata: string): Promise<void> {
  for (const until = Date.now() + 5_000; processesIn(realpathSync(pgdata)).length > 0 && Date.now() < until;) await delay(20);
}

/**
 * PostgreSQL refuses to start when the pid in postmaster.pid belongs to any live process of its account, which after a crash may be a
 * stranger. The file is set aside only when no process works in the data directory (every PostgreSQL process does).
 */
function setAsideStalePidFile(pgdata: string): void {
  const file = path.join(pgdata, 'postmaster.pid');
  if (process.platform !== 'linux' || !existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (identityOf(pid) === undefined || processesIn(realpathSync(pgdata)).length > 0) return; // PostgreSQL sees itself that it is stale, or it is in use
  renameSync(file, `${file}.stale`);
}

import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readIfThere, writeFileAtomic } from '../../platform/files';
import { startMailInbox, type MailInbox } from '../../platform/mail-inbox';
import type { Refuse } from '../../platform/mail-smtp';
import { freePort, PortBook } from '../../platform/ports';
import { startPostgres } from '../../platform/postgres';
import type { DatabaseUrls } from '../../platform/postgres-roles';
import { isAlive, ownIdentity, processIdentitySchema } from '../../platform/process-identity';
import type { Report } from '../../platform/report';
import { Supervisor } from '../../platform/supervisor';
import { startTemporal, type TemporalServer } from '../../platform/temporal';
import { resolveTemporal } from '../../platform/temporal-binary';
import type { SearchAttributes } from '../../platform/temporal-namespace';

export interface TestServers {
  /** A temporary data dir, removed by stop(). */
  readonly dir: string;
  readonly databaseUrls: DatabaseUrls;
  /** Time skipping is on. */
  readonly temporal: TemporalServer;
  readonly inbox: MailInbox;
  stop(): Promise<void>;
}

export interface TestServerOptions {
  readonly searchAttributes?: SearchAttributes;
  readonly refuse?: Refuse;
  readonly report?: Report;
}

const PREFIX = 'zhenggai-test-';
const made: string[] = [];

/** One real PostgreSQL, one real Temporal server and a mail inbox; they end with this process, however it ends. */
export async function startTestServers(options: TestServerOptions = {}): Promise<TestServers> {
  const report = options.report ?? ((line: string) => process.stderr.write(`${line}\n`));
  const dir = temporaryDir();
  const supervisor = new Supervisor(dir, report);
  const ports = new PortBook(dir);
  const started: { inbox?: MailInbox } = {};
  const stop = async () => {
    await started.inbox?.close();
    await supervisor.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  const all = await Promise.allSettled([
    startPostgres(supervisor, { dataDir: dir, ports, port: undefined, report }),
    resolveTemporal({ configured: process.env['TEMPORAL_BIN'], report }).then(({ file }) =>
      startTemporal(supervisor, {
        dataDir: dir,
        binary: file,
        ports,
        port: undefined,
        uiPort: undefined,
        namespace: 'default',
        timeSkipping: true,
        searchAttributes: options.searchAttributes ?? {},
      }),
    ),
    freePort().then(async (smtpPort) => {
      const refuse = options.refuse === undefined ? {} : { refuse: options.refuse };
      return (started.inbox = await startMailInbox({ dataDir: dir, smtpPort, pagePort: await freePort(), ...refuse }));
    }),
  ]);
  const [databaseUrls, temporal, inbox] = all;
  if (databaseUrls.status === 'fulfilled' && temporal.status === 'fulfilled' && inbox.status === 'fulfilled') {
    return { dir, databaseUrls: databaseUrls.value, temporal: temporal.value, inbox: inbox.value, stop };
  }
  await stop(); // jest calls no teardown when setup throws
  throw all.find((one) => one.status === 'rejected')?.reason;
}

/** A directory every account can pass through (PostgreSQL isn't root); those that killed test runs left behind are removed. */
export function temporaryDir(): string {
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith(PREFIX))) {
    const left = path.join(tmpdir(), name);
    const owner = ownerOf(left);
    if (owner !== undefined && !isAlive(owner)) rmSync(left, { recursive: true, force: true });
  }
  const dir = mkdtempSync(path.join(tmpdir(), PREFIX));
  chmodSync(dir, 0o755);
  made.push(dir);
  writeFileAtomic(path.join(dir, 'owner.json'), JSON.stringify(ownIdentity()));
  return dir;
}

/** Removes what temporaryDir() made in this test file: `afterAll(removeTemporaryDirs)`. */
export function removeTemporaryDirs(): void {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
}

function ownerOf(dir: string) {
  const parsed = processIdentitySchema.safeParse(JSON.parse(readIfThere(path.join(dir, 'owner.json')) ?? 'null'));
  return parsed.success ? parsed.data : undefined;
}

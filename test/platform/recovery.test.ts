import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { Client } from 'pg';
import { claimDataDir } from '../../platform/data-dir';
import { freePort } from '../../platform/ports';
import { identityOf, isAlive } from '../../platform/process-identity';
import { removeTemporaryDirs, temporaryDir } from '../support/servers';
import { pidOf, processesOf, runFixture, runPlatform, until, type Ready, type Running } from './support';

jest.setTimeout(60_000); // real processes; a project's testTimeout is not heard when jest runs several projects

let dataDir: string;
const begun: Running[] = [];
const strangers: ChildProcess[] = [];
const run = (env?: NodeJS.ProcessEnv): Running => {
  const running = runPlatform(dataDir, env);
  begun.push(running);
  return running;
};
const kill = async (running: Running, signal: NodeJS.Signals) => {
  running.child.kill(signal);
  return running.exited;
};
const nothingLeft = () => until('no process is left', () => processesOf(dataDir).length === 0, 20_000);

afterAll(removeTemporaryDirs);
beforeEach(() => {
  dataDir = path.join(temporaryDir(), 'data');
});
afterEach(async () => {
  for (const stranger of strangers.splice(0)) stranger.kill();
  for (const running of begun.splice(0))
    if (running.child.exitCode === null && running.child.signalCode === null) await kill(running, 'SIGTERM');
  await nothingLeft();
});

async function sql(url: string, text: string): Promise<object[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<object>(text)).rows;
  } finally {
    await client.end();
  }
}

test.each(['SIGTERM', 'SIGINT'] as const)('%s stops everything cleanly', async (signal) => {
  const running = run();
  await running.answer;
  expect(await kill(running, signal)).toBe(0);
  expect(processesOf(dataDir)).toEqual([]);
  expect(readFileSync(path.join(dataDir, 'log', 'postgres.log'), 'utf8')).toMatch(/database system is shut down\s*$/);
});

test('a second Ctrl-C ends everything at once, and the data survives', async () => {
  const first = run();
  const { databaseUrls } = (await first.answer) as Ready;
  await sql(databaseUrls.ownerUrl, 'CREATE TABLE kept (n int)');
  first.child.kill('SIGINT');
  await until('it says that it stops', () => first.lines.some((line) => line.startsWith('正在停止')));
  expect(await kill(first, 'SIGINT')).toBe(0);
  await nothingLeft();
  const again = (await run().answer) as Ready;
  expect(await sql(again.databaseUrls.ownerUrl, 'SELECT n FROM kept')).toEqual([]);
});

const root = process.getuid?.() === 0 ? test : test.skip;
root('as root below a closed folder it says which folder PostgreSQL cannot pass', async () => {
  const home = path.join(path.dirname(dataDir), 'home');
  mkdirSync(home, { mode: 0o700 });
  dataDir = path.join(home, 'data');
  const running = run();
  expect(await running.answer).toMatchObject({
    kind: 'unavailable',
    failure: {
      code: 'path-not-reachable',
      what: expect.stringContaining(`无法进入 ${home}`) as string,
      todo: expect.stringContaining('ZHENGGAI_DATA_DIR') as string,
    },
  });
  await running.exited;
});

test('kill -9 of the supervisor: the children end cleanly, the next start has the data and the same addresses', async () => {
  const first = run();
  const before = (await first.answer) as Ready;
  await sql(before.databaseUrls.ownerUrl, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
  await kill(first, 'SIGKILL');
  await nothingLeft();
  expect(readFileSync(path.join(dataDir, 'log', 'postgres.log'), 'utf8')).toMatch(
    /received fast shutdown request[\s\S]*database system is shut down/,
  );
  const second = run();
  const after = (await second.answer) as Ready;
  expect(after.databaseUrls).toEqual(before.databaseUrls);
  expect(after.temporal).toEqual(before.temporal);
  expect(await sql(after.databaseUrls.ownerUrl, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
});

test('kill -9 of the supervisor and of the shells beside its children: the next start ends what was left, and only that', async () => {
  const first = run();
  const { databaseUrls, services } = (await first.answer) as Ready;
  await sql(databaseUrls.ownerUrl, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
  const stranger = runStranger();
  for (const line of processesOf(dataDir).filter((one) => one.includes('zhenggai-guard')))
    process.kill(Number(line.split(' ')[0]), 'SIGKILL');
  first.child.kill('SIGKILL');
  await first.exited;
  const orphan = identityOf(pidOf(services, 'temporal'));
  expect(orphan).toBeDefined();
  const second = run();
  const after = (await second.answer) as Ready;
  expect(second.lines.join()).toMatch(/上次运行遗留的 (PostgreSQL|Temporal)（进程 \d+）仍在，先请它退出/);
  expect(orphan !== undefined && isAlive(orphan)).toBe(false);
  expect(await sql(after.databaseUrls.ownerUrl, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  expect(stranger.isRunning()).toBe(true);
});

test('a record of a pid that now belongs to somebody else ends nobody', async () => {
  claimDataDir(dataDir, 'production');
  const stranger = runStranger();
  mkdirSync(path.join(dataDir, 'run'));
  const record = { label: 'PostgreSQL', stopSignal: 'SIGINT', graceMs: 100, process: { pid: stranger.pid, started: 'long ago' } };
  writeFileSync(path.join(dataDir, 'run', 'postgres.json'), JSON.stringify(record));
  const running = run();
  await running.answer;
  expect(stranger.isRunning()).toBe(true);
});

test('a stale postmaster.pid that names a live stranger of the same account does not keep PostgreSQL from starting', async () => {
  const first = run();
  const { services } = (await first.answer) as Ready;
  process.kill(first.child.pid ?? 0, 'SIGSTOP'); // so that it does not restart PostgreSQL
  process.kill(pidOf(services, 'postgres'), 'SIGKILL');
  await kill(first, 'SIGKILL');
  await nothingLeft();
  const file = path.join(dataDir, 'postgres', 'data', 'postmaster.pid');
  const stranger = runStranger();
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(stranger.pid)));
  await run().answer;
});

test('a second supervisor on the same data dir is refused and harms nothing', async () => {
  const first = run();
  await first.answer;
  const second = run();
  expect(await second.answer).toMatchObject({
    kind: 'badInput',
    failure: { code: 'data-dir-in-use', what: expect.stringContaining(`进程 ${first.child.pid ?? 0}`) as string },
  });
  expect(await second.exited).toBe(3);
  expect(await kill(first, 'SIGTERM')).toBe(0);
});

test.each(['ZHENGGAI_POSTGRES_PORT', 'ZHENGGAI_TEMPORAL_PORT', 'ZHENGGAI_SMTP_PORT'])(
  'a port of %s that belongs to somebody else is refused',
  async (name) => {
    const port = await freePort();
    const somebody = net.createServer().listen(port, '127.0.0.1');
    await once(somebody, 'listening');
    try {
      const running = run({ [name]: String(port) });
      expect(await running.answer).toMatchObject({
        kind: 'badInput',
        failure: { code: 'port-taken', what: `端口 127.0.0.1:${port} 已被其他程序占用。`, todo: expect.stringContaining(name) as string },
      });
      await running.exited;
    } finally {
      somebody.close();
    }
  },
);

test('a test run that is killed leaves no process, and the next one removes its folder', async () => {
  const killed = runFixture('run-test-servers.ts');
  const { dir } = (await killed.answer) as { dir: string };
  expect(processesOf(dir).length).toBeGreaterThan(3);
  await kill(killed, 'SIGKILL');
  await until('no process is left', () => processesOf(dir).length === 0, 20_000);
  temporaryDir();
  expect(existsSync(dir)).toBe(false);
});

test('a configured address that does not answer is refused, naming the variable', async () => {
  const port = await freePort();
  const database = run({ DATABASE_URL: `postgresql://a:b@127.0.0.1:${port}/x` });
  expect(await database.answer).toMatchObject({
    kind: 'unavailable',
    failure: { what: expect.stringContaining('DATABASE_URL') as string },
  });
  await database.exited;
  const temporal = run({ TEMPORAL_ADDRESS: `127.0.0.1:${port}` });
  expect(await temporal.answer).toMatchObject({
    kind: 'unavailable',
    failure: { what: expect.stringContaining('TEMPORAL_ADDRESS') as string },
  });
});

/** A process that is none of the supervisor's to end. */
function runStranger() {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  strangers.push(child);
  return { pid: child.pid ?? 0, isRunning: () => child.exitCode === null && child.signalCode === null };
}

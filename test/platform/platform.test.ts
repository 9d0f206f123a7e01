import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Client as TemporalClient, Connection } from '@temporalio/client';
import { createTransport } from 'nodemailer';
import { Client } from 'pg';
import { readConfig } from '../../platform/config';
import { doctor } from '../../platform/doctor';
import { startPlatform, type Platform } from '../../platform/embedded';
import { writeInstance } from '../../platform/instance';
import { withConnection } from '../../platform/temporal';
import { removeTemporaryDirs, temporaryDir } from '../support/servers';
import { pidOf, processesOf, until } from './support';

jest.setTimeout(60_000); // real processes; a project's testTimeout is not heard when jest runs several projects

let dataDir: string;
let platform: Platform;
let said: string[];

beforeAll(async () => {
  dataDir = path.join(temporaryDir(), 'data');
  said = [];
  const config = readConfig({}, { dataDir });
  const searchAttributes = { zgPhase: 'Keyword', zgDue: 'Datetime' } as const;
  platform = await startPlatform({
    config,
    dataDir,
    kind: 'demo',
    report: (line) => said.push(line),
    timeSkipping: true,
    searchAttributes,
  });
});
afterAll(async () => {
  await platform.stop();
  await until('no process is left', () => processesOf(dataDir).length === 0, 2_000);
  expect(platform.services().map(({ state }) => state)).toEqual(['stopped', 'stopped', 'stopped']);
  removeTemporaryDirs();
});

async function sql<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}
async function temporal<T>(work: (client: TemporalClient) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: platform.temporal.address });
  try {
    return await work(new TemporalClient({ connection }));
  } finally {
    await connection.close();
  }
}
const ready = (name: string, restarts: number) => () =>
  platform.services().some((service) => service.name === name && service.state === 'ready' && service.restarts === restarts);

test('the database has checksums, UTF-8 and C; the application can work and not change what it was not granted', async () => {
  const { adminUrl, ownerUrl, appUrl } = platform.databaseUrls;
  const [settings] = await sql<object>(
    adminUrl ?? '',
    "SELECT current_setting('data_checksums') AS sums, current_setting('server_encoding') AS code, current_setting('lc_messages') AS locale",
  );
  expect(settings).toEqual({ sums: 'on', code: 'UTF8', locale: 'C' });
  await sql(ownerUrl, 'CREATE TABLE event (n int); INSERT INTO event VALUES (1); GRANT SELECT, INSERT ON event TO zhenggai_ledger');
  await sql(appUrl, 'INSERT INTO event VALUES (2)');
  await expect(sql(appUrl, 'DELETE FROM event')).rejects.toThrow('permission denied');
  await expect(sql(appUrl, 'CREATE TABLE mine (n int)')).rejects.toThrow('permission denied');
  await expect(sql(appUrl.replace(/:[^:@]+@/, ':wrong-password@'), 'SELECT 1')).rejects.toThrow('password authentication failed');
  expect(statSync(path.join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(readFileSync(path.join(dataDir, 'log', 'postgres.log'), 'utf8')).not.toMatch(/PASSWORD '/);
});

test('Temporal keeps closed workflows for 30 days and knows our search attributes', async () => {
  await withConnection(platform.temporal.address, 5_000, async ({ operatorService, workflowService }) => {
    const { config } = await workflowService.describeNamespace({ namespace: 'default' });
    expect(String(config?.workflowExecutionRetentionTtl?.seconds)).toBe(String(720 * 3600));
    const { customAttributes } = await operatorService.listSearchAttributes({ namespace: 'default' });
    expect(customAttributes).toMatchObject({ zgPhase: 2, zgDue: 6 });
  });
  expect((await fetch(platform.temporal.uiUrl ?? '')).status).toBe(200);
});

test('a PostgreSQL that is killed comes back with its data', async () => {
  process.kill(pidOf(platform.services(), 'postgres'), 'SIGKILL');
  await until('PostgreSQL is back', ready('postgres', 1));
  expect(await sql(platform.databaseUrls.appUrl, 'SELECT n FROM event ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }]);
  expect(said.filter((line) => line.includes('PostgreSQL'))).toEqual([
    '首次启动：建立 PostgreSQL 数据库',
    'PostgreSQL 意外退出，0.2 秒后重新启动（第 1 次）',
    'PostgreSQL 已恢复',
  ]);
});

test('a Temporal that is killed comes back with its workflows', async () => {
  await temporal((client) => client.workflow.start('story', { taskQueue: 'nobody', workflowId: 'issue/1' }));
  process.kill(pidOf(platform.services(), 'temporal'), 'SIGKILL');
  await until('Temporal is back', ready('temporal', 1));
  const { status } = await temporal((client) => client.workflow.getHandle('issue/1').describe());
  expect(status.name).toBe('RUNNING');
});

test('a second supervisor of the same data dir is refused', async () => {
  const config = readConfig({}, { dataDir });
  const again = startPlatform({ config, dataDir, kind: 'demo', report: () => undefined, timeSkipping: false, searchAttributes: {} });
  await expect(again).rejects.toMatchObject({
    kind: 'badInput',
    failure: { code: 'data-dir-in-use', what: expect.stringContaining(`进程 ${process.pid}`) as string },
  });
});

test('the doctor finds the running instance and all of it answering', async () => {
  const { databaseUrls, temporal: server, smtpUrl, inboxUrl } = platform;
  writeInstance(dataDir, {
    kind: 'demo',
    ...databaseUrls,
    temporal: server,
    smtpUrl,
    inboxUrl,
    pageUrl: null,
    startedAt: new Date().toISOString(),
  });
  const rows = await doctor(readConfig({}, { dataDir }), {});
  expect(rows.filter(({ ok }) => !ok)).toEqual([]);
  expect(rows.map(({ check }) => check)).toEqual(
    expect.arrayContaining(['Node.js', '磁盘剩余空间', '内置 Temporal', 'PostgreSQL', 'Temporal', '邮件服务器']),
  );
});

test('mail goes to the inbox', async () => {
  await createTransport(platform.smtpUrl).sendMail({ from: 'a@b.cn', to: 'c@d.cn', subject: '提醒', text: 'x' });
  expect(await (await fetch(`${platform.inboxUrl ?? ''}/api/messages?to=c@d.cn`)).json()).toMatchObject({ total: 1 });
});

test('an inner program of ours can be added and is restarted like the others', async () => {
  await platform.start({
    name: 'worker',
    label: 'worker',
    stopSignal: 'SIGTERM',
    graceMs: 1_000,
    startTimeoutMs: 5_000,
    command: () => ({ file: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)', dataDir] }),
    isReady: () => Promise.resolve(true),
  });
  process.kill(pidOf(platform.services(), 'worker'), 'SIGKILL');
  await until('the worker is back', ready('worker', 1));
});

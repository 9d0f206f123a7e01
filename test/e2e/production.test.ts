import { mkdirSync } from 'node:fs';
import { claimDataDir } from '../../platform/data-dir';
import { freePort } from '../../platform/ports';
import { removeTemporaryDirs } from '../support/servers';
import { act, build, endAll, eventsOf, expectRefusal, newDataDir, nothingLeft, start, zhenggai, type Started } from './support';

jest.setTimeout(150_000); // real processes

let dataDir: string;
let started: Started;
let token: string;

beforeAll(async () => {
  build();
  dataDir = newDataDir();
  started = await start(dataDir, '--production');
});
afterAll(async () => {
  await endAll();
  await nothingLeft(dataDir);
  removeTemporaryDirs();
});

/** What anybody has entered; the base data is looked at from the first start on. */
const registered = async () => (await eventsOf(dataDir)).filter(({ stream_id: id }) => id !== 'base');

test('a production data dir opens no sample and shows nobody a finding', async () => {
  expect(started.said().stdout).not.toContain('样例');
  expect(started.said().stdout).toContain('（正式）');
  expect(await registered()).toEqual([]);
  expect((await fetch(started.pageUrl)).status).toBe(401);
  expect((await fetch(`${started.pageUrl}/readyz`)).status).toBe(200);
});

test('nobody speaks for another: without a token nothing is registered, not even the directory beside', async () => {
  const args = ['import', 'samples/report.txt', '--round', '第一轮', '--directory', 'samples/directory.csv', '--as', '乔子衿'];
  expectRefusal(await started.run(...args), 'token.missing');
  expect(await registered()).toEqual([]);
});

test('the first directory needs nobody’s leave; a token is given for a person in it, and shown once', async () => {
  expect(await started.run('import', '--directory', 'samples/directory.csv')).toMatchObject({
    code: 0,
    stdout: '已导入单位和人员：40人。\n',
  });
  expectRefusal(await started.run('account', 'token', '某某某'), 'person.unknown');
  const made = await started.run('account', 'token', '乔子衿');
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^zg_[\w-]{43}\n$/) as string });
  token = made.stdout.trim();
  expectRefusal(await started.run('import', '--directory', 'samples/directory.csv'), 'token.missing');
});

test('a report is registered by who may, with what it reports', async () => {
  const head = (await started.json<{ token: string }>(['account', 'token', '霍明哲'])).token;
  const args = ['import', 'samples/report.txt', '--round', '2026年第一轮巡察', '--token'];
  expectRefusal(await started.run(...args, head), 'role.notAllowed');
  const { roundId, issueIds } = await started.json<{ roundId: string; issueIds: string[] }>([...args, token]);
  expect({ roundId, count: issueIds.length }).toEqual({ roundId: 'R1', count: 16 });
  expect(await started.json(['issue', 'show', 'R1-001'])).toMatchObject({ roundName: '2026年第一轮巡察', feedbackOn: '2026-06-10' });
});

test('issue do needs a token, also from the environment; a revoked one is none', async () => {
  const words = ['issue', 'do', 'R1-004', 'comment', 'note=请核对'];
  expectRefusal(await started.run(...words, '--as', '乔子衿'), 'token.missing');
  expect(await act(started, 'R1-004', token, 'comment', 'note=请核对')).toMatchObject({ accepted: true });
  expect(await zhenggai([...words, '--data-dir', dataDir], { ZHENGGAI_TOKEN: token })).toMatchObject({ code: 0, stderr: '' });
  expect((await started.run('account', 'revoke', token)).code).toBe(0);
  expectRefusal(await started.run(...words, '--token', token), 'token.unknown');
  expectRefusal(await started.run('account', 'revoke', token), 'token.unknown');
});

test('once production, always production: it starts again as such without being told', async () => {
  expect(await started.end('SIGINT')).toBe(0);
  started = await start(dataDir);
  expect(started.said().stdout).toContain('（正式）');
  expect(started.said().stdout).not.toContain('样例');
  expect((await started.json<{ issues: unknown[] }>(['issue', 'list'])).issues).toHaveLength(16);
  expect(await started.json(['verify'])).toMatchObject({ verified: true });
});

test('a backup of the running system is restored into another data dir, which starts and holds the same', async () => {
  const folder = `${newDataDir()}-backup`;
  const manifest = await started.json<{ tables: { name: string; rows: number }[] }>(['backup', folder]);
  const events = manifest.tables.find(({ name }) => name === 'event')?.rows;
  expectRefusal(await started.run('backup', folder), 'backup.exists');
  const other = newDataDir();
  const restored = await zhenggai(['restore', folder, '--data-dir', other, '--json']);
  expect(restored).toMatchObject({ code: 0 });
  expectRefusal(await zhenggai(['restore', folder, '--data-dir', other]), 'restore.notEmpty');
  const second = await start(other);
  expect(second.said().stdout).toContain('（正式）');
  expect((await second.json<{ issues: unknown[] }>(['issue', 'list'])).issues).toHaveLength(16);
  expect(await second.json(['verify'])).toMatchObject({ verified: true });
  expect((await second.json<{ events: number }>(['verify'])).events).toBeGreaterThanOrEqual(events ?? Infinity);
  expect(await second.json(['notices', 'withheld'])).toMatchObject({ schema: 'zhenggai.withheld/1' });
  await second.end('SIGINT');
  await nothingLeft(other);
});

describe('what cannot be started says why', () => {
  const startOf = async (dir: string, env: NodeJS.ProcessEnv, ...args: string[]) =>
    zhenggai(['start', '--data-dir', dir, '--port', String(await freePort()), ...args], env);

  test('a database that cannot be reached is exit 3, and leaves no process', async () => {
    const dir = newDataDir();
    const result = await startOf(dir, { DATABASE_URL: `postgresql://nobody:x@127.0.0.1:${await freePort()}/none` });
    expect(result.code).toBe(3);
    expect(result.stderr).toMatch(/DATABASE_URL.*\n?.*\[database-unreachable\]/);
    await nothingLeft(dir);
  });

  test('a demo data dir is never a production one', async () => {
    const dir = newDataDir();
    claimDataDir(dir, 'demo');
    expectRefusal(await startOf(dir, {}, '--production'), 'data-dir-kind');
    expectRefusal(await startOf(dir, { DATABASE_URL: 'postgresql://nobody:x@127.0.0.1:1/none' }), 'data-dir-kind');
  });

  test('a folder with other files in it is left alone', async () => {
    const dir = newDataDir();
    mkdirSync(`${dir}/papers`, { recursive: true });
    expectRefusal(await startOf(dir, {}), 'data-dir-foreign');
  });
});

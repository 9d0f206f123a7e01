import { existsSync } from 'node:fs';
import path from 'node:path';
import { until } from '../platform/support';
import { removeTemporaryDirs } from '../support/servers';
import {
  act,
  begin,
  build,
  childPid,
  endAll,
  eventsOf,
  isIssue,
  newDataDir,
  nothingLeft,
  start,
  type Started,
  untilAnnounced,
} from './support';

jest.setTimeout(150_000); // real processes

// Everything that can die is killed with SIGKILL while the instance works; what was acknowledged must be there afterwards, once.
let dataDir: string;
let started: Started;

beforeAll(() => {
  build();
  dataDir = newDataDir();
});
afterAll(async () => {
  await endAll();
  await nothingLeft(dataDir);
  removeTemporaryDirs();
});

const ready = async (): Promise<boolean> => (await fetch(`${started.pageUrl}/readyz`).catch(() => null))?.status === 200;
const restarted = (label: string): Promise<void> =>
  until(`${label} is back`, () => started.said().stderr.includes(`${label} 已恢复`), 60_000);

test('Ctrl-C in the middle of the very first start leaves no process behind, and the next start completes it', async () => {
  const interrupted = await begin(dataDir);
  await until('the database is being made', () => existsSync(path.join(dataDir, 'postgres')));
  await interrupted.end('SIGINT');
  await nothingLeft(dataDir);
  started = await start(dataDir);
  expect(started.said().stdout).toContain('首次启动');
  const events = await untilAnnounced(dataDir, 16); // each issue registered and announced, once
  expect(events.filter(({ stream_id }) => isIssue(stream_id))).toHaveLength(32);
  expect(events.filter(({ type }) => type === 'roundOpened' || type === 'directoryImported')).toHaveLength(2);
});

test('kill -9 of PostgreSQL: the instance goes on, and a person can act', async () => {
  const before = await eventsOf(dataDir);
  process.kill(childPid(dataDir, 'postgres'), 'SIGKILL');
  await restarted('PostgreSQL');
  await until('the page reads the ledger again', ready);
  expect(await act(started, 'R1-001', '乔子衿', 'assign', 'leadUnitId=医政医管科', 'leadLeaderId=闻静秋')).toMatchObject({
    phase: 'assigned',
  });
  const after = await eventsOf(dataDir);
  expect(after).toEqual(expect.arrayContaining(before));
  expect(after.filter(({ type }) => type === 'assigned')).toHaveLength(1);
});

test('kill -9 of Temporal: the instance goes on, and a person can act', async () => {
  process.kill(childPid(dataDir, 'temporal'), 'SIGKILL');
  await restarted('Temporal');
  expect(await act(started, 'R1-001', '霍明哲', 'acknowledge')).toMatchObject({ phase: 'acknowledged' });
  expect((await eventsOf(dataDir)).filter(({ type }) => type === 'acknowledged')).toHaveLength(1);
});

test('kill -9 of the supervisor: no orphan stays, the next start has everything and goes on', async () => {
  const before = await eventsOf(dataDir);
  expect(await started.end('SIGKILL')).toBeNull();
  await nothingLeft(dataDir);
  started = await start(dataDir);
  expect(started.said().stdout).not.toContain('首次启动');
  expect(await eventsOf(dataDir)).toEqual(expect.arrayContaining(before));
  expect(await started.json(['verify'])).toMatchObject({ verified: true, problems: [] });
  expect(await act(started, 'R1-001', '霍明哲', 'comment', 'note=接着办')).toMatchObject({ accepted: true });
  expect(await started.end('SIGTERM')).toBe(0);
});

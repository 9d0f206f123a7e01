import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { claimDataDir, readMarker } from '../../platform/data-dir';
import { findInstance, readInstance, removeInstance, writeInstance } from '../../platform/instance';
import { lockDataDir, lockHolder } from '../../platform/lock';
import { freePort, PortBook } from '../../platform/ports';
import { identityOf, isAlive, ownIdentity } from '../../platform/process-identity';
import { Secrets } from '../../platform/secrets';
import { removeTemporaryDirs, temporaryDir } from '../support/servers';
import net from 'node:net';
import { once } from 'node:events';

let dir: string;
afterAll(removeTemporaryDirs);
beforeEach(() => {
  dir = path.join(temporaryDir(), 'data');
});

describe('the kind of a data dir', () => {
  test('is written once and kept', () => {
    const made = claimDataDir(dir, 'demo');
    expect(claimDataDir(dir, 'demo')).toEqual(made);
    expect(readMarker(dir)).toEqual(made);
  });

  test('a demo data dir never becomes a production one, nor the other way round', () => {
    claimDataDir(dir, 'demo');
    expect(() => claimDataDir(dir, 'production')).toThrow('data-dir-kind');
    const other = `${dir}-2`;
    claimDataDir(other, 'production');
    expect(() => claimDataDir(other, 'demo')).toThrow('不能用于演示运行');
  });

  test("a folder with somebody's files is refused and left as it is", () => {
    mkdirSync(dir);
    writeFileSync(path.join(dir, 'thesis.docx'), 'x');
    expect(() => claimDataDir(dir, 'production')).toThrow('data-dir-foreign');
    expect(existsSync(path.join(dir, 'zhenggai.json'))).toBe(false);
  });

  test('a damaged marker is refused, not replaced', () => {
    claimDataDir(dir, 'production');
    writeFileSync(path.join(dir, 'zhenggai.json'), '{"kind":');
    expect(() => claimDataDir(dir, 'production')).toThrow('data-dir-marker');
  });
});

describe('the lock', () => {
  test('is held by one live process', () => {
    const release = lockDataDir(dir);
    expect(lockHolder(dir)).toEqual(ownIdentity());
    expect(() => lockDataDir(dir)).toThrow(`进程 ${process.pid}`);
    release();
    lockDataDir(dir)();
    expect(lockHolder(dir)).toBeUndefined();
  });

  test.each([
    ['whose process is gone', { pid: 4_194_304, started: 'x' }],
    ['whose pid now belongs to another process', { pid: process.pid, started: 'long ago' }],
  ])('one %s is taken over', (_what, holder) => {
    mkdirSync(path.join(dir, 'run'), { recursive: true });
    writeFileSync(path.join(dir, 'run', 'supervisor.lock'), JSON.stringify(holder));
    const release = lockDataDir(dir);
    expect(lockHolder(dir)).toEqual(ownIdentity());
    release();
  });

  test('half a lock file of a crash is taken over', () => {
    mkdirSync(path.join(dir, 'run'), { recursive: true });
    writeFileSync(path.join(dir, 'run', 'supervisor.lock'), '{"pi');
    lockDataDir(dir)();
  });
});

describe('the running instance', () => {
  const urls = { appUrl: 'a', ownerUrl: 'o', adminUrl: null, smtpUrl: 's', inboxUrl: null, pageUrl: 'p' };
  const instance = {
    kind: 'demo' as const,
    ...urls,
    temporal: { address: 't', namespace: 'n', uiUrl: null },
    startedAt: '2026-11-23T00:00:00Z',
  };

  test('is found by a second terminal, in a file only we can read', () => {
    claimDataDir(dir, 'demo');
    writeInstance(dir, instance);
    expect(readInstance(dir)).toEqual({ ...instance, process: ownIdentity() });
    expect(statSync(path.join(dir, 'instance.json')).mode & 0o777).toBe(0o600);
    removeInstance(dir);
    expect(() => readInstance(dir)).toThrow('not-running');
  });

  test('one that was killed is not found', () => {
    claimDataDir(dir, 'demo');
    writeInstance(dir, instance);
    const file = path.join(dir, 'instance.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(ownIdentity().started, 'long ago'));
    expect(findInstance(dir)).toBeUndefined();
  });
});

test('a process is told from a later one with its pid', () => {
  const me = ownIdentity();
  expect(isAlive(me)).toBe(true);
  expect(isAlive({ ...me, started: `${me.started}1` })).toBe(false);
  expect(identityOf(4_194_304)).toBeUndefined();
});

test('inner ports are remembered, and chosen anew when somebody else has taken one', async () => {
  mkdirSync(dir);
  const first = await new PortBook(dir).port('postgres', 'X');
  expect(await new PortBook(dir).port('postgres', 'X')).toBe(first);
  const somebody = net.createServer().listen(first, '127.0.0.1');
  await once(somebody, 'listening');
  try {
    expect(await new PortBook(dir).port('postgres', 'X')).not.toBe(first);
    await expect(new PortBook(dir).port('postgres', 'ZHENGGAI_POSTGRES_PORT', first)).rejects.toThrow(
      /已被其他程序占用.*ZHENGGAI_POSTGRES_PORT/,
    );
  } finally {
    somebody.close();
  }
  expect(await freePort()).not.toBe(first);
});

test('secrets are made once, readable by us alone, and a damaged file is never replaced', () => {
  mkdirSync(dir);
  const secret = new Secrets(dir).get('postgresApp');
  expect(new Secrets(dir).get('postgresApp')).toBe(secret);
  const file = path.join(dir, 'secrets.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  chmodSync(file, 0o600);
  writeFileSync(file, '{');
  expect(() => new Secrets(dir)).toThrow('secrets-unreadable');
});

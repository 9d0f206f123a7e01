import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { resolveTemporal, type BinaryOptions } from '../../platform/temporal-binary';
import { whyNoBuild } from '../../platform/temporal-build';
import { removeTemporaryDirs, temporaryDir } from '../support/servers';

jest.setTimeout(60_000); // real processes; a project's testTimeout is not heard when jest runs several projects

const PINNED = 'temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)';
let dir: string;
let said: string[];
let options: BinaryOptions;
afterAll(removeTemporaryDirs);
beforeEach(() => {
  dir = temporaryDir();
  said = [];
  options = {
    configured: undefined,
    report: (line) => said.push(line),
    path: '',
    cacheDir: path.join(dir, 'cache'),
    origin: null,
    mayBuild: false,
  };
});

/** A program that only knows its version. */
function program(folder: string, version = PINNED): string {
  const file = path.join(dir, folder, 'temporal');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho '${version}'\n`);
  chmodSync(file, 0o755);
  return file;
}
const cached = () => program(`cache/1.9.1-${process.platform}-${process.arch}`);

/** A vendor that serves a tar.gz with the program in it. */
async function vendor(version: string) {
  const file = program(`vendor-${version.length}`, version);
  const archive = path.join(dir, 'a.tar.gz');
  spawnSync('tar', ['-czf', archive, '-C', path.dirname(file), 'temporal']);
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end(readFileSync(archive));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close: () => server.close() };
}

describe('TEMPORAL_BIN', () => {
  test('comes first', async () => {
    const file = program('mine');
    cached();
    expect(await resolveTemporal({ ...options, configured: file, path: path.dirname(program('path')) })).toEqual({
      file,
      source: 'configured',
    });
    expect(said).toEqual([]);
  });

  test('of another version is used, with a warning', async () => {
    await resolveTemporal({ ...options, configured: program('mine', 'temporal version 1.5.0 (Server 1.29.0, UI 2.40.0)') });
    expect(said.join()).toContain('1.5.0');
  });

  test('that does not exist is refused at once, though another would be there', async () => {
    cached();
    await expect(resolveTemporal({ ...options, configured: path.join(dir, 'nothing') })).rejects.toThrow(/temporal-bin.*不存在或不可执行/);
  });

  test('that is another program is refused', async () => {
    await expect(resolveTemporal({ ...options, configured: program('mine', 'hello') })).rejects.toThrow('不是 temporal 程序');
  });
});

test('PATH comes before the cache, but only with the pinned version', async () => {
  const inCache = cached();
  const old = path.dirname(program('old', 'temporal version 1.2.0 (Server 1.26.0, UI 2.30.0)'));
  const good = program('good');
  const unmarked = program('dev', 'temporal version 0.0.0-DEV (Server 1.32.0, UI 2.54.1)');
  const on = (...folders: string[]) => resolveTemporal({ ...options, path: folders.join(path.delimiter) });
  expect(await on(old, path.dirname(good))).toEqual({ file: good, source: 'path' });
  expect(await on(path.dirname(unmarked))).toEqual({ file: unmarked, source: 'path' });
  expect(await on(old)).toEqual({ file: inCache, source: 'cache' });
});

test('without any, it is downloaded, checked, and kept in the cache; two at once do no harm', async () => {
  const { origin, asked, close } = await vendor(PINNED);
  try {
    const [one, two] = await Promise.all([resolveTemporal({ ...options, origin }), resolveTemporal({ ...options, origin })]);
    expect([one, two].map(({ source }) => source)).toEqual(['download', 'download']);
    expect(asked[0]).toMatch(/^\/cli\/archive\/v1\.9\.1\?platform=linux&arch=(amd64|arm64)$/);
    expect(await resolveTemporal({ ...options, origin })).toEqual({ file: one.file, source: 'cache' });
    expect(readdirSync(path.dirname(one.file))).toEqual(['temporal']);
    expect(said.join()).toContain('下载 Temporal 服务程序 1.9.1');
  } finally {
    close();
  }
});

test('a download of another version is not kept', async () => {
  const { origin, close } = await vendor('temporal version 2.0.0 (Server 2.0.0, UI 3.0.0)');
  try {
    await expect(resolveTemporal({ ...options, origin })).rejects.toThrow(/下载未成功（unexpected version: temporal version 2.0.0/);
    expect(existsSync(path.join(dir, 'cache', `1.9.1-${process.platform}-${process.arch}`, 'temporal'))).toBe(false);
  } finally {
    close();
  }
});

test('when nothing works, the sentence names every way out', async () => {
  const refused = resolveTemporal({ ...options, origin: 'http://127.0.0.1:9' });
  await expect(refused).rejects.toThrow(/no-temporal-binary.*下载未成功.*未允许编译.*Go 1\.26.*TEMPORAL_BIN.*TEMPORAL_ADDRESS/);
});

test('a Go that is missing or too old is named', () => {
  const folder = path.join(dir, 'go');
  mkdirSync(folder);
  expect(whyNoBuild({ PATH: folder })).toContain('没有找到 Go');
  const go = path.join(folder, 'go');
  writeFileSync(go, '#!/bin/sh\necho go1.22.1\n');
  chmodSync(go, 0o755);
  expect(whyNoBuild({ PATH: folder })).toBe('Go 版本为 go1.22.1，需要 1.26 或更新');
});

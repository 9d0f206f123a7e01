import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from './package-root';
import { TEMPORAL_CLI } from './temporal-version';

const NEEDED: readonly [number, number] = [1, 26];
const MAIN = 'github.com/temporalio/cli/cmd/temporal';

/** Why this machine can't build the server (a Chinese half sentence), or undefined when it can. */
export function whyNoBuild(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const asked = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8', env: { ...env, GOTOOLCHAIN: 'local' } });
  if (asked.error !== undefined || asked.status !== 0) return `没有找到 Go（需要 ${NEEDED.join('.')} 或更新）`;
  const found = /^go(\d+)\.(\d+)/.exec(asked.stdout.trim());
  const [major, minor] = [Number(found?.[1] ?? 0), Number(found?.[2] ?? 0)];
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return undefined;
  return `Go 版本为 ${asked.stdout.trim()}，需要 ${NEEDED.join('.')} 或更新`;
}

/** Builds the pinned server from its Go modules (tools/temporal) in `directory` and returns its path: 5-6 min cold, 10-20 s warm. */
export async function buildTemporal(directory: string, signal?: AbortSignal): Promise<string> {
  mkdirSync(directory, { recursive: true });
  for (const file of ['go.mod', 'go.sum']) {
    const copy = path.join(directory, file); // go may want to touch them, and the installed package isn't ours to write
    copyFileSync(path.join(packageRoot(), 'tools', 'temporal', file), copy);
    chmodSync(copy, 0o644);
  }
  const name = process.platform === 'win32' ? 'temporal.exe' : 'temporal';
  const flags = `-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${TEMPORAL_CLI}`;
  await new Promise<void>((resolve, reject) => {
    const go = spawn('go', ['build', '-ldflags', flags, '-o', name, MAIN], {
      cwd: directory,
      env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' },
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(signal === undefined ? {} : { signal }),
    });
    let said = '';
    go.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
    go.once('error', reject);
    go.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`go build ended with ${String(code)}: ${said.trim().split('\n').slice(-3).join(' ')}`));
    });
  });
  return path.join(directory, name);
}

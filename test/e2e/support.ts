import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { databaseUrl } from '../../platform/postgres-roles';
import { freePort } from '../../platform/ports';
import { temporaryDir } from '../support/servers';
import { processesOf, until } from '../platform/support';

const root = path.resolve(__dirname, '../..');
const main = path.join(root, 'dist/cli/main.js');

/** A command that has ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A data dir that does not exist yet, below a folder that PostgreSQL's account can pass. */
export const newDataDir = (): string => path.join(temporaryDir(), 'data');

/** Builds what is stale, as `npm start` does, so that the tests run what a user runs. */
export function build(): void {
  const { status, stderr } = spawnSync(process.execPath, [path.join(root, 'tools/build.cjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the build failed: ${stderr}`);
}

/** The environment without anything that would lead a test to another instance. */
function cleanEnv(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours = /^(ZHENGGAI_|DATABASE_URL$|MIGRATION_DATABASE_URL$|TEMPORAL_ADDRESS$|TEMPORAL_NAMESPACE$|SMTP_URL$|NODE_OPTIONS$)/;
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name))), ...more };
}

const begun = new Set<ChildProcess>();

function launch(args: readonly string[], env: NodeJS.ProcessEnv): { child: ChildProcess; said: { stdout: string; stderr: string } } {
  const child = spawn(process.execPath, [main, ...args], { cwd: root, env: cleanEnv(env), stdio: ['ignore', 'pipe', 'pipe'] });
  begun.add(child);
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  child.once('close', () => begun.delete(child));
  return { child, said };
}

/** Runs the program to its end. */
export async function zhenggai(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const { child, said } = launch(args, env);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...said };
}

/** `zhenggai start` in a process of its own. */
export interface Started {
  readonly dataDir: string;
  readonly child: ChildProcess;
  readonly pageUrl: string;
  /** All it has said on stdout and stderr. */
  said(): Readonly<{ stdout: string; stderr: string }>;
  /** A command of a second terminal on the same data dir. */
  run(...args: string[]): Promise<Ended>;
  /** The same with --json; fails unless it ends with the code, and returns the object of the last line. */
  json<T = Record<string, unknown>>(args: readonly string[], code?: number): Promise<T>;
  /** Sends a signal and waits for the end; returns the exit code, null after SIGKILL. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts an instance and waits until it is ready. */
export async function start(dataDir: string, ...args: string[]): Promise<Started> {
  const started = await begin(dataDir, ...args);
  const isUp = () => started.said().stdout.includes('按 Ctrl-C 停止');
  await until('start is ready', () => isUp() || started.child.exitCode !== null || started.child.signalCode !== null, 120_000);
  if (!isUp()) throw new Error(`start has ended:\n${started.said().stderr}`);
  return started;
}

/** Starts an instance and does not wait. */
export async function begin(dataDir: string, ...args: string[]): Promise<Started> {
  const port = await freePort();
  const { child, said } = launch(['start', '--data-dir', dataDir, '--port', String(port), ...args], {});
  const ended = once(child, 'close');
  const run = (...more: string[]) => zhenggai([...more, '--data-dir', dataDir]);
  return {
    dataDir,
    child,
    pageUrl: `http://127.0.0.1:${port}`,
    said: () => said,
    run,
    async json<T>(more: readonly string[], code = 0): Promise<T> {
      const result = await run(...more, '--json');
      if (result.code !== code) throw new Error(`${more.join(' ')}: exit ${String(result.code)}\n${result.stdout}${result.stderr}`);
      return lastObject(result) as T;
    },
    async end(signal) {
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}

/** The object that a command with --json printed as its last line. */
export const lastObject = ({ stdout }: Pick<Ended, 'stdout'>): unknown => JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');

/** An answer of `issue do --json`. */
export interface Answer {
  readonly key: string;
  readonly pending: boolean;
  readonly accepted: boolean;
  readonly phase: string;
  readonly version: number;
}

let keys = 0;

/** `issue do` that must be accepted; asked again by the same key while the ledger is slow, as a script would. */
export async function act(started: Started, issueId: string, as: string, ...words: string[]): Promise<Answer> {
  const key = `e2e-${process.pid}-${(keys += 1)}`;
  const who = as.startsWith('zg_') ? ['--token', as] : ['--as', as];
  for (let tries = 1; ; tries += 1) {
    const result = await started.run('issue', 'do', issueId, ...words, ...who, '--key', key, '--json');
    const answer = result.code === 0 ? (lastObject(result) as Answer) : null;
    if (answer && !answer.pending) return answer;
    if ((result.code !== 0 && result.code !== 3) || tries === 10)
      throw new Error(`issue do: exit ${String(result.code)}\n${result.stderr}`);
  }
}

export interface EventRow {
  readonly stream_id: string;
  readonly version: number;
  readonly type: string;
  readonly command_key: string | null;
  readonly hash: string;
}

const readJson = (dataDir: string, file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(dataDir, file), 'utf8')) as Record<string, unknown>;

/** Runs SQL on the ledger of a running instance as the superuser of its PostgreSQL, as somebody who owns the machine could. */
export async function asSuperuser<Row extends object>(dataDir: string, sql: string): Promise<Row[]> {
  const [port, password] = [readJson(dataDir, 'ports.json')['postgres'], readJson(dataDir, 'secrets.json')['postgresAdmin']];
  const client = new Client({ connectionString: databaseUrl(Number(port), 'postgres', String(password), 'zhenggai') });
  await client.connect();
  try {
    const result: unknown = await client.query(sql);
    return (Array.isArray(result) ? [] : (result as { rows: Row[] }).rows) satisfies Row[];
  } finally {
    await client.end();
  }
}

/** Every event of the ledger, in the order of streams and versions. */
export const eventsOf = (dataDir: string): Promise<EventRow[]> =>
  asSuperuser<EventRow>(dataDir, 'SELECT stream_id, version, type, command_key, hash FROM event ORDER BY stream_id, version');

/** Whether a stream is an issue, not a round or what is above it. */
export const isIssue = (streamId: string): boolean => /^R\d+-\d+/.test(streamId);

/** Waits until every life of a new sample, its round's and the base data's too, has said what is new: then all wait for somebody. */
export async function untilAnnounced(dataDir: string, issues: number): Promise<EventRow[]> {
  await until('every life has announced its issue', async () => {
    const events = await eventsOf(dataDir);
    const announced = events.filter(({ stream_id, type, version }) => isIssue(stream_id) && type === 'rungFired' && version === 2);
    const above = events.some(({ stream_id, type }) => stream_id.startsWith('round/') && type === 'rungFired');
    return announced.length === issues && above && events.some(({ stream_id, version }) => stream_id === 'base' && version === 2);
  });
  return eventsOf(dataDir);
}

/** The pid of a child, as the supervisor recorded it. */
export function childPid(dataDir: string, name: 'postgres' | 'temporal'): number {
  const { process: recorded } = readJson(dataDir, `run/${name}.json`) as { process: { pid: number } };
  return recorded.pid;
}

/** No process of this data dir is left. */
export const nothingLeft = (dataDir: string): Promise<void> =>
  until(`no process of ${dataDir} is left`, () => processesOf(dataDir).length === 0, 20_000);

/** Ends what a failed test left running: only processes that this file started; their own guards end the children. */
export async function endAll(): Promise<void> {
  await Promise.all(
    [...begun].map(async (child) => {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
    }),
  );
}

/** A refusal: exit 2, and on stderr one sentence what, one what to do with the code. */
export function expectRefusal({ code, stdout, stderr }: Ended, failure: string): void {
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^错误：.+。\n.+[。）]\[[\w.-]+\]\n$/u) as string });
  expect(stderr).toContain(`[${failure}]`);
  expect(stdout).toBe('');
}

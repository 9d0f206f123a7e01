import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, renameSync, statSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { unavailable } from '../domain/failure';
import { endProcess, identityOf, type ProcessIdentity } from './process-identity';

/** How a program is run. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The account it runs under (only when we are root). */
  readonly account?: { readonly uid: number; readonly gid: number };
}

export interface GuardOptions {
  /** Its output is appended here. */
  readonly logFile: string;
  /** The signal on which the program ends cleanly, and how long it may take. */
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  readonly graceMs: number;
}

/** A program that ends, cleanly, whenever this process ends, kill -9 included. */
export interface Guarded {
  /** The program itself, not the shell beside it. */
  readonly program: ProcessIdentity;
  /** Resolves when the program is gone; never rejects. */
  readonly exited: Promise<void>;
  /** Clean end, then SIGKILL after the grace time. */
  stop(): Promise<void>;
  /** SIGKILL at once. */
  kill(): Promise<void>;
}

/*
 * A shell stands beside the program and holds the read end of a pipe whose write end is ours alone. When we end, however that comes about,
 * the pipe closes and the shell sends the stop signal; when the program ends by itself, the shell ends with its exit code. A session of its
 * own keeps Ctrl-C in the terminal away from both: the order of stopping is ours to decide.
 */
const SHELL = `
sig=$1; grace=$2; shift 2
exec 3<&0
"$@" </dev/null >&2 3<&- &
p=$!
echo "$p"
(
  read -r _ <&3
  s=; i=0
  trap 'kill $s 2>/dev/null; exit' TERM
  kill -s "$sig" "$p" 2>/dev/null
  while kill -0 "$p" 2>/dev/null && [ "$i" -lt "$grace" ]; do sleep 0.2 & s=$!; wait "$s"; i=$((i+1)); done
  kill -s KILL "$p" 2>/dev/null
) >/dev/null &
w=$!
exec >/dev/null 3<&-
trap 'kill -s "$sig" "$p" 2>/dev/null' INT TERM HUP
while :; do wait "$p"; code=$?; kill -0 "$p" 2>/dev/null || break; done
kill "$w" 2>/dev/null
wait "$w"
exit "$code"
`;

const ROTATE_BYTES = 10 * 1024 * 1024;

/** Starts a program under guard; resolves as soon as it runs (which is not: is ready). */
export async function startGuarded(command: Command, options: GuardOptions): Promise<Guarded> {
  const log = openLog(options.logFile);
  const graceSteps = Math.max(1, Math.ceil(options.graceMs / 200));
  let shell: ChildProcess;
  try {
    shell = spawn(
      '/bin/sh',
      ['-c', SHELL, 'zhenggai-guard', options.stopSignal.slice(3), String(graceSteps), command.file, ...command.args],
      {
        stdio: ['pipe', 'pipe', log],
        detached: true,
        ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
        ...(command.env === undefined ? {} : { env: command.env }),
        ...(command.account ?? {}),
      },
    );
  } finally {
    closeSync(log);
  }
  const shellGone = new Promise<void>((resolve) => {
    shell.once('exit', () => { resolve(); }); // prettier-ignore
    shell.once('error', () => { resolve(); }); // prettier-ignore
  });
  const [stdin, stdout] = [shell.stdin as Writable, shell.stdout as Readable];
  stdin.on('error', () => undefined); // the shell has gone first
  const program = identityOf(await firstNumber(stdout, shellGone, command.file));
  const exited = shellGone.then(async () => {
    stdin.destroy();
    // A shell that was killed leaves its program behind.
    if (program !== undefined) await endProcess(program, options.stopSignal, options.graceMs);
  });
  return {
    program: program ?? { pid: shell.pid ?? 0, started: 'gone' },
    exited,
    stop: async () => {
      stdin.end();
      await exited;
    },
    kill: async () => {
      if (program !== undefined) await endProcess(program, 'SIGKILL', 0);
      await exited;
    },
  };
}

async function firstNumber(stdout: Readable, shellGone: Promise<void>, file: string): Promise<number> {
  let text = '';
  stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  while (!text.includes('\n')) {
    const more = await Promise.race([once(stdout, 'data').then(() => true), shellGone.then(() => false)]);
    if (!more && !text.includes('\n'))
      throw unavailable('program-not-started', `无法启动程序 ${file}。`, '请确认系统有 /bin/sh，且该文件存在并可执行。');
  }
  return Number(text.slice(0, text.indexOf('\n')));
}

function openLog(file: string): number {
  try {
    if (statSync(file).size > ROTATE_BYTES) renameSync(file, `${file}.1`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return openSync(file, 'a', 0o600);
}

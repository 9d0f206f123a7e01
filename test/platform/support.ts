import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { DatabaseUrls } from '../../platform/postgres-roles';
import type { ServiceStatus } from '../../platform/service';

/** Waits until something is so; fails with its name when it isn't in time. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, withinMs = 30_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not in ${withinMs} ms: ${what}`);
    await delay(20);
  }
}

/** The command lines of all processes that name the directory or work in it. */
export function processesOf(directory: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        if (stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')) return [];
        return line.includes(directory) || readlinkSync(`/proc/${pid}/cwd`).startsWith(directory) ? [`${pid} ${line}`] : [];
      } catch {
        return []; // gone in this moment
      }
    });
}

export interface Ready {
  readonly databaseUrls: DatabaseUrls;
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly smtpUrl: string;
  readonly inboxUrl: string;
  readonly services: readonly ServiceStatus[];
}

export interface Running {
  readonly child: ChildProcess;
  readonly lines: string[];
  /** What it said last, as JSON: Ready, or the failure. */
  readonly answer: Promise<unknown>;
  readonly exited: Promise<number | null>;
}

/** Runs a supervisor as a process of its own. */
export const runPlatform = (dataDir: string, env: NodeJS.ProcessEnv = {}): Running => runFixture('run-platform.ts', [dataDir], env);

/** Runs a program of fixtures/. */
export function runFixture(name: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Running {
  const root = path.resolve(__dirname, '../..');
  const program = path.join(__dirname, 'fixtures', name);
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  const answer = new Promise<unknown>((resolve, reject) => {
    reader.on('line', (line) => {
      lines.push(line);
      if (line.startsWith('{')) resolve(JSON.parse(line));
    });
    reader.once('close', () => {
      reject(new Error(`ended before it was ready: ${lines.join('\n')}`));
    });
  });
  answer.catch(() => undefined);
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  return { child, lines, answer, exited };
}

export const pidOf = (services: readonly ServiceStatus[], name: string): number => {
  const pid = services.find((service) => service.name === name)?.pid;
  if (pid === undefined) throw new Error(`${name} has no process`);
  return pid;
};

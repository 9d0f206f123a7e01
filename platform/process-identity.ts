import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

/** A process that can't be confused with a later one of the same number: pid plus when it was started. */
export interface ProcessIdentity {
  readonly pid: number;
  /** On Linux boot id and start tick from /proc; elsewhere what `ps` says; empty where neither is to be had. */
  readonly started: string;
}

export const processIdentitySchema = z.object({ pid: z.int().positive(), started: z.string() });

/** The identity of a running process, or undefined when there is none (a zombie counts as none). */
export function identityOf(pid: number): ProcessIdentity | undefined {
  if (process.platform === 'linux') return linuxIdentity(pid);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  return { pid, started: process.platform === 'win32' ? '' : startedByPs(pid) };
}

export const ownIdentity = (): ProcessIdentity => identityOf(process.pid) ?? { pid: process.pid, started: '' };

/** Whether exactly this process still runs. */
export const isAlive = (identity: ProcessIdentity): boolean => identityOf(identity.pid)?.started === identity.started;

/** Sends a signal to exactly this process; false when it is gone. */
export function signal(identity: ProcessIdentity, name: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false;
  try {
    return process.kill(identity.pid, name);
  } catch {
    return false;
  }
}

/** Asks a process to end, waits up to `graceMs`, then kills it. Resolves when it is gone. */
export async function endProcess(identity: ProcessIdentity, polite: NodeJS.Signals, graceMs: number): Promise<void> {
  signal(identity, polite);
  for (const until = Date.now() + graceMs; isAlive(identity) && Date.now() < until;) await delay(20);
  while (signal(identity, 'SIGKILL')) await delay(20);
}

/** Linux: the pids of the processes whose working directory is `directory` (those of a PostgreSQL are in its data directory). */
export function processesIn(directory: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === directory;
      } catch {
        return false;
      }
    })
    .map(Number);
}

function linuxIdentity(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before may hold spaces and brackets
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return { pid, started: `${bootId()}/${fields[19] ?? ''}` };
  } catch {
    return undefined;
  }
}

let boot: string | undefined;
function bootId(): string {
  try {
    boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    boot = '';
  }
  return boot;
}

function startedByPs(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }).trim();
  } catch {
    return '';
  }
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { until } from '../platform/support';
import type { WorkerInput } from './run-worker';

/** A worker in a process of its own. */
export interface WorkerProcess {
  readonly pid: number;
  /** SIGKILL, now: to this process alone. */
  kill(): void;
  /** Resolves when the process is gone. */
  readonly gone: Promise<unknown>;
}

const root = path.resolve(__dirname, '../..');

/** Starts a worker in its own process group and waits until it runs. It ends with this process, however that ends. */
export async function startWorkerProcess(input: WorkerInput): Promise<WorkerProcess> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', path.join(__dirname, 'run-worker.ts'), JSON.stringify(input)], {
    cwd: root,
    detached: true,
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = once(child, 'close');
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  await until('the worker runs', () => said.includes('running') || ended(), 60_000);
  const { pid } = child;
  if (pid === undefined || ended()) throw new Error(`the worker has ended: ${String(child.exitCode ?? child.signalCode)}`);
  return {
    pid,
    gone,
    kill: () => {
      if (!ended()) process.kill(pid, 'SIGKILL');
    },
  };
}

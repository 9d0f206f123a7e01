import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { unavailable } from '../domain/failure';
import { startGuarded, type Guarded } from './guard';
import type { Report } from './report';
import { forget, record } from './run-records';
import type { Service, ServiceState, ServiceStatus } from './service';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 30_000;
const CALM_MS = 60_000; // ready for this long: the next death starts again from the shortest pause
const PROBE_MS = 25;

/** Keeps one service running: starts it, waits until it is ready, and starts it again when it dies, with a growing pause. */
export class Keeper {
  private state: ServiceState = 'starting';
  private running: Guarded | undefined;
  private restarts = 0;
  private readonly leaving = new AbortController();
  private keeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly service: Service,
    private readonly dataDir: string,
    private readonly report: Report,
  ) {}

  status(): ServiceStatus {
    const pid = this.state === 'stopped' ? undefined : this.running?.program.pid;
    return { name: this.service.name, label: this.service.label, state: this.state, pid, restarts: this.restarts };
  }

  /** Resolves when the service is ready for the first time. */
  async start(): Promise<void> {
    try {
      await this.launch();
    } catch (error) {
      await this.stop();
      throw error;
    }
    this.keeping = this.keep();
  }

  async stop(): Promise<void> {
    this.leaving.abort();
    await this.running?.stop();
    await this.keeping;
    this.state = 'stopped';
  }

  async kill(): Promise<void> {
    this.leaving.abort();
    await this.running?.kill();
    await this.keeping;
    this.state = 'stopped';
  }

  /** Starts the program once and waits until it is ready. */
  private async launch(): Promise<void> {
    const { service } = this;
    const options = { logFile: this.logFile(), stopSignal: service.stopSignal, graceMs: service.graceMs };
    const guarded = await startGuarded(await service.command(), options);
    this.running = guarded;
    record(this.dataDir, service, guarded.program);
    const fate = { gone: false };
    void guarded.exited.then(() => {
      fate.gone = true;
      forget(this.dataDir, service.name);
    });
    if (this.isLeaving()) await guarded.stop(); // asked to stop in the moment of starting
    const until = Date.now() + service.startTimeoutMs;
    while (!(await service.isReady().catch(() => false))) {
      if (fate.gone) throw this.failed('启动后随即退出');
      if (Date.now() > until) throw this.failed(`在 ${Math.round(service.startTimeoutMs / 1000)} 秒内没有就绪`);
      await delay(PROBE_MS);
    }
    this.state = 'ready';
  }

  /** Waits for the program to die and starts it again, until we stop. */
  private async keep(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    let readySince = Date.now();
    for (;;) {
      await this.running?.exited;
      if (this.isLeaving()) return;
      if (Date.now() - readySince > CALM_MS) pause = FIRST_PAUSE_MS;
      this.state = 'restarting';
      this.restarts++;
      this.report(`${this.service.label} 意外退出，${pause / 1000} 秒后重新启动（第 ${this.restarts} 次）`);
      await delay(pause, undefined, { signal: this.leaving.signal }).catch(() => undefined);
      if (this.isLeaving()) return;
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      try {
        await this.launch();
        readySince = Date.now();
        this.report(`${this.service.label} 已恢复`);
      } catch (error) {
        if (this.isLeaving()) return;
        this.report(error instanceof Error ? error.message : String(error));
        await this.running?.stop(); // it may hang instead of having died
      }
    }
  }

  private isLeaving(): boolean {
    return this.leaving.signal.aborted;
  }

  private failed(what: string): Error {
    const file = this.logFile();
    return unavailable(
      'service-not-started',
      `${this.service.label} ${what}。${lastLines(file)}`,
      `请查看日志 ${file}，排除原因后重新启动。`,
    );
  }

  private logFile(): string {
    return path.join(this.dataDir, 'log', `${this.service.name}.log`);
  }
}

function lastLines(file: string): string {
  try {
    const lines = readFileSync(file, 'utf8').trim().split('\n').slice(-5).join('\n');
    return lines === '' ? '' : `日志末尾：\n${lines}\n`;
  } catch {
    return '';
  }
}

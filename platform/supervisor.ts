import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Keeper } from './keeper';
import type { Report } from './report';
import type { Service, ServiceStatus } from './service';

/** Owns child processes: starts them, waits until each is ready, restarts one that dies, stops them all. */
export class Supervisor {
  private readonly kept: Keeper[] = [];
  private stopping: Promise<void> | undefined;

  /** @param dataDir its `run/` holds a record of every child, its `log/` their output. */
  constructor(
    private readonly dataDir: string,
    private readonly report: Report,
  ) {
    for (const folder of ['run', 'log']) mkdirSync(path.join(dataDir, folder), { recursive: true, mode: 0o700 });
  }

  /** Resolves when the service is ready; rejects, with the end of its log, when it ends or isn't ready in time. */
  async start(service: Service): Promise<void> {
    const keeper = new Keeper(service, this.dataDir, this.report);
    this.kept.push(keeper);
    await keeper.start();
  }

  status(): ServiceStatus[] {
    return this.kept.map((keeper) => keeper.status());
  }

  /** Ends everything cleanly and side by side: whoever works on the services must have stopped before. Safe to call twice. */
  stop(): Promise<void> {
    this.stopping ??= Promise.all(this.kept.map((keeper) => keeper.stop())).then(() => undefined);
    return this.stopping;
  }

  /** SIGKILL to everything at once: for a second Ctrl-C. The data survives, as after a power cut. */
  async kill(): Promise<void> {
    await Promise.all(this.kept.map((keeper) => keeper.kill()));
  }
}

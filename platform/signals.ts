import type { Report } from './report';

export interface Stoppable {
  stop(): Promise<void>;
  /** Ends at once, without waiting for anybody. */
  kill(): Promise<void>;
}

/**
 * SIGINT, SIGTERM and SIGHUP stop cleanly; a second one kills. Resolves when everything has stopped; the caller then ends the process.
 * Rejects when stopping failed.
 */
export async function untilStopped(what: Stoppable, report: Report): Promise<void> {
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  let count = 0;
  await new Promise<void>((resolve, reject) => {
    const onSignal = () => {
      count++;
      if (count > 2) return;
      report(count === 1 ? '正在停止…（再按一次 Ctrl-C 立即结束）' : '立即结束');
      (count === 1 ? what.stop() : what.kill()).then(resolve, reject);
    };
    for (const name of names) process.on(name, onSignal);
  });
}

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { ensureRetention, ensureSearchAttributes, type SearchAttributes } from './temporal-namespace';
import { accepts, type PortBook } from './ports';
import type { Service } from './service';
import type { Supervisor } from './supervisor';

export interface TemporalOptions {
  readonly dataDir: string;
  readonly binary: string;
  readonly ports: PortBook;
  /** Named by the user: used or refused. */
  readonly port: number | undefined;
  readonly uiPort: number | undefined;
  readonly namespace: string;
  /** Lets a workflow's clock be brought forward: demo and tests only. */
  readonly timeSkipping: boolean;
  readonly searchAttributes: SearchAttributes;
}

export interface TemporalServer {
  /** host:port of gRPC. */
  readonly address: string;
  readonly namespace: string;
  readonly uiUrl: string;
}

/**
 * Clocks of workflows may be brought forward; and a timer that a skip made due fires at once: the second that the server otherwise
 * allows for the clocks of several hosts (1.1 s a skip against 0.09 s) has no meaning in one process.
 */
const TIME_SKIPPING: [string, string][] = [
  ['--dynamic-config-value', 'frontend.WorkflowTimeSkippingEnabled=true'],
  ['--dynamic-config-value', 'history.timerProcessorMaxTimeShift="20ms"'],
];

/** Starts the Temporal dev server on a file in the data dir; resolves when the namespace answers and holds our search attributes. */
export async function startTemporal(supervisor: Supervisor, options: TemporalOptions): Promise<TemporalServer> {
  const { dataDir, ports, namespace, searchAttributes } = options;
  const folder = path.join(dataDir, 'temporal');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const port = await ports.port('temporal', 'ZHENGGAI_TEMPORAL_PORT', options.port);
  const ui = await ports.port('temporalUi', 'ZHENGGAI_TEMPORAL_UI_PORT', options.uiPort);
  const http = await ports.port('temporalHttp', 'ZHENGGAI_TEMPORAL_PORT');
  const metrics = await ports.port('temporalMetrics', 'ZHENGGAI_TEMPORAL_PORT');
  const flags: [string, string][] = [
    ['--db-filename', path.join(folder, 'temporal.db')],
    ['--sqlite-pragma', 'journal_mode=WAL'],
    ['--sqlite-pragma', 'synchronous=FULL'],
    ['--ip', '127.0.0.1'],
    ['--port', String(port)],
    ['--http-port', String(http)],
    ['--metrics-port', String(metrics)],
    ['--ui-ip', '127.0.0.1'],
    ['--ui-port', String(ui)],
    ['--log-level', 'error'],
    ['--namespace', namespace],
    ...(options.timeSkipping ? TIME_SKIPPING : []),
  ];
  const address = `127.0.0.1:${port}`;
  const service: Service = {
    name: 'temporal',
    label: 'Temporal',
    stopSignal: 'SIGTERM',
    graceMs: 15_000,
    startTimeoutMs: 60_000,
    command: () => ({ file: options.binary, args: ['server', 'start-dev', '--ui-disable-news-fetch', ...flags.flat()], cwd: folder }),
    isReady: () => namespaceAnswers(address, namespace, 500),
  };
  await supervisor.start(service);
  await withConnection(address, 5_000, async (connection) => {
    await ensureRetention(connection, namespace);
    await ensureSearchAttributes(connection, namespace, searchAttributes);
  });
  return { address, namespace, uiUrl: `http://127.0.0.1:${ui}` };
}

/** Whether the server answers for this namespace. */
export async function namespaceAnswers(address: string, namespace: string, timeoutMs: number): Promise<boolean> {
  const colon = address.lastIndexOf(':');
  if (!(await accepts(address.slice(0, colon), Number(address.slice(colon + 1)), timeoutMs))) return false;
  try {
    await withConnection(address, timeoutMs, ({ workflowService }) => workflowService.describeNamespace({ namespace }));
    return true;
  } catch {
    return false;
  }
}

/** Connects, works, and closes the connection whatever happens. */
export async function withConnection<T>(address: string, timeoutMs: number, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address, connectTimeout: timeoutMs });
  try {
    return await connection.withDeadline(Date.now() + Math.max(timeoutMs, 5_000), () => work(connection));
  } finally {
    await connection.close();
  }
}

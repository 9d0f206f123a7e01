import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { badInput } from '../domain/failure';
import { readIfThere, writeFileAtomic } from './files';

const HOST = '127.0.0.1';
// Below the range from which the system takes the ports of outgoing connections: a remembered port stays free while we are stopped.
const [LOWEST, HIGHEST] = [20_000, 30_000];
const given = new Set<number>();

/** Whether nobody listens on this port of this machine. */
export async function isPortFree(port: number, host = HOST): Promise<boolean> {
  const server = net.createServer();
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}

/** Whether somebody accepts connections there. Says no at once when nobody listens, where gRPC would wait for its deadline. */
export function accepts(host: string, port: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: timeoutMs });
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });
}

/** A port nobody listens on, and which this process has not given out before. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    const port = randomInt(LOWEST, HIGHEST);
    if (given.has(port)) continue;
    given.add(port);
    if (await isPortFree(port)) return port;
  }
  throw new Error(`no free port between ${LOWEST} and ${HIGHEST}`);
}

/** Refuses with a sentence when a port that was asked for belongs to somebody else. */
export async function requireFreePort(port: number, variable: string, host = HOST): Promise<void> {
  if (await isPortFree(port, host)) return;
  throw badInput(
    'port-taken',
    `端口 ${host}:${port} 已被其他程序占用。`,
    `请关闭占用该端口的程序，或用环境变量 ${variable} 换一个端口后重新启动。`,
  );
}

const remembered = z.record(z.string(), z.int().min(1).max(65_535));

/** The ports of the services inside the machine: chosen free once, remembered in the data dir, chosen anew when taken. */
export class PortBook {
  private readonly file: string;
  private readonly ports: Record<string, number>;

  constructor(dataDir: string) {
    this.file = path.join(dataDir, 'ports.json');
    const known = remembered.safeParse(parse(readIfThere(this.file)));
    this.ports = known.success ? known.data : {};
  }

  /** @param configured a port the user named: used or refused, never replaced. */
  async port(name: string, variable: string, configured?: number): Promise<number> {
    if (configured !== undefined) {
      await requireFreePort(configured, variable);
      return configured;
    }
    const before = this.ports[name];
    if (before !== undefined && (await isPortFree(before))) {
      given.add(before);
      return before;
    }
    const port = await freePort();
    this.ports[name] = port;
    writeFileAtomic(this.file, `${JSON.stringify(this.ports, null, 2)}\n`);
    return port;
  }
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
}

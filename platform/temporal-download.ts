import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TEMPORAL_CLI } from './temporal-version';

export const VENDOR = 'https://temporal.download';
const CONNECT_MS = 5_000;
const WHOLE_MS = 10 * 60_000;

/**
 * Downloads the pinned CLI of the vendor into `directory` and returns its path. Rejects quickly where there is no internet.
 * @param origin another address with the same paths (a mirror; tests).
 */
export async function downloadTemporal(directory: string, origin = VENDOR, signal?: AbortSignal): Promise<string> {
  await requireReachable(new URL(origin));
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const whole = AbortSignal.any([AbortSignal.timeout(WHOLE_MS), ...(signal === undefined ? [] : [signal])]);
  const answer = await fetch(`${origin}/cli/archive/v${TEMPORAL_CLI}?platform=${system}&arch=${arch}`, { signal: whole });
  if (!answer.ok || answer.body === null) throw new Error(`${origin} answered ${answer.status}`);
  mkdirSync(directory, { recursive: true });
  const archive = path.join(directory, 'archive.tar.gz');
  await pipeline(Readable.fromWeb(answer.body), createWriteStream(archive), { signal: whole });
  const name = process.platform === 'win32' ? 'temporal.exe' : 'temporal';
  await unpack(archive, directory, name);
  return path.join(directory, name);
}

function requireReachable(url: URL): Promise<void> {
  const port = url.port !== '' ? Number(url.port) : url.protocol === 'http:' ? 80 : 443;
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: url.hostname, port });
    const end = (error?: Error) => {
      clearTimeout(timer);
      socket.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    const timer = setTimeout(() => {
      end(new Error(`${url.host} did not answer within ${CONNECT_MS} ms`)); // looking up the name counts too
    }, CONNECT_MS);
    socket.once('connect', () => {
      end();
    });
    socket.once('error', end);
  });
}

function unpack(archive: string, directory: string, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const tar = spawn('tar', ['-xzf', archive, '-C', directory, name], { stdio: 'ignore' });
    tar.once('error', reject);
    tar.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`tar ended with ${String(code)}`));
    });
  });
}

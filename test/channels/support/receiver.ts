import { spawnSync } from 'node:child_process';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

/** One request as it arrived. */
export interface Heard {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** hang: the connection stays open without an answer. cut: it is closed in the middle of one. */
export type Answering = (heard: Heard) => Reply | 'hang' | 'cut';

export interface Receiver {
  /** `http://127.0.0.1:40001` */
  readonly origin: string;
  readonly heard: readonly Heard[];
  close(): Promise<void>;
}

/** A real server on a random port. */
export async function openReceiver(answer: Answering, tls?: { key: string; cert: string }): Promise<Receiver> {
  const heard: Heard[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one: Heard = {
        method: request.method ?? '',
        url: new URL(request.url ?? '/', origin),
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      heard.push(one);
      const reply = answer(one);
      if (reply === 'hang') return;
      if (reply === 'cut') {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half');
        setImmediate(() => request.socket.destroy());
        return;
      }
      response.writeHead(reply.status ?? 200, reply.headers);
      response.end(reply.body ?? '');
    });
  };
  const server = tls === undefined ? http.createServer(listener) : https.createServer(tls, listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const origin = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  return {
    origin,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** An origin at which nobody listens any more. */
export async function closedOrigin(): Promise<string> {
  const receiver = await openReceiver(() => ({}));
  await receiver.close();
  return receiver.origin;
}

/** A key and a certificate that nobody has signed; null where there is no openssl. */
export function selfSigned(): { key: string; cert: string } | null {
  const made = spawnSync(
    'openssl',
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -keyout - -out - -subj /CN=zg.example'.split(' '),
    { encoding: 'utf8' },
  );
  const part = (name: string) => new RegExp(`-----BEGIN ${name}-----[^]+?-----END ${name}-----`).exec(made.stdout)?.[0];
  const [key, cert] = made.status === 0 ? [part('PRIVATE KEY'), part('CERTIFICATE')] : [];
  return key === undefined || cert === undefined ? null : { key, cert };
}

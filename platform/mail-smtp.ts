import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { MailStore } from './mail-store';

/** An answer instead of acceptance, as a mail server would give it: `{ code: 550, message: 'no such user' }`. */
export interface Refusal {
  readonly code: number;
  readonly message: string;
}

/** Asked for every recipient; undefined accepts. */
export type Refuse = (address: string) => Refusal | undefined;

const LARGEST_BYTES = 50 * 1024 * 1024;

/** Accepts mail on 127.0.0.1:port and answers 250 only when it is on disk. */
export async function listenForMail(store: MailStore, port: number, refuse: Refuse): Promise<{ port: number; close(): Promise<void> }> {
  const server = new SMTPServer({
    name: 'zhenggai',
    banner: 'zhenggai mail inbox',
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST_BYTES,
    rejectOversized: true,
    logger: false,
    onRcptTo: ({ address }, _session, answer) => {
      const refusal = refuse(address);
      answer(refusal === undefined ? null : Object.assign(new Error(refusal.message), { responseCode: refusal.code }));
    },
    onData: (stream, session, answer) => {
      keep(store, stream, session).then(
        () => {
          answer();
        },
        (error: unknown) => {
          answer(Object.assign(new Error(String(error)), { responseCode: 451 })); // the sender tries again
        },
      );
    },
  });
  server.on('error', () => undefined); // a connection that broke; the sender notices and tries again
  const listening = server.listen(port, '127.0.0.1');
  await once(listening, 'listening');
  return {
    port: (listening.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

async function keep(store: MailStore, stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  if (stream.sizeExceeded) return; // answered 552 by the server
  await store.add(Buffer.concat(chunks), {
    from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    recipients: envelope.rcptTo.map(({ address }) => address),
  });
}

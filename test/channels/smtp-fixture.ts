import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';

export interface Inbox {
  url: string;
  /** The bytes of each mail as the server got them. */
  received: Buffer[];
  connections(): number;
  close(): Promise<void>;
}

const reply = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });

/**
 * A real SMTP server on a random port. It answers by the first part of the recipient's address: `gone` 550, `busy` 451,
 * `cut` drops the connection in the middle of the mail, `spam` 554 after the mail; all else is taken.
 */
export async function openInbox(options: SMTPServerOptions = {}): Promise<Inbox> {
  const received: Buffer[] = [];
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onConnect(_session, callback) {
      connections += 1;
      callback();
    },
    onMailFrom({ address }, _session, callback) {
      callback(address.startsWith('stranger@') ? reply(553, 'Mail from must equal authorized user') : null);
    },
    onRcptTo({ address }, _session, callback) {
      if (address.startsWith('gone@')) callback(reply(550, 'No such user here'));
      else if (address.startsWith('busy@')) callback(reply(451, 'Mailbox busy, try later'));
      else callback();
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      const to = session.envelope.rcptTo[0]?.address ?? '';
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
      });
      stream.on('end', () => {
        if (to.startsWith('cut@')) {
          server.connections.forEach((connection) => connection._socket.destroy());
          return;
        }
        if (to.startsWith('spam@')) {
          callback(reply(554, 'Rejected by content'));
          return;
        }
        received.push(Buffer.concat(chunks));
        callback(null, 'queued');
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
}

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

/** Where a mail can be stopped: at MAIL FROM, when DATA begins, when its last byte is there and nothing has been answered. */
export type SmtpPoint = 'mailFrom' | 'dataStart' | 'lastByte';

/** A mail that was answered 250: the server's from then on. */
export interface Taken {
  readonly to: string;
  readonly bytes: Buffer;
  /** What the server said; each answer is another one. */
  readonly answer: string;
  /** When the 250 was written to the socket, by `performance.now()`. */
  readonly answeredAt: number;
}

export interface StandIn {
  readonly url: string;
  /** All mails that were answered 250, in order. */
  readonly taken: readonly Taken[];
  /** Stops mails at a point, all or those to one address, until `release`: the server reads no further and answers nothing. */
  stop(point: SmtpPoint, to?: string): void;
  /** How many mails stand at a point now or were left standing there by a sender that died. */
  standing(point: SmtpPoint): number;
  /** Stops nothing any more; what stands is never answered. */
  release(): void;
  /** Called right after a 250 was written. */
  onAnswered: (mail: Taken) => void;
  close(): Promise<void>;
}

/** A mail server of a test's own on 127.0.0.1, which can stop the world for a mail. It keeps a mail only once it has answered 250. */
export async function startStandIn(): Promise<StandIn> {
  const taken: Taken[] = [];
  let stops: { point: SmtpPoint; to: string | undefined }[] = [];
  const stood: SmtpPoint[] = [];
  const stopsHere = (point: SmtpPoint, to?: string): boolean => {
    const stopped = stops.some((stop) => stop.point === point && (stop.to === undefined || stop.to === to));
    if (stopped) stood.push(point);
    return stopped;
  };
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onMailFrom: (_address, _session, answer) => {
      if (!stopsHere('mailFrom')) answer();
    },
    onData: (stream, { envelope }, answer) => {
      const to = envelope.rcptTo[0]?.address ?? '';
      if (stopsHere('dataStart', to)) return;
      void wholeOf(stream).then((bytes) => {
        if (bytes === null || stopsHere('lastByte', to)) return;
        const text = `taken as ${taken.length + 1} ${createHash('sha256').update(bytes).digest('hex').slice(0, 8)}`;
        answer(null, text);
        const mail = { to, bytes, answer: `250 ${text}`, answeredAt: performance.now() };
        taken.push(mail);
        standIn.onAnswered(mail);
      });
    },
  });
  server.on('error', () => undefined); // a sender that was killed
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const standIn: StandIn = {
    url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    taken,
    stop(point, to) {
      stops.push({ point, to });
    },
    standing: (point) => stood.filter((one) => one === point).length,
    release() {
      stops = [];
      stood.length = 0;
    },
    onAnswered: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
  return standIn;
}

/** The bytes of a mail, or null when the sender died in the middle of it. */
async function wholeOf(stream: SMTPServerDataStream): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk as Buffer);
  } catch {
    return null;
  }
  return Buffer.concat(chunks);
}

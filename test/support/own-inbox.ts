import { createHash } from 'node:crypto';
import { simpleParser, type Attachment } from 'mailparser';
import type { MailPort } from '../../activities/create-activities';
import { createSmtpChannel } from '../../channels/smtp';
import { startMailInbox } from '../../platform/mail-inbox';
import type { Refusal } from '../../platform/mail-smtp';
import { freePort } from '../../platform/ports';
import { temporaryDir } from './servers';

/** A message as its reader's mail program opens it, with what marks it for audits. */
export interface ReceivedMail {
  readonly messageId: string;
  /** The mailboxes of the envelope. */
  readonly recipients: readonly string[];
  /** X-Zhenggai-Person: whose digest it is, whoever's mailbox it came to. */
  readonly person: string;
  /** X-Zhenggai-Notices, or the file that it names: a mark of each notice, as `markOf` makes it. */
  readonly marks: readonly string[];
  /** The Date header: the instant of the claim. */
  readonly claimedAt: Date;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly Attachment[];
  readonly raw: Buffer;
}

/** A real SMTP inbox of one test alone, and the real channel to it. */
export interface OwnInbox {
  readonly mail: MailPort;
  /** What every recipient is answered from now on; undefined: accepted. */
  answer(refusal: Refusal | undefined): void;
  /** How often a recipient was refused. */
  refusals(): number;
  /** Every message, read back by its JSON API, the oldest first. */
  messages(): Promise<ReceivedMail[]>;
  close(): Promise<void>;
}

/** Starts an inbox that no other test file writes to; end with `close` and removeTemporaryDirs. */
export async function startOwnInbox(from: string): Promise<OwnInbox> {
  let refusal: Refusal | undefined;
  let refused = 0;
  const inbox = await startMailInbox({
    dataDir: temporaryDir(),
    smtpPort: await freePort(),
    pagePort: await freePort(),
    refuse: () => {
      if (refusal) refused += 1;
      return refusal;
    },
  });
  const channel = createSmtpChannel({ url: inbox.smtpUrl });
  return {
    mail: { send: ({ bytes, to }) => channel.send({ bytes, to, from }) },
    answer: (next) => {
      refusal = next;
    },
    refusals: () => refused,
    messages: () => messagesOf(inbox.url),
    async close() {
      channel.close();
      await inbox.close();
    },
  };
}

/** The mark of a notice, by what ARCHITECTURE.md says of the header and not by the code that writes it. */
export const markOf = (streamId: string, obligationId: string, rung: string, occurrence: number): string =>
  createHash('sha256').update(`${streamId}/${obligationId}/${rung}@${occurrence}`).digest('hex').slice(0, 16);

const PAGE = 10_000;

async function messagesOf(url: string): Promise<ReceivedMail[]> {
  const mails: ReceivedMail[] = [];
  for (let offset = 0, total = 1; offset < total; offset += PAGE) {
    const page = (await (await fetch(`${url}/api/messages?limit=${PAGE}&offset=${offset}`)).json()) as {
      total: number;
      messages: { id: string; recipients: string[] }[];
    };
    total = page.total;
    for (const { id, recipients } of page.messages)
      mails.push(await parse(Buffer.from(await (await fetch(`${url}/api/messages/${id}/raw`)).arrayBuffer()), recipients));
  }
  return mails.reverse();
}

async function parse(raw: Buffer, recipients: readonly string[]): Promise<ReceivedMail> {
  const { headers, messageId, date, text, html, attachments } = await simpleParser(raw);
  const header = (name: string): string => {
    const value = headers.get(name);
    if (typeof value !== 'string') throw new Error(`no header ${name} in ${messageId ?? 'a message without Message-ID'}`);
    return value;
  };
  if (messageId === undefined || date === undefined || text === undefined || typeof html !== 'string')
    throw new Error('a message lacks its Message-ID, Date, text or HTML');
  const listed = header('x-zhenggai-notices');
  const file = attachments.find(({ filename }) => filename === listed);
  const marks = (file?.content.toString('ascii') ?? listed).split(/\s+/).filter(Boolean);
  return { messageId, recipients, person: header('x-zhenggai-person'), marks, claimedAt: date, text, html, attachments, raw };
}

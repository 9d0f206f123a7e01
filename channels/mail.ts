import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import MailComposer from 'nodemailer/lib/mail-composer';
import { badInput } from '../domain/failure';
import type { Instant } from '../domain/time';
import { clean, shorten } from './digest-clean';

export interface MailAddress {
  name: string;
  address: string;
}

export interface MailAttachment {
  /** Any characters; given both by RFC 2231 and, for mail programs that never learned it, as an encoded word. */
  filename: string;
  content: Uint8Array;
  contentType: string;
}

export interface Mail {
  from: string | MailAddress;
  to: MailAddress;
  subject: string;
  text: string;
  html: string;
  /** With its angle brackets, as `messageIdOf` gives it. */
  messageId: string;
  date: Instant;
  headers?: Readonly<Record<string, string>>;
  attachments?: readonly MailAttachment[];
}

/**
 * The bytes of a mail (RFC 5322, CRLF). The same mail always gives the same bytes: date, Message-ID and boundary come from the
 * input, nothing from clock or chance, so what is stored at the claim can be sent again and again and be told for one message.
 */
export async function composeMail(mail: Mail): Promise<Buffer> {
  return new MailComposer({
    from: typeof mail.from === 'string' ? mail.from : person(mail.from),
    to: person(mail.to),
    subject: shorten(clean(mail.subject), LONGEST_SUBJECT),
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    date: new Date(mail.date),
    // RFC 3834: no holiday replies to a machine
    headers: { 'Auto-Submitted': 'auto-generated', ...mail.headers },
    attachments: (mail.attachments ?? []).map(({ filename, content, contentType }) => ({
      filename: fileName(filename),
      content: Buffer.from(content),
      contentType,
    })),
    baseBoundary: digest(mail.messageId).slice(0, 24),
    boundaryPrefix: '--zg',
    encoding: 'base64',
    textEncoding: 'base64',
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

const LONGEST_SUBJECT = 150;
const LONGEST_NAME = 60;

/** A name that can't pass for another; nodemailer keeps the address one address. */
const person = ({ name, address }: MailAddress): MailAddress => ({ name: shorten(clean(name), LONGEST_NAME), address });

/** A name that every system can save: no path, nothing that Windows forbids, its ending kept however long it is. */
export function fileName(text: string): string {
  const name = clean(text).replace(/[\\/:*?"<>|]/g, '_');
  const [, stem = '', ending = ''] = /^(.*?)(\.[A-Za-z0-9]{1,5})?$/u.exec(name) ?? [];
  return `${shorten(stem.replace(/^[.\s]+/, ''), LONGEST_NAME) || '附件'}${ending}`;
}

/**
 * The Message-ID of a delivery: derived from its key, so that every attempt has the same one.
 * @param domain the sender's mail domain; a Chinese one is given in its ASCII form. Throws badInput when it is none.
 */
export function messageIdOf(deliveryKey: string, domain: string): string {
  const ascii = domainToASCII(domain);
  if (ascii === '') throw badInput('mail.domain', `发件域名无效：${domain}。`, '请检查发件地址 @ 之后的部分。');
  // 128 bits of the hash: the header stays on one line, which old mail programs read best
  return `<${digest(deliveryKey).slice(0, 32)}@${ascii}>`;
}

const digest = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Bytes of a part of a mail in base64, in lines of 76 characters. */
export function encodedSize(part: string | Uint8Array): number {
  const bytes = typeof part === 'string' ? Buffer.byteLength(part, 'utf8') : part.length;
  const characters = Math.ceil(bytes / 3) * 4;
  return characters + Math.ceil(characters / 76) * 2;
}

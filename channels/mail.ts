import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import MailComposer from 'nodemailer/lib/mail-composer';
import { badInput } from '../domain/failure';
import type { Instant } from '../domain/time';

export interface MailAddress {
  name: string;
  address: string;
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
}

/**
 * The bytes of a mail (RFC 5322, CRLF). The same mail always gives the same bytes: date, Message-ID and boundary come from the
 * input, nothing from clock or chance, so what is stored at the claim can be sent again and again and be told for one message.
 */
export async function composeMail(mail: Mail): Promise<Buffer> {
  return new MailComposer({
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    date: new Date(mail.date),
    // RFC 3834: no holiday replies to a machine
    headers: { 'Auto-Submitted': 'auto-generated', ...mail.headers },
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

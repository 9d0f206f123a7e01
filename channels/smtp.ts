import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { ZhenggaiError } from '../domain/failure';
import { badInput, unavailable } from '../domain/failure';

export { composeMail, messageIdOf } from './mail';
export type { Mail, MailAddress } from './mail';

export interface SmtpChannelOptions {
  /**
   * `smtp://user:password@host:587` takes STARTTLS when the server offers it (`?requireTLS=true` insists, and
   * `?tls.rejectUnauthorized=false` accepts the self-made certificate of an internal server); `smtps://` is TLS from the start.
   */
  url: string;
  /** Connections side by side; 2 unless told, since office servers limit them. */
  maxConnections?: number;
  /** Mails over one connection before it is replaced; 100 unless told. */
  maxMessages?: number;
  /** How long connecting, the greeting and each answer may take; 20 s unless told. */
  timeoutMs?: number;
}

/** A mail that has been composed. `from` and `to` are bare addresses: the envelope, which decides where the bytes go. */
export interface OutgoingMail {
  bytes: Uint8Array;
  from: string;
  to: string;
}

/** `refused`: this mail will never be taken, so trying again is useless. `code` is the server's (5xx), or 0 when it was not asked. */
export type SendResult = { outcome: 'sent'; response: string; millis: number } | { outcome: 'refused'; code: number; response: string };

export interface SmtpChannel {
  /**
   * Sends the bytes as they are. What may pass (4xx, no connection) and what concerns all mail (login, sender) throws `unavailable`;
   * a `from` that is no address throws badInput.
   */
  send(mail: OutgoingMail): Promise<SendResult>;
  /** Connects and logs in; throws `unavailable` when that can't be done. */
  verify(): Promise<void>;
  /** Lets deliveries that are under way finish and closes the connections. */
  close(): void;
}

/** A pooled connection to one mail server. Retrying is the caller's (Temporal's), but for an idle connection found dead. */
export function createSmtpChannel({ url, maxConnections = 2, maxMessages = 100, timeoutMs = 20_000 }: SmtpChannelOptions): SmtpChannel {
  const server = serverOf(url);
  const transport = createTransport({
    pool: true,
    url,
    maxConnections,
    maxMessages,
    maxRequeues: 1,
    opportunisticTLS: true,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    socketTimeout: timeoutMs * 3,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  return {
    async send({ bytes, from, to }) {
      if (!isAddress(from)) throw badInput('mail.from', `发件地址无效：${from}。`, '请在配置中写一个邮件地址，不带姓名。');
      if (!isAddress(to)) return { outcome: 'refused', code: 0, response: `收件地址无效：${to}` };
      const startedAt = performance.now();
      try {
        const { response } = await transport.sendMail({ envelope: { from, to: [to] }, raw: Buffer.from(bytes), dsn: reportsOf(bytes) });
        return { outcome: 'sent', response, millis: Math.round(performance.now() - startedAt) };
      } catch (error) {
        const fault = error as SmtpFault;
        if (refusesThisMail(fault)) return { outcome: 'refused', code: fault.responseCode ?? 0, response: fault.response ?? fault.message };
        throw trouble(server, fault);
      }
    },
    async verify() {
      try {
        await transport.verify();
      } catch (error) {
        throw trouble(server, error as SmtpFault);
      }
    },
    close: () => {
      transport.close();
    },
  };
}

/**
 * What a server that knows delivery status notifications (RFC 3461) is asked for: a report to the sender when the mail fails or is late
 * after it was accepted, with its headers only, and a mark by which the report names the mail.
 */
const reportsOf = (bytes: Uint8Array): { id: string; return: 'headers'; notify: ('failure' | 'delay')[] } => ({
  id: createHash('sha256').update(bytes).digest('hex').slice(0, 32),
  return: 'headers',
  notify: ['failure', 'delay'],
});

/** What nodemailer puts on its errors. */
interface SmtpFault extends Error {
  code?: string;
  /** The code of the socket under it, such as DEPTH_ZERO_SELF_SIGNED_CERT or ECONNREFUSED. */
  originalCode?: string;
  /** The command that was answered: 'RCPT TO', 'MAIL FROM', 'DATA', 'AUTH PLAIN' … */
  command?: string;
  responseCode?: number;
  response?: string;
  permanent?: boolean;
}

const LOGIN_CODES: readonly number[] = [530, 534, 535, 538];
const TOO_LARGE = 552;

/**
 * Whether the server, or nodemailer before it, refused this very mail for good. Not so a 5xx that every mail would get: a login
 * that is missing or wrong, a sender that the account may not use. Were these `refused`, one wrong password would give up every
 * digest of the morning; thrown, they wait for the office to correct it.
 */
function refusesThisMail({ code, command, responseCode, permanent }: SmtpFault): boolean {
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return false;
  if (responseCode === undefined) return true;
  if (permanent !== true || LOGIN_CODES.includes(responseCode)) return false;
  return command !== 'MAIL FROM' || responseCode === TOO_LARGE;
}

function trouble(server: string, fault: SmtpFault): ZhenggaiError {
  const said = fault.response ?? fault.message;
  if (fault.code === 'EAUTH' || LOGIN_CODES.includes(fault.responseCode ?? 0)) {
    return unavailable('mail.login', `邮件服务器 ${server} 不接受登录：${said}`, '请检查发件账号和密码（或授权码）。', fault);
  }
  if (fault.command === 'MAIL FROM' && fault.permanent === true) {
    return unavailable('mail.sender', `邮件服务器 ${server} 不接受发件地址：${said}`, '请让发件地址与登录账号一致。', fault);
  }
  if (fault.code === 'ETLS' || /CERT|TLS|SSL/.test(fault.originalCode ?? '')) {
    return unavailable(
      'mail.tls',
      `与邮件服务器 ${server} 不能建立加密连接：${said}`,
      '请检查端口和服务器证书；内网自签证书可在地址后加 ?tls.rejectUnauthorized=false。',
      fault,
    );
  }
  if (fault.responseCode !== undefined) {
    return unavailable('mail.deferred', `邮件服务器 ${server} 暂时不收：${said}`, '将自动重试；长时间如此请联系邮件管理员。', fault);
  }
  return unavailable('mail.unreachable', `连不上邮件服务器 ${server}：${said}`, '请检查地址、端口和网络。', fault);
}

/** Host and port for messages to people: never the password. */
function serverOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || parsed.hostname === '' || !['smtp:', 'smtps:'].includes(parsed.protocol)) {
    throw badInput('mail.url', '邮件服务器地址无效。', '请写成 smtp://主机:端口 或 smtps://账号:密码@主机:端口。');
  }
  return parsed.host;
}

/** One bare address. A list, a name or a line break would send the bytes to somebody else. */
const isAddress = (text: string): boolean => /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()\\]+$/.test(text);

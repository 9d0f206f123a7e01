import { Webhook } from 'standardwebhooks';
import { badInput } from '../domain/failure';
import { millis } from '../domain/time';
import type { Secret, ShortChannel } from './channel';
import { PassingFault } from './channel';
import type { Answer } from './robot-post';
import { post, recordOf, retryAfterOf } from './robot-post';
import type { ShortMessage } from './short-message';

export interface WebhookOptions {
  readonly name: string;
  readonly url: Secret;
  /** `whsec_…`; the newest first. While a secret is being changed both stand here, and every message carries both signatures. */
  readonly secrets: readonly Secret[];
  /** 10 s unless told. */
  readonly timeoutMs?: number;
}

/** The name of the body's shape. Fields may be added under it; a changed meaning raises the number. */
export const NOTICE_SCHEMA = 'zhenggai.notice/1';

/** Whether a text is a secret of Standard Webhooks: `whsec_` and the base64 of 24 to 64 bytes. */
export function isWebhookSecret(text: string): boolean {
  const base64 = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1];
  if (base64 === undefined) return false;
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 && bytes.length >= 24 && bytes.length <= 64;
}

/** The body: the message under its schema name. The same message gives the same characters on every attempt. */
export const noticeBody = (message: ShortMessage): string => JSON.stringify({ schema: NOTICE_SCHEMA, ...message });

/**
 * A webhook as the Standard Webhooks specification has it (standardwebhooks.com): the receiver checks the signature, refuses
 * timestamps more than five minutes away, and knows a repetition by `webhook-id`, which is the message's id in ASCII.
 * Throws badInput when a secret is none.
 */
export function createWebhookChannel({ name, url: address, secrets, timeoutMs = 10_000 }: WebhookOptions): ShortChannel {
  if (secrets.length === 0 || !secrets.every((secret) => isWebhookSecret(secret.reveal()))) {
    throw badInput('channels.secret', `推送地址“${name}”的签名密钥无效。`, '密钥应为 whsec_ 加上24至64个字节的 base64，至少一个。');
  }
  const signers = secrets.map((secret) => new Webhook(secret.reveal()));
  const url = new URL(address.reveal());
  const who = `推送地址“${name}”`;

  return {
    name,
    async send(message, { now }) {
      const startedAt = performance.now();
      const body = noticeBody(message);
      const id = encodeURI(message.id);
      const at = new Date(millis(now));
      const headers = {
        'user-agent': 'zhenggai',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(millis(now) / 1_000)),
        'webhook-signature': signers.map((signer) => signer.sign(id, at, body)).join(' '),
      };
      const answer = await post({ who, url, body, headers, timeoutMs });
      if (answer.status >= 200 && answer.status < 300) {
        const response = recordOf(`${answer.status} ${answer.text}`, url);
        return { outcome: 'sent', response, millis: Math.round(performance.now() - startedAt) };
      }
      if (mayPass(answer)) throw new PassingFault(`${who}暂时不收（${answer.status}）。将自动重试。`, retryAfterOf(answer.headers, now));
      const response = recordOf(isRedirect(answer) ? `地址已改动，不跟随转向。${answer.text}` : answer.text, url);
      return { outcome: 'refused', code: answer.status, response };
    },
  };
}

/**
 * 408, 425, 429 and 5xx pass by themselves. So does 409: a receiver that knows ids answers it while our earlier attempt, whose
 * answer got lost, is still being worked on. Every other status is an answer to this message or this address, for good.
 */
const mayPass = ({ status }: Answer): boolean => [408, 409, 425, 429].includes(status) || status >= 500;

const isRedirect = ({ status }: Answer): boolean => status >= 300 && status < 400;

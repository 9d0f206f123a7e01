import { createHmac } from 'node:crypto';
import { Secret } from '../../../channels/channel';
import type { Answering, Heard, Reply } from './receiver';
import { openReceiver } from './receiver';

/*
 * Local stand-ins for the three group robots, as their pages describe them: they check address, signature, clock, size and number
 * of messages a minute, and answer 200 with an error code in the body. Their clock is the test's.
 */

export interface StandIn {
  /** The whole address with the key. */
  readonly url: Secret;
  readonly heard: readonly Heard[];
  /** Bodies that were accepted. */
  readonly taken: readonly string[];
  close(): Promise<void>;
}

/** Milliseconds; the test moves it. */
export interface Clock {
  ms: number;
}

const HOUR_MS = 3_600_000;
const json = (body: object, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

type Refusal = Reply | null;

async function standIn(path: string, refuse: (heard: Heard) => Refusal, ok: object): Promise<StandIn> {
  const taken: string[] = [];
  const answer: Answering = (heard) => {
    if (heard.method !== 'POST' || heard.headers['content-type']?.startsWith('application/json') !== true) return { status: 405 };
    const refusal = refuse(heard);
    if (refusal === null) taken.push(heard.body);
    return refusal ?? json(ok);
  };
  const receiver = await openReceiver(answer);
  return { url: new Secret(receiver.origin + path), heard: receiver.heard, taken, close: () => receiver.close() };
}

/** Counts what came within any stretch; a message that is refused for its number is not counted. */
function counter(clock: Clock, most: number, inMs: number): () => boolean {
  const times: number[] = [];
  return () => {
    if (times.filter((time) => time > clock.ms - inMs).length >= most) return false;
    times.push(clock.ms);
    return true;
  };
}

export function wecomStandIn(clock: Clock): Promise<StandIn> {
  const place = counter(clock, 20, 60_000);
  return standIn(
    '/cgi-bin/webhook/send?key=693axxx6-7aoc-4bc4-97a0',
    ({ url, body }) => {
      const message = JSON.parse(body) as { msgtype: 'markdown' | 'text'; markdown?: { content: string }; text?: { content: string } };
      const content = message[message.msgtype]?.content ?? '';
      const most = message.msgtype === 'markdown' ? 4_096 : 2_048;
      if (url.searchParams.get('key') !== '693axxx6-7aoc-4bc4-97a0') return json({ errcode: 93000, errmsg: 'invalid webhook url' });
      if (content === '') return json({ errcode: 44004, errmsg: 'empty content' });
      if (bytes(content) > most) return json({ errcode: 40058, errmsg: `${message.msgtype}.content exceed max length ${most}` });
      return place() ? null : json({ errcode: 45009, errmsg: 'api freq out of limit' });
    },
    { errcode: 0, errmsg: 'ok' },
  );
}

export function dingtalkStandIn(clock: Clock, { secret, keyword = '' }: { secret?: string; keyword?: string } = {}): Promise<StandIn> {
  const place = counter(clock, 20, 60_000);
  let deafUntil = 0;
  return standIn(
    '/robot/send?access_token=f00dfeedc0ffee',
    ({ url, body }) => {
      const { markdown } = JSON.parse(body) as { markdown: { title: string; text: string } };
      const security = (errmsg: string) => json({ errcode: 310000, errmsg });
      if (url.searchParams.get('access_token') !== 'f00dfeedc0ffee') return json({ errcode: 300005, errmsg: 'token is not exist' });
      if (secret !== undefined) {
        const stamp = url.searchParams.get('timestamp') ?? '';
        if (!/^\d{13}$/.test(stamp) || Math.abs(Number(stamp) - clock.ms) > HOUR_MS) return security('invalid timestamp');
        const sign = createHmac('sha256', Buffer.from(secret))
          .update(Buffer.from([stamp, secret].join('\n')))
          .digest('base64');
        if (url.searchParams.get('sign') !== sign) return security('sign not match');
      }
      if (!markdown.text.includes(keyword)) return security('keywords not in content');
      if (bytes(body) > 20_000) return json({ errcode: 460101, errmsg: 'message too long, exceed 20000 bytes' });
      if (clock.ms >= deafUntil && place()) return null;
      if (clock.ms >= deafUntil) deafUntil = clock.ms + 600_000;
      return json({ errcode: 130101, errmsg: 'send too fast, exceed 20 times per minute' });
    },
    { errcode: 0, errmsg: 'ok' },
  );
}

export function feishuStandIn(clock: Clock, { secret }: { secret?: string } = {}): Promise<StandIn> {
  const minute = counter(clock, 100, 60_000);
  const second = counter(clock, 5, 1_000);
  return standIn(
    '/open-apis/bot/v2/hook/0d2e-4b1a-9c',
    ({ url, body }) => {
      const message = JSON.parse(body) as { timestamp?: string; sign?: string; msg_type: string };
      if (!url.pathname.endsWith('/0d2e-4b1a-9c')) {
        return json({ code: 19001, msg: 'param invalid: incoming webhook access token invalid' });
      }
      if (bytes(body) > 20_480 || message.msg_type !== 'post') return json({ code: 9499, msg: 'Bad Request', data: {} }, 400);
      if (secret !== undefined) {
        const stamp = message.timestamp ?? '';
        const sign = createHmac('sha256', `${stamp}\n${secret}`).digest('base64');
        const near = /^\d{10}$/.test(stamp) && Math.abs(Number(stamp) * 1_000 - clock.ms) <= HOUR_MS;
        if (!near || message.sign !== sign) {
          return json({ code: 19021, msg: 'sign match fail or timestamp is not within one hour from current time' });
        }
      }
      const rush = clock.ms % 1_800_000 < 30_000;
      return !rush && second() && minute() ? null : json({ code: 11232, msg: 'frequency limited' });
    },
    { StatusCode: 0, StatusMessage: 'success', code: 0, data: {}, msg: 'success' },
  );
}

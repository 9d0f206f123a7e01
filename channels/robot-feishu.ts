import { createHmac } from 'node:crypto';
import type { Instant } from '../domain/time';
import { millis } from '../domain/time';
import type { ShortChannel } from './channel';
import type { Verdicts } from './robot-answer';
import type { SignedRobotOptions } from './robot-channel';
import { createRobotChannel } from './robot-channel';
import type { RobotRow, RobotWords } from './robot-text';
import { bytesOf, fitting, robotWords } from './robot-text';
import type { ShortMessage } from './short-message';

/** UTF-8 bytes of the whole body; 20 KB is allowed. Source: open.feishu.cn/document/client-docs/bot-v3/add-custom-bot. */
export const FEISHU_BYTES = 20_000;

/** Source: the same page, and open.feishu.cn/document/server-docs/api-call-guide/frequency-control. */
const verdicts: Verdicts = {
  9499: (message) =>
    /too many|frequen/.test(message) ? { is: 'tooFast', hint: '发送过快，飞书限流' } : { is: 'refused', hint: '消息格式不符' },
  11232: { is: 'tooFast', hint: '飞书限流，整点和半点前后常见' },
  19001: { is: 'refused', hint: '机器人地址无效，请重新复制地址' },
  19021: { is: 'refused', hint: '签名不符，请核对签名密钥，并校准本机时钟' },
  19022: { is: 'refused', hint: '本机的出口地址不在机器人的 IP 白名单之内' },
  19024: { is: 'refused', hint: '消息不含机器人的关键词，请把关键词设为“整改”' },
  99991400: { is: 'tooFast', hint: '发送过快，飞书限流' },
};

/** Base64 of HMAC-SHA256 over nothing; the key is seconds, line feed and secret. Not the way of 钉钉. */
export const signFeishu = (secret: string, atSeconds: number): string =>
  createHmac('sha256', `${atSeconds}\n${secret}`).update('').digest('base64');

/** The body for 飞书: a rich text, whose pieces are read as they stand. It stays within its bytes and always holds the link. */
export function feishuBody(message: ShortMessage, signed: { readonly timestamp: string; readonly sign: string } | null): string {
  const words = robotWords(message);
  return fitting(
    words.rows,
    (rows, others) =>
      JSON.stringify({
        ...signed,
        msg_type: 'post',
        content: { post: { zh_cn: { title: words.title, content: paragraphs(words, rows, others) } } },
      }),
    (body) => bytesOf(body) <= FEISHU_BYTES,
  );
}

/**
 * A group robot of 飞书: 100 messages a minute and 5 a second, with a little air for what the network holds up. Its makers ask to
 * keep away from full and half hours, and 08:30 is our usual opening: the first minute is left to others (own default).
 */
export function createFeishuRobot(options: SignedRobotOptions): ShortChannel {
  return createRobotChannel(options, {
    label: '飞书',
    pace: {
      windows: [
        { most: 100, inMs: 61_000 },
        { most: 5, inMs: 1_200 },
      ],
      rush: { everyMs: 1_800_000, lastsMs: 60_000 },
    },
    silenceMs: 60_000,
    verdicts,
    request: (message, now) => ({ url: new URL(options.url.reveal()), body: feishuBody(message, signedAt(options, now)) }),
  });
}

function signedAt({ secret }: SignedRobotOptions, now: Instant): { timestamp: string; sign: string } | null {
  if (secret === undefined) return null;
  const seconds = Math.floor(millis(now) / 1_000);
  return { timestamp: String(seconds), sign: signFeishu(secret.reveal(), seconds) };
}

type Piece = { readonly tag: 'text'; readonly text: string } | { readonly tag: 'a'; readonly text: string; readonly href: string };

const text = (words: string): Piece => ({ tag: 'text', text: words });
const link = (words: string, href: string): Piece => ({ tag: 'a', text: words, href });

const paragraphs = ({ greeting, door, closing }: RobotWords, rows: readonly RobotRow[], others: string | null): Piece[][] => [
  [text(greeting)],
  ...rows.map((row) => [
    text(`${row.mark} `),
    row.link === null ? text(row.reference) : link(row.reference, row.link),
    text(` ${row.what}`),
  ]),
  ...(others === null ? [] : [[text(others)]]),
  [link(door.label, door.link)],
  [text(closing)],
];

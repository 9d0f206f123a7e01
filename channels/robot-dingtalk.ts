import { createHmac } from 'node:crypto';
import { millis } from '../domain/time';
import type { ShortChannel } from './channel';
import type { Verdict, Verdicts } from './robot-answer';
import type { SignedRobotOptions } from './robot-channel';
import { createRobotChannel } from './robot-channel';
import { bytesOf, fitting, markdownOf, robotWords } from './robot-text';
import type { ShortMessage } from './short-message';

/** UTF-8 bytes of the whole body: the robot says `message too long, exceed 20000 bytes`. */
export const DINGTALK_BYTES = 20_000;

const noToken: Verdict = { is: 'refused', hint: '机器人地址中的 access_token 无效，请重新复制地址' };
const forbidden: Verdict = { is: 'refused', hint: '钉钉认为内容或链接不可发送' };

/** Source: open.dingtalk.com, custom robots: error codes. One code tells four things of the security settings. */
const verdicts: Verdicts = {
  [-1]: { is: 'passing', hint: '钉钉系统繁忙' },
  130101: { is: 'tooFast', hint: '超过每分钟20条，钉钉限流10分钟' },
  410100: { is: 'tooFast', hint: '发送过快，钉钉限流' },
  660026: { is: 'tooFast', hint: '发送过快，钉钉限流' },
  300005: noToken,
  400013: { is: 'refused', hint: '群已解散' },
  400101: noToken,
  400102: { is: 'refused', hint: '机器人已停用' },
  400106: noToken,
  430101: forbidden,
  430102: forbidden,
  430103: forbidden,
  430104: forbidden,
  460101: { is: 'refused', hint: '消息超过长度' },
  310000: (message) => {
    if (/timestamp|过期/.test(message)) return { is: 'passing', hint: '本机时钟与标准时间相差超过1小时，请校准' };
    if (/keyword|关键词/.test(message)) return { is: 'refused', hint: '消息不含机器人的关键词，请把关键词设为“整改”' };
    if (/whitelist|白名单/.test(message)) return { is: 'refused', hint: '本机的出口地址不在机器人的 IP 地址段之内' };
    return { is: 'refused', hint: '加签不符，请核对机器人的加签密钥' };
  },
};

/** Base64 of HMAC-SHA256 with the secret as key over milliseconds, line feed and secret; it goes into the query, URL-encoded. */
export const signDingtalk = (secret: string, atMs: number): string =>
  createHmac('sha256', secret).update(`${atMs}\n${secret}`).digest('base64');

/** The body for 钉钉; it stays within its bytes, always holds the link and mentions nobody. */
export function dingtalkBody(message: ShortMessage): string {
  const words = robotWords(message);
  const tell = markdownOf(words, '  \n  ');
  return fitting(
    words.rows,
    (rows, others) =>
      JSON.stringify({ msgtype: 'markdown', markdown: { title: words.title, text: tell(rows, others) }, at: { isAtAll: false } }),
    (body) => bytesOf(body) <= DINGTALK_BYTES,
  );
}

/**
 * A group robot of 钉钉. It takes 20 messages a minute and is deaf for ten minutes after one more, hence 18. Its clock and ours may
 * differ by an hour.
 */
export function createDingtalkRobot(options: SignedRobotOptions): ShortChannel {
  return createRobotChannel(options, {
    label: '钉钉',
    pace: { windows: [{ most: 18, inMs: 61_000 }] },
    silenceMs: 600_000,
    verdicts,
    request: (message, now) => {
      const url = new URL(options.url.reveal());
      if (options.secret !== undefined) {
        url.searchParams.set('timestamp', String(millis(now)));
        url.searchParams.set('sign', signDingtalk(options.secret.reveal(), millis(now)));
      }
      return { url, body: dingtalkBody(message) };
    },
  });
}

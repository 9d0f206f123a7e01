import type { ShortChannel } from './channel';
import type { Verdicts } from './robot-answer';
import type { RobotOptions } from './robot-channel';
import { createRobotChannel } from './robot-channel';
import { bytesOf, fitting, markdownOf, plainOf, robotWords } from './robot-text';
import type { ShortMessage } from './short-message';

export interface WecomOptions extends RobotOptions {
  /** markdown unless told. Members who read the group in 微信 see only text. */
  readonly format?: 'markdown' | 'text';
}

/** UTF-8 bytes of the content. Source: developer.work.weixin.qq.com/document/path/99110. */
export const WECOM_BYTES = { markdown: 4_096, text: 2_048 } as const;

/** Source: developer.work.weixin.qq.com/document/path/90455 (global codes) and 99110. */
const verdicts: Verdicts = {
  [-1]: { is: 'passing', hint: '企业微信系统繁忙' },
  40058: { is: 'refused', hint: '消息格式或长度不符' },
  45002: { is: 'refused', hint: '消息超过长度' },
  45009: { is: 'tooFast', hint: '超过每分钟20条' },
  45033: { is: 'passing', hint: '并发过多' },
  60020: { is: 'refused', hint: '本机的出口地址不在机器人的可信 IP 之内' },
  93000: { is: 'refused', hint: '机器人地址无效，或机器人已被移出群，请重新复制地址' },
};

/** The body for 企业微信; the content stays within its bytes and always holds the link. */
export function wecomBody(message: ShortMessage, format: 'markdown' | 'text'): string {
  const words = robotWords(message);
  const tell = format === 'markdown' ? markdownOf(words, '\n') : plainOf(words);
  const content = fitting(words.rows, tell, (text) => bytesOf(text) <= WECOM_BYTES[format]);
  return JSON.stringify({ msgtype: format, [format]: { content } });
}

/**
 * A group robot of 企业微信, or of 粤政易, which takes the same messages at another host. It signs nothing: the key in the address
 * is the secret. 20 messages in any minute; the window is a second longer, for what the network holds up.
 */
export function createWecomRobot(options: WecomOptions): ShortChannel {
  const { url, format = 'markdown' } = options;
  return createRobotChannel(options, {
    label: '企业微信',
    pace: { windows: [{ most: 20, inMs: 61_000 }] },
    silenceMs: 60_000,
    verdicts,
    request: (message) => ({ url: new URL(url.reveal()), body: wecomBody(message, format) }),
  });
}

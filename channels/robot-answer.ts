import { z } from 'zod';
import type { Instant } from '../domain/time';
import type { Answer } from './robot-post';
import { recordOf, retryAfterOf } from './robot-post';

/** What a code of a robot means. `hint` is for the office: what happened, or what to correct. */
export interface Verdict {
  /** refused: for ever. passing: try again. tooFast: try again after a silence. */
  readonly is: 'refused' | 'passing' | 'tooFast';
  readonly hint: string;
}

/** The codes of one kind of robot; a code with several meanings is told apart by its message (in lower case). */
export type Verdicts = Readonly<Record<number, Verdict | ((message: string) => Verdict)>>;

export type Judgement =
  | { readonly is: 'sent'; readonly response: string }
  | { readonly is: 'refused'; readonly code: number; readonly response: string }
  | { readonly is: 'passing' | 'tooFast'; readonly response: string; readonly retryAfterMs?: number };

/** 企业微信 and 钉钉 say errcode, 飞书 says code and, in older versions, StatusCode. */
const said = z.union([
  z
    .object({ errcode: z.number(), errmsg: z.string().default('') })
    .transform(({ errcode, errmsg }) => ({ code: errcode, message: errmsg })),
  z.object({ code: z.number(), msg: z.string().default('') }).transform(({ code, msg }) => ({ code, message: msg })),
  z
    .object({ StatusCode: z.number(), StatusMessage: z.string().default('') })
    .transform(({ StatusCode, StatusMessage }) => ({ code: StatusCode, message: StatusMessage })),
]);

/**
 * Reads the answer of a robot, which says 200 to nearly everything and means its code. What is no such JSON comes from something
 * in between (a gateway, a login page) and passes; so do 429 and 5xx. A code nobody knows is a refusal unless its words speak of
 * load or frequency.
 */
export function judge(answer: Answer, verdicts: Verdicts, { url, now }: { url: URL; now: Instant }): Judgement {
  const retryAfterMs = retryAfterOf(answer.headers, now);
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  const body = said.safeParse(jsonOf(answer.text));
  if (answer.status === 429) return { is: 'tooFast', response: recordOf(`429 ${answer.text}`, url), ...wait };
  if (answer.status >= 500) return { is: 'passing', response: recordOf(`${answer.status} ${answer.text}`, url), ...wait };
  if (!body.success) return { is: 'passing', response: recordOf(`答复不是机器人的格式（${answer.status}）：${answer.text}`, url), ...wait };
  const { code, message } = body.data;
  if (code === 0 && answer.status < 300) return { is: 'sent', response: recordOf(`0 ${message}`, url) };
  const { is, hint } = verdictOf(code, message.toLowerCase(), verdicts);
  const response = recordOf(`${hint}（${code}）${message}`, url);
  return is === 'refused' ? { is, code: code === 0 ? answer.status : code, response } : { is, response, ...wait };
}

function verdictOf(code: number, message: string, verdicts: Verdicts): Verdict {
  const known = verdicts[code];
  const verdict = typeof known === 'function' ? known(message) : known;
  if (verdict !== undefined) return verdict;
  if (/too (fast|many)|frequen|freq |rate.?limit|限流|频繁|频率/.test(message)) return { is: 'tooFast', hint: '发送过快' };
  if (/busy|internal error|time.?out|unavailable|系统繁忙|稍后|超时/.test(message)) return { is: 'passing', hint: '对方系统繁忙' };
  return { is: 'refused', hint: '机器人不接受' };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

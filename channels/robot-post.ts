import type { IncomingHttpHeaders } from 'node:http';
import http from 'node:http';
import https from 'node:https';
import type { Instant } from '../domain/time';
import { millis } from '../domain/time';
import { PassingFault } from './channel';
import { clean } from './digest-clean';

/** One POST of a robot or webhook. */
export interface Post {
  /** Who is written to, for people: `企业微信机器人“局工作群”`. */
  readonly who: string;
  readonly url: URL;
  /** JSON. */
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** From the first packet to the end of the answer. */
  readonly timeoutMs: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** At most 64 KB of it. */
  readonly text: string;
}

const LONGEST_ANSWER = 64 * 1024;
const RECORDED_CHARACTERS = 500;
const LONGEST_WAIT_MS = 3_600_000;

/**
 * Posts once and gives whatever is answered; a redirect is an answer, never followed, since it would carry key or signature to
 * another place. Each message has a connection of its own: they are few, and none can meet one that has died meanwhile.
 * Throws PassingFault when there is no answer. A message whose answer got lost may have arrived; what is sent again is the same.
 */
export async function post({ who, url, body, headers, timeoutMs }: Post): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs);
  const bytes = Buffer.from(body, 'utf8');
  const { request } = url.protocol === 'https:' ? https : http;
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const asked = request(
        url,
        {
          method: 'POST',
          agent: false,
          signal,
          headers: { 'content-type': 'application/json', 'content-length': bytes.length, ...headers },
        },
        (response) => {
          const chunks: Buffer[] = [];
          let length = 0;
          const finish = () => {
            const text = Buffer.concat(chunks).subarray(0, LONGEST_ANSWER).toString('utf8');
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
          };
          response.on('data', (chunk: Buffer) => {
            chunks.push(chunk);
            length += chunk.length;
            if (length < LONGEST_ANSWER) return;
            finish();
            asked.destroy();
          });
          response.on('end', finish);
          response.on('error', reject);
        },
      );
      asked.on('error', reject);
      asked.end(bytes);
    });
  } catch (error) {
    throw trouble(who, signal.aborted ? 'timeout' : ((error as NodeJS.ErrnoException).code ?? ''));
  }
}

/** Only the code is told: the message of an error may hold the address, and with it the key. */
function trouble(who: string, code: string): PassingFault {
  if (code === 'timeout') return new PassingFault(`${who}没有按时答复。将自动重试。`);
  if (/CERT|TLS|SSL|ALTNAME|ISSUER/.test(code)) {
    return new PassingFault(
      `与${who}不能建立加密连接（${code}）。请检查对方证书；内网自建证书机构的根证书用环境变量 NODE_EXTRA_CA_CERTS 指定。`,
    );
  }
  return new PassingFault(`连不上${who}（${code === '' ? '连接中断' : code}）。请检查地址、端口和网络。`);
}

/** How long the other side asks us to wait (Retry-After in seconds or as a date, or 飞书's own header); an hour at most. */
export function retryAfterOf(headers: IncomingHttpHeaders, now: Instant): number | undefined {
  const asked = headers['retry-after'] ?? headers['x-ogw-ratelimit-reset'];
  if (typeof asked !== 'string' || asked.trim() === '') return undefined;
  const seconds = Number(asked);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(asked) - millis(now);
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), LONGEST_WAIT_MS) : undefined;
}

/** What is recorded of an answer: one line, at most 500 characters, without the keys in our address should it repeat them. */
export function recordOf(text: string, url: URL): string {
  const keys = [...url.searchParams.values(), url.pathname.split('/').at(-1) ?? ''].filter((key) => key.length >= 8);
  const hidden = keys.reduce((rest, key) => rest.replaceAll(key, '***').replaceAll(encodeURIComponent(key), '***'), clean(text));
  return Array.from(hidden).slice(0, RECORDED_CHARACTERS).join('');
}

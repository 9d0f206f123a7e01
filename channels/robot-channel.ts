import type { Instant } from '../domain/time';
import type { Secret, ShortChannel } from './channel';
import { PassingFault } from './channel';
import type { PaceRule } from './pace';
import { freshPace, reserve, silence } from './pace';
import type { Verdicts } from './robot-answer';
import { judge } from './robot-answer';
import { post } from './robot-post';
import type { ShortMessage } from './short-message';

export interface RobotOptions {
  readonly name: string;
  /** The whole address with its key, as the group's page gives it; a private deployment has another host. */
  readonly url: Secret;
  /** 10 s unless told. */
  readonly timeoutMs?: number;
}

/** Robots of 钉钉 and 飞书 sign when the office chose 加签 / 签名校验; without a secret they rest on keyword or IP list. */
export interface SignedRobotOptions extends RobotOptions {
  readonly secret?: Secret;
}

/** What tells one kind of robot from another. */
export interface RobotKind {
  /** `企业微信` */
  readonly label: string;
  readonly pace: PaceRule;
  /** How long a robot that was sent too much stays deaf, unless it says so itself. */
  readonly silenceMs: number;
  readonly verdicts: Verdicts;
  readonly request: (message: ShortMessage, now: Instant) => { readonly url: URL; readonly body: string };
}

/**
 * A group robot. It keeps the robot's limits on our side: when the pace says wait, `send` throws PassingFault with the time and
 * asks nobody. The pace lives in this process; two processes that send to one robot share its limit without knowing.
 */
export function createRobotChannel({ name, timeoutMs = 10_000 }: RobotOptions, kind: RobotKind): ShortChannel {
  const who = `${kind.label}机器人“${name}”`;
  let pace = freshPace(kind.pace);

  return {
    name,
    async send(message, { now }) {
      const place = reserve(pace, now);
      if (!place.go) throw new PassingFault(`${who}的发送次数已到限，稍候自动发送。`, place.waitMs);
      pace = place.pace;

      const startedAt = performance.now();
      const { url, body } = kind.request(message, now);
      const answer = await post({ who, url, body, timeoutMs });
      const judgement = judge(answer, kind.verdicts, { url, now });
      switch (judgement.is) {
        case 'sent':
          return { outcome: 'sent', response: judgement.response, millis: Math.round(performance.now() - startedAt) };
        case 'refused':
          return { outcome: 'refused', code: judgement.code, response: judgement.response };
        case 'passing':
          throw new PassingFault(`${who}暂时不收：${judgement.response}`, judgement.retryAfterMs);
        case 'tooFast': {
          const waitMs = Math.max(judgement.retryAfterMs ?? kind.silenceMs, 1);
          pace = silence(pace, waitMs, now);
          throw new PassingFault(`${who}暂时不收：${judgement.response}`, waitMs);
        }
      }
    },
  };
}

import type { Instant } from '../domain/time';
import type { ShortMessage } from './short-message';

/**
 * How a message was handed over. `refused` is for ever: this channel will never take this message, so trying again is useless.
 * `code` is what the other side said (an HTTP status or the code of a robot's answer). `response` is at most 500 characters.
 */
export type Handover = { outcome: 'sent'; response: string; millis: number } | { outcome: 'refused'; code: number; response: string };

/** Thrown for what may pass: no connection, an overloaded server, our own pace. Waiting and trying again is the caller's. */
export class PassingFault extends Error {
  /** The least time to wait before the next try, when somebody named one. */
  readonly retryAfterMs?: number;

  /** @param message a sentence for the office (Chinese); never with an address, since the addresses of robots hold their keys. */
  constructor(message: string, retryAfterMs?: number) {
    super(message);
    this.name = 'PassingFault';
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
  }
}

/** A channel beside mail. What it sends may leave the office network, so it takes a ShortMessage and nothing else. */
export interface ShortChannel {
  /** The configured name, unique in a deployment: `局工作群`. */
  readonly name: string;
  /**
   * One attempt. Throws PassingFault for what may pass.
   * @param attempt `now` is wall time, also where a demo has its own clock: signatures and limits are checked against it outside.
   */
  send(message: ShortMessage, attempt: { now: Instant }): Promise<Handover>;
}

/** A text that must not be seen: printing, inspecting or serialising it shows ***. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }
}

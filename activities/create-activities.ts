import { ApplicationFailure } from '@temporalio/common';
import type { Failure } from '../domain/failure';
import type { DigestContent, SealedMessage } from '../domain/digest';
import type { Letter } from '../domain/paper/letter';
import { millis, type Instant } from '../domain/time';
import type { DigestDeliveryInput } from '../workflows/digest-delivery.messages';
import type { CommandAnswer } from '../workflows/life.messages';
import type { AnchorActivities, DigestActivities, LedgerActivities, LifeStep, MailActivities, StarterActivities } from './ports';

/** A step of the ledger with the digests that it made and what it began in other streams. */
type WithDigests<T> = T & {
  readonly newDigests: readonly DigestDeliveryInput[];
  readonly begun: { readonly streams: readonly string[]; readonly lookAgain: readonly string[]; readonly rollout: boolean };
};

/** How the ledger decided, with the whole refusal. */
type LedgerOutcome = Extract<CommandAnswer, { accepted: true }> | { readonly accepted: false; readonly rejection: Failure };

/** What the ledger does for activities; the worker binds it to a database. */
export interface LedgerPort {
  runCommand(key: string, now: Instant): Promise<WithDigests<LifeStep & { readonly outcome: LedgerOutcome }>>;
  advance(streamId: string, now: Instant): Promise<WithDigests<LifeStep>>;
  /** Streams after `cursor` whose dates were computed by other rules than those in force. */
  outdatedStreams(cursor: string, size: number): Promise<readonly { readonly id: string; readonly nextWakeAt: Instant | null }[]>;
  claimDigest(
    key: DigestDeliveryInput,
    now: Instant,
    making: {
      readonly render: (content: DigestContent) => Promise<SealedMessage>;
      readonly compose: (letter: Letter) => Promise<Uint8Array>;
    },
  ): Promise<
    | { readonly state: 'early' | 'waiting' | 'sealed' | 'done' }
    | { readonly state: 'empty'; readonly newDigests: readonly DigestDeliveryInput[] }
  >;
  /** The sealed message and the way it goes next; null when nothing is left to send. */
  outgoing(key: DigestDeliveryInput, now: Instant): Promise<OutgoingMessage | null>;
  recordAttempt(
    key: DigestDeliveryInput,
    done: { way: string; attempt: { outcome: 'sent' | 'refused' | 'deferred'; response: string; millis: number }; now: Instant },
  ): Promise<{ readonly onward: boolean; readonly newDigests: readonly DigestDeliveryInput[] }>;
  markStarted(keys: readonly DigestDeliveryInput[]): Promise<void>;
  openDigests(): Promise<readonly DigestDeliveryInput[]>;
  openStreams(cursor: string, size: number): Promise<readonly string[]>;
  undecidedCommands(): Promise<readonly { readonly streamId: string; readonly key: string }[]>;
  /** Takes an anchor of what is committed; its number. */
  takeAnchor(now: Instant): Promise<number>;
  /** Whether an error says that the ledger knows no such thing: asking again will not help. */
  isUnknown(error: unknown): boolean;
}

/** Starting lives and deliveries; bound to a Temporal client. */
export interface LivesPort {
  start(streamId: string): Promise<void>;
  /** Has a life look at the ledger again; starts it when it is not there. */
  lookAgain(streamId: string): Promise<void>;
  /** Runs the rollout of changed rules, or tells the running one to go round once more. */
  rollOut(): Promise<void>;
  send(streamId: string, key: string): Promise<unknown>;
  startDelivery(key: DigestDeliveryInput): Promise<boolean>;
}

/** A message on its way: `smtp`, `inApp`, `liaison` or the name of a robot or webhook. */
export interface OutgoingMessage {
  readonly way: string;
  readonly address: string;
  readonly bytes: Uint8Array;
  readonly summary: unknown;
}

/** How one attempt ended for good. */
type Handover = { outcome: 'sent'; response: string; millis: number } | { outcome: 'refused'; code: number; response: string };

/** One mail channel. `refused` is for ever; a passing fault is thrown. */
export interface MailPort {
  send(mail: { bytes: Uint8Array; to: string }): Promise<Handover>;
}

/** Robots and webhooks by their names. `refused` is for ever; a passing fault is thrown, with the wait that was asked for. */
export interface ShortPort {
  /** Null when there is no channel of this name (any more). */
  send(name: string, summary: unknown): Promise<Handover | null>;
}

export interface ActivityDeps {
  readonly ledger: LedgerPort;
  readonly lives: LivesPort;
  readonly mail: MailPort;
  readonly short: ShortPort;
  readonly render: (content: DigestContent) => Promise<SealedMessage>;
  /** A signed letter as a docx. */
  readonly compose: (letter: Letter) => Promise<Uint8Array>;
  /** Wall time in production, the world instant in a demo ledger. */
  readonly clock: { now(): Promise<Instant> | Instant };
}

/** Everything that the workflows ask of the outside. */
export function createActivities(
  deps: ActivityDeps,
): LedgerActivities & DigestActivities & MailActivities & StarterActivities & AnchorActivities {
  const { ledger, lives, clock } = deps;

  /** Whoever made a digest starts its delivery after the commit; a crash in between is mended by the next try or the starter. */
  const deliver = async (keys: readonly DigestDeliveryInput[]): Promise<void> => {
    await Promise.all(keys.map((key) => lives.startDelivery(key)));
    await ledger.markStarted(keys);
  };
  const step = async <T extends WithDigests<LifeStep>>(ask: () => Promise<T>): Promise<Omit<T, 'newDigests' | 'begun'>> => {
    try {
      const { newDigests, begun, ...rest } = await ask();
      await deliver(newDigests);
      for (const id of begun.streams) await lives.start(id);
      for (const id of begun.lookAgain) await lives.lookAgain(id);
      if (begun.rollout) await lives.rollOut();
      return rest;
    } catch (error) {
      if (ledger.isUnknown(error)) throw ApplicationFailure.nonRetryable(String(error), 'UnknownToLedger');
      throw error;
    }
  };

  /** Hands a message over one way. What may pass is an attempt too: recorded, and tried again by Temporal. */
  const attemptOf = async ({ way, address, bytes, summary }: OutgoingMessage): Promise<Attempt> => {
    const startedAt = Date.now();
    try {
      const result = await handOver(way, { address, bytes, summary });
      return result.outcome === 'sent'
        ? result
        : { ...result, response: `${result.code} ${result.response}`, millis: Date.now() - startedAt };
    } catch (error) {
      const response = error instanceof Error ? error.message : String(error);
      return { outcome: 'deferred', response, millis: Date.now() - startedAt, retryAfterMs: waitOf(error) };
    }
  };
  const handOver = async (way: string, { address, bytes, summary }: Omit<OutgoingMessage, 'way'>): Promise<Handover> => {
    switch (way) {
      case 'smtp':
      case 'liaison':
        return address === '' ? { outcome: 'refused', code: 0, response: '没有邮箱地址' } : deps.mail.send({ bytes, to: address });
      case 'inApp':
        return { outcome: 'sent', response: '已在站内显示', millis: 0 };
      default:
        return (await deps.short.send(way, summary)) ?? { outcome: 'refused', code: 0, response: `没有名为${way}的通知渠道` };
    }
  };

  return {
    async runCommand({ key, now }) {
      const { outcome, ...rest } = await step(() => ledger.runCommand(key, now));
      return { ...rest, outcome: outcome.accepted ? outcome : { accepted: false, code: outcome.rejection.code } };
    },
    advance: ({ streamId, now }) => step(() => ledger.advance(streamId, now)),

    async claimDigest(key) {
      const now = await clock.now();
      const claim = await ledger.claimDigest(key, now, deps);
      switch (claim.state) {
        case 'early':
          return { state: 'early', waitMs: Math.max(1, millis(key.opening) - millis(now)) };
        case 'waiting':
        case 'sealed':
          return { state: claim.state };
        case 'empty':
          await deliver(claim.newDigests);
          return { state: 'ended' };
        case 'done':
          return { state: 'ended' };
      }
    },

    async deliverDigest(key) {
      for (;;) {
        const message = await ledger.outgoing(key, await clock.now());
        if (!message) return 'ended';
        const attempt = await attemptOf(message);
        const { onward, newDigests } = await ledger.recordAttempt(key, { way: message.way, attempt, now: await clock.now() });
        await deliver(newDigests);
        if (attempt.outcome === 'deferred') throw again(attempt);
        if (!onward) return attempt.outcome;
      }
    },

    async startLives({ cursor, size }) {
      const ids = await ledger.openStreams(cursor, size);
      // the base data may be due at once, after an import of people or of a round, while its life sleeps
      for (const id of ids) await (id === 'base' ? lives.lookAgain(id) : lives.start(id));
      return { cursor: ids.length < size ? null : (ids.at(-1) ?? null), started: ids.length };
    },

    async startDeliveries() {
      const keys = await ledger.openDigests();
      await deliver(keys);
      return keys.length;
    },

    async applyRules({ cursor, size }) {
      const streams = await ledger.outdatedStreams(cursor, size);
      const stuck: string[] = [];
      let woken = 0;
      for (const { id, nextWakeAt } of streams) {
        try {
          const { nextWakeAt: moved } = await step(async () => ledger.advance(id, await clock.now()));
          if (moved === null || (nextWakeAt !== null && moved >= nextWakeAt)) continue;
          await lives.lookAgain(id);
          woken += 1;
        } catch {
          stuck.push(id);
        }
      }
      // one stream that fails does not hold up the others; a ledger that is away fails the batch, which is tried again
      if (stuck.length > 0) await ledger.openStreams('', 1);
      return { cursor: streams.length < size ? null : (streams.at(-1)?.id ?? null), woken, stuck };
    },

    takeAnchor: async () => ledger.takeAnchor(await clock.now()),

    async sendCommands() {
      const commands = await ledger.undecidedCommands();
      for (const { streamId, key } of commands) await lives.send(streamId, key);
      return commands.length;
    },
  };
}

interface Attempt {
  readonly outcome: 'sent' | 'refused' | 'deferred';
  readonly response: string;
  readonly millis: number;
  readonly retryAfterMs?: number | undefined;
}

/** How long a channel asked to be left alone. */
const waitOf = (error: unknown): number | undefined => {
  const asked = typeof error === 'object' && error !== null && 'retryAfterMs' in error ? error.retryAfterMs : undefined;
  return typeof asked === 'number' ? asked : undefined;
};

const again = ({ response, retryAfterMs }: Attempt): ApplicationFailure =>
  ApplicationFailure.create({
    message: response,
    type: 'Deferred',
    ...(retryAfterMs === undefined ? {} : { nextRetryDelay: Math.max(1_000, retryAfterMs) }),
  });

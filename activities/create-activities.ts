import { ApplicationFailure } from '@temporalio/common';
import type { Failure } from '../domain/failure';
import type { DigestContent, SealedMessage } from '../domain/digest';
import { millis, type Instant } from '../domain/time';
import type { DigestDeliveryInput } from '../workflows/digest-delivery.messages';
import type { CommandAnswer } from '../workflows/issue-lifecycle.messages';
import type { DigestActivities, LedgerActivities, LifeStep, MailActivities, StarterActivities } from './ports';

/** A step of the ledger with the digests that it made. */
type WithDigests<T> = T & { readonly newDigests: readonly DigestDeliveryInput[] };

/** How the ledger decided, with the whole refusal. */
type LedgerOutcome = Extract<CommandAnswer, { accepted: true }> | { readonly accepted: false; readonly rejection: Failure };

/** What the ledger does for activities; the worker binds it to a database. */
export interface LedgerPort {
  runCommand(key: string, now: Instant): Promise<WithDigests<LifeStep & { readonly outcome: LedgerOutcome }>>;
  advance(issueId: string, now: Instant): Promise<WithDigests<LifeStep>>;
  claimDigest(
    key: DigestDeliveryInput,
    now: Instant,
    render: (content: DigestContent) => Promise<SealedMessage>,
  ): Promise<{ readonly state: 'early' | 'waiting' | 'empty' | 'sealed' | 'done' }>;
  sealedBytes(key: DigestDeliveryInput): Promise<{ address: string; bytes: Uint8Array } | null>;
  recordDelivery(
    key: DigestDeliveryInput,
    channel: string,
    delivered: { outcome: 'sent' | 'refused'; response: string; millis: number },
    now: Instant,
  ): Promise<readonly DigestDeliveryInput[]>;
  markStarted(keys: readonly DigestDeliveryInput[]): Promise<void>;
  openDigests(): Promise<readonly DigestDeliveryInput[]>;
  openIssues(cursor: string, size: number): Promise<readonly string[]>;
  undecidedCommands(): Promise<readonly { readonly issueId: string; readonly key: string }[]>;
  /** Whether an error says that the ledger knows no such thing: asking again will not help. */
  isUnknown(error: unknown): boolean;
}

/** Starting lives and deliveries; bound to a Temporal client. */
export interface LivesPort {
  start(issueId: string): Promise<void>;
  send(issueId: string, key: string): Promise<unknown>;
  startDelivery(key: DigestDeliveryInput): Promise<boolean>;
}

/** One mail channel. `refused` is for ever; a passing fault is thrown. */
export interface MailPort {
  send(mail: {
    bytes: Uint8Array;
    to: string;
  }): Promise<{ outcome: 'sent'; response: string; millis: number } | { outcome: 'refused'; code: number; response: string }>;
}

export interface ActivityDeps {
  readonly ledger: LedgerPort;
  readonly lives: LivesPort;
  readonly mail: MailPort;
  readonly render: (content: DigestContent) => Promise<SealedMessage>;
  /** Wall time in production, the world instant in a demo ledger. */
  readonly clock: { now(): Promise<Instant> | Instant };
}

/** Everything that the workflows ask of the outside. */
export function createActivities(deps: ActivityDeps): LedgerActivities & DigestActivities & MailActivities & StarterActivities {
  const { ledger, lives, clock } = deps;

  /** Whoever made a digest starts its delivery after the commit; a crash in between is mended by the next try or the starter. */
  const deliver = async (keys: readonly DigestDeliveryInput[]): Promise<void> => {
    await Promise.all(keys.map((key) => lives.startDelivery(key)));
    await ledger.markStarted(keys);
  };
  const step = async <T extends WithDigests<LifeStep>>(ask: () => Promise<T>): Promise<Omit<T, 'newDigests'>> => {
    try {
      const { newDigests, ...rest } = await ask();
      await deliver(newDigests);
      return rest;
    } catch (error) {
      if (ledger.isUnknown(error)) throw ApplicationFailure.nonRetryable(String(error), 'UnknownToLedger');
      throw error;
    }
  };

  return {
    async runCommand({ key, now }) {
      const { outcome, ...rest } = await step(() => ledger.runCommand(key, now));
      return { ...rest, outcome: outcome.accepted ? outcome : { accepted: false, code: outcome.rejection.code } };
    },
    advance: ({ issueId, now }) => step(() => ledger.advance(issueId, now)),

    async claimDigest(key) {
      const now = await clock.now();
      const { state } = await ledger.claimDigest(key, now, deps.render);
      switch (state) {
        case 'early':
          return { state, waitMs: Math.max(1, millis(key.opening) - millis(now)) };
        case 'waiting':
        case 'sealed':
          return { state };
        case 'empty':
        case 'done':
          return { state: 'ended' };
      }
    },

    async deliverDigest(key) {
      const message = await ledger.sealedBytes(key);
      if (!message) return 'ended';
      const result =
        message.address === ''
          ? { outcome: 'refused' as const, code: 0, response: '没有邮箱地址' }
          : await deps.mail.send({ bytes: message.bytes, to: message.address });
      const delivered =
        result.outcome === 'sent' ? result : { outcome: result.outcome, response: `${result.code} ${result.response}`, millis: 0 };
      await deliver(await ledger.recordDelivery(key, 'smtp', delivered, await clock.now()));
      return result.outcome;
    },

    async startLives({ cursor, size }) {
      const ids = await ledger.openIssues(cursor, size);
      for (const id of ids) await lives.start(id);
      return { cursor: ids.length < size ? null : (ids.at(-1) ?? null), started: ids.length };
    },

    async startDeliveries() {
      const keys = await ledger.openDigests();
      await deliver(keys);
      return keys.length;
    },

    async sendCommands() {
      const commands = await ledger.undecidedCommands();
      for (const { issueId, key } of commands) await lives.send(issueId, key);
      return commands.length;
    },
  };
}

import type { Client, WorkflowExecutionStatusName } from '@temporalio/client';
import type { Lives } from '../activities/lives';
import { atLocalTime, dateOf, fromMillis, later, millis, type Instant } from '../domain/time';
import type { Database } from '../ledger/database';
import { openDigests } from '../ledger/digests';
import type { DigestKey } from '../ledger/notices';
import { moveWorld } from '../ledger/world';
import { lifeOf, lifeView } from '../workflows/life.messages';
import { clockOf, fastForward } from './skip-time';

/** Lives whose clock is brought forward side by side. */
const SIDE_BY_SIDE = 12;
const PATIENCE_MS = 60_000;
const LOOKS_ITSELF_MS = 250;

/**
 * The clock of a demo or a test: one world instant over many workflows. It moves forward in steps; at each, only the lives that are
 * due are skipped on the real server, and digests whose opening has come are told to look again.
 */
export class World {
  private instant: Instant;
  private skips = 0;
  /** When a life was last told to look again, in wall milliseconds. */
  private readonly stirred = new Map<string, number>();

  constructor(
    private readonly services: { readonly client: Client; readonly database: Database; readonly lives: Lives },
    start: Instant,
  ) {
    this.instant = start;
  }

  now(): Instant {
    return this.instant;
  }

  /** Moves the world to an instant: fires every rung due by then, in the order of their days, and delivers what opens. */
  async moveTo(target: Instant): Promise<void> {
    for (let next = await this.nextInstant(target); next !== null; next = await this.nextInstant(target)) await this.step(next);
    await this.step(target);
  }

  /** Brings one life to the world's instant, so that a command sent to it happens then; starts it when it is not there. */
  async bring(streamId: string): Promise<void> {
    await this.skip(streamId);
  }

  /** How many skips were made on the server. */
  skipCount(): number {
    return this.skips;
  }

  private async step(to: Instant): Promise<void> {
    this.instant = later(this.instant, to);
    await moveWorld(this.services.database, this.instant);
    const asleep = await this.opened();
    await this.fire();
    await this.deliver(asleep);
  }

  /** Skips every life that is due to the world's instant; its rungs fire on the way, each at its own instant. */
  private async fire(): Promise<void> {
    for (const pause = this.patience('rungs'); ;) {
      const due = await this.dueLives();
      if (due.length === 0) return;
      await inParallel(due, SIDE_BY_SIDE, async (streamId) => {
        if (!(await this.skip(streamId))) await this.stir(streamId);
      });
      await pause();
    }
  }

  /**
   * Waits until every delivery whose opening has come has ended. Those that sleep since before the step are woken; what the step's
   * rungs opened sees the new instant by itself, unless it looked while other rungs were still due: that is woken after a while.
   */
  private async deliver(asleep: readonly DigestKey[]): Promise<void> {
    const wakeAt = new Map(asleep.map((key) => [nameOf(key), 0]));
    for (const pause = this.patience('digests'); ;) {
      const opened = await this.opened();
      if (opened.length === 0) return;
      const now = Date.now();
      const late = opened.filter((key) => (wakeAt.get(nameOf(key)) ?? Infinity) <= now);
      for (const key of opened) if (!wakeAt.has(nameOf(key)) || late.includes(key)) wakeAt.set(nameOf(key), now + LOOKS_ITSELF_MS);
      await inParallel(late, SIDE_BY_SIDE, (key) => this.services.lives.wakeDelivery(key));
      await pause();
    }
  }

  /** Digests whose opening has come and whose delivery has not ended. */
  private async opened(): Promise<DigestKey[]> {
    return (await openDigests(this.services.database)).filter(({ opening }) => opening <= this.instant);
  }

  /** The next instant before `target` at which something happens. Rungs stand just after midnight: a day's rungs and its opening are one step. */
  private async nextInstant(target: Instant): Promise<Instant | null> {
    const rows = await this.services.database.$queryRaw<{ wake: Date | null; opening: Date | null }[]>`
      SELECT (SELECT min(next_wake_at) FROM stream WHERE NOT final) AS wake, (SELECT min(opening) FROM digest WHERE state IN ('open', 'sealed')) AS opening`;
    const { wake, opening } = rows[0] ?? { wake: null, opening: null };
    const candidates: Instant[] = [];
    if (wake !== null) candidates.push(withItsMorning(fromMillis(wake.getTime())));
    if (opening !== null) candidates.push(fromMillis(opening.getTime()));
    return candidates.filter((at) => at < target).sort()[0] ?? null;
  }

  private async dueLives(): Promise<string[]> {
    const rows = await this.services.database.stream.findMany({
      where: { final: false, nextWakeAt: { lte: new Date(this.instant) } },
      orderBy: { nextWakeAt: 'asc' },
      select: { id: true },
    });
    return rows.map(({ id }) => id);
  }

  /** A life that is due and whose clock is not behind sleeps past its time: something outside it changed, so it is told to look. */
  private async stir(streamId: string): Promise<void> {
    const told = this.stirred.get(streamId) ?? 0;
    if (Date.now() - told < LOOKS_ITSELF_MS) return;
    this.stirred.set(streamId, Date.now());
    await this.services.lives.lookAgain(streamId);
  }

  /**
   * Skips a life's own clock to the world's instant, as the server shows it now: continued, restarted or older lives alike. False when
   * it was not behind.
   */
  private async skip(streamId: string): Promise<boolean> {
    const { client, lives } = this.services;
    const workflowId = lifeOf(streamId).workflowId;
    let started = false;
    for (const pause = this.patience(streamId); ;) {
      const clock = await clockOf(client, workflowId);
      if (clock === 'ended') return true;
      if (clock === 'missing') {
        await lives.start(streamId);
        started = true;
      } else {
        const aheadMs = millis(this.instant) - clock;
        if (aheadMs <= 0) return started;
        this.skips += 1;
        if (await fastForward(client, { workflowId, aheadMs, id: `${this.instant} ${this.skips}` })) return true;
      }
      await pause();
    }
  }

  /** A life's own clock, as it shows it. */
  async clockOf(streamId: string): Promise<Instant> {
    return (await this.services.client.workflow.getHandle(lifeOf(streamId).workflowId).query(lifeView)).clock;
  }

  /** Whether a life still runs on the server. */
  async statusOf(streamId: string): Promise<WorkflowExecutionStatusName> {
    return (await this.services.client.workflow.getHandle(lifeOf(streamId).workflowId).describe()).status.name;
  }

  /** True at once, then after pauses that grow from 5 to 50 ms, for a minute. */
  private patience(what: string): () => Promise<boolean> {
    const deadline = Date.now() + PATIENCE_MS;
    let pauseMs = 0;
    return async () => {
      if (Date.now() > deadline) throw new Error(`the world waits for ${what} at ${this.instant} in vain`);
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      pauseMs = Math.min(Math.max(pauseMs * 2, 5), 50);
      return true;
    };
  }
}

/** 08:30 of the day of a rung, when its digests open. */
const withItsMorning = (rung: Instant): Instant => later(rung, atLocalTime(dateOf(rung), 8, 30));

const nameOf = ({ personId, opening }: DigestKey): string => `${personId} ${opening}`;

/** Runs `work` over the items, at most `limit` at a time. */
export async function inParallel<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: Math.min(limit, queue.length) }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
    }),
  );
}

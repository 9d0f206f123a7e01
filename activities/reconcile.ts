import type { Instant } from '../domain/time';
import type { DigestDeliveryInput } from '../workflows/digest-delivery.messages';
import { lifeOf } from '../workflows/life.messages';
import type { ReconcileInput, ReconcileReport } from '../workflows/reconcile.messages';
import type { LivesPort } from './create-activities';

/** What mends a finding; each may be done again and again. */
type Repair =
  | { readonly does: 'startLife' | 'stirLife'; readonly streamId: string }
  | { readonly does: 'startDelivery'; readonly digest: DigestDeliveryInput }
  | { readonly does: 'sendCommand'; readonly streamId: string; readonly key: string };

/** One thing that is wrong; without a repair a person must look. */
interface Finding {
  readonly kind: string;
  readonly key: string;
  readonly repair: Repair | null;
}

interface ToldAlarm {
  readonly key: string;
  readonly what: string;
}

/** The ledger as reconcile sees it; the worker binds it to a database. */
export interface ReconcileLedgerPort<F extends Finding = Finding> {
  /** Streams after `cursor` whose life should be running. */
  livingStreams(input: { readonly cursor: string; readonly size: number; readonly now: Instant }): Promise<readonly string[]>;
  /** What is wrong; `notRunning` are the streams that Temporal does not live. */
  findings(now: Instant, notRunning: readonly string[]): Promise<readonly F[]>;
  record(
    found: readonly F[],
    now: Instant,
  ): Promise<{
    readonly mended: readonly string[];
    readonly raised: readonly string[];
    readonly cleared: readonly string[];
    readonly untold: readonly ToldAlarm[];
    readonly standing: number;
  }>;
  told(keys: readonly string[]): Promise<void>;
}

/** Which workflows run; bound to a Temporal client. */
export interface EnginePort {
  /** Ids of the lives that run as Temporal lists them, which lags behind by a moment. */
  listRunning(): Promise<ReadonlySet<string>>;
  /** Whether one runs, for certain. */
  isRunning(workflowId: string): Promise<boolean>;
}

export interface ReconcileDeps<F extends Finding = Finding> {
  readonly ledger: ReconcileLedgerPort<F>;
  readonly lives: Pick<LivesPort, 'start' | 'lookAgain' | 'send' | 'startDelivery'>;
  readonly engine: EnginePort;
  /** The ledger's clock: wall time in production, the world instant in a demo ledger. */
  readonly clock: { now(): Promise<Instant> | Instant };
  /** Tells whoever runs the system, by mail; throws when nobody could be told. */
  readonly alarm: (text: string) => Promise<void>;
  /** One line of the log, ids only. */
  readonly warn: (line: string) => void;
}

export interface ReconcileActivities {
  /** Looks once, mends what is safe, raises and clears alarms, tells of new ones once. */
  reconcile(input: ReconcileInput): Promise<ReconcileReport>;
}

/** Streams whose lives are looked for at once. */
const BATCH = 500;
/** Repairs under way at once, and how long one may take: a life that hangs must not hold up the others. */
const AT_ONCE = 8;
const REPAIR_MS = 10_000;
/** Then the alarms come first; what is left is mended by the next run. */
const REPAIRS_MS = 2 * 60_000;
const MOST_KEYS = 100;

export function createReconcileActivities<F extends Finding>(deps: ReconcileDeps<F>): ReconcileActivities {
  const { ledger, lives, engine, clock, warn } = deps;

  /** The list finds who is missing, asking one by one makes sure: a list that lags never makes an alarm. */
  const notRunning = async (now: Instant): Promise<string[]> => {
    const listed = await engine.listRunning();
    const missing: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const ids: readonly string[] = await ledger.livingStreams({ cursor, size: BATCH, now });
      for (const id of ids) {
        const { workflowId } = lifeOf(id);
        if (!listed.has(workflowId) && !(await engine.isRunning(workflowId))) missing.push(id);
      }
      cursor = ids.length < BATCH ? undefined : ids.at(-1);
    }
    return missing;
  };

  const mend = async (repair: Repair): Promise<unknown> => {
    switch (repair.does) {
      case 'startLife':
        return lives.start(repair.streamId);
      case 'stirLife':
        return lives.lookAgain(repair.streamId);
      case 'startDelivery':
        return lives.startDelivery(repair.digest);
      case 'sendCommand':
        return lives.send(repair.streamId, repair.key);
    }
  };

  /** What cannot be mended is found again, so a repair that fails is told in the log alone. */
  const mendAll = async (found: readonly F[]): Promise<void> => {
    const waiting = [...found];
    const until = performance.now() + REPAIRS_MS;
    const one = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined && performance.now() < until; next = waiting.shift()) {
        if (next.repair === null) continue;
        try {
          await within(REPAIR_MS, mend(next.repair));
        } catch (error) {
          warn(`reconcile: repair of ${next.key} failed: ${String(error)}`);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  };

  /** Told is told once; a mail that does not go out is tried again by the next run. */
  const tell = async (untold: readonly ToldAlarm[]): Promise<void> => {
    if (untold.length === 0) return;
    for (const { key } of untold) warn(`reconcile: alarm ${key}`);
    try {
      await deps.alarm(alarmText(untold));
    } catch (error) {
      warn(`reconcile: nobody could be told: ${String(error)}`);
      return;
    }
    await ledger.told(untold.map(({ key }) => key));
  };

  return {
    async reconcile({ now: asked }) {
      const now = asked ?? (await clock.now());
      const found = await ledger.findings(now, await notRunning(now));
      await mendAll(found);
      const { mended, raised, cleared, untold, standing } = await ledger.record(found, now);
      await tell(untold);
      return {
        now,
        found: countByKind(found),
        mended: mended.slice(0, MOST_KEYS),
        raised: raised.length,
        cleared: cleared.length,
        standing,
      };
    },
  };
}

/** Alarms that a mail lists; the rest is counted. */
const MOST_LISTED = 30;

/** What the administrator reads; the first line is the subject. */
export function alarmText(alarms: readonly { readonly what: string }[]): string {
  const more = alarms.length - MOST_LISTED;
  return [
    `对账告警：发现${alarms.length}处异常`,
    '',
    '系统对账时发现下列异常，不能自行修复，请处理。',
    '',
    ...alarms.slice(0, MOST_LISTED).map(({ what }, index) => `${index + 1}. ${what}`),
    ...(more > 0 ? [`另有${more}处，未一一列出。`] : []),
    '',
    '查看全部告警：zhenggai reconcile。各类告警的含义和处理办法见对账说明。',
    '同一异常只发一次邮件，处理后告警自动解除。',
  ].join('\n');
}

function countByKind(found: readonly Finding[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of found) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${ms} ms`));
    }, ms);
  });
  return Promise.race([work, late]).finally(() => {
    clearTimeout(timer);
  });
}

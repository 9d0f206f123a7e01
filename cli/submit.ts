import type { Lives } from '../activities/lives';
import { unavailable } from '../domain/failure';
import { outcomeOf, storeCommand, type NewCommand } from '../ledger/commands';
import type { Database } from '../ledger/database';
import type { Outcome } from '../ledger/step';
import type { Progress } from './progress';

/** How long a person waits for an answer before getting the command's key instead. */
const PATIENCE_MS = 5_000;

export type Submitted = { readonly key: string; readonly answer: Outcome | null };

/** Stores a command, sends its key to the life of its stream and waits 5 s for the answer; null means: the ledger is slow, ask by the key. */
export async function submit(database: Database, lives: Lives, command: NewCommand): Promise<Submitted> {
  const key = await storeCommand(database, command);
  await Promise.race([decided(lives, command.streamId, key), patience(PATIENCE_MS)]);
  return { key, answer: await outcomeOf(database, key) };
}

/** A stored command on its way. */
export interface Stored {
  readonly streamId: string;
  readonly key: string;
}

/** Commands that are under way at once. */
const AT_ONCE = 8;

/**
 * Sends stored commands to their lives, some at once, and waits for each as `submit` does. A life that does not answer holds the
 * others up no longer than that; its command stays stored, and its answer null.
 */
export async function submitAll(
  database: Database,
  lives: Lives,
  stored: readonly Stored[],
  progress: Progress,
): Promise<(Stored & { readonly answer: Outcome | null })[]> {
  const answers = new Map<string, Outcome | null>();
  const waiting = [...stored];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await Promise.race([decided(lives, next.streamId, next.key).catch(() => undefined), patience(PATIENCE_MS)]);
      answers.set(next.key, await outcomeOf(database, next.key));
      progress.count(answers.size, stored.length, '已送办');
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, stored.length) }, worker));
  progress.done();
  return stored.map((one) => ({ ...one, answer: answers.get(one.key) ?? null }));
}

async function decided(lives: Lives, streamId: string, key: string): Promise<void> {
  try {
    const handle = await lives.send(streamId, key);
    await handle.result();
  } catch (error) {
    throw unavailable(
      'life.unreachable',
      `${streamId}的流程没有应答，命令已保存（${key}）。`,
      '请稍后加 --key 重发同一命令，不会重复办理。',
      error,
    );
  }
}

const patience = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });

import type { Lives } from '../activities/lives';
import { unavailable } from '../domain/failure';
import { outcomeOf, storeCommand, type NewCommand } from '../ledger/commands';
import type { Database } from '../ledger/database';
import type { Outcome } from '../ledger/step';

/** How long a person waits for an answer before getting the command's key instead. */
const PATIENCE_MS = 5_000;

export type Submitted = { readonly key: string; readonly answer: Outcome | null };

/** Stores a command, sends its key to the life of its stream and waits 5 s for the answer; null means: the ledger is slow, ask by the key. */
export async function submit(database: Database, lives: Lives, command: NewCommand): Promise<Submitted> {
  const key = await storeCommand(database, command);
  await Promise.race([decided(lives, command.streamId, key), patience()]);
  return { key, answer: await outcomeOf(database, key) };
}

async function decided(lives: Lives, streamId: string, key: string): Promise<void> {
  try {
    const handle = await lives.send(streamId, key);
    await handle.result();
  } catch (error) {
    throw unavailable(
      'life.unreachable',
      `${streamId}的流程没有应答，命令已保存（${key}）。`,
      '请稍后用 issue do --key 重发，不会重复办理。',
      error,
    );
  }
}

const patience = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(() => {
      resolve();
    }, PATIENCE_MS).unref();
  });

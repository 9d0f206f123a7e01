import { randomUUID } from 'node:crypto';
import { badInput } from '../domain/failure';
import { outcomeOf, storeCommand } from './commands';
import type { Database } from './database';
import type { Outcome } from './step';

/** One act over many issues: one opinion or meeting record, with exceptions that have their own. */
export interface NewBatch {
  /** Its events carry `BATCH/ISSUE` as command key; a new one unless told. The same again stores nothing. */
  readonly batchId?: string;
  readonly issueIds: readonly string[];
  readonly command: { readonly type: string };
  /** What is different for some of them: their own fields, of the same command. */
  readonly exceptions?: ReadonlyMap<string, object>;
  readonly actor: string;
  readonly via: string;
  readonly recorded?: object;
}

export interface StoredBatch {
  readonly batchId: string;
  readonly keys: readonly { readonly streamId: string; readonly key: string }[];
}

/** Most issues in one act. */
const MOST = 1_000;

/**
 * Stores the commands of one act over many issues, all or none. Each is decided by its own issue, so that one refusal holds nothing
 * up. Throws `batch.empty`, `batch.tooMany`, `batch.twice`, `batch.exception` (an exception for an issue that is not in it),
 * `issue.unknown`.
 */
export async function storeBatch(database: Database, batch: NewBatch): Promise<StoredBatch> {
  const { issueIds, command, exceptions = new Map<string, object>(), actor, via, recorded, batchId = randomUUID() } = batch;
  if (issueIds.length === 0) throw badInput('batch.empty', '没有选中问题。', '请选择要办理的问题。');
  if (issueIds.length > MOST) throw badInput('batch.tooMany', `一次选了${issueIds.length}个问题，超过${MOST}个。`, '请分批办理。');
  const twice = issueIds.find((id, index) => issueIds.indexOf(id) !== index);
  if (twice !== undefined) throw badInput('batch.twice', `问题${twice}选了两次。`, '请删去重复的编号。');
  const stray = [...exceptions.keys()].find((id) => !issueIds.includes(id));
  if (stray !== undefined) throw badInput('batch.exception', `例外${stray}不在选中的问题里。`, '请核对例外的编号。');
  const known = new Set(
    (await database.issue.findMany({ where: { id: { in: [...issueIds] } }, select: { id: true } })).map(({ id }) => id),
  );
  const unknown = issueIds.find((id) => !known.has(id));
  if (unknown !== undefined) throw badInput('issue.unknown', `没有问题${unknown}。`, '请用 issue list 查看编号。');
  const keys: { streamId: string; key: string }[] = [];
  for (const streamId of issueIds) {
    const key = await storeCommand(database, {
      key: `${batchId}/${streamId}`,
      streamId,
      actor,
      via,
      command: { ...command, ...exceptions.get(streamId), type: command.type },
      ...(recorded === undefined ? {} : { recorded }),
    });
    keys.push({ streamId, key });
  }
  return { batchId, keys };
}

/** How each command of a batch ended so far; null while it waits. */
export async function batchOutcomes(
  database: Database,
  { keys }: StoredBatch,
): Promise<readonly { readonly streamId: string; readonly outcome: Outcome | null }[]> {
  return Promise.all(keys.map(async ({ streamId, key }) => ({ streamId, outcome: await outcomeOf(database, key) })));
}

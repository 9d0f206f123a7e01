import { badInput } from '../domain/failure';
import type { LocalDate } from '../domain/time';
import type { Database } from '../ledger/database';
import { readCommand, readFields } from './command-input';
import { hasDuePhrase, withDueDays } from './due-phrase-input';
import { namesToIds } from './names';

/** What is different for one issue of a batch; without fields it is left out. */
export interface Exception {
  readonly issueId: string;
  readonly words: readonly string[];
}

/** Reads `R1-004 verdict=returned opinion=材料 不全`: an id, then fields; a new field begins at a blank before `name=`. */
export function readException(text: string): Exception {
  const [issueId = '', ...rest] = text.trim().split(/\s+(?=\S+=)/);
  if (issueId === '' || /[\s=]/.test(issueId))
    throw badInput('batch.exceptionWord', `例外“${text}”没有以问题编号开头。`, '例：--except "R1-004 verdict=returned opinion=材料不全"。');
  return { issueId, words: rest };
}

/** One command for many issues, each with its own fields, checked before anything is stored. */
export interface BatchInput {
  readonly command: { readonly type: string } & Record<string, unknown>;
  readonly issueIds: readonly string[];
  readonly exceptions: ReadonlyMap<string, object>;
}

interface BatchWords {
  readonly type: string;
  readonly words: readonly string[];
  readonly exceptions: readonly string[];
  /** The day of the paper that is recorded, on which a due phrase was said. */
  readonly saidOn?: LocalDate | undefined;
}

/** Checks the common fields and those of every exception; an exception without fields leaves its issue out. */
export async function readBatch(
  database: Database,
  { type, words, exceptions, saidOn }: BatchWords,
  issueIds: readonly string[],
): Promise<BatchInput> {
  const fields = await namesToIds(database, readFields(words));
  const read = exceptions.map(readException);
  const stray = read.find(({ issueId }) => !issueIds.includes(issueId));
  if (stray) throw badInput('batch.exception', `例外${stray.issueId}不在选中的问题里。`, '请核对例外的编号。');
  const out = new Set(read.filter((one) => one.words.length === 0).map(({ issueId }) => issueId));
  const ownCommand = async (issueId: string, given: Record<string, unknown>): Promise<object> =>
    readCommand(type, await withDueDays(database, { type, issueId, saidOn }, given));
  const own = new Map<string, object>();
  for (const { issueId, words: different } of read)
    if (different.length > 0)
      own.set(issueId, await ownCommand(issueId, { ...fields, ...(await namesToIds(database, readFields(different))) }));
  const chosen = issueIds.filter((issueId) => !out.has(issueId));
  // a due phrase may mean another day for each issue
  if (hasDuePhrase(type, fields)) for (const issueId of chosen) if (!own.has(issueId)) own.set(issueId, await ownCommand(issueId, fields));
  const first = chosen.find((issueId) => !own.has(issueId));
  // where every issue has its own fields, the common ones need not make a whole command
  const command = first === undefined && chosen[0] !== undefined ? own.get(chosen[0]) : readCommand(type, fields);
  return { command: command as BatchInput['command'], issueIds: chosen, exceptions: own };
}

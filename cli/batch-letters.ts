import { createHash } from 'node:crypto';
import type { IssueState } from '../domain/issue/types';
import { letterGroup } from '../domain/paper/letter-group';
import type { LocalDate } from '../domain/time';
import type { Database } from '../ledger/database';
import { loadRules } from '../ledger/rules';
import type { BatchInput } from './batch-input';

/**
 * Of a batch that signs papers, those to one addressee become one letter: their commands get the same `letterId`, derived from the
 * batch's id, so that the batch sent again names the same letters. A paper that goes alone, one that is not there, and a letter that was
 * named by hand stay as they are; any other command is given back unchanged. `on`: the day of signing.
 */
export async function withLetters(
  database: Database,
  batch: BatchInput,
  { batchId, on }: { readonly batchId: string; readonly on: LocalDate },
): Promise<BatchInput> {
  if (batch.command.type !== 'signPaper') return batch;
  const groups = new Map<string, string[]>();
  const own = (issueId: string): Record<string, unknown> => ({ ...batch.command, ...batch.exceptions.get(issueId) });
  const { directory } = await loadRules(database, database);
  const rows = await database.issue.findMany({ where: { id: { in: [...batch.issueIds] } }, select: { id: true, state: true } });
  for (const { id, state } of rows) {
    const { paperId, letterId } = own(id) as { paperId?: unknown; letterId?: unknown };
    const issue = state as unknown as IssueState;
    const paper = issue.papers.find((one) => one.id === paperId);
    if (!paper || letterId !== undefined) continue;
    const key = letterGroup(issue, paper, { directory }, on);
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  const exceptions = new Map(batch.exceptions);
  for (const [key, ids] of groups)
    if (ids.length > 1) for (const id of ids) exceptions.set(id, { ...own(id), letterId: `${batchId}/${shortHash(key)}` });
  return { ...batch, exceptions };
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

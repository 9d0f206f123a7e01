import { emptyBase } from '../domain/base/evolve';
import type { BaseEvent } from '../domain/base/events';
import { BASE, type BaseState } from '../domain/base/types';
import { baseKind, type BaseFacts } from '../domain/base/watch';
import { emptyIssue } from '../domain/issue/evolve';
import type { IssueEvent } from '../domain/issue/events';
import { issueKind } from '../domain/issue/issue-kind';
import type { IssueState } from '../domain/issue/types';
import type { Account } from '../domain/obligation/types';
import type { RoundEvent } from '../domain/round/events';
import { emptyRound } from '../domain/round/evolve';
import { roundKind } from '../domain/round/round-kind';
import type { RoundState } from '../domain/round/types';
import { inTransaction, type Database, type Transaction } from './database';
import { fold, foldableRows, type FoldableRow } from './load';
import { projectObligations, saveIssue } from './project';
import { loadRules } from './rules';

/** Raised whenever the folded state of an account gains or changes a field: then what an older program stored is folded anew. */
const STATE_VERSION = 3;

/** Folding asks for no facts. */
const noBaseFacts: BaseFacts = { seats: [], uncoveredYears: [], itemsOf: () => [] };

/** An account as its events say, whatever its kind. */
export function foldAny(id: string, rows: readonly FoldableRow[]): Account {
  if (id === BASE) return fold<BaseState, BaseEvent>(baseKind(noBaseFacts), emptyBase(), rows);
  return id.startsWith('round/')
    ? fold<RoundState, RoundEvent>(roundKind, emptyRound(id), rows)
    : fold<IssueState, IssueEvent>(issueKind, emptyIssue(id), rows);
}

/**
 * Folds every account anew when the stored states were written by a program that knew fewer fields. Called at start, before lives
 * run; each stream in its own transaction, so that a crash in between is mended by the next start. Returns how many were folded.
 */
export async function rebuildStates(database: Database): Promise<number> {
  const stored = await database.setting.findUnique({ where: { name: 'stateVersion' } });
  if (stored?.value === STATE_VERSION) return 0;
  const streams = await database.stream.findMany({
    where: { kind: { in: ['issue', 'round', 'base'] } },
    select: { id: true, roundId: true },
    orderBy: { id: 'asc' },
  });
  for (const { id, roundId } of streams) await inTransaction(database, (tx) => rebuild(tx, database, id, roundId), 30_000);
  await database.$executeRaw`INSERT INTO setting (name, value) VALUES ('stateVersion', ${JSON.stringify(STATE_VERSION)}::jsonb)
    ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value`;
  return streams.length;
}

async function rebuild(tx: Transaction, owner: Database, id: string, roundId: string | null): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM stream WHERE id = ${id} FOR UPDATE`;
  const after = foldAny(id, await foldableRows(tx, id));
  const round = roundId === null ? null : await tx.round.findUnique({ where: { id: roundId }, select: { policy: true } });
  const context = await loadRules(tx, owner, round?.policy);
  const change = { before: after, after, events: [], context, now: after.lastOccurredAt };
  if (id === BASE) await tx.$executeRaw`UPDATE base SET state = ${JSON.stringify(after)}::jsonb WHERE id = ${id}`;
  else if (id.startsWith('round/')) {
    const { policy, phase } = after as RoundState;
    if (policy !== null)
      await tx.$executeRaw`UPDATE round SET state = ${JSON.stringify(after)}::jsonb, phase = ${phase} WHERE 'round/' || id = ${id}`;
  } else await saveIssue(tx, { ...change, before: after as IssueState, after: after as IssueState });
  await projectObligations(tx, change, { all: true });
}

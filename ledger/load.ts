import type { IssueEvent } from '../domain/issue/events';
import { emptyIssue, evolve } from '../domain/issue/evolve';
import type { IssueState } from '../domain/issue/types';
import { fromMillis } from '../domain/time';
import type { Transaction } from './database';

/** An event row as far as folding goes. */
export interface FoldableRow {
  readonly type: string;
  readonly actor: string;
  readonly occurred_at: Date;
  readonly payload: object;
}

/** An issue as its events say, folded anew: the projection is never trusted with a decision. */
export async function loadIssue(tx: Pick<Transaction, '$queryRaw'>, issueId: string): Promise<IssueState> {
  const rows = await tx.$queryRaw<FoldableRow[]>`
    SELECT type, actor, occurred_at, payload FROM event WHERE stream_id = ${issueId} ORDER BY version`;
  return foldIssue(issueId, rows);
}

/** Folds the events of an issue, in order of their versions. */
export function foldIssue(issueId: string, rows: readonly FoldableRow[]): IssueState {
  return rows.reduce(
    (state, row) =>
      evolve(state, { ...row.payload, type: row.type } as IssueEvent, {
        actor: row.actor,
        occurredAt: fromMillis(row.occurred_at.getTime()),
      }),
    emptyIssue(issueId),
  );
}

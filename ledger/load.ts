import type { AccountKind } from '../domain/obligation/kind';
import type { Account } from '../domain/obligation/types';
import { emptyIssue } from '../domain/issue/evolve';
import type { IssueEvent } from '../domain/issue/events';
import { issueKind } from '../domain/issue/issue-kind';
import type { IssueState } from '../domain/issue/types';
import { fromMillis } from '../domain/time';
import { localDay, type Transaction } from './database';
import type { LedgerKind } from './kinds';

/** An event row as far as folding goes. */
export interface FoldableRow {
  readonly type: string;
  readonly actor: string;
  readonly occurred_at: Date;
  readonly effective_on: Date | null;
  readonly payload: object;
}

/** An account as its events say, folded anew: the projection is never trusted with a decision. */
export async function foldStream(tx: Pick<Transaction, '$queryRaw'>, kind: LedgerKind, streamId: string): Promise<Account> {
  return fold(kind.rules, kind.empty, await foldableRows(tx, streamId));
}

/** An issue as its events say. */
export async function loadIssue(tx: Pick<Transaction, '$queryRaw'>, issueId: string): Promise<IssueState> {
  return foldIssue(issueId, await foldableRows(tx, issueId));
}

export const foldIssue = (issueId: string, rows: readonly FoldableRow[]): IssueState =>
  fold<IssueState, IssueEvent>(issueKind, emptyIssue(issueId), rows);

export const foldableRows = (tx: Pick<Transaction, '$queryRaw'>, streamId: string): Promise<FoldableRow[]> =>
  tx.$queryRaw<FoldableRow[]>`
    SELECT type, actor, occurred_at, (body::jsonb->>'effectiveOn')::date AS effective_on, payload FROM event WHERE stream_id = ${streamId} ORDER BY version`;

/** Folds events in order of their versions. */
export function fold<S extends Account, E extends { readonly type: string }>(
  kind: AccountKind<S, E>,
  empty: S,
  rows: readonly FoldableRow[],
): S {
  return rows.reduce(
    (state, row) =>
      kind.evolve(state, { ...row.payload, type: row.type } as unknown as E, {
        actor: row.actor,
        occurredAt: fromMillis(row.occurred_at.getTime()),
        effectiveOn: row.effective_on === null ? null : localDay(row.effective_on),
      }),
    empty,
  );
}

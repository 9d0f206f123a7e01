import type { IssueEvent } from '../domain/issue/events';
import { emptyIssue, evolve } from '../domain/issue/evolve';
import type { IssueState } from '../domain/issue/types';
import { fromMillis } from '../domain/time';
import type { Transaction } from './database';

/** An issue as its events say, folded anew. */
export async function loadIssue(tx: Pick<Transaction, '$queryRaw'>, issueId: string): Promise<IssueState> {
  const rows = await tx.$queryRaw<{ actor: string; occurred_at: Date; payload: object; type: string }[]>`
    SELECT type, actor, occurred_at, payload FROM event WHERE stream_id = ${issueId} ORDER BY version`;
  return rows.reduce(
    (state, row) =>
      evolve(state, { ...row.payload, type: row.type } as IssueEvent, {
        actor: row.actor,
        occurredAt: fromMillis(row.occurred_at.getTime()),
      }),
    emptyIssue(issueId),
  );
}

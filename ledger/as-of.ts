import { emptyIssue } from '../domain/issue/evolve';
import { issueKind } from '../domain/issue/issue-kind';
import type { IssueEvent } from '../domain/issue/events';
import type { IssueState } from '../domain/issue/types';
import type { RoundEvent } from '../domain/round/events';
import { emptyRound } from '../domain/round/evolve';
import { roundKind } from '../domain/round/round-kind';
import { roundStreamId, type RoundState } from '../domain/round/types';
import type { Instant } from '../domain/time';
import type { Database } from './database';
import { fold, type FoldableRow } from './load';

/**
 * How to look back (design.md, section 6): by `recorded`, what the ledger knew at the instant, the database's clock; by `occurred`,
 * what had happened by it, even if it was recorded later.
 */
export type AsOfClock = 'recorded' | 'occurred';

export interface AsOf {
  readonly at: Instant;
  readonly by?: AsOfClock;
}

/** An issue as of a past instant; null when it was not registered by then. */
export async function issueAsOf(database: Database, issueId: string, asOf: AsOf): Promise<IssueState | null> {
  const rows = await rowsUpTo(database, [issueId], asOf);
  return rows.length === 0 ? null : fold<IssueState, IssueEvent>(issueKind, emptyIssue(issueId), rows);
}

/** A round and its issues as of a past instant; null when it was not open by then. */
export async function roundAsOf(
  database: Database,
  roundId: string,
  asOf: AsOf,
): Promise<{ readonly round: RoundState; readonly issues: readonly IssueState[] } | null> {
  const streamId = roundStreamId(roundId);
  const streams = await database.stream.findMany({ where: { roundId }, select: { id: true }, orderBy: { id: 'asc' } });
  const rows = await rowsUpTo(
    database,
    streams.map(({ id }) => id),
    asOf,
  );
  const byStream = new Map<string, StreamRow[]>();
  for (const row of rows) byStream.set(row.stream_id, [...(byStream.get(row.stream_id) ?? []), row]);
  const own = byStream.get(streamId);
  if (!own) return null;
  byStream.delete(streamId);
  return {
    round: fold<RoundState, RoundEvent>(roundKind, emptyRound(streamId), own),
    issues: [...byStream].map(([id, events]) => fold<IssueState, IssueEvent>(issueKind, emptyIssue(id), events)),
  };
}

interface StreamRow extends FoldableRow {
  readonly stream_id: string;
}

const rowsUpTo = (database: Database, ids: readonly string[], { at, by = 'recorded' }: AsOf): Promise<StreamRow[]> =>
  database.$queryRaw<StreamRow[]>`
    SELECT stream_id, type, actor, occurred_at, (body::jsonb->>'effectiveOn')::date AS effective_on, payload FROM event
    WHERE stream_id = ANY(${ids}::text[]) AND CASE WHEN ${by} = 'recorded' THEN recorded_at ELSE occurred_at END <= ${at}::timestamptz
    ORDER BY stream_id, version`;

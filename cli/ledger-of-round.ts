import { heldText, type SheetRow } from '../intake/ledger-sheet';
import type { Instant } from '../domain/time';
import type { Database } from '../ledger/database';
import { issuesOfRound, type RoundIssue } from '../ledger/draft-round';
import { roundLists } from '../ledger/lists';
import { unknownRound } from './unknown';

export interface LedgerOfRound {
  readonly name: string;
  readonly rows: readonly SheetRow[];
  readonly issues: ReadonlyMap<string, RoundIssue>;
}

/** The ledger of a round in the shape of its sheet; what stands for others (split, merged, void) is left out. Throws `round.unknown`. */
export async function ledgerOfRound(database: Database, roundId: string, now: Instant): Promise<LedgerOfRound> {
  const round = await database.round.findUnique({ where: { id: roundId }, select: { name: true } });
  const lists = await roundLists(database, roundId, now);
  if (round === null || lists === null) throw unknownRound(roundId);
  const issues = new Map((await issuesOfRound(database, roundId)).map((issue) => [issue.id, issue]));
  const rows = lists.ledger.map((row): SheetRow => {
    const issue = issues.get(row.issueId);
    return {
      issueId: row.issueId,
      number: row.number,
      values: {
        title: row.title,
        measures: row.measures.map(({ text }, index) => `${index + 1}.${text}`).join('\n'),
        leader: row.leadLeader.map(({ name }) => name).join('、'),
        unit: row.leadUnit?.name ?? '',
        dueOn: issue?.dueOn ?? '',
        progress: heldText(issue?.progress ?? ''),
        implementation: heldText(issue?.implementation ?? ''),
        publicStatus: row.publicStatus?.label ?? '',
        phase: row.phaseLabel,
      },
    };
  });
  return { name: round.name, rows, issues };
}

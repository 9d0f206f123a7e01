import type { IssueState } from '../domain/issue/types';
import { countFindings, type FindingCounts } from '../domain/lists/counts';
import { issueList } from '../domain/lists/issue-list';
import { ledgerRows } from '../domain/lists/ledger-rows';
import type { ListContext } from '../domain/lists/listing';
import { responsibilityList } from '../domain/lists/responsibility-list';
import { taskList } from '../domain/lists/task-list';
import { dateOf, type Instant } from '../domain/time';
import { contentRefs, readTexts } from './content';
import type { Database } from './database';
import { loadRules } from './rules';

/** The three lists and the ledger 三清单一台账 of a round, as of `now`: views of the same issues. Null when there is no such round. */
export interface RoundLists {
  readonly issues: ReturnType<typeof issueList>;
  readonly tasks: ReturnType<typeof taskList>;
  readonly responsibilities: ReturnType<typeof responsibilityList>;
  readonly ledger: ReturnType<typeof ledgerRows>;
  /** Always of the findings as they were fed back. */
  readonly counts: FindingCounts;
}

export async function roundLists(database: Database, roundId: string, now: Instant): Promise<RoundLists | null> {
  return database.$transaction(
    async (tx) => {
      const round = await tx.round.findUnique({ where: { id: roundId }, select: { policy: true } });
      if (!round) return null;
      const rows = await tx.issue.findMany({ where: { roundId }, select: { state: true }, orderBy: { id: 'asc' } });
      const states = rows.map(({ state }) => state as unknown as IssueState);
      const texts = await readTexts(
        tx,
        contentRefs(states).map(({ content }) => content),
      );
      const context: ListContext = {
        ...(await loadRules(tx, database, round.policy)),
        on: dateOf(now),
        textOf: ({ content }) => texts.get(content) ?? '',
      };
      return {
        issues: issueList(states, context),
        tasks: taskList(states, context),
        responsibilities: responsibilityList(states, context),
        ledger: ledgerRows(states, context),
        counts: countFindings(states),
      };
    },
    { isolationLevel: 'RepeatableRead' },
  );
}

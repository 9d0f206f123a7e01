import { Option, type Command } from 'commander';
import { phaseLabels, type Phase } from '../domain/issue/types';
import type { Tone } from '../domain/policy/policy';
import { toneLabels } from '../domain/policy/explain';
import type { LocalDate } from '../domain/time';
import type { Database } from '../ledger/database';
import { issueList, type IssueRow } from '../ledger/queries';
import { oneUnit } from './acting';

/** Which issues a person means. */
export interface IssueSelection {
  readonly round?: string;
  readonly phase?: Phase;
  readonly unit?: string;
  readonly tone?: Tone;
  readonly overdue?: true;
}

/** More than any deployment has in a list. */
const ALL = 100_000;

/** Adds the flags that choose issues. */
export const withSelectionOptions = (command: Command): Command =>
  command
    .option('--round <轮次>', '只要一个轮次，如 R1')
    .addOption(new Option('--phase <阶段>', '只要一个阶段').choices(Object.keys(phaseLabels)))
    .option('--unit <单位>', '只要一个主办单位（名称或编号）')
    .option('--overdue', '只要有事项逾期的')
    .addOption(new Option('--tone <颜色>', `只要一种颜色：${toneWords()}`).choices(Object.keys(toneLabels)));

const toneWords = (): string =>
  Object.entries(toneLabels)
    .map(([tone, label]) => `${tone} ${label}`)
    .join('，');

/** The issues that were chosen, in the order of rounds and numbers. */
export async function selectIssues(database: Database, selection: IssueSelection, today: LocalDate): Promise<IssueRow[]> {
  const { round, phase, tone, overdue } = selection;
  const unitId = selection.unit === undefined ? undefined : await oneUnit(database, selection.unit);
  const rows = await issueList(database, {
    limit: ALL,
    ...(round === undefined ? {} : { roundId: round }),
    ...(phase === undefined ? {} : { phase }),
  });
  return rows.filter(
    (row) =>
      (unitId === undefined || row.leadUnit?.id === unitId) &&
      (tone === undefined || row.tone === tone) &&
      (overdue === undefined || (row.nextDueOn !== null && row.nextDueOn < today)),
  );
}

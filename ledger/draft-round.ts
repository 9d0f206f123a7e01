import type { IssueState } from '../domain/issue/types';
import { readTexts } from './content';
import type { Database } from './database';
import type { Outcome } from './step';

/** The issues of a round in the order of their numbers, with what a newer report may say otherwise. Empty for a round that is not there. */
export async function issuesOfRound(database: Database, roundId: string) {
  const rows = await database.issue.findMany({ where: { roundId }, orderBy: [{ number: 'asc' }, { id: 'asc' }] });
  const issues = rows.map((row) => ({ row, state: row.state as unknown as IssueState }));
  const refs = issues.flatMap(({ state }) => [state.text, state.implementation, state.progress?.text ?? null]);
  const texts = await readTexts(
    database,
    refs.flatMap((ref) => ref?.content ?? []),
  );
  return issues.map(({ row, state }) => ({
    id: row.id,
    number: row.number,
    title: row.title,
    text: texts.get(state.text?.content ?? '') ?? '',
    version: state.version,
    phase: state.phase,
    /** As the plan or an extension named it, before the shift of rest days; null: no approved plan names one. */
    dueOn: state.dueOn,
    reported: state.reported,
    publicStatus: state.publicStatus,
    implementation: texts.get(state.implementation?.content ?? '') ?? null,
    progress: texts.get(state.progress?.text.content ?? '') ?? null,
    handling: state.handling,
    money: state.money.map(({ id: _id, voucher: _voucher, ...sums }) => sums),
  }));
}

export type RoundIssue = Awaited<ReturnType<typeof issuesOfRound>>[number];

/** Where the proposals of a draft come from, for the keys of the commands that take them over. */
export const draftSource = (draftId: string): string => `draft/${draftId}`;

/** The key of a command that takes over a proposal: `draft/D4/R1-003/status/…`; `mark` tells one try from another. */
export const acceptanceKey = (
  source: string,
  { issueId, field }: { readonly issueId: string; readonly field: string },
  mark: string,
): string => `${source}/${issueId}/${field}/${mark}`;

/** The proposals of a source that were taken over: `R1-003/status`. Whatever is said of the issue later, they are not proposed again. */
export async function acceptedProposals(database: Database, source: string): Promise<ReadonlySet<string>> {
  const prefix = `${source}/`;
  const rows = await database.command.findMany({ where: { key: { startsWith: prefix } }, select: { key: true, outcome: true } });
  return new Set(
    rows
      .filter(({ outcome }) => (outcome as unknown as Outcome | null)?.accepted === true)
      .map(({ key }) => key.slice(prefix.length, key.lastIndexOf('/'))),
  );
}

import { badInput } from '../../domain/failure';
import { matchIssues, type Matching } from '../../intake/match-issues';
import { proposalsFor, type Proposal, type Told } from '../../intake/match-proposals';
import type { Database } from '../../ledger/database';
import { acceptedProposals, draftSource, issuesOfRound } from '../../ledger/draft-round';
import { reportDay, type OpenDraft } from './draft-open';

/** A newer report beside the round: who is who, what can be taken over, what cannot. */
export interface Comparison extends Matching {
  readonly draftId: string;
  readonly roundId: string;
  /** Numbers and titles on both sides, by id. */
  readonly titles: Readonly<Record<string, { readonly number: number; readonly title: string }>>;
  /** Not yet accepted; `version`: that of the issue as it was looked at. */
  readonly proposals: readonly (Proposal & { readonly version: number })[];
  /** Taken over already: `R1-003/status`. */
  readonly accepted: readonly string[];
  /** Differences that no command takes over. */
  readonly told: readonly Told[];
}

/** Compares the draft of a newer report, as edited, with its round as it stands now. Throws `draft.notUpdate`, `match.unknown`, `match.twice`. */
export async function comparisonOf(
  database: Database,
  { head, draft, matches }: Pick<OpenDraft, 'head' | 'draft' | 'matches'>,
): Promise<Comparison> {
  const { id: draftId, aboutRoundId: roundId, source } = head;
  if (roundId === null) throw badInput('draft.notUpdate', `草稿${draftId}不是更新报告。`, '请用 zhenggai draft compare 读取更新的报告。');
  const known = await issuesOfRound(database, roundId);
  const accepted = await acceptedProposals(database, draftSource(draftId));
  const matching = matchIssues(known, draft.issues, matches);
  const issues = new Map(known.map((issue) => [issue.id, issue]));
  const findings = new Map(draft.issues.map((issue) => [issue.id, issue]));
  const report = { name: source.file, on: reportDay(draft), places: draft.places };
  const judged = matching.pairs.flatMap(({ issueId, found }) => {
    const [issue, finding] = [issues.get(issueId), findings.get(found)];
    return issue === undefined || finding === undefined ? [] : [{ version: issue.version, ...proposalsFor(issue, finding, report) }];
  });
  return {
    draftId,
    roundId,
    ...matching,
    titles: Object.fromEntries([...known, ...draft.issues].map(({ id, number, title }) => [id, { number, title }])),
    proposals: judged
      .flatMap(({ version, proposals }) => proposals.map((proposal) => ({ ...proposal, version })))
      .filter(({ issueId, field }) => !accepted.has(`${issueId}/${field}`)),
    accepted: [...accepted].sort(),
    told: judged.flatMap(({ told }) => told),
  };
}

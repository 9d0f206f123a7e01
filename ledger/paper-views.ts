import type { PaperState } from '../domain/obligation/types';
import { letterOf, type Letter } from '../domain/paper/letter';
import type { PaperKind } from '../domain/policy/policy';
import type { LocalDate } from '../domain/time';
import type { Database, Transaction } from './database';
import { draftSubject } from './issue-letters';
import { loadIssue } from './load';
import { loadRules } from './rules';

/** A paper of a stream as the list of papers has it. */
export interface PaperRow {
  readonly id: string;
  readonly kind: PaperKind;
  readonly state: PaperState;
}

/** The papers of a kind of an issue or of the base data, in the order in which they were drafted: `reminderLetter-2` before `-10`. */
export async function papersOfKind(tx: Transaction, streamId: string, kind: PaperKind): Promise<PaperRow[]> {
  const rows = await tx.paper.findMany({ where: { streamId, kind }, select: { id: true, state: true } });
  const nth = ({ id }: { id: string }): number => Number(id.slice(id.lastIndexOf('-') + 1));
  return rows.map(({ id, state }) => ({ id, kind, state: state as PaperState })).sort((a, b) => nth(a) - nth(b));
}

/** A draft as it would read on a day, without number; null when no issue has such a paper. */
export async function draftLetter(
  tx: Transaction,
  owner: Database,
  { issueId, paperId, on }: { readonly issueId: string; readonly paperId: string; readonly on: LocalDate },
): Promise<Letter | null> {
  const issue = await tx.issue.findUnique({ where: { id: issueId }, select: { roundId: true } });
  const round = issue && (await tx.round.findUnique({ where: { id: issue.roundId }, select: { policy: true } }));
  if (!issue) return null;
  const state = await loadIssue(tx, issueId);
  const paper = state.papers.find(({ id }) => id === paperId);
  if (!paper) return null;
  return letterOf(state, paper, await draftSubject(tx, state, paper, on), await loadRules(tx, owner, round?.policy));
}

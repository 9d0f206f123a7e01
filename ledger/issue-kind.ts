import { decide } from '../domain/issue/decide';
import type { IssueCommand } from '../domain/issue/commands';
import { noFacts, type IssueFacts } from '../domain/issue/decision';
import type { IssueEvent } from '../domain/issue/events';
import { emptyIssue } from '../domain/issue/evolve';
import { issueKind } from '../domain/issue/issue-kind';
import { closedPhases, type IssueState } from '../domain/issue/types';
import type { RoundState } from '../domain/round/types';
import { databaseNow, type NewEvent } from './append';
import { readTexts } from './content';
import { sealLetters } from './issue-letters';
import { nothingBegun, type Begun, type Change, type LedgerKind, type OpenKind } from './kinds';
import { drawNumbers } from './numbers';
import { openIssues } from './register';
import { freezePeople } from './people';
import { dueOn, saveIssue, toneOf } from './project';
import type { Transaction } from './database';

/** An issue in the ledger: its table, its numbers, its letters. */
export const openIssue: OpenKind = (tx, _owner, id) => Promise.resolve(issueIn(tx, id) as unknown as LedgerKind);

const issueIn = (tx: Transaction, id: string): LedgerKind<IssueState, IssueEvent> => ({
  rules: issueKind,
  empty: emptyIssue(id),
  decide: async (state, command, context) => decide(state, command, { ...context, facts: await issueFacts(tx, state, command) }),
  complete: async (state, events, context, { actor }) => {
    const numbered = await drawNumbers(tx, state, events);
    return sealLetters(tx, state, await freezePeople(tx, state, numbered, { directory: context.directory, actor }), context);
  },
  save: async (change, written) => {
    await saveIssue(tx, change);
    await saveTitle(tx, change);
    return saveSplit(tx, change, written);
  },
  face: (state, context, now) => ({
    phase: state.phase,
    roundId: state.roundId,
    leadUnitId: state.assignment?.leadUnitId ?? null,
    dueOn: dueOn(state, context),
    tone: toneOf(state, context, now),
  }),
});

/** What the gate of a command must know of other issues and of the round; nothing for most. */
async function issueFacts(tx: Transaction, { roundId }: IssueState, { type }: IssueCommand): Promise<IssueFacts> {
  if (type === 'drawCheckBack') {
    const round = await tx.round.findUnique({ where: { id: roundId }, select: { state: true } });
    return { ...noFacts, checkBackPlan: (round?.state as unknown as RoundState | null)?.checkBackPlan ?? null };
  }
  if (!['merge', 'confirmCorrection', 'shareRectification', 'linkRecurrence'].includes(type)) return noFacts;
  const rows = await tx.$queryRaw<{ id: string; own: boolean; open: boolean }[]>`
    SELECT i.id, i.round_id = ${roundId} AS own, NOT s.final AND NOT i.phase = ANY(${closedPhases}::text[]) AS open FROM issue i JOIN stream s ON s.id = i.id ORDER BY i.id`;
  return { ...noFacts, issues: rows.map(({ id }) => id), openIssues: rows.filter(({ own, open }) => own && open).map(({ id }) => id) };
}

/** An amended title is the one that lists show; the registered one stays in its event. */
async function saveTitle(tx: Transaction, { after, events }: Change<IssueState>): Promise<void> {
  const title = (events as readonly IssueEvent[]).findLast((event) => event.type === 'amended' && event.title !== null);
  if (title?.type !== 'amended' || title.title === null) return;
  const text = (await readTexts(tx, [title.title.content])).get(title.title.content) ?? '';
  await tx.$executeRaw`UPDATE issue SET title = ${text} WHERE id = ${after.id}`;
}

/** The parts of a split issue get lives of their own; the original keeps its number and stays in the totals. */
async function saveSplit(
  tx: Transaction,
  { after, events, context, now }: Change<IssueState>,
  written: readonly NewEvent[],
): Promise<Begun> {
  const split = (events as readonly IssueEvent[]).find((event) => event.type === 'splitUp');
  if (!split) return nothingBegun;
  const by = written.find(({ type }) => type === 'splitUp');
  const texts = await readTexts(
    tx,
    split.parts.flatMap(({ title, text }) => [title.content, text.content]),
  );
  const streams = await openIssues(tx, context, {
    round: after,
    issues: split.parts.map(({ title, text }, index) => ({
      number: after.number,
      id: split.replacedBy[index] ?? `${after.id}-${index + 1}`,
      title: texts.get(title.content) ?? '',
      text: texts.get(text.content) ?? '',
      reported: null,
    })),
    by: { actor: by?.actor ?? '', via: by?.via ?? '', now },
    recordedAt: await databaseNow(tx),
  });
  return { ...nothingBegun, streams };
}

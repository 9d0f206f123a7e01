import { decide } from '../domain/issue/decide';
import type { IssueEvent } from '../domain/issue/events';
import { emptyIssue } from '../domain/issue/evolve';
import { issueKind } from '../domain/issue/issue-kind';
import type { IssueState } from '../domain/issue/types';
import { nothingBegun, type LedgerKind, type OpenKind } from './kinds';
import { sealLetters } from './letters';
import { drawNumbers } from './numbers';
import { dueOn, saveIssue, toneOf } from './project';
import type { Transaction } from './database';

/** An issue in the ledger: its table, its numbers, its letters. */
export const openIssue: OpenKind = (tx, _owner, id) => Promise.resolve(issueIn(tx, id) as unknown as LedgerKind);

const issueIn = (tx: Transaction, id: string): LedgerKind<IssueState, IssueEvent> => ({
  rules: issueKind,
  empty: emptyIssue(id),
  decide: (state, command, context) => decide(state, command, context),
  complete: async (state, events, context, now) => sealLetters(tx, state, await drawNumbers(tx, state, events, now), context),
  save: async (change) => {
    await saveIssue(tx, change);
    return nothingBegun;
  },
  face: (state, context, now) => ({
    phase: state.phase,
    roundId: state.roundId,
    leadUnitId: state.assignment?.leadUnitId ?? null,
    dueOn: dueOn(state, context),
    tone: toneOf(state, context, now),
  }),
});

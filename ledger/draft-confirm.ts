import { badInput } from '../domain/failure';
import { inTransaction, type Database, type Transaction } from './database';
import { lockDraft, type DraftBy } from './drafts';
import type { NewRound, Registered } from './register';
import { registerWithin } from './register-once';

/** A round of 10,000 issues is registered within this. */
const CONFIRM_MS = 120_000;

/** What a person confirms, and which version of the draft they saw. */
export interface Confirmation {
  readonly round: NewRound;
  readonly expected: number;
  /** Register even if a round was registered from the same file. */
  readonly again?: boolean;
}

/**
 * Registers the round of a draft and ends the draft, in one transaction: both or neither. Throws `draft.unknown`, `draft.ended`,
 * `draft.changed`, `draft.isUpdate`, `round.known`, and what registerRound throws.
 */
export function confirmDraft(
  database: Database,
  id: string,
  { round, expected, again = false }: Confirmation,
  by: DraftBy & { readonly via: string },
): Promise<Registered> {
  return inTransaction(
    database,
    async (tx) => {
      const { source, aboutRoundId } = await lockDraft(tx, id, expected);
      if (aboutRoundId !== null)
        throw badInput(
          'draft.isUpdate',
          `草稿${id}是轮次${aboutRoundId}的更新报告，不另行建账。`,
          '请用 zhenggai draft accept 采纳其中的更新。',
        );
      const registered = await registerWithin(tx, database, { ...round, source }, { ...by, again });
      await end(tx, id, registered.roundId, by);
      return registered;
    },
    CONFIRM_MS,
  );
}

/** Ends the draft of a newer report: what was accepted of it is accepted, the rest is not. Returns the round. Throws as above. */
export function settleUpdate(database: Database, id: string, by: DraftBy): Promise<string> {
  return inTransaction(database, async (tx) => {
    const { aboutRoundId } = await lockDraft(tx, id);
    if (aboutRoundId === null)
      throw badInput('draft.notUpdate', `草稿${id}不是更新报告。`, '请用 zhenggai draft confirm 建账，并写明轮次名称。');
    await end(tx, id, aboutRoundId, by);
    return aboutRoundId;
  });
}

const end = (tx: Transaction, id: string, roundId: string, { actor, now }: DraftBy): Promise<unknown> =>
  tx.draft.update({ where: { id }, data: { state: 'confirmed', roundId, endedBy: actor, endedAt: new Date(now) } });

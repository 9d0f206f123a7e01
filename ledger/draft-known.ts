import { badInput, type ZhenggaiError } from '../domain/failure';
import { dateOf, fromMillis, type Instant } from '../domain/time';
import type { Database, Transaction } from './database';

/** Where the bytes of a file are known from: the rounds that were registered from it, and the drafts that were not thrown away. */
export interface KnownFile {
  readonly rounds: readonly { readonly id: string; readonly name: string; readonly at: Instant }[];
  readonly drafts: readonly {
    readonly id: string;
    readonly state: 'open' | 'confirmed';
    /** The round that it is a newer report of; null: it was read to be registered. */
    readonly aboutRoundId: string | null;
    readonly by: string;
    readonly at: Instant;
  }[];
}

/** What is known of a file by its SHA-256, the oldest first. */
export async function knownFile(tx: Pick<Transaction, 'round' | 'draft'>, sha256: string): Promise<KnownFile> {
  const rounds = await tx.round.findMany({ where: { sourceSha256: sha256 }, orderBy: { openedAt: 'asc' } });
  const drafts = await tx.draft.findMany({ where: { sourceSha256: sha256, state: { not: 'discarded' } }, orderBy: { readAt: 'asc' } });
  return {
    rounds: rounds.map(({ id, name, openedAt }) => ({ id, name, at: fromMillis(openedAt.getTime()) })),
    drafts: drafts.map(({ id, state, aboutRoundId, readBy, readAt }) => ({
      id,
      state: state === 'confirmed' ? 'confirmed' : 'open',
      aboutRoundId,
      by: readBy,
      at: fromMillis(readAt.getTime()),
    })),
  };
}

/** Refuses a file that a round was registered from. Throws `round.known`, which names the round and the day. */
export async function refuseRegistered(database: Database, source: { readonly file: string; readonly sha256: string }): Promise<void> {
  const refused = registeredAlready(await knownFile(database, source.sha256), source.file);
  if (refused !== null) throw refused;
}

/** `round.known`, when a round was registered from the file. */
export function registeredAlready({ rounds }: KnownFile, file: string): ZhenggaiError | null {
  const [first] = rounds;
  if (first === undefined) return null;
  return badInput(
    'round.known',
    `文件${file}已于${dateOf(first.at)}登记为轮次${first.id}（${first.name}）。`,
    '无需重复登记；确需再次登记时加 --again。',
  );
}

/** `draft.known`, when the file was read into a draft that was not thrown away; the round that came of it is named first. */
export function readAlready(known: KnownFile, file: string): ZhenggaiError | null {
  const [first] = known.drafts;
  return (
    registeredAlready(known, file) ??
    (first === undefined
      ? null
      : badInput(
          'draft.known',
          `文件${file}已于${dateOf(first.at)}读取为草稿${first.id}。`,
          `请接着办理草稿${first.id}；要重新读取，先用 zhenggai draft discard 放弃它，或加 --again。`,
        ))
  );
}

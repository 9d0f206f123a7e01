import { badInput } from '../domain/failure';
import { fromMillis, type Instant } from '../domain/time';
import { inTransaction, type Database, type Transaction } from './database';
import { keepJson, keepText, readJson } from './draft-content';
import { endedAlready, headOf, reasonsOf, unknownDraft, type DraftHead } from './draft-head';
import { knownFile, readAlready } from './draft-known';
import { drawNumber } from './numbers';

// A draft 草稿 is a document as it was read, the edits of persons in order, and how it ended. Nothing is overwritten: the draft that
// a person sees is what was read with the edits applied (intake/draft-edit.ts), which the ledger neither knows nor needs to know.

export interface StoredEdit {
  readonly version: number;
  readonly edit: unknown;
  readonly by: string;
  readonly at: Instant;
}

export interface StoredDraft extends DraftHead {
  /** What was read, as it was stored. */
  readonly original: unknown;
  readonly edits: readonly StoredEdit[];
}

export interface NewDraft {
  readonly source: { readonly file: string; readonly sha256: string };
  /** What was read; any JSON value. */
  readonly original: unknown;
  readonly aboutRoundId?: string | null;
  /** Keep it even if the file is known. */
  readonly again?: boolean;
}

/** Who does it, at which instant of the deployment's clock. */
export interface DraftBy {
  readonly actor: string;
  readonly now: Instant;
}

/** Room for a draft of 10,000 issues. */
const SAVE_MS = 60_000;

/** Keeps a document as it was read. Throws `round.known` or `draft.known` for a file that is known, unless told to keep it again. */
export function saveDraft(database: Database, draft: NewDraft, { actor, now }: DraftBy): Promise<DraftHead> {
  const { source, original, aboutRoundId = null, again = false } = draft;
  return inTransaction(
    database,
    async (tx) => {
      // the counter stays locked until the end, so of two readers of one file the second sees the first
      const id = `D${await drawNumber(tx, 'draft')}`;
      const refused = again ? null : readAlready(await knownFile(tx, source.sha256), source.file);
      if (refused !== null) throw refused;
      const { content, sha256 } = await keepJson(tx, original);
      const row = await tx.draft.create({
        data: {
          id,
          sourceFile: source.file,
          sourceSha256: source.sha256,
          contentId: content,
          contentSha256: sha256,
          readBy: actor,
          readAt: new Date(now),
          aboutRoundId,
        },
      });
      return headOf(row, new Map());
    },
    SAVE_MS,
  );
}

/** A draft with everything that was done to it. Throws `draft.unknown`, `draft.erased`, `draft.damaged`. */
export async function loadDraft(database: Database, id: string): Promise<StoredDraft> {
  return database.$transaction(
    async (tx) => {
      const row = await tx.draft.findUnique({ where: { id } });
      if (row === null) throw unknownDraft(id);
      const edits = await tx.draftEdit.findMany({ where: { draftId: id }, orderBy: { version: 'asc' } });
      const [original, ...bodies] = await readJson(
        tx,
        [row, ...edits].map(({ contentId, contentSha256 }) => ({ content: contentId, sha256: contentSha256 })),
      );
      return {
        ...headOf(row, await reasonsOf(tx, [row])),
        original,
        edits: edits.map(({ version, editedBy, editedAt }, index) => ({
          version,
          edit: bodies[index],
          by: editedBy,
          at: fromMillis(editedAt.getTime()),
        })),
      };
    },
    { isolationLevel: 'RepeatableRead', timeout: SAVE_MS },
  );
}

/** Every draft, the oldest first. */
export async function draftList(database: Database): Promise<DraftHead[]> {
  const rows = await database.draft.findMany();
  const reasons = await reasonsOf(database, rows);
  return rows.map((row) => headOf(row, reasons)).sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
}

/**
 * Adds edits to an open draft, all or none, and returns its new version. `expected` is the version that the person saw. Throws
 * `draft.unknown`, `draft.ended`, `draft.changed`.
 */
export function addEdits(
  database: Database,
  id: string,
  { edits, expected }: { readonly edits: readonly unknown[]; readonly expected: number },
  { actor, now }: DraftBy,
): Promise<number> {
  return inTransaction(
    database,
    async (tx) => {
      await lockDraft(tx, id, expected);
      for (const [index, edit] of edits.entries()) {
        const { content, sha256 } = await keepJson(tx, edit);
        await tx.draftEdit.create({
          data: {
            draftId: id,
            version: expected + index + 1,
            contentId: content,
            contentSha256: sha256,
            editedBy: actor,
            editedAt: new Date(now),
          },
        });
      }
      const version = expected + edits.length;
      await tx.draft.update({ where: { id }, data: { version } });
      return version;
    },
    SAVE_MS,
  );
}

/** Throws an open draft away; what was read and edited stays on record. Throws `draft.reason`, `draft.unknown`, `draft.ended`. */
export async function discardDraft(database: Database, id: string, reason: string, { actor, now }: DraftBy): Promise<void> {
  if (reason.trim() === '') throw badInput('draft.reason', '没有写明放弃草稿的理由。', '请用 --reason 写明。');
  await inTransaction(database, async (tx) => {
    await lockDraft(tx, id);
    const reasonId = await keepText(tx, reason.trim());
    await tx.draft.update({ where: { id }, data: { state: 'discarded', reasonId, endedBy: actor, endedAt: new Date(now) } });
  });
}

/** Locks a draft that is open, and still as the person saw it. Throws `draft.unknown`, `draft.ended`, `draft.changed`. */
export async function lockDraft(tx: Transaction, id: string, expected?: number): Promise<DraftHead> {
  await tx.$executeRaw`SELECT FROM draft WHERE id = ${id} FOR UPDATE`;
  const row = await tx.draft.findUnique({ where: { id } });
  if (row === null) throw unknownDraft(id);
  const head = headOf(row, await reasonsOf(tx, [row]));
  const refused = endedAlready(head);
  if (refused !== null) throw refused;
  if (expected !== undefined && expected !== head.version)
    throw badInput(
      'draft.changed',
      `草稿${id}已由他人改动：您看到的是版本${expected}，现为版本${head.version}。`,
      '请用 zhenggai draft show 查看后再办理。',
    );
  return head;
}

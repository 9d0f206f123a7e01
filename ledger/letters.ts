import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { DigestPaper } from '../domain/digest';
import { combinedLetter } from '../domain/paper/combined-letter';
import type { Letter } from '../domain/paper/letter';
import { paperLabels, type PaperKind } from '../domain/policy/policy';
import { contentHash, insertContents } from './content';
import type { Transaction } from './database';
import { letterIdsOf, lockLetters, signaturesIn, type LetterRow } from './letter-rows';
import { lettersOf } from './letter-values';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** A paper of a stream: `reminderLetter-1` of `R1-012`. */
export interface PaperRef {
  readonly streamId: string;
  readonly paperId: string;
}

/** The document of a letter: not composed yet, kept with the SHA-256 of its bytes (hex), or erased by a recorded decision. */
export type LetterDocument =
  | { readonly state: 'none' }
  | { readonly state: 'kept'; readonly bytes: Uint8Array; readonly sha256: string }
  | { readonly state: 'erased' };

/** A signed letter with everything that stands in it. */
export interface StoredLetter {
  readonly id: string;
  /** `督办通知单〔2026〕3号.docx` */
  readonly filename: string;
  readonly papers: readonly PaperRef[];
  /** Null when what one of its papers says was erased, or was signed in another form: then it can't be composed any more. */
  readonly letter: Letter | null;
  readonly document: LetterDocument;
}

/**
 * The letters in which papers stand, each once, in the order of their ids; a paper that is not signed has none. Their rows stay locked
 * until the transaction ends: nothing joins a letter that is about to be composed.
 */
export async function lettersFor(tx: Transaction, papers: readonly PaperRef[]): Promise<StoredLetter[]> {
  if (papers.length === 0) return [];
  const rows = await lockLetters(tx, await letterIdsOf(tx, papers));
  // read after the lock: whoever was joining has joined
  const signatures = await signaturesIn(
    tx,
    rows.map(({ id }) => id),
  );
  const letters: StoredLetter[] = [];
  for (const row of rows) {
    const own = signatures.filter(({ letter_id }) => letter_id === row.id);
    const values = await lettersOf(tx, row, own);
    const whole = values.filter((letter) => letter !== null);
    letters.push({
      id: row.id,
      filename: `${paperLabels[row.kind as PaperKind]}${row.number}.docx`,
      papers: own.map(({ stream_id, paper_id }) => ({ streamId: stream_id, paperId: paper_id })),
      letter: whole.length === values.length ? combinedLetter(whole) : null,
      document: await documentIn(tx, row),
    });
  }
  return letters;
}

async function documentIn(tx: Transaction, { content_id, sha256 }: Pick<LetterRow, 'content_id' | 'sha256'>): Promise<LetterDocument> {
  if (content_id === null || sha256 === null) return { state: 'none' };
  const content = await tx.content.findUnique({ where: { id: content_id }, select: { bytes: true } });
  return content?.bytes ? { state: 'kept', bytes: content.bytes, sha256 } : { state: 'erased' };
}

/**
 * Keeps the document of a letter: its bytes as erasable content, their SHA-256 in the letter's row. Once: a second call, with whatever
 * bytes, gives back what was kept first. From then on no signature joins the letter. Throws a RangeError when there is no such letter.
 */
export async function keepDocument(tx: Transaction, letterId: string, bytes: Uint8Array): Promise<LetterDocument> {
  const [row] = await lockLetters(tx, [letterId]);
  if (!row) throw new RangeError(`no letter ${letterId}`);
  const kept = await documentIn(tx, row);
  if (kept.state !== 'none') return kept;
  const salt = new Uint8Array(randomBytes(32));
  const own = Uint8Array.from(bytes);
  const content = randomUUID();
  await insertContents(tx, [{ ref: { content, sha256: contentHash(salt, own) }, salt, bytes: own }], DOCX);
  const sha256 = createHash('sha256').update(own).digest('hex');
  await tx.$executeRaw`UPDATE letter SET content_id = ${content}, sha256 = ${sha256} WHERE id = ${letterId}`;
  return { state: 'kept', bytes: own, sha256 };
}

/** The document of a letter, composed and kept when this is the first time; null when it was erased, or what it would say was. */
export async function documentOf(
  tx: Transaction,
  { id, filename, letter, document }: StoredLetter,
  compose: (letter: Letter) => Promise<Uint8Array>,
): Promise<DigestPaper | null> {
  if (document.state === 'none' && letter === null) return null;
  const kept = document.state === 'none' && letter !== null ? await keepDocument(tx, id, await compose(letter)) : document;
  return kept.state === 'kept' ? { filename, bytes: kept.bytes, sha256: kept.sha256 } : null;
}

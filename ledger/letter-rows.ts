import { Prisma, type Transaction } from './database';

/** The row of a letter as it was locked. */
export interface LetterRow {
  readonly id: string;
  readonly kind: string;
  readonly number: string;
  readonly signed_on: Date;
  readonly content_id: string | null;
  readonly sha256: string | null;
}

/** One signature: the event `paperSigned`, the letter that it stands in, its contents. */
export interface Signature {
  readonly stream_id: string;
  readonly version: number;
  readonly paper_id: string;
  readonly letter_id: string;
  /** The letter as values; null: signed before that was kept. */
  readonly letter: string | null;
  readonly text: string | null;
}

/** The letter of one paper alone. No stream begins with `letter:`, so that it is never taken for a shared one. */
export const ownLetterId = (streamId: string, paperId: string): string => `${streamId}/${paperId}`;

/** The letter of all signatures that name this id. */
export const sharedLetterId = (letterId: string): string => `letter:${letterId}`;

/** The same of an event: which letter a signature stands in is said by the event alone, so that nothing can disagree with it. */
export const letterOf = Prisma.sql`coalesce('letter:' || (payload->>'letterId'), stream_id || '/' || (payload->>'paperId'))`;

const signatures = Prisma.sql`SELECT stream_id, version, payload->>'paperId' AS paper_id, ${letterOf} AS letter_id,
  payload->'letter'->>'content' AS letter, payload->'text'->>'content' AS text FROM event WHERE type = 'paperSigned'`;

/** The signatures in some letters, by stream. */
export const signaturesIn = (tx: Transaction, letterIds: readonly string[]): Promise<Signature[]> =>
  tx.$queryRaw<Signature[]>`${signatures} AND ${letterOf} = ANY(${letterIds}::text[]) ORDER BY stream_id, version`;

/** Ids of the letters in which some papers stand; of a paper that is not signed none. */
export async function letterIdsOf(
  tx: Transaction,
  papers: readonly { readonly streamId: string; readonly paperId: string }[],
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ letter_id: string }[]>`
    SELECT DISTINCT ${letterOf} AS letter_id FROM event e JOIN jsonb_to_recordset(${JSON.stringify(papers)}::jsonb) AS p("streamId" text, "paperId" text)
      ON e.stream_id = p."streamId" AND e.payload->>'paperId' = p."paperId" WHERE e.type = 'paperSigned'`;
  return rows.map(({ letter_id }) => letter_id);
}

/** Locks letters in the order of their ids, so that none is composed while a signature is joining it, nor joined once it is composed. */
export const lockLetters = (tx: Transaction, ids: readonly string[]): Promise<LetterRow[]> =>
  tx.$queryRaw<LetterRow[]>`
    SELECT id, kind, number, signed_on, content_id, sha256 FROM letter WHERE id = ANY(${ids}::text[]) ORDER BY id FOR UPDATE`;

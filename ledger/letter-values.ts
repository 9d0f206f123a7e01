import type { Letter } from '../domain/paper/letter';
import type { LetterKind } from '../domain/paper/letter-words';
import { letterOfText } from '../domain/paper/signed-text';
import { localDay, type Transaction } from './database';
import type { LetterRow, Signature } from './letter-rows';

/** The letters of some signatures as values, in their order: as they were sealed, or read out of the signed text; null: erased. */
export async function lettersOf(
  tx: Transaction,
  { kind, signed_on }: Pick<LetterRow, 'kind' | 'signed_on'>,
  signatures: readonly Signature[],
): Promise<(Letter | null)[]> {
  const ids = signatures.flatMap(({ letter, text }) => [letter ?? text].filter((id) => id !== null));
  const rows = await tx.$queryRaw<{ id: string; bytes: Uint8Array | null }[]>`SELECT id, bytes FROM content WHERE id = ANY(${ids}::text[])`;
  const contents = new Map(rows.map(({ id, bytes }) => [id, bytes && Buffer.from(bytes).toString('utf8')]));
  return signatures.map(({ letter, text }) => {
    const content = contents.get(letter ?? text ?? '') ?? null;
    if (content === null) return null;
    if (letter !== null) return JSON.parse(content) as Letter;
    return letterOfText(content, { kind: kind as LetterKind, signedOn: localDay(signed_on) });
  });
}

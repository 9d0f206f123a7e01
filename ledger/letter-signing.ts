import canonicalize from 'canonicalize';
import type { ContentRef } from '../domain/content';
import { ZhenggaiError } from '../domain/failure';
import type { Paper } from '../domain/obligation/types';
import { combinedLetter } from '../domain/paper/combined-letter';
import type { Letter } from '../domain/paper/letter';
import { letterLines } from '../domain/paper/letter-lines';
import type { LocalDate } from '../domain/time';
import { insertContents, sealText } from './content';
import { insertRows, type Transaction } from './database';
import { lettersOf } from './letter-values';
import { lockLetters, ownLetterId, sharedLetterId, signaturesIn, type LetterRow } from './letter-rows';
import { drawPaperNumber } from './numbers';

/** A paper that is being signed, and how its letter is worded once its number is known. */
export interface Signing {
  readonly streamId: string;
  readonly paper: Pick<Paper, 'id' | 'kind' | 'addressee'>;
  readonly signedOn: LocalDate;
  /** The letter that it is to share with papers of other issues. */
  readonly letterId?: string | undefined;
  readonly write: (number: string) => Letter;
}

/** What the event of a signature keeps. */
export interface Signed {
  readonly number: string;
  readonly text: ContentRef;
  readonly letter: ContentRef;
  /** Only where it really shares that letter. */
  readonly letterId?: string;
}

/**
 * Gives a paper its letter and number, and seals the letter as text and as values: the event proves both. The first signature of a
 * shared letter draws the number, the later ones have the same. A signature that can't stand in the shared letter any more gets a letter
 * and a number of its own: the document was composed already, or kind, addressee, office, day, day of answer or cells differ.
 */
export async function signLetter(tx: Transaction, signing: Signing): Promise<Signed> {
  const { number, letter, ...shared } = await place(tx, signing);
  const text = sealText(letterLines(letter).join('\n'));
  const values = sealText(canonicalize(letter) ?? '');
  await insertContents(tx, [text]);
  await insertContents(tx, [values], 'application/json');
  return { number, text: text.ref, letter: values.ref, ...shared };
}

interface Placed {
  readonly number: string;
  readonly letter: Letter;
  readonly letterId?: string;
}

async function place(tx: Transaction, signing: Signing): Promise<Placed> {
  const { streamId, paper, letterId } = signing;
  const own = ownLetterId(streamId, paper.id);
  if (letterId === undefined) return open(tx, own, signing);
  const id = sharedLetterId(letterId);
  // two first signatures at once would each draw a number, and leave a gap
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${id}, 0))`;
  const [row] = await lockLetters(tx, [id]);
  if (!row) return { ...(await open(tx, id, signing)), letterId };
  const letter = await joining(tx, row, signing);
  return letter ? { number: row.number, letter, letterId } : open(tx, own, signing);
}

async function open(tx: Transaction, id: string, { paper, signedOn, write }: Signing): Promise<Placed> {
  const { kind, addressee } = paper;
  const number = await drawPaperNumber(tx, kind, signedOn);
  await insertRows(tx, {
    table: 'letter',
    columns: 'id text, kind text, number text, addressee text, signed_on date',
    rows: [{ id, kind, number, addressee, signed_on: signedOn }],
  });
  return { number, letter: write(number) };
}

/** The letter as it stands in the locked one, or null when it can't. All that stand in it agree, so it is compared with one of them. */
async function joining(tx: Transaction, row: LetterRow, { streamId, paper, write }: Signing): Promise<Letter | null> {
  if (row.sha256 !== null || row.kind !== paper.kind) return null;
  const members = await signaturesIn(tx, [row.id]);
  const [first] = members;
  // of one issue each matter stands once in a letter
  if (!first || members.some(({ stream_id }) => stream_id === streamId)) return null;
  const [other] = await lettersOf(tx, row, [first]);
  const letter = write(row.number);
  // the ledger chases each issue by its own day, and the letter can name one only
  return other && other.replyBy === letter.replyBy && goTogether(other, letter) ? letter : null;
}

function goTogether(...letters: readonly Letter[]): boolean {
  try {
    combinedLetter(letters);
    return true;
  } catch (error) {
    if (error instanceof ZhenggaiError) return false;
    throw error;
  }
}

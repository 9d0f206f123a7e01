import { sha256 } from './chain';
import type { Database } from './database';
import { letterOf, ownLetterId, sharedLetterId } from './letter-rows';
import type { EventRow, Problem } from './verify-chain';

/** A signature as its event says. */
export interface SignedPaper {
  readonly stream: string;
  readonly version: number;
  readonly paperId: string;
  readonly letterId: string;
  readonly number: string;
  readonly signedOn: string;
}

/** The signatures among events. */
export const signedPapers = (rows: readonly EventRow[]): SignedPaper[] =>
  rows
    .filter(({ type }) => type === 'paperSigned')
    .map(({ stream_id, version, payload }) => {
      const { paperId, letterId, number, signedOn } = payload as Readonly<Record<string, string>>;
      const own = ownLetterId(stream_id, paperId ?? '');
      return {
        stream: stream_id,
        version,
        paperId: paperId ?? '',
        letterId: letterId === undefined ? own : sharedLetterId(letterId),
        number: number ?? '',
        signedOn: signedOn ?? '',
      };
    });

/** Letters are read this many at a time: each can have a document. */
const PAGE = 100;

/**
 * Every signed paper stands in the one letter that its event names, with its kind, number and day; the document of a letter fits its
 * SHA-256, or was erased by a recorded decision. With `all` signatures of the ledger also the reverse: no letter without a signature.
 */
export async function checkLetters(
  database: Database,
  signed: readonly SignedPaper[],
  { erased, all }: { readonly erased: ReadonlySet<string>; readonly all: boolean },
): Promise<{ problems: Problem[]; contents: number; erased: number }> {
  const problems: Problem[] = [];
  const tally = { contents: 0, erased: 0 };
  const papers = groupBy(signed, ({ letterId }) => letterId);
  const ids = [...papers.keys()].sort();
  for (let from = 0; from < ids.length; from += PAGE) {
    const page = ids.slice(from, from + PAGE);
    const letters = new Map((await storedLetters(database, page)).map((letter) => [letter.id, letter]));
    for (const id of page) {
      const letter = letters.get(id);
      const own = papers.get(id) ?? [];
      for (const paper of own) {
        const what = misfit(paper, letter);
        if (what !== null)
          problems.push({ stream: paper.stream, version: paper.version, code: 'letter', what: `${paper.paperId}：${what}` });
      }
      if (!letter || !isComposed(letter)) continue;
      tally.contents += 1;
      const what = documentFault(letter, erased);
      if (what === 'erased') tally.erased += 1;
      else if (what !== null)
        problems.push({
          stream: own[0]?.stream ?? id,
          version: own[0]?.version ?? null,
          code: 'letter',
          what: `文书${letter.number}：${what}`,
        });
    }
  }
  return { ...tally, problems: [...problems, ...(all ? await strayLetters(database) : [])] };
}

interface StoredLetter {
  readonly id: string;
  readonly kind: string;
  readonly number: string;
  readonly signed_on: string;
  readonly content_id: string | null;
  readonly sha256: string | null;
  /** Whether the content is there at all, with its salt, and its bytes. */
  readonly there: boolean;
  readonly salted: boolean;
  readonly bytes: Uint8Array | null;
}

const storedLetters = (database: Database, ids: readonly string[]): Promise<StoredLetter[]> =>
  database.$queryRaw<StoredLetter[]>`
    SELECT l.id, l.kind, l.number, l.signed_on::text AS signed_on, l.content_id, l.sha256, c.id IS NOT NULL AS there, c.salt IS NOT NULL AS salted, c.bytes
    FROM letter l LEFT JOIN content c ON c.id = l.content_id WHERE l.id = ANY(${ids}::text[])`;

/** A half-filled row is no letter without a document: it is looked at. */
const isComposed = ({ content_id, sha256: hash }: StoredLetter): boolean => content_id !== null || hash !== null;

function misfit({ paperId, number, signedOn }: SignedPaper, letter: StoredLetter | undefined): string | null {
  if (!letter) return '没有所属的文书';
  // a paper is called by its kind: `reminderLetter-1`
  const fits = letter.number === number && letter.signed_on === signedOn && paperId.startsWith(`${letter.kind}-`);
  return fits ? null : '与所属文书的文种、文号或日期不符';
}

function documentFault({ content_id, sha256: hash, there, salted, bytes }: StoredLetter, erased: ReadonlySet<string>): string | null {
  if (!there || content_id === null) return '文件缺失';
  if (bytes === null) return erased.has(content_id) && !salted ? 'erased' : '文件已删除，但没有删除的记录';
  return sha256(bytes) === hash ? null : '文件与校验码不符';
}

/** Letters that no signature names, in one statement: what is signed meanwhile is no stray. */
async function strayLetters(database: Database): Promise<Problem[]> {
  const rows = await database.$queryRaw<{ id: string; number: string }[]>`
    SELECT l.id, l.number FROM letter l LEFT JOIN (SELECT ${letterOf} AS id FROM event WHERE type = 'paperSigned') AS s ON s.id = l.id
    WHERE s.id IS NULL ORDER BY l.id`;
  return rows.map(({ id, number }) => ({ stream: id, version: null, code: 'letter', what: `文书${number}没有签发记录` }));
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

import { checkAnchors, type AnchorCheck, type HeldAnchor } from './anchors';
import type { Database } from './database';
import { checkChain, checkHead, type EventRow, type Problem } from './verify-chain';
import { checkContents, erasedContents } from './verify-content';
import { checkLetters, signedPapers, type SignedPaper } from './verify-letters';
import { checkProjections } from './verify-projection';

export type { Problem } from './verify-chain';

export interface Verification {
  readonly streams: number;
  readonly events: number;
  readonly contents: number;
  /** Contents whose bytes were erased by a recorded decision: their proof stands, their text is gone. */
  readonly erased: number;
  /** Of the whole ledger only: its anchors, and what none of them covers yet. */
  readonly anchors: Omit<AnchorCheck, 'problems'> | null;
  readonly problems: readonly Problem[];
}

/** Streams are read this many at a time. */
const PAGE = 50;

/**
 * Recomputes the chain of every stream (or of one), compares the columns with the hashed bytes, the heads, the contents that
 * events refer to, the letters of signed papers with their documents, and the projections of each issue with the fold of its events, and the anchors. Reads only. A stream whose chain is broken is
 * named with the first event that does not hold, and looked at no further.
 * That the owner of the database rewrote a whole chain with its anchors, or removed a stream with all its traces, shows against `held`,
 * anchors that somebody keeps outside (design.md, section 6); what no anchor covers yet is counted.
 */
export async function verifyLedger(database: Database, only?: string, held: readonly HeldAnchor[] = []): Promise<Verification> {
  const streams = await database.stream.findMany({ ...(only === undefined ? {} : { where: { id: only } }), orderBy: { id: 'asc' } });
  const problems: Problem[] = only === undefined ? await strayEvents(database) : [];
  const erased = await erasedContents(database);
  const tally = { events: 0, contents: 0, erased: 0 };
  const signed: SignedPaper[] = [];
  for (let from = 0; from < streams.length; from += PAGE) {
    const page = streams.slice(from, from + PAGE);
    const rows = await eventsOf(
      database,
      page.map(({ id }) => id),
    );
    const sound = page.filter((stream) => {
      const own = rows.get(stream.id) ?? [];
      tally.events += own.length;
      const broken = checkChain(stream.id, own) ?? checkHead(stream, own);
      if (broken) problems.push(broken);
      return !broken;
    });
    const soundRows = sound.flatMap(({ id }) => rows.get(id) ?? []);
    signed.push(...signedPapers(soundRows));
    const contents = await checkContents(database, soundRows, erased);
    tally.contents += contents.contents;
    tally.erased += contents.erased;
    problems.push(...contents.problems);
    const accounts = sound
      .filter(({ kind }) => ['issue', 'round', 'base'].includes(kind))
      .map(({ id }) => [id, rows.get(id) ?? []] as const);
    problems.push(...(await checkProjections(database, new Map(accounts))));
  }
  const letters = await checkLetters(database, signed, { erased, all: only === undefined });
  problems.push(...letters.problems);
  tally.contents += letters.contents;
  tally.erased += letters.erased;
  const checked = only === undefined ? await checkAnchors(database, held) : null;
  if (checked === null) return { streams: streams.length, ...tally, anchors: null, problems };
  const { problems: unanchored, ...anchors } = checked;
  return { streams: streams.length, ...tally, anchors, problems: [...problems, ...unanchored] };
}

async function eventsOf(database: Database, ids: readonly string[]): Promise<Map<string, EventRow[]>> {
  const rows = await database.$queryRaw<EventRow[]>`
    SELECT stream_id, version, type, actor, via, command_key, occurred_at, recorded_at, CASE WHEN body IS JSON THEN (body::jsonb->>'effectiveOn')::date END AS effective_on, body, hash, payload
    FROM event WHERE stream_id = ANY(${ids}::text[]) ORDER BY stream_id, version`;
  const streams = new Map<string, EventRow[]>(ids.map((id) => [id, []]));
  for (const row of rows) streams.get(row.stream_id)?.push(row);
  return streams;
}

/** Events or issues without the head of their stream. */
async function strayEvents(database: Database): Promise<Problem[]> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT id FROM (SELECT stream_id AS id FROM event UNION SELECT id FROM issue) AS known
    WHERE NOT EXISTS (SELECT FROM stream s WHERE s.id = known.id) ORDER BY id`;
  return rows.map(({ id }) => ({ stream: id, version: null, code: 'head', what: '有记录而无账头' }));
}

import canonicalize from 'canonicalize';
import { fromMillis, type Instant } from '../domain/time';
import { sha256 } from './chain';
import { insertRows, type Database, type Transaction } from './database';
import { inclusionPath, leafHash, merkleRoot, type PathStep } from './merkle';
import type { Problem } from './verify-chain';

// An anchor is a Merkle root over the heads of all streams. A head commits to everything before it in its stream, an anchor to the
// anchor before it: whoever holds the hash of one outside can prove what stood in the ledger at that instant.

/** What the hash of an anchor covers, in the bytes of RFC 8785. */
export interface AnchorHeader {
  readonly schema: 'zhenggai.anchor/1';
  readonly number: number;
  readonly takenAt: Instant;
  /** Leaves. */
  readonly streams: number;
  readonly root: string;
  /** The hash of the anchor before it; null: the first. */
  readonly previous: string | null;
}

export interface Anchor extends AnchorHeader {
  readonly hash: string;
}

/** The head of a stream. */
export interface Leaf {
  readonly stream: string;
  readonly version: number;
  readonly hash: string;
}

const bytesOf = (value: AnchorHeader | Leaf): string => canonicalize(value) ?? '';

/** The data of a leaf: its fields in the bytes of RFC 8785. */
export const leafData = ({ stream, version, hash }: Leaf): string => bytesOf({ stream, version, hash });

export const anchorHash = ({ schema, number, takenAt, streams, root, previous }: AnchorHeader): string =>
  sha256(bytesOf({ schema, number, takenAt, streams, root, previous }));

/** Ids are compared by their UTF-8 bytes, the same on every machine. */
const inOrder = (leaves: Iterable<Leaf>): Leaf[] =>
  [...leaves].sort((a, b) => Buffer.compare(Buffer.from(a.stream, 'utf8'), Buffer.from(b.stream, 'utf8')));

const rootOfLeaves = (leaves: readonly Leaf[]): string => merkleRoot(leaves.map((leaf) => leafHash(leafData(leaf))));

/** Everybody who takes an anchor waits here for the one before. */
const ANCHOR_LOCK = 72_707_370;
const TAKE_MS = 120_000;

/**
 * Takes an anchor of what is committed now, in one snapshot. When nothing has changed since the last one, that one is returned.
 */
export async function takeAnchor(database: Database, now: Instant): Promise<Anchor> {
  return database.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${ANCHOR_LOCK})`;
      const last = await lastAnchor(tx);
      const before = new Map((await leavesAt(tx, last?.number ?? 0)).map((leaf) => [leaf.stream, leaf]));
      const heads = await tx.$queryRaw<Leaf[]>`SELECT id AS stream, version, last_hash AS hash FROM stream WHERE version > 0`;
      const changed = heads.filter((head) => before.get(head.stream)?.hash !== head.hash);
      if (last && changed.length === 0) return last;
      const leaves = inOrder(heads);
      const header: AnchorHeader = {
        schema: 'zhenggai.anchor/1',
        number: (last?.number ?? 0) + 1,
        takenAt: now,
        streams: leaves.length,
        root: rootOfLeaves(leaves),
        previous: last?.hash ?? null,
      };
      const anchor = { ...header, hash: anchorHash(header) };
      const { schema: _, takenAt, ...columns } = anchor;
      await tx.anchor.create({ data: { ...columns, takenAt: new Date(takenAt) } });
      await insertRows(tx, {
        table: 'anchor_leaf',
        columns: 'stream_id text, anchor int, version int, hash text',
        rows: changed.map(({ stream, version, hash }) => ({ stream_id: stream, anchor: anchor.number, version, hash })),
      });
      return anchor;
    },
    { isolationLevel: 'ReadCommitted', timeout: TAKE_MS },
  );
}

async function lastAnchor(tx: Transaction): Promise<Anchor | null> {
  const row = await tx.anchor.findFirst({ orderBy: { number: 'desc' } });
  return row ? anchorOf(row) : null;
}

const anchorOf = ({ number, takenAt, streams, root, previous, hash }: Omit<AnchorRow, 'schema'>): Anchor => ({
  schema: 'zhenggai.anchor/1',
  number,
  takenAt: fromMillis(takenAt.getTime()),
  streams,
  root,
  previous,
  hash,
});

interface AnchorRow {
  readonly number: number;
  readonly takenAt: Date;
  readonly streams: number;
  readonly root: string;
  readonly previous: string | null;
  readonly hash: string;
}

/** All anchors, the first one first. */
export async function anchorList(database: Pick<Database, 'anchor'>): Promise<Anchor[]> {
  return (await database.anchor.findMany({ orderBy: { number: 'asc' } })).map(anchorOf);
}

/** The heads of all streams as of an anchor. */
async function leavesAt(tx: Pick<Transaction, '$queryRaw'>, anchor: number): Promise<Leaf[]> {
  return tx.$queryRaw<Leaf[]>`SELECT DISTINCT ON (stream_id) stream_id AS stream, version, hash FROM anchor_leaf
    WHERE anchor <= ${anchor} ORDER BY stream_id, anchor DESC`;
}

/** That a head stands in an anchor, for somebody who has the anchor's hash and nothing else. */
export interface AnchorProof {
  readonly anchor: Anchor;
  readonly leaf: Leaf;
  readonly path: readonly PathStep[];
}

/** The proof of a stream's head in the latest anchor that covers it; null before its first anchor. */
export async function anchorProof(tx: Transaction, stream: string): Promise<AnchorProof | null> {
  const anchor = await lastAnchor(tx);
  if (!anchor) return null;
  const leaves = inOrder(await leavesAt(tx, anchor.number));
  const index = leaves.findIndex((leaf) => leaf.stream === stream);
  const leaf = leaves[index];
  return leaf
    ? {
        anchor,
        leaf,
        path: inclusionPath(
          leaves.map((one) => leafHash(leafData(one))),
          index,
        ),
      }
    : null;
}

/** An anchor as somebody outside holds it. */
export interface HeldAnchor {
  readonly number: number;
  readonly hash: string;
}

export interface AnchorCheck {
  readonly anchors: number;
  /** The last anchor, if there is one. */
  readonly last: Anchor | null;
  /** Events that no anchor covers. */
  readonly uncovered: number;
  /** How many of the anchors held outside were compared. */
  readonly held: number;
  readonly problems: readonly Problem[];
}

/**
 * Recomputes every anchor from its leaves, links it with the one before, compares leaves with the events as they stand, and anchors
 * with those that somebody holds outside. Reads only.
 */
export async function checkAnchors(database: Database, held: readonly HeldAnchor[] = []): Promise<AnchorCheck> {
  const anchors = await anchorList(database);
  const heads = new Map<string, Leaf>();
  const problems: Problem[] = [];
  let previous: string | null = null;
  for (const [index, anchor] of anchors.entries()) {
    const problem = (what: string): Problem => ({ stream: 'anchors', version: anchor.number, code: 'anchor', what });
    const changed = await database.anchorLeaf.findMany({ where: { anchor: anchor.number } });
    for (const { streamId: stream, version, hash } of changed) heads.set(stream, { stream, version, hash });
    if (anchor.number !== index + 1) problems.push(problem(`缺第${index + 1}号锚`));
    else if (anchor.previous !== previous) problems.push(problem('与上一号锚不相连'));
    else if (anchorHash(anchor) !== anchor.hash) problems.push(problem('校验码与锚的内容不符'));
    else if (heads.size !== anchor.streams || rootOfLeaves(inOrder(heads.values())) !== anchor.root)
      problems.push(problem('根与各账的末端不符'));
    previous = anchor.hash;
  }
  const gone = await database.$queryRaw<{ stream_id: string; version: number; anchor: number }[]>`
    SELECT l.stream_id, l.version, l.anchor FROM anchor_leaf l LEFT JOIN event e ON e.stream_id = l.stream_id AND e.version = l.version
    WHERE e.hash IS DISTINCT FROM l.hash ORDER BY l.anchor, l.stream_id`;
  problems.push(
    ...gone.map(({ stream_id, version, anchor }): Problem => ({
      stream: stream_id,
      version,
      code: 'anchor',
      what: `与第${anchor}号锚记下的记录不符`,
    })),
  );
  for (const { number, hash } of held)
    if (anchors[number - 1]?.hash !== hash)
      problems.push({ stream: 'anchors', version: number, code: 'anchor', what: `与外部保存的第${number}号锚不符` });
  const uncovered = await database.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM event e LEFT JOIN
      (SELECT stream_id, max(version) AS version FROM anchor_leaf GROUP BY stream_id) l ON l.stream_id = e.stream_id
    WHERE e.version > coalesce(l.version, 0)`;
  return { anchors: anchors.length, last: anchors.at(-1) ?? null, uncovered: uncovered[0]?.count ?? 0, held: held.length, problems };
}

/**
 * Anchors out of a text that somebody kept, a bulletin or an export: every `第37号` that is followed by 64 hex digits.
 */
export const heldIn = (text: string): HeldAnchor[] =>
  [...text.matchAll(/第\s?(\d{1,9})\s?号[^第]{0,200}?\b([0-9a-f]{64})\b/g)].map(([, number, hash]) => ({
    number: Number(number),
    hash: hash ?? '',
  }));

/** How an anchor is written where people read it. */
export const anchorLine = ({ number, takenAt, streams, hash }: Anchor): string =>
  `总账锚第${number}号（${takenAt}，${streams}本账）：${hash}`;

import { contentHash, contentRefs } from './content';
import type { Database } from './database';
import type { EventRow, Problem } from './verify-chain';

/** Contents are read this many at a time. */
const PAGE = 500;

/** Every content that an event names stands with the proof it carries, or was erased by a recorded decision. */
export async function checkContents(
  database: Database,
  rows: readonly EventRow[],
  erased: ReadonlySet<string>,
): Promise<{ problems: Problem[]; contents: number; erased: number }> {
  const refs = rows.flatMap((row) => contentRefs(row.payload).map((ref) => ({ ...ref, stream: row.stream_id, version: row.version })));
  const problems: Problem[] = [];
  let gone = 0;
  for (let from = 0; from < refs.length; from += PAGE) {
    const page = refs.slice(from, from + PAGE);
    const stored = await database.$queryRaw<StoredContent[]>`
      SELECT id, salt, bytes, erased_at FROM content WHERE id = ANY(${page.map(({ content }) => content)}::text[])`;
    const byId = new Map(stored.map((content) => [content.id, content]));
    for (const ref of page) {
      const what = fault(ref, byId.get(ref.content), erased);
      if (what === 'erased') gone += 1;
      else if (what !== null) problems.push({ stream: ref.stream, version: ref.version, code: 'content', what: `${ref.path}：${what}` });
    }
  }
  return { problems, contents: refs.length, erased: gone };
}

interface StoredContent {
  readonly id: string;
  readonly salt: Uint8Array | null;
  readonly bytes: Uint8Array | null;
  readonly erased_at: Date | null;
}

function fault(ref: { content: string; sha256: string }, stored: StoredContent | undefined, erased: ReadonlySet<string>): string | null {
  if (!stored) return '内容缺失';
  if (stored.bytes === null) return erased.has(stored.id) && stored.salt === null ? 'erased' : '内容已删除，但没有删除的记录';
  return stored.salt && contentHash(stored.salt, stored.bytes) === ref.sha256 ? null : '内容与校验码不符';
}

/** Ids of the contents whose erasure is recorded. */
export async function erasedContents(database: Database): Promise<ReadonlySet<string>> {
  const rows = await database.$queryRaw<
    { erased: string | null }[]
  >`SELECT payload->>'erased' AS erased FROM event WHERE type = 'contentErased'`;
  return new Set(rows.flatMap(({ erased }) => erased ?? []));
}

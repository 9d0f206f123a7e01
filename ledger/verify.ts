import { emptyIssue, evolve } from '../domain/issue/evolve';
import type { IssueEvent } from '../domain/issue/events';
import type { IssueState } from '../domain/issue/types';
import { fromMillis } from '../domain/time';
import { eventBytes, genesis, sha256, type EventRecord } from './chain';
import { contentHash } from './content';
import type { Database } from './database';

/** Something that does not hold, with the first event of its stream where it shows. */
export interface Problem {
  readonly stream: string;
  readonly version: number | null;
  readonly code: 'bytes' | 'hash' | 'chain' | 'order' | 'columns' | 'head' | 'content' | 'projection';
  readonly what: string;
}

export interface Verification {
  readonly streams: number;
  readonly events: number;
  readonly contents: number;
  /** Contents whose bytes were erased by a recorded decision: their proof stands, their text is gone. */
  readonly erased: number;
  readonly problems: readonly Problem[];
}

interface EventRow {
  readonly stream_id: string;
  readonly version: number;
  readonly type: string;
  readonly actor: string;
  readonly via: string;
  readonly command_key: string | null;
  readonly occurred_at: Date;
  readonly recorded_at: Date;
  readonly body: string;
  readonly hash: string;
  readonly payload: Record<string, unknown>;
}

/**
 * Recomputes the chain of every stream (or of one), compares the columns with the hashed bytes, the heads, the contents that
 * events refer to, and the projection of each issue with the fold of its events. Reads only. The first problem of a stream ends it.
 */
export async function verifyLedger(database: Database, only?: string): Promise<Verification> {
  const streams = await database.stream.findMany({ ...(only === undefined ? {} : { where: { id: only } }), orderBy: { id: 'asc' } });
  const strays = await database.$queryRaw<{ stream_id: string }[]>`
    SELECT DISTINCT e.stream_id FROM event e LEFT JOIN stream s ON s.id = e.stream_id WHERE s.id IS NULL`;
  const tally = { events: 0, contents: 0, erased: 0 };
  const problems: Problem[] = strays.map(({ stream_id }) => ({ stream: stream_id, version: null, code: 'head', what: '有事件而无账头' }));
  for (const stream of streams) {
    const rows = await database.$queryRaw<EventRow[]>`SELECT * FROM event WHERE stream_id = ${stream.id} ORDER BY version`;
    tally.events += rows.length;
    const broken = checkChain(stream.id, rows) ?? checkHead(stream, rows);
    if (broken) {
      problems.push(broken);
      continue;
    }
    problems.push(...(await checkContents(database, stream.id, rows, tally)));
    if (stream.kind === 'issue') problems.push(...(await checkProjection(database, stream.id, rows)));
  }
  return { streams: streams.length, ...tally, problems };
}

function checkChain(stream: string, rows: readonly EventRow[]): Problem | undefined {
  let previous = genesis(stream);
  for (const [index, row] of rows.entries()) {
    const problem = (code: Problem['code'], what: string): Problem => ({ stream, version: row.version, code, what });
    if (row.version !== index + 1) return problem('order', `应为第${index + 1}条事件`);
    if (sha256(row.body) !== row.hash) return problem('hash', '校验码与原文不符');
    const record = parse(row.body);
    if (record === null || eventBytes(record) !== row.body) return problem('bytes', '原文不是规范格式');
    if (record.previousHash !== previous) return problem('chain', '与上一条事件不相连');
    if (!columnsAgree(record, row, stream)) return problem('columns', '查询用的字段与原文不符');
    previous = row.hash;
  }
  return undefined;
}

function parse(body: string): EventRecord | null {
  try {
    return JSON.parse(body) as EventRecord;
  } catch {
    return null;
  }
}

function columnsAgree(record: EventRecord, row: EventRow, stream: string): boolean {
  return (
    record.stream === stream &&
    record.version === row.version &&
    record.type === row.type &&
    record.actor === row.actor &&
    record.via === row.via &&
    record.commandKey === row.command_key &&
    record.occurredAt === fromMillis(row.occurred_at.getTime()) &&
    record.recordedAt === fromMillis(row.recorded_at.getTime()) &&
    stable(record.payload) === stable(row.payload)
  );
}

function checkHead(stream: { id: string; version: number; lastHash: string }, rows: readonly EventRow[]): Problem | undefined {
  const last = rows.at(-1);
  if (last?.version === stream.version && last.hash === stream.lastHash) return undefined;
  return { stream: stream.id, version: stream.version, code: 'head', what: '末尾事件与账头不符' };
}

/** Every content that an event names stands with the proof it carries, or was erased. */
async function checkContents(
  database: Database,
  stream: string,
  rows: readonly EventRow[],
  tally: { contents: number; erased: number },
): Promise<Problem[]> {
  const refs = rows.flatMap((row) => contentRefs(row.payload).map((ref) => ({ ...ref, version: row.version })));
  const stored = await database.content.findMany({ where: { id: { in: refs.map(({ content }) => content) } } });
  const byId = new Map(stored.map((content) => [content.id, content]));
  tally.contents += refs.length;
  return refs.flatMap((ref): Problem[] => {
    const content = byId.get(ref.content);
    if (content?.erasedAt && !content.bytes) {
      tally.erased += 1;
      return [];
    }
    if (content?.salt && content.bytes && contentHash(content.salt, content.bytes) === ref.sha256) return [];
    return [{ stream, version: ref.version, code: 'content', what: content ? '内容与校验码不符' : '内容缺失' }];
  });
}

function contentRefs(value: unknown): { content: string; sha256: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('content' in value && 'sha256' in value && typeof value.content === 'string' && typeof value.sha256 === 'string')
    return [{ content: value.content, sha256: value.sha256 }];
  return Object.values(value).flatMap(contentRefs);
}

async function checkProjection(database: Database, issueId: string, rows: readonly EventRow[]): Promise<Problem[]> {
  const folded = rows.reduce<IssueState>(
    (state, row) =>
      evolve(state, { ...row.payload, type: row.type } as IssueEvent, { actor: row.actor, occurredAt: fromMillis(row.occurred_at.getTime()) }),
    emptyIssue(issueId),
  );
  const issue = await database.issue.findUnique({ where: { id: issueId } });
  if (issue && issue.phase === folded.phase && stable(issue.state) === stable(folded)) return [];
  return [{ stream: issueId, version: null, code: 'projection', what: '台账与事件推算的结果不符' }];
}

/** JSON with sorted keys, for comparing what jsonb reordered. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

import { fromMillis } from '../domain/time';
import { eventBytes, genesis, sha256, type EventRecord } from './chain';

/** Something that does not hold, with the first event of its stream where it shows. */
export interface Problem {
  readonly stream: string;
  readonly version: number | null;
  readonly code: 'bytes' | 'hash' | 'chain' | 'order' | 'columns' | 'head' | 'content' | 'projection' | 'letter' | 'anchor';
  readonly what: string;
}

/** A row of the event table. */
export interface EventRow {
  readonly stream_id: string;
  readonly version: number;
  readonly type: string;
  readonly actor: string;
  readonly via: string;
  readonly command_key: string | null;
  readonly occurred_at: Date;
  readonly recorded_at: Date;
  readonly effective_on: Date | null;
  readonly body: string;
  readonly hash: string;
  readonly payload: Record<string, unknown>;
}

/** The first event of a stream that does not hold: order, hash, bytes, link, then the columns beside the bytes. */
export function checkChain(stream: string, rows: readonly EventRow[]): Problem | undefined {
  let previous = genesis(stream);
  for (const [index, row] of rows.entries()) {
    const problem = (code: Problem['code'], what: string): Problem => ({ stream, version: index + 1, code, what });
    if (row.version !== index + 1) return problem('order', `缺第${index + 1}条事件`);
    if (sha256(row.body) !== row.hash) return problem('hash', '校验码与原文不符');
    const record = parse(row.body);
    if (record === null) return problem('bytes', '原文不是规范格式');
    if (record.previousHash !== previous) return problem('chain', '与上一条事件不相连');
    if (!columnsAgree(record, row, stream)) return problem('columns', '查询用的字段与原文不符');
    previous = row.hash;
  }
  return undefined;
}

/** The last event is the one that the head of the stream names. */
export function checkHead(
  stream: { id: string; version: number; lastHash: string; lastOccurredAt: Date },
  rows: readonly EventRow[],
): Problem | undefined {
  const last = rows.at(-1);
  if (last?.version === stream.version && last.hash === stream.lastHash && last.occurred_at.getTime() === stream.lastOccurredAt.getTime())
    return undefined;
  return { stream: stream.id, version: (last?.version ?? 0) + 1, code: 'head', what: `末尾事件与账头（第${stream.version}条）不符` };
}

/** The record that these very bytes write, or null. */
function parse(body: string): EventRecord | null {
  try {
    const record = JSON.parse(body) as EventRecord | null;
    return record !== null && eventBytes(record) === body ? record : null;
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

/** JSON with sorted keys, for comparing what jsonb reordered. */
export function stable(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

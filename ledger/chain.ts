import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Instant, LocalDate } from '../domain/time';

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The hash before the first event of a stream. */
export const genesis = (streamId: string): string => sha256(streamId);

/** What the hash of an event covers (design.md, section 6). */
export interface EventRecord {
  readonly previousHash: string;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly schemaVersion: number;
  readonly actor: string;
  readonly via: string;
  readonly commandKey: string | null;
  readonly occurredAt: Instant;
  readonly effectiveOn: LocalDate | null;
  readonly recordedAt: Instant;
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * The exact bytes of an event by RFC 8785 (keys sorted, no spaces). Numbers must be safe integers (fen, days, counts) and text
 * must be whole Unicode. Throws a RangeError for anything else, so that no platform can ever read other bytes.
 */
export function eventBytes(record: EventRecord): string {
  refuseUnportable(record);
  const bytes = canonicalize(record);
  if (bytes === undefined) throw new RangeError('an event that is no JSON value');
  return bytes;
}

export const eventHash = (bytes: string): string => sha256(bytes);

/** PostgreSQL stores no NUL and RFC 8785 knows no half of a surrogate pair. */
const unportable = /\p{Surrogate}|\0/u;

function refuseUnportable(value: unknown): void {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError(`not a safe integer in an event: ${value}`);
  if (typeof value === 'bigint') throw new RangeError('a bigint in an event: write it as text');
  if (typeof value === 'string' && unportable.test(value))
    throw new RangeError(`text in an event that is not whole Unicode: ${JSON.stringify(value)}`);
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) {
      refuseUnportable(key);
      refuseUnportable(inner);
    }
}

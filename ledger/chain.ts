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
 * The exact bytes of an event by RFC 8785 (keys sorted, no spaces). Numbers must be safe integers: fen, days, counts.
 * Throws a RangeError for any other number, so that no platform can ever read other bytes.
 */
export function eventBytes(record: EventRecord): string {
  refuseFractions(record);
  const bytes = canonicalize(record);
  if (bytes === undefined) throw new RangeError('an event that is no JSON value');
  return bytes;
}

export const eventHash = (bytes: string): string => sha256(bytes);

function refuseFractions(value: unknown): void {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new RangeError(`not a safe integer in an event: ${value}`);
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(refuseFractions);
}

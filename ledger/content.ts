import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { ContentRef } from '../domain/content';
import type { IssueCommand } from '../domain/issue/commands';
import type { Recorded } from '../domain/recorded';
import type { RoundCommand } from '../domain/round/commands';
import { insertRows, type Transaction } from './database';

/** A piece of text with its salt, ready to be stored beside the event that refers to it. */
export interface SealedContent {
  readonly ref: ContentRef;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The proof an event carries of a content: SHA-256(salt ‖ bytes). */
export const contentHash = (salt: Uint8Array, bytes: Uint8Array): string => createHash('sha256').update(salt).update(bytes).digest('hex');

/** Seals a text: after erasure of bytes and salt the proof says nothing about it any more. */
export function sealText(text: string): SealedContent {
  const salt = new Uint8Array(randomBytes(32));
  const bytes = new Uint8Array(Buffer.from(text, 'utf8'));
  return { ref: { content: randomUUID(), sha256: contentHash(salt, bytes) }, salt, bytes };
}

/** Stores sealed contents. */
export async function insertContents(
  tx: Transaction,
  contents: readonly SealedContent[],
  mediaType = 'text/plain; charset=utf-8',
): Promise<void> {
  await insertRows(tx, {
    table: 'content',
    columns: 'id text, salt bytea, bytes bytea, media_type text',
    rows: contents.map(({ ref, salt, bytes }) => ({ id: ref.content, salt: hex(salt), bytes: hex(bytes), media_type: mediaType })),
  });
}

/** A bytea as jsonb_to_recordset reads it. */
const hex = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`;

/** Names of the fields of T, at any depth, that hold sealed text. */
type SealedField<T> = T extends readonly (infer E)[]
  ? SealedField<E>
  : T extends object
    ? { [K in keyof T & string]-?: NonNullable<T[K]> extends ContentRef ? K : SealedField<NonNullable<T[K]>> }[keyof T & string]
    : never;

/** The free text of commands. The compiler refuses a command whose text is missing here: it would be stored in the clear. */
const freeText: Readonly<Record<SealedField<IssueCommand | RoundCommand | Recorded>, true>> = {
  text: true,
  rootCause: true,
  opinion: true,
  progress: true,
  evidence: true,
  reason: true,
  summary: true,
  seen: true,
  reply: true,
  note: true,
  title: true,
  document: true,
  original: true,
  minutes: true,
  widerCheck: true,
  receiver: true,
  asked: true,
  ownShare: true,
  answer: true,
  names: true,
  name: true,
  voucher: true,
  place: true,
};

/** Replaces every free text of a command body by its reference, and returns what must be stored. */
export function sealBody(body: unknown): { readonly body: unknown; readonly contents: readonly SealedContent[] } {
  const contents: SealedContent[] = [];
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        typeof inner === 'string' && Object.hasOwn(freeText, key) ? seal(inner) : walk(inner),
      ]),
    );
  };
  const seal = (text: string): ContentRef => {
    const sealed = sealText(text);
    contents.push(sealed);
    return sealed.ref;
  };
  return { body: walk(body), contents };
}

/** Every content that a value refers to, with the path of its field: `measures.0.text`. */
export function contentRefs(value: unknown, path = ''): (ContentRef & { readonly path: string })[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('content' in value && 'sha256' in value && typeof value.content === 'string' && typeof value.sha256 === 'string')
    return [{ content: value.content, sha256: value.sha256, path }];
  return Object.entries(value).flatMap(([key, inner]) => contentRefs(inner, path === '' ? key : `${path}.${key}`));
}

/** What stands in place of a text that was erased by a recorded decision. */
export const ERASED = '（已按决定删除）';

/** The texts of contents by id; an erased one reads `ERASED`. */
export async function readTexts(tx: Pick<Transaction, '$queryRaw'>, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.$queryRaw<{ id: string; bytes: Uint8Array | null }[]>`SELECT id, bytes FROM content WHERE id = ANY(${ids}::text[])`;
  return new Map(rows.map(({ id, bytes }) => [id, bytes ? Buffer.from(bytes).toString('utf8') : ERASED]));
}

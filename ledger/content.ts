import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { ContentRef } from '../domain/issue/types';

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

/** Fields of command bodies that are free text: they are sealed before the command is stored. */
const freeText: ReadonlySet<string> = new Set(['text', 'rootCause', 'opinion', 'progress', 'evidence', 'reason', 'summary', 'seen', 'reply', 'note']);

/** Replaces every free text of a command body by its reference, and returns what must be stored. */
export function sealBody(body: unknown): { readonly body: unknown; readonly contents: readonly SealedContent[] } {
  const contents: SealedContent[] = [];
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, typeof inner === 'string' && freeText.has(key) ? seal(inner) : walk(inner)]));
  };
  const seal = (text: string): ContentRef => {
    const sealed = sealText(text);
    contents.push(sealed);
    return sealed.ref;
  };
  return { body: walk(body), contents };
}

import { createHash, timingSafeEqual } from 'node:crypto';

const BYTES = 32;

/**
 * A new secret for the address of a calendar, 256 random bits as base64url (43 characters, safe in a path). It is shown once and
 * stored nowhere: only its hash is kept.
 * @param randomBytes gives so many random bytes: `randomBytes` of node:crypto.
 */
export const newFeedSecret = (randomBytes: (size: number) => Uint8Array): string => Buffer.from(randomBytes(BYTES)).toString('base64url');

/** What the ledger keeps of a secret: SHA-256 in hex. The secret is random through and through, so a plain hash gives nothing away. */
export const hashFeedSecret = (secret: string): string => createHash('sha256').update(secret, 'utf8').digest('hex');

/** Whether a secret is the one of a stored hash; takes the same time wherever they differ. */
export function isFeedSecret(secret: string, storedHash: string): boolean {
  const [given, stored] = [hashFeedSecret(secret), storedHash].map((hash) => Buffer.from(hash, 'hex'));
  return given !== undefined && given.length === stored?.length && timingSafeEqual(given, stored);
}

/** The path of a calendar below the base of all links. */
export const feedPath = (secret: string): string => `/calendar/${secret}.ics`;

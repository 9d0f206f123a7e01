import { randomBytes } from 'node:crypto';
import { badInput } from '../domain/failure';
import { sha256 } from './chain';
import type { Database } from './database';

/**
 * Makes a token that lets a script act for a person and returns its text, this once: only its SHA-256 is kept (the token is 256
 * random bits, so a plain hash gives nothing away). Throws bad input when the directory does not know the person.
 */
export async function createToken(database: Database, personId: string): Promise<string> {
  if (!(await database.person.findUnique({ where: { id: personId } })))
    throw badInput('person.unknown', `通讯录中没有人员${personId}。`, '请先导入人员，或改用已有人员。');
  const token = `zg_${randomBytes(32).toString('base64url')}`;
  await database.accessToken.create({ data: { sha256: sha256(token), personId } });
  return token;
}

/** Whose token this is; null when it is unknown or revoked. */
export async function personOfToken(database: Database, token: string): Promise<string | null> {
  const row = await database.accessToken.findUnique({ where: { sha256: sha256(token) } });
  return row?.revokedAt === null ? row.personId : null;
}

/** Revokes one token; false when it was none or is revoked already. */
export async function revokeToken(database: Database, token: string): Promise<boolean> {
  const { count } = await database.accessToken.updateMany({
    where: { sha256: sha256(token), revokedAt: null },
    data: { revokedAt: new Date() },
  });
  return count > 0;
}

/** Revokes every token of a person (who left, or lost one) and returns how many. */
export async function revokeTokensOf(database: Database, personId: string): Promise<number> {
  const { count } = await database.accessToken.updateMany({ where: { personId, revokedAt: null }, data: { revokedAt: new Date() } });
  return count;
}

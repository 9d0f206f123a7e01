import { requireChoosable, type Preference } from '../domain/reach';
import { badInput } from '../domain/failure';
import { fromMillis, type Instant } from '../domain/time';
import type { Database, Transaction } from './database';

/** What most people have: mail at the usual time. */
export const usual: Preference = { ways: [], opensAt: null };

/** The preferences in force of some persons; who never chose is missing. */
export async function preferencesOf(
  tx: Pick<Transaction, '$queryRaw'>,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, Preference>> {
  if (personIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ person_id: string; channels: string[]; opens_at: number | null }[]>`
    SELECT DISTINCT ON (person_id) person_id, channels, opens_at FROM preference
    WHERE person_id = ANY(${personIds}::text[]) ORDER BY person_id, id DESC`;
  return new Map(rows.map(({ person_id, channels, opens_at }) => [person_id, { ways: channels, opensAt: opens_at }]));
}

/** One choice of a person, and who entered it. */
export interface PreferenceRow extends Preference {
  readonly setAt: Instant;
  readonly setBy: string;
}

/** All that a person chose so far, the latest first. */
export async function preferenceHistory(database: Database, personId: string): Promise<PreferenceRow[]> {
  const rows = await database.preference.findMany({ where: { personId }, orderBy: { id: 'desc' } });
  return rows.map(({ channels, opensAt, setAt, setBy }) => ({ ways: channels, opensAt, setAt: fromMillis(setAt.getTime()), setBy }));
}

/**
 * Records what a person chooses; it counts for notices that are made from now on. `configured`: names of robots and webhooks. Throws
 * `person.unknown` and what requireChoosable throws.
 */
export async function setPreference(
  database: Database,
  personId: string,
  preference: Preference,
  { by, now, configured }: { by: string; now: Instant; configured: readonly string[] },
): Promise<void> {
  const person = await database.person.findUnique({ where: { id: personId } });
  if (!person) throw badInput('person.unknown', `通讯录中没有人员${personId}。`, '请先导入人员，或改用已有人员。');
  requireChoosable(preference, person.email !== null, configured);
  await database.preference.create({
    data: { personId, channels: [...preference.ways], opensAt: preference.opensAt, setAt: new Date(now), setBy: by },
  });
}

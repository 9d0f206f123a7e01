import type { Instant } from '../domain/time';
import type { Database } from './database';

/** The world instant of a demo ledger, or null where time is wall time. */
export async function worldInstant(database: Database): Promise<Instant | null> {
  const row = await database.setting.findUnique({ where: { name: 'world' } });
  return (row?.value as { instant?: Instant } | undefined)?.instant ?? null;
}

/** Moves the world clock of a demo ledger; it never runs backwards. */
export async function moveWorld(database: Database, instant: Instant): Promise<void> {
  await database.$executeRaw`INSERT INTO setting (name, value) VALUES ('world', ${JSON.stringify({ instant })}::jsonb)
    ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value WHERE setting.value->>'instant' < EXCLUDED.value->>'instant'`;
}

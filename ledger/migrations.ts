import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';

/** The advisory lock that Prisma's own engine takes, so that both never migrate at once. */
const PRISMA_LOCK = 72707369;

const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ, "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT, "rolled_back_at" TIMESTAMPTZ, "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;

/**
 * Brings a database up to the migrations of `directory` in Prisma's folder and table format, as the owner of the tables.
 * Idempotent and safe side by side. Returns the names applied. Throws when an earlier one failed or an applied one was edited.
 */
export async function deployMigrations(ownerUrl: string, directory: string): Promise<string[]> {
  const db = new Client({ connectionString: ownerUrl });
  await db.connect();
  try {
    await db.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK]);
    await db.query(TABLE);
    const done = await appliedMigrations(db);
    const names = (await readdir(directory, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const applied: string[] = [];
    for (const name of names.sort()) if (await applyOne(db, path.join(directory, name), done)) applied.push(name);
    return applied;
  } finally {
    await db.end();
  }
}

async function appliedMigrations(db: Client): Promise<Map<string, string>> {
  const { rows } = await db.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  const failed = rows.find((row) => row.finished_at === null);
  if (failed) throw new Error(`migration ${failed.migration_name} failed earlier: mend its cause and mark it as rolled back`);
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

async function applyOne(db: Client, folder: string, done: ReadonlyMap<string, string>): Promise<boolean> {
  const name = path.basename(folder);
  const sql = await readFile(path.join(folder, 'migration.sql'), 'utf8');
  const checksum = createHash('sha256').update(sql).digest('hex');
  const before = done.get(name);
  if (before === checksum) return false;
  if (before !== undefined) throw new Error(`migration ${name} was edited after it was applied`);
  const id = randomUUID();
  await db.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [id, checksum, name]);
  try {
    await db.query(sql); // the simple protocol: the whole file in one implicit transaction
  } catch (error) {
    await db.query('UPDATE _prisma_migrations SET logs = $2, rolled_back_at = now() WHERE id = $1', [id, String(error)]);
    throw error;
  }
  await db.query('UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1', [id]);
  return true;
}

import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { ZhenggaiError } from '../domain/failure';

/** The advisory lock that Prisma's own engine takes, so that both never migrate at once. */
const PRISMA_LOCK = 72707369;

const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ, "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT, "rolled_back_at" TIMESTAMPTZ, "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;

/**
 * Brings a database up to the migrations of `directory` in Prisma's folder and table format, as the owner of the tables; with `only`, no
 * further than the migrations that a backup was taken with.
 * Idempotent and safe side by side. A migration and its record stand or fall together, whatever crashes; so none may hold a
 * statement that refuses to run in a transaction. Returns the names applied. Throws, before it changes anything, when an applied
 * one was edited or is not here (a newer program's database), or when Prisma's engine left a failed one.
 */
export async function deployMigrations(ownerUrl: string, directory: string, only?: readonly string[]): Promise<string[]> {
  const db = new Client({ connectionString: ownerUrl });
  await db.connect();
  try {
    await db.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK]);
    await db.query(TABLE);
    const migrations = await readMigrations(directory);
    const done = await appliedMigrations(db);
    const open = migrations.filter(({ name, checksum }) => {
      const before = done.get(name);
      if (before !== undefined && before !== checksum)
        throw refusal('migration.edited', `数据库结构变更${name}执行之后文件被改动。`, '请恢复原文件；要再改结构，另加一次变更。');
      return before === undefined;
    });
    const unknown = [...done.keys(), ...(only ?? [])].find((name) => !migrations.some((migration) => migration.name === name));
    if (unknown !== undefined) throw refusal('migration.unknown', `数据库由更新版本的程序建立（含${unknown}）。`, '请换用相应版本的程序。');
    const wanted = open.filter(({ name }) => only?.includes(name) ?? true);
    for (const migration of wanted) await apply(db, migration);
    return wanted.map(({ name }) => name);
  } finally {
    await db.end();
  }
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const folders = (await readdir(directory, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    folders.sort().map(async (name) => {
      const sql = await readFile(path.join(directory, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function appliedMigrations(db: Client): Promise<Map<string, string>> {
  const { rows } = await db.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  const failed = rows.find((row) => row.finished_at === null);
  if (failed)
    throw refusal(
      'migration.failed',
      `数据库结构变更${failed.migration_name}上次没有完成。`,
      '请排除原因，并用 prisma migrate resolve 标为已回退。',
    );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

async function apply(db: Client, { name, sql, checksum }: Migration): Promise<void> {
  await db.query('BEGIN');
  try {
    await db.query(sql);
    await db.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await db.query('COMMIT');
  } catch (error) {
    await db.query('ROLLBACK');
    throw new Error(`migration ${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

const refusal = (code: string, what: string, todo: string): ZhenggaiError => new ZhenggaiError('doesNotHold', { code, what, todo });

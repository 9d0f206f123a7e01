import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { z } from 'zod';
import { badInput, ZhenggaiError } from '../domain/failure';
import type { Instant } from '../domain/time';

const file = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.number().int(),
  bytes: z.number().int(),
  sha256: z.string(),
});
const manifestSchema = z.object({
  schema: z.literal('zhenggai.backup/1'),
  kind: z.enum(['demo', 'production']),
  /** The ledger's own instant; everything that was committed before it is in the backup. */
  takenAt: z.iso.datetime(),
  program: z.string(),
  migrations: z.array(z.string()),
  tables: z.array(file),
  /** The last value of each sequence; null: never used. */
  sequences: z.array(z.object({ name: z.string(), value: z.string().nullable() })),
  /** Settings of the environment that differ from nothing set, without the secret ones. */
  configuration: z.record(z.string(), z.string()),
});

/** What a backup is, beside a gzip file a table in PostgreSQL's COPY text format. */
export type BackupManifest = z.infer<typeof manifestSchema>;

const MANIFEST = 'manifest.json';
/** Belongs to the server that wrote it: in another one, rows get the number of the transaction that restores them. */
const ofTheServer = new Set(['event.xid']);
const OURS = '_prisma_migrations';

/**
 * Writes everything the ledger holds (accounts, contents with their evidence, directory, rules, deliveries) into a new folder, as one
 * transaction sees it, while the system stays up. `folder` appears only when it is complete. Throws `backup.exists`.
 */
export async function writeBackup(
  url: string,
  folder: string,
  about: Pick<BackupManifest, 'kind' | 'program' | 'configuration'> & { readonly takenAt: Instant },
): Promise<BackupManifest> {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  const db = new Client({ connectionString: url });
  await db.connect();
  try {
    await db.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows: migrations } = await db.query<{ name: string }>(
      `SELECT migration_name AS name FROM ${OURS} WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1`,
    );
    const tables: BackupManifest['tables'] = [];
    for (const { name, columns } of await tablesOf(db)) tables.push(await writeTable(db, { name, columns, folder: partial }));
    const { rows: sequences } = await db.query<{ name: string; value: string | null }>(
      `SELECT sequencename AS name, last_value::text AS value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1`,
    );
    await db.query('COMMIT');
    const manifest: BackupManifest = {
      schema: 'zhenggai.backup/1',
      ...about,
      migrations: migrations.map(({ name }) => name),
      tables,
      sequences,
    };
    await writeFile(path.join(partial, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
    await rename(partial, folder).catch((error: unknown) => {
      throw badInput('backup.exists', `${folder} 已存在且不是空目录。`, '请换一个目录名。', error);
    });
    return manifest;
  } finally {
    await db.end();
    await rm(partial, { recursive: true, force: true });
  }
}

/**
 * Reads the manifest of a backup and compares every file with its SHA-256. Throws `backup.none`, `backup.unreadable`, `backup.damaged`.
 */
export async function openBackup(folder: string): Promise<BackupManifest> {
  const text = await readFile(path.join(folder, MANIFEST), 'utf8').catch((error: unknown) => {
    throw badInput('backup.none', `${folder} 里没有备份（缺${MANIFEST}）。`, '请指定 zhenggai backup 建立的目录。', error);
  });
  const manifest = parse(text);
  for (const { name, sha256 } of manifest.tables) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(fileOf(folder, name)), hash).catch((error: unknown) => {
      throw badInput('backup.damaged', `备份缺少文件 ${name}.copy.gz。`, '请改用另一份备份。', error);
    });
    if (hash.digest('hex') !== sha256) throw badInput('backup.damaged', `备份文件 ${name}.copy.gz 与校验码不符。`, '请改用另一份备份。');
  }
  return manifest;
}

function parse(text: string): BackupManifest {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw badInput('backup.unreadable', `备份的${MANIFEST}不能读取。`, '请改用另一份备份，或换用建立它的程序版本。', error);
  }
}

/**
 * Loads a backup into a database that has its migrations and no rows, as the owner of the tables, in one transaction: all or nothing.
 * Throws `restore.notEmpty`.
 */
export async function loadBackup(ownerUrl: string, folder: string, { tables, sequences }: BackupManifest): Promise<void> {
  const db = new Client({ connectionString: ownerUrl });
  await db.connect();
  try {
    await db.query('BEGIN');
    for (const { name } of tables) {
      const { rows } = await db.query<{ there: boolean }>(`SELECT EXISTS (SELECT FROM ${db.escapeIdentifier(name)}) AS there`);
      if (rows[0]?.there !== false)
        throw new ZhenggaiError('badInput', {
          code: 'restore.notEmpty',
          what: '要恢复到的数据库里已有数据。',
          todo: '请指定一个新的数据目录，或一个空的数据库。',
        });
    }
    for (const { name, columns } of tables) {
      const into = `COPY ${db.escapeIdentifier(name)} (${columns.map((column) => db.escapeIdentifier(column)).join(', ')}) FROM STDIN`;
      await pipeline(createReadStream(fileOf(folder, name)), createGunzip(), db.query(copyFrom(into)));
    }
    for (const { name, value } of sequences)
      if (value !== null) await db.query('SELECT setval($1::regclass, $2::bigint)', [`public.${db.escapeIdentifier(name)}`, value]);
    await db.query('COMMIT');
  } finally {
    await db.end();
  }
}

const fileOf = (folder: string, table: string): string => path.join(folder, `${table}.copy.gz`);

async function tablesOf(db: Client): Promise<{ name: string; columns: string[] }[]> {
  const { rows } = await db.query<{ name: string; columns: string[] }>(
    `SELECT c.table_name AS name, array_agg(c.column_name::text ORDER BY c.ordinal_position) AS columns
     FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.table_name <> $1 AND c.is_generated = 'NEVER'
     GROUP BY 1 ORDER BY 1`,
    [OURS],
  );
  return rows.map(({ name, columns }) => ({ name, columns: columns.filter((column) => !ofTheServer.has(`${name}.${column}`)) }));
}

async function writeTable(
  db: Client,
  { name, columns, folder }: { name: string; columns: string[]; folder: string },
): Promise<BackupManifest['tables'][number]> {
  const copy = db.query(
    copyTo(`COPY (SELECT ${columns.map((column) => db.escapeIdentifier(column)).join(', ')} FROM ${db.escapeIdentifier(name)}) TO STDOUT`),
  );
  const hash = createHash('sha256');
  const counter = new Counter(hash);
  await pipeline(copy, createGzip(), counter, createWriteStream(fileOf(folder, name), { mode: 0o600, flush: true }));
  return { name, columns, rows: copy.rowCount, bytes: counter.bytes, sha256: hash.digest('hex') };
}

/** Lets bytes through, counted and hashed. */
class Counter extends Transform {
  bytes = 0;
  constructor(private readonly hash: Hash) {
    super();
  }
  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    this.bytes += chunk.length;
    this.hash.update(chunk);
    done(null, chunk);
  }
}

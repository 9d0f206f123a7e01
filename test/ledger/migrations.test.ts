import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deployMigrations } from '../../ledger/migrations';
import { services } from '../support/fixture';
import { sql } from './support';

let url: string;
let directory: string;
beforeEach(async () => {
  const name = `m_${randomUUID().replaceAll('-', '')}`;
  await sql(services().adminUrl, `CREATE DATABASE "${name}" OWNER "${new URL(services().ownerUrl).username}"`);
  url = Object.assign(new URL(services().ownerUrl), { pathname: `/${name}` }).href;
  directory = mkdtempSync(path.join(tmpdir(), 'zhenggai-migrations-'));
  migration('1_one', 'CREATE TABLE one (id int); INSERT INTO one VALUES (1);');
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function migration(name: string, text: string): void {
  mkdirSync(path.join(directory, name), { recursive: true });
  writeFileSync(path.join(directory, name, 'migration.sql'), text);
}
const deploy = (): Promise<string[]> => deployMigrations(url, directory);
const tables = async (): Promise<string[]> =>
  (await sql<{ name: string }>(url, `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)).map(
    ({ name }) => name,
  );

test('applies what is missing, in order, once', async () => {
  migration('2_two', 'CREATE TABLE two (id int)');
  expect(await deploy()).toEqual(['1_one', '2_two']);
  expect(await deploy()).toEqual([]);
  migration('3_three', 'CREATE TABLE three (id int)');
  expect(await deploy()).toEqual(['3_three']);
  expect(await tables()).toEqual(['_prisma_migrations', 'one', 'three', 'two']);
});

test('runs side by side apply it once', async () => {
  const applied = await Promise.all(Array.from({ length: 5 }, deploy));
  expect(applied.flat()).toEqual(['1_one']);
  expect(await sql(url, 'SELECT * FROM one')).toHaveLength(1);
});

test('an applied migration that was edited is refused, before anything else is applied', async () => {
  await deploy();
  migration('1_one', 'CREATE TABLE one (id bigint)');
  migration('0_zero', 'CREATE TABLE zero (id int)');
  await expect(deploy()).rejects.toMatchObject({ kind: 'doesNotHold', failure: { code: 'migration.edited' } });
  expect(await tables()).not.toContain('zero');
});

test('a database of a newer program is refused', async () => {
  migration('2_two', 'CREATE TABLE two (id int)');
  await deploy();
  rmSync(path.join(directory, '2_two'), { recursive: true });
  await expect(deploy()).rejects.toMatchObject({ failure: { code: 'migration.unknown' } });
});

test('a failing migration leaves nothing, keeps those before it, and can be mended', async () => {
  migration('2_two', 'CREATE TABLE two (id int); SELECT 1 / 0;');
  await expect(deploy()).rejects.toThrow('migration 2_two: division by zero');
  expect(await tables()).toEqual(['_prisma_migrations', 'one']);
  expect(await sql(url, 'SELECT migration_name FROM _prisma_migrations')).toEqual([{ migration_name: '1_one' }]);
  migration('2_two', 'CREATE TABLE two (id int)');
  expect(await deploy()).toEqual(['2_two']);
});

test("one that Prisma's engine left unfinished is refused", async () => {
  await deploy();
  await sql(url, `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', '2_two')`);
  await expect(deploy()).rejects.toMatchObject({ failure: { code: 'migration.failed' } });
});

test("the record is Prisma's: columns, checksum, finished and counted", async () => {
  await deploy();
  const columns = await sql(
    url,
    `SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_name = '_prisma_migrations' ORDER BY ordinal_position`,
  );
  expect(columns.map((column) => Object.values(column).join(' '))).toEqual([
    'id character varying NO',
    'checksum character varying NO',
    'finished_at timestamp with time zone YES',
    'migration_name character varying NO',
    'logs text YES',
    'rolled_back_at timestamp with time zone YES',
    'started_at timestamp with time zone NO',
    'applied_steps_count integer NO',
  ]);
  expect(await sql(url, 'SELECT checksum, applied_steps_count, finished_at >= started_at AS finished FROM _prisma_migrations')).toEqual([
    { checksum: expect.stringMatching(/^[0-9a-f]{64}$/) as string, applied_steps_count: 1, finished: true },
  ]);
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { services } from '../support/fixture';

const root = path.resolve(__dirname, '../..');
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'zhenggai-schema-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

async function migrate(...args: string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [path.join(root, 'tools/migrate.mjs'), ...args], {
    env: { ...process.env, DATABASE_URL: services().adminUrl },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, output };
}

test('schema.prisma and the migrations agree', async () => {
  expect(await migrate('check')).toMatchObject({ code: 0 });
});

test('drift is found', async () => {
  const drifted = path.join(directory, 'schema.prisma');
  writeFileSync(
    drifted,
    readFileSync(path.join(root, 'prisma/schema.prisma'), 'utf8').replace('email String?', 'email String?\n  phone String?'),
  );
  const { code, output } = await migrate('check', '--schema', drifted);
  expect(code).toBe(1);
  expect(output).toContain('ALTER TABLE "person" ADD COLUMN     "phone" TEXT');
});

test('usage is refused with 2', async () => {
  expect(await migrate('create', 'Bad Name')).toMatchObject({ code: 2 });
});

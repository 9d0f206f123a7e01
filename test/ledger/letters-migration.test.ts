import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deployMigrations } from '../../ledger/migrations';
import { services } from '../support/fixture';
import { sql } from './support';

const migrations = path.resolve(__dirname, '../../prisma/migrations');
const NOTICES = '_notices';

let url: string;
let before: string;
beforeAll(async () => {
  const name = `m_${randomUUID().replaceAll('-', '')}`;
  await sql(services().adminUrl, `CREATE DATABASE "${name}" OWNER "${new URL(services().ownerUrl).username}"`);
  url = Object.assign(new URL(services().ownerUrl), { pathname: `/${name}` }).href;
  before = mkdtempSync(path.join(tmpdir(), 'zhenggai-letters-'));
  const names = readdirSync(migrations).sort();
  const older = names.slice(
    0,
    names.findIndex((one) => one.endsWith(NOTICES)),
  );
  for (const one of older) cpSync(path.join(migrations, one), path.join(before, one), { recursive: true });
});
afterAll(() => {
  rmSync(before, { recursive: true });
});

test('what was signed before there were letters stands in a letter of its own', async () => {
  await deployMigrations(url, before);
  await sql(
    url,
    `INSERT INTO paper (stream_id, id, kind, state, issuer, addressee, number, signed_on) VALUES
      ('R1-001', 'reminderLetter-1', 'reminderLetter', 'issued', 'rectificationOffice', 'leadLeader', '〔2025〕1号', '2025-11-03'),
      ('R1-001', 'supervisionOrder-2', 'supervisionOrder', 'replied', 'rectificationOffice', 'leadLeader', '〔2025〕1号', '2025-11-10'),
      ('R1-001', 'finalWarning-3', 'finalWarning', 'draft', 'inspectionOffice', 'firstResponsible', NULL, NULL),
      ('base', 'reminderLetter-1', 'reminderLetter', 'issued', 'rectificationOffice', 'unitHead', '〔2025〕2号', '2025-11-04')`,
  );
  await deployMigrations(url, migrations);
  const rows = await sql(
    url,
    `SELECT id, kind, number, addressee, signed_on::text, content_id, sha256 FROM letter ORDER BY id COLLATE "C"`,
  );
  const kept = { content_id: null, sha256: null };
  expect(rows).toEqual([
    {
      ...kept,
      id: 'R1-001/reminderLetter-1',
      kind: 'reminderLetter',
      number: '〔2025〕1号',
      addressee: 'leadLeader',
      signed_on: '2025-11-03',
    },
    {
      ...kept,
      id: 'R1-001/supervisionOrder-2',
      kind: 'supervisionOrder',
      number: '〔2025〕1号',
      addressee: 'leadLeader',
      signed_on: '2025-11-10',
    },
    { ...kept, id: 'base/reminderLetter-1', kind: 'reminderLetter', number: '〔2025〕2号', addressee: 'unitHead', signed_on: '2025-11-04' },
  ]);
});

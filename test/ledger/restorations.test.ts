import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DigestContent } from '../../domain/digest';
import { addMillis, type Instant } from '../../domain/time';
import { auditNotices } from '../../ledger/audit';
import { loadBackup, openBackup, writeBackup } from '../../ledger/backup';
import { sendAgain } from '../../ledger/by-hand';
import { inTransaction, openDatabase } from '../../ledger/database';
import { claimDigest, openDigests, outgoing, recordAttempt } from '../../ledger/digests';
import { deployMigrations } from '../../ledger/migrations';
import type { DigestKey } from '../../ledger/notices';
import { findings } from '../../ledger/reconcile';
import { decideWithheld, recordRestoration, withheld } from '../../ledger/restorations';
import { advance } from '../../ledger/step';
import { verifyLedger } from '../../ledger/verify';
import { composeLetter } from '../../papers/compose-letter';
import { openTestLedger, services, START, type TestLedger } from '../support/fixture';
import { removeTemporaryDirs, temporaryDir } from '../support/servers';
import { act, assign, at, live, openIssue, sql } from './support';

const migrations = path.resolve(__dirname, '../../prisma/migrations');
const TUESDAY = at('2026-03-03T08:30');
const FRIDAY = at('2026-03-06T08:30');
/** The loss: the backup is of Monday night, the restored system starts on Thursday. */
const BACKUP = at('2026-03-02T22:00');
const RESTORED = at('2026-03-05T14:00');

let ledger: TestLedger;
let folder: string;
const opened: TestLedger[] = [];
beforeEach(async () => {
  ledger = await openTestLedger();
  opened.push(ledger);
  folder = path.join(temporaryDir(), 'backup');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});
afterAll(removeTemporaryDirs);

/** An empty database of the same server. */
async function emptyDatabase(): Promise<TestLedger> {
  const { adminUrl, appUrl, ownerUrl } = services();
  const name = `r_${randomUUID().replaceAll('-', '')}`;
  await sql(adminUrl, `CREATE DATABASE "${name}" OWNER "${new URL(ownerUrl).username}"`);
  const urlOf = (url: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  const database = openDatabase(urlOf(appUrl));
  const made = { name, database, appUrl: urlOf(appUrl), ownerUrl: urlOf(ownerUrl), close: () => database.$disconnect() };
  opened.push(made);
  return made;
}
const backUp = (of = ledger, takenAt: Instant = BACKUP) =>
  writeBackup(of.appUrl, folder, { kind: 'production', program: '0.1.0', configuration: {}, takenAt });
async function restored(): Promise<TestLedger> {
  const manifest = await openBackup(folder);
  const empty = await emptyDatabase();
  await deployMigrations(empty.ownerUrl, migrations, manifest.migrations);
  await loadBackup(empty.ownerUrl, folder, manifest);
  await deployMigrations(empty.ownerUrl, migrations);
  return empty;
}
/** Monday's ledger, restored on Thursday; how many notices it withheld. */
async function lost(): Promise<{ again: TestLedger; held: number }> {
  await backUp();
  const again = await restored();
  const held = await inTransaction(again.database, (tx) => recordRestoration(tx, { backupAt: BACKUP, restoredAt: RESTORED }));
  return { again, held };
}

const render = (content: DigestContent) =>
  Promise.resolve({ messageId: `m-${randomUUID()}`, subject: 's', bytes: new Uint8Array(Buffer.from(JSON.stringify(content.lines))) });
const claim = (of: TestLedger, key: DigestKey, now: Instant) => claimDigest(of.database, key, now, { render, compose: composeLetter });
/** Everything that would be handed over up to `now`: whose, and about what. */
async function sentBy(of: TestLedger, now: Instant): Promise<string[]> {
  const said: string[] = [];
  for (const key of (await openDigests(of.database)).filter(({ opening }) => opening <= now)) {
    await claim(of, key, addMillis(key.opening, 15 * 60_000) > now ? now : addMillis(key.opening, 15 * 60_000));
    const message = await outgoing(of.database, key, now);
    if (!message) continue;
    const lines = JSON.parse(Buffer.from(message.bytes).toString()) as { streamId: string }[];
    said.push(...lines.map(({ streamId }) => `${key.personId} ${streamId}`));
    await recordAttempt(of.database, key, { way: message.way, attempt: { outcome: 'sent', response: '250', millis: 1 }, now });
  }
  return said.sort();
}
const noticesOf = async (of: TestLedger, state: string) =>
  (await of.database.notice.findMany({ where: { state }, orderBy: [{ personId: 'asc' }, { obligationId: 'asc' }] })).map(
    ({ personId, obligationId }) => `${personId} ${obligationId}`,
  );

test('a backup is every row of every table, taken while the system works, and the restored ledger verifies', async () => {
  const issueId = await openIssue(ledger);
  await live(ledger, issueId);
  const manifest = await backUp();
  expect(manifest.tables.length).toBeGreaterThan(25);
  const again = await restored();
  for (const { name, columns } of manifest.tables) {
    const rows = (url: string) => sql(url, `SELECT ${columns.map((column) => `"${column}"`).join(', ')} FROM "${name}" ORDER BY 1, 2`);
    expect([name, await rows(again.ownerUrl)]).toEqual([name, await rows(ledger.ownerUrl)]);
  }
  const { problems, events } = await verifyLedger(again.database);
  expect({ problems, events }).toEqual({ problems: [], events: (await verifyLedger(ledger.database)).events });
  // numbers go on where they were, and the walls stand
  await openIssue(again, addMillis(START, 40 * 86_400_000));
  await expect(sql(again.appUrl, 'DELETE FROM event')).rejects.toThrow();
  await expect(sql(again.ownerUrl, 'DELETE FROM event')).rejects.toThrow();
});

test('what was open at the backup and may have been told since is withheld: nobody hears it twice, the office decides', async () => {
  const issueId = await openIssue(ledger);
  await advance(ledger.database, issueId, START);
  const { again, held } = await lost();
  expect(held).toBe(2);
  expect(await noticesOf(again, 'withheld')).toEqual(['clerk assign#1', 'office assign#1']);
  expect(await withheld(again.database)).toMatchObject([
    { personId: 'clerk', opening: TUESDAY, notices: 1, written: false },
    { personId: 'office', opening: TUESDAY, notices: 1, written: false },
  ]);
  expect((await findings(again.database, RESTORED)).filter(({ kind }) => kind === 'withheld')).toHaveLength(1);
  expect(await sentBy(again, FRIDAY)).toEqual([]);
  expect((await auditNotices(again.database, addMillis(FRIDAY, 3_600_000))).lost).toBe(0);
});

test('rungs that were due in the gap are fired and withheld, later ones are told', async () => {
  const issueId = await openIssue(ledger);
  await advance(ledger.database, issueId, START);
  await act(ledger, issueId, 'office', assign, addMillis(START, 3_600_000));
  const { again } = await lost();
  const before = (await noticesOf(again, 'withheld')).length;
  // half of the term to acknowledge passed on Wednesday
  const { nextWakeAt } = await advance(again.database, issueId, RESTORED);
  const fired = await again.database.rung.findMany({ where: { streamId: issueId, occurredAt: new Date(RESTORED) } });
  expect(fired.length).toBeGreaterThan(0);
  const kept = await noticesOf(again, 'withheld');
  expect(kept.length).toBeGreaterThanOrEqual(before);
  expect(await noticesOf(again, 'pending')).toEqual([]);
  await advance(again.database, issueId, nextWakeAt ?? RESTORED);
  expect((await noticesOf(again, 'pending')).length).toBeGreaterThan(0);
  expect(await noticesOf(again, 'withheld')).toEqual(kept);
});

test('told: it is on record as told before the loss, by whom; what is found later to be due in the gap is not told again either', async () => {
  const issueId = await openIssue(ledger);
  await advance(ledger.database, issueId, START);
  await act(ledger, issueId, 'office', assign, addMillis(START, 3_600_000));
  const { again } = await lost();
  expect(await decideWithheld(again.database, 'told', { by: 'office', now: RESTORED })).toEqual([]);
  expect(await noticesOf(again, 'withheld')).toEqual([]);
  await advance(again.database, issueId, RESTORED);
  expect(await noticesOf(again, 'pending')).toEqual([]);
  const reasons = await again.database.notice.findMany({ where: { state: 'withdrawn', reason: '恢复备份前已发' } });
  expect(reasons.length).toBeGreaterThan(0);
  expect(await sentBy(again, FRIDAY)).toEqual([]);
  await expect(decideWithheld(again.database, 'send', { by: 'office', now: RESTORED })).rejects.toMatchObject({
    failure: { code: 'restoration.none' },
  });
});

test('send: each person hears it once, in the next opening', async () => {
  const issueId = await openIssue(ledger);
  await advance(ledger.database, issueId, START);
  const { again } = await lost();
  const keys = await decideWithheld(again.database, 'send', { by: 'office', now: RESTORED });
  expect(keys).toEqual([
    { personId: 'clerk', opening: FRIDAY },
    { personId: 'office', opening: FRIDAY },
  ]);
  await advance(again.database, issueId, FRIDAY);
  const said = await sentBy(again, addMillis(FRIDAY, 3_600_000));
  expect(said.filter((line) => line.startsWith('clerk'))).toEqual([`clerk ${issueId}`]);
  expect(await sentBy(again, addMillis(FRIDAY, 7_200_000))).toEqual([]);
  expect((await verifyLedger(again.database)).problems).toEqual([]);
});

test('what is closed after the restore is withdrawn instead of sent', async () => {
  const issueId = await openIssue(ledger);
  await advance(ledger.database, issueId, START);
  const { again } = await lost();
  await act(again, issueId, 'office', assign, RESTORED);
  expect(await noticesOf(again, 'withheld')).toEqual([]);
});

describe('a message that was written at the backup and not recorded as sent', () => {
  const office: DigestKey = { personId: 'office', opening: TUESDAY };
  const tookAt = addMillis(TUESDAY, 15 * 60_000);
  let again: TestLedger;
  let written: { messageId: string | null; bytes: Uint8Array | null };
  beforeEach(async () => {
    const issueId = await openIssue(ledger);
    await advance(ledger.database, issueId, START);
    await claim(ledger, office, tookAt);
    written = await ledger.database.digest.findFirstOrThrow({ where: { personId: 'office', state: 'sealed' } });
    await backUp(ledger, tookAt);
    again = await restored();
    await inTransaction(again.database, (tx) => recordRestoration(tx, { backupAt: tookAt, restoredAt: RESTORED }));
  });

  test('is withheld, and not sent again by hand either before somebody decides', async () => {
    expect(await outgoing(again.database, office, RESTORED)).toBeNull();
    await expect(sendAgain(again.database, office, { by: 'office' })).rejects.toMatchObject({ failure: { code: 'digest.withheld' } });
    expect(await withheld(again.database)).toContainEqual(expect.objectContaining({ personId: 'office', written: true }));
  });

  test('told: recorded as sent, by whoever says so', async () => {
    await decideWithheld(again.database, 'told', { by: 'clerk', now: RESTORED });
    expect(await again.database.delivery.findMany({ where: { personId: 'office' } })).toMatchObject([{ outcome: 'sent', actor: 'clerk' }]);
    expect(await again.database.digest.findFirst({ where: { personId: 'office' } })).toMatchObject({ state: 'sent' });
    expect(await noticesOf(again, 'sent')).toEqual(['office assign#1']);
    expect((await findings(again.database, RESTORED)).filter(({ kind }) => kind === 'undelivered' || kind === 'withheld')).toEqual([]);
  });

  test('send: the same bytes with the same Message-ID', async () => {
    const keys = await decideWithheld(again.database, 'send', { by: 'clerk', now: RESTORED });
    expect(keys).toContainEqual(office);
    const message = await outgoing(again.database, office, RESTORED);
    expect(Buffer.from(message?.bytes ?? [])).toEqual(Buffer.from(written.bytes ?? []));
    expect((await again.database.digest.findFirstOrThrow({ where: { personId: 'office' } })).messageId).toBe(written.messageId);
  });
});

describe('what cannot be', () => {
  test('a damaged, incomplete or foreign folder is refused', async () => {
    await expect(openBackup(folder)).rejects.toMatchObject({ failure: { code: 'backup.none' } });
    await backUp();
    const file = path.join(folder, 'event.copy.gz');
    const bytes = readFileSync(file);
    truncateSync(file, bytes.length - 1);
    await expect(openBackup(folder)).rejects.toMatchObject({ failure: { code: 'backup.damaged' } });
    rmSync(file);
    await expect(openBackup(folder)).rejects.toMatchObject({ failure: { code: 'backup.damaged' } });
    writeFileSync(path.join(folder, 'manifest.json'), '{}');
    await expect(openBackup(folder)).rejects.toMatchObject({ failure: { code: 'backup.unreadable' } });
  });

  test('a folder with something in it is not overwritten, and nothing is left beside it', async () => {
    await backUp();
    await expect(backUp()).rejects.toMatchObject({ failure: { code: 'backup.exists' } });
    expect(readdirSync(path.dirname(folder)).filter((name) => name.startsWith('backup'))).toEqual(['backup']);
    expect((await openBackup(folder)).schema).toBe('zhenggai.backup/1');
  });

  test('a ledger with anything in it is not restored into, and keeps what it has', async () => {
    await backUp();
    const issueId = await openIssue(ledger);
    await expect(loadBackup(ledger.ownerUrl, folder, await openBackup(folder))).rejects.toMatchObject({
      failure: { code: 'restore.notEmpty' },
    });
    expect(await ledger.database.issue.count({ where: { id: issueId } })).toBe(1);
  });

  test('a backup of a newer program is refused before anything is made', async () => {
    const manifest = await backUp();
    const empty = await emptyDatabase();
    const newer = [...manifest.migrations, '29990101000000_future'];
    await expect(deployMigrations(empty.ownerUrl, migrations, newer)).rejects.toMatchObject({ failure: { code: 'migration.unknown' } });
  });
});

test('a backup made before the present tables existed is brought up', async () => {
  const old = await emptyDatabase();
  const names = readdirSync(migrations).filter((name) => /^\d/.test(name));
  const before = names.sort().slice(0, 2);
  await deployMigrations(old.ownerUrl, migrations, before);
  await sql(old.ownerUrl, `INSERT INTO unit (id, name, kind) VALUES ('bureau', '临江区卫健局', 'organisation')`);
  const manifest = await backUp(old);
  expect(manifest.migrations).toEqual(before);
  const again = await restored();
  expect(await again.database.unit.findMany()).toMatchObject([{ id: 'bureau' }]);
  expect(await again.database.restoration.count()).toBe(0);
});

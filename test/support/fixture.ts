import { randomUUID } from 'node:crypto';
import { Client as Postgres } from 'pg';
import type { Directory } from '../../domain/directory';
import type { Role } from '../../domain/roles';
import { instant, localDate, type Instant } from '../../domain/time';
import { openDatabase, type Database } from '../../ledger/database';
import { importDirectory } from '../../ledger/directory';
import { registerRound, type Registered } from '../../ledger/register';
import { ensureRules } from '../../ledger/rules';
import { writeInstance, type Instance } from '../../platform/instance';
import type { TestServices } from './global-setup';

export const services = (): TestServices => JSON.parse(process.env['ZHENGGAI_TEST_SERVICES'] ?? '{}') as TestServices;

/** A person for every role, named after it, so that a test reads as a story. */
const posts: readonly (readonly [person: string, unit: string, role: Role])[] = [
  ['head', 'clinic', 'unitHead'],
  ['handler', 'clinic', 'handler'],
  ['liaison', 'clinic', 'liaison'],
  ['leader', 'bureau', 'leadLeader'],
  ['secretary', 'bureau', 'firstResponsible'],
  ['office', 'bureau', 'rectificationOffice'],
  ['clerk', 'bureau', 'rectificationOffice'],
  ['discipline', 'watch', 'disciplineGroup'],
  ['cadres', 'watch', 'organisationDept'],
  ['inspector', 'inspection', 'inspectionOffice'],
  ['inspector2', 'inspection', 'inspectionOffice'],
];

export const people: Pick<Directory, 'units' | 'persons' | 'posts'> = {
  units: [
    { id: 'inspection', name: '区委巡察办', kind: 'inspection', parentId: null },
    { id: 'watch', name: '派驻纪检监察组', kind: 'inspection', parentId: 'inspection' },
    { id: 'bureau', name: '临江区卫健局', kind: 'organisation', parentId: 'inspection' },
    { id: 'clinic', name: '北门卫生院', kind: 'unit', parentId: 'bureau' },
  ],
  persons: posts.map(([id]) => ({ id, name: id, email: `${id}@linjiang.example` })),
  posts: posts.map(([personId, unitId, role]) => ({ personId, unitId, role, title: role, from: null, to: null })),
};

export const directory: Directory = { version: 1, ...people, substitutes: [] };

export const START: Instant = instant('2026-03-02T09:00+08:00');

export interface TestLedger {
  readonly name: string;
  readonly database: Database;
  readonly appUrl: string;
  readonly ownerUrl: string;
  close(): Promise<void>;
}

/** A ledger of its own for one test file: a database made from the migrated template, with rules and the people above. */
export async function openTestLedger(withPeople: Pick<Directory, 'units' | 'persons' | 'posts'> = people): Promise<TestLedger> {
  const { adminUrl, appUrl, ownerUrl, template } = services();
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const admin = new Postgres({ connectionString: adminUrl });
  await admin.connect();
  // templates are copied one at a time: side by side, PostgreSQL refuses the second
  await admin.query('SELECT pg_advisory_lock(1)');
  await admin.query(`CREATE DATABASE "${name}" TEMPLATE "${template}" OWNER "${new URL(ownerUrl).username}"`);
  await admin.end();
  const urlOf = (url: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  const database = openDatabase(urlOf(appUrl));
  await ensureRules(database);
  await importDirectory(database, withPeople, { actor: 'admin', via: 'test', now: START });
  return { name, database, appUrl: urlOf(appUrl), ownerUrl: urlOf(ownerUrl), close: () => database.$disconnect() };
}

/**
 * Puts the lives above the issues to sleep: a test of the ledger alone is about issues, and nobody runs the round or the base data,
 * for whose rungs every digest would wait.
 */
export const onlyIssues = (database: Database): Promise<number> =>
  database.$executeRaw`UPDATE stream SET next_wake_at = NULL, final = true WHERE kind IN ('round', 'base')`;

/** A round of `count` findings, fed back on the day of `now`. */
export const openRound = (database: Database, count: number, now: Instant = START): Promise<Registered> =>
  registerRound(
    database,
    {
      name: '临江区卫健局巡察整改',
      inspectedBody: '临江区卫健局党组',
      inspectingBody: '区委巡察组',
      feedbackOn: localDate('2026-03-02'),
      source: null,
      issues: Array.from({ length: count }, (_, index) => ({ number: index + 1, title: `问题${index + 1}`, text: '正文', reported: null })),
    },
    { actor: 'office', via: 'test', now },
  );

/** Has commands of the command line in this process find a ledger under a data directory: an instance without Temporal and mail. */
export function showInstance(dataDir: string, { appUrl }: TestLedger, more: Partial<Omit<Instance, 'process'>> = {}): void {
  writeInstance(dataDir, {
    kind: 'demo',
    appUrl,
    ownerUrl: null,
    adminUrl: null,
    temporal: { address: '127.0.0.1:1', namespace: 'none', uiUrl: null },
    smtpUrl: 'smtp://127.0.0.1:1',
    inboxUrl: null,
    pageUrl: null,
    startedAt: START,
    ...more,
  });
}

import type { WorkCalendar } from '../domain/calendar';
import { stateCouncilCalendar } from '../domain/calendar-data';
import type { Directory } from '../domain/directory';
import type { RuleContext } from '../domain/issue/context';
import { defaultPolicy } from '../domain/policy/default-policy';
import type { Policy } from '../domain/policy/policy';
import type { Role } from '../domain/roles';
import type { LocalDate } from '../domain/time';
import { inTransaction, localDay, type Database, type Transaction } from './database';

/** The versions in force; every transaction compares them and reads again only what changed. */
interface Versions {
  readonly directory: number;
  readonly policy: number;
  readonly calendar: string;
}

const cache = new WeakMap<object, { readonly versions: Versions; readonly context: RuleContext }>();

/** Puts the default policy, the calendar and an empty directory in force on a new database. Idempotent; a rule in force is kept. */
export async function ensureRules(database: Database): Promise<void> {
  const versions: Versions = { directory: 0, policy: defaultPolicy.version, calendar: stateCouncilCalendar.version };
  await inTransaction(database, async (tx) => {
    await tx.$executeRaw`INSERT INTO setting (name, value) VALUES
      ('versions', ${JSON.stringify(versions)}::jsonb), ('policy', ${JSON.stringify(defaultPolicy)}::jsonb),
      ('calendar', ${JSON.stringify(stateCouncilCalendar)}::jsonb) ON CONFLICT DO NOTHING`;
  });
}

/** The people and rules in force, as of this transaction. `owner` identifies the database for the cache. */
export async function loadRules(tx: Transaction, owner: object): Promise<RuleContext> {
  for (let versions = await versionsInForce(tx); ;) {
    const cached = cache.get(owner);
    if (cached && same(cached.versions, versions)) return cached.context;
    const context = await readRules(tx, versions);
    const after = await versionsInForce(tx); // an import that committed in between would be read by half
    if (same(versions, after)) cache.set(owner, { versions, context });
    versions = after;
  }
}

const same = (a: Versions, b: Versions): boolean => a.directory === b.directory && a.policy === b.policy && a.calendar === b.calendar;

async function versionsInForce(tx: Transaction): Promise<Versions> {
  const row = await tx.setting.findUniqueOrThrow({ where: { name: 'versions' } });
  return row.value as unknown as Versions;
}

async function readRules(tx: Transaction, versions: Versions): Promise<RuleContext> {
  const settings = await tx.setting.findMany({ where: { name: { in: ['policy', 'calendar'] } } });
  const value = (name: string): unknown => settings.find((setting) => setting.name === name)?.value;
  return {
    policy: value('policy') as Policy,
    calendar: value('calendar') as WorkCalendar,
    directory: await loadDirectory(tx, versions.directory),
  };
}

async function loadDirectory(tx: Transaction, version: number): Promise<Directory> {
  const units = await tx.unit.findMany({ orderBy: { id: 'asc' } });
  const persons = await tx.person.findMany({ orderBy: { id: 'asc' } });
  const posts = await tx.post.findMany({ orderBy: [{ personId: 'asc' }, { unitId: 'asc' }, { role: 'asc' }] });
  const day = (date: Date | null): LocalDate | null => (date === null ? null : localDay(date));
  return {
    version,
    units: units.map((unit) => ({ ...unit, kind: unit.kind as Directory['units'][number]['kind'] })),
    persons,
    posts: posts.map((post) => ({ ...post, role: post.role as Role, from: day(post.from), to: day(post.to) })),
  };
}

/** Raises the directory's version after an import, within the transaction that wrote it. */
export async function raiseDirectoryVersion(tx: Transaction): Promise<number> {
  const rows = await tx.$queryRaw<{ version: number }[]>`
    UPDATE setting SET value = jsonb_set(value, '{directory}', to_jsonb((value->>'directory')::int + 1))
    WHERE name = 'versions' RETURNING (value->>'directory')::int AS version`;
  return rows[0]?.version ?? 0;
}

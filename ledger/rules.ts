import type { WorkCalendar } from '../domain/calendar';
import { stateCouncilCalendar } from '../domain/calendar-data';
import type { RuleContext } from '../domain/context';
import type { Directory } from '../domain/directory';
import { completePolicy } from '../domain/policy/complete';
import { defaultPolicy } from '../domain/policy/default-policy';
import { policyPacks } from '../domain/policy/packs';
import { policyName, type Policy } from '../domain/policy/policy';
import type { Role } from '../domain/roles';
import { fromMillis, type Instant, type LocalDate } from '../domain/time';
import { inTransaction, insertRows, localDay, type Database, type Transaction } from './database';

/** What is in force for all; a round can have its own policy. Every transaction compares them and reads again only what changed. */
interface Versions {
  readonly directory: number;
  /** The policy of whoever belongs to no round: `district-inspection@2`. */
  readonly policy: string;
  readonly calendar: string;
}

export { policyName };

/** The rules that dates are computed by, as a stream keeps them: `district-inspection@2 state-council/2025-11-04`. */
export const rulesOf = ({ policy, calendar }: RuleContext): string => `${policyName(policy)} ${calendar.version}`;

/** Versions never change, so each is read once for a database. */
interface Cache {
  directory?: Directory;
  readonly policies: Map<string, Policy>;
  readonly calendars: Map<string, WorkCalendar>;
  readonly contexts: Map<string, RuleContext>;
}

const caches = new WeakMap<object, Cache>();

function cacheOf(owner: object): Cache {
  const known = caches.get(owner) ?? { policies: new Map(), calendars: new Map(), contexts: new Map() };
  caches.set(owner, known);
  return known;
}

/**
 * Lays down the policies that ship with the program and puts the default one, the shipped calendar and an empty directory in force
 * on a new database. Idempotent; what is in force is kept.
 */
export async function ensureRules(database: Database): Promise<void> {
  const versions: Versions = { directory: 0, policy: policyName(defaultPolicy), calendar: stateCouncilCalendar.version };
  await inTransaction(database, async (tx) => {
    await insertRows(tx, {
      table: 'policy_version',
      columns: 'name text, value jsonb',
      rows: policyPacks.map((policy) => ({ name: policyName(policy), value: policy })),
      conflict: 'ON CONFLICT DO NOTHING',
    });
    await insertRows(tx, {
      table: 'calendar_version',
      columns: 'name text, value jsonb, since timestamptz',
      rows: [{ name: stateCouncilCalendar.version, value: stateCouncilCalendar, since: '1970-01-01T00:00:00Z' }],
      conflict: 'ON CONFLICT DO NOTHING',
    });
    await tx.$executeRaw`INSERT INTO setting (name, value) VALUES ('versions', ${JSON.stringify(versions)}::jsonb) ON CONFLICT DO NOTHING`;
  });
}

/**
 * The people and rules in force, as of this transaction; `policy` names the one of a round, else the default. `owner` identifies the
 * database for the cache.
 */
export async function loadRules(tx: Transaction, owner: object, policy: string | null = null): Promise<RuleContext> {
  const cache = cacheOf(owner);
  for (let versions = await versionsInForce(tx); ;) {
    const name = `${versions.directory} ${policy ?? versions.policy} ${versions.calendar}`;
    const known = cache.contexts.get(name);
    if (known) return known;
    const directory = cache.directory?.version === versions.directory ? cache.directory : await loadDirectory(tx, versions.directory);
    const context: RuleContext = {
      directory,
      policy: await loadPolicy(tx, owner, policy ?? versions.policy),
      calendar: await loadCalendar(tx, owner, versions.calendar),
    };
    const after = await versionsInForce(tx); // an import that committed in between would be read by half
    if (after.directory === versions.directory) {
      if (cache.directory?.version !== directory.version) cache.contexts.clear();
      cache.directory = directory;
      cache.contexts.set(name, context);
      if (after.calendar === versions.calendar && after.policy === versions.policy) return context;
    }
    versions = after;
  }
}

/** The context with the rules of an earlier moment, as `rulesOf` named them, and the people of now. */
export async function rulesNamed(tx: Transaction, owner: object, name: string, current: RuleContext): Promise<RuleContext> {
  const [policy = '', calendar = ''] = name.split(' ');
  return { ...current, policy: await loadPolicy(tx, owner, policy), calendar: await loadCalendar(tx, owner, calendar) };
}

async function versionsInForce(tx: Transaction): Promise<Versions> {
  const row = await tx.setting.findUniqueOrThrow({ where: { name: 'versions' } });
  return row.value as unknown as Versions;
}

/** One version of a policy; what an older program did not know in it is filled in from the pack. */
export async function loadPolicy(tx: Transaction, owner: object, name: string): Promise<Policy> {
  const { policies } = cacheOf(owner);
  const known = policies.get(name);
  if (known) return known;
  const { value } = await tx.policyVersion.findUniqueOrThrow({ where: { name } });
  const policy = completePolicy(value as object);
  policies.set(name, policy);
  return policy;
}

export async function loadCalendar(tx: Transaction, owner: object, name: string): Promise<WorkCalendar> {
  const { calendars } = cacheOf(owner);
  const known = calendars.get(name);
  if (known) return known;
  const { value } = await tx.calendarVersion.findUniqueOrThrow({ where: { name } });
  const calendar = value as unknown as WorkCalendar;
  calendars.set(name, calendar);
  return calendar;
}

/** Since when a holiday table is in force. */
export async function calendarSince(tx: Transaction, name: string): Promise<Instant> {
  const { since } = await tx.calendarVersion.findUniqueOrThrow({ where: { name } });
  return fromMillis(since.getTime());
}

/** Puts a holiday table in force for all, within the transaction that records it. */
export async function putCalendarInForce(tx: Transaction, calendar: WorkCalendar, since: Instant): Promise<void> {
  await insertRows(tx, {
    table: 'calendar_version',
    columns: 'name text, value jsonb, since timestamptz',
    rows: [{ name: calendar.version, value: calendar, since }],
  });
  await tx.$executeRaw`UPDATE setting SET value = jsonb_set(value, '{calendar}', to_jsonb(${calendar.version}::text)) WHERE name = 'versions'`;
}

/** Adds a version of a policy; false when its name is taken already. It is in force nowhere until a round puts it there. */
export async function addPolicy(database: Database, policy: Policy): Promise<boolean> {
  return inTransaction(database, async (tx) => {
    const added = await insertRows(tx, {
      table: 'policy_version',
      columns: 'name text, value jsonb',
      rows: [{ name: policyName(policy), value: policy }],
      conflict: 'ON CONFLICT DO NOTHING',
    });
    return added > 0;
  });
}

/** Names of all policies, in order. */
export async function policyNames(tx: Pick<Transaction, 'policyVersion'>): Promise<string[]> {
  const rows = await tx.policyVersion.findMany({ select: { name: true }, orderBy: { name: 'asc' } });
  return rows.map(({ name }) => name);
}

/** The directory as its tables hold it now. */
export async function loadDirectory(tx: Transaction, version: number): Promise<Directory> {
  const units = await tx.unit.findMany({ orderBy: { id: 'asc' } });
  const persons = await tx.person.findMany({ orderBy: { id: 'asc' } });
  const posts = await tx.post.findMany({ orderBy: [{ personId: 'asc' }, { unitId: 'asc' }, { role: 'asc' }] });
  const substitutes = await tx.substitute.findMany({ orderBy: { id: 'asc' } });
  const day = (date: Date | null): LocalDate | null => (date === null ? null : localDay(date));
  return {
    version,
    units: units.map((unit) => ({ ...unit, kind: unit.kind as Directory['units'][number]['kind'] })),
    persons,
    posts: posts.map((post) => ({ ...post, role: post.role as Role, from: day(post.from), to: day(post.to) })),
    substitutes: substitutes.map(({ personId, substituteId, roles, from, to }) => ({
      personId,
      substituteId,
      roles: roles as Role[],
      from: day(from),
      to: day(to),
    })),
  };
}

/** Raises the directory's version after an import, within the transaction that wrote it. */
export async function raiseDirectoryVersion(tx: Transaction): Promise<number> {
  const rows = await tx.$queryRaw<{ version: number }[]>`
    UPDATE setting SET value = jsonb_set(value, '{directory}', to_jsonb((value->>'directory')::int + 1))
    WHERE name = 'versions' RETURNING (value->>'directory')::int AS version`;
  return rows[0]?.version ?? 0;
}

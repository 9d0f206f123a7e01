import { createActivities } from '../../activities/create-activities';
import type { Directory } from '../../domain/directory';
import type { Role } from '../../domain/roles';
import type { Instant } from '../../domain/time';
import { storeCommand } from '../../ledger/commands';
import { openDatabase, type Database } from '../../ledger/database';
import type { DigestKey } from '../../ledger/notices';
import { composeLetter } from '../../papers/compose-letter';
import { ledgerPort } from '../../worker/ledger-port';
import { renderMail } from '../../worker/render-mail';
import { inParallel } from '../../worker/world';
import { onlyIssues, openRound, openTestLedger, START, type TestLedger } from './fixture';
import type { OwnInbox } from './own-inbox';

/** Connections, and steps side by side: what a deployment's worker has. */
const SIDE_BY_SIDE = 10;
const LARGEST_ROUND = 2_000;
export const FROM = 'zgb@linjiang.example';

/** A ledger in which many deadlines stand on one day, with the activities of a worker and a clock in the test's hand. */
export interface Storm {
  readonly ledger: TestLedger;
  readonly database: Database;
  readonly issueIds: readonly string[];
  /** Lives that wake at an instant, as their timers would. */
  wake(issueIds: readonly string[], now: Instant): Promise<void>;
  /** Deliveries whose opening has come look at the ledger once; how each found its digest. */
  deliver(now: Instant): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

/**
 * Assigns `deadlines` issues in one hour to the units of `persons` people (2 of the office, a seventh leaders, the rest heads), so that all
 * receipts are due on one day. Every head and leader and the office is owed word when they are overdue.
 */
export async function openStorm(inbox: OwnInbox, { deadlines, persons }: { deadlines: number; persons: number }): Promise<Storm> {
  const people = manyPeople(persons);
  const ledger = await openTestLedger(people);
  const database = openDatabase(ledger.appUrl, SIDE_BY_SIDE);
  const clock: { now: Instant } = { now: START };
  const due = new Map<string, DigestKey>();
  const activities = createActivities({
    ledger: ledgerPort(database),
    mail: inbox.mail,
    short: { send: () => Promise.resolve(null) },
    render: renderMail({ from: FROM, linkBase: 'http://localhost', detail: 'full' }),
    compose: composeLetter,
    clock: { now: () => clock.now },
    lives: {
      start: () => Promise.resolve(),
      lookAgain: () => Promise.resolve(),
      rollOut: () => Promise.resolve(),
      send: () => Promise.resolve(),
      startDelivery: (key) => {
        due.set(`${key.personId} ${key.opening}`, key);
        return Promise.resolve(true);
      },
    },
  });
  const issueIds: string[] = [];
  for (let left = deadlines; left > 0; left -= LARGEST_ROUND)
    issueIds.push(...(await openRound(database, Math.min(left, LARGEST_ROUND))).issueIds);
  await onlyIssues(database);
  const heads = people.posts.filter(({ role }) => role === 'unitHead');
  const leaders = people.posts.filter(({ role }) => role === 'leadLeader');
  const places = new Map(issueIds.map((id, place) => [id, place]));
  await inParallel(issueIds, SIDE_BY_SIDE, async (streamId) => {
    const place = places.get(streamId) ?? 0;
    const command = {
      type: 'assign',
      leadUnitId: heads[place % heads.length]?.unitId,
      leadLeaderId: leaders[place % leaders.length]?.personId,
    };
    const key = await storeCommand(database, { streamId, actor: 'office', via: 'test', command });
    const { outcome } = await activities.runCommand({ key, now: START });
    if (!outcome.accepted) throw new Error(outcome.code);
  });
  return {
    ledger,
    database,
    issueIds,
    wake: (ids, now) =>
      inParallel(ids, SIDE_BY_SIDE, async (streamId) => {
        await activities.advance({ streamId, now });
      }),
    async deliver(now) {
      clock.now = now;
      const found: Record<string, number> = {};
      const open = [...due].filter(([, { opening }]) => opening <= now);
      await inParallel(open, SIDE_BY_SIDE, async ([name, key]) => {
        const { state } = await activities.claimDigest(key);
        found[state] = (found[state] ?? 0) + 1;
        if (state === 'waiting' || state === 'early') return;
        due.delete(name);
        if (state === 'sealed') await activities.deliverDigest(key);
      });
      return found;
    },
    async close() {
      await database.$disconnect();
      await ledger.close();
    },
  };
}

function manyPeople(count: number): Pick<Directory, 'units' | 'persons' | 'posts'> {
  const leaders = Math.floor(count / 7);
  const posts: [person: string, unit: string, role: Role][] = [
    ['office', 'bureau', 'rectificationOffice'],
    ['clerk', 'bureau', 'rectificationOffice'],
    ...Array.from({ length: leaders }, (_, n): [string, string, Role] => [`leader${n}`, 'bureau', 'leadLeader']),
    ...Array.from({ length: count - leaders - 2 }, (_, n): [string, string, Role] => [`head${n}`, `unit${n}`, 'unitHead']),
  ];
  return {
    units: [
      { id: 'inspection', name: '区委巡察办', kind: 'inspection', parentId: null },
      { id: 'bureau', name: '临江区卫健局', kind: 'organisation', parentId: 'inspection' },
      ...posts
        .filter(([, , role]) => role === 'unitHead')
        .map(([, id], n) => ({ id, name: `第${n + 1}卫生院`, kind: 'unit' as const, parentId: 'bureau' })),
    ],
    persons: posts.map(([id]) => ({ id, name: id, email: `${id}@linjiang.example` })),
    posts: posts.map(([personId, unitId, role]) => ({ personId, unitId, role, title: role, from: null, to: null })),
  };
}

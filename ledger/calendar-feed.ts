import type { FeedItem } from '../domain/calendar-feed';
import type { Directory, Post } from '../domain/directory';
import { organisationOf } from '../domain/directory-tree';
import { badInput } from '../domain/failure';
import type { Duty } from '../domain/obligation/types';
import { dutyHolders, holders, personOf, unitOf, unitRoles } from '../domain/parties';
import { obligationLabels, type ObligationKind, type Tone } from '../domain/policy/policy';
import type { Role } from '../domain/roles';
import { heldOn, stoodForBy } from '../domain/substitutes';
import { addMillis, dateOf, endOfDay, fromMillis, later, type Instant, type LocalDate } from '../domain/time';
import { localDay, type Database } from './database';
import { loadRules } from './rules';
import { subjectsOf, type Subject } from './subjects';

/** Days for which a closed obligation stays in a calendar, marked as cancelled, so that every program that reads it has seen the end. */
const CLOSED_KEPT_DAYS = 60;
const DAY_MS = 86_400_000;

/**
 * What stands in the calendar of a person at `now`: every open obligation of which the person is a holder today, and those closed
 * within 60 days of which the person was one. The handler of an issue shares what the head of the unit owes, as in the mails. Who
 * holds no post today and stands in for nobody has an empty calendar.
 */
export async function feedItems(database: Database, personId: string, now: Instant): Promise<FeedItem[]> {
  const { directory } = await loadRules(database, database);
  const posts = postsOf(directory, personId, now);
  if (!posts.some((post) => heldOn(post, dateOf(now)))) return [];
  const rows = await candidates(database, { personId, posts, persons: [...stoodForBy(directory, personId, dateOf(now))] }, now);
  const subjects = await subjectsOf(database, database, [...new Set(rows.map(({ stream_id }) => stream_id))]);
  const own = rows.flatMap((row) => {
    const subject = subjects.get(row.stream_id);
    const duty = subject?.account.duties.find(({ id }) => id === row.id);
    if (!subject || !duty) return [];
    const on = dateOf(row.closed_at === null ? now : fromMillis(row.closed_at.getTime()));
    return (row.closed_at !== null && row.told) || holdsOn(subject, duty, personId, on) ? [{ row, subject }] : [];
  });
  const changes = await changesOf(database, [...new Set(own.map(({ row }) => row.stream_id))]);
  return own.map(({ row, subject }) => feedRow(row, subject, changes.get(keyOf(row)) ?? unchanged, now));
}

/** Posts of a person and of those for whom the person stands in, past ones too. */
function postsOf(directory: Directory, personId: string, now: Instant): Post[] {
  const persons = stoodForBy(directory, personId, dateOf(now));
  return directory.posts.filter((post) => persons.has(post.personId));
}

function holdsOn({ account, context: { directory } }: Subject, duty: Duty, personId: string, on: LocalDate): boolean {
  if (dutyHolders(directory, account, duty, on).personIds.includes(personId)) return true;
  const shared = duty.holder === 'unitHead' && !duty.personId;
  return shared && holders(directory, account, 'handler', on, duty.unitId ?? null).includes(personId);
}

interface ObligationRecord {
  readonly stream_id: string;
  readonly id: string;
  readonly kind: ObligationKind;
  readonly holder: Role;
  readonly opened_at: Date;
  readonly due_on: Date;
  readonly provisional: boolean;
  readonly stopped: boolean;
  readonly closed_at: Date | null;
  readonly closed_by: string | null;
  /** A notice told the person of it as a holder; so a post that is gone from the directory is not forgotten. */
  readonly told: boolean;
}

interface Who {
  readonly personId: string;
  /** The person and those for whom the person stands in. */
  readonly persons: readonly string[];
  readonly posts: readonly Post[];
}

/** Obligations that the person may hold. Who has posts at units only is asked about these units: a feed is fetched all day long. */
function candidates(database: Database, { personId, persons, posts }: Who, now: Instant): Promise<ObligationRecord[]> {
  const everywhere = posts.some(({ role }) => !unitRoles.includes(role));
  const units = [...new Set(posts.map(({ unitId }) => unitId))];
  const since = addMillis(now, -CLOSED_KEPT_DAYS * DAY_MS);
  return database.$queryRaw<ObligationRecord[]>`
    SELECT o.stream_id, o.id, o.kind, o.holder, o.opened_at, o.due_on, o.provisional, o.stopped, o.closed_at, o.closed_by, t.told
    FROM obligation o LEFT JOIN issue i ON i.id = o.stream_id
    CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM notice n WHERE n.stream_id = o.stream_id AND n.obligation_id = o.id
      AND n.person_id = ${personId} AND (o.holder = ANY(n.roles) OR (o.holder = 'unitHead' AND 'handler' = ANY(n.roles)))) AS told) AS t
    WHERE (o.closed_at IS NULL OR o.closed_at >= ${since}::timestamptz)
      AND (${everywhere} OR t.told OR i.id IS NULL OR o.unit_id = ANY(${units}::text[])
        OR i.state->'assignment'->>'handlerId' = ANY(${persons}::text[])
        OR i.state->'assignment'->>'leadLeaderId' = ANY(${persons}::text[])
        OR i.state->'assignment'->>'leaderInChargeId' = ANY(${persons}::text[]))
    ORDER BY o.due_on, o.stream_id, o.id`;
}

/** What happened to an obligation since it was opened, as far as a calendar shows it. */
interface Changes {
  readonly moves: number;
  readonly tones: readonly Tone[];
  readonly at: Date | null;
}

const unchanged: Changes = { moves: 0, tones: [], at: null };
const keyOf = ({ stream_id, id }: { readonly stream_id: string; readonly id: string }): string => JSON.stringify([stream_id, id]);

/** Days that moved stand in the events `datesMoved`, since the obligation keeps its number; tones in the rungs that fired. */
async function changesOf(database: Database, streams: readonly string[]): Promise<ReadonlyMap<string, Changes>> {
  const rows = await database.$queryRaw<(Changes & { readonly stream_id: string; readonly id: string })[]>`
    SELECT stream_id, id, sum(moves)::int AS moves, array_remove(array_agg(DISTINCT tone), NULL) AS tones, max(at) AS at FROM (
      SELECT e.stream_id, m->>'dutyId' AS id, 1 AS moves, NULL AS tone, e.occurred_at AS at
      FROM event e CROSS JOIN LATERAL jsonb_array_elements(e.payload->'moved') AS m
      WHERE e.type = 'datesMoved' AND e.stream_id = ANY(${streams}::text[])
      UNION ALL SELECT stream_id, obligation_id, 0, tone, occurred_at FROM rung
      WHERE how = 'fired' AND stream_id = ANY(${streams}::text[])
    ) AS changes GROUP BY stream_id, id`;
  return new Map(rows.map((row) => [keyOf(row), row]));
}

const worst: readonly Tone[] = ['red', 'yellow', 'green'];

function feedRow(row: ObligationRecord, subject: Subject, { moves, tones, at }: Changes, now: Instant): FeedItem {
  const openedAt = fromMillis(row.opened_at.getTime());
  const closedAt = row.closed_at === null ? null : fromMillis(row.closed_at.getTime());
  const dueOn = localDay(row.due_on);
  const overdueAt = closedAt === null && endOfDay(dueOn) <= now ? endOfDay(dueOn) : openedAt;
  return {
    streamId: row.stream_id,
    obligationId: row.id,
    reference: subject.reference,
    title: subject.titleOf(row.id),
    kind: obligationLabels[row.kind],
    dueOn,
    provisional: row.provisional,
    tone: worst.find((tone) => tones.includes(tone)) ?? 'none',
    stopped: row.stopped,
    openedAt,
    changedAt: [at === null ? openedAt : fromMillis(at.getTime()), overdueAt, closedAt ?? openedAt].reduce(later, openedAt),
    revision: moves + (closedAt === null ? 0 : 1),
    closedAt,
    closedBy: row.closed_by,
    link: subject.link,
  };
}

/** Whose calendar it is: name, and the organisation of a post held today (of the inspecting side the unit itself), else ''. */
export async function feedOwner(
  database: Database,
  personId: string,
  now: Instant,
): Promise<{ readonly person: { readonly id: string; readonly name: string }; readonly organisation: string }> {
  const { directory } = await loadRules(database, database);
  const post = directory.posts.find((one) => one.personId === personId && heldOn(one, dateOf(now)));
  const unit = post ? (organisationOf(directory, post.unitId) ?? unitOf(directory, post.unitId)) : undefined;
  return { person: { id: personId, name: personOf(directory, personId)?.name ?? personId }, organisation: unit?.name ?? '' };
}

/** An address at which a person's calendar can be fetched. */
export interface Feed {
  readonly id: number;
  readonly personId: string;
  /** Null: the directory does not know the person any more. */
  readonly personName: string | null;
  readonly createdAt: Instant;
  readonly createdBy: string;
  readonly revokedAt: Instant | null;
  readonly revokedBy: string | null;
}

/**
 * Opens a calendar for a person and returns its number; only the hash of its secret is kept (channels/feed-secret.ts). A person may
 * have several, one a device, each revoked by itself. Throws bad input when the directory does not know the person.
 */
export async function createFeed(
  database: Database,
  { personId, secretHash, by, now }: { personId: string; secretHash: string; by: string; now: Instant },
): Promise<number> {
  const rows = await database.$queryRaw<{ id: number }[]>`
    INSERT INTO calendar_feed (person_id, secret_hash, created_at, created_by)
    SELECT id, ${secretHash}, ${now}::timestamptz, ${by} FROM person WHERE id = ${personId} RETURNING id`;
  const id = rows[0]?.id;
  if (id === undefined) throw badInput('person.unknown', `通讯录中没有人员${personId}。`, '请先导入人员，或改用已有人员。');
  return id;
}

/** Whose calendar a secret opens, with the stored hash for the comparison in constant time; null when it is unknown or revoked. */
export async function personOfFeed(
  database: Database,
  secretHash: string,
): Promise<{ readonly personId: string; readonly secretHash: string } | null> {
  const rows = await database.$queryRaw<{ person_id: string; secret_hash: string }[]>`
    SELECT person_id, secret_hash FROM calendar_feed WHERE secret_hash = ${secretHash} AND revoked_at IS NULL`;
  return rows[0] ? { personId: rows[0].person_id, secretHash: rows[0].secret_hash } : null;
}

/** Closes one address for good; false when there is none of that number or it is revoked already. */
export async function revokeFeed(database: Database, id: number, { by, now }: { by: string; now: Instant }): Promise<boolean> {
  const count = await database.$executeRaw`
    UPDATE calendar_feed SET revoked_at = ${now}::timestamptz, revoked_by = ${by} WHERE id = ${id} AND revoked_at IS NULL`;
  return count > 0;
}

/** All addresses, revoked ones too, in the order of their numbers. */
export async function feedList(database: Database): Promise<Feed[]> {
  const rows = await database.$queryRaw<FeedRecord[]>`
    SELECT f.id, f.person_id, p.name, f.created_at, f.created_by, f.revoked_at, f.revoked_by
    FROM calendar_feed f LEFT JOIN person p ON p.id = f.person_id ORDER BY f.id`;
  return rows.map((row) => ({
    id: row.id,
    personId: row.person_id,
    personName: row.name,
    createdAt: fromMillis(row.created_at.getTime()),
    createdBy: row.created_by,
    revokedAt: row.revoked_at === null ? null : fromMillis(row.revoked_at.getTime()),
    revokedBy: row.revoked_by,
  }));
}

interface FeedRecord {
  readonly id: number;
  readonly person_id: string;
  readonly name: string | null;
  readonly created_at: Date;
  readonly created_by: string;
  readonly revoked_at: Date | null;
  readonly revoked_by: string | null;
}

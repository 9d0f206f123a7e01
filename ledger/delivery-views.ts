import { fromMillis, type Instant } from '../domain/time';
import { localDay, type Database } from './database';
import type { DigestKey } from './notices';

/** A message of one person at one opening, for a list. */
export interface MessageRow {
  readonly personId: string;
  readonly personName: string;
  readonly opening: Instant;
  /** open · sealed · toCall · sent · empty · failed · withheld */
  readonly state: string;
  readonly subject: string | null;
  readonly messageId: string | null;
  readonly items: number;
  readonly attempts: number;
  readonly lastAnswer: string | null;
}

/** What the list is narrowed to; none of it: all that is not sent yet, and what failed. */
export interface MessageFilter {
  readonly state?: string;
  readonly personId?: string;
  /** At most so many, the latest first. */
  readonly limit: number;
}

export async function messages(database: Database, { state, personId, limit }: MessageFilter): Promise<MessageRow[]> {
  const states = state === undefined ? ['open', 'sealed', 'toCall', 'failed', 'withheld'] : state === 'all' ? null : [state];
  const rows = await database.$queryRaw<
    (Omit<MessageRow, 'opening' | 'personId' | 'personName' | 'messageId' | 'lastAnswer'> & {
      person_id: string;
      person_name: string | null;
      opening: Date;
      message_id: string | null;
      last_answer: string | null;
    })[]
  >`
    SELECT d.person_id, p.name AS person_name, d.opening, d.state, d.subject, d.message_id,
      (SELECT count(*)::int FROM notice n WHERE n.person_id = d.person_id AND n.opening = d.opening) AS items,
      (SELECT count(*)::int FROM delivery a WHERE a.person_id = d.person_id AND a.opening = d.opening) AS attempts,
      (SELECT a.response FROM delivery a WHERE a.person_id = d.person_id AND a.opening = d.opening ORDER BY a.id DESC LIMIT 1) AS last_answer
    FROM digest d LEFT JOIN person p ON p.id = d.person_id
    WHERE (${states}::text[] IS NULL OR d.state = ANY(${states}::text[])) AND (${personId ?? null}::text IS NULL OR d.person_id = ${personId ?? null})
    ORDER BY d.opening DESC, d.person_id LIMIT ${limit}`;
  return rows.map(({ person_id, person_name, opening, message_id, last_answer, ...row }) => ({
    ...row,
    personId: person_id,
    personName: person_name ?? person_id,
    opening: fromMillis(opening.getTime()),
    messageId: message_id,
    lastAnswer: last_answer,
  }));
}

/** One fact that a message carries, or carried. */
export interface CarriedRow {
  readonly streamId: string;
  readonly dutyId: string;
  readonly label: string;
  readonly tone: string;
  readonly dueOn: string;
  /** pending · sealed · sent · withdrawn · failed · withheld */
  readonly state: string;
  readonly reason: string | null;
}

/** One attempt to hand a message over. */
export interface AttemptRow {
  readonly channel: string;
  readonly at: Instant;
  readonly outcome: string;
  readonly response: string;
  readonly millis: number;
  /** Who sent it again by hand or telephoned; null: the engine. */
  readonly by: string | null;
}

export interface MessageDetail {
  readonly notices: readonly CarriedRow[];
  readonly attempts: readonly AttemptRow[];
  /** Ways that are left. */
  readonly ways: readonly string[];
  readonly claimedAt: Instant | null;
}

/** What a message carries and how it was handed over; null when there is none. */
export async function messageDetail(database: Database, { personId, opening }: DigestKey): Promise<MessageDetail | null> {
  const own = { personId, opening: new Date(opening) };
  const digest = await database.digest.findUnique({ where: { personId_opening: own } });
  if (!digest) return null;
  const notices = await database.notice.findMany({ where: own, orderBy: [{ streamId: 'asc' }, { createdAt: 'asc' }] });
  const attempts = await database.delivery.findMany({ where: own, orderBy: { id: 'asc' } });
  return {
    notices: notices.map(({ streamId, obligationId, label, tone, dueOn, state, reason }) => ({
      streamId,
      dutyId: obligationId,
      label,
      tone,
      dueOn: localDay(dueOn),
      state,
      reason,
    })),
    attempts: attempts.map(({ channel, attemptedAt, outcome, response, millis, actor }) => ({
      channel,
      at: fromMillis(attemptedAt.getTime()),
      outcome,
      response,
      millis,
      by: actor,
    })),
    ways: digest.channels,
    claimedAt: digest.claimedAt === null ? null : fromMillis(digest.claimedAt.getTime()),
  };
}

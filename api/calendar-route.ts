import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { calendarFeed } from '../channels/calendar-feed';
import { hashFeedSecret, isFeedSecret } from '../channels/feed-secret';
import type { Instant } from '../domain/time';
import { feedItems, feedOwner, personOfFeed } from '../ledger/calendar-feed';
import type { Database } from '../ledger/database';

export interface CalendarRouteDeps {
  readonly database: Database;
  readonly now: () => Promise<Instant>;
  /** What links stand below, without a slash at its end. */
  readonly base: string;
  /** How much a calendar says, as in mails: it leaves the office network too. */
  readonly detail: 'reference' | 'full';
}

const NAME = /^([\w-]+)\.ics$/;

/**
 * `GET /calendar/<secret>.ics`: the calendar of whoever the secret was given to. 200 text/calendar with an ETag, 304 when the reader
 * has these bytes, 404 alike for a secret that is unknown, revoked or no secret at all, each after the same one look into the ledger.
 * The address is the key, so the route writes no log lines: they would hold it.
 */
export function addCalendarRoute(app: FastifyInstance, { database, now, base, detail }: CalendarRouteDeps): void {
  app.get<{ Params: { name: string } }>(
    '/calendar/:name',
    {
      logLevel: 'silent',
      // hooks of a route run after those of the app, which forbid to store any page
      onSend: async (_, reply) => {
        reply.header('cache-control', 'private, no-cache');
      },
    },
    async (request, reply) => {
      const secret = NAME.exec(request.params.name)?.[1] ?? '';
      const feed = await personOfFeed(database, hashFeedSecret(secret));
      if (feed === null || !isFeedSecret(secret, feed.secretHash)) return notFound(reply);
      const generatedAt = await now();
      const [owner, items] = await Promise.all([
        feedOwner(database, feed.personId, generatedAt),
        feedItems(database, feed.personId, generatedAt),
      ]);
      const text = calendarFeed({ ...owner, items, generatedAt, detail, base });
      const tag = `"${createHash('sha256').update(text, 'utf8').digest('base64url')}"`;
      reply.header('etag', tag);
      if (matches(request.headers['if-none-match'], tag)) return reply.code(304).send();
      return reply.type('text/calendar; charset=utf-8').send(text);
    },
  );
}

const notFound = (reply: FastifyReply): FastifyReply =>
  reply.code(404).type('text/plain; charset=utf-8').send('没有这个日历，或地址已停用。请向管理员索取新的地址。\n');

/** Whether If-None-Match names the tag; the comparison is weak (RFC 9110, 13.1.2). */
const matches = (header: string | undefined, tag: string): boolean =>
  (header ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
    .some((one) => one === '*' || one === tag);

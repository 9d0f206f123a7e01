import fastify, { type FastifyInstance } from 'fastify';
import { BASE } from '../domain/base/types';
import type { Instant } from '../domain/time';
import type { Database } from '../ledger/database';
import { issueDetail, issueList, nextDue, roundList } from '../ledger/queries';
import { roundDetail } from '../ledger/round-detail';
import { addCalendarRoute } from './calendar-route';
import { basePage, homePage, issuePage, notFoundPage, roundPage, signInPage } from './pages';

export interface ServerOptions {
  readonly database: Database;
  readonly now: () => Promise<Instant>;
  /** Pages show findings to whoever reaches the port: demo data only, until people can sign in. */
  readonly open: boolean;
  /** What links begin with, and how much a calendar feed may tell. */
  readonly base: string;
  readonly detail: 'reference' | 'full';
}

const HTML = 'text/html; charset=utf-8';

/** The page that links in mails lead to, and the answers that a watchdog asks for. Reads the ledger's tables only, never Temporal. */
export function createServer({ database, now, open, base, detail }: ServerOptions): FastifyInstance {
  const app = fastify({ forceCloseConnections: true });
  app.addHook('onSend', async (_, reply) => {
    reply.headers({
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
  });
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_, reply) => {
    try {
      await database.$queryRaw`SELECT 1`;
      return { status: 'ready' };
    } catch {
      return reply.code(503).send({ status: 'unready', service: 'postgresql' });
    }
  });
  app.get('/', async (_, reply) => {
    if (!open) return reply.code(401).type(HTML).send(signInPage());
    const [rounds, issues, due] = await Promise.all([
      roundList(database),
      issueList(database, { limit: 2_000 }),
      nextDue(database, { now: await now(), limit: 12 }),
    ]);
    return reply.type(HTML).send(homePage({ rounds, issues, due }));
  });
  app.get<{ Params: { id: string } }>('/issues/:id', async (request, reply) => {
    if (!open) return reply.code(401).type(HTML).send(signInPage());
    const at = await now();
    const issue = await issueDetail(database, request.params.id, at);
    return issue ? reply.type(HTML).send(issuePage(issue, at)) : reply.code(404).type(HTML).send(notFoundPage());
  });
  app.get<{ Params: { id: string } }>('/rounds/:id', async (request, reply) => {
    if (!open) return reply.code(401).type(HTML).send(signInPage());
    const at = await now();
    const round = await roundDetail(database, request.params.id, at);
    return round ? reply.type(HTML).send(roundPage(round, at)) : reply.code(404).type(HTML).send(notFoundPage());
  });
  app.get('/base', async (_, reply) => {
    if (!open) return reply.code(401).type(HTML).send(signInPage());
    return reply.type(HTML).send(basePage(await nextDue(database, { now: await now(), streamId: BASE })));
  });
  addCalendarRoute(app, { database, now, base, detail });
  app.setNotFoundHandler((request, reply) =>
    request.url.startsWith('/api/')
      ? reply.code(401).type('application/problem+json').send({ title: 'Unauthorized', status: 401 })
      : reply.code(404).type(HTML).send(notFoundPage()),
  );
  return app;
}

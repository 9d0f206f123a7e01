import path from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { instant } from '../domain/time';
import { listPage, messagePage } from './mail-pages';
import { listenForMail, type Refuse } from './mail-smtp';
import { MailStore } from './mail-store';

export interface MailInbox {
  /** `smtp://127.0.0.1:port` */
  readonly smtpUrl: string;
  /** The page and the JSON API. */
  readonly url: string;
  readonly store: MailStore;
  close(): Promise<void>;
}

export interface MailInboxOptions {
  /** Messages are kept in its `mail/`. */
  readonly dataDir: string;
  readonly smtpPort: number;
  readonly pagePort: number;
  /** For tests: refuses recipients as a real server would. */
  readonly refuse?: Refuse;
}

const PAGE_LINES = 50;
const listQuery = z.object({
  to: z.string().max(320).default(''),
  since: z.iso.datetime({ offset: true }).optional(),
  page: z.coerce.number().int().min(1).catch(1),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(500),
});
const idParams = z.object({ id: z.string().max(64) });

/** A mail server for one machine: keeps what it gets and shows it, delivers nothing. */
export async function startMailInbox(options: MailInboxOptions): Promise<MailInbox> {
  const store = await MailStore.open(path.join(options.dataDir, 'mail'));
  const smtp = await listenForMail(store, options.smtpPort, options.refuse ?? (() => undefined));
  const web = pages(store);
  try {
    const url = await web.listen({ port: options.pagePort, host: '127.0.0.1' });
    return {
      smtpUrl: `smtp://127.0.0.1:${smtp.port}`,
      url,
      store,
      close: async () => {
        await Promise.all([smtp.close(), web.close()]);
      },
    };
  } catch (error) {
    await smtp.close();
    throw error;
  }
}

function pages(store: MailStore): FastifyInstance {
  const app = fastify({ forceCloseConnections: true });
  app.addHook('onRequest', async (request, reply) => {
    // Another site's page must not read the mail through a name that points to this machine.
    if (!['127.0.0.1', 'localhost'].includes(request.hostname)) await reply.code(403).send({ error: 'forbidden' });
    reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'",
    });
  });
  app.setErrorHandler(async (error, _request, reply) => {
    await reply.code(error instanceof z.ZodError ? 400 : 500).send({ error: error instanceof Error ? error.message : String(error) });
  });
  const html = 'text/html; charset=utf-8';

  app.get('/', async (request, reply) => {
    const { to, page } = listQuery.parse(request.query);
    const total = store.total({ to });
    const pageCount = Math.max(1, Math.ceil(total / PAGE_LINES));
    const at = Math.min(page, pageCount);
    const lines = await store.list({ to }, { offset: (at - 1) * PAGE_LINES, limit: PAGE_LINES });
    return reply.type(html).send(listPage({ lines, total, to, page: at, pages: pageCount }));
  });
  app.get('/messages/:id', async (request, reply) => {
    const found = await store.message(idParams.parse(request.params).id);
    if (found === undefined) return reply.code(404).type('text/plain; charset=utf-8').send('没有这封邮件。');
    return reply.type(html).send(messagePage(found.summary, found.mail));
  });
  app.get('/messages/:id/html', async (request, reply) => {
    const found = await store.message(idParams.parse(request.params).id);
    return reply
      .code(found === undefined ? 404 : 200)
      .header(
        'content-security-policy',
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      )
      .type(html)
      .send(typeof found?.mail.html === 'string' ? `<base target="_blank">${found.mail.html}` : '');
  });

  app.get('/api/messages', async (request) => {
    const { to, since, offset, limit } = listQuery.parse(request.query);
    const filter = { to, since: since === undefined ? undefined : instant(since) };
    return { total: store.total(filter), messages: await store.list(filter, { offset, limit }) };
  });
  app.get('/api/messages/:id', async (request, reply) => {
    const found = await store.message(idParams.parse(request.params).id);
    if (found === undefined) return reply.code(404).send({ error: 'not found' });
    const { text, html: body, headerLines } = found.mail;
    const headers = headerLines.map(({ key, line }) => ({ name: key, line }));
    return { ...found.summary, text: text ?? '', html: typeof body === 'string' ? body : null, headers };
  });
  app.get('/api/messages/:id/raw', async (request, reply) => {
    const raw = await store.raw(idParams.parse(request.params).id);
    if (raw === undefined) return reply.code(404).send({ error: 'not found' });
    return reply.type('message/rfc822').send(raw);
  });
  return app;
}

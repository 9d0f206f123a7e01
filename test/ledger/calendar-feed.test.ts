import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import fastify, { type FastifyInstance } from 'fastify';
import { addCalendarRoute } from '../../api/calendar-route';
import { hashFeedSecret, newFeedSecret } from '../../channels/feed-secret';
import { feedCommand } from '../../cli/commands/feed';
import { defaultPolicy } from '../../domain/policy/default-policy';
import type { Policy } from '../../domain/policy/policy';
import { addMillis, localDate, type Instant } from '../../domain/time';
import type { FeedItem } from '../../domain/calendar-feed';
import { createFeed, feedItems, feedList, feedOwner, personOfFeed, revokeFeed } from '../../ledger/calendar-feed';
import { importDirectory } from '../../ledger/directory';
import { addPolicy, policyName } from '../../ledger/rules';
import { advance } from '../../ledger/step';
import { openRound, openTestLedger, people, showInstance, START, type TestLedger } from '../support/fixture';
import { act, assign, at, DAY_MS, live, sql, story } from './support';

let ledger: TestLedger;
beforeEach(async () => {
  ledger = await openTestLedger();
});
afterEach(() => ledger.close());

const lines = (rows: readonly FeedItem[]): string[] =>
  rows.map((row) => `${row.obligationId} ${row.dueOn}${row.closedAt === null ? '' : ' closed'}`);
const ofIssue = async (personId: string, now: Instant, streamId: string): Promise<FeedItem[]> =>
  (await feedItems(ledger.database, personId, now)).filter((row) => row.streamId === streamId);
const one = async (personId: string, now: Instant, streamId: string, obligationId: string): Promise<FeedItem | undefined> =>
  (await ofIssue(personId, now, streamId)).find((row) => row.obligationId === obligationId);

/** A round of one issue that has lived so many steps of the story; the last instant. */
async function lived(steps: number): Promise<{ issueId: string; roundId: string; now: Instant }> {
  const { issueIds, roundId } = await openRound(ledger.database, 1);
  const issueId = issueIds[0] ?? '';
  return { issueId, roundId, now: await live(ledger, issueId, steps) };
}

describe('what stands in a calendar', () => {
  test('is what one owes now, and what one owed and has done; the handler sees what the head owes', async () => {
    const { issueId, now } = await lived(5);
    expect(lines(await ofIssue('head', now, issueId))).toEqual([
      'receipt#1 2026-03-05 closed',
      'plan#1 2026-04-02 closed',
      'rectify#2 2026-05-29', // the day that the plan names
      'rectify#1 2026-06-02 closed',
    ]);
    expect(lines(await ofIssue('handler', now, issueId))).toEqual(lines(await ofIssue('head', now, issueId)));
    expect(lines(await ofIssue('inspector', now, issueId))).toEqual(['planReview#1 2026-03-16']);
    expect(await ofIssue('liaison', now, issueId)).toEqual([]);
    expect(await one('head', now, issueId, 'rectify#2')).toMatchObject({
      reference: issueId,
      title: '问题1',
      kind: '整改',
      provisional: false,
      tone: 'none',
      stopped: false,
      revision: 0,
      closedAt: null,
      closedBy: null,
      link: `/issues/${issueId}`,
    });
    expect(await one('head', now, issueId, 'receipt#1')).toMatchObject({
      closedBy: 'acknowledged',
      revision: 1,
      closedAt: addMillis(START, 2 * 3_600_000),
    });
  });

  test('goes beyond issues: what is owed for the round stands there too', async () => {
    const { roundId, now } = await lived(1);
    const office = await feedItems(ledger.database, 'office', now);
    expect(office.filter(({ streamId }) => streamId === `round/${roundId}`).map(({ kind, link }) => [kind, link])).toContainEqual([
      '报送整改方案',
      `/rounds/${roundId}`,
    ]);
  });

  test('does not wait for a mail: what is announced late stands there from the start', async () => {
    const { issueId, now } = await lived(story.length);
    expect(await ledger.database.notice.count({ where: { streamId: issueId, obligationId: 'checkBackDraw#1' } })).toBe(0);
    expect(await one('inspector', now, issueId, 'checkBackDraw#1')).toMatchObject({ kind: '回头看抽取', tone: 'none', closedAt: null });
  });

  test('a closed one stays for sixty days, then goes', async () => {
    const { issueId, now } = await lived(2);
    const last = addMillis(now, 60 * DAY_MS);
    expect(await one('head', last, issueId, 'receipt#1')).toMatchObject({ closedAt: now });
    expect(await one('head', addMillis(last, 1), issueId, 'receipt#1')).toBeUndefined();
  });

  test('its tone, and when it changed last, follow the rungs and the day', async () => {
    const { issueId, now } = await lived(1);
    const receipt = (when: Instant) => one('head', when, issueId, 'receipt#1');
    expect(await receipt(now)).toMatchObject({ tone: 'none', dueOn: '2026-03-05', changedAt: now });
    // the day is over, but nobody has woken the life yet
    expect(await receipt(at('2026-03-06T00:01'))).toMatchObject({ tone: 'none', changedAt: at('2026-03-06T00:00') });
    await advance(ledger.database, issueId, at('2026-03-06T03:00'));
    expect(await receipt(at('2026-03-06T08:00'))).toMatchObject({ tone: 'red', changedAt: at('2026-03-06T03:00') });
  });

  test('a day that moved raises the revision and keeps the obligation', async () => {
    const { issueId, roundId, now } = await lived(2);
    const before = await one('head', now, issueId, 'rectify#1');
    expect(before).toMatchObject({ dueOn: '2026-06-02', revision: 0 });
    const shorter: Policy = {
      ...defaultPolicy,
      version: 9,
      terms: { ...defaultPolicy.terms, concentratedPeriod: { ...defaultPolicy.terms.concentratedPeriod, value: { months: 2 } } },
    };
    await addPolicy(ledger.database, shorter);
    const since = at('2026-03-10T09:00');
    await act(
      ledger,
      `round/${roundId}`,
      'inspector',
      { type: 'putPolicyInForce', policy: policyName(shorter), reason: '区委要求' },
      since,
    );
    await advance(ledger.database, issueId, since);
    expect(await one('head', since, issueId, 'rectify#1')).toEqual({ ...before, dueOn: '2026-05-06', revision: 1, changedAt: since });
  });

  test('an extension closes the old date and opens another obligation; while it is decided the clock rests', async () => {
    const { issueId, now } = await lived(5);
    const ask = { type: 'requestExtension', newDueOn: '2026-06-30', reason: '设备到货推迟', progress: '已采购' };
    const asked = addMillis(now, DAY_MS);
    expect((await act(ledger, issueId, 'head', ask, asked)).outcome.accepted).toBe(true);
    expect(await one('head', asked, issueId, 'rectify#2')).toMatchObject({ stopped: true, closedAt: null });
    for (const actor of ['leader', 'inspector'])
      expect((await act(ledger, issueId, actor, { type: 'decideExtension', granted: true }, asked)).outcome).toMatchObject({
        accepted: true,
      });
    expect(lines(await ofIssue('head', asked, issueId)).filter((line) => /^rectify#[23]/.test(line))).toEqual([
      'rectify#2 2026-05-29 closed',
      'rectify#3 2026-06-30',
    ]);
    expect(await one('head', asked, issueId, 'rectify#2')).toMatchObject({ closedBy: 'extensionGranted', stopped: false });
  });

  test('passes from the former holder to the next one and to a substitute; what was done stays with who did it', async () => {
    const { issueId, now } = await lived(2);
    const posts = people.posts.map((post) => (post.role === 'unitHead' ? { ...post, personId: 'liaison' } : post));
    const later = addMillis(now, DAY_MS);
    await importDirectory(
      ledger.database,
      {
        ...people,
        posts: [...posts, { personId: 'head', unitId: 'bureau', role: 'auditor', title: '', from: null, to: null }],
        substitutes: [
          { personId: 'liaison', substituteId: 'clerk', roles: ['unitHead'], from: localDate('2026-03-05'), to: localDate('2026-03-06') },
        ],
      },
      { actor: 'admin', via: 'test', now: later },
    );
    expect(lines(await ofIssue('head', later, issueId))).toEqual(['receipt#1 2026-03-05 closed']);
    expect(lines(await ofIssue('liaison', later, issueId))).toContain('plan#1 2026-04-02');
    expect(lines(await ofIssue('clerk', later, issueId))).not.toContain('plan#1 2026-04-02');
    expect(lines(await ofIssue('clerk', at('2026-03-05T12:00'), issueId))).toContain('plan#1 2026-04-02');
    expect(lines(await ofIssue('liaison', at('2026-03-05T12:00'), issueId))).not.toContain('plan#1 2026-04-02');
  });

  test('who holds no post any more, or never did, has an empty calendar', async () => {
    const { now } = await lived(2);
    expect((await feedItems(ledger.database, 'head', now)).length).toBeGreaterThan(0);
    await importDirectory(
      ledger.database,
      { ...people, posts: people.posts.filter(({ personId }) => personId !== 'head') },
      { actor: 'admin', via: 'test', now },
    );
    expect(await feedItems(ledger.database, 'head', now)).toEqual([]);
    expect(await feedItems(ledger.database, 'stranger', now)).toEqual([]);
  });

  test('of another unit is not seen, though the role is the same', async () => {
    const units = [...people.units, { id: 'school', name: '东岸学校', kind: 'unit' as const, parentId: 'bureau' }];
    const persons = [...people.persons, { id: 'principal', name: '钟铭', email: null }];
    const posts = [
      ...people.posts,
      { personId: 'principal', unitId: 'school', role: 'unitHead' as const, title: '校长', from: null, to: null },
    ];
    await importDirectory(ledger.database, { units, persons, posts }, { actor: 'admin', via: 'test', now: START });
    const { issueId, now } = await lived(2);
    expect(await ofIssue('principal', now, issueId)).toEqual([]);
    await act(
      ledger,
      (await openRound(ledger.database, 1, now)).issueIds[0] ?? '',
      'office',
      { ...assign, leadUnitId: 'school', handlerId: 'principal' },
      now,
    );
    expect((await feedItems(ledger.database, 'principal', now)).map(({ kind }) => kind)).toEqual(['签收', '整改']);
  });

  test('names its person and the organisation, of the inspecting side the office', async () => {
    expect(await feedOwner(ledger.database, 'head', START)).toEqual({ person: { id: 'head', name: 'head' }, organisation: '临江区卫健局' });
    expect((await feedOwner(ledger.database, 'inspector', START)).organisation).toBe('区委巡察办');
    expect(await feedOwner(ledger.database, 'stranger', START)).toEqual({ person: { id: 'stranger', name: 'stranger' }, organisation: '' });
  });
});

const open = async (personId: string): Promise<{ id: number; secret: string }> => {
  const secret = newFeedSecret(randomBytes);
  return { id: await createFeed(ledger.database, { personId, secretHash: hashFeedSecret(secret), by: 'office', now: START }), secret };
};

describe('the addresses', () => {
  test('open one calendar each until they are revoked; the secret is stored nowhere', async () => {
    const [phone, desk] = [await open('head'), await open('head')];
    const person = async (secret: string) => (await personOfFeed(ledger.database, hashFeedSecret(secret)))?.personId;
    expect([await person(phone.secret), await person(desk.secret), await person('x')]).toEqual(['head', 'head', undefined]);
    expect(await sql(ledger.ownerUrl, `SELECT f FROM calendar_feed AS f WHERE f::text LIKE '%${phone.secret}%'`)).toEqual([]);
    const end = at('2026-03-03T09:00');
    expect(await revokeFeed(ledger.database, phone.id, { by: 'clerk', now: end })).toBe(true);
    expect(await revokeFeed(ledger.database, phone.id, { by: 'clerk', now: end })).toBe(false);
    expect([await person(phone.secret), await person(desk.secret)]).toEqual([undefined, 'head']);
    expect(await feedList(ledger.database)).toEqual([
      { id: phone.id, personId: 'head', personName: 'head', createdAt: START, createdBy: 'office', revokedAt: end, revokedBy: 'clerk' },
      { id: desk.id, personId: 'head', personName: 'head', createdAt: START, createdBy: 'office', revokedAt: null, revokedBy: null },
    ]);
  });

  test('nobody unknown gets one, and no two the same', async () => {
    const secretHash = hashFeedSecret('s');
    const create = (personId: string) => createFeed(ledger.database, { personId, secretHash, by: 'office', now: START });
    await expect(create('stranger')).rejects.toMatchObject({ failure: { code: 'person.unknown' } });
    await create('head');
    await expect(create('leader')).rejects.toThrow();
  });

  test('the application may revoke one, but neither change whose it is nor forget it', async () => {
    await open('head');
    for (const statement of [`UPDATE calendar_feed SET person_id = 'leader'`, 'DELETE FROM calendar_feed'])
      await expect(sql(ledger.appUrl, statement)).rejects.toMatchObject({ code: '42501' });
  });
});

/** A server whose every log line is kept, with a hook that forbids storing, as the page has it. */
function server(now: () => Promise<Instant>): { app: FastifyInstance; log: () => string } {
  let log = '';
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      log += chunk.toString();
      done();
    },
  });
  const app = fastify({ logger: { level: 'trace', stream } });
  app.addHook('onSend', async (_, reply) => {
    reply.header('cache-control', 'no-store');
  });
  app.get('/healthz', () => ({ status: 'ok' }));
  addCalendarRoute(app, { database: ledger.database, now, base: 'https://zg.linjiang.example', detail: 'reference' });
  return { app, log: () => log };
}

describe('the route', () => {
  test('gives the calendar once, and then only when something changed', async () => {
    const { issueId, now } = await lived(1);
    let clock = now;
    const { app } = server(() => Promise.resolve(clock));
    const { secret } = await open('head');
    const get = (etag?: string) =>
      app.inject({ url: `/calendar/${secret}.ics`, ...(etag === undefined ? {} : { headers: { 'if-none-match': etag } }) });
    const first = await get();
    expect([first.statusCode, first.headers['content-type'], first.headers['cache-control']]).toEqual([
      200,
      'text/calendar; charset=utf-8',
      'private, no-cache',
    ]);
    expect(first.body).toContain(`SUMMARY:${issueId} 签收\r\n`);
    expect(first.body).toContain('X-WR-CALNAME:整改应办：head（临江区卫健局）\r\n');
    expect(first.body).not.toContain('问题1');
    const etag = first.headers.etag ?? '';
    clock = addMillis(now, 3_600_000);
    for (const header of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await get(header);
      expect([again.statusCode, again.body, again.headers.etag, again.headers['cache-control']]).toEqual([
        304,
        '',
        etag,
        'private, no-cache',
      ]);
    }
    await act(ledger, issueId, story[1]?.[0] ?? '', story[1]?.[1] ?? {}, clock);
    const changed = await get(etag);
    expect(changed.statusCode).toBe(200);
    expect(changed.body).toContain(`SUMMARY:已结束：${issueId} 签收\r\n`);
    expect(changed.body).toContain('STATUS:CANCELLED\r\n');
    expect(changed.headers.etag).not.toBe(etag);
    await app.close();
  });

  test('gives the same refusal for a secret that is unknown, revoked or none', async () => {
    const { app } = server(() => Promise.resolve(START));
    const { id, secret } = await open('head');
    expect((await app.inject({ url: `/calendar/${secret}.ics` })).statusCode).toBe(200);
    await revokeFeed(ledger.database, id, { by: 'clerk', now: START });
    const names = [
      `${secret}.ics`,
      `${newFeedSecret(randomBytes)}.ics`,
      secret,
      'x.ics',
      '%00.ics',
      `${'a'.repeat(90)}.ics`,
      '..%2Fhealthz.ics',
    ];
    const answers = await Promise.all(names.map((name) => app.inject({ url: `/calendar/${name}` })));
    const told = answers.map(({ statusCode, body, headers }) => [
      statusCode,
      body,
      headers['cache-control'],
      headers['content-type'],
      headers.etag,
    ]);
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(told[0]?.slice(0, 3)).toEqual([404, '没有这个日历，或地址已停用。请向管理员索取新的地址。\n', 'private, no-cache']);
    await app.close();
  });

  test('writes no line that holds a secret, not even when the ledger is away', async () => {
    const { app, log } = server(() => Promise.reject(new Error('no clock')));
    const { secret } = await open('head');
    await app.inject({ url: '/healthz' });
    expect((await app.inject({ url: `/calendar/${secret}.ics` })).statusCode).toBe(500);
    await app.inject({ url: `/calendar/${newFeedSecret(randomBytes)}.ics` });
    expect(log()).toContain('/healthz');
    expect(log()).not.toContain('/calendar');
    expect(log()).not.toContain(secret);
    await app.close();
  });
});

describe('zhenggai feed', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'zhenggai-feed-'));
    showInstance(dataDir, ledger, { kind: 'production', pageUrl: 'http://127.0.0.1:8123/' });
  });
  afterEach(() => {
    rmSync(dataDir, { recursive: true });
  });

  /** What the command prints. */
  async function run(...args: readonly string[]): Promise<string> {
    let said = '';
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
    try {
      await feedCommand()
        .exitOverride()
        .parseAsync([...args, '--data-dir', dataDir], { from: 'user' });
    } finally {
      write.mockRestore();
    }
    return said;
  }

  test('opens an address, lists it without the secret, and closes it', async () => {
    const [url = '', told = ''] = (await run('create', 'head')).split('\n');
    const secret = /^http:\/\/127\.0\.0\.1:8123\/calendar\/([\w-]{43})\.ics$/.exec(url)?.[1] ?? '';
    const found = await personOfFeed(ledger.database, hashFeedSecret(secret));
    expect(found?.personId).toBe('head');
    const id = (await feedList(ledger.database))[0]?.id ?? 0;
    expect(told).toBe(`head的日历，编号${id}；停用：zhenggai feed revoke ${id}。`);
    const listed = await run('list');
    expect(listed).toContain('head');
    expect(listed).not.toContain(secret);
    expect(JSON.parse(await run('list', '--json'))).toMatchObject({
      schema: 'zhenggai.feeds/1',
      feeds: [{ id, personId: 'head', revokedAt: null }],
    });
    expect(await run('revoke', String(id))).toBe('已停用。\n');
    expect(await personOfFeed(ledger.database, hashFeedSecret(secret))).toBeNull();
    await expect(run('revoke', String(id))).rejects.toMatchObject({ failure: { code: 'feed.unknown' } });
    await expect(run('create', '无此人')).rejects.toMatchObject({ failure: { code: 'person.unknown' } });
    const { url: other } = JSON.parse(await run('create', 'leader', '--json')) as { url: string };
    expect(other).not.toBe(url);
  });
});

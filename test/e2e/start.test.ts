import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { freePort } from '../../platform/ports';
import { processesOf } from '../platform/support';
import { removeTemporaryDirs } from '../support/servers';
import {
  act,
  asSuperuser,
  build,
  endAll,
  eventsOf,
  expectRefusal,
  newDataDir,
  nothingLeft,
  start,
  untilAnnounced,
  zhenggai,
  type Answer,
  type EventRow,
  type Started,
} from './support';

jest.setTimeout(150_000); // real processes; a project's testTimeout is not heard when jest runs several projects

// One demo instance lives through this file, as it would on a desk: first start, work, Ctrl-C, second start, tampering.
let dataDir: string;
let started: Started;

beforeAll(async () => {
  build();
  dataDir = newDataDir();
  started = await start(dataDir);
});
afterAll(async () => {
  await endAll();
  await nothingLeft(dataDir);
  removeTemporaryDirs();
});

const instanceSchema = z.object({ inboxUrl: z.string(), temporal: z.object({ uiUrl: z.string() }), pageUrl: z.string() });
const issuesSchema = z.object({
  schema: z.literal('zhenggai.issues/1'),
  issues: z.array(z.object({ id: z.string(), title: z.string().min(1), phase: z.string(), nextDueOn: z.iso.date().nullable() })),
});
const instanceFile = () => path.join(dataDir, 'instance.json');

describe('the first start', () => {
  test('opens the sample and says who owes what by when', () => {
    const { stdout, stderr } = started.said();
    expect(stdout).toContain('首次启动');
    expect(stdout).toMatch(/\d{4}-\d\d-\d\d +\d个工作日 +交账 +R1-001 等16个 +.*乔子衿/);
    expect(stdout).toContain(started.pageUrl);
    expect(stderr).not.toMatch(/error|warn|at .*\.js:\d/i);
  });

  test('its page, its mail inbox and the page of Temporal answer', async () => {
    const { inboxUrl, temporal, pageUrl } = instanceSchema.parse(JSON.parse(readFileSync(instanceFile(), 'utf8')));
    expect(pageUrl).toBe(started.pageUrl);
    for (const url of [pageUrl, inboxUrl, temporal.uiUrl]) expect(started.said().stdout).toContain(url);
    const page = await fetch(pageUrl);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('R1-016');
    for (const url of [inboxUrl, temporal.uiUrl, `${pageUrl}/healthz`, `${pageUrl}/readyz`]) expect((await fetch(url)).status).toBe(200);
    expect((await fetch(`${pageUrl}/api/issues`)).status).toBe(401);
  });

  test('every issue has a life that has announced it', async () => {
    const events = await untilAnnounced(dataDir, 16);
    expect(events.filter(({ type }) => type === 'registered')).toHaveLength(16);
  });

  test('a second terminal lists and shows, for people and for scripts', async () => {
    const { issues } = issuesSchema.parse(await started.json(['issue', 'list']));
    expect(issues.map(({ id }) => id)).toEqual(Array.from({ length: 16 }, (_, n) => `R1-${String(n + 1).padStart(3, '0')}`));
    const issue = await started.json(['issue', 'show', 'R1-001']);
    expect(issue).toMatchObject({ schema: 'zhenggai.issue/1', id: 'R1-001', phase: 'registered', version: 2, open: [{ kind: 'assign' }] });
    const list = await started.run('issue', 'list', '--phase', 'registered');
    expect(list).toMatchObject({ code: 0, stdout: expect.stringContaining('R1-016  借调人员管理不规范') as string });
    const shown = await started.run('issue', 'show', 'R1-001');
    expect(shown.stdout).toContain('尚未交账');
    expect(Math.max(...shown.stdout.split('\n').map((line) => line.length))).toBeLessThan(120);
  });

  test('a second start of the same data dir is refused, and the first goes on', async () => {
    const refused = await zhenggai(['start', '--data-dir', dataDir, '--port', String(await freePort())]);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toMatch(/已由另一个正在运行的 zhenggai（进程 \d+）使用。\n.+\[data-dir-in-use\]/);
    expect((await fetch(`${started.pageUrl}/readyz`)).status).toBe(200);
  });

  test('a port that somebody listens on is refused by the name of its variable', async () => {
    const taken = new URL(started.pageUrl).port;
    const refused = await zhenggai(['start', '--data-dir', newDataDir(), '--port', taken]);
    expectRefusal(refused, 'port-taken');
    expect(refused.stderr).toContain('ZHENGGAI_PORT');
  });
});

describe('issue do', () => {
  test('persons and units are named as people name them, and the issue moves on', async () => {
    const assigned = await act(started, 'R1-001', '乔子衿', 'assign', 'leadUnitId=医政医管科', 'leadLeaderId=闻静秋', 'handlerId=简书宁');
    expect(assigned).toMatchObject({ accepted: true, phase: 'assigned' });
    expect(await act(started, 'R1-001', '霍明哲', 'acknowledge')).toMatchObject({ phase: 'acknowledged' });
    const issue = await started.json(['issue', 'show', 'R1-001']);
    expect(issue).toMatchObject({
      phase: 'acknowledged',
      assignment: { leadUnit: { name: '医政医管科' }, leadLeader: { name: '闻静秋' }, handler: { name: '简书宁' } },
      open: [
        { kind: 'rectify', persons: [{ name: '霍明哲' }] },
        { kind: 'plan', persons: [{ name: '霍明哲' }] },
      ],
    });
  });

  const past = 'measures=[{"unitId":"医政医管科","text":"修订制度","dueOn":"2020-01-31"}]';
  const refusals: readonly (readonly [code: string, ...args: string[]])[] = [
    ['role.notAllowed', 'R1-001', 'requestCloseout', '--as', '乔子衿'],
    ['phase.notAllowed', 'R1-001', 'acknowledge', '--as', '霍明哲'],
    ['date.past', 'R1-001', 'proposePlan', past, '--as', '简书宁'],
    ['issue.unknown', 'R1-999', 'acknowledge', '--as', '霍明哲'],
    ['person.unknown', 'R1-001', 'acknowledge', '--as', '某某某'],
    ['unit.unknown', 'R1-002', 'assign', 'leadUnitId=某某科', 'leadLeaderId=闻静秋', '--as', '乔子衿'],
    ['command.unknown', 'R1-001', 'abolish', '--as', '霍明哲'],
    ['command.field', 'R1-001', 'comment', 'note=好', 'colour=red', '--as', '霍明哲'],
    ['actor.missing', 'R1-001', 'acknowledge'],
  ]; // prettier-ignore

  test('what is refused changes nothing', async () => {
    const before = await eventsOf(dataDir);
    for (const [code, ...args] of refusals) expectRefusal(await started.run('issue', 'do', ...args), code);
    expect(await eventsOf(dataDir)).toEqual(before);
  });

  test('the same key twice is done once and answered the same', async () => {
    const words = ['issue', 'do', 'R1-002', 'comment', 'note=请尽快交账', '--as', '乔子衿', '--key', 'comment-of-R1-002'];
    const [one, two] = [await started.json<Answer>(words), await started.json<Answer>(words)];
    expect(two).toEqual(one);
    expect((await eventsOf(dataDir)).filter(({ command_key: key }) => key === 'comment-of-R1-002')).toHaveLength(1);
    expectRefusal(await started.run(...words.with(2, 'R1-003')), 'command.keyTaken');
  });

  test('who has not seen the last act is told so', async () => {
    const seen = await act(started, 'R1-003', '乔子衿', 'comment', 'note=第一条');
    await act(started, 'R1-003', '冉一帆', 'comment', 'note=第二条');
    const late = ['issue', 'do', 'R1-003', 'comment', 'note=第三条', '--as', '乔子衿', '--expect', String(seen.version)];
    expectRefusal(await started.run(...late), 'version.stale');
  });

  test('a long text is shortened on the screen and whole for scripts', async () => {
    const note = '长'.repeat(5_000);
    await act(started, 'R1-004', '乔子衿', 'comment', `note=${note}`);
    const shown = await started.run('issue', 'show', 'R1-004');
    expect(shown.stdout).toContain('长…');
    expect(shown.stdout.length).toBeLessThan(3_000);
    expect(JSON.stringify(await started.json(['issue', 'show', 'R1-004']))).toContain(note);
  });
});

describe('a service that does not answer is exit 3, with a sentence', () => {
  /** A copy of what a second terminal reads, with another address: nobody listens there. */
  async function elsewhere(change: (instance: Record<string, unknown>, port: number) => void): Promise<string> {
    const copy = newDataDir();
    mkdirSync(copy);
    cpSync(instanceFile(), path.join(copy, 'instance.json'));
    const instance = JSON.parse(readFileSync(instanceFile(), 'utf8')) as Record<string, unknown>;
    change(instance, await freePort());
    writeFileSync(path.join(copy, 'instance.json'), JSON.stringify(instance));
    return copy;
  }

  test('the database', async () => {
    const copy = await elsewhere((instance, port) => {
      instance['appUrl'] = Object.assign(new URL(String(instance['appUrl'])), { port: String(port) }).href;
    });
    const result = await zhenggai(['issue', 'list', '--data-dir', copy]);
    expect(result).toMatchObject({ code: 3, stderr: expect.stringContaining('[database.unreachable]') as string });
  });

  test('Temporal; reading works without it, and nothing is stored', async () => {
    const copy = await elsewhere((instance, port) => {
      instance['temporal'] = { address: `127.0.0.1:${port}`, namespace: 'default', uiUrl: null };
    });
    expect((await zhenggai(['issue', 'list', '--data-dir', copy])).code).toBe(0);
    const result = await zhenggai(['issue', 'do', 'R1-005', 'comment', 'note=好', '--as', '乔子衿', '--key', 'unsent', '--data-dir', copy]);
    expect(result).toMatchObject({ code: 3, stderr: expect.stringContaining('[temporal.unreachable]') as string });
    expect(await asSuperuser(dataDir, "SELECT key FROM command WHERE key = 'unsent'")).toEqual([]);
  });

  test('an instance that is not running', async () => {
    const result = await zhenggai(['issue', 'list', '--data-dir', newDataDir()]);
    expect(result).toMatchObject({ code: 3, stderr: expect.stringContaining('[not-running]') as string });
  });
});

test('forecast: rungs in order of time, with the names of those who will be told', async () => {
  const { rungs } = z
    .object({
      schema: z.literal('zhenggai.forecast/1'),
      round: z.literal('R1'),
      until: z.iso.date(),
      rungs: z.array(
        z.object({
          stream: z.string(),
          reference: z.string(),
          at: z.iso.datetime(),
          obligation: z.string(),
          rung: z.string(),
          label: z.string(),
          dueOn: z.iso.date(),
          recipients: z.array(
            z.object({ personId: z.string(), name: z.string(), roles: z.array(z.string()), vacant: z.array(z.string()) }),
          ),
        }),
      ),
    })
    .parse(await started.json(['forecast', '--round', 'R1']));
  expect(rungs.length).toBeGreaterThan(50);
  expect(rungs.map(({ at }) => at)).toEqual(rungs.map(({ at }) => at).sort());
  const told = rungs.flatMap(({ recipients }) => recipients);
  expect(told.map(({ name }) => name)).toEqual(expect.arrayContaining(['乔子衿', '简书宁', '闻静秋', '骆青山']));
  expect(told.filter(({ name, personId }) => name === personId)).toEqual([]);
  const table = await started.run('forecast', '--round', 'R1', '--until', rungs[0]?.dueOn ?? '');
  expect(table).toMatchObject({ code: 0, stdout: expect.stringContaining('如无人办理') as string });
  expectRefusal(await started.run('forecast', '--round', 'R9'), 'round.unknown');
});

test('import of a text without findings registers nothing', async () => {
  const before = await eventsOf(dataDir);
  const file = path.join(path.dirname(dataDir), 'story.txt');
  writeFileSync(file, '关于巡察整改工作的综述\n今年以来，全区上下统筹推进整改工作，取得明显成效，干部群众普遍认可。\n');
  expectRefusal(await started.run('import', file, '--round', '综述', '--as', '乔子衿'), 'draft.noIssues');
  expectRefusal(await started.run('import', '--as', '乔子衿'), 'import.nothing');
  const notAllowed = ['import', 'samples/report.txt', '--round', '重复', '--as', '霍明哲'];
  expectRefusal(await started.run(...notAllowed), 'role.notAllowed');
  expect(await eventsOf(dataDir)).toEqual(before);
});

describe('Ctrl-C and the second start', () => {
  let before: EventRow[];

  test('Ctrl-C ends with 0 and leaves no process behind', async () => {
    before = await eventsOf(dataDir);
    expect(await started.end('SIGINT')).toBe(0);
    expect(processesOf(dataDir)).toEqual([]);
    expect((await zhenggai(['verify', '--data-dir', dataDir])).code).toBe(3);
  });

  test('the second start goes on with the same ledger', async () => {
    started = await start(dataDir);
    expect(started.said().stdout).not.toContain('首次启动');
    expect(await eventsOf(dataDir)).toEqual(expect.arrayContaining(before));
    const verified = await started.json(['verify']);
    expect(verified).toMatchObject({ schema: 'zhenggai.verify/1', verified: true, problems: [] });
    expect(verified['events']).toBeGreaterThanOrEqual(before.length);
    expect(await act(started, 'R1-002', '冉一帆', 'comment', 'note=接着办')).toMatchObject({ accepted: true });
  });
});

describe('verify after the owner of the database has changed an event', () => {
  test('exits 1 and names the first event that does not hold', async () => {
    await asSuperuser(
      dataDir,
      `ALTER TABLE event DISABLE TRIGGER ALL;
       UPDATE event SET body = replace(body, 'e2e', 'E2E') WHERE stream_id = 'R1-001' AND command_key LIKE 'e2e-%';
       ALTER TABLE event ENABLE TRIGGER ALL`,
    );
    const first = (await eventsOf(dataDir)).find(({ stream_id: id, command_key: key }) => id === 'R1-001' && key !== null);
    const { code, stderr } = await started.run('verify');
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(`总账R1-001第${first?.version ?? 0}条不符`) as string });
    expect(await started.json(['verify', '--issue', 'R1-001'], 1)).toMatchObject({
      verified: false,
      problems: [{ stream: 'R1-001', version: first?.version, code: 'hash' }],
    });
    expect((await started.run('verify', '--issue', 'R1-005')).code).toBe(0);
    expectRefusal(await started.run('verify', '--issue', 'R1-999'), 'issue.unknown');
  });
});

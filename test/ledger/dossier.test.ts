import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { checkDossierFile, sha256Hex } from '../../cli/check-dossier';
import { dossierCommand } from '../../cli/commands/dossier';
import { verifyCommand } from '../../cli/commands/verify';
import type { Dossier } from '../../domain/dossier';
import { addMillis, type Instant } from '../../domain/time';
import { anchorLine, takeAnchor } from '../../ledger/anchors';
import { dossierOf } from '../../ledger/dossier';
import { eraseContent } from '../../ledger/erase';
import { inTransaction } from '../../ledger/database';
import { documentOf, lettersFor } from '../../ledger/letters';
import { advance } from '../../ledger/step';
import { composeLetter } from '../../papers/compose-letter';
import { checkDossier } from '../../papers/dossier-check';
import { dossierIn, dossierPage } from '../../papers/dossier-page';
import { openTestLedger, showInstance, START, type TestLedger } from '../support/fixture';
import { act, assign, at, live, openIssue } from './support';

const NIGHT = at('2026-06-30T23:50');
const PAPER = 'reminderLetter-1';
let ledger: TestLedger;
let folder: string;
let id: string;
let signed: string;
beforeAll(async () => {
  ledger = await openTestLedger();
  folder = mkdtempSync(path.join(tmpdir(), 'zhenggai-dossier-'));
  showInstance(folder, ledger);
  id = await openIssue(ledger);
  await live(ledger, id);
  signed = await issueWithLetter();
  await takeAnchor(ledger.database, NIGHT);
});
afterAll(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

/** An issue whose reminder letter is signed and composed. */
async function issueWithLetter(): Promise<string> {
  const issueId = await openIssue(ledger);
  await act(ledger, issueId, 'office', assign, addMillis(START, 1_000));
  for (let wake: Instant | null = START; wake !== null && wake <= at('2026-06-20T00:00');)
    wake = (await advance(ledger.database, issueId, wake)).nextWakeAt;
  await act(ledger, issueId, 'office', { type: 'signPaper', paperId: PAPER }, at('2026-06-22T09:00'));
  await inTransaction(ledger.database, async (tx) => {
    for (const letter of await lettersFor(tx, [{ streamId: issueId, paperId: PAPER }])) await documentOf(tx, letter, composeLetter);
  });
  return issueId;
}

const folderOf = async (of = id) => {
  const made = await dossierOf(ledger.database, of, { now: NIGHT, caption: ({ type }) => type });
  if (!made) throw new Error('no dossier');
  return made;
};
const dossierNow = async (of = id): Promise<Dossier> => (await folderOf(of)).dossier;
const failures = async (dossier: Dossier): Promise<string[]> =>
  (await checkDossier(dossier, sha256Hex)).steps.filter(({ holds }) => !holds).map(({ what }) => what);

test('the dossier of a closed issue holds: its events, its contents, the way to the anchor', async () => {
  const dossier = await dossierNow();
  const { holds, steps } = await checkDossier(dossier, sha256Hex);
  expect({ holds, steps: steps.length }).toEqual({ holds: true, steps: 3 });
  expect(dossier.proof?.leaf.version).toBe(dossier.events.length);
  expect(steps[2]?.what).toContain(dossier.proof?.anchor.hash);
});

test('a closeout freezes who acted, with their posts of that day; the dossier names them', async () => {
  const dossier = await dossierNow();
  const closed = dossier.events.map(({ body }) => JSON.parse(body) as { type: string; payload: { people?: { content: string } } });
  const ref = closed.find(({ type }) => type === 'closed')?.payload.people?.content;
  const bytes = dossier.contents.find((content) => content.id === ref)?.bytes ?? '';
  const people = JSON.parse(Buffer.from(bytes, 'base64').toString('utf8')) as { id: string; posts: { unit: string; role: string }[] }[];
  expect(people.map((person) => person.id)).toEqual(['cadres', 'discipline', 'handler', 'head', 'inspector', 'leader', 'office']);
  expect(people.find((person) => person.id === 'head')?.posts).toMatchObject([{ unit: '北门卫生院', role: 'unitHead' }]);
  await ledger.database.person.update({ where: { id: 'head' }, data: { name: '后来改名' } });
  expect((await dossierNow()).events.map(({ actor }) => actor)).not.toContain('后来改名');
});

test('what came after the anchor is said to be uncovered; without any anchor it says what it cannot prove', async () => {
  const dossier = await dossierNow();
  const shorter = { ...dossier.proof, leaf: { ...dossier.proof?.leaf, version: dossier.events.length - 1 } };
  expect(await failures({ ...dossier, proof: shorter as Dossier['proof'] })).toHaveLength(1); // another event is not the anchored one
  const { holds, steps } = await checkDossier({ ...dossier, proof: null }, sha256Hex);
  expect({ holds, last: steps.at(-1)?.what }).toEqual({ holds: true, last: '还没有锚：只能证明记录前后一致，不能证明没有整本改写' });
});

type Change = (dossier: Dossier) => Dossier;
const event =
  (index: number, over: Partial<Dossier['events'][number]>): Change =>
  (dossier) => ({
    ...dossier,
    events: dossier.events.map((one, at_) => (at_ === index ? { ...one, ...over } : one)),
  });
const proof =
  (over: (one: NonNullable<Dossier['proof']>) => object): Change =>
  (dossier) => ({
    ...dossier,
    proof: dossier.proof && { ...dossier.proof, ...over(dossier.proof) },
  });
const zeros = '0'.repeat(64);
test.each<[string, Change, RegExp]>([
  [
    'a letter of an event',
    (dossier) => event(4, { body: dossier.events[4]?.body.replace('"actor":"', '"actor":"x') ?? '' })(dossier),
    /^第5条记录/,
  ],
  ['a hash', event(2, { hash: zeros }), /^第3条记录/],
  ['an event left out', (dossier) => ({ ...dossier, events: dossier.events.toSpliced(3, 1) }), /^第4条记录/],
  ['two events in another order', (dossier) => ({ ...dossier, events: [...dossier.events].reverse() }), /^第1条记录/],
  ['the end left out', (dossier) => ({ ...dossier, events: dossier.events.slice(0, -1) }), /总账锚第1号不符/],
  ['all events left out', (dossier) => ({ ...dossier, events: [] }), /0条记录/],
  ['another stream', (dossier) => ({ ...dossier, stream: 'R9-001' }), /^第1条记录/],
  [
    'a word of a content',
    (dossier) => ({ ...dossier, contents: dossier.contents.map((one, at_) => (at_ === 0 ? { ...one, bytes: 'AAAA' } : one)) }),
    /不符或缺失$/,
  ],
  ['a content left out', (dossier) => ({ ...dossier, contents: dossier.contents.slice(1) }), /不符或缺失$/],
  ['the root', proof(({ anchor }) => ({ anchor: { ...anchor, root: zeros } })), /总账锚第1号不符/],
  ['the instant of the anchor', proof(({ anchor }) => ({ anchor: { ...anchor, takenAt: START } })), /总账锚第1号不符/],
  ['the number of streams', proof(({ anchor }) => ({ anchor: { ...anchor, streams: 1 } })), /总账锚第1号不符/],
  ['a step of the path', proof(({ path: steps }) => ({ path: steps.slice(1) })), /总账锚第1号不符/],
  ['the leaf', proof(({ leaf }) => ({ leaf: { ...leaf, hash: zeros } })), /总账锚第1号不符/],
])('finds a change of %s', async (_, change, what) => {
  expect((await failures(change(await dossierNow()))).join('\n')).toMatch(what);
});

test('erased content reads as erased, and its proof stands', async () => {
  const erasedIssue = await openIssue(ledger);
  await act(ledger, erasedIssue, 'office', { type: 'comment', note: '张某某的病历' }, addMillis(START, 2_000));
  const payload = (await ledger.database.event.findFirstOrThrow({ where: { streamId: erasedIssue, type: 'commented' } })).payload;
  const { note } = payload as { note: { content: string } };
  await eraseContent(ledger.database, note.content, { actor: 'admin', via: 'test', reason: '依申请', now: NIGHT });
  const { holds, steps } = await checkDossier(await dossierNow(erasedIssue), sha256Hex);
  expect(holds).toBe(true);
  expect(steps[1]?.what).toMatch(/，1段已依规清除/);
});

test('the page carries its data unharmed, whatever stands in it, loads nothing, and its own script finds the same', async () => {
  const nasty = '</script><script>alert(1)</script><!-- ]]> 𠮷 “引号”';
  const dossier = { ...(await dossierNow()), title: nasty };
  const html = dossierPage(dossier);
  expect(dossierIn(html)).toEqual(dossier);
  expect(html).not.toMatch(/\bsrc=|href=|url\(|@import/);
  expect(html.match(/<script/g)).toHaveLength(2);
  const run = async (page: string): Promise<{ verdict: string; rows: number }> => {
    const [, script = ''] = /<script>\n([\s\S]*?)\n<\/script>/.exec(page) ?? [];
    const made = new Map<string, Fake>();
    const element = (): Fake => ({ textContent: null, className: '', title: '', children: [], append: () => undefined });
    const document = {
      getElementById: (name: string) => {
        const known = made.get(name) ?? { ...element(), textContent: name === 'zhenggai-dossier' ? JSON.stringify(dossierIn(page)) : null };
        known.append = (child) => known.children.push(child);
        made.set(name, known);
        return known;
      },
      createElement: element,
    };
    // what a browser has, and nothing of Node
    runInNewContext(script, { document, crypto, TextEncoder, TextDecoder, atob, Uint8Array, JSON, Promise, Date, console });
    for (let tries = 0; made.get('verdict')?.textContent == null && tries < 500; tries++) await new Promise((done) => setTimeout(done, 10));
    return { verdict: made.get('verdict')?.textContent ?? '', rows: made.get('story')?.children.length ?? 0 };
  };
  expect(await run(html)).toEqual({ verdict: '校验通过。', rows: dossier.events.length });
  const forged = dossierPage(event(4, { hash: zeros })(dossier));
  expect((await run(forged)).verdict).toBe('校验不通过：卷宗被改动过或不完整。');
});

interface Fake {
  textContent: string | null;
  className: string;
  title: string;
  children: unknown[];
  append: (child: unknown) => unknown;
}

describe('on the command line', () => {
  let said = '';
  beforeEach(() => {
    said = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      said += String(chunk);
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  const verify = (...args: string[]) => verifyCommand().exitOverride().parseAsync(args, { from: 'user' });

  test('dossier writes page and documents; verify --dossier checks both without a database, against anchors that were kept', async () => {
    const out = path.join(folder, 'out');
    await dossierCommand().exitOverride().parseAsync([signed, '--out', out, '--data-dir', folder], { from: 'user' });
    const file = path.join(out, `${signed}.html`);
    const document = path.join(out, '提醒函〔2026〕1号.docx');
    expect(said).toContain('附件1件');
    await verify('--dossier', file);
    expect(said).toContain('✓ 附件提醒函〔2026〕1号相符');

    const held = path.join(folder, 'held.txt');
    writeFileSync(held, anchorLine(await takeAnchor(ledger.database, NIGHT)));
    await expect(verify('--dossier', file, '--held', held)).rejects.toMatchObject({ failure: { code: 'dossier.broken' } }); // of a later anchor
    await dossierCommand().exitOverride().parseAsync([signed, '--out', out, '--force', '--data-dir', folder], { from: 'user' });
    await verify('--dossier', file, '--held', held);
    expect(said).toContain('与外部保存的一致');

    const bytes = readFileSync(document);
    writeFileSync(document, bytes.subarray(1));
    await expect(verify('--dossier', file)).rejects.toMatchObject({ failure: { what: expect.stringContaining('附件提醒函') as string } });
    rmSync(document);
    await expect(verify('--dossier', file)).rejects.toMatchObject({ failure: { what: expect.stringContaining('不在旁边') as string } });
    expect((await checkDossierFile(file)).holds).toBe(false);
  });

  test('a file that is no dossier is refused', async () => {
    const file = path.join(folder, 'x.html');
    writeFileSync(file, '<p>其他</p>');
    await expect(verify('--dossier', file)).rejects.toMatchObject({ failure: { code: 'dossier.none' } });
    writeFileSync(file, dossierPage({ ...(await dossierNow()), files: [{ name: '../etc', label: 'x', sha256: zeros }] }));
    await expect(verify('--dossier', file)).rejects.toMatchObject({ failure: { code: 'dossier.none' } });
  });
});

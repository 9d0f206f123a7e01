import { ZhenggaiError } from '../../domain/failure';
import { addMillis, localDate } from '../../domain/time';
import { eraseContent } from '../../ledger/erase';
import { confirmDraft, settleUpdate } from '../../ledger/draft-confirm';
import { knownFile, refuseRegistered } from '../../ledger/draft-known';
import { addEdits, discardDraft, draftList, loadDraft, saveDraft } from '../../ledger/drafts';
import { registerRound, type NewRound } from '../../ledger/register';
import { verifyLedger } from '../../ledger/verify';
import { openTestLedger, START, type TestLedger } from '../support/fixture';
import { sql } from './support';

let ledger: TestLedger;
beforeEach(async () => {
  ledger = await openTestLedger();
});
afterEach(async () => {
  expect((await verifyLedger(ledger.database)).problems).toEqual([]);
  await ledger.close();
});

const SHA = 'a'.repeat(64);
const by = { actor: 'office', now: START };
const clerk = { actor: 'clerk', now: addMillis(START, 60_000) };
const document = (sha256 = SHA, more: object = {}) => ({
  source: { file: '通报.txt', sha256 },
  original: { issues: ['台账缺失'] },
  ...more,
});
const round = (titles = ['台账缺失'], sha256 = SHA): NewRound => ({
  name: '云溪县农业局巡察整改',
  inspectedBody: null,
  inspectingBody: null,
  feedbackOn: localDate('2026-03-02'),
  source: { file: '通报.txt', sha256 },
  issues: titles.map((title, index) => ({ number: index + 1, title, text: '', reported: null })),
});
const save = (...args: Parameters<typeof document>) => saveDraft(ledger.database, document(...args), by);
const confirm = (id: string, expected: number, more: { again?: boolean; titles?: string[] } = {}) =>
  confirmDraft(ledger.database, id, { round: round(more.titles), expected, ...more }, { ...by, via: 'test' });
const code = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof ZhenggaiError ? error.failure.code : error),
  );

test('a draft keeps what was read and every edit, in order, with who and when', async () => {
  const { id, version } = await save();
  expect([id, version]).toEqual(['D1', 0]);
  expect(await addEdits(ledger.database, id, { edits: [{ title: '甲' }, { title: '乙' }], expected: 0 }, clerk)).toBe(2);
  expect(await addEdits(ledger.database, id, { edits: [{ title: '丙' }], expected: 2 }, by)).toBe(3);
  expect(await loadDraft(ledger.database, id)).toEqual({
    id: 'D1',
    source: { file: '通报.txt', sha256: SHA },
    readBy: 'office',
    readAt: START,
    aboutRoundId: null,
    version: 3,
    end: { state: 'open' },
    original: { issues: ['台账缺失'] },
    edits: [
      { version: 1, edit: { title: '甲' }, by: 'clerk', at: clerk.now },
      { version: 2, edit: { title: '乙' }, by: 'clerk', at: clerk.now },
      { version: 3, edit: { title: '丙' }, by: 'office', at: START },
    ],
  });
  expect(await code(loadDraft(ledger.database, 'D9'))).toBe('draft.unknown');
});

test('of two persons who edit what they both saw, the second is told both versions and changes nothing', async () => {
  const { id } = await save();
  const answers = await Promise.all(
    ['甲', '乙'].map((title) => code(addEdits(ledger.database, id, { edits: [{ title }], expected: 0 }, by))),
  );
  expect(answers.sort()).toEqual(['done', 'draft.changed']);
  expect((await loadDraft(ledger.database, id)).edits).toHaveLength(1);
  await expect(addEdits(ledger.database, id, { edits: [{}], expected: 0 }, by)).rejects.toMatchObject({
    failure: { what: '草稿D1已由他人改动：您看到的是版本0，现为版本1。' },
  });
});

test('the same bytes are read once, also by two at a time; a draft that was thrown away is forgotten', async () => {
  expect((await Promise.all([code(save()), code(save())])).sort()).toEqual(['done', 'draft.known']);
  await expect(save()).rejects.toMatchObject({ failure: { what: '文件通报.txt已于2026-03-02读取为草稿D1。' } });
  expect((await save('b'.repeat(64))).id).toBe('D2'); // a refusal uses no number up
  await discardDraft(ledger.database, 'D1', '读错文件', clerk);
  expect((await save()).id).toBe('D3');
  expect((await save(SHA, { again: true })).id).toBe('D4');
  expect((await draftList(ledger.database)).map(({ id, end }) => `${id} ${end.state}`)).toEqual([
    'D1 discarded',
    'D2 open',
    'D3 open',
    'D4 open',
  ]);
});

test('what was thrown away stays on record with the reason, and takes nothing more', async () => {
  const { id } = await save();
  expect(await code(discardDraft(ledger.database, id, ' ', by))).toBe('draft.reason');
  await discardDraft(ledger.database, id, '读错文件', clerk);
  expect((await loadDraft(ledger.database, id)).end).toEqual({ state: 'discarded', reason: '读错文件', by: 'clerk', at: clerk.now });
  const late = [
    () => addEdits(ledger.database, id, { edits: [{}], expected: 0 }, by),
    () => discardDraft(ledger.database, id, '再次', by),
    () => confirm(id, 0),
  ];
  for (const work of late) expect(await code(work())).toBe('draft.ended');
});

test('confirming opens the account and ends the draft, both or neither', async () => {
  const { id } = await save();
  await addEdits(ledger.database, id, { edits: [{ title: '甲' }], expected: 0 }, by);
  const { event, content, counter, draft } = ledger.database;
  const before = [await event.count(), await content.count(), await counter.findMany(), await draft.findMany()];
  expect(await code(confirm(id, 0))).toBe('draft.changed');
  await expect(confirm(id, 1, { titles: ['甲', 'a\0b'] })).rejects.toThrow();
  expect([await event.count(), await content.count(), await counter.findMany(), await draft.findMany()]).toEqual(before);
  const { roundId, issueIds } = await confirm(id, 1, { titles: ['甲', '乙'] });
  expect([roundId, issueIds]).toEqual(['R1', ['R1-001', 'R1-002']]);
  expect((await loadDraft(ledger.database, id)).end).toEqual({ state: 'confirmed', roundId: 'R1', by: 'office', at: START });
  expect(await ledger.database.issue.count({ where: { roundId } })).toBe(2);
});

test('a draft is confirmed once, whoever asks at the same time', async () => {
  const { id } = await save();
  const answers = await Promise.all([1, 2, 3].map(() => code(confirm(id, 0))));
  expect(answers.sort()).toEqual(['done', 'draft.ended', 'draft.ended']);
  expect(await ledger.database.round.count()).toBe(1);
});

test('a file that a round was registered from says so, whether it is read, confirmed or imported', async () => {
  const { id } = await save();
  expect(await code(refuseRegistered(ledger.database, document().source))).toBe('done');
  await registerRound(ledger.database, round(), { ...by, via: 'test' });
  expect(await code(confirm(id, 0))).toBe('round.known');
  await expect(refuseRegistered(ledger.database, document().source)).rejects.toMatchObject({
    failure: { code: 'round.known', what: '文件通报.txt已于2026-03-02登记为轮次R1（云溪县农业局巡察整改）。' },
  });
  expect(await code(save())).toBe('round.known');
  expect(await knownFile(ledger.database, SHA)).toEqual({
    rounds: [{ id: 'R1', name: '云溪县农业局巡察整改', at: START }],
    drafts: [{ id: 'D1', state: 'open', aboutRoundId: null, by: 'office', at: START }],
  });
  expect((await confirm(id, 0, { again: true })).roundId).toBe('R2');
});

test('two drafts of one file that are confirmed at a time open one account', async () => {
  const { roundId } = await registerRound(ledger.database, round(['另一轮'], 'c'.repeat(64)), { ...by, via: 'test' });
  const ids = [(await save()).id, (await save(SHA, { again: true })).id];
  expect((await Promise.all(ids.map((id) => code(confirm(id, 0))))).sort()).toEqual(['done', 'round.known']);
  expect(await ledger.database.round.count({ where: { id: { not: roundId } } })).toBe(1);
});

test('the draft of a newer report registers nothing; it is settled', async () => {
  const { roundId } = await registerRound(ledger.database, round(), { ...by, via: 'test' });
  const { id } = await save('b'.repeat(64), { aboutRoundId: roundId });
  expect(await code(confirm(id, 0))).toBe('draft.isUpdate');
  expect(await settleUpdate(ledger.database, id, clerk)).toBe(roundId);
  expect((await loadDraft(ledger.database, id)).end).toMatchObject({ state: 'confirmed', roundId, by: 'clerk' });
  expect(await code(settleUpdate(ledger.database, (await save('d'.repeat(64))).id, by))).toBe('draft.notUpdate');
  expect(await ledger.database.round.count()).toBe(1);
});

test('what was read can be erased by a recorded decision, and is then not read again', async () => {
  const { id } = await save();
  const { contentId } = await ledger.database.draft.findUniqueOrThrow({ where: { id } });
  await eraseContent(ledger.database, contentId, { actor: 'admin', via: 'test', reason: '含个人信息', now: START });
  expect(await code(loadDraft(ledger.database, id))).toBe('draft.erased');
  expect((await draftList(ledger.database)).map(({ id: one }) => one)).toEqual([id]);
});

test('what was read and edited cannot be changed behind the ledger', async () => {
  const { id } = await save();
  await addEdits(ledger.database, id, { edits: [{ title: '甲' }], expected: 0 }, by);
  for (const statement of [
    `UPDATE draft SET source_sha256 = '${'f'.repeat(64)}'`,
    `UPDATE draft SET content_id = 'x'`,
    'DELETE FROM draft',
    'TRUNCATE draft',
    `UPDATE draft_edit SET edited_by = 'x'`,
    'DELETE FROM draft_edit',
    'TRUNCATE draft_edit',
  ]) {
    await expect(sql(ledger.appUrl, statement)).rejects.toMatchObject({
      code: '42501',
      message: expect.stringMatching(/^permission denied/) as string,
    });
    await expect(sql(ledger.ownerUrl, statement)).rejects.toMatchObject({
      code: '42501',
      message: expect.stringMatching(/append-only/) as string,
    });
  }
  const update = (set: string) => sql(ledger.appUrl, `UPDATE draft SET ${set}`);
  await expect(update('version = version - 1')).rejects.toMatchObject({ message: expect.stringMatching(/append-only/) as string });
  await discardDraft(ledger.database, id, '读错文件', by);
  await expect(update(`state = 'open'`)).rejects.toMatchObject({ message: expect.stringMatching(/append-only/) as string });
});

test('a draft of ten thousand issues is kept and read again whole', async () => {
  const issues = Array.from({ length: 10_000 }, (_, index) => ({
    id: `issue-${index + 1}`,
    title: `第${index + 1}号事项`,
    text: '正文'.repeat(50),
  }));
  const { id } = await saveDraft(ledger.database, { source: document().source, original: { issues } }, by);
  expect((await loadDraft(ledger.database, id)).original).toEqual({ issues });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { draftCommand } from '../../cli/commands/draft';
import { ZhenggaiError } from '../../domain/failure';
import { addDays, dateOf, fromMillis } from '../../domain/time';
import { verifyLedger } from '../../ledger/verify';
import { deploy, type Deployment } from '../support/deployment';
import { services, showInstance } from '../support/fixture';

const start = fromMillis(Date.now());
const today = dateOf(start);
let deployment: Deployment;
let directory: string;
let printed: string[];

beforeAll(async () => {
  deployment = await deploy(start);
  directory = mkdtempSync(path.join(tmpdir(), 'zhenggai-drafts-'));
  mkdirSync(path.join(directory, 'data'));
  const temporal = { address: services().temporalAddress, namespace: deployment.namespace, uiUrl: null };
  showInstance(path.join(directory, 'data'), deployment.ledger, { temporal });
});
afterAll(async () => {
  expect((await verifyLedger(deployment.ledger.database)).problems).toEqual([]);
  await deployment.close();
  rmSync(directory, { recursive: true });
});
beforeEach(() => {
  printed = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0);
});
afterEach(() => jest.restoreAllMocks());

const inWords = (day: string): string => `${day.slice(0, 4)}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
/** A report of a fictional bureau: fed back ten days ago, signed today. */
const report = (...findings: readonly (readonly [title: string, account: string])[]): string =>
  [
    '中共云溪县农业局党组关于巡察整改进展情况的通报',
    `${inWords(addDays(today, -60))}至${inWords(addDays(today, -30))}，县委第二巡察组对县农业局党组开展了巡察。${inWords(addDays(today, -10))}，县委第二巡察组反馈了巡察意见。`,
    '一、巡察反馈问题整改情况',
    '（一）落实决策部署方面',
    ...findings.flatMap(([title, account], index) => [`${index + 1}.${title}。`, `整改情况：${account}`]),
    '中共云溪县农业局党组',
    inWords(today),
  ].join('\n');
const write = (name: string, text: string): string => {
  writeFileSync(path.join(directory, name), text);
  return path.join(directory, name);
};
const first = (): string =>
  write('first.txt', report(['台账缺失', '正在整改。一是补建台账。二是落实到人。'], ['用车不严', '正在整改。'], ['接待超标', '未完成。']));
const newer = (): string =>
  write(
    'newer.txt',
    report(['台账登记缺失', '已完成。一是补齐台账。二是专人保管。'], ['会议无记录', '正在整改。'], ['公务接待超标', '未完成。']),
  );

const run = async (...words: string[]): Promise<string> => {
  printed = [];
  const reading = words[0] === 'list' || words[0] === 'show';
  const acting = reading ? [] : ['--as', words[0] === 'discard' ? 'inspector' : 'office'];
  await draftCommand().parseAsync([...words, ...acting, '--data-dir', path.join(directory, 'data')], { from: 'user' });
  return printed.join('');
};
const json = async (...words: string[]): Promise<Record<string, unknown>> =>
  JSON.parse(await run(...words, '--json')) as Record<string, unknown>;
const refusal = async (...words: string[]): Promise<unknown> => {
  const error: unknown = await run(...words).catch((reason: unknown) => reason);
  return error instanceof ZhenggaiError ? error.failure.code : error;
};

test('a file is read once; read again it shows what differs from what persons made of it', async () => {
  const draft = await json('read', first());
  expect(draft).toMatchObject({
    schema: 'zhenggai.storedDraft/1',
    id: 'D1',
    version: 0,
    readBy: 'office',
    end: { state: 'open' },
    byHand: [],
  });
  expect(await refusal('read', first())).toBe('draft.known');
  expect(printed.join('')).toContain('此次读取与草稿D1没有不同');

  expect(await run('edit', 'D1', '--title', '2=公务用车不严', '--unit', '2=办公室', '--expect', '0')).toContain('现为版本2');
  expect(await refusal('edit', 'D1', '--title', '1=甲', '--expect', '0')).toBe('draft.changed');
  expect(await refusal('edit', 'D1', '--drop', '9=重复')).toBe('draft.issueUnknown');
  expect(await refusal('edit', 'D1')).toBe('draft.noEdit');
  const edits = write('edits.json', JSON.stringify([{ type: 'setStatus', issue: 'issue-3', status: 'in_progress' }]));
  expect(await json('edit', 'D1', '--file', edits)).toMatchObject({
    version: 3,
    byHand: [{}, {}, { where: 'issue-3.status', by: 'office', version: 3 }],
  });
  expect(await run('show', 'D1')).toMatch(/公务用车不严＊/);

  expect(await refusal('read', first(), '--json')).toBe('draft.known');
  expect(JSON.parse(printed.join(''))).toMatchObject({
    schema: 'zhenggai.draftKnown/1',
    known: { rounds: [], drafts: [{ id: 'D1', state: 'open' }] },
    differences: [
      { where: '问题2', field: '标题', before: '公务用车不严', now: '用车不严' },
      { where: '问题2', field: '责任单位', before: '办公室', now: null },
      { where: '问题3', field: '报告所称', before: '正在整改', now: '未完成' },
    ],
  });
}, 60_000);

test('confirming opens the account as it was edited; the file is then registered', async () => {
  expect(await refusal('confirm', 'D1')).toBe('round.missing');
  expect(await refusal('confirm', 'D1', '--round', '一轮', '--expect', '1')).toBe('draft.changed');
  expect(await json('confirm', 'D1', '--round', '云溪县农业局巡察整改')).toMatchObject({
    schema: 'zhenggai.draftConfirmed/1',
    draft: 'D1',
    roundId: 'R1',
    issueIds: ['R1-001', 'R1-002', 'R1-003'],
  });
  const issues = await deployment.ledger.database.issue.findMany({ orderBy: { id: 'asc' } });
  expect(issues.map(({ title, state }) => [title, (state as { reported?: unknown }).reported])).toEqual([
    ['台账缺失', 'in_progress'],
    ['公务用车不严', 'in_progress'],
    ['接待超标', 'in_progress'],
  ]);
  expect(await refusal('confirm', 'D1', '--round', '再次')).toBe('draft.ended');
  expect(await refusal('read', first())).toBe('round.known');
  expect(printed.join('')).toMatch(/已登记：轮次R1（云溪县农业局巡察整改）/);
  expect(await refusal('compare', first())).toBe('round.known');
}, 60_000);

test('a draft is thrown away with a reason; another reading may follow', async () => {
  expect(await run('read', first(), '--again')).toContain('已存为草稿D2');
  expect(await run('discard', 'D2', '--reason', '重复读取')).toContain('草稿D2已放弃');
  expect(await refusal('edit', 'D2', '--title', '1=甲')).toBe('draft.ended');
  expect(await json('list')).toMatchObject({
    drafts: [
      { id: 'D1', end: { roundId: 'R1' } },
      { id: 'D2', end: { reason: '重复读取', by: 'inspector' } },
    ],
  });
}, 60_000);

test('a newer report is matched with the round; what is accepted is given as commands, once, and closes nothing', async () => {
  const compared = await json('compare', newer());
  expect(compared).toMatchObject({
    id: 'D3',
    aboutRoundId: 'R1',
    known: false,
    comparison: {
      pairs: [
        { issueId: 'R1-001', found: 'issue-1', why: 'numberAndTitle', rival: null },
        { issueId: 'R1-003', found: 'issue-3', why: 'numberAndTitle', rival: null },
      ],
      onlyInRound: ['R1-002'],
      onlyInReport: ['issue-2'],
      proposals: [
        {
          issueId: 'R1-001',
          field: 'status',
          from: '正在整改',
          to: '已完成',
          line: 6,
          command: { type: 'setPublicStatus', status: 'completed', on: today },
        },
        { issueId: 'R1-001', field: 'implementation', command: { type: 'editImplementation' } },
        { issueId: 'R1-003', field: 'status', from: '正在整改', to: '未完成' },
        { issueId: 'R1-003', field: 'implementation' },
      ],
      told: [
        { issueId: 'R1-001', field: 'progress' },
        { issueId: 'R1-003', field: 'progress' },
      ],
    },
  });
  expect(await run('compare', newer())).toContain('读取为草稿D3');
  expect(await refusal('accept', 'D3')).toBe('draft.acceptNothing');
  expect(await refusal('accept', 'D3', '--only', 'R1-002')).toBe('draft.proposalUnknown');

  expect(await json('accept', 'D3', '--only', 'R1-003/status、R1-001/implementation')).toMatchObject({
    schema: 'zhenggai.draftAccepted/1',
    answers: [
      { issueId: 'R1-001', field: 'implementation', accepted: true },
      { issueId: 'R1-003', field: 'status', accepted: true },
    ],
  });
  expect(await refusal('accept', 'D3', '--only', 'R1-003/status')).toBe('draft.proposalUnknown');

  // what the report claims is not what is finished: the ledger refuses, and says so
  expect(await refusal('accept', 'D3', '--only', 'status、implementation', '--json')).toBe('draft.refused');
  expect(JSON.parse(printed.join(''))).toMatchObject({
    answers: [
      { issueId: 'R1-001', field: 'status', accepted: false, rejection: { code: 'publicStatus.tooEarly' } },
      { issueId: 'R1-003', field: 'implementation', accepted: true },
    ],
  });
  expect(await refusal('accept', 'D3', '--all')).toBe('draft.refused'); // the same try again: answered, not decided again
  const { database } = deployment.ledger;
  expect((await database.issue.findMany({ orderBy: { id: 'asc' } })).map(({ phase }) => phase)).toEqual([
    'registered',
    'registered',
    'registered',
  ]);
  const kept = await database.event.groupBy({
    by: ['streamId', 'type'],
    where: { type: { in: ['publicStatusSet', 'implementationEdited'] } },
    _count: true,
  });
  expect(kept.map(({ streamId, type, _count }) => `${streamId} ${type} ${_count}`).sort()).toEqual([
    'R1-001 implementationEdited 1',
    'R1-003 implementationEdited 1',
    'R1-003 publicStatusSet 1',
  ]);
}, 60_000);

test('a wrong match is put right by an edit, and the draft is settled when nothing more is wanted', async () => {
  expect(await refusal('edit', 'D3', '--match', '2=R9-001')).toBe('match.unknown');
  expect(await refusal('edit', 'D3', '--match', '2=R1-002', '--match', '3=R1-002')).toBe('match.twice');
  await run('edit', 'D3', '--match', '2=R1-002');
  const { comparison } = (await json('show', 'D3')) as { comparison: Record<string, unknown> };
  expect(comparison).toMatchObject({
    onlyInRound: [],
    onlyInReport: [],
    accepted: ['R1-001/implementation', 'R1-003/implementation', 'R1-003/status'],
  });
  expect(comparison['pairs']).toContainEqual(expect.objectContaining({ issueId: 'R1-002', found: 'issue-2', why: 'byHand' }));
  expect(await run('confirm', 'D3')).toContain('草稿D3已办结');
  expect(await refusal('accept', 'D3', '--all')).toBe('draft.ended');
}, 60_000);

test('only the offices that open accounts read and edit drafts', async () => {
  const error: unknown = await draftCommand()
    .parseAsync(['read', newer(), '--again', '--as', 'handler', '--data-dir', path.join(directory, 'data')], { from: 'user' })
    .catch((reason: unknown) => reason);
  expect(error).toMatchObject({ failure: { code: 'role.notAllowed' } });
  expect(await deployment.ledger.database.draft.count()).toBe(3);
});

import { localDate } from '../../domain/time';
import type { DraftIssue } from '../../intake/draft';
import { proposalsFor, type KnownIssue, type Report } from '../../intake/match-proposals';

const known: KnownIssue = {
  id: 'R1-001',
  number: 1,
  title: '台账缺失',
  phase: 'rectifying',
  dueOn: localDate('2026-06-30'),
  reported: null,
  publicStatus: null,
  implementation: null,
  progress: null,
  handling: [],
  money: [],
};
const found: DraftIssue = {
  id: 'issue-1',
  number: 1,
  label: '1.',
  title: '台账缺失',
  text: '台账缺失。',
  aspectNo: null,
  aspect: null,
  categoryNo: null,
  category: null,
  line: 5,
  endLine: 8,
  status: null,
  deadline: null,
  measures: [],
  parties: { leadLeader: null, responsibleUnit: null, handler: null, coUnits: [] },
  handling: [],
  money: [],
  dates: [],
};
const report: Report = { name: '进展通报.txt', on: localDate('2026-05-20') };
const measures = ['补建台账', '专人保管'].map((text, index) => ({ no: index + 1, text, line: 6 + index, items: [] }));
const account = '1.补建台账\n2.专人保管';
const status = { value: 'completed', raw: '已完成', line: 6 } as const;
const deadline = { raw: '2026年9月底前', immediate: false, sustained: false, due: '2026-09-30', line: 8 };

const judged = (issue: Partial<KnownIssue>, finding: Partial<DraftIssue>, of: Partial<Report> = {}) =>
  proposalsFor({ ...known, ...issue }, { ...found, ...finding }, { ...report, ...of });
const commands = (...args: Parameters<typeof judged>): object[] => judged(...args).proposals.map(({ command }) => command);
const told = (...args: Parameters<typeof judged>): string[] => {
  const { proposals, told: rest } = judged(...args);
  expect(proposals).toEqual([]);
  return rest.map(({ field, why }) => `${field} ${why}`);
};

test('a report that says nothing new proposes nothing', () => {
  expect(judged({}, {})).toEqual({ proposals: [], told: [] });
  const same = {
    reported: 'completed',
    progress: '1. 补建台账 2.专人保管',
    implementation: account,
    dueOn: localDate('2026-09-30'),
  } as const;
  expect(judged(same, { status, measures, deadline })).toEqual({ proposals: [], told: [] });
});

test('everything that a command takes over is proposed, with what stands and where the report says it', () => {
  const { proposals } = judged(
    { reported: 'in_progress', progress: '正在补建', implementation: '正在整改' },
    {
      status,
      measures,
      deadline,
      handling: [
        { kind: '诫勉', count: 2, unit: '人', line: 7 },
        { kind: '诫勉', count: 3, unit: '人次', line: 7 },
      ],
    },
  );
  const reason = '进展通报.txt第8行写明时限：2026年9月底前';
  expect(proposals.map(({ issueId, field, from, to, line }) => [issueId, field, from, to, line])).toEqual([
    ['R1-001', 'status', '正在整改', '已完成', 6],
    ['R1-001', 'progress', '正在补建', account, 6],
    ['R1-001', 'implementation', '正在整改', account, 6],
    ['R1-001', 'deadline', '2026-06-30', '2026年9月底前', 8],
    ['R1-001', 'handling:诫勉', null, '2人、3人次', 7],
  ]);
  expect(proposals.map(({ command }) => command)).toEqual([
    { type: 'setPublicStatus', status: 'completed', on: '2026-05-20' },
    { type: 'reportProgress', progress: account },
    { type: 'editImplementation', text: account },
    { type: 'requestExtension', newDueOn: '2026-09-30', reason, progress: account },
    { type: 'recordHandling', kind: 'admonishment', persons: 2, personTimes: 3 },
  ]);
});

test('a report of completion never proposes a closeout', () => {
  for (const phase of ['registered', 'rectifying', 'closeoutRequested', 'underReview'] as const)
    for (const { command } of judged({ phase }, { status, measures }).proposals)
      expect(['setPublicStatus', 'reportProgress', 'editImplementation']).toContain(command.type);
});

test('the state goes to what is said in public, when the report names its day and is not older', () => {
  expect(commands({}, { status })).toEqual([{ type: 'setPublicStatus', status: 'completed', on: '2026-05-20' }]);
  expect(commands({ publicStatus: { status: 'completed', on: localDate('2026-05-01') } }, { status })).toEqual([]);
  expect(told({}, { status }, { on: null })[0]).toContain('没有写明截至哪一天');
  expect(told({}, { status: { ...status, value: 'partially_rectified' } })[0]).toContain('没有“部分整改”');
  expect(told({ publicStatus: { status: 'inProgress', on: localDate('2026-05-21') } }, { status })[0]).toContain('比它早');
});

test('without measures the text below the finding is the account; without either there is none', () => {
  expect(commands({ implementation: '旧' }, { text: '台账缺失。\n已补建台账。' })).toEqual([
    { type: 'reportProgress', progress: '已补建台账。' },
    { type: 'editImplementation', text: '已补建台账。' },
  ]);
  expect(commands({ implementation: '旧' }, { text: '台账缺失。' })).toEqual([]);
});

test('progress is for issues that are worked on; of the others it is told', () => {
  expect(judged({ phase: 'closed', implementation: account }, { measures }).told).toMatchObject([
    { field: 'progress', why: expect.stringContaining('已销号') as string },
  ]);
});

test.each([
  ['还没有批准的时限', { dueOn: null }, deadline],
  ['没有写到哪一天', {}, { ...deadline, due: '2026-09' }],
  ['没有写到哪一天', {}, { ...deadline, due: null, raw: '长期坚持', sustained: true }],
  ['不能提前', {}, { ...deadline, due: '2026-05-31' }],
  ['只有整改中的问题可以申请延期', { phase: 'underReview' }, deadline],
] as const)('a limit that nobody can ask for is told: %s', (why, issue, stated) => {
  expect(told(issue, { deadline: stated })).toEqual([expect.stringContaining(why)]);
});

test('handling is proposed only where 人 and 人次 are both stated once and nothing is recorded', () => {
  const twice = { kind: '谈话提醒', count: 2, unit: '人', line: 7 } as const;
  expect(told({}, { handling: [twice] })[0]).toContain('人数和人次须各有一个');
  expect(told({}, { handling: [twice, twice, { ...twice, unit: '人次' }] })[0]).toContain('人数和人次须各有一个');
  expect(told({}, { handling: [{ ...twice, kind: '批评帮助' }] })[0]).toContain('没有这一处理种类');
  const recorded = { handling: [{ kind: 'reminderTalk', persons: 2, personTimes: 2 }] } as const;
  expect(judged(recorded, { handling: [twice] })).toEqual({ proposals: [], told: [] });
  expect(told(recorded, { handling: [{ ...twice, count: 3 }] })[0]).toContain('累加');
});

test('money is told, unless a sum of the ledger is the same', () => {
  const mention = { amountYuan: 3_000.5, raw: '0.30005万元', role: '已退还', line: 7 };
  expect(told({}, { money: [mention] })).toEqual([expect.stringContaining('凭凭证')]);
  const sums = {
    owedFen: 300_050,
    recoveredFen: 0,
    refundedFen: 300_050,
    treasuryFen: 0,
    integrityAccountFen: 0,
    adjustedFen: 0,
    outstandingFen: 0,
  };
  expect(judged({ money: [sums] }, { money: [mention, { ...mention, amountYuan: 0 }] })).toEqual({ proposals: [], told: [] });
});

test('of an issue that is void or that others stand for, nothing is said', () => {
  for (const phase of ['void', 'replaced'] as const)
    expect(judged({ phase }, { status, measures, deadline })).toEqual({ proposals: [], told: [] });
});

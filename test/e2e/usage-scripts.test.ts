import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dateOf, fromMillis, addDays } from '../../domain/time';
import { removeTemporaryDirs } from '../support/servers';
import {
  act,
  build,
  endAll,
  eventsOf,
  expectRefusal,
  lastObject,
  newDataDir,
  nothingLeft,
  start,
  untilAnnounced,
  zhenggai,
  type Ended,
  type Started,
} from './support';

jest.setTimeout(150_000); // real processes

// One demo instance; each part goes on from what the one before has done.
let dataDir: string;
let started: Started;
const today = dateOf(fromMillis(Date.now()));

beforeAll(async () => {
  build();
  dataDir = newDataDir();
  started = await start(dataDir);
  await untilAnnounced(dataDir, 16);
});
afterAll(async () => {
  await endAll();
  await nothingLeft(dataDir);
  removeTemporaryDirs();
});

const fileOf = (name: string): string => path.join(path.dirname(dataDir), name);

/** What is not held: exit 1, and on stderr one sentence what, one what to do with the code. */
function expectFailure({ code, stderr }: Ended, failure: string): void {
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(`[${failure}]`) as string });
}

interface Batch {
  readonly batchId: string;
  readonly results: readonly {
    readonly issueId: string;
    readonly accepted: boolean;
    readonly phase?: string;
    readonly rejection?: { code: string };
  }[];
}

describe('issue batch, from paper, the past', () => {
  const assign = ['issue', 'batch', 'assign', 'leadUnitId=医政医管科', 'leadLeaderId=闻静秋', 'handlerId=简书宁', '--round', 'R1', '--phase', 'registered']; // prettier-ignore
  const words = [
    ...assign,
    '--except',
    'R1-004 leadUnitId=党政办公室 handlerId=邵知行',
    '--except',
    'R1-005',
    '--as',
    '乔子衿',
    '--key',
    'all',
  ];

  test('one act for a round, an exception with its own fields and one left out; again by its key is not twice', async () => {
    const first = await started.json<Batch>(words);
    expect(first).toMatchObject({ schema: 'zhenggai.batch/1', batchId: 'all' });
    expect(first.results).toHaveLength(15);
    expect(first.results.every(({ accepted, phase }) => accepted && phase === 'assigned')).toBe(true);
    const before = await eventsOf(dataDir);
    expect((await started.json<Batch>(words)).results).toHaveLength(15);
    expect((await eventsOf(dataDir)).filter(({ type }) => type === 'assigned')).toHaveLength(15);
    expect(before.filter(({ command_key: key }) => key?.startsWith('all/'))).toHaveLength(15);
    expect((await started.run('issue', 'list', '--unit', '党政办公室')).stdout).toMatch(/R1-004 .*党政办公室/);
    expect(await started.json(['issue', 'list', '--phase', 'registered'])).toMatchObject({ issues: [{ id: 'R1-005' }] });
    expect(await started.json(['issue', 'list', '--overdue'])).toMatchObject({ issues: [] });
  });

  test('a receipt on paper is recorded in the name of who signed it; who may not sign is a row, and exit 1', async () => {
    const paper = ['--decided-by', '霍明哲', '--paper-on', addDays(today, -1), '--document', '签收单第1号', '--as', '乔子衿'];
    const { code, stdout, stderr } = await started.run('issue', 'batch', 'acknowledge', '--issues', 'R1-001,R1-002、R1-004', ...paper);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('有1个未受理：R1-004') as string });
    expect(stdout).toMatch(/R1-001 +已签收[^]*R1-004 +未受理 +霍明哲不能签收.*\[role\.notAllowed\]/);
    const issue = await started.json(['issue', 'show', 'R1-001']);
    expect(issue['phase']).toBe('acknowledged');
    expect(JSON.stringify(issue['history'])).toContain('签收单第1号');
    expect((await started.run('issue', 'show', 'R1-001')).stdout).toContain('霍明哲（补录）');
  });

  test('what cannot be a batch or a recording is refused whole', async () => {
    const as = ['--as', '乔子衿'];
    expectRefusal(await started.run('issue', 'batch', 'acknowledge', ...as), 'batch.selection');
    expectRefusal(await started.run('issue', 'batch', 'acknowledge', '--issues', 'R1-001', '--round', 'R1', ...as), 'batch.selection');
    expectRefusal(await started.run('issue', 'batch', 'acknowledge', '--issues', 'R1-001,R9-001', ...as), 'issue.unknown');
    expectRefusal(await started.run('issue', 'batch', 'acknowledge', '--issues', 'R1-001', '--except', 'R1-002', ...as), 'batch.exception');
    expectRefusal(await started.run('issue', 'batch', 'comment', '--issues', 'R1-001', ...as), 'command.field');
    expectRefusal(await started.run('issue', 'do', 'R1-003', 'acknowledge', '--decided-by', '霍明哲', ...as), 'recorded.incomplete');
  });

  test('an issue and a round as they were known', async () => {
    expect(await started.json(['issue', 'show', 'R1-001', '--as-of', today])).toMatchObject({
      schema: 'zhenggai.issueAsOf/1',
      by: 'recorded',
      phase: 'acknowledged',
      assignment: { leadUnit: { name: '医政医管科' } },
    });
    expectRefusal(await started.run('issue', 'show', 'R1-001', '--as-of', '2020-01-01'), 'issue.notYet');
    expectRefusal(await started.run('issue', 'show', 'R1-001', '--occurred'), 'asOf.missing');
    const past = await started.run('round', 'as-of', 'R1', today);
    expect(past).toMatchObject({ code: 0, stdout: expect.stringMatching(/总账当时所知[^]*R1-001 +已签收[^]*R1-005 +建账/) as string });
  });
});

describe('round', () => {
  test('is listed, shown and acted on; what is refused has a code', async () => {
    expect(await started.json(['round', 'do', 'R1', 'filePlan', 'document=整改方案', '--as', '乔子衿'])).toMatchObject({ accepted: true });
    expectRefusal(await started.run('round', 'do', 'R1', 'filePlan', 'document=整改方案', '--as', '乔子衿'), 'roundPlan.filed');
    expectRefusal(await started.run('round', 'do', 'R1', 'assess', '--as', '乔子衿'), 'role.notAllowed');
    expectRefusal(await started.run('round', 'do', 'R9', 'holdMeeting', '--as', '乔子衿'), 'round.unknown');
    expect(
      await started.json(['round', 'do', 'R1', 'recordClues', 'received=3', 'handling=1', 'settled=2', '--as', '耿怀瑜']),
    ).toMatchObject({
      accepted: true,
    });
    expect(await started.json(['round', 'list'])).toMatchObject({
      rounds: [{ id: 'R1', phase: 'rectifying', policy: 'district-inspection@3' }],
    });
    const shown = await started.run('round', 'show', 'R1');
    expect(shown.stdout).toMatch(/方案 .*报送[^]*线索 受理3，在办1，办结2[^]*报送整改情况报告/);
  });

  test('what units report back is a proposal until the office takes it over, in their name and once', async () => {
    const plan = `measures=${JSON.stringify([{ unitId: '医政医管科', text: '修订制度', dueOn: addDays(today, 60), holderId: '简书宁' }])}`;
    await act(started, 'R1-002', '简书宁', 'proposePlan', plan);
    await act(started, 'R1-002', '闻静秋', 'approvePlan', 'opinion=同意');
    const group = ['--decided-by', '整改工作领导小组', '--paper-on', today, '--document', '第3次会议纪要'];
    expect(await act(started, 'R1-002', '乔子衿', 'approvePlan', ...group)).toMatchObject({ phase: 'rectifying' });
    const call = [
      'round',
      'do',
      'R1',
      'callCollection',
      'period=第一期',
      `dueOn=${addDays(today, 7)}`,
      'units=医政医管科、党政办公室',
      '--as',
      '乔子衿',
    ];
    await started.json(call);
    const rows = `rows=${JSON.stringify([{ issueId: 'R1-002', measureId: 'm1', progress: '制度已修订', completed: true }])}`;
    await started.json(['round', 'do', 'R1', 'answerCollection', 'collectionId=1', 'unitId=医政医管科', rows, '--as', '简书宁']);
    const proposals = await started.run('round', 'proposals', 'R1', '1');
    expect(proposals.stdout).toMatch(/已报1个[^]*医政医管科 +R1-002 +m1 +是 +制度已修订[^]*党政办公室 +未报/);
    expectRefusal(await started.run('round', 'proposals', 'R1', '1', '--accept', '--as', '霍明哲'), 'role.notAllowed');
    for (const _again of [1, 2])
      expect(await started.json(['round', 'proposals', 'R1', '1', '--accept', '--as', '乔子衿'])).toMatchObject({
        accepted: [{ issueId: 'R1-002', accepted: true, events: ['measureCompleted'] }],
      });
    expect((await eventsOf(dataDir)).filter(({ type }) => type === 'measureCompleted')).toHaveLength(1);
    expect((await started.run('issue', 'show', 'R1-002')).stdout).toMatch(/完成措施 +简书宁（补录）/);

    // the other unit gets a sheet, has nothing to change, and hands it back; again is refused
    const sheet = fileOf('sheet.xlsx');
    expect((await started.run('round', 'sheet', 'R1', '1', '--unit', '党政办公室', '--out', sheet)).stdout).toContain('0项未完成的措施');
    const handedBack = await started.run('round', 'answer', sheet, '--as', '葛小满');
    expect(handedBack.stdout).toContain('已交回收报1：0项有变化');
    expectRefusal(await started.run('round', 'answer', sheet, '--as', '葛小满'), 'collection.answered');
    expect((await started.run('round', 'lists', 'R1')).stdout).toMatch(/反馈问题16个：/);
    expect((await started.run('round', 'lists', 'R1', '任务')).stdout).toContain('制度');
  });
});

describe('policy and calendar', () => {
  interface Preview {
    readonly moved: readonly { readonly streamId: string; readonly obligationId: string; readonly from: string; readonly to: string }[];
  }

  test('a policy is written, changed, checked, compared, added, tried and put in force; the days move as they were foretold', async () => {
    const file = fileOf('policy.json');
    expect((await started.run('policy', 'show', 'district-inspection', '--out', file)).code).toBe(0);
    expectRefusal(await started.run('policy', 'show', 'district-inspection', '--out', file), 'file.exists');
    const policy = JSON.parse(readFileSync(file, 'utf8')) as { version: number; terms: Record<string, object> };
    const changed = {
      ...policy,
      version: policy.version + 1,
      terms: { ...policy.terms, plan: { value: { workdays: 10 }, strength: 'default', source: '本单位规定' } },
    };
    writeFileSync(file, JSON.stringify(changed));
    expect((await started.run('policy', 'diff', 'district-inspection', file)).stdout).toMatch(/报送整改措施 +1个月 +10个工作日/);
    expectRefusal(await started.run('policy', 'add', file, '--as', '乔子衿'), 'role.notAllowed');
    expect(await started.json(['policy', 'add', file, '--as', '耿怀瑜'])).toMatchObject({ name: 'district-inspection@4', added: true });
    expect(await started.json(['policy', 'add', file, '--as', '耿怀瑜'])).toMatchObject({ added: false });
    writeFileSync(file, JSON.stringify({ ...changed, title: '另一个' }));
    expectRefusal(await started.run('policy', 'add', file, '--as', '耿怀瑜'), 'policy.taken');

    const { moved } = await started.json<Preview>(['policy', 'preview', '--round', 'R1', 'district-inspection@4']);
    expect(moved.map(({ streamId }) => streamId)).toContain('R1-001');
    const put = ['policy', 'put', '--round', 'R1', 'district-inspection@4', 'reason=区委通知', '--as', '耿怀瑜'];
    expect(await started.json(put)).toMatchObject({ accepted: true });
    expectRefusal(await started.run(...put), 'policy.inForce');
    await untilMoved(moved.length);
    for (const { streamId, obligationId, to } of moved.slice(0, 3)) {
      const { open } = await started.json<{ open: { id: string; dueOn: string }[] }>(['issue', 'show', streamId]);
      expect(open.find(({ id }) => id === obligationId)?.dueOn).toBe(to);
    }
    expect((await started.run('policy', 'list')).stdout).toMatch(/district-inspection@4 .* R1/);
    expect((await started.run('policy', 'show', 'audit', '--explain')).stdout).toContain('从交账之日起算');
  });

  /** Every day that was to move has moved: the rollout has gone round. */
  async function untilMoved(count: number): Promise<void> {
    for (let tries = 0; tries < 60; tries += 1) {
      if ((await started.json<Preview>(['policy', 'preview', '--round', 'R1', 'district-inspection@4'])).moved.length === 0) return;
    }
    throw new Error(`${count} days were to move`);
  }

  const year = String(Number(today.slice(0, 4)) + 1);
  const off = ['--off', '01-01..03 05-01..05 10-01..07', '--source', '测试'];

  test('a holiday year is tried, entered by who may, and settles what was provisional', async () => {
    const tried = await started.json<Preview>(['calendar', 'enter', year, ...off, '--preview']);
    expect(tried.moved.length).toBeGreaterThan(0);
    expectRefusal(await started.run('calendar', 'enter', year, ...off, '--as', '霍明哲'), 'role.notAllowed');
    expectRefusal(await started.run('calendar', 'enter', year, '--off', '05-01', '--source', '测试', '--as', '秦以恒'), 'calendar.gap');
    expect(await started.json(['calendar', 'enter', year, ...off, '--as', '秦以恒'])).toMatchObject({ accepted: true });
    expect((await started.run('calendar', 'show', year)).stdout).toContain(`${year}-10-01至${year}-10-07`);
    expectRefusal(await started.run('calendar', 'show', '2099'), 'calendar.missing');
    expectFailure(await zhenggai(['calendar', 'check', badYear()]), 'calendar.check');
  });

  function badYear(): string {
    const file = fileOf('year.json');
    writeFileSync(file, JSON.stringify({ year, source: '测试', off: [`${year}-05-01`] }));
    return file;
  }

  test('a forecast for an issue, a person, a unit, and with other rules', async () => {
    const ofIssue = await started.json<{ rungs: { stream: string }[] }>(['forecast', '--issue', 'R1-001']);
    expect(new Set(ofIssue.rungs.map(({ stream }) => stream))).toEqual(new Set(['R1-001']));
    const { rungs } = await started.json<{ rungs: { recipients: { name: string }[] }[] }>(['forecast', '--person', '闻静秋']);
    expect(rungs.length).toBeGreaterThan(0);
    expect(rungs.every(({ recipients }) => recipients.some(({ name }) => name === '闻静秋'))).toBe(true);
    const ofUnit = await started.json<{ rungs: { stream: string }[] }>(['forecast', '--unit', '党政办公室']);
    expect(ofUnit.rungs.map(({ stream }) => stream)).toContain('R1-004');
    expect((await started.run('forecast', '--issue', 'R1-001', '--policy', 'campaign')).stdout).toMatch(
      /将发出\d+次提醒（按现行规则为\d+次）/,
    );
    expectRefusal(await started.run('forecast', '--round', 'R1', '--policy', 'nonsense'), 'policy.unknown');
  });
});

describe('party', () => {
  test('a new head and a vacancy: who takes over signs a list of what is open', async () => {
    const file = fileOf('people.csv');
    expect((await started.run('party', 'export', file)).code).toBe(0);
    expect((await started.run('party', 'export', fileOf('people.xlsx'))).code).toBe(0);
    const rows = readFileSync(file, 'utf8').split('\r\n');
    const ended = rows.map((row) =>
      row.includes('霍明哲,责任单位负责人') || row.includes('冉一帆,责任单位负责人') ? endedYesterday(row) : row,
    );
    writeFileSync(
      file,
      [...ended.filter(Boolean), `医政医管科,,,时新月,责任单位负责人,科长,shi@linjiang.example,${today},,,,`].join('\r\n'),
    );
    expectRefusal(await started.run('party', 'import', file, '--as', '霍明哲'), 'role.notAllowed');
    expect(await started.json(['party', 'import', file, '--as', '秦以恒'])).toMatchObject({ people: 41 });
    const { handovers } = await handoversWhen(1);
    expect(handovers).toMatchObject([{ from: { name: '霍明哲' }, to: { name: '时新月' } }]);
    expect((await started.run('party', 'vacancies')).stdout).toContain('党政办公室责任单位负责人');
    const id = handovers[0]?.id ?? '';
    expect((await started.run('party', 'handovers', id)).stdout).toMatch(/R1-001 +报送整改措施 .*未办结/);
    expectRefusal(await started.run('party', 'sign', id, '--as', '霍明哲'), 'role.notAllowed');
    expect(await started.json(['party', 'sign', id, '--as', '时新月'])).toMatchObject({ accepted: true });
    expect((await started.run('party', 'handovers')).stdout).toContain('没有待签收的交接');
  });

  const endedYesterday = (row: string): string => row.split(',').with(8, addDays(today, -1)).join(',');

  async function handoversWhen(count: number): Promise<{ handovers: { id: string }[] }> {
    for (let tries = 0; ; tries += 1) {
      const found = await started.json<{ handovers: { id: string }[] }>(['party', 'handovers']);
      if (found.handovers.length === count || tries === 60) return found;
    }
  }

  test('a workbook brings back who was there; a second round has its kind, policy and organisation', async () => {
    expect(existsSync(fileOf('people.xlsx'))).toBe(true);
    expect(await started.json(['import', '--directory', fileOf('people.xlsx'), '--as', '秦以恒'])).toMatchObject({ people: 40 });
    const second = [
      'import',
      'samples/report.txt',
      '--round',
      '审计',
      '--kind',
      '审计',
      '--organisation',
      '区卫生健康局',
      '--as',
      '乔子衿',
    ];
    expectRefusal(await started.run(...second), 'round.known');
    expect(await started.json([...second, '--again'])).toMatchObject({ roundId: 'R2' });
    expect(await started.json(['round', 'show', 'R2'])).toMatchObject({ policy: 'audit@2', organisation: { name: '区卫生健康局' } });
    expectRefusal(await started.run(...second.slice(0, 4), '--policy', 'nonsense', '--again', '--as', '乔子衿'), 'policy.unknown');
  });
});

test('recover starts every life, and the ledger holds', async () => {
  const recovered = lastObject(await started.run('recover', '--json')) as { open: number; running: number };
  expect(recovered).toEqual({ schema: 'zhenggai.recover/1', open: 35, running: 35 });
  expect(await started.json(['verify'])).toMatchObject({ verified: true });
});

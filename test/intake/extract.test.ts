import { readFinding } from './support';

describe('status', () => {
  test.each([
    ['整改情况：该问题已完成整改。一是补台账。', 'completed'],
    ['整改情况：该问题基本完成整改。还有一项在办。', 'basically_completed'],
    ['整改情况：该问题未完成整改。', 'not_completed'],
    ['整改情况：已补台账。目前，该问题已整改到位。', 'completed'],
    ['整改情况：补齐了台账，已完成整改。', 'completed'],
    ['整改情况：正在整改。', 'in_progress'],
    ['整改情况：阶段性完成整改，长期坚持。', 'stage_completed'],
    ['整改状态：已销号\n整改情况：补了台账。', 'completed'],
    ['整改状态：√\n整改情况：补了台账。', 'completed'],
    ['整改情况：其余五笔款项均已整改完毕。', null],
    ['整改情况：已补台账。', null],
  ])('%s', (account, status) => {
    expect(readFinding(`1.台账缺失。\n${account}`).status?.value ?? null).toBe(status);
  });

  test('a bracket behind the heading says it too', () => {
    const issue = readFinding('1.台账缺失。（已完成整改）\n整改情况：补了台账。');
    expect(issue.status).toEqual({ value: 'completed', raw: '已完成整改', line: 5 });
  });
});

describe('deadline', () => {
  test.each([
    ['整改时限：立行立改、长期坚持', { raw: '立行立改、长期坚持', immediate: true, sustained: true, due: null }],
    ['完成时限：2024年12月底前', { raw: '2024年12月底前', immediate: false, sustained: false, due: '2024-12-31' }],
    ['整改期限：反馈之日起一个月内', { raw: '反馈之日起一个月内', immediate: false, sustained: false, due: '2024-07-12' }],
    ['【整改时限】2025年6月', { raw: '2025年6月', immediate: false, sustained: false, due: '2025-06' }],
    ['整改时限：9月底前。', { raw: '9月底前', immediate: false, sustained: false, due: '2024-09-30' }],
  ])('%s', (field, deadline) => {
    expect(readFinding(`1.台账缺失。\n整改措施：补台账。\n${field}`).deadline).toMatchObject(deadline);
  });

  test('only an explicit limit counts', () => {
    expect(readFinding('1.台账缺失。\n整改情况：力争于5月出台办法，项目计划2025年6月底竣工。').deadline).toBeNull();
    expect(readFinding('1.台账缺失。\n整改情况：将于2025年6月底前完成整改。').deadline?.due).toBe('2025-06-30');
  });
});

describe('measures', () => {
  const measures = (account: string): unknown =>
    readFinding(`1.台账缺失。\n${account}`).measures.map(({ no, text, line, items }) => [
      no,
      text,
      line,
      items.map((item) => [item.marker, item.unit, item.line]),
    ]);

  test('一是 with nested marks on their own lines', () => {
    expect(measures('整改情况：一是定办法。二是责成各站整改：\n①城东站：补了台账。\n②城西站已清理账目。\n③要求各村自查。')).toEqual([
      [1, '定办法。', 6, []],
      [
        2,
        '责成各站整改：',
        6,
        [
          ['①', '城东站', 7],
          ['②', null, 8],
          ['③', null, 9],
        ],
      ],
    ]);
  });

  test('an item names its unit as its subject', () => {
    const [measure] = readFinding(
      '1.台账缺失。\n整改情况：一是抓落实。二是分头整改：①青禾镇卫生院补了台账；②松岭医院将账目清理。',
    ).measures.slice(1);
    expect(measure?.items.map(({ unit, text }) => [unit, text])).toEqual([
      ['青禾镇卫生院', '青禾镇卫生院补了台账'],
      ['松岭医院', '松岭医院将账目清理。'],
    ]);
  });

  test('the outermost enumeration is the top level, whatever its marks', () => {
    expect(measures('整改情况：①补台账；②建制度，一是收，二是支；③回头看。')).toMatchObject([
      [1, '补台账', 6, []],
      [
        2,
        '建制度',
        6,
        [
          ['一是', null, 6],
          ['二是', null, 6],
        ],
      ],
      [3, '回头看。', 6, []],
    ]);
    expect(measures('整改措施：\n1.补台账。\n2.建制度。')).toMatchObject([
      [1, '补台账。', 7, []],
      [2, '建制度。', 8, []],
    ]);
  });

  test('整改措施 before 落实情况; nothing enumerated is empty', () => {
    expect(measures('整改措施：一是甲。二是乙。\n落实情况：一是丙。二是丁。')).toMatchObject([
      [1, '甲。', 6, []],
      [2, '乙。', 6, []],
    ]);
    expect(measures('整改措施：补台账。')).toEqual([]);
  });
});

test('parties come from their labels', () => {
  const issue = readFinding('1.台账缺失。\n整改措施：补台账。\n牵头领导：张某；责任单位：办公室；责任人：李某；配合单位：财务科、人事科');
  expect(issue.parties).toEqual({ leadLeader: '张某', responsibleUnit: '办公室', handler: '李某', coUnits: ['财务科', '人事科'] });
});

test('money: every mention, exact, with its role', () => {
  const issue = readFinding(
    '1.多收费用61,234.5元。\n整改情况：已清退11222.3元，剩余50012.2元无法退还，1.25万元上缴国库，12.3万上缴廉政账户，完成手术3.2万例，合同价1.5亿元。',
  );
  expect(issue.money.map(({ amountYuan, role }) => [amountYuan, role])).toEqual([
    [61234.5, '违规'],
    [11222.3, '已退还'],
    [50012.2, '未到位'],
    [12500, '上缴国库'],
    [123000, '上缴廉政账户'],
    [150000000, null],
  ]);
});

test('handling: every mention with a number, zeros too', () => {
  const issue = readFinding(
    '1.管理不严。\n整改情况：对王某等4人进行了谈话提醒，诫勉谈话2人次，给予党内警告处分1人，立案0人；对36人进行立案、诫勉、批评教育等分类处理；对李某批评教育。',
  );
  expect(issue.handling.map(({ kind, count, unit }) => [kind, count, unit])).toEqual([
    ['谈话提醒', 4, '人'],
    ['诫勉', 2, '人次'],
    ['党纪处分', 1, '人'],
    ['立案', 0, '人'],
  ]);
});

test('dates: as precise as the text, elided years from the same sentence only', () => {
  const issue = readFinding(
    '1.管理不严。\n整改情况：2024年7月8日、8月2日和6月3日开会。9月1日检查。2018-2020年度、2021、2022年结余，2023年3-7月清理，今年10月办结，2024年2月30日、202年5月归档。',
  );
  expect(issue.dates.map(({ iso, yearStated }) => `${iso ?? 'null'}${yearStated ? '' : '~'}`)).toEqual([
    '2024-07-08',
    '2024-08-02~',
    'null~',
    'null~',
    '2018',
    '2020',
    '2021',
    '2022',
    '2023-03',
    '2023-07',
    '2024-10~',
    'null',
    'null~',
  ]);
});

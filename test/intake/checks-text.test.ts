import type { DraftLedger } from '../../intake';
import { read, report } from './support';

const found = (draft: DraftLedger, code: string): string[] =>
  draft.findings.filter((one) => one.code === code).map(({ severity, lines }) => `${severity} ${lines.join(',')}`);
const issue = (account: string, code: string): string[] => found(read(report(`1.台账缺失。\n${account}`)), code);

describe('completed, and yet something is open', () => {
  test.each([
    ['该问题已完成整改。车辆报废手续正在办理。', 1],
    ['该问题已完成整改。办法待县政府常务会议通过后印发。', 1],
    ['该问题已完成整改。设备采购正有序推进中。', 1],
    ['该问题已完成整改。对尚未登记的物资重新登记。', 0],
    ['该问题已完成整改。防止尚未验收先付款。', 0],
    ['该问题已完成整改。组织学习，预计效果良好。', 0],
    ['该问题未完成整改。手续正在办理。', 0],
  ])('%s', (account, findings) => {
    expect(issue(`整改情况：${account}`, 'completedButOpen')).toHaveLength(findings);
  });
});

describe('all rectified', () => {
  const open = '1.台账缺失。\n整改情况：该问题未完成整改。';
  const beside = (sentence: string, findings = open): string[] =>
    found(read(report(findings).replace('一、巡察', `${sentence}\n一、巡察`)), 'allRectifiedButOpen');

  test.each([
    ['目前反馈的问题均已整改到位。', ['warning 3,7']],
    ['反馈问题整改完成率达100%。', ['warning 3,7']],
    ['反馈的问题基本都已整改到位。', ['info 3,7']],
    ['确保反馈的问题全部整改到位。', []],
    ['其他问题均已整改到位。', []],
  ])('%s', (sentence, expected) => {
    expect(beside(sentence)).toEqual(expected);
  });

  test('beside a stated number that is not', () => {
    expect(beside('目前反馈的问题均已整改到位。尚未完成整改2个。', '1.台账缺失。\n整改情况：补了台账。')).toEqual(['warning 3']);
  });
});

test('one issue, two states', () => {
  expect(issue('整改状态：未完成\n整改情况：补了台账。该问题已完成整改。', 'statusConflict')).toEqual(['warning 6,7']);
  expect(issue('整改状态：已完成\n整改情况：补了台账。该问题已完成整改。', 'statusConflict')).toEqual([]);
});

describe('dates that can not be', () => {
  test.each([
    ['整改情况：2025年1月8日已补台账。', 'afterReport', ['warning 6']],
    ['整改情况：将于2025年1月8日验收。', 'afterReport', []],
    ['整改情况：2023年1月8日已补台账。', 'beforeInspection', ['info 6']],
    ['整改情况：针对2023年1月1日至2023年6月1日期间的账目已核对。', 'beforeInspection', []],
    ['整改措施：补台账。\n整改时限：2024年1月底前', 'deadlineTooEarly', ['warning 7']],
    ['整改措施：补台账。\n整改时限：2024年3月底前', 'deadlineTooEarly', []],
  ] as const)('%s %s', (account, code, expected) => {
    expect(issue(account, code)).toEqual(expected);
  });

  test('a period on site that ends before it begins, a feedback within it', () => {
    const text = report('1.台账缺失。\n整改情况：补了台账。');
    expect(found(read(text.replace('至4月30日', '至2024年2月28日')), 'dateOrder')).toEqual(['error 2']);
    expect(found(read(text.replace('6月12日', '2024年4月2日')), 'dateOrder')).toEqual(['error 2']);
    expect(found(read(text), 'dateOrder')).toEqual([]);
  });
});

describe('evidence in several issues', () => {
  const deed = '组织各站财务人员集中开展了为期三天的专题培训';

  test('the same deed and the same paper are shown once for the issues that share them', () => {
    const text = report(
      `1.台账缺失。\n整改情况：一是${deed}，二是制定《云溪县农业局物资管理办法》。\n2.巡查不够。\n整改情况：${deed}。印发《云溪县农业局物资管理办法》。\n3.用车不严。\n整改情况：登记车辆。`,
    );
    expect(found(read(text), 'sharedEvidence')).toEqual(['info 6,8']);
  });

  test('turns of phrase, and what one issue repeats, are not', () => {
    expect(
      found(read(report('1.甲不够。\n整改情况：加强学习，提高认识。\n2.乙不够。\n整改情况：加强学习，提高认识。')), 'sharedEvidence'),
    ).toEqual([]);
    expect(found(read(report(`1.甲不够。\n整改情况：${deed}。${deed}。`)), 'sharedEvidence')).toEqual([]);
  });

  test('a shared deed names nobody', () => {
    const text = report(
      '1.甲不够。\n整改情况：已向患者张大山退还全部多收的医药费用并上门致歉。\n2.乙不够。\n整改情况：已向患者张大山退还全部多收的医药费用并上门致歉。',
    );
    const [shared] = read(text).findings.filter(({ code }) => code === 'sharedEvidence');
    expect(shared?.message).toMatch(/张某某/);
    expect(shared?.message).not.toMatch(/张大山/);
  });
});

describe('measures', () => {
  test('more promised than listed', () => {
    expect(issue('整改措施：制定了4条整改措施：一是补。二是查。三是改。', 'measuresPromised')).toEqual(['warning 5']);
    expect(issue('整改措施：制定了3条整改措施：一是补。二是查。三是改。', 'measuresPromised')).toEqual([]);
  });

  test('measures without a word of what was done, where the others have one', () => {
    const both = (number: number): string =>
      `${number}.第${number}项不够。\n整改措施：一是补。二是查。三是改。\n落实情况：一是已补。二是已查。三是已改。`;
    const plan = '3.用车不严。\n整改措施：一是登记。二是公示。';
    const fewer = '4.会风不实。\n整改措施：一是减。二是短。三是实。\n落实情况：一是已减。二是已短。';
    expect(found(read(report([both(1), both(2), plan, fewer].join('\n'))), 'measuresNotImplemented')).toEqual(['warning 12', 'info 14,15']);
    // a plan tells of measures alone
    expect(
      found(
        read(report(`1.巡查不够。\n整改措施：一是增加。二是检查。\n2.用车不严。\n整改措施：一是登记。二是公示。`)),
        'measuresNotImplemented',
      ),
    ).toEqual([]);
  });
});

test('aspects whose numbers jump', () => {
  const text = report('1.台账缺失。\n整改情况：补了。').replace(
    '中共云溪县农业局党组\n2024',
    '（三）作风建设方面\n2.会风不实。\n整改情况：改了。\n中共云溪县农业局党组\n2024',
  );
  expect(found(read(text), 'numbering')).toContain('info 7');
});

test.each([
  ['红土崖镇', '红土涯镇', 1],
  ['松岭林场', '松领林场', 1],
  ['青山镇', '青云镇', 0],
  ['东河镇', '西河镇', 0],
])('two spellings: %s and %s', (one, other, findings) => {
  expect(issue(`整改情况：${one}已清理。${other}已清理。`, 'unitSpelling')).toHaveLength(findings);
});

import type { DraftLedger } from '../../intake';
import { read, report } from './support';

const codes = (draft: DraftLedger): string[] => draft.findings.map(({ code }) => code);
const withPreamble = (sentence: string, findings: string): DraftLedger =>
  read(report(findings).replace('一、巡察', `${sentence}\n一、巡察`));
const two = '1.巡查不够。\n整改情况：该问题已完成整改。\n2.台账缺失。\n整改情况：该问题未完成整改。';

test('declared totals are compared with what is listed', () => {
  const good = withPreamble('此次巡察指出1个方面共2个问题，已完成整改问题1个，未完成1个。', two);
  expect(good.declared.map(({ what, value, counted, agrees }) => [what, value, counted, agrees])).toEqual([
    ['aspects', 1, 1, true],
    ['issues', 2, 2, true],
    ['completed', 1, 1, true],
    ['not_completed', 1, 1, true],
  ]);
  const bad = withPreamble('此次巡察指出3个问题，已完成整改问题2个。', two);
  expect(bad.findings.filter(({ code }) => code === 'declaredMismatch').map(({ severity }) => severity)).toEqual(['error', 'error']);
});

test('states that do not add up', () => {
  expect(codes(withPreamble('此次巡察指出2个问题，已完成整改问题2个，未完成1个。', two))).toContain('declaredSum');
});

describe('persons and person-times', () => {
  const kinds = '其中，立案处理1人，诫勉谈话2人，谈话提醒4人。';

  test('kinds that add up to the person-times are a wording to confirm', () => {
    const draft = withPreamble(`针对反馈的问题，已对6名（7人次）相关人员进行处理，${kinds}`, two);
    expect(draft.findings.find(({ code }) => code === 'handlingUnits')?.severity).toBe('warning');
    expect(draft.declared.find(({ what }) => what === 'handled_person_times')).toMatchObject({ value: 7, counted: 7, agrees: true });
    expect(draft.declared.find(({ what }) => what === 'handled_persons')).toMatchObject({ value: 6, counted: null, agrees: null });
  });

  test('kinds that add up to neither are a contradiction', () => {
    expect(codes(withPreamble(`针对反馈的问题，已对6名（8人次）相关人员进行处理，${kinds}`, two))).toContain('handlingSum');
  });
});

test('all rectified, said beside an open issue', () => {
  expect(codes(withPreamble('目前反馈的问题均已整改到位。', two))).toContain('allRectifiedButOpen');
});

test('completed, and yet something is open', () => {
  expect(codes(read(report('1.巡查不够。\n整改情况：该问题已完成整改。设备正在办理报废手续。')))).toContain('completedButOpen');
});

test('numbers that jump, accounts that are missing', () => {
  const draft = read(report('1.巡查不够。\n整改情况：已增加。\n3.台账缺失。\n整改情况：已补。\n4.用车不严。'));
  expect(codes(draft)).toEqual(expect.arrayContaining(['numbering', 'missingImplementation']));
});

test('dates that can not be', () => {
  const draft = read(report('1.巡查不够。\n整改情况：2024年2月30日已增加。').replace('6月12日', '2024年2月1日'));
  expect(
    draft.findings.filter(({ code }) => code === 'impossibleDate' || code === 'dateOrder').map(({ code, lines }) => [code, lines]),
  ).toEqual([
    ['dateOrder', [2]],
    ['impossibleDate', [6]],
  ]);
});

test('two spellings of one unit', () => {
  expect(codes(read(report('1.邙山镇巡查不够。\n整改情况：邛山镇已增加。')))).toContain('unitSpelling');
  expect(codes(read(report('1.江山镇巡查不够。\n整改情况：玉山镇已增加。')))).not.toContain('unitSpelling');
});

test('limits that can not be read or lack their year', () => {
  const draft = read(report('1.巡查不够。\n整改措施：增加。\n整改时限：见附件\n2.台账缺失。\n整改措施：补。\n整改时限：3月底前'));
  expect(codes(draft)).toEqual(expect.arrayContaining(['deadlineNotUnderstood', 'deadlineWithoutYear']));
});

test.each([
  ['见附件', 'deadlineNotUnderstood', '无法识别'],
  ['2025年2月30日', 'deadlineNotUnderstood', '不存在'],
  ['3月底前', 'deadlineWithoutYear', '没有写年份'],
  ['限期整改', 'deadlineWithoutDay', '没有写到哪一天'],
  ['2025年6月初', 'deadlineDayOpen', '不能确定到哪一天'],
  ['2050年春节前', 'deadlineFestivalUnknown', '尚未收录'],
  ['汛期前', 'deadlineByEvent', '会议或时节'],
  ['三个月内', 'deadlineWithoutStart', '从哪一天起算'],
])('a limit that leaves something open is asked about: %s', (limit, code, question) => {
  const draft = read(report(`1.巡查不够。\n整改措施：增加。\n整改时限：${limit}`));
  expect(draft.findings.filter((one) => one.code.startsWith('deadline'))).toEqual([
    { code, severity: 'warning', message: expect.stringMatching(`^问题1.的时限“${limit}”：.*${question}.*。$`) as string, lines: [7] },
  ]);
});

test.each(['2025年6月底前', '立行立改、长期坚持', '反馈之日起三个月内', '集中整改期内'])(
  'a limit that says all asks nothing: %s',
  (limit) => {
    const draft = read(report(`1.巡查不够。\n整改措施：增加。\n整改时限：${limit}`));
    expect(codes(draft).filter((code) => code.startsWith('deadline'))).toEqual([]);
  },
);

test('an article with totals only is a valid draft with an error finding', () => {
  const draft = read(
    '松岭区开展专项整治\n专项整治启动。\n各单位自查自纠。\n全系统发现整改问题42条，建立完善制度共计13项。\n活动取得实效，整改完成一项、销号一项。',
  );
  expect(draft.issues).toEqual([]);
  expect(draft.declared.map(({ what, value }) => [what, value])).toEqual([
    ['issues', 42],
    ['rules', 13],
  ]);
  expect(draft.findings).toMatchObject([{ code: 'noFindings', severity: 'error' }]);
});

import type { DraftLedger } from '../../intake';
import { read, report } from './support';

const two = '1.巡查不够。\n整改情况：该问题已完成整改。\n2.台账缺失。\n整改情况：该问题未完成整改。';
const withPreamble = (sentence: string, findings = two): DraftLedger => read(report(findings).replace('一、巡察', `${sentence}\n一、巡察`));
const declared = (sentence: string): string[] => withPreamble(sentence).declared.map(({ what, value }) => `${what} ${value}`);
const found = (draft: DraftLedger): string[] => draft.findings.map(({ code, severity, lines }) => `${code} ${severity} ${lines.join(',')}`);
const of = (draft: DraftLedger, code: string): string[] => found(draft).filter((line) => line.startsWith(`${code} `));

describe('declared totals', () => {
  test.each([
    [
      '县委第二巡察组共反馈4个方面、12类、36个具体问题，制定整改措施108条。截至目前，已完成整改30个，基本完成3个，阶段性完成1个，正在整改2个，整改完成率83.3%。',
      'aspects 4|categories 12|issues 36|measures 108|completed 30|basically_completed 3|stage_completed 1|in_progress 2|completion_rate 83.3',
    ],
    ['针对反馈的4个方面26个问题，目前26个问题已全部整改到位。', 'aspects 4|issues 26|completed 26'],
    ['截至11月，36个问题已整改完成34个，2个问题正在持续推进。', 'issues 36|completed 34|in_progress 2'],
    ['反馈问题36个，已整改36个。', 'issues 36|completed 36'],
    ['反馈我局党组存在的问题共4个方面18条。', 'aspects 4|issues 18'],
    ['反馈涉及我局的问题共有二十六个。', 'issues 26'],
    [
      '问责12人，其中党纪处分3人、政务处分2人、诫勉谈话4人、批评教育3人。',
      'handled_persons 12|handling:党纪处分 3|handling:政务处分 2|handling:诫勉 4|handling:批评教育 3',
    ],
    ['共清退资金12.5万元，收缴违纪款3.2万元。', 'money:已退还 125000|money:已追缴 32000'],
    ['修订完善制度15项，移交问题线索3条。', 'rules 15|clues 3'],
    // parts, works and turns of phrase are no totals
    ['其中2个问题立行立改，对3个问题长期坚持。', ''],
    ['党组书记带头领办4个重点问题，召开会议5次，研究整改问题12个。', ''],
    ['一个问题一个问题抓整改，做到整改一个销号一个。', ''],
    ['从3个方面抓好问题整改，提出4条意见建议。', ''],
    ['上一轮巡察反馈的17个问题不再重复。', ''],
  ])('%s', (sentence, expected) => {
    expect(declared(sentence).join('|')).toBe(expected);
  });

  test('a second total beside one that agrees is something else; two that both differ contradict each other', () => {
    expect(of(withPreamble('共反馈2个问题。县委巡察办梳理共性问题7个。'), 'declaredMismatch')).toEqual([]);
    expect(of(withPreamble('共反馈3个问题。反馈4个问题均已认领。'), 'declaredTwice')).toEqual(['declaredTwice warning 3']);
  });

  test('states that fewer issues say than are declared prove nothing', () => {
    const silent = two.replace('该问题未完成整改', '补了台账');
    expect(of(withPreamble('共反馈2个问题，已完成整改2个。', silent), 'declaredMismatch')).toEqual([]);
    expect(of(withPreamble('共反馈2个问题，已完成整改2个。'), 'declaredMismatch')).toEqual(['declaredMismatch error 3']);
  });

  test('more measures declared than are listed', () => {
    const listed = '1.巡查不够。\n整改措施：一是增加。二是培训。\n2.台账缺失。\n整改措施：一是补。二是查。';
    expect(of(withPreamble('针对反馈的2个问题，制定整改措施9条。', listed), 'declaredMismatch')).toEqual(['declaredMismatch error 3']);
    expect(of(withPreamble('针对反馈的2个问题，制定整改措施2条。', listed), 'declaredMismatch')).toEqual([]);
  });

  test('money and persons of one issue above what is declared for all', () => {
    const one = '1.巡查不够。\n整改情况：已清退3万元，诫勉谈话4人。';
    expect(found(withPreamble('共清退违规资金2万元，诫勉谈话3人。', one))).toEqual(
      expect.arrayContaining(['declaredMoney warning 3', 'handlingInIssue warning 3,7']),
    );
    expect(
      found(withPreamble('共清退违规资金3万元，诫勉谈话4人。', one)).filter((line) => /declaredMoney|handlingInIssue/.test(line)),
    ).toEqual([]);
  });
});

describe('percentages', () => {
  test.each([
    ['反馈36个问题，已完成整改34个，整改率94.4%。', 0],
    ['反馈36个问题，已完成整改34个，整改率97%。', 1],
    ['反馈40个问题，已完成整改34个，基本完成4个，整改率95%。', 0],
    ['全局在职659人，其中党员122人，仅占18.5%。', 0],
    ['全局在职659人，其中党员122人，仅占28.5%。', 1],
    ['全县医生778人，本科及以上1人，占1.3%，大专235人，占比30.2%。', 1],
    ['全局在职659人，其中党员122人，占全县党员的1.2%。', 0],
    ['正副高职称100人、45人，占总数22%、26.5%。', 0],
    ['党员12人，占比偏低。', 0],
  ])('%s', (sentence, mistakes) => {
    expect(of(withPreamble(sentence), 'percentMismatch')).toHaveLength(mistakes);
  });
});

describe('sums', () => {
  test.each([
    ['食堂租金5万元、车棚3万元，共计8万元。', 0],
    ['食堂租金5万元、车棚3万元，共计9万元。', 1],
    ['食堂租金125060元、停车费113150元、场地费27790元，共计266000元。', 0],
    ['收入9.26万元、支出1.333万元，合计10.6万元。', 0],
    ['约5万元、3万元，共计9万元。', 0],
    ['投入100万元，建成后收回5万元、3万元，共计8万元。', 0],
    ['党纪处分3人、诫勉谈话5人、批评教育2人，共计10人。', 0],
    ['党纪处分3人、诫勉谈话5人、批评教育2人，共计11人。', 1],
    ['全年开支12万元，其中差旅费5万元，共计3人次。', 0],
  ])('%s', (sentence, mistakes) => {
    expect(of(read(report(`1.支出不实。\n整改情况：${sentence}`)), 'sumMismatch')).toHaveLength(mistakes);
  });
});

test('persons only, person-times only', () => {
  expect(of(withPreamble('已处理相关责任人员8人次，其中立案审查2人、组织处理7人。'), 'handlingSum')).toEqual(['handlingSum warning 3']);
  expect(of(withPreamble('问责12人，其中党纪处分3人、诫勉谈话4人。'), 'handlingSum')).toEqual(['handlingSum info 3']);
  expect(of(withPreamble('问责7人，其中党纪处分3人、诫勉谈话4人。'), 'handlingSum')).toEqual([]);
});

test('a list of kinds that reads as the whole list and misses some persons is a contradiction', () => {
  const kinds = '其中立案2人，诫勉3人，谈话提醒14人，批评教育8人，责令检查4人。';
  expect(of(withPreamble(`对33名相关人员作出处理，${kinds}`), 'handlingSum')).toEqual(['handlingSum error 3']);
  expect(of(withPreamble(`对53名相关人员作出处理，${kinds}`), 'handlingSum')).toEqual(['handlingSum info 3']);
});

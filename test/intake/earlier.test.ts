import { draftSchema, type DraftIssue } from '../../intake';
import { read, readFinding, report } from './support';

type Earlier = NonNullable<DraftIssue['earlier']>;
const earlierOf = (words: string): DraftIssue['earlier'] => readFinding(`1.${words}\n整改情况：已补齐。`).earlier;

/** Source, year, fed back, rectified, sustained, outstanding, named. */
type Row = readonly [
  words: string,
  source: string | null,
  year: number | null,
  counts: readonly [number | null, number | null, number | null, number | null],
  named?: readonly string[],
];

describe('a finding about the findings of an earlier round', () => {
  const rows: readonly Row[] = [
    // the counts with the units 个, 条, 项, in both kinds of numerals
    [
      '以往问题整改不实。2021年县委第一巡察组常规巡察反馈26个问题，已整改26个，长期坚持9个，其中“渠道清淤走过场”“账外管理农机”2个问题整改不彻底。',
      '2021年县委第一巡察组常规巡察',
      2021,
      [26, 26, 9, 2],
      ['渠道清淤走过场', '账外管理农机'],
    ],
    ['2019年县委专项巡察提出问题二十一个，已整改到位十八个，未整改到位三个。', '2019年县委专项巡察', 2019, [21, 18, null, 3]],
    ['２０１９年县委巡察共反馈３个方面１２个问题，完成整改１０项，２项整改质量不高。', '2019年县委巡察', 2019, [12, 10, null, 2]],
    ['二〇二〇年省委巡视反馈三十五个问题已整改三十三个，长期坚持三十个。', '二〇二〇年省委巡视', 2020, [35, 33, 30, null]],
    [
      '县审计局2022年预算执行审计移交12条，完成整改9条，其中「账外资金」「票据混乱」等3条未整改。',
      '县审计局2022年预算执行审计',
      2022,
      [12, 9, null, 3],
      ['账外资金', '票据混乱'],
    ],
    ['审计问题整改滞后。对2022年决算审计，共反馈5个问题，整改到位3个问题，2个问题未整改到位。', '2022年决算审计', 2022, [5, 3, null, 2]],
    ['2023年省级环保督察指出的9个问题，均已整改到位。', '2023年省级环保督察', 2023, [9, 9, null, null]],
    ['2021年专项检查发现问题8个，8个问题已完成整改，问题仍有发生。', '2021年专项检查', 2021, [8, 8, null, null]],
    // who and what
    [
      '2021年县委巡察组对县农业局开展专项巡察，共反馈14个问题，整改完成12个。移交问题线索5条。',
      '2021年县委巡察组专项巡察',
      2021,
      [14, 12, null, null],
    ],
    ['2020年5月，县委第二巡察组向县农业局党组反馈问题8个，已整改7个。', '县委第二巡察组', 2020, [8, 7, null, null]],
    [
      '2018年至2019年县委巡察反馈的30个问题，已整改28项，仍有2个未整改到位：《接待制度》《用车制度》。',
      '2018年至2019年县委巡察',
      null,
      [30, 28, null, 2],
      ['接待制度', '用车制度'],
    ],
    ['针对经济责任审计反馈的6个问题，尚有1个问题没有整改。', '经济责任审计', null, [6, null, null, 1]],
    ['上轮巡察反馈的15个问题中，3个问题（“甲站漏报”“乙站缺账”“丙站空岗”）整改不彻底。', '上轮巡察', null, [15, null, null, 3], ['甲站漏报', '乙站缺账', '丙站空岗']], // prettier-ignore
    ['上次反馈的4个问题有2个未解决。', null, null, [4, null, null, 2]],
    // what is not said stays null, what is said in two ways too
    ['2021年县委巡察反馈的35个问题整改不彻底。', '2021年县委巡察', 2021, [35, null, null, null]],
    ['2021年县委巡察反馈35个问题，其中3个未整改到位，2个问题仍有发生。', '2021年县委巡察', 2021, [35, null, null, null]],
    ['历次巡察指出的7项问题，已完成整改4项，基本完成2项，未完成整改1项。', '历次巡察', null, [7, 4, null, 1]],
    // where the names stand
    [
      '2021年县委巡察反馈的“用车不严”“台账缺失”2个问题整改不彻底。',
      '2021年县委巡察',
      2021,
      [null, null, null, 2],
      ['用车不严', '台账缺失'],
    ],
    [
      '2021年巡察整改流于形式。2021年县委巡察反馈问题5个，“公函不全”等3个已整改到位，2个未整改到位，分别是“接待超标”“合同缺失”。',
      '2021年县委巡察',
      2021,
      [5, 3, null, 2],
      ['接待超标', '合同缺失'],
    ],
    ['“2021年县委巡察反馈35个问题，其中‘用车不严’1个问题整改不彻底”的问题', '2021年县委巡察', 2021, [35, null, null, 1], ['用车不严']],
  ];

  test.each(rows.map((row) => ({ row, words: row[0] })))('$words', ({ row }) => {
    const [words, source, year, [findings, rectified, sustained, outstanding], named = []] = row;
    expect(earlierOf(words)).toMatchObject({ source, year, findings, rectified, sustained, outstanding, named });
  });

  test.each([
    ['of this round', '本轮巡察反馈5个问题，已整改5个。'],
    ['of this round by its year', '2024年县委巡察反馈5个问题。'],
    ['of nobody who inspects', '便民热线反馈35个问题，已整改30个。'],
    ['of its own check', '2022年自查发现3个问题未整改到位。'],
    ['of any check without a year', '监督检查发现3个问题未整改到位。'],
    ['with an audit in another clause', '内部审计不健全，群众反馈12个问题未解决。'],
    ['of clues', '2021年县委巡察移交问题线索5条。'],
    ['without any', '巡查不够，台账缺失。'],
  ])('null for a finding %s', (_what, words) => {
    expect(earlierOf(words)).toBeNull();
  });

  // each of these has hung a careless pattern
  test.each(['均已', '已经', '对我局', '共计', '未完成全部', '整改问题的', '“甲', '2021年、', '10个'])(
    '%s again and again is read',
    (word) => {
      const many = word.repeat(2_000);
      expect(earlierOf(`2021年县委巡察反馈10个问题${many}。`)?.findings).toBe(10);
      earlierOf(`2021年县委巡察，${many}反馈10个问题。`);
    },
  );

  test('null for what only the account of the rectification says', () => {
    expect(readFinding('1.台账缺失。\n整改情况：2021年县委巡察反馈的5个问题已整改4个，1个问题整改不彻底。').earlier).toBeNull();
  });

  describe('in a report without labels', () => {
    const earlierIn = (account: string): unknown =>
      read(report(`1.以往问题整改不实。${account}\n2.台账缺失。一是补台账。二是建制度。`)).issues[0]?.earlier;

    test('the sentence behind the heading is still the finding', () => {
      expect(earlierIn('2021年县委巡察反馈10个问题，已整改8个。其中“用车不严”“台账缺失”2个问题整改不彻底。一是逐项再查。')).toMatchObject({
        source: '2021年县委巡察',
        rectified: 8,
        outstanding: 2,
        named: ['用车不严', '台账缺失'],
        raw: '2021年县委巡察反馈10个问题，已整改8个。其中“用车不严”“台账缺失”2个问题整改不彻底',
        line: 5,
      });
    });

    test('what comes later, or tells of no earlier round, is the account', () => {
      expect(earlierIn('一是逐项再查。二是将2021年县委巡察反馈的10个问题一并整改，已整改8个。')).toBeNull();
      expect(earlierIn('县委巡察反馈的10个问题，已整改8个，2个问题整改不彻底。')).toBeNull();
    });
  });

  test('its words and the line on which they begin; the next finding has its own', () => {
    const draft = read(
      report(
        '1.以往问题整改不实。\n2021年县委巡察反馈3个问题，已整改2个，1个未整改到位。\n整改情况：已补。\n2.2020年县审计局审计提出问题4个，已整改3个。\n整改情况：已补。',
      ),
    );
    expect(draft.issues.map(({ earlier }) => earlier && [earlier.source, earlier.raw, earlier.line])).toEqual([
      ['2021年县委巡察', '2021年县委巡察反馈3个问题，已整改2个，1个未整改到位', 6],
      ['2020年县审计局审计', '2020年县审计局审计提出问题4个，已整改3个', 8],
    ]);
    expect(draftSchema.parse(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
  });

  test('a draft that was written before there was such a field is one still', () => {
    const draft = read(report('1.台账缺失。\n整改情况：已补。'));
    const old = { ...draft, issues: draft.issues.map(({ earlier: _, ...issue }) => issue) };
    expect(draftSchema.parse(old)).toEqual(old);
  });
});

describe('what does not add up', () => {
  const findingsOf = (words: string): [string, string, number[]][] =>
    read(report(`1.${words}\n整改情况：已补齐。`))
      .findings.filter(({ code }) => /^earlier|^claimed/.test(code))
      .map(({ code, severity, lines }) => [code, severity, lines]);
  const all = (more: string): string => `2021年县委巡察反馈10个问题，${more}`;

  test.each([
    ['rectified and not are more than were fed back', '已整改9个，2个问题整改不彻底。', [['earlierSum', 'warning', [5]]]],
    ['all rectified, and yet one is not', '已整改10个，1个问题仍有发生。', [['claimedDoneYetNot', 'warning', [5]]]],
    ['fewer named than declared', '已整改8个，“甲站”2个问题整改不彻底。', [['earlierNames', 'warning', [5]]]],
    ['more named than declared', '已整改9个，“甲站”“乙站”等1个问题整改不彻底。', [['earlierNames', 'warning', [5]]]],
    ['some named as examples', '已整改7个，“甲站”等3个问题整改不彻底。', []],
    ['all named, and all counted', '已整改8个，“甲站”“乙站”2个问题整改不彻底。', []],
    ['one in between', '已整改8个，基本完成1个，1个问题未整改到位。', []],
    ['not all counted', '1个问题未整改到位。', []],
  ])('%s', (_what, words, found) => {
    expect(findingsOf(all(words))).toEqual(found);
  });

  test('a second earlier round is not lost in silence', () => {
    const words = all('已整改9个；2022年县审计局审计反馈5个问题，整改到位3个。');
    expect(earlierOf(words)).toMatchObject<Partial<Earlier>>({ source: '2021年县委巡察', rectified: 9 });
    const [found] = read(report(`1.${words}\n整改情况：已补齐。`)).findings.filter(({ code }) => code === 'earlierSeveral');
    expect(found).toMatchObject({ severity: 'warning', message: expect.stringContaining('2022年县审计局审计') as string, lines: [5] });
  });
});

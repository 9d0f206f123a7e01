import { isSustained, statusWord } from '../../intake/status-words';
import { readFinding } from './support';

describe('the words of a state', () => {
  test.each([
    [
      'completed',
      [
        '已完成',
        '完成',
        '已完成整改',
        '整改完成',
        '已整改到位',
        '已销号',
        '√',
        '☑',
        '已得到解决',
        '已纠正',
        '已立行立改',
        '100%',
        '已完成，长期坚持',
      ],
    ],
    ['basically_completed', ['基本完成', '已基本完成整改', '基本整改到位', '基本整改', '基本解决']],
    ['stage_completed', ['阶段性完成', '完成阶段性整改', '已取得阶段性成效', '阶段性销号']],
    ['partially_rectified', ['部分完成', '部分整改', '部分未完成', '大部分已整改', '部分已解决']],
    [
      'in_progress',
      ['正在整改', '正在积极推进', '整改中', '推进中', '持续整改', '按计划推进', '长期坚持', '需长期坚持', '需要长期坚持的问题（3个）'],
    ],
    ['not_completed', ['未完成', '尚未完成', '未按期完成', '暂未整改', '未整改到位', '没有完成整改', '未启动', '未完成整改的问题（2个）']],
  ] as const)('%s', (status, phrases) => {
    expect(phrases.map((phrase) => [phrase, statusWord(phrase)])).toEqual(phrases.map((phrase) => [phrase, status]));
  });

  test.each([
    '无',
    '建立了制度',
    '整改不到位',
    '落实整改措施',
    '主体责任落实不到位',
    '未落实整改要求的问题线索',
    '整改质量不高',
    '部分整改措施不实',
    '',
  ])('no state: %j', (phrase) => {
    expect(statusWord(phrase)).not.toBe('completed');
    expect(isSustained(phrase)).toBe(false);
  });

  test('of boxes to tick the ticked one counts, none ticked says nothing', () => {
    expect(['☑已完成 □未完成', '□已完成 ☑正在整改', '■基本完成　□未完成', '□已完成 □未完成'].map(statusWord)).toEqual([
      'completed',
      'in_progress',
      'basically_completed',
      null,
    ]);
  });
});

describe('where a state is said', () => {
  const status = (account: string): unknown => readFinding(`1.台账缺失。\n${account}`).status?.value ?? null;

  test.each([
    ['整改情况：补齐台账。目前，该问题已整改到位，并建立长效机制。', 'completed'],
    ['整改情况：补齐台账。已于2024年6月底完成整改。', 'completed'],
    ['整改情况：补齐台账，已全部完成整改。', 'completed'],
    ['整改情况：截至2024年9月底，该问题已完成整改。后续将加强检查。', 'completed'],
    ['整改情况：长期坚持。', 'in_progress'],
    ['整改措施：补台账。\n完成时限：已完成', 'completed'],
    ['整改措施：补台账。\n整改时限：2024年6月底（已完成）', 'completed'],
    ['整改措施：补台账。\n是否完成：是', 'completed'],
    ['整改措施：补台账。\n是否完成：否', 'not_completed'],
    ['整改措施：补台账。\n整改进度：按计划推进', 'in_progress'],
    ['整改措施：补台账。\n整改状态：已完成，长期坚持', 'completed'],
    // none of these says what became of the issue
    ['整改情况：补齐台账，长期坚持。', null],
    ['整改情况：补齐台账，持续推进。', null],
    ['整改情况：将于2024年6月底前完成整改。', null],
    ['整改情况：确保各项措施落实到位、整改到位。', null],
    ['整改情况：要求各站按期完成整改。', null],
    ['整改情况：其余款项均已清退完毕。', null],
  ])('%s', (account, expected) => {
    expect(status(account)).toBe(expected);
  });

  test('a bracket with its label, and the section', () => {
    expect(readFinding('1.台账缺失。（整改状态：基本完成）\n整改情况：补了台账。').status).toEqual({
      value: 'basically_completed',
      raw: '基本完成',
      line: 5,
    });
  });
});

describe('limits', () => {
  const due = (account: string): unknown => readFinding(`1.台账缺失。\n整改措施：补台账。\n${account}`).deadline?.due ?? null;

  test.each([
    ['（整改时限：2024年6月底）', '2024-06-30'],
    ['整改时限：２０２４年６月底前', '2024-06-30'],
    ['完成时间：2024年第三季度', '2024-09-30'],
    ['整改时限：2024年底', '2024-12-31'],
    ['整改时限：2024年6月底（已完成）', '2024-06-30'],
    ['责任单位：办公室　整改时限：2024.9.30', '2024-09-30'],
  ])('%s', (account, expected) => {
    expect(due(account)).toBe(expected);
  });

  test('the raw phrase keeps no loose bracket', () => {
    expect(readFinding('1.台账缺失。\n整改措施：补台账。\n（整改时限：2024年6月底）').deadline?.raw).toBe('2024年6月底');
  });

  test.each(['已完成', '无', '/', '—'])('整改时限：%s is no limit', (field) => {
    expect(readFinding(`1.台账缺失。\n整改措施：补台账。\n整改时限：${field}`).deadline).toBeNull();
  });
});

describe('parties', () => {
  const parties = (fields: string): unknown => {
    const { leadLeader, responsibleUnit, handler, coUnits } = readFinding(`1.台账缺失。\n整改措施：补台账。\n${fields}`).parties;
    return [leadLeader, responsibleUnit, handler, coUnits];
  };

  test.each([
    ['责任单位：办公室、财务科、人事科', [null, '办公室', null, ['财务科', '人事科']]],
    ['责任单位：财务科（配合）、办公室（牵头）', [null, '办公室', null, ['财务科']]],
    ['牵头单位：办公室\n责任单位：财务科、人事科\n配合单位：监察室', [null, '办公室', null, ['财务科', '人事科', '监察室']]],
    ['责任领导：李明（副局长）', ['李明（副局长）', null, null, []]],
    ['责任单位及责任人：办公室 王小明', [null, '办公室', '王小明', []]],
    ['牵头领导：无；责任单位：/', [null, null, null, []]],
    ['（责任单位：办公室；责任人：王小明）', [null, '办公室', '王小明', []]],
  ])('%s', (fields, expected) => {
    expect(parties(fields)).toEqual(expected);
  });
});

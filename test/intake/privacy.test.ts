import { privateIn, privateInText, privateLines, publicTitle, redact } from '../../intake/privacy';
import { hasCheckDigit, isBankCard } from '../../intake/privacy/numbers';
import { Prose } from '../../intake/prose';

const names = (text: string): string[] => privateInText(text).flatMap(({ kind, raw }) => (kind === 'name' ? [raw] : []));
const numbers = (text: string): string[] => privateInText(text).flatMap(({ kind, raw }) => (kind === 'name' ? [] : [`${kind} ${raw}`]));

describe('names of persons beyond the leaders', () => {
  test.each([
    ['给患者张大山使用限制性用药', ['张大山']],
    ['患者李小河、王春和赵秋菊多次投诉', ['李小河', '王春', '赵秋菊']],
    ['村民王芳发生纠纷后未调解', ['王芳']],
    ['对周立群等4人进行了谈话提醒', ['周立群']],
    ['外聘的孙远帆医师长期主刀', ['孙远帆']],
    ['由林秋水同志负责登记', ['林秋水']],
    ['与张大山、李小河签订聘用协议', ['张大山', '李小河']],
    ['对3名责任人（张大山、李小河、王春）批评教育', ['张大山', '李小河', '王春']],
    ['举报人：欧阳文轩，已答复', ['欧阳文轩']],
    ['联系人：吴桂芝 电话', ['吴桂芝']],
    ['办公室副主任赵云帆受到党内警告处分', ['赵云帆']],
    ['原局长郑海涛因违规报销受到党内严重警告处分', ['郑海涛']],
    ['财务科科长何晓峰未按规定审核', ['何晓峰']],
    ['会计马小军挪用公款', ['马小军']],
  ])('%s', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  test.each([
    '县委书记陈志远主持召开专题会议',
    '局长周明到基层调研',
    '组长由党组书记、局长何建平担任',
    '患者高度认可，病人满意度明显提高',
    '村民应急能力不足，职工安全意识不强',
    '医生严格执行规程，护士常年缺编',
    '党员成员较少，干部任用不规范',
    '全科医生、高级医师配备不足，管床医师责任不清',
    '对陈某某等4人进行了谈话提醒，患者李××已退费',
    '5个卫生院（高龙、白马、江口、石桥）设备闲置',
    '与农业局、水利局、林业局建立机制',
    '学习毛泽东同志的著作，深切缅怀雷锋同志',
    '对城东、城西等3家单位进行约谈',
    '书记高度重视，局长严格把关，主任马上落实',
    '责任人：办公室主任；责任人应当按时整改',
    '群众江水治理诉求，居民常态化监督',
  ])('nobody: %s', (text) => {
    expect(names(text)).toEqual([]);
  });
});

describe('numbers', () => {
  test.each([
    ['联系电话：13812345678', ['phone 13812345678']],
    ['手机 138-1234-5678，座机（0571）87654321', ['phone 138-1234-5678', 'phone （0571）87654321']],
    ['电话０５７１－８７６５４３２１', ['phone ０５７１－８７６５４３２１']],
    ['电话：7654321', ['phone 7654321']],
    ['咨询热线400-123-4567', ['phone 400-123-4567']],
    ['邮箱 yunxi.jw@example.gov.cn。', ['email yunxi.jw@example.gov.cn']],
    ['身份证号11010519491231002X', ['idCard 11010519491231002X']],
    ['身份证110105 19491231 0021', ['idCard 110105 19491231 0021']],
    ['身份证号110105491231002', ['idCard 110105491231002']],
    ['卡号6222021234567890128', ['bankCard 6222021234567890128']],
    ['银行卡 6222 0212 3456 7890 128', ['bankCard 6222 0212 3456 7890 128']],
    ['账号：1234567890123456', ['bankCard 1234567890123456']],
    ['公车浙A12345私用，新能源车浙AD12345', ['plate 浙A12345', 'plate 浙AD12345']],
  ])('%s', (text, expected) => {
    expect(numbers(text)).toEqual(expected);
  });

  test.each([
    '共计13812345678元',
    '2024年3月4日至2024年4月30日',
    '云农党文〔2024〕15号',
    '涉及资金81452.6元、4053人次',
    '邮编134300，备案号08100318号',
    '12345热线投诉量',
    '合同编号2024031500012',
    '苏区振兴、新A股市场',
  ])('none: %s', (text) => {
    expect(numbers(text)).toEqual([]);
  });

  test('check digits', () => {
    expect([hasCheckDigit('11010519491231002X'), hasCheckDigit('110105194912310021')]).toEqual([true, false]);
    expect([isBankCard('6222021234567890128'), isBankCard('6222021234567890127')]).toEqual([true, false]);
  });
});

test('a paragraph says the line of each mark, a document its lines without the words', () => {
  const paragraph = Prose.join([Prose.ofLine('患者张大山投诉。', 4), Prose.ofLine('电话13812345678', 5)], '');
  expect(privateIn(paragraph).map(({ kind, raw, line }) => [kind, raw, line])).toEqual([
    ['name', '张大山', 4],
    ['phone', '13812345678', 5],
  ]);
  expect(privateLines([paragraph, paragraph])).toEqual([
    { kind: 'name', line: 4 },
    { kind: 'phone', line: 5 },
  ]);
});

describe('redacting', () => {
  test('masks by kind', () => {
    const text = '患者张大山（身份证号11010519491231002X，电话13812345678，邮箱zds@example.com，车牌浙A12345，卡号6222021234567890128）';
    expect(redact(text, privateInText(text))).toBe(
      '患者张某某（身份证号1****X，电话1****5678，邮箱z****@example.com，车牌浙A****，卡号6****0128）',
    );
  });

  test('a name that is known is masked wherever it stands, also where nothing tells what it is', () => {
    expect(
      redact('张大山一室，欧阳文轩一室，张大一室。', [
        { kind: 'name', raw: '张大山' },
        { kind: 'name', raw: '欧阳文轩' },
        { kind: 'name', raw: '张大' },
      ]),
    ).toBe('张某某一室，欧阳某某一室，张某一室。');
  });

  test('redacting twice changes nothing more, and nothing private is nothing to mask', () => {
    const once = redact('患者张大山电话13812345678', privateInText('患者张大山电话13812345678'));
    expect(redact(once, privateInText(once))).toBe(once);
    expect(redact('台账缺失', [])).toBe('台账缺失');
    expect(redact('台账缺失', [{ kind: 'name', raw: '' }])).toBe('台账缺失');
  });

  test('a title for mails', () => {
    expect(publicTitle('未退还患者张大山医药费')).toBe('未退还患者张某某医药费');
    expect(publicTitle('张大山信访事项久拖不决', [{ kind: 'name', raw: '张大山' }])).toBe('张某某信访事项久拖不决');
    expect(publicTitle('公务用车管理不严')).toBe('公务用车管理不严');
  });
});

test('hostile texts cost no more than their length', () => {
  for (const hostile of [
    '患者张',
    '张大山、',
    '138',
    '1 ',
    '6222-',
    'a@',
    'a.',
    '（张大',
    '书记陈',
    '等4人',
    '浙A1',
    '0571-',
    '110105',
    '张',
  ]) {
    const cost = (length: number): number => {
      const text = hostile.repeat(Math.ceil(length / hostile.length));
      return Math.min(
        ...[1, 2, 3].map(() => {
          const started = performance.now();
          privateInText(text);
          return performance.now() - started;
        }),
      );
    };
    cost(20_000);
    // ten times the length: far below the hundred times of a quadratic run
    expect(cost(200_000)).toBeLessThan(60 * Math.max(cost(20_000), 5));
  }
}, 60_000);

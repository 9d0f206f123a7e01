import fc from 'fast-check';
import { DINGTALK_BYTES, dingtalkBody } from '../../channels/robot-dingtalk';
import { FEISHU_BYTES, feishuBody } from '../../channels/robot-feishu';
import { bytesOf, markdownOf, plainOf, robotWords } from '../../channels/robot-text';
import { WECOM_BYTES, wecomBody } from '../../channels/robot-wecom';
import type { ShortMessage } from '../../channels/short-message';
import { shortMessageOf } from '../../channels/short-message';
import { instant, localDate } from '../../domain/time';
import { BASE, anyContent, lineOf, many, messageOf } from './support/robot-message';

const door = `${BASE}/`;
const textOf = (message: ShortMessage): string => {
  const words = robotWords(message);
  return plainOf(words)(words.rows, null);
};
const wecomContent = (message: ShortMessage, format: 'markdown' | 'text'): string =>
  (JSON.parse(wecomBody(message, format)) as Record<string, { content: string }>)[format]?.content ?? '';
const dingtalkText = (message: ShortMessage): string => (JSON.parse(dingtalkBody(message)) as { markdown: { text: string } }).markdown.text;

interface Post {
  content: { post: { zh_cn: { title: string; content: { tag: string; text: string; href?: string }[][] } } };
}
const feishuPost = (message: ShortMessage) =>
  (JSON.parse(feishuBody(message, { timestamp: '1599360473', sign: 'x'.repeat(44) })) as Post).content.post.zh_cn;

describe('the wording', () => {
  test('title, whom it is for, red first, the door and as of when', () => {
    const message = messageOf([
      lineOf(3, { tone: 'none', rung: '新任务', kind: '签收', dueOn: localDate('2026-10-26'), daysLeft: 3 }),
      lineOf(12),
      lineOf(4, { rung: '逾期', daysLeft: -1, dueOn: localDate('2026-10-20') }),
    ]);
    expect(textOf(message)).toBe(
      [
        '【整改】逾期2项、新任务1项（10月21日）',
        '林知秋，您有3项整改事项：',
        '● 逾期 R1-012 整改，督办通知单，期限10月19日（周一），逾期2个工作日',
        '● 逾期 R1-004 整改，期限10月20日（周二），逾期1个工作日',
        '◇ 新任务 R1-003 签收，期限10月26日（周一），剩3个工作日',
        `打开我的待办：${door}`,
        '内容截至2026年10月21日 08:30。按保密要求只列编号和期限，具体内容请登录内部系统查看。',
      ].join('\n'),
    );
  });

  test('of nothing says so', () => {
    expect(textOf(messageOf([]))).toContain('林知秋，您暂无应办事项。');
  });

  test('markdown links each reference and the door', () => {
    const words = robotWords(messageOf([lineOf(12)]));
    expect(markdownOf(words, '\n')(words.rows, null)).toContain(`● 逾期 [R1-012](${BASE}/issue/R1-12) 整改，`);
    expect(markdownOf(words, '\n')(words.rows, null)).toContain(`\n[打开我的待办](${door})\n`);
  });

  test.each([
    ['a mention', '@所有人', '＠所有人'],
    ['a tag', '<at user_id="all">', '＜at user＿id="all"＞'],
    ['a link', '[点](https://evil.example)', '［点］（https：//evil．example）'],
    ['a bare address', 'www.evil.example', 'www．evil．example'],
    ['emphasis', '**a** _b_ `c` ~~d~~', '＊＊a＊＊ ＿b＿ ｀c｀ ～～d～～'],
    ['two lines', '甲\n# 乙', '甲 ＃ 乙'],
    ['digits with a dot', '3.5', '3.5'],
  ])('a name that is %s is only a name', (_what, name, told) => {
    expect(robotWords(messageOf([lineOf(1)], name)).greeting).toBe(`${told}，您有1项整改事项：`);
  });
});

describe('two hundred items', () => {
  const message = many(200);

  test.each([
    ['企业微信 markdown', wecomContent(message, 'markdown')],
    ['企业微信 text', wecomContent(message, 'text')],
    ['钉钉', dingtalkText(message)],
    [
      '飞书',
      feishuPost(message)
        .content.map((pieces) => pieces.map(({ text }) => text).join(''))
        .join('\n'),
    ],
  ])('%s: whole rows first, then how many are left out, then the door', (_robot, text) => {
    const lines = text.split('\n').map((line) => line.trim());
    const rows = lines.filter((line) => line.startsWith('● 逾期'));
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.every((row) => row.endsWith('逾期2个工作日'))).toBe(true);
    const others = lines.indexOf(`…另有${200 - rows.length}项`);
    expect(others).toBe(lines.findLastIndex((line) => line.startsWith('●')) + 1);
    expect(lines[others + 1]).toContain('打开我的待办');
  });

  test.each([40, 41, 42, 43, 57, 64, 99, 100, 101, 200])('of %i, no row more would have fitted', (count) => {
    const message = many(count);
    const words = robotWords(message);
    const told = wecomContent(message, 'markdown')
      .split('\n')
      .filter((line) => line.startsWith('●')).length;
    expect(told).toBeLessThan(count);
    const others = count - told - 1;
    const longer = markdownOf(words, '\n')(words.rows.slice(0, told + 1), others === 0 ? null : `…另有${others}项`);
    expect(bytesOf(longer)).toBeGreaterThan(WECOM_BYTES.markdown);
  });
});

/** What is left of a text when our own markup is taken out: there, nothing may be read as markup, mention, tag or address. */
const LOUD = /[\\`*_[\]()<>#|~!@]|:\/\/|\.\p{L}/u;
const withoutOwnLinks = (markdown: string): string => markdown.replace(/^### /, '').replace(/\[([^\]]*)\]\(https?:\/\/[^()\s]+\)/g, '$1');

describe('whatever the content', () => {
  const check = (holds: (message: ShortMessage) => void) => {
    fc.assert(
      fc.property(anyContent, (content) => {
        holds(shortMessageOf(content, 'd', BASE));
      }),
      { numRuns: 25, interruptAfterTimeLimit: 20_000 },
    );
  };

  test.each(['markdown', 'text'] as const)('企业微信 %s: within its bytes, with the link, and no text is markup', (format) => {
    check((message) => {
      const content = wecomContent(message, format);
      expect(bytesOf(content)).toBeLessThanOrEqual(WECOM_BYTES[format]);
      expect(content).toContain(format === 'markdown' ? `](${door})` : `打开我的待办：${door}\n`);
      expect(content).not.toMatch(/\p{Cs}|\r/u);
      expect(format === 'markdown' ? withoutOwnLinks(content) : content.replace(door, '')).not.toMatch(LOUD);
      // 企业微信 refuses escapes of the form \uxxxx
      expect(wecomBody(message, format)).not.toMatch(/\\u[0-9a-f]{4}/);
    });
  });

  test('钉钉: within its bytes, with the link, and no text is markup', () => {
    check((message) => {
      expect(bytesOf(dingtalkBody(message))).toBeLessThanOrEqual(DINGTALK_BYTES);
      expect(dingtalkText(message)).toContain(`](${door})`);
      expect(withoutOwnLinks(dingtalkText(message))).not.toMatch(LOUD);
      expect(JSON.parse(dingtalkBody(message))).toMatchObject({ msgtype: 'markdown', at: { isAtAll: false } });
    });
  });

  test('飞书: within its bytes, with the link, and only plain pieces and links', () => {
    check((message) => {
      const { title, content } = feishuPost(message);
      const pieces = content.flat();
      expect(bytesOf(feishuBody(message, { timestamp: '1599360473', sign: 'x'.repeat(44) }))).toBeLessThanOrEqual(FEISHU_BYTES);
      expect(pieces).toContainEqual({ tag: 'a', text: '打开我的待办', href: door });
      expect(pieces.filter(({ tag, href }) => (tag === 'a' ? !/^https?:/.test(href ?? '') : tag !== 'text'))).toEqual([]);
      expect([title, ...pieces.map(({ text }) => text)].filter((text) => LOUD.test(text))).toEqual([]);
    });
  });

  test('rows told and rows left out are all rows', () => {
    check((message) => {
      const lines = wecomContent(message, 'text').split('\n');
      const told = lines.length - (lines.some((line) => /^…另有\d+项$/.test(line)) ? 5 : 4);
      const others = Number(/^…另有(\d+)项$/m.exec(lines.join('\n'))?.[1] ?? 0);
      expect(told + others).toBe(message.items.length);
    });
  });
});

test('a message that comes years later still says its years', () => {
  const message = messageOf([lineOf(1, { dueOn: localDate('2027-01-12'), daysLeft: 55, tone: 'green' })]);
  expect(textOf({ ...message, claimedAt: instant('2026-10-21T08:30+08:00') })).toContain('期限2027年1月12日（周二），剩55个工作日');
});

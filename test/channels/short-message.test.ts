import fc from 'fast-check';
import { shortMessageOf } from '../../channels/short-message';
import { localDate } from '../../domain/time';
import { BASE, anyContent, contentOf, lineOf, messageOf } from './support/robot-message';

const dueOn = localDate('2026-10-30');

describe('a short message', () => {
  test('tells numbers, kinds, days and links of a digest, most urgent first', () => {
    const message = messageOf([
      lineOf(3, { tone: 'none', rung: '新任务', kind: '签收', dueOn, daysLeft: 7 }),
      lineOf(1, { tone: 'yellow', rung: '提前10日提醒', dueOn, daysLeft: 7 }),
      lineOf(12),
      lineOf(5, { daysLeft: -9, dueOn: localDate('2026-10-08') }),
    ]);
    expect(message).toEqual({
      id: 'digest/p7/2026-10-21',
      personId: 'p7',
      personName: '林知秋',
      subject: '【整改】逾期2项、临期1项、新任务1项（10月21日）',
      totals: { red: 2, yellow: 1, green: 0 },
      items: [
        expect.objectContaining({ reference: 'R1-005', daysLeft: -9 }),
        {
          reference: 'R1-012',
          kind: '整改',
          rung: '督办通知单',
          tone: 'red',
          dueOn: '2026-10-19',
          daysLeft: -2,
          link: `${BASE}/issue/R1-12`,
        },
        expect.objectContaining({ reference: 'R1-001', tone: 'yellow' }),
        expect.objectContaining({ reference: 'R1-003', kind: '签收' }),
      ],
      link: `${BASE}/`,
      claimedAt: '2026-10-21T00:30:12.000Z',
    });
  });

  test('of nothing says so', () => {
    expect(messageOf([])).toMatchObject({
      subject: '【整改】暂无应办事项（10月21日）',
      totals: { red: 0, yellow: 0, green: 0 },
      items: [],
    });
  });

  test('has no title, unit or name of the content, whatever that holds', () => {
    const spoken = { title: '秘甲', unit: '秘乙', role: '秘丙', paper: '秘丁', next: { on: dueOn, label: '秘戊', hears: '秘己' } };
    expect(JSON.stringify(messageOf([lineOf(1, spoken), lineOf(2, { ...spoken, tone: 'none', dueOn: null })]))).not.toContain('秘');
  });

  test('the same digest gives the same characters', () => {
    fc.assert(
      fc.property(anyContent, (content) => {
        expect(JSON.stringify(shortMessageOf(content, 'd', BASE))).toBe(JSON.stringify(shortMessageOf(content, 'd', BASE)));
      }),
      { numRuns: 20, interruptAfterTimeLimit: 20_000 },
    );
  });
});

describe('a link', () => {
  test.each([
    ['/issue/问题 1', `${BASE}/issue/%E9%97%AE%E9%A2%98%201`],
    ['/a)](x "y")[z]', `${BASE}/a%29%5D%28x%20%22y%22%29%5Bz%5D`],
    ['/u/@all|<b>', `${BASE}/u/%40all%7C%3Cb%3E`],
    ['javascript:alert(1)', `${BASE}/javascript:alert%281%29`],
    ['https://user:pass@other.example/x', 'https://other.example/x'],
    ['https://', `${BASE}/`],
  ])('%s', (given, link) => {
    expect(messageOf([lineOf(1, { link: given })]).items[0]?.link).toBe(link);
  });

  test('keeps the path of the base', () => {
    expect(shortMessageOf(contentOf([lineOf(1)]), 'd', 'http://10.1.2.3:8080/zg/')).toMatchObject({
      link: 'http://10.1.2.3:8080/zg/',
      items: [{ link: 'http://10.1.2.3:8080/zg/issue/R1-1' }],
    });
  });

  test.each(['', 'zg.example', 'ftp://zg.example', 'https://', `https://zg.example/${'长'.repeat(40)}`])(
    'needs a base, not "%s"',
    (base) => {
      expect(() => shortMessageOf(contentOf([]), 'd', base)).toThrow('links.base');
    },
  );
});

test('whatever the content: no half character, no control, and every link is an ASCII address of the web', () => {
  fc.assert(
    fc.property(anyContent, (content) => {
      const { personName, subject, items } = shortMessageOf(content, 'd', BASE);
      const texts = [personName, subject, ...items.flatMap(({ reference, kind, rung }) => [reference, kind, rung])];
      expect(texts.filter((text) => /[\p{Cs}\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(text))).toEqual([]);
      expect(items.filter(({ link }) => !/^https?:\/\/[\x21-\x7e]+$/.test(link) || /[()[\]<>"'\\*|@]/.test(link))).toEqual([]);
      expect(items).toHaveLength(content.lines.length);
    }),
    { numRuns: 40, interruptAfterTimeLimit: 20_000 },
  );
});

import fc from 'fast-check';
import type { ShortMessage } from '../../../channels/short-message';
import { shortMessageOf } from '../../../channels/short-message';
import type { DigestContent, DigestLine } from '../../../domain/digest';
import { addDays, instant, localDate } from '../../../domain/time';

export const BASE = 'https://zg.example.gov.cn';
const TODAY = localDate('2026-10-21');

/** A line that is two workdays overdue; anything may be overridden. */
export const lineOf = (n: number, over: Partial<DigestLine> = {}): DigestLine => ({
  streamId: `R1-${n}`,
  reference: `R1-${String(n).padStart(3, '0')}`,
  title: '青山镇农机补贴台账不实',
  kind: '整改',
  rung: '督办通知单',
  tone: 'red',
  dueOn: localDate('2026-10-19'),
  provisional: false,
  daysLeft: -2,
  role: '牵头领导',
  next: null,
  paper: null,
  link: `/issue/R1-${n}`,
  ...over,
});

export const contentOf = (lines: readonly DigestLine[], name = '林知秋'): DigestContent => ({
  person: { id: 'p7', name, email: 'lin@example.gov.cn' },
  opening: instant('2026-10-21T08:30+08:00'),
  claimedAt: instant('2026-10-21T08:30:12+08:00'),
  lines,
  notices: [],
});

export const messageOf = (lines: readonly DigestLine[], name?: string): ShortMessage =>
  shortMessageOf(contentOf(lines, name), 'digest/p7/2026-10-21', BASE);

export const many = (count: number): ShortMessage => messageOf(Array.from({ length: count }, (_, n) => lineOf(n)));

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    '𬭎𠮷㐀䶮'.repeat(40),
    '\ue5e5\uf8ff龴',
    '👨‍👩‍👧‍👦🇨🇳🏳️‍🌈'.repeat(20),
    '长'.repeat(10_000),
    '\ud800半个',
    '](https://evil.example) [点我](https://evil.example)',
    '<at user_id="all">所有人</at><@all> @所有人 @13800000000',
    '**粗** _斜_ `码` # 题 > 引 ~~删~~ | 表 | ![图](x) \\',
    'http://evil.example www.evil.example dingtalk://x evil.中国',
    '第一行\r\n# 第二行\u2028第三行\u202e倒写\u200b',
    '"}],"msgtype":"text","x":"\\',
  ),
);

const anyLine = fc
  .record({
    n: fc.nat(9_999),
    reference: fc.option(nasty),
    kind: fc.oneof(fc.constantFrom('签收', '整改', '督促责任单位负责人签收'), nasty),
    rung: fc.oneof(fc.constantFrom('新任务', '逾期', '督办通知单'), nasty),
    tone: fc.constantFrom('none' as const, 'green' as const, 'yellow' as const, 'red' as const),
    due: fc.option(fc.integer({ min: -400, max: 400 })),
    link: fc.option(fc.oneof(nasty, fc.webUrl({ withQueryParameters: true, withFragments: true }))),
  })
  .map(({ n, due, reference, link, ...rest }) =>
    lineOf(n, {
      ...rest,
      ...(reference === null ? {} : { reference }),
      ...(link === null ? {} : { link }),
      dueOn: due === null ? null : addDays(TODAY, due),
      daysLeft: due,
    }),
  );

/** Any digest, up to 200 lines. */
export const anyContent: fc.Arbitrary<DigestContent> = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: fc.array(anyLine, { maxLength: 12 }) },
      { weight: 1, arbitrary: fc.array(anyLine, { minLength: 150, maxLength: 200 }) },
    ),
    nasty,
  )
  .map(([lines, name]) => contentOf(lines, name));

import fc from 'fast-check';
import type { DigestLine } from '../../channels/digest-message';
import { renderDigest } from '../../channels/digest-message';
import { addDays, instant, localDate } from '../../domain/time';
import { htmlItems, large, line, message, newTask, ordinary, soon, textItems } from './sample-digest';

const textOf = (lines: readonly DigestLine[], over: Parameters<typeof message>[1] = {}) => renderDigest(message(lines, over)).text;

describe('the subject', () => {
  test('totals by what they are, red first, and the day', () => {
    expect(renderDigest(ordinary()).subject).toBe('【整改】逾期2项、临期1项、新任务3项（10月21日）');
  });

  test.each([
    ['red before its day is 紧急', line(1, { daysLeft: 2, dueOn: localDate('2026-10-23'), rung: '反弹' }), '紧急1项'],
    ['red without a day is 紧急', line(1, { daysLeft: null, dueOn: null }), '紧急1项'],
    ['yellow past its day is 逾期', soon(1, { daysLeft: -1, dueOn: localDate('2026-10-20') }), '逾期1项'],
    ['green is 提醒', soon(1, { tone: 'green' }), '提醒1项'],
    ['information is 告知', newTask(1, { rung: '延期获准', dueOn: null, daysLeft: null }), '告知1项'],
  ])('%s', (_name, one, told) => {
    expect(renderDigest(message([one])).subject).toBe(`【整改】${told}（10月21日）`);
  });

  test('of nothing says so', () => {
    expect(renderDigest(message([])).subject).toBe('【整改】暂无应办事项（10月21日）');
  });
});

describe('a line', () => {
  test('tells what, by when, how long, what next and who hears of it, and where', () => {
    const text = textOf([line(12, { paper: '督办通知单' })]);
    for (const part of [
      '2026-01-012 违规发放津补贴未清退到位',
      '应办：整改，将另发督办通知单',
      '期限：10月19日（周一），逾期2个工作日',
      '下一步：10月26日（周一）提醒函，届时通知牵头领导、第一责任人',
      '去办理：https://zg.example.gov.cn/issue/issue-12',
    ]) {
      expect(text).toContain(part);
    }
  });

  test.each([
    ['today', '2026-10-21', 0, '今日到期'],
    ['with workdays left', '2026-10-26', 3, '剩3个工作日'],
    ['on the rest day to come', '2026-10-24', 0, '剩余不足1个工作日'],
    ['on the rest day just past', '2026-10-18', 0, '已逾期，不足1个工作日'],
    ['overdue', '2026-10-19', -2, '逾期2个工作日'],
  ])('due %s', (_name, dueOn, daysLeft, told) => {
    expect(textOf([line(1, { dueOn: localDate(dueOn), daysLeft })])).toContain(told);
  });

  test('a day of another year says its year; a provisional one says so and why', () => {
    const text = textOf([soon(1, { dueOn: localDate('2027-01-12'), daysLeft: 55, provisional: true })]);
    expect(text).toContain('2027年1月12日（周二）（暂定）');
    expect(text).toContain('放假安排尚未录入');
  });

  test('told for information asks for nothing', () => {
    const { text, html } = renderDigest(message([newTask(1, { kind: '整改', rung: '延期获准', dueOn: null, daysLeft: null })]));
    expect(text).toContain('事项：整改，延期获准');
    expect(text + html).not.toMatch(/应办：|去办理/);
  });

  test('an address keeps its own; no other scheme gets in', () => {
    const { html } = renderDigest(message([line(1, { link: 'https://other.example.cn/x' }), line(2, { link: 'javascript:alert(1)' })]));
    expect(html).toContain('href="https://other.example.cn/x"');
    expect(html).not.toContain('href="javascript:');
  });
});

describe('a message', () => {
  test('states the instant of its claim', () => {
    for (const part of [renderDigest(ordinary()).text, renderDigest(ordinary()).html]) {
      expect(part).toContain('本邮件内容截至2026年10月21日 08:30');
      expect(part).not.toContain('原定');
    }
  });

  test('claimed on a later day than meant says both', () => {
    const text = textOf([line(1)], { opening: instant('2026-10-20T08:30+08:00') });
    expect(text).toContain('原定2026年10月20日 08:30发送。');
  });

  test('tells the reader’s common roles once and others where they differ', () => {
    const text = textOf([line(1), line(2, { role: '牵头领导、分管领导' })]);
    expect(text).toContain('您作为牵头领导，有2项整改事项。');
    expect(text.match(/您的身份/g)).toHaveLength(1);
    expect(text).toContain('您的身份：牵头领导、分管领导');
  });

  test('tells the same story once: ten new tasks of a round are one block', () => {
    const text = textOf(Array.from({ length: 10 }, (_, n) => newTask(n)));
    expect(text.match(/下一步/g)).toHaveLength(1);
    expect(text).toContain('签收：10项');
    expect(text.match(/基本药物配备不足/g)).toHaveLength(10);
  });

  test('sorts by urgency: longest overdue first', () => {
    const text = textOf([newTask(3), line(1), line(2, { daysLeft: -9, dueOn: localDate('2026-10-09') }), soon(4)]);
    const order = ['2026-01-002', '2026-01-001', '2026-01-004', '2026-01-003'].map((reference) => text.indexOf(reference));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test('a new duty whose rung only asks for it again says it once; what a rung adds stays', () => {
    expect(textOf([newTask(1, { rung: '新任务，请签收' })])).toContain('应办：签收\n');
    expect(textOf([newTask(1, { kind: '整改', rung: '反弹，重新整改' })])).toContain('应办：整改，反弹，重新整改\n');
  });

  test('a unit is told where units differ, never where all are one or the mail leaves the office', () => {
    const units = (...names: string[]) => names.map((unit, n) => line(n, { unit }));
    expect(textOf(units('云溪镇', '水务局'))).toMatch(/（云溪镇）[^]*（水务局）/);
    expect(textOf(units('云溪镇', '云溪镇'))).not.toContain('云溪镇');
    expect(textOf(units('云溪镇', '水务局'), { detail: 'reference' })).not.toContain('水务局');
  });

  test('colour never stands alone', () => {
    const { html } = renderDigest(large());
    for (const words of ['● 逾期', '▲ 临期', '○ 提醒', '◇ 新任务']) expect(html).toContain(words);
  });

  test('has nothing that old mail clients drop or secure ones block', () => {
    const { html } = renderDigest(ordinary());
    expect(html).not.toMatch(/<(style|script|img|link|div|svg)\b|class=|flex|grid|url\(/);
  });
});

describe('detail reference', () => {
  test('tells numbers, days and roles but no title and no name', () => {
    const { subject, text, html } = renderDigest(
      message(
        [line(12, { role: '牵头领导、副院长王某', next: { on: localDate('2026-10-26'), label: '提醒函', hears: '第一责任人、李书记' } })],
        {
          detail: 'reference',
        },
      ),
    );
    for (const part of [subject, text, html]) expect(part).not.toMatch(/津补贴|王某|李书记/);
    expect(text).toContain('2026-01-012');
    expect(text).toContain('届时通知第一责任人、相关人员');
    expect(text).toContain('您作为牵头领导，');
    expect(text).toContain('具体内容请登录内部系统查看');
  });
});

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('<script>x</script>', '" onclick="x', 'a\r\nb', '\u202etxt', '&amp;', '𬭎'.repeat(90)),
);
const anyLine = fc
  .record({
    n: fc.nat(999),
    title: fc.option(nasty),
    kind: fc.constantFrom('签收', '整改', '联审意见'),
    rung: fc.constantFrom('新任务', '逾期', '提醒函', '督办通知单'),
    tone: fc.constantFrom('none', 'green', 'yellow', 'red'),
    due: fc.option(fc.integer({ min: -40, max: 400 })),
    provisional: fc.boolean(),
    role: fc.constantFrom('牵头领导', '责任人', ''),
    next: fc.option(fc.record({ in: fc.nat(90), label: nasty, hears: nasty })),
    paper: fc.option(fc.constantFrom('提醒函', '督办通知单')),
  })
  .map(({ n, due, next, ...rest }) =>
    line(n, {
      ...rest,
      dueOn: due === null ? null : addDays(localDate('2026-10-21'), due),
      daysLeft: due,
      next: next && { on: addDays(localDate('2026-10-21'), next.in), label: next.label, hears: next.hears },
    }),
  );

describe('whatever the lines', () => {
  const lists = fc.array(anyLine, { maxLength: 60 });
  const long = fc.array(anyLine, { maxLength: 60, size: 'max' }).map((lines) => lines.map((one, n) => ({ ...one, link: `/issue/i-${n}` })));

  test('both parts hold the same items, all of thirty; totals add up, and the same message gives the same mail', () => {
    fc.assert(
      fc.property(long, fc.constantFrom('reference' as const, 'full' as const), (lines, detail) => {
        const rendered = renderDigest(message(lines, { detail }));
        const told = htmlItems(rendered.html);
        expect(told).toHaveLength(Math.min(lines.length, 30));
        expect(textItems(rendered.text)).toEqual(told);
        if (lines.length <= 30) expect([...told].sort()).toEqual(lines.map(({ link }) => `https://zg.example.gov.cn${link}`).sort());
        const counts = [...rendered.subject.matchAll(/(\d+)项/g)].map((match) => Number(match[1]));
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(lines.length);
        expect(renderDigest(message(lines, { detail }))).toEqual(rendered);
      }),
    );
  });

  test('no text of a line becomes markup, a header or a hidden direction', () => {
    fc.assert(
      fc.property(lists, (lines) => {
        const { subject, text, html } = renderDigest(message(lines));
        expect(html).not.toMatch(/<script|<[^>]*\sonclick=/);
        expect(html.match(/<table/g)?.length).toBe(html.match(/<\/table>/g)?.length);
        expect(subject).not.toMatch(/[\r\n]/);
        expect(text + html).not.toMatch(/[\u202a-\u202e\u2066-\u2069\0]/);
      }),
    );
  });

  test('detail reference never tells a title', () => {
    fc.assert(
      fc.property(lists, (lines) => {
        const marked = lines.map((one) => ({ ...one, title: `标题${one.title ?? ''}` }));
        const { subject, text, html } = renderDigest(message(marked, { detail: 'reference' }));
        expect(subject + text + html).not.toContain('标题');
      }),
    );
  });
});

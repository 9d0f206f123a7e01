import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { calendarFeed, type CalendarFeed } from '../../channels/calendar-feed';
import type { FeedItem } from '../../domain/calendar-feed';
import { clean } from '../../channels/digest-clean';
import { feedPath, hashFeedSecret, isFeedSecret, newFeedSecret } from '../../channels/feed-secret';
import type { Tone } from '../../domain/policy/policy';
import { addDays, instant, localDate, type LocalDate } from '../../domain/time';

const item = (more: Partial<FeedItem> = {}): FeedItem => ({
  streamId: 'R1-007',
  obligationId: 'rectify#1',
  reference: 'R1-007',
  title: '渡口值守登记不全',
  kind: '整改',
  dueOn: localDate('2026-10-30'),
  provisional: false,
  tone: 'none',
  stopped: false,
  openedAt: instant('2026-03-05T10:00+08:00'),
  changedAt: instant('2026-05-09T00:20+08:00'),
  revision: 0,
  closedAt: null,
  closedBy: null,
  link: '/issues/R1-007',
  ...more,
});

const feed = (items: readonly FeedItem[], more: Partial<CalendarFeed> = {}): string =>
  calendarFeed({
    person: { id: 'p7', name: '祝一帆' },
    organisation: '云渡县航运所',
    items,
    generatedAt: instant('2026-06-01T12:00+08:00'),
    detail: 'full',
    base: 'https://zg.yundu.example/',
    ...more,
  });

/** The feed as another library reads it. */
function read(text: string): { calendar: ICAL.Component; events: ICAL.Component[] } {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return { calendar, events: calendar.getAllSubcomponents('vevent') };
}
const value = (component: ICAL.Component | undefined, name: string): string => String(component?.getFirstPropertyValue(name));
const only = (text: string): ICAL.Component => {
  const { events } = read(text);
  expect(events).toHaveLength(1);
  return events[0] ?? new ICAL.Component('none');
};

describe('an event', () => {
  test('stands on the due day, all day, and ends on the next', () => {
    const event = only(feed([item()]));
    expect(event.getFirstProperty('dtstart')?.type).toBe('date');
    expect(value(event, 'dtstart')).toBe('2026-10-30');
    expect(value(event, 'dtend')).toBe('2026-10-31');
    expect(value(event, 'summary')).toBe('R1-007 整改：渡口值守登记不全');
    expect(value(event, 'url')).toBe('https://zg.yundu.example/issues/R1-007');
    expect(value(event, 'status')).toBe('CONFIRMED');
    expect(value(event, 'transp')).toBe('TRANSPARENT');
    expect(value(event, 'description')).toBe(
      '应办：整改\n事由：渡口值守登记不全\n期限：2026年10月30日（周五）\n去办理：https://zg.yundu.example/issues/R1-007',
    );
    expect(event.getAllSubcomponents('valarm')).toEqual([]);
  });

  test.each(['2026-02-28', '2026-12-31', '2028-02-29'])('of %s ends on the next day of the calendar', (dueOn) => {
    const event = only(feed([item({ dueOn: localDate(dueOn) })]));
    expect([value(event, 'dtstart'), value(event, 'dtend')]).toEqual([dueOn, addDays(localDate(dueOn), 1)]);
  });

  test('takes its times from the data, not from the clock', () => {
    const event = only(feed([item()]));
    expect(['created', 'dtstamp', 'last-modified'].map((name) => value(event, name))).toEqual([
      '2026-03-05T02:00:00Z',
      '2026-05-08T16:20:00Z',
      '2026-05-08T16:20:00Z',
    ]);
  });

  test('keeps its UID while its day moves and when it is closed; another obligation has another', () => {
    const first = only(feed([item()]));
    const moved = only(feed([item({ dueOn: localDate('2026-11-06'), revision: 1, title: '改了' })]));
    const closed = only(feed([item({ closedAt: instant('2026-05-30T09:00+08:00'), closedBy: 'closeoutRequested', revision: 2 })]));
    expect([moved, closed].map((event) => value(event, 'uid'))).toEqual([value(first, 'uid'), value(first, 'uid')]);
    expect([first, moved, closed].map((event) => value(event, 'sequence'))).toEqual(['0', '1', '2']);
    const others = [
      item({ obligationId: 'rectify#2' }),
      item({ streamId: 'R1-008' }),
      item({ streamId: 'R1', obligationId: '-007rectify#1' }),
    ];
    expect(new Set([item(), ...others].map((one) => value(only(feed([one])), 'uid'))).size).toBe(4);
  });

  test('of what was closed is cancelled and says so', () => {
    const closedAt = instant('2026-05-30T09:00+08:00');
    const done = only(feed([item({ closedAt, closedBy: 'acknowledged', provisional: true })]));
    expect(value(done, 'status')).toBe('CANCELLED');
    expect(value(done, 'transp')).toBe('TRANSPARENT');
    expect(value(done, 'summary')).toBe('已结束：R1-007 整改：渡口值守登记不全');
    expect(value(done, 'description')).toContain('已结束：2026年5月30日（周六）');
    // an extension ends the old date, not the matter
    expect(value(only(feed([item({ closedAt, closedBy: 'extensionGranted' })])), 'summary')).toMatch(/^已改期：/);
  });

  test.each<[string, Partial<FeedItem>, string]>([
    ['应办', {}, 'R1-007 整改'],
    ['提醒', { tone: 'green' }, 'R1-007 整改'],
    ['临期', { tone: 'yellow' }, 'R1-007 整改'],
    ['紧急', { tone: 'red' }, 'R1-007 整改'],
    ['逾期', { tone: 'yellow', dueOn: localDate('2026-05-31') }, '逾期：R1-007 整改'],
    ['停止计时', { tone: 'red', dueOn: localDate('2026-05-31'), stopped: true }, '停止计时：R1-007 整改'],
    ['已结束', { tone: 'red', closedAt: instant('2026-05-30T09:00+08:00'), closedBy: 'closed' }, '已结束：R1-007 整改'],
  ])('is of the category %s', (category, more, summary) => {
    const event = only(feed([item(more)], { detail: 'reference' }));
    expect(event.getFirstProperty('categories')?.getValues()).toEqual([category]);
    expect(value(event, 'summary')).toBe(summary);
  });

  test('is not overdue on its day, but from the next one on, Beijing time', () => {
    const on = (at: string): string => value(only(feed([item()], { generatedAt: instant(at) })), 'categories');
    expect([on('2026-10-30T23:59+08:00'), on('2026-10-31T00:01+08:00')]).toEqual(['应办', '逾期']);
  });

  test('with a provisional day is tentative and says so', () => {
    const event = only(feed([item({ provisional: true })]));
    expect([value(event, 'status'), value(event, 'summary')]).toEqual(['TENTATIVE', 'R1-007 整改：渡口值守登记不全（暂定）']);
  });
});

describe('the calendar', () => {
  test('is published under the name of its person and fetched again', () => {
    const { calendar } = read(feed([]));
    expect(
      ['version', 'method', 'name', 'x-wr-calname', 'x-published-ttl', 'refresh-interval'].map((name) => value(calendar, name)),
    ).toEqual(['2.0', 'PUBLISH', '整改应办：祝一帆（云渡县航运所）', '整改应办：祝一帆（云渡县航运所）', 'PT4H', 'PT4H']);
    expect(value(read(feed([], { organisation: '' })).calendar, 'name')).toBe('整改应办：祝一帆');
  });

  test('of detail reference says numbers and kinds only', () => {
    const text = feed([item({ title: '机密人名', provisional: true }), item({ obligationId: 'x', title: '机密人名', tone: 'red' })], {
      detail: 'reference',
    });
    expect(text.replaceAll('\r\n ', '')).not.toContain('机密');
    expect(read(text).events.map((event) => value(event, 'summary'))).toEqual(['R1-007 整改（暂定）', 'R1-007 整改']);
  });

  test('has the same bytes for the same obligations, in whatever order they come and at whatever hour', () => {
    const items = ['rectify#1', 'receipt#1', 'reply:a'].map((obligationId, index) =>
      item({ obligationId, dueOn: localDate(`2026-10-1${index}`) }),
    );
    expect(feed(items.toReversed(), { generatedAt: instant('2026-06-01T18:00+08:00') })).toBe(feed(items));
  });

  test('takes absolute links as they are and lets no mark of iCalendar into an address', () => {
    const at = (link: string): string => value(only(feed([item({ link })])), 'url');
    expect(at('https://other.example/a?b=1')).toBe('https://other.example/a?b=1');
    expect(at('/issues/a;b,c\r\nATTENDEE:x')).toBe('https://zg.yundu.example/issues/a%3Bb%2Cc%20ATTENDEE:x');
    expect(at('javascript:alert(1)')).toBe('https://zg.yundu.example/javascript:alert(1)');
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({
    unit: fc.constantFrom('整', '改', '，', ',', ';', '\\', '\n', '\r\n', '"', ':', '𠮷', '👩‍💻', ' ', 'BEGIN:VALARM'),
    maxLength: 120,
  }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((units) => String.fromCharCode(...units)), // halves of pairs too
);
const anyDay = fc.integer({ min: 0, max: 4_000 }).map((days): LocalDate => addDays(localDate('2024-01-01'), days));
const anyItem = fc
  .record({
    reference: anyText,
    title: anyText,
    kind: anyText,
    obligationId: anyText,
    link: anyText,
    dueOn: anyDay,
    provisional: fc.boolean(),
    tone: fc.constantFrom<Tone>('none', 'green', 'yellow', 'red'),
  })
  .map((more) => item(more));
describe('any text at all', () => {
  test('gives a calendar that another library reads back as it was meant', () => {
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 4 }), anyText, (items, name) => {
        const text = feed(items, { person: { id: 'p', name }, organisation: name });
        const { calendar, events } = read(text);
        // the name is TEXT of RFC 7986, which this library does not know: its escapes stand
        expect(value(calendar, 'name').replace(/\\([\\;,])/g, '$1')).toBe(clean(`整改应办：${name}${name === '' ? '' : `（${name}）`}`));
        expect(calendar.getAllSubcomponents().map(({ name: kind }) => kind)).toEqual(items.map(() => 'vevent'));
        expect(events.flatMap((event) => event.getAllSubcomponents())).toEqual([]);
        const told = (one: { title: string; kind: string; dueOn: string }): string =>
          [one.dueOn, `应办：${clean(one.kind)}`, ...(clean(one.title) === '' ? [] : [`事由：${clean(one.title)}`])].join('\n');
        expect(
          events.map((event) => `${value(event, 'dtstart')}\n${value(event, 'description').split('\n期限：')[0] ?? ''}`).sort(),
        ).toEqual(items.map(told).sort());
      }),
      { numRuns: 300 },
    );
  });

  test('stands in lines of at most 75 octets, none of which cuts a character', () => {
    fc.assert(
      fc.property(fc.array(anyItem, { minLength: 1, maxLength: 3 }), anyText, (items, organisation) => {
        const bytes = Buffer.from(feed(items, { organisation }), 'utf8');
        expect(bytes.subarray(-2).toString()).toBe('\r\n');
        const lines = bytes.toString('latin1').split('\r\n');
        const whole = (line: string): boolean =>
          Buffer.from(Buffer.from(line, 'latin1').toString('utf8'), 'utf8').toString('latin1') === line;
        expect(lines.filter((line) => line.length > 75 || /[\r\n]/.test(line) || !whole(line))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the secret of an address', () => {
  test('is long, safe in a path, and never the same', () => {
    const secrets = Array.from({ length: 50 }, () => newFeedSecret(randomBytes));
    for (const secret of secrets) expect(feedPath(secret)).toMatch(/^\/calendar\/[\w-]{43}\.ics$/);
    expect(new Set(secrets).size).toBe(50);
  });

  test('is known by its hash, and by no other', () => {
    const secret = newFeedSecret(randomBytes);
    const stored = hashFeedSecret(secret);
    expect(stored).toMatch(/^[0-9a-f]{64}$/);
    expect(isFeedSecret(secret, stored)).toBe(true);
    for (const wrong of [`${secret}x`, secret.slice(1), '', stored]) expect(isFeedSecret(wrong, stored)).toBe(false);
    for (const broken of ['', 'nonsense', stored.slice(2)]) expect(isFeedSecret(secret, broken)).toBe(false);
  });
});

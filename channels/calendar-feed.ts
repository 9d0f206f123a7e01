import { createHash } from 'node:crypto';
import ical, { ICalCalendarMethod, ICalEventBusyStatus, ICalEventClass, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { FeedItem } from '../domain/calendar-feed';
import type { Tone } from '../domain/policy/policy';
import { addDays, dateOf, weekday, type Instant, type LocalDate } from '../domain/time';
import { clean } from './digest-clean';

export interface CalendarFeed {
  readonly person: { readonly id: string; readonly name: string };
  readonly organisation: string;
  readonly items: readonly FeedItem[];
  readonly generatedAt: Instant;
  /** `reference`: numbers, kinds and days only; never a title (design.md, section 7: what may leave the office network). */
  readonly detail: 'reference' | 'full';
  /** What the paths of links stand below. */
  readonly base: string;
}

const REFRESH_SECONDS = 4 * 3_600;

/**
 * The calendar of a person as iCalendar text (RFC 5545 and 7986, CRLF, lines of at most 75 octets): an all-day event on each due day.
 * Without alarms, since the mail reminds. Nothing comes from clock or chance; `generatedAt` only tells what is overdue, so a feed in
 * which nothing changed has the same bytes all day. The order of the items does not matter.
 */
export function calendarFeed({ person, organisation, items, generatedAt, detail, base }: CalendarFeed): string {
  const today = dateOf(generatedAt);
  const calendar = ical({
    prodId: { company: 'Zhenggai', product: 'Calendar', language: 'ZH' },
    method: ICalCalendarMethod.PUBLISH,
    name: escaped(clean(`整改应办：${person.name}${organisation === '' ? '' : `（${organisation}）`}`)),
    ttl: REFRESH_SECONDS,
  });
  for (const item of [...items].sort(inOrder)) calendar.createEvent(eventOf(item, { today, detail, base }));
  return `${calendar.toString()}\r\n`;
}

interface View {
  readonly today: LocalDate;
  readonly detail: CalendarFeed['detail'];
  readonly base: string;
}

function eventOf(item: FeedItem, { today, detail, base }: View) {
  const { ended, word, mark } = standOf(item, today);
  const url = addressOf(item.link, base);
  const kind = clean(item.kind);
  const title = detail === 'full' ? clean(item.title) : '';
  return {
    id: uidOf(item),
    sequence: item.revision,
    // a text is read as UTC and its UTC day is written: the local due day, whatever the zone of this machine
    start: item.dueOn,
    end: addDays(item.dueOn, 1),
    allDay: true,
    created: item.openedAt,
    stamp: item.changedAt,
    lastModified: item.changedAt,
    summary: `${mark}${clean(item.reference)} ${kind}${title === '' ? '' : `：${title}`}${item.provisional && !ended ? '（暂定）' : ''}`,
    description: [
      `应办：${kind}`,
      ...(title === '' ? [] : [`事由：${title}`]),
      `期限：${dayText(item.dueOn)}${item.provisional ? '（暂定：当年放假安排尚未录入，录入后可能调整）' : ''}`,
      ...(item.closedAt === null ? [] : [`${word}：${dayText(dateOf(item.closedAt))}`]),
      `去办理：${url}`,
    ].join('\n'),
    url,
    categories: [{ name: word }],
    status: ended ? ICalEventStatus.CANCELLED : item.provisional || item.stopped ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
    // a due day keeps nobody from a meeting
    transparency: ICalEventTransparency.TRANSPARENT,
    busystatus: ICalEventBusyStatus.FREE,
    class: ICalEventClass.PRIVATE,
  };
}

const toneWords: Readonly<Record<Tone, string>> = { red: '紧急', yellow: '临期', green: '提醒', none: '应办' };

/** How an item stands, and what its line begins with. The word has to be true, so the due day counts as well as the tone. */
function standOf(item: FeedItem, today: LocalDate): { readonly ended: boolean; readonly word: string; readonly mark: string } {
  const marked = (ended: boolean, word: string) => ({ ended, word, mark: `${word}：` });
  if (item.closedAt !== null) return marked(true, item.closedBy === 'extensionGranted' ? '已改期' : '已结束');
  if (item.stopped) return marked(false, '停止计时');
  if (today > item.dueOn) return marked(false, '逾期');
  return { ended: false, word: toneWords[item.tone], mark: '' };
}

/** The same for one obligation for ever; hashed, since ids can hold the office's own words. A re-opened one has another number. */
const uidOf = ({ streamId, obligationId }: FeedItem): string =>
  `${createHash('sha256')
    .update(JSON.stringify([streamId, obligationId]), 'utf8')
    .digest('hex')
    .slice(0, 32)}@zhenggai`;

const inOrder = (a: FeedItem, b: FeedItem): number =>
  compare(a.dueOn, b.dueOn) || compare(a.streamId, b.streamId) || compare(a.obligationId, b.obligationId);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `2026年10月30日（周五）` */
const dayText = (date: LocalDate): string => {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日（周${'一二三四五六日'.charAt(weekday(date) - 1)}）`;
};

/** The library escapes texts of events, but not the calendar's name. */
const escaped = (text: string): string => text.replace(/[\\;,]/g, (mark) => `\\${mark}`);

/** An http(s) address as it is, anything else below the base; the marks that the library would escape as text are encoded instead. */
function addressOf(link: string, base: string): string {
  const address = /^https?:\/\//i.test(link) ? link : `${base.replace(/\/+$/, '')}/${link.replace(/^\/+/, '')}`;
  return clean(address).replace(/[\s\\;,"<>^`{|}]/g, encodeURIComponent);
}

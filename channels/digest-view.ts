import type { LocalDate } from '../domain/time';
import { dateOf } from '../domain/time';
import type { Block } from './digest-blocks';
import { blockOf, clusters } from './digest-blocks';
import type { DigestLine, DigestMessage } from './digest-message';
import type { Category } from './digest-words';
import { categories, categoryOf, categoryOrder, clean, fullDayOf, momentOf, rolesOnly, shortDayOf, todayOf } from './digest-words';

export interface Section {
  category: Category;
  count: number;
  blocks: Block[];
}

export interface DigestView {
  subject: string;
  name: string;
  /** The roles that the reader has in every line. */
  role: string | null;
  /** `2026年10月21日（周三）` */
  date: string;
  total: number;
  sections: Section[];
  /** More lines than one reads singly: rows, not cards. */
  compact: boolean;
  asOf: string;
  /** The opening that was meant, when the mail left on a later day. */
  meantFor: string | null;
  provisional: boolean;
  referenceOnly: boolean;
  home: string;
}

const COMPACT_ABOVE = 30;
/** What a digest says and in which order, before any markup. */
export function viewOf(message: DigestMessage): DigestView {
  const today = todayOf(message);
  const compact = message.lines.length > COMPACT_ABOVE;
  const lines = message.lines.map((line) => presentable(line, message)).sort(byUrgency);
  const role = commonRole(lines);
  const sections = categoryOrder
    .map((category) => ({ category, lines: lines.filter((line) => categoryOf(line, today) === category) }))
    .filter((section) => section.lines.length > 0)
    .map(({ category, lines: own }) => ({
      category,
      count: own.length,
      blocks: clusters(own, compact).map((cluster) => blockOf(cluster, { category, today, compact, role })),
    }));
  const late = dateOf(message.opening) !== today;
  return {
    subject: subjectOf(sections, today),
    name: clean(message.person.name),
    role,
    date: fullDayOf(today),
    total: lines.length,
    sections,
    compact,
    asOf: momentOf(message.claimedAt),
    meantFor: late ? momentOf(message.opening) : null,
    provisional: lines.some((line) => line.provisional && line.dueOn !== null),
    referenceOnly: message.detail === 'reference',
    home: hrefOf('', message.linkBase),
  };
}

function subjectOf(sections: readonly Section[], today: LocalDate): string {
  const totals = sections.map((section) => `${categories[section.category].word}${section.count}项`);
  return `【整改】${totals.length > 0 ? totals.join('、') : '暂无应办事项'}（${shortDayOf(today, today)}）`;
}

/** The roles that stand in every line, joined by 、; null when there is none. */
function commonRole(lines: readonly DigestLine[]): string | null {
  const [first = [], ...others] = lines.map((line) => line.role.split('、'));
  return first.filter((role) => others.every((roles) => roles.includes(role))).join('、') || null;
}

/** The line with clean words; in a 'reference' mail without anything that must not leave the office. */
function presentable(line: DigestLine, { detail, linkBase }: DigestMessage): DigestLine {
  const outside = detail === 'reference';
  return {
    ...line,
    reference: clean(line.reference),
    title: outside || line.title === null ? null : clean(line.title),
    kind: clean(line.kind),
    rung: clean(line.rung),
    role: outside ? rolesOnly(line.role) : clean(line.role),
    next: line.next && {
      on: line.next.on,
      label: clean(line.next.label),
      hears: outside ? rolesOnly(line.next.hears, '相关人员') : clean(line.next.hears),
    },
    paper: line.paper === null ? null : clean(line.paper),
    link: hrefOf(line.link, linkBase),
  };
}

/** An http(s) address as it is; anything else is a path below the base, so no other scheme ever gets into a mail. */
function hrefOf(link: string, base: string): string {
  if (/^https?:\/\//i.test(link)) return link;
  return `${base.replace(/\/+$/, '')}/${link.replace(/^\/+/, '')}`;
}

function byUrgency(a: DigestLine, b: DigestLine): number {
  const days = (line: DigestLine) => line.daysLeft ?? Number.MAX_SAFE_INTEGER;
  return (
    days(a) - days(b) ||
    compareText(a.dueOn ?? '9999', b.dueOn ?? '9999') ||
    a.reference.localeCompare(b.reference, 'en', { numeric: true }) ||
    compareText(a.streamId, b.streamId)
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

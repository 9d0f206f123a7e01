import type { DigestLine } from '../domain/digest';
import type { LocalDate } from '../domain/time';
import { dateOf } from '../domain/time';
import { blockOf, clusters, type Block } from './digest-blocks';
import { byUrgency, categoryOf, categoryOrder, type Category } from './digest-category';
import { hrefOf, labelText, presentable } from './digest-lines';
import type { DigestMessage, Enclosures } from './digest-message';
import { COMPACT_ABOVE, MOST_LISTED, allot, sum, type Sorted } from './digest-select';
import type { Messages } from './messages';
import { say } from './messages';

export interface Section {
  category: Category;
  count: number;
  blocks: Block[];
  /** `另有20项未在正文列出：整改15项、签收5项。`, or null when every line stands here. */
  more: string | null;
}

export interface DigestView {
  messages: Messages;
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
  /** Whether lines are missing that the attached list has. */
  cut: boolean;
  enclosures: Enclosures;
  asOf: string;
  /** The opening that was meant, when the mail left on a later day. */
  meantFor: string | null;
  provisional: boolean;
  referenceOnly: boolean;
  home: string;
}

const nothingEnclosed: Enclosures = { list: 'attached', attached: [], tooLarge: [], kept: [] };

/** What a digest says and in which order, before any markup. */
export function viewOf(message: DigestMessage, messages: Messages): DigestView {
  const today = todayOf(message);
  const parts = sortedParts(message, messages);
  const lines = parts.flatMap((part) => part.lines);
  const context: SectionContext = { messages, today, compact: lines.length > COMPACT_ABOVE, role: commonRole(lines, messages) };
  const shares = allot(parts);
  // whoever has to do with one unit alone knows which
  const units = new Set(lines.map((line) => line.unit ?? ''));
  const late = dateOf(message.opening) !== today;
  return {
    messages,
    subject: subjectOf(parts, today, messages),
    name: labelText(message.person.name),
    role: context.role,
    date: messages.fullDay(today),
    total: lines.length,
    sections: parts.map((part, index) => sectionOf(units.size > 1 ? part : withoutUnits(part), shares[index] ?? 0, context)),
    compact: context.compact,
    cut: lines.length > MOST_LISTED,
    enclosures: message.enclosures ?? nothingEnclosed,
    asOf: messages.moment(message.claimedAt),
    meantFor: late ? messages.moment(message.opening) : null,
    provisional: lines.some((line) => line.provisional && line.dueOn !== null),
    referenceOnly: message.detail === 'reference',
    home: hrefOf('', message.linkBase),
  };
}

/** The day a message tells about: that of its claim. */
const todayOf = (message: DigestMessage): LocalDate => dateOf(message.claimedAt);

/** The lines as they may be told, by category, each with the most urgent first. */
export function sortedParts(message: DigestMessage, messages: Messages): Sorted[] {
  const today = todayOf(message);
  const lines = message.lines.map((line) => presentable(line, message, messages)).sort(byUrgency);
  return categoryOrder
    .map((category) => ({ category, lines: lines.filter((line) => categoryOf(line, today) === category) }))
    .filter((part) => part.lines.length > 0);
}

const withoutUnits = ({ category, lines }: Sorted): Sorted => ({ category, lines: lines.map((line) => ({ ...line, unit: null })) });

interface SectionContext {
  messages: Messages;
  today: LocalDate;
  compact: boolean;
  role: string | null;
}

function sectionOf({ category, lines }: Sorted, share: number, context: SectionContext): Section {
  const { messages, compact } = context;
  const rest = lines.slice(share);
  const items = messages.items(rest.length);
  return {
    category,
    count: lines.length,
    blocks: clusters(lines.slice(0, share), compact).map((cluster) => blockOf(cluster, { ...context, category })),
    more: rest.length === 0 ? null : say(messages.sentences, 'sectionMore', { items, kinds: kindsOf(rest, messages) }),
  };
}

const MOST_KINDS = 5;

/** `整改15项、签收5项`, the most frequent first; what is rare is told as …. */
function kindsOf(lines: readonly DigestLine[], messages: Messages): string {
  const counts = new Map<string, number>();
  for (const { kind } of lines) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const told = [...counts].sort(([, a], [, b]) => b - a).map(([kind, count]) => messages.kindCount(kind, count));
  return messages.join(told.length > MOST_KINDS ? [...told.slice(0, MOST_KINDS - 1), '…'] : told);
}

function subjectOf(parts: readonly Sorted[], today: LocalDate, messages: Messages): string {
  const day = messages.shortDay(today, today);
  if (parts.length === 0) return say(messages.sentences, 'subjectNothing', { day });
  const count = (some: readonly Sorted[]): string => messages.items(sum(some.map(({ lines }) => lines.length)));
  return say(messages.sentences, 'subject', {
    totals: messages.join(parts.map(({ category, lines }) => messages.total(category, lines.length))),
    items: count(parts),
    red: count(parts.filter(({ category }) => category === 'overdue' || category === 'urgent')),
    day,
  });
}

/** The roles that stand in every line, joined; null when there is none. */
function commonRole(lines: readonly DigestLine[], messages: Messages): string | null {
  const [first = [], ...others] = lines.map((line) => line.role.split(messages.join(['', ''])));
  const common = first.filter((role) => role !== '' && others.every((roles) => roles.includes(role)));
  return common.length > 0 ? messages.join(common) : null;
}

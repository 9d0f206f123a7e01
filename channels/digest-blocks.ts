import type { DigestLine } from '../domain/digest';
import type { LocalDate } from '../domain/time';
import { leftOf, type Category } from './digest-category';
import { shorten } from './digest-clean';
import type { Messages } from './messages';
import { say } from './messages';

export interface Item {
  reference: string;
  href: string;
}

/**
 * One issue in a block; where titles are not told, all issues with the same days. `due`, `left` and `next` are null where the
 * block says them once for all.
 */
export interface Row {
  items: Item[];
  title: string | null;
  unit: string | null;
  due: string | null;
  left: string | null;
  next: string | null;
}

/** Lines that tell the same story, told once. Most blocks of a short mail hold one line. */
export interface Block {
  count: number;
  /** Told for information: nothing is owed. */
  informs: boolean;
  kind: string;
  /** What came with it: the rung, the paper. Never repeats the category. */
  facts: string[];
  due: string | null;
  left: string | null;
  /** The reader's roles, unless they are those that the mail tells once for all. */
  role: string | null;
  /** `10月26日（周一）督办通知单`; only the label when the rows differ in the day. */
  next: string | null;
  hears: string | null;
  /** The responsible unit, when all its lines have the same. */
  unit: string | null;
  rows: Row[];
}

/** From so many lines with the same story, dates included, a short mail tells them as one block. */
const MERGE_FROM = 3;

const LONGEST_IN_CARD = 80;
const LONGEST_IN_ROW = 40;

/** Lines by story, in the order of their most urgent line. Dates belong to the story except in a compact mail. */
export function clusters(lines: readonly DigestLine[], compact: boolean): DigestLine[][] {
  const byStory = new Map<string, DigestLine[]>();
  for (const line of lines) {
    const story = [line.kind, line.rung, line.paper, line.role, line.next?.label, line.next?.hears];
    const dates = compact ? [] : [line.dueOn, line.daysLeft, line.provisional, line.next?.on];
    const key = JSON.stringify([...story, ...dates]);
    const known = byStory.get(key);
    if (known === undefined) byStory.set(key, [line]);
    else known.push(line);
  }
  const stories = [...byStory.values()];
  return compact ? stories : stories.flatMap((story) => (story.length >= MERGE_FROM ? [story] : story.map((line) => [line])));
}

interface BlockContext {
  messages: Messages;
  category: Category;
  today: LocalDate;
  compact: boolean;
  /** The role that the mail tells once for all its lines. */
  role: string | null;
}

/** The block of lines with the same story. */
export function blockOf(lines: readonly DigestLine[], context: BlockContext): Block {
  const { category, today, compact, role, messages } = context;
  const first = lines[0];
  if (first === undefined) throw new RangeError('a block without lines');
  const sameDue = allSame(lines, (line) => `${dueOf(line, context, messages.day) ?? ''}/${leftText(line, context) ?? ''}`);
  const sameUnit = allSame(lines, (line) => line.unit ?? '');
  const sameNext = allSame(lines, (line) => line.next?.on ?? '');
  const rows = lines.map((line) => ({
    items: [{ reference: line.reference, href: line.link }],
    title: line.title === null ? null : shorten(line.title, compact ? LONGEST_IN_ROW : LONGEST_IN_CARD),
    unit: sameUnit ? null : (line.unit ?? null),
    due: sameDue ? null : dueOf(line, context, messages.shortDay),
    left: sameDue ? null : leftText(line, context),
    next: sameNext || !line.next ? null : messages.shortDay(line.next.on, today),
  }));
  return {
    count: lines.length,
    informs: category === 'notice',
    kind: first.kind,
    facts: factsOf(first, context),
    due: sameDue ? dueOf(first, context, messages.day) : null,
    left: sameDue ? leftText(first, context) : null,
    role: first.role === role ? null : first.role || null,
    next: first.next && messages.step(sameNext ? messages.day(first.next.on, today) : '', first.next.label),
    hears: first.next?.hears || null,
    unit: sameUnit ? first.unit || null : null,
    rows: rows.every((row) => row.title === null && row.unit === null) ? byDays(rows) : rows,
  };
}

function dueOf(line: DigestLine, { messages, today }: BlockContext, day: Messages['day']): string | null {
  if (line.dueOn === null) return null;
  const date = day(line.dueOn, today);
  return line.provisional ? messages.aside(date, messages.sentences.provisional) : date;
}

function leftText(line: DigestLine, { messages, today }: BlockContext): string | null {
  const left = leftOf(line, today);
  return left === null ? null : messages.left(left);
}

/** Rows without titles differ only in their days: one row a day, with all its numbers. */
function byDays(rows: readonly Row[]): Row[] {
  const byDay = new Map<string, Row>();
  for (const row of rows) {
    const key = JSON.stringify([row.due, row.left, row.next]);
    const known = byDay.get(key);
    if (known === undefined) byDay.set(key, { ...row, items: [...row.items] });
    else known.items.push(...row.items);
  }
  return [...byDay.values()];
}

function factsOf(line: DigestLine, { messages, category }: BlockContext): string[] {
  const told: string[] = [messages.categories[category], line.kind, line.paper ?? '', ''];
  return [
    ...(told.includes(line.rung) ? [] : [line.rung]),
    ...(line.paper === null ? [] : [say(messages.sentences, 'paperFollows', { paper: line.paper })]),
  ];
}

const allSame = (lines: readonly DigestLine[], value: (line: DigestLine) => string): boolean => new Set(lines.map(value)).size <= 1;

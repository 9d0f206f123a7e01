import type { LocalDate } from '../domain/time';
import type { DigestLine } from './digest-message';
import type { Category } from './digest-words';
import { categories, dayOf, leftOf, shortDayOf, shorten } from './digest-words';

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
  rows: Row[];
}

/** From so many lines with the same story, dates included, a short mail tells them as one block. */
const MERGE_FROM = 3;

/** Lines by story, in the order of their most urgent line. Dates belong to the story except in a compact mail. */
export function clusters(lines: readonly DigestLine[], compact: boolean): DigestLine[][] {
  const byStory = new Map<string, DigestLine[]>();
  for (const line of lines) {
    const story = [line.kind, line.rung, line.paper, line.role, line.next?.label, line.next?.hears];
    const dates = compact ? [] : [line.dueOn, line.daysLeft, line.provisional, line.next?.on];
    const key = JSON.stringify([...story, ...dates]);
    byStory.set(key, [...(byStory.get(key) ?? []), line]);
  }
  const stories = [...byStory.values()];
  return compact ? stories : stories.flatMap((story) => (story.length >= MERGE_FROM ? [story] : story.map((line) => [line])));
}

interface BlockContext {
  category: Category;
  today: LocalDate;
  compact: boolean;
  /** The role that the mail tells once for all its lines. */
  role: string | null;
}

/** The block of lines with the same story. */
export function blockOf(lines: readonly DigestLine[], { category, today, compact, role }: BlockContext): Block {
  const first = lines[0];
  if (first === undefined) throw new RangeError('a block without lines');
  const due = (line: DigestLine, day: typeof dayOf) => line.dueOn && day(line.dueOn, today) + (line.provisional ? '（暂定）' : '');
  const sameDue = allSame(lines, (line) => `${due(line, dayOf) ?? ''}/${leftOf(line, today)}`);
  const sameNext = allSame(lines, (line) => line.next?.on ?? '');
  const rows = lines.map((line) => ({
    items: [{ reference: line.reference, href: line.link }],
    title: line.title === null ? null : shorten(line.title, compact ? 20 : 80),
    due: sameDue ? null : due(line, shortDayOf),
    left: sameDue ? null : leftOf(line, today) || null,
    next: sameNext || !line.next ? null : shortDayOf(line.next.on, today),
  }));
  return {
    count: lines.length,
    informs: category === 'notice',
    kind: first.kind,
    facts: factsOf(first, category),
    due: sameDue ? due(first, dayOf) : null,
    left: sameDue ? leftOf(first, today) || null : null,
    role: first.role === role ? null : first.role || null,
    next: first.next && `${sameNext ? dayOf(first.next.on, today) : ''}${first.next.label}`,
    hears: first.next?.hears || null,
    rows: rows.every((row) => row.title === null) ? byDays(rows) : rows,
  };
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

function factsOf(line: DigestLine, category: Category): string[] {
  const told: string[] = [categories[category].word, line.kind, line.paper ?? ''];
  return [...(told.includes(line.rung) || line.rung === '' ? [] : [line.rung]), ...(line.paper ? [`将另发${line.paper}`] : [])];
}

const allSame = (lines: readonly DigestLine[], value: (line: DigestLine) => string): boolean => new Set(lines.map(value)).size <= 1;

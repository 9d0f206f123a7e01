import type { DigestLine } from '../domain/digest';
import type { LocalDate } from '../domain/time';

/** What a line is to its reader, in the order in which it is told; the shape stands beside the word so that colour never speaks alone. */
export const shapes = { overdue: '●', urgent: '●', soon: '▲', reminder: '○', task: '◇', notice: '◇' } as const;

export type Category = keyof typeof shapes;

export const categoryOrder = Object.keys(shapes) as Category[];

/**
 * The category of a line. The word has to be true, so it follows the due day as well as the tone: red before the due day is
 * urgent, and what is past its day is overdue in every tone but that of a new duty. What has no day and no tone is mere information.
 */
export function categoryOf(line: DigestLine, today: LocalDate): Category {
  if (line.tone === 'none') return line.dueOn === null ? 'notice' : 'task';
  if (isOverdue(line, today)) return 'overdue';
  if (line.tone === 'red') return 'urgent';
  return line.tone === 'yellow' && line.dueOn !== null ? 'soon' : 'reminder';
}

const isOverdue = (line: DigestLine, today: LocalDate): boolean =>
  line.dueOn === null ? (line.daysLeft ?? 0) < 0 : line.dueOn < today || (line.daysLeft ?? 0) < 0;

/** How far the due day is, in workdays; 0 is less than one. */
export interface Left {
  readonly state: 'overdue' | 'today' | 'left';
  readonly workdays: number;
}

/** How far the due day of a line is; null when it has none. */
export function leftOf(line: DigestLine, today: LocalDate): Left | null {
  const days = line.daysLeft ?? 0;
  if (isOverdue(line, today)) return { state: 'overdue', workdays: Math.max(0, -days) };
  if (line.dueOn === null && line.daysLeft === null) return null;
  if (days > 0) return { state: 'left', workdays: days };
  return { state: line.dueOn === null || line.dueOn === today ? 'today' : 'left', workdays: 0 };
}

/** Most urgent first; the same lines always in the same order. */
export function byUrgency(a: DigestLine, b: DigestLine): number {
  const days = (line: DigestLine) => line.daysLeft ?? Number.MAX_SAFE_INTEGER;
  return (
    days(a) - days(b) ||
    compareText(a.dueOn ?? '9999', b.dueOn ?? '9999') ||
    a.reference.localeCompare(b.reference, 'en', { numeric: true }) ||
    compareText(a.streamId, b.streamId)
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

import { DateTime } from 'luxon';
import { roleOf } from '../domain/roles';
import type { Instant, LocalDate } from '../domain/time';
import { ZONE, dateOf, weekday } from '../domain/time';
import type { DigestLine, DigestMessage } from './digest-message';

/** What a line is to its reader, in the order in which it is told. */
export const categories = {
  overdue: { word: '逾期', shape: '●' },
  urgent: { word: '紧急', shape: '●' },
  soon: { word: '临期', shape: '▲' },
  reminder: { word: '提醒', shape: '○' },
  task: { word: '新任务', shape: '◇' },
  notice: { word: '告知', shape: '◇' },
} as const;

export type Category = keyof typeof categories;

export const categoryOrder = Object.keys(categories) as Category[];

/**
 * The category of a line. The word has to be true, so it follows the due day as well as the tone: red before the due day is
 * 紧急, and what is past its day is 逾期 in every tone but that of a new duty. What has no day and no tone is mere information.
 */
export function categoryOf(line: DigestLine, today: LocalDate): Category {
  if (line.tone === 'none') return line.dueOn === null ? 'notice' : 'task';
  if (isOverdue(line, today)) return 'overdue';
  if (line.tone === 'red') return 'urgent';
  return line.tone === 'yellow' && line.dueOn !== null ? 'soon' : 'reminder';
}

export const isOverdue = (line: DigestLine, today: LocalDate): boolean =>
  line.dueOn === null ? (line.daysLeft ?? 0) < 0 : line.dueOn < today || (line.daysLeft ?? 0) < 0;

/** `剩3个工作日`, `今日到期`, `逾期2个工作日`; empty when the line has no day. */
export function leftOf(line: DigestLine, today: LocalDate): string {
  const days = line.daysLeft ?? 0;
  if (isOverdue(line, today)) return days < 0 ? `逾期${-days}个工作日` : '已逾期，不足1个工作日';
  if (line.dueOn === null && line.daysLeft === null) return '';
  if (days > 0) return `剩${days}个工作日`;
  return line.dueOn === null || line.dueOn === today ? '今日到期' : '剩余不足1个工作日';
}

const weekdays = ['一', '二', '三', '四', '五', '六', '日'] as const;

/** `10月19日（周一）`, with the year when it is not that of `today`. */
export function dayOf(date: LocalDate, today: LocalDate): string {
  return `${shortDayOf(date, today)}（周${weekdays[weekday(date) - 1] ?? ''}）`;
}

/** `2026年10月21日（周三）` */
export const fullDayOf = (date: LocalDate): string => `${date.slice(0, 4)}年${dayOf(date, date)}`;

export function shortDayOf(date: LocalDate, today: LocalDate): string {
  return DateTime.fromISO(date, { zone: ZONE }).toFormat(date.slice(0, 4) === today.slice(0, 4) ? 'M月d日' : 'yyyy年M月d日');
}

/** `2026年10月21日 08:30`, Asia/Shanghai. */
export const momentOf = (at: Instant): string => DateTime.fromISO(at, { zone: ZONE }).toFormat('yyyy年M月d日 HH:mm');

/** The day a message tells about: that of its claim. */
export const todayOf = (message: DigestMessage): LocalDate => dateOf(message.claimedAt);

/** One line of plain characters: no control, no direction override, no line break from a pasted title. */
export const clean = (text: string): string =>
  text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim();

/** At most `length` characters, the last of them … when something was left out. */
export function shorten(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

/** Roles as they may leave the office: words of the role table only; anything else, a name say, becomes `other` or goes. */
export function rolesOnly(text: string, other = ''): string {
  const parts = text.split(/[、，,;；/\s]+/).filter((part) => part !== '');
  return [...new Set(parts.map((part) => (roleOf(part) === undefined ? other : part)))].filter((part) => part !== '').join('、');
}

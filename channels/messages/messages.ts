import type { Instant, LocalDate } from '../../domain/time';
import type { Category, Left } from '../digest-category';
import type { Sentences } from './sentences';

/** The languages of a digest, as BCP 47 names them; the first is the default. */
export const locales = ['zh-CN', 'en'] as const;

export type Locale = (typeof locales)[number];

/**
 * How one language tells a digest. `sentences` may be replaced by an office's own templates, the rest is grammar and the words
 * for days. Pure: the same input always gives the same characters, whatever the machine's own language.
 */
export interface Messages {
  readonly locale: Locale;
  readonly sentences: Sentences;
  readonly categories: Readonly<Record<Category, string>>;
  /** The name of the attached list, with its ending. */
  readonly listFile: string;
  /** Between two words of one line that belong to different things. */
  readonly gap: string;
  /** `6项`, `6 items`. */
  readonly items: (count: number) => string;
  /** The word after a number that is drawn large: `项`, `items`. */
  readonly itemsWord: (count: number) => string;
  /** One figure of the subject: `逾期2项`, `Overdue 2`. */
  readonly total: (category: Category, count: number) => string;
  /** What is owed with its number: `整改15项`. */
  readonly kindCount: (kind: string, count: number) => string;
  readonly left: (left: Left) => string;
  /** `10月19日（周一）`, with the year when it is not that of `today`. */
  readonly day: (date: LocalDate, today: LocalDate) => string;
  /** `10月19日`, with the year when it is not that of `today`. */
  readonly shortDay: (date: LocalDate, today: LocalDate) => string;
  /** `2026年10月21日（周三）` */
  readonly fullDay: (date: LocalDate) => string;
  /** `2026年10月21日 08:30`, Asia/Shanghai. */
  readonly moment: (at: Instant) => string;
  /** `期限：10月19日` */
  readonly labelled: (label: string, text: string) => string;
  /** Something said aside: `10月19日（暂定）`. */
  readonly aside: (text: string, mark: string) => string;
  /** A label within a line: `期限10月19日`, `due 19 Oct`. */
  readonly inline: (label: string, text: string) => string;
  /** The next rung with its day: `10月26日（周一）提醒函`. */
  readonly step: (day: string, rung: string) => string;
  /** Things side by side: `整改、签收`. */
  readonly join: (parts: readonly string[]) => string;
  /** Things told one after the other: `整改，提前10日提醒`. */
  readonly clauses: (parts: readonly string[]) => string;
  /** What is owed, a rung or a paper, which the policy names in Chinese; as it is where this language has no word for it. */
  readonly term: (text: string) => string;
  /** Roles joined by 、 as the ledger gives them. */
  readonly roles: (text: string) => string;
}

import type { DigestLine } from '../domain/digest';
import type { LocalDate } from '../domain/time';
import { dateOf } from '../domain/time';
import { categoryOf, leftOf, shapes } from './digest-category';
import { clean } from './digest-clean';
import { zhCN } from './messages';
import type { ShortItem, ShortMessage } from './short-message';

/** One matter in a group message. */
export interface RobotRow {
  /** `● 逾期`: never by colour alone. */
  readonly mark: string;
  readonly reference: string;
  /** Null when the address is too long for a line. */
  readonly link: string | null;
  /** `整改，督办通知单，期限10月19日（周一），逾期2个工作日` */
  readonly what: string;
}

/** What a group robot says, before any markup. No text of it can be read as markup, mention or address. */
export interface RobotWords {
  readonly title: string;
  /** `张某某，您有3项整改事项：` */
  readonly greeting: string;
  readonly rows: readonly RobotRow[];
  readonly door: { readonly label: string; readonly link: string };
  readonly closing: string;
}

const LONGEST = { title: 80, name: 30, reference: 40, kind: 30, rung: 30, link: 300 } as const;

/** The wording that all robots share. The title holds 整改, which an office can set as the keyword of its robot. */
export function robotWords(message: ShortMessage): RobotWords {
  const today = dateOf(message.claimedAt);
  const name = told(message.personName, LONGEST.name);
  const owed = message.items.length === 0 ? '您暂无应办事项。' : `您有${message.items.length}项整改事项：`;
  return {
    title: told(message.subject, LONGEST.title),
    greeting: name === '' ? owed : `${name}，${owed}`,
    rows: message.items.map((item) => rowOf(item, today)),
    door: { label: '打开我的待办', link: message.link },
    closing: `内容截至${zhCN.moment(message.claimedAt)}。按保密要求只列编号和期限，具体内容请登录内部系统查看。`,
  };
}

/** Builds a whole message from the rows that it may tell and the line about the others (null: none are left out). */
export type Telling = (rows: readonly RobotRow[], others: string | null) => string;

/** The longest telling that fits: all rows, or as many of the first as leave room for `…另有n项`. No row is ever cut. */
export function fitting(rows: readonly RobotRow[], tell: Telling, fits: (told: string) => boolean): string {
  const first = (count: number): string => tell(rows.slice(0, count), count === rows.length ? null : `…另有${rows.length - count}项`);
  const all = first(rows.length);
  if (fits(all)) return all;
  let [fitted, tooMany] = [0, rows.length];
  while (tooMany - fitted > 1) {
    const middle = Math.floor((fitted + tooMany) / 2);
    if (fits(first(middle))) fitted = middle;
    else tooMany = middle;
  }
  return first(fitted);
}

export const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

/** One string with Markdown that 企业微信 and 钉钉 both read. */
export const markdownOf =
  ({ title, greeting, door, closing }: RobotWords, lineBreak: string): Telling =>
  (rows, others) =>
    [
      `### ${title}`,
      greeting,
      ...rows.map(({ mark, reference, link, what }) => `${mark} ${link === null ? reference : `[${reference}](${link})`} ${what}`),
      ...(others === null ? [] : [others]),
      `[${door.label}](${door.link})`,
      closing,
    ].join(lineBreak);

/** One string without markup. */
export const plainOf =
  ({ title, greeting, door, closing }: RobotWords): Telling =>
  (rows, others) =>
    [
      title,
      greeting,
      ...rows.map(({ mark, reference, what }) => `${mark} ${reference} ${what}`),
      ...(others === null ? [] : [others]),
      `${door.label}：${door.link}`,
      closing,
    ].join('\n');

function rowOf(item: ShortItem, today: LocalDate): RobotRow {
  const line: DigestLine = { ...item, streamId: '', title: null, provisional: false, role: '', next: null, paper: null };
  const category = categoryOf(line, today);
  const word = zhCN.categories[category];
  const left = leftOf(line, today);
  const kind = told(item.kind, LONGEST.kind);
  const rung = told(item.rung, LONGEST.rung);
  const due = item.dueOn === null ? '' : `期限${zhCN.day(item.dueOn, today)}`;
  return {
    mark: `${shapes[category]} ${word}`,
    reference: told(item.reference, LONGEST.reference),
    link: item.link.length <= LONGEST.link ? item.link : null,
    what: zhCN.clauses(
      [kind, rung === kind || rung === word ? '' : rung, due, left === null ? '' : zhCN.left(left)].filter((part) => part !== ''),
    ),
  };
}

/** At most so many code points, which bounds the bytes too; characters as a reader counts them may hold dozens. */
function told(text: string, longest: number): string {
  const points = Array.from(clean(text));
  return inert(points.length <= longest ? points.join('') : `${points.slice(0, longest - 1).join('')}…`);
}

const wide = (mark: string): string => String.fromCharCode(mark.charCodeAt(0) + 0xfee0);

/**
 * Marks that some dialect reads as markup, mention or tag become their full-width twins, which read the same: the robots do not
 * agree on backslashes. So do the marks that make a word an address (`://`, a dot before letters), for clients link those unasked.
 */
function inert(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()<>#|~!@&$]/g, wide)
    .replace(/:(?=\/\/)/g, wide)
    .replace(/\.(?=\p{L})/gu, wide);
}

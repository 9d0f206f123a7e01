import type { DigestContent, DigestLine } from '../domain/digest';
import { badInput } from '../domain/failure';
import type { Tone } from '../domain/policy/policy';
import type { Instant, LocalDate } from '../domain/time';
import { dateOf } from '../domain/time';
import { byUrgency, categoryOf, categoryOrder } from './digest-category';
import { clean } from './digest-clean';
import { renderDigest } from './digest-message';

/** One matter, without anything that must not leave the office network: no title, no sum, no name. */
export interface ShortItem {
  /** The office's own reference number: `R1-012`. */
  readonly reference: string;
  /** What is owed, in office words: 签收, 整改 … */
  readonly kind: string;
  /** The label of the rung: 新任务, 提前20日提醒, 督办通知单 … */
  readonly rung: string;
  readonly tone: Tone;
  readonly dueOn: LocalDate | null;
  /** Workdays from the day of the claim; negative is overdue by. */
  readonly daysLeft: number | null;
  /** An http(s) address in ASCII. */
  readonly link: string;
}

/** What a robot or a webhook tells one person at one opening, true as of `claimedAt`. */
export interface ShortMessage {
  /** The delivery key: the same on every attempt, so a receiver can know a repeated message. */
  readonly id: string;
  readonly personId: string;
  readonly personName: string;
  /** The subject of the mail of the same digest: `【整改】逾期2项、临期1项（10月21日）`. */
  readonly subject: string;
  /** How many items have which tone; an item without tone counts in none. */
  readonly totals: { readonly red: number; readonly yellow: number; readonly green: number };
  /** Most urgent first. */
  readonly items: readonly ShortItem[];
  /** The person's own page. */
  readonly link: string;
  readonly claimedAt: Instant;
}

const LONGEST_BASE = 300;

/**
 * The short message of a digest. Its detail is always `reference` (design.md, section 7): titles, units and roles are left out
 * whatever the content holds, because robots and webhooks lead out of the office network.
 * @param base the http(s) address before all links; badInput when it is none or longer than 300 characters.
 */
export function shortMessageOf(content: DigestContent, id: string, base: string): ShortMessage {
  const home = addressOf('', base);
  if (home === null || home.length > LONGEST_BASE) {
    throw badInput(
      'links.base',
      '链接的开头不是有效的网址，或者过长。',
      `请写成 http:// 或 https:// 开头的地址，不超过${LONGEST_BASE}个字符。`,
    );
  }
  const { person, opening, claimedAt } = content;
  const lines = [...content.lines].sort(byCategory(dateOf(claimedAt)));
  const count = (tone: Tone) => lines.filter((line) => line.tone === tone).length;
  return {
    id,
    personId: person.id,
    personName: clean(person.name),
    subject: renderDigest({ person, opening, claimedAt, detail: 'reference', lines, linkBase: home }).subject,
    totals: { red: count('red'), yellow: count('yellow'), green: count('green') },
    items: lines.map((line) => ({
      reference: clean(line.reference),
      kind: clean(line.kind),
      rung: clean(line.rung),
      tone: line.tone,
      dueOn: line.dueOn,
      daysLeft: line.daysLeft,
      link: addressOf(line.link, base) ?? home,
    })),
    link: home,
    claimedAt,
  };
}

/** In the order of the mail: overdue first, and in each category the most urgent. */
const byCategory =
  (today: LocalDate) =>
  (a: DigestLine, b: DigestLine): number =>
    categoryOrder.indexOf(categoryOf(a, today)) - categoryOrder.indexOf(categoryOf(b, today)) || byUrgency(a, b);

/**
 * An http(s) address, or a path below the base, as ASCII in which nothing ends a link of any markup or mentions anybody;
 * null when that is no address. A name and password before the host are dropped.
 */
function addressOf(link: string, base: string): string | null {
  const text = isWeb(link) ? link : `${base.replace(/\/+$/, '')}/${link.replace(/^\/+/, '')}`;
  if (!isWeb(text) || !URL.canParse(text)) return null;
  const { origin, pathname, search, hash } = new URL(text);
  return (
    origin + `${pathname}${search}${hash}`.replace(/[^\w\-.~/?#%&=:;,+$]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
  );
}

const isWeb = (text: string): boolean => /^https?:\/\//i.test(text);

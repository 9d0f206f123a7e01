import { chineseNumber } from '../../domain/due-phrase';
import type { DraftIssue } from '../draft';
import type { Prose } from '../prose';
import { roleOf } from './money-roles';
import { narrow } from './width';

type Money = DraftIssue['money'][number];

/** A sum as the text mentions it. `at` and `end` are offsets in the text. */
export interface MoneyMention extends Money {
  readonly at: number;
  readonly end: number;
  /** 约12万元, 12万余元: not the exact sum. */
  readonly about: boolean;
  /** The yuan of one unit in the last place written: 100 of 12.34万元. */
  readonly step: number;
}

const number = '(?<n>\\d{1,12}(?:[,，]\\d{3}){0,4}(?:\\.\\d{1,8})?)';
const scale = '(?<s>万亿|百亿|十亿|亿|千万|百万|十万|万|千)?';
const chinese = '(?<c>[一二两三四五六七八九十百千零〇]{0,8}[万亿十百千][一二两三四五六七八九十百千万零〇]{0,8})';
/** 多元 and 单元 are no sums, 一元化 and 二元结构 neither; of another currency nothing is said in yuan. */
const yuan = '(?<u>元(?![旦素件月老化气首帅勋])|(?<=[万亿])(?=[。，,；;）)(（、\\s]|上缴|退|缴|未|已|罚|用于|资金|$))';
const amounts = new RegExp(
  [
    `(?:[¥￥]\\s?|(?<![\\d.])(?<!\\d[,，]))${number}\\s?(?<p>余|多)?\\s?${scale}(?<q>余|多)?\\s?${yuan}`,
    `(?<![一二两三四五六七八九十百千万零〇第几数上近])${chinese}(?<r>余|多)?元(?![旦素件月老化气首帅勋])`,
    '[¥￥]\\s?(?<m>\\d{1,12}(?:[,，]\\d{3}){0,4}(?:\\.\\d{1,2})?)(?!\\d|[.,，]\\d|\\s?[万亿千百元])',
  ].join('|'),
  'gu',
);
const moneyWords = /元|资金|账户|收费|违规|罚|补助|费|退|缴|债|款|投资|收入|工资|绩效/;
/** Powers of ten. */
const scales: Readonly<Record<string, number>> = {
  万亿: 12,
  百亿: 10,
  十亿: 9,
  亿: 8,
  千万: 7,
  百万: 6,
  十万: 5,
  万: 4,
  千: 3,
};

/** Every sum that the text mentions, in yuan, in text order: summary and detail both, so never add them up. */
export const moneyIn = (prose: Prose): Money[] =>
  moneyMentions(prose).map(({ amountYuan, raw, role, line }) => ({ amountYuan, raw, role, line }));

/** The same with what the cross-checks need. */
export function moneyMentions(prose: Prose): MoneyMention[] {
  const text = narrow(prose.text);
  const found: MoneyMention[] = [];
  for (const match of text.matchAll(amounts)) {
    const groups = match.groups ?? {};
    const end = match.index + match[0].length;
    const clause = clauseAround(text, match.index, end);
    // 12.3万 without 元 is money only where its sentence speaks of money just before
    if (groups['u'] === '' && !moneyWords.test(clause.sentence)) continue;
    const sum = sumOf(groups);
    if (sum === null) continue;
    const about =
      (groups['p'] ?? groups['q'] ?? groups['r']) !== undefined || /(?:约|近|超过?|逾|达到?|不足)$/u.test(text.slice(0, match.index));
    found.push({
      ...sum,
      raw: prose.text.slice(match.index, end).trim(),
      role: roleOf(clause),
      line: prose.lineAt(match.index),
      at: match.index,
      end,
      about,
    });
  }
  return found;
}

function sumOf(groups: Readonly<Record<string, string | undefined>>): Pick<MoneyMention, 'amountYuan' | 'step'> | null {
  const { c, n, m, s } = groups;
  if (c !== undefined) {
    const value = largeNumber(c);
    return value === null ? null : { amountYuan: value, step: 1 };
  }
  const digits = n ?? m;
  return digits === undefined ? null : shifted(digits, s === undefined ? 0 : (scales[s] ?? 0));
}

/** Exact decimal arithmetic: 12.3456万 is 123456 yuan. */
function shifted(digits: string, places: number): Pick<MoneyMention, 'amountYuan' | 'step'> {
  const [whole = '0', fraction = ''] = digits.replace(/[,，]/g, '').split('.');
  const padded = fraction.padEnd(places, '0');
  return {
    amountYuan: Number(`${whole}${padded.slice(0, places)}.${padded.slice(places)}0`),
    step: 10 ** (places - fraction.length),
  };
}

/** 三万五千, 一亿二千万: what `chineseNumber` reads up to 9999, in parts of 亿 and 万. */
function largeNumber(word: string): number | null {
  const match = /^(?:(?<y>[^亿万]+)亿)?(?:(?<w>[^亿万]+)万)?(?<r>[^亿万]*)$/u.exec(word);
  if (match === null) return null;
  const { y, w, r = '' } = match.groups ?? {};
  const parts = [y ?? '', w ?? '', r.replace(/^[零〇]+/u, '')].map((part) => (part === '' ? 0 : chineseNumber(part)));
  const [high, middle, low] = parts;
  return high == null || middle == null || low == null ? null : high * 1e8 + middle * 1e4 + low;
}

interface Clause {
  /** What stands before it in its sentence, and the clause itself. */
  readonly sentence: string;
  readonly text: string;
  readonly after: string;
}

function clauseAround(text: string, start: number, end: number): Clause {
  const lead = text.slice(Math.max(start - 60, 0), start);
  const before = /[^，,。；;：:\n]*$/u.exec(lead)?.[0] ?? '';
  const after = /^[^，,。；;\n]*/u.exec(text.slice(end, end + 30))?.[0] ?? '';
  const sentence = /[^。！？\n]*$/u.exec(lead)?.[0] ?? '';
  return { sentence: sentence + text.slice(start, end) + after, text: before + text.slice(start, end) + after, after };
}

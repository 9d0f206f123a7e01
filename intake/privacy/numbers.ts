import { narrow } from '../extract/width';
import type { PrivateKind, PrivateMark } from './marks';

/**
 * Telephone numbers, e-mail addresses, identity-card numbers, bank accounts and licence plates in a text. Recall before precision: a
 * number that only may be one is marked.
 */
export function privateNumbersIn(text: string): PrivateMark[] {
  const view = narrow(text).replace(/＿/gu, '_');
  return finders.flatMap(({ kind, pattern, accepts }) =>
    [...view.matchAll(pattern)].flatMap((match) => {
      const words = match.groups?.['v'] ?? match[0];
      const at = match.index + match[0].indexOf(words);
      const end = at + words.length;
      return accepts(words, view.slice(Math.max(at - 16, 0), at), view.slice(end, end + 4))
        ? [{ kind, raw: text.slice(at, end), at, end }]
        : [];
    }),
  );
}

interface Finder {
  readonly kind: PrivateKind;
  readonly pattern: RegExp;
  /** Whether it is one, by its own digits, what stands before and what behind. */
  readonly accepts: (words: string, before: string, behind: string) => boolean;
}

const anywhere = (): boolean => true;
const isAmount = (behind: string): boolean => /^\s?(?:元|万|亿|人|个|份|次|例|号文|%|\.\d)/u.test(behind);
const callWords = /(?:电话|手机|联系方式|传真|热线|座机|号码|致电|拨打)[^\d]{0,8}$/u;
const accountWords = /(?:卡号|账号|帐号|账户|帐户|银行卡)[^\d]{0,10}$/u;

const finders: readonly Finder[] = [
  { kind: 'email', pattern: /[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}/gu, accepts: anywhere },
  {
    kind: 'idCard',
    pattern: /(?<![\dA-Za-z])(?<v>[1-8]\d{5}[ -]?(?:19|20)\d{6}[ -]?\d{3}[\dXx])(?![\dA-Za-z])/gu,
    accepts: (words) => isIdCard(words.replace(/[ -]/gu, '')),
  },
  {
    kind: 'idCard',
    pattern: /(?<!\d)(?<v>[1-8]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3})(?!\d)/gu,
    accepts: (_words, before) => /身份证|证件/u.test(before),
  },
  {
    kind: 'phone',
    pattern: /(?<![\d.])(?<v>(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?!\d)/gu,
    accepts: (_words, _before, behind) => !isAmount(behind),
  },
  {
    kind: 'phone',
    pattern: /(?<!\d)(?<v>[(（]?0\d{2,3}[)）]?[-—– ]{0,2}[2-8]\d{6,7}(?:[-—转]\d{1,5})?)(?!\d)/gu,
    accepts: (_w, _b, behind) => !isAmount(behind),
  },
  {
    kind: 'phone',
    pattern: /(?<!\d)(?<v>[48]00[- ]?\d{3,4}[- ]?\d{3,4})(?!\d)/gu,
    accepts: (words, before) => /[- ]/u.test(words) || callWords.test(before),
  },
  { kind: 'phone', pattern: /(?<![\d-])(?<v>[2-8]\d{6,7})(?!\d)/gu, accepts: (_words, before) => callWords.test(before) },
  {
    kind: 'bankCard',
    pattern: /(?<![\d.])(?<v>\d{4}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,3})?)(?![\d.])/gu,
    accepts: (words, before) => isBankCard(words.replace(/[ -]/gu, '')) || accountWords.test(before),
  },
  {
    kind: 'plate',
    pattern:
      /(?<v>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•.\- ]?(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[DF][A-HJ-NP-Z0-9]\d{4}|\d{5}[DF]))(?![A-Za-z0-9])/gu,
    accepts: (words) => /\d/u.test(words),
  },
];

/** GB 11643-1999: a real day of birth; the check digit decides nothing against it, since a slip in it still tells who it is. */
function isIdCard(digits: string): boolean {
  const month = Number(digits.slice(10, 12));
  const day = Number(digits.slice(12, 14));
  return hasCheckDigit(digits) || (month >= 1 && month <= 12 && day >= 1 && day <= 31);
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** ISO 7064, MOD 11-2. */
export function hasCheckDigit(digits: string): boolean {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits.charAt(at)), 0);
  return digits.length === 18 && '10X98765432'.charAt(sum % 11) === digits.charAt(17).toUpperCase();
}

/** 16 to 19 digits that pass the Luhn sum. */
export function isBankCard(digits: string): boolean {
  if (!/^[3-9]\d{15,18}$/u.test(digits)) return false;
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, char, at) => {
      const doubled = Number(char) * (at % 2 === 0 ? 1 : 2);
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return sum % 10 === 0;
}

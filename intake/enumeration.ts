import { chineseNumber } from '../domain/due-phrase';
import { narrow } from './extract/width';
import { circledDigits } from './numbering';

export type MarkFamily = 'isWord' | 'ordinal' | 'chineseBracket' | 'arabic' | 'bracket' | 'halfBracket' | 'circled';

/** A mark of an enumeration within prose: 一是, (1), ①, 第一. */
export interface EnumerationMark {
  readonly family: MarkFamily;
  readonly number: number;
  /** As written: `一是`, `(1)`, `①`. */
  readonly marker: string;
  /** Offset of the marker, and of the words behind it. */
  readonly at: number;
  readonly contentAt: number;
  /** 2.15条: a number 2. before 15条 or the number 2.15; glued (2) too. It counts only where the enumeration goes on. */
  readonly doubtful: boolean;
}

const digits = '一二三四五六七八九十';
/** Each family with its pattern; `line` ones count at the start of a line only, where they can't be mistaken for prose. */
const families: readonly (readonly [MarkFamily, RegExp])[] = [
  ['isWord', new RegExp(`(?<n>[${digits}]{1,3})(?:是(?!否)|要(?=[^求]))`, 'gu')],
  ['ordinal', new RegExp(`第(?<n>[${digits}]{1,3})[,，:：]`, 'gu')],
  ['chineseBracket', new RegExp(`(?<=^|\\n)[(（](?<n>[${digits}]{1,3})[)）]`, 'gu')],
  ['arabic', /(?<=^|[\n。；;！？：:”]\s?)(?<n>\d{1,2})\s?[.、．]/gu],
  ['bracket', /[(（](?<n>\d{1,2})[)）]/gu],
  ['halfBracket', /(?<![\d(（])(?<n>\d{1,2})[)）]/gu],
  ['circled', new RegExp(`(?<n>[${circledDigits}])`, 'gu')],
];
const boundary = /[\s。；;：:，,！？”’）)]/;

/** Every enumeration mark at the start of a clause, in text order. */
export function enumerationMarks(prose: string): EnumerationMark[] {
  const text = narrow(prose);
  const found: EnumerationMark[] = [];
  for (const [family, pattern] of families) {
    for (const match of text.matchAll(pattern)) {
      const { index } = match;
      // 制定计划(2)旁听督导: a bracketed number behind words counts only where the enumeration goes on
      const glued = index > 0 && family !== 'circled' && !boundary.test(text.charAt(index - 1));
      if (glued && (family !== 'bracket' || !/[\u4e00-\u9fff]/.test(text.charAt(index - 1)))) continue;
      const word = match.groups?.['n'] ?? '';
      const number = family === 'circled' ? circledDigits.indexOf(word) + 1 : (chineseNumber(word) ?? 0);
      const contentAt = index + match[0].length;
      const marker = prose.slice(index, contentAt).replace(/[,，:：]$/, '');
      const doubtful = glued || (family === 'arabic' && /\d/.test(text.charAt(contentAt)));
      if (number > 0) found.push({ family, number, marker, at: index, contentAt, doubtful });
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

/** The marks of one running enumeration: the family that opens first with number one, counting up (a gap of two is a slip). */
export function sequenceOf(marks: readonly EnumerationMark[]): EnumerationMark[] {
  // 一是 alone is prose more often than a list
  const hasSecond = marks.some(({ family, number }) => family === 'isWord' && number === 2);
  const first = marks.find(({ family, number, doubtful }) => number === 1 && !doubtful && (family !== 'isWord' || hasSecond));
  if (first === undefined) return [];
  const sequence: EnumerationMark[] = [];
  for (const mark of marks) {
    const last = sequence.at(-1)?.number ?? 0;
    const reach = mark.doubtful ? 1 : 3;
    if (mark.family === first.family && mark.at >= first.at && mark.number > last && mark.number <= last + reach) sequence.push(mark);
  }
  return sequence;
}

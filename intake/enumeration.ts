import { chineseNumber } from '../domain/due-phrase';
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
}

const digits = '一二三四五六七八九十';
/** Each family with its pattern; `line` ones count at the start of a line only, where they can't be mistaken for prose. */
const families: readonly (readonly [MarkFamily, RegExp])[] = [
  ['isWord', new RegExp(`(?<n>[${digits}]{1,3})(?:是(?!否)|要(?=[^求]))`, 'gu')],
  ['ordinal', new RegExp(`第(?<n>[${digits}]{1,3})[,，:：]`, 'gu')],
  ['chineseBracket', new RegExp(`(?<=^|\\n)[(（](?<n>[${digits}]{1,3})[)）]`, 'gu')],
  ['arabic', /(?<=^|\n)(?<n>\d{1,2})\s?[.、．](?!\d)/gu],
  ['bracket', /[(（](?<n>\d{1,2})[)）]/gu],
  ['halfBracket', /(?<![\d(（])(?<n>\d{1,2})[)）]/gu],
  ['circled', new RegExp(`(?<n>[${circledDigits}])`, 'gu')],
];
const boundary = /[\s。；;：:，,！？”’）)]/;

/** Every enumeration mark at the start of a clause, in text order. */
export function enumerationMarks(text: string): EnumerationMark[] {
  const found: EnumerationMark[] = [];
  for (const [family, pattern] of families) {
    for (const match of text.matchAll(pattern)) {
      const { index } = match;
      if (index > 0 && family !== 'circled' && !boundary.test(text.charAt(index - 1))) continue;
      const word = match.groups?.['n'] ?? '';
      const number = family === 'circled' ? circledDigits.indexOf(word) + 1 : (chineseNumber(word) ?? 0);
      const contentAt = index + match[0].length;
      if (number > 0) found.push({ family, number, marker: match[0].replace(/[,，:：]$/, ''), at: index, contentAt });
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

/** The marks of one running enumeration: the family that opens first with number one, counting up (a gap of two is a slip). */
export function sequenceOf(marks: readonly EnumerationMark[]): EnumerationMark[] {
  // 一是 alone is prose more often than a list
  const hasSecond = marks.some(({ family, number }) => family === 'isWord' && number === 2);
  const first = marks.find(({ family, number }) => number === 1 && (family !== 'isWord' || hasSecond));
  if (first === undefined) return [];
  const sequence: EnumerationMark[] = [];
  for (const mark of marks) {
    const last = sequence.at(-1)?.number ?? 0;
    if (mark.family === first.family && mark.at >= first.at && mark.number > last && mark.number <= last + 3) sequence.push(mark);
  }
  return sequence;
}

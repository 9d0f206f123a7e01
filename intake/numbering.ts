import { chineseNumber } from '../domain/due-phrase';

/** How a heading is numbered. `1、`, `1.` and `1．` are one style: documents mix them on one level. */
export type NumberingStyle =
  'part' | 'chinese' | 'chineseBracket' | 'arabic' | 'arabicBracket' | 'arabicHalfBracket' | 'circled' | 'problem';

/** The number in front of a heading. */
export interface Numbering {
  readonly style: NumberingStyle;
  readonly number: number;
  /** As the document writes it, with its punctuation: `(12)`, `3、`. */
  readonly label: string;
  /** Where the heading's own words begin. */
  readonly length: number;
}

export const circledDigits = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';
const cn = '[一二三四五六七八九十百零〇]{1,5}';

const styles: readonly (readonly [NumberingStyle, RegExp])[] = [
  ['part', new RegExp(`^第(?<n>${cn})(?:部分|章|篇)[、:：\\s]?`)],
  ['problem', new RegExp(`^(?:反馈)?问题(?:[(（]?(?<n>\\d{1,3}|${cn})[)）]?)[:：、.．\\s]\\s*`)],
  // 一、二级医院 is prose, not a heading
  ['chinese', new RegExp(`^(?<n>${cn})\\s?[、.．]\\s*(?!${cn}[、级类])`)],
  ['chineseBracket', new RegExp(`^[(（]\\s?(?<n>${cn})\\s?[)）]\\s*[、.．]?\\s*`)],
  ['arabicBracket', /^[(（]\s?(?<n>\d{1,3})\s?[)）]\s*[、.．]?\s*/],
  ['arabicHalfBracket', /^(?<n>\d{1,3})[)）]\s*/],
  // 2.5万 and 1.2节 are no label 2. or 1., 1.2018年 is
  ['arabic', /^(?<n>\d{1,3})\s?[、.．]\s*(?:(?!\d)|(?=(?:19|20)\d\d\s?年))/],
  ['circled', new RegExp(`^(?<c>[${circledDigits}])\\s*`)],
];

/** The numbering at the start of the text, or null. */
export function numberingOf(text: string): Numbering | null {
  for (const [style, pattern] of styles) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const circled = match.groups?.['c'];
    const number = circled === undefined ? chineseNumber(match.groups?.['n'] ?? '') : circledDigits.indexOf(circled) + 1;
    if (number !== null && number > 0) return { style, number, label: match[0].trim(), length: match[0].length };
  }
  return null;
}

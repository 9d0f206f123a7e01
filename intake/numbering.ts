import { chineseNumber } from '../domain/due-phrase';
import { narrow } from './extract/width';

/**
 * How a heading is numbered. `1、`, `1.` and `1．` are one style: documents mix them on one level. `1.2` and `1.2.3` are
 * levels of their own below it, `spaced` is their outermost one (`1 党的建设方面`). Bullets carry no number.
 */
export type NumberingStyle =
  | 'part'
  | 'chinese'
  | 'chineseBracket'
  | 'arabic'
  | 'spaced'
  | 'decimal2'
  | 'decimal3'
  | 'arabicBracket'
  | 'arabicHalfBracket'
  | 'circled'
  | 'letter'
  | 'problem'
  | 'ordinal'
  | 'bullet';

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
const count = `(?:\\d{1,4}|${cn})`;
const thing = '(?:问题|任务|事项)';

const styles: readonly (readonly [NumberingStyle, RegExp])[] = [
  ['part', new RegExp(`^第(?<n>${cn})(?:部分|章|篇|方面|类)[、:：\\s]*(?![一-鿿]{0,2}[，。])`)],
  // 【反馈问题一】 问题1： 整改任务二、 第三个问题： 序号：4
  ['problem', new RegExp(`^[【〔[]\\s?(?:反馈|具体|整改|存在|主要)*${thing}(?:序号|编号)?\\s?(?<n>${count})\\s?[】〕\\]]\\s*[:：]?\\s*`)],
  ['problem', new RegExp(`^(?:反馈|具体|整改|存在|主要)*${thing}(?:序号|编号)?\\s?(?:[(（]?(?<n>${count})[)）]?)(?:[:：、.．\\s]|$)\\s*`)],
  ['problem', new RegExp(`^第\\s?(?<n>${count})\\s?[个项条](?:反馈|具体|整改)*${thing}?(?:[:：、.．\\s]|$)\\s*`)],
  ['problem', new RegExp(`^(?:问题|整改|任务)?(?:序号|编号)\\s?[:：]\\s?(?<n>\\d{1,4})(?=\\s|$)\\s*`)],
  // 第一，…整改情况：…第二，…
  ['ordinal', /^第(?<n>[一二三四五六七八九十]{1,3})\s?[,，、]\s*/],
  // 一、二级医院 is prose, not a heading
  ['chinese', new RegExp(`^(?<n>${cn})\\s?[、.．]\\s*(?!${cn}[、级类])`)],
  ['chineseBracket', new RegExp(`^[(（]\\s?(?<n>${cn})\\s?[)）]\\s*[、.．]?\\s*`)],
  ['arabicBracket', /^[(（]\s?(?<n>\d{1,4})\s?[)）]\s*[、.．]?\s*/],
  ['arabicHalfBracket', /^(?<n>\d{1,4})[)）]\s*/],
  // 1.2节 and 1.25万 are prose, 1.2 and 1.2. before words are labels
  ['decimal3', /^\d{1,2}\.\d{1,2}\.(?<n>\d{1,2})(?:[、.．]|\s)\s*(?=[^\d\s])/],
  ['decimal2', /^\d{1,2}\.(?<n>\d{1,2})(?:[、.．]|\s)\s*(?=[^\d\s])/],
  // 2.5万 is no label 2., 1.2018年 is a label 1.
  ['arabic', /^(?<n>\d{1,4})\s?[、.．]\s*(?:(?!\d)|(?=(?:19|20)\d\d\s?年))/],
  ['spaced', /^(?<n>\d{1,2})\s+(?=[^\d\s年月日个人项名次件条份家户处所亩万亿元场起宗台套期篇户笔种类级％%、,，.。-])/],
  ['letter', /^(?<l>[A-Z])\s?[、.．)）]\s*(?=[一-鿿“"])/u],
  ['circled', new RegExp(`^(?<c>[${circledDigits}])\\s*`)],
  ['bullet', /^[●○◆◇■▲△•►▶➢]\s*(?=[^\s●○◆◇■▲△])/u],
];

/** A heading's label stands within this many characters. */
const labelSpan = 40;

/** The numbering at the start of the text, or null. */
export function numberingOf(text: string): Numbering | null {
  const head = narrow(text.slice(0, labelSpan));
  for (const [style, pattern] of styles) {
    const match = pattern.exec(head);
    if (match === null) continue;
    const number = numberOf(match);
    if (number === null) continue;
    const { length } = match[0];
    const written = text.slice(0, length).trim();
    // 序号：4 is a field, its label is the number
    return {
      style,
      number,
      label: /^(?:问题|整改|任务)?(?:序号|编号)/u.test(written) ? (match.groups?.['n'] ?? written) : written,
      length,
    };
  }
  return null;
}

function numberOf({ groups }: RegExpExecArray): number | null {
  if (groups?.['c'] !== undefined) return circledDigits.indexOf(groups['c']) + 1;
  if (groups?.['l'] !== undefined) return groups['l'].charCodeAt(0) - 64;
  if (groups?.['n'] === undefined) return 0;
  const number = chineseNumber(groups['n']);
  return number !== null && number > 0 ? number : null;
}

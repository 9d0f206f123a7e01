import { chineseDigits, chineseNumeral, letters, roman, signOf } from './numerals';

const circled = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';
const stems = '甲乙丙丁戊己庚辛壬癸';
const branches = '子丑寅卯辰巳午未申酉戌亥';
const fullWidth = (number: number): string => String(number).replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));

/** 100 and more digit by digit, as Word counts in these systems. */
const countedTo99 = (number: number, zero: string): string => (number < 100 ? chineseNumeral(number) : chineseDigits(number, zero));
/** 百 and 千 without a 一 before and without 零 between. */
const japanese = (number: number): string =>
  chineseNumeral(number)
    .replaceAll('零', '')
    .replace(/一(?=[十百千])/g, '');

/**
 * How Word shows a number of a list, by the name of its format (ECMA-376 part 1, 17.18.59 ST_NumberFormat). Formats that no Chinese
 * document uses count in Arabic digits.
 */
const formats: Readonly<Record<string, (number: number) => string>> = {
  decimal: String,
  decimalZero: (number) => String(number).padStart(2, '0'),
  decimalFullWidth: fullWidth,
  decimalFullWidth2: fullWidth,
  decimalHalfWidth: String,
  decimalEnclosedCircle: (number) => signOf(number, circled) ?? String(number),
  decimalEnclosedCircleChinese: (number) => signOf(number, circled) ?? String(number),
  decimalEnclosedFullstop: (number) => signOf(number, '⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛') ?? String(number),
  decimalEnclosedParen: (number) => signOf(number, '⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇') ?? String(number),
  ideographEnclosedCircle: (number) => signOf(number, '㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉') ?? String(number),
  chineseCounting: (number) => countedTo99(number, '○'),
  taiwaneseCounting: (number) => countedTo99(number, '○'),
  chineseCountingThousand: (number) => chineseNumeral(number),
  taiwaneseCountingThousand: (number) => chineseNumeral(number),
  ideographDigital: (number) => chineseDigits(number),
  japaneseDigitalTenThousand: (number) => chineseDigits(number),
  taiwaneseDigital: (number) => chineseDigits(number, '○'),
  japaneseCounting: japanese,
  chineseLegalSimplified: (number) => chineseNumeral(number, true),
  ideographLegalTraditional: (number) => chineseNumeral(number, true),
  ideographTraditional: (number) => signOf(number, stems) ?? String(number),
  ideographZodiac: (number) => signOf(number, branches) ?? String(number),
  ideographZodiacTraditional: (number) => `${stems.charAt((number - 1) % 10)}${branches.charAt((number - 1) % 12)}`,
  upperLetter: (number) => letters(number, 'repeated').toUpperCase(),
  lowerLetter: (number) => letters(number, 'repeated'),
  upperRoman: (number) => roman(number).toUpperCase(),
  lowerRoman: roman,
  numberInDash: (number) => `- ${number} -`,
  none: () => '',
};

/** The number in a format of Word; of a custom format `001, 002, …` the width counts. */
export function wordNumeral(number: number, format: string, custom: string | null): string {
  if (format === 'custom') return String(number).padStart(/^0*\d/.exec(custom ?? '')?.[0].length ?? 1, '0');
  return (Object.hasOwn(formats, format) ? formats[format] : undefined)?.(number) ?? String(number);
}

const digits = '〇一二三四五六七八九';
const legalDigits = '零壹贰叁肆伍陆柒捌玖';

/** 1 → 一, 12 → 十二, 105 → 一百零五, 10210 → 一万零二百一十; Arabic digits beyond 99,999. */
export function chineseNumeral(number: number, legal = false): string {
  if (number > 99_999 || number < 0) return String(number);
  const [words, units] = legal ? [legalDigits, ['', '拾', '佰', '仟', '萬']] : [`零${digits.slice(1)}`, ['', '十', '百', '千', '万']];
  let text = '';
  String(number)
    .split('')
    .forEach((digit, index, all) => {
      const place = all.length - 1 - index;
      if (digit !== '0') text += words.charAt(Number(digit)) + (units[place] ?? '');
      else if (text !== '' && !text.endsWith('零') && /[1-9]/.test(all.slice(index).join(''))) text += '零';
    });
  if (text === '') return words.charAt(0);
  return legal ? text : text.replace(/^一十/, '十');
}

/** 10 → 一〇, 105 → 一〇五: digit by digit. */
export const chineseDigits = (number: number, zero = '〇'): string =>
  String(number).replace(/\d/g, (digit) => (digit === '0' ? zero : digits.charAt(Number(digit))));

const romans: readonly (readonly [number, string])[] = [
  ...([[1000, 'm'], [900, 'cm'], [500, 'd'], [400, 'cd'], [100, 'c'], [90, 'xc'], [50, 'l'], [40, 'xl'], [10, 'x']] as const), // prettier-ignore
  ...([[9, 'ix'], [5, 'v'], [4, 'iv'], [1, 'i']] as const), // prettier-ignore
];

/** 4 → iv; Arabic digits outside 1 to 3,999. */
export function roman(number: number): string {
  if (number < 1 || number > 3999) return String(number);
  let [left, text] = [number, ''];
  for (const [value, letters] of romans) for (; left >= value; left -= value) text += letters;
  return text;
}

/** 1 → a, 26 → z, then as word processors (27 → aa, 28 → bb) or as browsers (27 → aa, 28 → ab) go on; Arabic digits beyond reason. */
export function letters(number: number, after26: 'repeated' | 'counted'): string {
  if (number < 1 || number > 780) return String(number);
  const last = String.fromCharCode(97 + ((number - 1) % 26));
  const more = Math.floor((number - 1) / 26);
  if (after26 === 'repeated') return last.repeat(more + 1);
  return more === 0 ? last : String.fromCharCode(96 + more) + last;
}

/** The number as one of these signs, or null beyond them. */
export const signOf = (number: number, signs: string): string | null => (number >= 1 ? (Array.from(signs)[number - 1] ?? null) : null);

/** Signs of the fonts that reports tick boxes with; their codes stand in a private area (ECMA-376 part 1, 17.3.3.30). */
const signs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  wingdings: { fc: '√', fb: '×', fe: '☑', fd: '☒', a8: '□', '6f': '□', '6e': '■', ab: '★' },
  'wingdings 2': { '50': '√', '4f': '×', '52': '☑', '53': '☒', '54': '☒', '51': '☒', a3: '□', '2a': '□' },
};

/** The character of a `w:sym`, or nothing for a sign that carries no meaning here. */
export function symbolOf(font: string | undefined, code: string | undefined): string {
  const number = Number.parseInt(code ?? '', 16);
  if (Number.isNaN(number) || number < 0x20 || number > 0x10ffff || (number >= 0xd800 && number <= 0xdfff)) return '';
  const known = signs[(font ?? '').toLowerCase()];
  const isPrivate = number >= 0xe000 && number <= 0xf8ff;
  if (known !== undefined) return known[(number & 0xff).toString(16)] ?? '';
  return isPrivate ? '' : String.fromCodePoint(number);
}

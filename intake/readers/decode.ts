import iconv from 'iconv-lite';

/** Bytes understood as text, and as which encoding. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: string;
}

/** Text that is marked by a byte order mark, in UTF-8 or UTF-16; null without one. The mark is not in the text. */
export function byteOrderMark(bytes: Buffer): DecodedText | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', text: iconv.decode(bytes, 'utf-8') };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', text: iconv.decode(bytes, 'utf-16le') };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', text: iconv.decode(bytes, 'utf-16be') };
  return null;
}

/** Text in UTF-8 (with or without BOM), UTF-16 (with BOM, or plainly so) or GB18030; null when it reads as none of them. */
export function decodeText(bytes: Buffer): DecodedText | null {
  const marked = byteOrderMark(bytes);
  if (marked !== null) return isReadable(marked.text) ? marked : null;
  const guesses = bytes.includes(0) ? ['utf-16le', 'utf-16be'] : ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'];
  const read = guesses
    .filter((encoding) => encoding === 'utf-8' || encoding === 'gb18030' || bytes.length % 2 === 0)
    .map((encoding) => ({ encoding, text: iconv.decode(bytes, encoding) }));
  const [best] = read
    .filter(({ text, encoding }) => isReadable(text) && (!encoding.startsWith('utf-16') || looksChinese(text)))
    .sort((a, b) => damage(a.text) - damage(b.text));
  return best === undefined || !isWhole(best.text) ? null : best;
}

/** Text in the encoding that the document names for itself; null when the name is unknown or the bytes are plainly something else. */
export function decodeDeclared(bytes: Buffer, declared: string): DecodedText | null {
  // pages that say gb2312 or gbk hold letters of GB18030, which contains both
  const encoding = /^(?:gb_?2312|gbk|gb18030|cp936|ms936|x-gbk|euc-cn)/i.test(declared) ? 'gb18030' : declared.toLowerCase();
  if (!iconv.encodingExists(encoding)) return null;
  const text = iconv.decode(bytes, encoding);
  return isReadable(text) && isWhole(text) ? { text, encoding } : null;
}

/** Text has next to no control characters; a short one may have a few. */
function isReadable(text: string): boolean {
  const controls = text.match(/[\0-\x08\x0b\x0e-\x1f]/g)?.length ?? 0;
  return controls <= Math.max(text.length * 0.001, Math.min(8, text.length * 0.02));
}

/** The share of characters that the encoding could not give. */
const damage = (text: string): number => (text.match(/\uFFFD|[\uE000-\uF8FF]/g)?.length ?? 0) / Math.max(text.length, 1);

const isWhole = (text: string): boolean => damage(text) <= 0.01;

/** Without a BOM, UTF-16 is believed only when most of the text reads as Chinese or ASCII. */
function looksChinese(text: string): boolean {
  const sample = text.slice(0, 4000);
  const usual = sample.match(/[\x20-\x7e\r\n\t\u4e00-\u9fff\u3000-\u303f\uff00-\uffef‘-”]/g)?.length ?? 0;
  return usual >= sample.length * 0.95 && /[\u4e00-\u9fff]/.test(sample) && /[\r\n，。,.]/.test(sample);
}

import iconv from 'iconv-lite';
import { badInput } from '../../domain/failure';
import type { DocumentReader, DocumentText } from './reader';

/** Plain text in UTF-8 (with or without BOM), UTF-16 (with BOM, or plainly so) or GB18030. */
export const txtReader: DocumentReader = {
  format: 'txt',
  read(bytes, file) {
    const decoded = decode(bytes);
    if (decoded === null) {
      throw badInput('notText', `${file} 不是文本文件，或编码无法识别。`, '请另存为 UTF-8 或 GB18030 编码的 txt 后再读。');
    }
    return decoded;
  },
};

function decode(bytes: Buffer): DocumentText | null {
  const marked = byteOrderMark(bytes);
  if (marked !== null) return readable(marked.text) ? marked : null;
  const guesses = bytes.includes(0) ? ['utf-16le', 'utf-16be'] : ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'];
  const read = guesses
    .filter((encoding) => encoding === 'utf-8' || encoding === 'gb18030' || bytes.length % 2 === 0)
    .map((encoding) => ({ encoding, text: iconv.decode(bytes, encoding) }));
  const [best] = read
    .filter(({ text, encoding }) => readable(text) && (!encoding.startsWith('utf-16') || looksChinese(text)))
    .sort((a, b) => damage(a.text) - damage(b.text));
  return best === undefined || damage(best.text) > 0.01 ? null : best;
}

function byteOrderMark(bytes: Buffer): DocumentText | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', text: iconv.decode(bytes, 'utf-8') };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', text: iconv.decode(bytes, 'utf-16le') };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', text: iconv.decode(bytes, 'utf-16be') };
  return null;
}

/** Text has next to no control characters. */
function readable(text: string): boolean {
  const controls = text.match(/[\0-\x08\x0b\x0e-\x1f]/g)?.length ?? 0;
  return controls <= text.length * 0.001;
}

/** The share of characters that the encoding could not give. */
const damage = (text: string): number => (text.match(/\uFFFD|[\uE000-\uF8FF]/g)?.length ?? 0) / Math.max(text.length, 1);

/** Without a BOM, UTF-16 is believed only when most of the text reads as Chinese or ASCII. */
function looksChinese(text: string): boolean {
  const sample = text.slice(0, 4000);
  const usual = sample.match(/[\x20-\x7e\r\n\t\u4e00-\u9fff\u3000-\u303f\uff00-\uffef‘-”]/g)?.length ?? 0;
  return usual >= sample.length * 0.95 && /[\u4e00-\u9fff]/.test(sample) && /[\r\n，。,.]/.test(sample);
}

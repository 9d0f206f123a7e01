import { badInput } from '../../domain/failure';
import { byteOrderMark, decodeDeclared, decodeText, type DecodedText } from './decode';
import { withHead } from './html-head';
import { mainTextOf } from './html-main';
import { pageOf } from './html-page';
import type { DocumentReader } from './reader';
import { textOfBlocks } from './table-text';

/**
 * A page of a site: its main text without the page's furniture, its title as the first line, ordered lists with their numbers, tables
 * row by row (`表1第2行`). Linear in time whatever the nesting. Throws badInput notText, documentTooComplex.
 */
export const htmlReader: DocumentReader = {
  format: 'html',
  read(bytes, file) {
    const decoded = decodePage(bytes);
    if (decoded === null) {
      throw badInput('notText', `${file} 的编码无法识别。`, '请在浏览器里打开该网页，另存为 UTF-8 编码的网页后再读。');
    }
    const tooLarge = () => badInput('documentTooComplex', `${file} 的内容过多，不像一份报告。`, '请只保留报告正文，另存后再读。');
    const page = pageOf(decoded.text, tooLarge);
    return { encoding: decoded.encoding, ...textOfBlocks(withHead(page, mainTextOf(page.root)), tooLarge) };
  },
};

/** Where a page must name its encoding (HTML Standard, 4.2.5.4: within the first 1,024 bytes; sites are late). */
const beginning = 8192;

/** By the byte order mark, else as the page says it is, unless that is plainly wrong, else as its bytes look. */
function decodePage(bytes: Buffer): DecodedText | null {
  const marked = byteOrderMark(bytes);
  if (marked !== null) return marked;
  const head = bytes.subarray(0, beginning).toString('latin1').replace(/\0/g, '');
  const said =
    /<meta\b[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w-]{2,20})/i.exec(head)?.[1] ??
    /^\s{0,9}<\?xml\b[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w-]{2,20})/i.exec(head)?.[1];
  // a tag that can be read byte by byte is not in UTF-16, and Chinese is not Latin 1
  const isPossible = said !== undefined && !/^(?:utf-?16|utf-?32|iso-?8859|latin|windows-125|us-ascii)/i.test(said);
  return (isPossible ? decodeDeclared(bytes, said) : null) ?? decodeText(bytes);
}

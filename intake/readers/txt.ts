import { badInput } from '../../domain/failure';
import { decodeText } from './decode';
import type { DocumentReader } from './reader';

/** Plain text in UTF-8 (with or without BOM), UTF-16 (with BOM, or plainly so) or GB18030. */
export const txtReader: DocumentReader = {
  format: 'txt',
  read(bytes, file) {
    const decoded = decodeText(bytes);
    if (decoded === null) {
      throw badInput('notText', `${file} 不是文本文件，或编码无法识别。`, '请另存为 UTF-8 或 GB18030 编码的 txt 后再读。');
    }
    return decoded;
  },
};

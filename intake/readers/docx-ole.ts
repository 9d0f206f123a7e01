import { badInput } from '../../domain/failure';
import type { DocumentReader } from './reader';

/**
 * Refuses OLE files, each by its name: a docx or xlsx with a password is one around the encrypted package (MS-OFFCRYPTO, 2.3.4), a doc or
 * wps holds a stream WordDocument (MS-DOC, 2.1.1). Throws badInput docxProtected, oldWord, formatNotReadable.
 */
export const oleReader: DocumentReader = {
  format: 'ole',
  read(bytes, file) {
    const holds = (stream: string): boolean => bytes.includes(stream, 0, 'utf16le');
    if (holds('EncryptedPackage')) throw badInput('docxProtected', `${file} 设置了打开密码，无法读取。`, '请取消密码另存一份后再读。');
    if (holds('WordDocument') || /\.(?:doc|wps|wpt|dot)$/i.test(file)) {
      throw badInput(
        'oldWord',
        `${file} 是旧版 Word（doc）或 WPS 文字（wps）格式，不能读取。`,
        '请在 Word 或 WPS 里打开，另存为 docx 后再读。',
      );
    }
    throw badInput('formatNotReadable', `${file} 是旧版 Office（doc、xls、wps、et）格式，不能读取。`, '请另存为 docx 或 xlsx 后再读。');
  },
};

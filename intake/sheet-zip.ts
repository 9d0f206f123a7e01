import { badInput, type ZhenggaiError } from '../domain/failure';
import { unpackParts } from './readers/zip';

/** A directory of 20,000 rows unpacks to 7 MB. */
const maxUnpacked = 64 * 1024 * 1024;

export const unreadable = (): ZhenggaiError =>
  badInput('sheet.unreadable', '文件已损坏，不是完整的xlsx工作簿。', '请在表格软件里打开，另存为xlsx或“CSV UTF-8”后再导入。');

export const isProtected = (): ZhenggaiError =>
  badInput('sheet.protected', '工作簿设置了打开密码，无法读取。', '请取消密码另存一份，再导入。');

const tooLarge = (): ZhenggaiError => badInput('sheet.tooLarge', '工作簿展开后超过64 MB。', '请只保留需要的工作表，另存为新文件后再导入。');

/** The XML parts of a workbook, unpacked under a limit. Throws badInput sheet.unreadable, sheet.protected, sheet.tooLarge. */
export function unpackXml(bytes: Buffer): Buffer[] {
  const wanted = (name: string): boolean => /\.(?:xml|rels)$/i.test(name);
  return unpackParts(bytes, { wanted, maxUnpacked, broken: unreadable, isProtected, tooLarge }).map((part) => part.bytes);
}

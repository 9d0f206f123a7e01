import { inflateRawSync } from 'node:zlib';
import { badInput, type ZhenggaiError } from '../domain/failure';

/** A directory of 20,000 rows unpacks to 7 MB. */
const maxUnpacked = 64 * 1024 * 1024;

export const unreadable = (): ZhenggaiError =>
  badInput('sheet.unreadable', '文件已损坏，不是完整的xlsx工作簿。', '请在表格软件里打开，另存为xlsx或“CSV UTF-8”后再导入。');

export const isProtected = (): ZhenggaiError =>
  badInput('sheet.protected', '工作簿设置了打开密码，无法读取。', '请取消密码另存一份，再导入。');

/**
 * The XML parts of a zip, unpacked under a limit: whoever unpacks it after this needs no more memory than was needed here, since sizes
 * are what the zip's own directory says they are. Throws badInput sheet.unreadable, sheet.protected, sheet.tooLarge.
 */
export function unpackXml(bytes: Buffer): Buffer[] {
  try {
    return unpack(bytes);
  } catch (error) {
    // a number in it points outside the file
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_OUT_OF_RANGE' || code === 'ERR_BUFFER_OUT_OF_BOUNDS') throw unreadable();
    throw error;
  }
}

/** Offsets are those of the ZIP specification (PKWARE APPNOTE, 4.3.7, 4.3.12, 4.3.16). */
function unpack(bytes: Buffer): Buffer[] {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0) throw unreadable();
  const parts: Buffer[] = [];
  let left = maxUnpacked;
  let at = bytes.readUInt32LE(end + 16);
  for (let entries = bytes.readUInt16LE(end + 8); entries > 0; entries--) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw unreadable();
    const [flags, method] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10)];
    const [packed, unpacked] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)];
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const name = bytes.toString('latin1', at + 46, at + 46 + nameLength);
    const header = bytes.readUInt32LE(at + 42);
    at += 46 + nameLength + extraLength + commentLength;

    if ((flags & 1) !== 0) throw isProtected();
    if (!/\.(?:xml|rels)$/i.test(name)) continue;
    if (unpacked > left) throw badInput('sheet.tooLarge', '工作簿展开后超过64 MB。', '请只保留人员表，另存为新文件后再导入。');
    const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    const part = inflate(bytes.subarray(start, start + packed), method, unpacked);
    left -= part.length;
    parts.push(part);
  }
  return parts;
}

function inflate(packed: Buffer, method: number, unpacked: number): Buffer {
  if (method !== 0 && method !== 8) throw unreadable();
  let part = packed;
  try {
    if (method === 8) part = inflateRawSync(packed, { maxOutputLength: Math.max(unpacked, 1) });
  } catch {
    throw unreadable();
  }
  if (part.length !== unpacked) throw unreadable();
  return part;
}

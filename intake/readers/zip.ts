import { inflateRawSync } from 'node:zlib';
import type { ZhenggaiError } from '../../domain/failure';

/** Which parts of a zip are unpacked, under which limit, and what is said when that fails. */
export interface ZipLimits {
  readonly wanted: (name: string) => boolean;
  /** Bytes of all wanted parts together, unpacked. */
  readonly maxUnpacked: number;
  readonly broken: () => ZhenggaiError;
  readonly isProtected: () => ZhenggaiError;
  readonly tooLarge: () => ZhenggaiError;
}

/** A file inside a zip. */
export interface ZipPart {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * The wanted parts of a zip, in its order, unpacked under a limit: whoever unpacks it after this needs no more memory than was needed
 * here, since sizes are what the zip's own directory says they are. Throws the errors of `limits`.
 */
export function unpackParts(bytes: Buffer, limits: ZipLimits): ZipPart[] {
  try {
    return unpack(bytes, limits);
  } catch (error) {
    // a number in it points outside the file
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_OUT_OF_RANGE' || code === 'ERR_BUFFER_OUT_OF_BOUNDS') throw limits.broken();
    throw error;
  }
}

/** Offsets are those of the ZIP specification (PKWARE APPNOTE, 4.3.7, 4.3.12, 4.3.16). */
function unpack(bytes: Buffer, limits: ZipLimits): ZipPart[] {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0) throw limits.broken();
  const parts: ZipPart[] = [];
  let left = limits.maxUnpacked;
  let at = bytes.readUInt32LE(end + 16);
  for (let entries = bytes.readUInt16LE(end + 8); entries > 0; entries--) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw limits.broken();
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

    if ((flags & 1) !== 0) throw limits.isProtected();
    if (!limits.wanted(name)) continue;
    if (unpacked > left) throw limits.tooLarge();
    const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    const part = inflate(bytes.subarray(start, start + packed), { method, unpacked });
    if (part === null) throw limits.broken();
    left -= part.length;
    parts.push({ name, bytes: part });
  }
  return parts;
}

/** The unpacked part, or null when it is not what the zip's directory promises. */
function inflate(packed: Buffer, { method, unpacked }: { method: number; unpacked: number }): Buffer | null {
  if (method === 0) return packed.length === unpacked ? packed : null;
  if (method !== 8) return null;
  try {
    const part = inflateRawSync(packed, { maxOutputLength: Math.max(unpacked, 1) });
    return part.length === unpacked ? part : null;
  } catch {
    return null;
  }
}

import { inflateRawSync } from 'node:zlib';
import mammoth from 'mammoth';

/** The parts of a docx by path, and the dates that its zip file gives them: read by our own few lines, not by the library that wrote it. */
export function docxParts(bytes: Uint8Array): { parts: Map<string, string>; dates: Set<number> } {
  const file = Buffer.from(bytes);
  const parts = new Map<string, string>();
  const dates = new Set<number>();
  let at = file.readUInt32LE(file.length - 6);
  for (let left = file.readUInt16LE(file.length - 12); left > 0; left--) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => file.readUInt16LE(at + offset)) as [number, number, number];
    const packed = file.readUInt32LE(at + 20);
    const local = file.readUInt32LE(at + 42);
    const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const data = file.subarray(from, from + packed);
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    parts.set(name, (file.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data)).toString('utf8'));
    dates.add(file.readUInt32LE(at + 12)).add(file.readUInt32LE(local + 10));
    at += 46 + nameLength + extra + comment;
  }
  return { parts, dates };
}

export const part = (bytes: Uint8Array, path: string): string => {
  const found = docxParts(bytes).parts.get(path);
  if (found === undefined) throw new Error(`no ${path}`);
  return found;
};

/** The paragraphs as another library reads them, blank ones left out. */
export async function paragraphs(bytes: Uint8Array): Promise<string[]> {
  const { value, messages } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
  expect(messages.filter(({ type }) => type === 'error')).toEqual([]);
  return value.split('\n').filter((text) => text !== '');
}

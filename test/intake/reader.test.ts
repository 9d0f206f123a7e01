import iconv from 'iconv-lite';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ZhenggaiError } from '../../domain/failure';
import { draftSchema, readDocument } from '../../intake';
import { report } from './support';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhenggai-intake-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const text = report('1.巡查不够。\n整改情况：已增加。');

async function fileWith(bytes: Buffer | string): Promise<string> {
  const file = join(folder, '报告.txt');
  await writeFile(file, bytes);
  return file;
}

const codeOf = async (file: string): Promise<string> =>
  readDocument(file).then(
    () => 'read',
    (error: unknown) => (error instanceof ZhenggaiError && error.kind === 'badInput' ? error.failure.code : String(error)),
  );

test.each([
  ['utf-8', Buffer.from(text)],
  ['utf-8', Buffer.from(`\uFEFF${text}`)],
  ['gb18030', iconv.encode(text, 'gb18030')],
  ['utf-16le', iconv.encode(text, 'utf-16le', { addBOM: true })],
  ['utf-16be', iconv.encode(text, 'utf-16be', { addBOM: true })],
  ['utf-16le', iconv.encode(text, 'utf-16le')],
])('%s is read', async (encoding, bytes) => {
  const draft = await readDocument(await fileWith(bytes));
  expect(draftSchema.parse(draft)).toEqual(draft);
  expect(draft.source).toMatchObject({ file: '报告.txt', format: 'txt', encoding });
  expect(draft.source.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(draft.issues.map(({ title, line }) => [title, line])).toEqual([['巡查不够', 5]]);
});

test('CRLF and CR count as one line end', async () => {
  const draft = await readDocument(await fileWith(text.replaceAll('\n', '\r\n')));
  expect(draft.issues[0]?.line).toBe(5);
});

test.each([
  ['pdfBroken', 'PDF', Buffer.from('%PDF-1.7\n…')],
  ['docxBroken', 'Word', Buffer.from('PK\x03\x04....word/document.xml')],
  ['sheet.unreadable', 'xlsx', Buffer.from('PK\x03\x04....xl/workbook.xml')],
  ['formatNotReadable', 'old Office', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])],
  ['formatNotReadable', 'OFD', Buffer.from('PK\x03\x04....OFD.xml')],
  ['formatNotReadable', 'an archive', Buffer.from('Rar!\x1a\x07\x00')],
  ['formatNotReadable', 'a page archive', Buffer.from('MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n')],
  ['formatNotReadable', 'Word 2003 XML', Buffer.from('<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>')],
  ['fileEmpty', 'nothing', Buffer.alloc(0)],
  ['fileEmpty', 'white space', Buffer.from('\uFEFF \n\u3000\n')],
  ['notText', 'random bytes', Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919 + (index >> 3) * 31) % 256))],
])('%s: %s', async (code, _name, bytes) => {
  expect(await codeOf(await fileWith(bytes))).toBe(code);
});

test('a file of 100 MB is refused by its size, before it is read', async () => {
  const file = await fileWith(Buffer.from(text));
  await truncate(file, 100 * 1024 * 1024);
  const before = process.memoryUsage().arrayBuffers;
  expect(await codeOf(file)).toBe('fileTooLarge');
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * 1024 * 1024);
});

test('an ending that is another format is said, and the contents are read', async () => {
  const file = join(folder, '报告.doc');
  await writeFile(
    file,
    `<!DOCTYPE html><html><body>${text
      .split('\n')
      .map((line) => `<p>${line}</p>`)
      .join('')}</body></html>`,
  );
  const { issues, findings } = await readDocument(file);
  expect([issues.length, findings.map(({ code }) => code)]).toEqual([1, expect.arrayContaining(['extensionDiffers'])]);
});

test('control characters are none of the text; lines keep their numbers', async () => {
  const plain = await readDocument(await fileWith(Buffer.from(text)));
  const marred = await readDocument(await fileWith(Buffer.from(text.replace('巡查', '巡\x07查').replace('\n', '\x0c\n'))));
  expect(marred.issues).toEqual(plain.issues);
});

test('a missing file, a folder', async () => {
  expect(await codeOf(join(folder, 'none.txt'))).toBe('fileNotFound');
  expect(await codeOf(folder)).toBe('fileUnreadable');
});

test.each(['秘密★1年', '机密 ★ 10年', '★绝密', '绝密', '密级：机密', '秘 密', '  机密★'])('a text marked %j never enters', async (mark) => {
  const file = await fileWith(`${mark}\n${text}`);
  expect(await codeOf(file)).toBe('stateSecret');
  await expect(readDocument(file)).rejects.not.toThrow(/农业局/);
});

test.each(['落实保密工作要求不到位。', '工作秘密管理制度的通知', '涉密计算机处理密级文件', '密级：内部'])(
  '%j is prose, not a marking',
  async (line) => {
    expect(await codeOf(await fileWith(`${line}\n${text}`))).toBe('read');
  },
);

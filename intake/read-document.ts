import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { badInput, ZhenggaiError } from '../domain/failure';
import type { DraftFinding, DraftLedger } from './draft';
import { readText } from './read-text';
import type { DocumentFormat, DocumentReader } from './readers/reader';
import { csvLedger } from './readers/csv';
import { docxReader } from './readers/docx';
import { oleReader } from './readers/docx-ole';
import { htmlReader } from './readers/html';
import { pdfReader } from './readers/pdf';
import { formatOf } from './readers/sniff';
import { txtReader } from './readers/txt';
import { xlsxReader } from './readers/xlsx';

/** One reader a format; a format without one is refused by name. */
const readers: readonly DocumentReader[] = [txtReader, htmlReader, docxReader, xlsxReader, pdfReader, oleReader];

const formatNames: Readonly<Record<DocumentFormat, string>> = {
  txt: '纯文本',
  csv: '表格（csv）',
  docx: 'Word（docx）',
  xlsx: 'Excel（xlsx）',
  pptx: 'PowerPoint（pptx）',
  odf: 'OpenDocument（odt、ods）',
  ofd: 'OFD',
  wordXml: 'Word 或 Excel 2003 XML',
  mime: '网页归档或邮件（mht、eml）',
  zip: '压缩包',
  pdf: 'PDF',
  html: '网页（html）',
  rtf: 'RTF',
  ole: '旧版 Office（doc、xls、wps）',
  image: '图片',
};

/** More is no report but a mistake. */
const maxBytes = 50 * 1024 * 1024;

/**
 * Reads a document into a draft ledger; registers and keeps nothing. `source.file` is the file's name without its folder.
 * Throws badInput: fileNotFound, fileUnreadable, fileEmpty, fileTooLarge, formatNotReadable, notText, stateSecret.
 */
export async function readDocument(file: string): Promise<DraftLedger> {
  const name = basename(file);
  const bytes = await bytesOf(file);
  const format = formatOf(bytes);
  const reader = readers.find((candidate) => candidate.format === format);
  if (reader === undefined) {
    throw badInput(
      'formatNotReadable',
      `${name} 是${formatNames[format]}格式，目前还不能读取。`,
      '请打开后另存为 docx、xlsx、pdf 或 txt，再读。',
    );
  }
  const read = await reader.read(bytes, name);
  const csv = format === 'txt' ? csvLedger(read) : null;
  const { text, encoding, notes = [], ...more } = csv ?? read;
  const known = csv === null ? format : 'csv';
  if (text.replace(/[\s\uFEFF]+/gu, '') === '') throw badInput('fileEmpty', `${name} 没有文字。`, '请检查文件是否选对、是否已保存内容。');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return readText(text, { file: name, sha256, format: known, encoding }, { ...more, notes: [...notes, ...extensionNotes(name, known)] });
}

/** Endings that go with a format; another one is no mistake, but worth a word. */
const endings: Readonly<Partial<Record<DocumentFormat, readonly string[]>>> = {
  txt: ['txt', 'text', 'md'],
  csv: ['csv', 'txt'],
  html: ['html', 'htm', 'shtml', 'xhtml'],
  docx: ['docx', 'docm', 'dotx'],
  xlsx: ['xlsx', 'xlsm', 'xltx'],
  pdf: ['pdf'],
};

function extensionNotes(name: string, format: DocumentFormat): DraftFinding[] {
  const ending = extname(name).slice(1).toLowerCase();
  if (ending === '' || endings[format]?.includes(ending) !== false) return [];
  const message = `文件名以 .${ending} 结尾，内容是${formatNames[format]}，已按内容读取。`;
  return [{ code: 'extensionDiffers', severity: 'info', message, lines: [] }];
}

/** The size is asked before anything is read. */
async function bytesOf(file: string): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    if (size > maxBytes) throw badInput('fileTooLarge', `${basename(file)} 超过 50 MB。`, '请只提交报告正文。');
    return await readFile(file);
  } catch (cause) {
    if (cause instanceof ZhenggaiError) throw cause;
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
    if (code === 'ENOENT') throw badInput('fileNotFound', `找不到文件 ${file}。`, '请检查路径和文件名。');
    const what = code === 'EISDIR' ? `${file} 是文件夹，不是文件。` : `文件 ${file} 无法打开（${code || '未知原因'}）。`;
    throw badInput('fileUnreadable', what, '请检查路径和读取权限。');
  }
}

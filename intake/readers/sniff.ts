import type { DocumentFormat } from './reader';

const magic: readonly (readonly [DocumentFormat, readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['ole', [0xd0, 0xcf, 0x11, 0xe0]],
  ['rtf', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ['zip', [0x52, 0x61, 0x72, 0x21]],
  ['zip', [0x37, 0x7a, 0xbc, 0xaf]],
  ['zip', [0x1f, 0x8b, 0x08]],
  ['image', [0x89, 0x50, 0x4e, 0x47]],
  ['image', [0xff, 0xd8, 0xff]],
  ['image', [0x47, 0x49, 0x46, 0x38]],
  ['image', [0x49, 0x49, 0x2a, 0x00]],
  ['image', [0x4d, 0x4d, 0x00, 0x2a]],
];
const zip = [0x50, 0x4b];

/** The format of a file by its first bytes, whatever its name says. Everything unknown is tried as text. */
export function formatOf(bytes: Buffer): DocumentFormat {
  const known = magic.find(([, start]) => startsWith(bytes, start));
  if (known !== undefined) return known[0];
  if (startsWith(bytes, zip) && [0x03, 0x05, 0x07].includes(bytes[2] ?? 0)) return officeFormat(bytes);
  const head = bytes
    .subarray(0, 1024)
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .trimStart();
  if (/^<\?xml[^>]{0,200}\?>\s{0,40}<\?mso-application progid="(?:Word|Excel)\./i.test(head)) return 'wordXml';
  if (/^(?:MIME-Version|From|Received|Return-Path|Date|Subject|Content-Type):/i.test(head) && /^Content-Type:/im.test(head)) return 'mime';
  return /^(?:<!doctype html|<html|<head|<body|<!--[^>]{0,400}-->\s{0,40}<(?:!doctype|html)|<\?xml[^>]{0,200}\?>\s{0,40}<(?:!doctype html|html))/i.test(
    head,
  )
    ? 'html'
    : 'txt';
}

const startsWith = (bytes: Buffer, start: readonly number[]): boolean => start.every((byte, index) => bytes[index] === byte);

/** Names of a zip's entries stand in it in plain bytes. */
function officeFormat(bytes: Buffer): DocumentFormat {
  if (bytes.includes('word/')) return 'docx';
  if (bytes.includes('xl/')) return 'xlsx';
  if (bytes.includes('ppt/')) return 'pptx';
  if (bytes.includes('OFD.xml')) return 'ofd';
  return bytes.includes('application/vnd.oasis.opendocument') ? 'odf' : 'zip';
}

import { docxReader } from '../../intake/readers/docx';
import type { DocumentText } from '../../intake/readers/reader';
import { zipOf } from './directory-workbook';

const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const namespaces = `xmlns:w="${word}" xmlns:r="${relations}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"`;

interface Parts {
  readonly numbering?: string;
  readonly styles?: string;
  readonly footnotes?: string;
}

/** The names and texts of a docx around the XML of its body. */
export function docxEntries(body: string, parts: Parts = {}): { name: string; text: string }[] {
  const others = Object.entries(parts) as [keyof Parts, string][];
  const relation = (type: string, target: string, index: number): string =>
    `<Relationship Id="rId${index}" Type="${relations}/${type}" Target="${target}"/>`;
  const rels = (inside: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`;
  return [
    { name: '[Content_Types].xml', text: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>' },
    { name: '_rels/.rels', text: rels(relation('officeDocument', 'word/document.xml', 1)) },
    { name: 'word/document.xml', text: `<w:document ${namespaces}><w:body>${body}</w:body></w:document>` },
    { name: 'word/_rels/document.xml.rels', text: rels(others.map(([type], index) => relation(type, `${type}.xml`, index + 1)).join('')) },
    ...others.map(([type, text]) => ({ name: `word/${type}.xml`, text: `<w:${type} ${namespaces}>${text}</w:${type}>` })),
  ];
}

/** A docx, written by hand so that it can hold what no library writes. */
export const docxOf = (body: string, parts: Parts = {}): Buffer => zipOf(docxEntries(body, parts));

export const readDocx = (bytes: Buffer): DocumentText => docxReader.read(bytes, '报告.docx') as DocumentText;

/** The lines of a body written by hand. */
export const docxLines = (body: string, parts: Parts = {}): string[] => readDocx(docxOf(body, parts)).text.split('\n');

/** A paragraph of one run. */
export const p = (text: string, properties = ''): string => `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
/** A paragraph of a list. */
export const li = (numId: number, level: number, text: string): string =>
  p(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${numId}"/></w:numPr>`);
/** A level of a list. */
export const lvl = (level: number, format: string, text: string, more = ''): string =>
  `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;
/** A list with its levels, and the numbers that refer to it. */
export const list = (abstractId: number, levels: string, nums: Readonly<Record<number, string>>): { abstract: string; num: string } => ({
  abstract: `<w:abstractNum w:abstractNumId="${abstractId}">${levels}</w:abstractNum>`,
  num: Object.entries(nums)
    .map(([id, overrides]) => `<w:num w:numId="${id}"><w:abstractNumId w:val="${abstractId}"/>${overrides}</w:num>`)
    .join(''),
});
export const numberingOf = (...lists: readonly { abstract: string; num: string }[]): string =>
  [...lists.map(({ abstract }) => abstract), ...lists.map(({ num }) => num)].join('');

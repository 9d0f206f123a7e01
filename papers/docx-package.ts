import { Packer, type Document } from 'docx';
import type { LocalDate } from '../domain/time';
import { withFixedDates } from './fixed-zip';
import { alternatives } from './layout';
import { escaped } from './xml-text';

/** What a document says of itself. */
export interface DocumentFacts {
  readonly title: string;
  readonly creator: string;
  /** Its day; never the day on which the file was made. */
  readonly day: LocalDate;
}

/**
 * The bytes of a document, the same for the same document whenever and wherever it is made: the part with the time of making is replaced
 * by one with the document's own day, and the dates of the zip file are fixed. A later version of the package docx may write other bytes,
 * so what was signed is kept as bytes and never made anew to be compared.
 */
export async function docxBytes(document: Document, facts: DocumentFacts): Promise<Uint8Array> {
  const parts = [
    { path: 'docProps/core.xml', data: coreProperties(facts) },
    { path: 'word/fontTable.xml', data: fontTable() },
  ];
  return withFixedDates(new Uint8Array(await Packer.toArrayBuffer(document, undefined, parts)));
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

function coreProperties({ title, creator, day }: DocumentFacts): string {
  const stamp = (name: string): string => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${day}T00:00:00Z</dcterms:${name}>`;
  return `${XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(creator)}</dc:creator>${stamp('created')}${stamp('modified')}</cp:coreProperties>`;
}

function fontTable(): string {
  const fonts = alternatives.map(
    ({ name, instead }) =>
      `<w:font w:name="${escaped(name)}"><w:altName w:val="${escaped(instead.join(','))}"/><w:charset w:val="86"/></w:font>`,
  );
  return `${XML}<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${fonts.join('')}</w:fonts>`;
}

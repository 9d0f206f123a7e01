import { Document, DocumentGridType, type FileChild } from 'docx';
import { badInput } from '../domain/failure';
import type { Letter } from '../domain/paper/letter';
import { openingOf } from '../domain/paper/letter-words';
import { listsMatters, matterTable } from '../domain/paper/matter-table';
import { docxBytes } from './docx-package';
import { fonts, halfPoints, LINE, page, points } from './layout';
import { draftHeader, pageNumber, redHead, signature, titleAndAddressee } from './letter-frame';
import { imprint } from './letter-imprint';
import { fieldGrid, matterGrid } from './letter-tables';
import { line, prose } from './paragraphs';

export interface LetterDocxOptions {
  /** Who sends it, as the red head names it in full. */
  readonly office: { readonly name: string };
  /** Marks every page as a draft. A letter without a number can be nothing else. */
  readonly draft: boolean;
}

/**
 * A letter as a docx in the customary layout of GB/T 9704-2012 (numbers in layout.ts): red head, number, rule, title, addressee, text,
 * list or sheet, signature, imprint, page numbers. Same letter and options, same bytes (docx-package.ts). Text that XML cannot hold is
 * dropped. Throws badInput `letter.unsigned` when a letter without number or day is asked for as a finished one.
 */
export async function letterDocx(letter: Letter, { office, draft }: LetterDocxOptions): Promise<Uint8Array> {
  const { title, number, signedOn, asOf } = letter;
  if (!draft && (number === null || signedOn === null))
    throw badInput('letter.unsigned', `${title}尚未签发，没有文号和成文日期。`, '请先签发，或按草稿导出。');
  const headers = draft ? { headers: { default: draftHeader(), even: draftHeader() } } : {};
  const document = new Document({
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: { document: { run: { font: fonts.body, size: halfPoints(points.body), language: { value: 'en-US', eastAsia: 'zh-CN' } } } },
    },
    sections: [
      {
        // every line has its exact pitch: a grid besides would stretch the smaller lines of the tables
        properties: { page: { size: page.size, margin: page.margin }, grid: { type: DocumentGridType.DEFAULT, linePitch: LINE } },
        ...headers,
        footers: { default: pageNumber('odd'), even: pageNumber('even') },
        children: [...redHead(office.name, number), ...titleAndAddressee(letter), ...text(letter), ...signature(letter), ...foot(letter)],
      },
    ],
  });
  return docxBytes(document, { title, creator: office.name, day: signedOn ?? asOf });
}

/** From basis to contact. Of a sheet the facts stand in their cell. */
function text(letter: Letter): FileChild[] {
  const { facts, fields, matters, requirement, consequence, contact } = letter;
  const opening = openingOf(letter);
  const tables = [...(fields.length > 0 ? [fieldGrid(fields)] : []), ...(listsMatters(letter) ? [matterGrid(matterTable(matters))] : [])];
  const before = [...(opening === null ? [] : [opening]), ...(fields.length > 0 ? [] : [facts])];
  const apart = Math.round(LINE / 3);
  return [
    ...before.flatMap((words, index) =>
      prose(words, tables.length > 0 && index === before.length - 1 ? { spacing: { after: apart } } : {}),
    ),
    // two tables need a paragraph between them, or Word makes them one
    ...tables.flatMap((table, index) => (index === 0 ? [table] : [line(''), table])),
    ...prose(`${requirement}${consequence ?? ''}`, {
      keepNext: contact === null,
      ...(tables.length > 0 ? { spacing: { before: apart } } : {}),
    }),
    ...(contact === null ? [] : prose(`联系人：${contact}`, { keepNext: true })),
  ];
}

/** The imprint hangs on the paragraph after it: one that takes no room, so that the end of the text and its signature stay together. */
function foot(letter: Letter): FileChild[] {
  const paragraphs = imprint(letter);
  return paragraphs.length === 0 ? [] : [...paragraphs, line('', { spacing: { line: 20 } }, { size: 1 })];
}

import { AlignmentType, Document, DocumentGridType, type Paragraph } from 'docx';
import type { ProgressReport, ReportParagraph } from '../domain/paper/progress-report';
import { dayWords } from '../domain/paper/letter-words';
import { docxBytes } from './docx-package';
import { characters, fonts, halfPoints, LINE, page, points, textWidth, widthPoints } from './layout';
import { pageNumber } from './letter-frame';
import { line, prose } from './paragraphs';

/**
 * A report as a docx after GB/T 9704-2012: title in 小标宋 centred, 一、in 黑体, the findings in 黑体 too (they are the third level, which
 * the standard leaves to 仿宋; offices set them off), text in 仿宋 3号, signature and day to the right, page numbers. Same report, same bytes.
 */
export function reportDocx({ title, paragraphs, issuer, day }: ProgressReport): Promise<Uint8Array> {
  const right = characters(4, points.body);
  const document = new Document({
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: { document: { run: { font: fonts.body, size: halfPoints(points.body), language: { value: 'en-US', eastAsia: 'zh-CN' } } } },
    },
    sections: [
      {
        properties: { page: { size: page.size, margin: page.margin }, grid: { type: DocumentGridType.DEFAULT, linePitch: LINE } },
        footers: { default: pageNumber('odd'), even: pageNumber('even') },
        children: [
          line(
            title,
            {
              alignment: AlignmentType.CENTER,
              keepNext: true,
              spacing: { before: LINE, after: LINE, line: 33 * 20 },
              indent: evenLines(title),
            },
            { font: fonts.title, size: points.title },
          ),
          ...paragraphs.flatMap(paragraph),
          line(issuer, { alignment: AlignmentType.RIGHT, indent: { right }, keepNext: true, spacing: { before: LINE } }),
          line(dayWords(day), { alignment: AlignmentType.RIGHT, indent: { right } }),
        ],
      },
    ],
  });
  return docxBytes(document, { title, creator: issuer, day });
}

/** A title that needs several lines is set in, so that none is left with a character or two. */
function evenLines(title: string): { readonly left: number; readonly right: number } {
  const width = widthPoints(title, points.title) * 20;
  const lines = Math.ceil(width / textWidth);
  const room = lines === 1 ? textWidth : Math.ceil(width / lines) + characters(1, points.title);
  const side = Math.max(0, Math.floor((textWidth - room) / 2));
  return { left: side, right: side };
}

function paragraph({ style, text }: ReportParagraph): Paragraph[] {
  if (style === 'body') return prose(text);
  return [
    line(text, { alignment: AlignmentType.LEFT, indent: { firstLine: characters(2, points.body) }, keepNext: true }, { font: fonts.bold }),
  ];
}

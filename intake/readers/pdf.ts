import { pdfErrors, pdfPages } from './pdf-pages';
import { isGarbled } from './pdf-characters';
import { linesOf } from './pdf-lines';
import { paragraphsOfPages } from './pdf-paragraphs';
import type { DocumentReader } from './reader';

/**
 * A pdf with text: columns one after another, running heads, feet and page numbers left out, broken lines joined to paragraphs;
 * every line knows its page (`第3页`). Throws badInput pdfBroken, pdfProtected, documentTooComplex, scanWithoutText, pdfGarbled.
 */
export const pdfReader: DocumentReader = {
  format: 'pdf',
  async read(bytes, file) {
    const pages = await pdfPages(bytes, file);
    const lines = paragraphsOfPages(pages.map((page) => linesOf(page)));
    const text = lines.map((line) => line.text).join('\n');
    if (isGarbled(text)) throw pdfErrors(file).isGarbled();
    return { text, encoding: 'utf-8', places: lines.map(({ page }) => `第${page}页`) };
  },
};

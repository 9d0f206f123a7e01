import { DocxBody } from './docx-body';
import { DocxLabels } from './docx-labels';
import { DocxNumbering } from './docx-numbering';
import { docxErrors, docxParts, walkXml } from './docx-package';
import { DocxStyles } from './docx-styles';
import type { DocumentReader } from './reader';
import type { Block, TextLine } from './table';
import { textOfBlocks } from './table-text';

/**
 * A Word document (docx, docm): paragraphs (`第3段`) with the numbers that Word shows before them, tables row by row (`表1第2行`), text
 * boxes behind the paragraph they hang on, notes at the end. Tracked changes are taken as accepted; hidden text, comments, headers,
 * footers and tables of contents are not read. Throws badInput docxBroken, docxProtected, documentTooComplex.
 */
export const docxReader: DocumentReader = {
  format: 'docx',
  read(bytes, file) {
    const errors = docxErrors(file);
    const parts = docxParts(bytes, errors);
    const styles = new DocxStyles(parts.styles, errors);
    const numbering = new DocxNumbering(parts.numbering, errors);
    const walk = (xml: string | null, heedsFields: boolean): DocxBody => {
      const body = new DocxBody({ labels: new DocxLabels(numbering, styles), styles, heedsFields });
      if (xml !== null) walkXml(xml, body, errors);
      return body;
    };
    const first = walk(parts.document, true);
    const body = first.hasOpenField ? walk(parts.document, false) : first;
    const notes = {
      footnote: { name: '脚注', blocks: walk(parts.footnotes, true).notes },
      endnote: { name: '尾注', blocks: walk(parts.endnotes, true).notes },
    };
    const behind = body.references.flatMap(({ kind, id }, index): Block[] => {
      const { name, blocks } = notes[kind];
      return (blocks.get(id) ?? []).map((block, at) => (block.kind === 'line' ? noteLine(block, { name, number: index + 1, at }) : block));
    });
    return { encoding: 'utf-8', ...textOfBlocks([...body.blocks, ...behind], errors.tooLarge) };
  },
};

const noteLine = ({ text }: TextLine, { name, number, at }: { name: string; number: number; at: number }): TextLine => ({
  kind: 'line',
  text: at === 0 ? `注${number}：${text.trim()}` : text,
  place: `${name}${number}`,
});

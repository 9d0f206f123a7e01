import iconv from 'iconv-lite';

/** A piece of text on a page of a test's pdf, in points from the lower left corner. */
export interface Placed {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
}

const font = [
  '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /GBK-EUC-H /DescendantFonts [4 0 R] >>',
  '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /W [1 95 500] /FontDescriptor 5 0 R >>',
  '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 90 >>',
];

const contentOf = (pieces: readonly Placed[]): string =>
  pieces
    .map(({ text, x, y, size = 12 }) => `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm <${iconv.encode(text, 'gbk').toString('hex')}> Tj ET`)
    .join('\n');

/** A pdf with a font that is not embedded and is written in GBK, as older programs of offices make them. A4, 595 × 842 points. */
export function pdfOf(pages: readonly (readonly Placed[])[], { extra = '', trailer = '' } = {}): Buffer {
  const kids = pages.map((_, index) => `${6 + index * 2} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    ...font,
    ...pages.flatMap((pieces, index) => {
      const content = contentOf(pieces) + extra;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${7 + index * 2} 0 R >>`,
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const end = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + end, 'latin1');
}

/** Paragraphs set as a page of prose: broken at the width, first lines indented by two letters. Gives the pages. */
export function typeset(paragraphs: readonly string[], { width = 36, lines = 30, x = 80, top = 760 } = {}): Placed[][] {
  const rows = paragraphs.flatMap((paragraph) => {
    const first = paragraph.slice(0, width - 2);
    const rest = paragraph.slice(width - 2).match(new RegExp(`.{1,${width}}`, 'gsu')) ?? [];
    return [{ text: first, indent: 24 }, ...rest.map((text) => ({ text, indent: 0 }))];
  });
  return Array.from({ length: Math.ceil(rows.length / lines) }, (_, page) =>
    rows.slice(page * lines, (page + 1) * lines).map(({ text, indent }, row) => ({ text, x: x + indent, y: top - row * 20 })),
  );
}

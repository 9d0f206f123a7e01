import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import iconv from 'iconv-lite';
import writeWorkbook from 'write-excel-file/node';
import { formatCsv } from '../../../intake/csv';
import { docxEntries, p } from '../docx-file';
import { pdfOf } from '../pdf-file';
import { zipOf } from '../directory-workbook';
import { mutated, mutatedBytes, type Dice } from './mutate';

const folder = path.join(__dirname, '..');
const partsOf = (name: string): string[] =>
  readdirSync(path.join(folder, name)).map((file) => readFileSync(path.join(folder, name, file), 'utf8').split('====\n')[0] ?? '');
const seeds = path.join(folder, '../../../shared/seeds');

/** Texts to begin with: the sample, the shapes, and real documents where they are. */
const texts = [
  readFileSync(path.join(folder, '../../samples/report.txt'), 'utf8'),
  ...partsOf('shapes'),
  ...(existsSync(seeds) ? readdirSync(seeds).map((file) => readFileSync(path.join(seeds, file), 'utf8')) : []),
];
const grids = partsOf('ledgers').map((text) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t')),
);

const escape = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\uD800-\uDFFF\uFFFE\uFFFF]/g, '');
const asHtml = (text: string): string =>
  `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>${text
    .split('\n')
    .map((line) => `<p>${line}</p>`)
    .join('')}</body></html>`;
const htmlTable = (grid: readonly (readonly string[])[]): string =>
  `<!DOCTYPE html><html><body><table>${grid.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table></body></html>`;
const docxOf = (text: string, dice: Dice): Buffer => {
  const entries = docxEntries(
    text
      .split('\n')
      .map((line) => p(escape(line)))
      .join(''),
  );
  // the XML itself is damaged now and then
  return zipOf(
    dice.below(3) === 0
      ? entries.map((entry) => (entry.name === 'word/document.xml' ? { ...entry, text: mutated(entry.text, dice) } : entry))
      : entries,
  );
};

const linesOnPage = 40;
const pdfOfText = (text: string): Buffer => {
  const lines = text.slice(0, 8_000).split('\n').slice(0, 200);
  const pages = Array.from({ length: Math.max(1, Math.ceil(lines.length / linesOnPage)) }, (_, page) =>
    lines
      .slice(page * linesOnPage, (page + 1) * linesOnPage)
      .map((line, index) => ({ text: line.slice(0, 40), x: 60, y: 800 - index * 18 })),
  );
  return pdfOf(pages);
};

/** A document to read, made by mutation. Most are texts and pages, some workbooks and Word files; a few have damaged bytes. */
export async function documentOf(dice: Dice): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const kind = dice.below(100);
  const text = mutated(dice.pick(texts.length > 5 && dice.below(8) > 0 ? texts.filter(({ length }) => length < 6_000) : texts), dice);
  // each needs a thread of its own
  if (dice.below(200) === 0) return { name: 'a.pdf', bytes: mutatedBytes(pdfOfText(text), dice) };
  const grid = dice.pick(grids).map((row) => row.map((cell) => (dice.below(12) === 0 ? mutated(cell, dice).slice(0, 400) : cell)));
  if (kind < 50) return { name: 'a.txt', bytes: Buffer.from(text) };
  if (kind < 55) return { name: 'a.txt', bytes: iconv.encode(text, dice.pick(['gb18030', 'utf-16le'])) };
  if (kind < 60) return { name: 'a.txt', bytes: mutatedBytes(Buffer.from(text), dice) };
  if (kind < 72) return { name: 'a.html', bytes: Buffer.from(mutated(asHtml(text), dice)) };
  if (kind < 78) return { name: 'a.html', bytes: Buffer.from(mutated(htmlTable(grid), dice)) };
  if (kind < 84) return { name: 'a.csv', bytes: Buffer.from(dice.below(2) === 0 ? mutated(formatCsv(grid), dice) : formatCsv(grid)) };
  if (kind < 88) return { name: 'a.txt', bytes: Buffer.from(mutated(grid.map((row) => row.join('\t')).join('\n'), dice)) };
  if (kind < 95) {
    const bytes = docxOf(text, dice);
    return { name: 'a.docx', bytes: dice.below(4) === 0 ? mutatedBytes(bytes, dice) : bytes };
  }
  const data = grid.map((row) => row.map((cell) => (cell === '' ? null : { value: cell, type: String })));
  const bytes = await writeWorkbook([{ sheet: '台账', data }], {}).toBuffer();
  return { name: 'a.xlsx', bytes: dice.below(3) === 0 ? mutatedBytes(Buffer.from(bytes), dice) : Buffer.from(bytes) };
}

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import writeWorkbook from 'write-excel-file/node';
import { formatCsv } from '../../intake/csv';
import { draftSchema, readDocument, type DraftLedger } from '../../intake';
import { docxOf, p } from './docx-file';

/** Ledgers of our own, cells parted by tabs; behind ==== what a careful person would write down, one issue a line. */
const folder = path.join(__dirname, 'ledgers');
const work = mkdtempSync(path.join(tmpdir(), 'ledgers-'));
afterAll(() => {
  rmSync(work, { recursive: true });
});

type Grid = readonly (readonly string[])[];

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const width = (grid: Grid): number => Math.max(...grid.map((row) => row.length));
const padded = (grid: Grid): string[][] => grid.map((row) => [...row, ...Array<string>(width(grid) - row.length).fill('')]);

/** A row of one cell spans the table, as offices draw it. */
function html(grid: Grid): string {
  const rows = grid.map((row) =>
    row.length === 1
      ? `<tr><td colspan="${width(grid)}">${escape(row[0] ?? '')}</td></tr>`
      : `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`,
  );
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>台账</title></head><body><table>${rows.join('')}</table></body></html>`;
}

/** Blank cells below a filled one of the first three columns are merged with it, as Word does it. */
function docx(grid: Grid): Buffer {
  const cell = (text: string, more = ''): string => `<w:tc><w:tcPr>${more}</w:tcPr>${p(escape(text))}</w:tc>`;
  const merges = (row: number, column: number): string => {
    const [own = '', below] = [grid[row]?.[column], grid[row + 1]?.[column]];
    if (column > 2 || row < 2) return '';
    if (own === '') return '<w:vMerge/>';
    return below === '' ? '<w:vMerge w:val="restart"/>' : '';
  };
  const rows = grid.map((row, at) =>
    row.length === 1
      ? cell(row[0] ?? '', `<w:gridSpan w:val="${width(grid)}"/>`)
      : row.map((text, column) => cell(text, merges(at, column))).join(''),
  );
  return docxOf(`<w:tbl>${rows.map((row) => `<w:tr>${row}</w:tr>`).join('')}</w:tbl>`);
}

const formats: Readonly<Record<string, (grid: Grid) => Promise<Buffer> | Buffer>> = {
  txt: (grid) => Buffer.from(grid.map((row) => row.join('\t')).join('\r\n')),
  csv: (grid) => Buffer.from(formatCsv(padded(grid))),
  xlsx: (grid) =>
    writeWorkbook(
      [{ sheet: '台账', data: padded(grid).map((row) => row.map((value) => (value === '' ? null : { value, type: String }))) }],
      {},
    ).toBuffer(),
  html: (grid) => Buffer.from(html(grid)),
  docx,
};

const labelsOf = ({ issues }: DraftLedger): string[] =>
  issues.map(({ label, title, aspectNo, categoryNo, status, deadline, measures, parties }) =>
    [
      label,
      title,
      `${aspectNo ?? '-'}.${categoryNo ?? '-'}`,
      status?.value ?? '-',
      `${deadline?.raw ?? '-'} → ${deadline?.due ?? '-'}`,
      measures.length,
      parties.leadLeader ?? '-',
      parties.responsibleUnit ?? '-',
      parties.coUnits.join('+') || '-',
    ].join(' | '),
  );

describe.each(readdirSync(folder))('%s', (file) => {
  const [text = '', expected = ''] = readFileSync(path.join(folder, file), 'utf8').split('\n====\n');
  const grid = text.split('\n').map((line) => line.split('\t'));

  test.each(Object.entries(formats))('as %s', async (format, write) => {
    const target = path.join(work, `${file}.${format}`);
    writeFileSync(target, await write(grid));
    const draft = await readDocument(target);
    expect(draftSchema.parse(draft)).toEqual(draft);
    expect(labelsOf(draft)).toEqual(expected.split('\n').filter((row) => row !== ''));
    expect([draft.docType, draft.source.format]).toEqual(['ledger', format]);
    expect(draft.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import writeWorkbook from 'write-excel-file/node';
import { formatTable, surfaceOf } from '../cli/table';
import { readDocument } from '../intake';
import { formatCsv } from '../intake/csv';
import { docxOf, p } from '../test/intake/docx-file';
import { pdfOf } from '../test/intake/pdf-file';
import { machine } from './measure';

// npm run bench:intake [-- --json]: ten times the input takes how many times as long, form by form. Each side is the best of its runs.

const SMALL = 500;
const TIMES = 10;
const RUNS = 3;

const finding = (index: number): string[] => [
  `${index + 1}.第${index + 1}项资金管理不规范`,
  `整改情况：一是修订办法，明确${index}项流程。二是收回资金${index + 1}.5万元，对2人谈话提醒。三是2024年6月底前建立台账。已完成整改。`,
];
const lines = (count: number): string[] => [
  '中共云溪县农业局党组关于巡察整改进展情况的通报',
  '2024年3月4日至4月30日，县委第二巡察组对县农业局党组开展了巡察。6月12日反馈了巡察意见。',
  '一、资金管理方面',
  ...Array.from({ length: count }, (_, index) => finding(index)).flat(),
];
const grid = (count: number): string[][] => [
  ['序号', '反馈问题', '整改措施', '责任单位', '整改时限', '整改情况', '是否完成'],
  ...Array.from({ length: count }, (_, index) => [
    ...[
      String(index + 1),
      `第${index + 1}项资金管理不规范`,
      '一是修订办法；二是收回资金',
      '财务股',
      '2024年6月底前',
      `收回${index + 1}.5万元`,
      '是',
    ],
  ]),
];
const xlsxOf = (rows: string[][]): Promise<Buffer> =>
  writeWorkbook([{ sheet: '台账', data: rows.map((row) => row.map((value) => ({ value, type: String }))) }], {}).toBuffer();
const linesOnPage = 40;
const pdfOfLines = (all: string[]): Buffer =>
  pdfOf(
    Array.from({ length: Math.ceil(all.length / linesOnPage) }, (_, page) =>
      all
        .slice(page * linesOnPage, (page + 1) * linesOnPage)
        .map((line, index) => ({ text: line.slice(0, 40), x: 60, y: 800 - index * 18 })),
    ),
  );

const forms: readonly (readonly [name: string, of: (count: number) => Buffer | Promise<Buffer>])[] = [
  ['list.txt', (count) => Buffer.from(lines(count).join('\n'))],
  ['one-paragraph.txt', (count) => Buffer.from(lines(count).join(''))],
  ['brackets.txt', (count) => Buffer.from('（“'.repeat(count * 100))],
  ['numbers.txt', (count) => Buffer.from('1.不到位\n（1）不规范\n①一是'.repeat(count * 4))],
  [
    'page.html',
    (count) =>
      Buffer.from(
        `<!DOCTYPE html><html><body>${lines(count)
          .map((line) => `<p>${line}</p>`)
          .join('')}</body></html>`,
      ),
  ],
  ['nested.html', (count) => Buffer.from(`<!DOCTYPE html><html><body>${'<div>'.repeat(count)}${lines(count).join('<br>')}</body></html>`)],
  [
    'report.docx',
    (count) =>
      docxOf(
        lines(count)
          .map((line) => p(line))
          .join(''),
      ),
  ],
  ['report.pdf', (count) => pdfOfLines(lines(count))],
  ['ledger.csv', (count) => Buffer.from(formatCsv(grid(count)))],
  ['ledger.xlsx', (count) => xlsxOf(grid(count))],
];

async function best(file: string): Promise<number> {
  let least = Infinity;
  for (let run = 0; run < RUNS; run += 1) {
    const started = performance.now();
    await readDocument(file).catch(() => null);
    least = Math.min(least, performance.now() - started);
  }
  return least;
}

async function main(): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), 'bench-intake-'));
  const results: { name: string; smallMs: number; largeMs: number; bytes: number; times: number; ratio: number }[] = [];
  try {
    for (const [name, of] of forms) {
      const small = path.join(work, `s-${name}`);
      const large = path.join(work, `l-${name}`);
      writeFileSync(small, await of(SMALL));
      const bytes = await of(SMALL * TIMES);
      writeFileSync(large, bytes);
      await readDocument(small).catch(() => null); // warm
      const [smallMs, largeMs] = [await best(small), await best(large)];
      results.push({ name, smallMs, largeMs, bytes: bytes.length, times: TIMES, ratio: largeMs / smallMs });
    }
  } finally {
    rmSync(work, { recursive: true });
  }
  if (process.argv.includes('--json'))
    process.stdout.write(`${JSON.stringify({ schema: 'zhenggai.benchIntake/1', machine: machine(), results })}\n`);
  else
    process.stdout.write(
      `${formatTable(
        [
          { title: 'form' },
          { title: 'ms', align: 'right' },
          { title: `ms, ${TIMES} times the input`, align: 'right' },
          { title: 'ratio', align: 'right' },
        ],
        results.map(({ name, smallMs, largeMs, ratio }) => [name, Math.round(smallMs), Math.round(largeMs), ratio.toFixed(1)]),
        surfaceOf(process.stdout),
      )}\n`,
    );
}

void main();

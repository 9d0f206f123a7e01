import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import iconv from 'iconv-lite';
import writeWorkbook from 'write-excel-file/node';
import { readDocument, type DraftLedger } from '../../intake';
import { workbookParts, zipOf } from './directory-workbook';
import { read, report } from './support';

const work = mkdtempSync(path.join(tmpdir(), 'ledger-files-'));
afterAll(() => {
  rmSync(work, { recursive: true });
});

async function readFile(name: string, bytes: Buffer | string): Promise<DraftLedger> {
  const target = path.join(work, name);
  writeFileSync(target, bytes);
  return readDocument(target);
}

type Value = string | number | Date;
const cellOf = (value: Value) => {
  if (value === '') return null;
  if (value instanceof Date) return { value, type: Date, format: 'yyyy/m/d' };
  return typeof value === 'number' ? { value, type: Number } : { value, type: String };
};
const workbook = (sheets: Readonly<Record<string, readonly (readonly Value[])[]>>): Promise<Buffer> =>
  writeWorkbook(
    Object.entries(sheets).map(([sheet, rows]) => ({ sheet, data: rows.map((row) => row.map(cellOf)) })),
    {},
  ).toBuffer();

const codes = ({ findings }: DraftLedger): string[] => findings.map(({ code }) => code);

describe('workbooks', () => {
  test('three lists of the same findings are one ledger; a cover is said to be none', async () => {
    const draft = await readFile(
      'three.xlsx',
      await workbook({
        封面: [['柳河区巡察整改台账'], ['2025年']],
        问题清单: [
          ['序号', '问题', '责任单位'],
          [1, '公车管理混乱', '办公室'],
          [2, '账实不符', '财务科'],
        ],
        任务清单: [
          ['序号', '问题', '整改措施', '整改时限'],
          [1, '公车管理混乱', '统一派车', new Date('2025-03-31T00:00:00Z')],
          [2, '账实不符', '清产核资', 45838],
        ],
        责任清单: [
          ['序号', '问题', '责任领导', '完成情况'],
          [1, '公车管理混乱', '张伟', '已完成'],
          [2, '账实不符', '李静', '正在整改'],
        ],
      }),
    );
    expect(
      draft.issues.map(({ title, deadline, status, parties }) => [
        title,
        deadline?.due,
        status?.value,
        parties.leadLeader,
        parties.responsibleUnit,
      ]),
    ).toEqual([
      ['公车管理混乱', '2025-03-31', 'completed', '张伟', '办公室'],
      ['账实不符', '2025-06-30', 'in_progress', '李静', '财务科'],
    ]);
    expect(draft.issues.map(({ line, endLine }) => [line, endLine, draft.places?.[line - 1]])).toEqual([
      [4, 4, '问题清单!第2行'],
      [5, 5, '问题清单!第3行'],
    ]);
    expect(codes(draft)).toContain('sheetsIgnored');
  });

  test('formulas are read by their last result, failed ones as blank, hidden rows are said', async () => {
    const text = (name: string, value: string): string => `<c r="${name}" t="inlineStr"><is><t>${value}</t></is></c>`;
    const rows = [
      `<row r="1">${text('A1', '序号')}${text('B1', '反馈问题')}${text('C1', '整改时限')}${text('D1', '责任单位')}</row>`,
      `<row r="2" hidden="1"><c r="A2"><f>ROW()-1</f><v>1</v></c>${text('B2', '公章管理不严')}<c r="C2" t="e"><f>NA()</f><v>#N/A</v></c>${text('D2', '办公室')}</row>`,
    ].join('');
    const draft = await readFile('formulas.xlsx', zipOf(workbookParts({ 台账: rows })));
    expect(draft.issues.map(({ label, title, deadline }) => [label, title, deadline])).toEqual([['1', '公章管理不严', null]]);
    expect(codes(draft)).toEqual(expect.arrayContaining(['formulas', 'formulaError', 'hiddenRows']));
    expect(draft.findings.find(({ code }) => code === 'formulaError')?.message).toContain('C2');
  });
});

describe('csv', () => {
  test('a formula is text; a line break within quotes stays in its cell', async () => {
    const draft = await readFile(
      'ledger.csv',
      '序号,反馈问题,整改措施,责任单位\r\n1,"=HYPERLINK(""http://a.example"",""x"")","1.建制度\n2.抓落实",办公室\r\n',
    );
    expect(draft.issues.map(({ title, measures, line }) => [title, measures.map(({ text }) => text), line])).toEqual([
      ['=HYPERLINK("http://a.example","x")', ['建制度', '抓落实'], 2],
    ]);
  });

  test('in GB18030; open quotes are refused', async () => {
    const bytes = iconv.encode('序号,反馈问题,责任单位\n1,账实不符,财务科\n', 'gb18030');
    const draft = await readFile('gb.csv', bytes);
    expect([draft.source.format, draft.source.encoding, draft.issues.map(({ title }) => title)]).toEqual(['csv', 'gb18030', ['账实不符']]);
    await expect(readFile('open.csv', '序号,反馈问题,责任单位\n1,"账实不符,财务科\n')).rejects.toMatchObject({
      failure: { code: 'csv.quotes' },
    });
  });

  test('prose with commas is no table', () => {
    const draft = read(report('1.问题整改,责任单位,整改时限不明\n整改情况：已明确责任单位,整改时限.'));
    expect([draft.docType, draft.issues.length]).toEqual(['rectification_report', 1]);
  });
});

describe('documents', () => {
  const page = (body: string): string => `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>${body}</body></html>`;
  const table = (rows: readonly (readonly string[])[]): string =>
    `<table>${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`;

  test('a form a finding: labels with their values to the right', async () => {
    const form = (number: string, title: string, unit: string, state: string): string =>
      table([
        ['问题编号', number, '责任单位', unit],
        ['反馈问题', title],
        ['整改措施', '一是修订办法；二是全面自查；三是追缴。'],
        ['整改情况', '已追缴2.3万元，诫勉谈话1人。'],
        ['整改时限', '2024年6月底', '整改状态', state],
      ]);
    const draft = await readFile(
      'forms.html',
      page(form('3', '公务接待超标准', '财务科', '已完成') + form('4', '考勤制度空转', '人事科', '未完成')),
    );
    expect(
      draft.issues.map(({ label, title, status, parties, measures }) => [
        label,
        title,
        status?.value,
        parties.responsibleUnit,
        measures.length,
      ]),
    ).toEqual([
      ['3', '公务接待超标准', 'completed', '财务科', 3],
      ['4', '考勤制度空转', 'not_completed', '人事科', 3],
    ]);
  });

  test('a report with its findings in prose and again in a table opens one account', async () => {
    const prose = [
      '一、巡察反馈问题整改情况',
      '1.公章管理不严',
      '整改情况：指定专人保管。该问题已完成整改。',
      '2.账实不符',
      '整改情况：正在整改。',
    ]
      .map((line) => `<p>${line}</p>`)
      .join('');
    const list = table([
      ['序号', '反馈问题', '责任单位'],
      ['1', '公章管理不严', '办公室'],
      ['2', '账实不符', '财务科'],
    ]);
    const draft = await readFile('both.html', page(`<p>中共云溪县委农办关于巡察整改情况的通报</p>${prose}${list}`));
    expect(draft.issues.map(({ title, status }) => [title, status?.value])).toEqual([
      ['公章管理不严', 'completed'],
      ['账实不符', 'in_progress'],
    ]);
    expect(codes(draft)).toContain('tableIgnored');
  });

  test('a table of figures is no ledger', async () => {
    const figures = table([
      ['单位', '反馈问题', '已完成', '完成率'],
      ['甲镇', '12', '10', '83%'],
      ['乙镇', '9', '9', '100%'],
    ]);
    const draft = await readFile('figures.html', page(`<p>全县巡察整改情况统计</p>${figures}`));
    expect([draft.issues, codes(draft)]).toEqual([[], ['noFindings']]);
  });
});

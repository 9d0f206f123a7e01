import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { ZhenggaiError, type Failure } from '../../domain/failure';
import { localDate } from '../../domain/time';
import { readDirectoryCsv, type DirectoryDraft } from '../../intake/directory-csv';
import { readDirectoryFile } from '../../intake/directory-file';
import { writeDirectoryXlsx } from '../../intake/directory-xlsx';
import { cellName, placeOf } from '../../intake/sheet-place';
import { rowsXml, workbookParts, zipOf, type Entry } from './directory-workbook';

const asOf = localDate('2026-09-15');
const sample = readFileSync(join(__dirname, '../../samples/directory.csv'));
const header = ['单位', '上级单位', '单位类别', '姓名', '角色', '职务', '邮箱', '任职起', '任职止', '代理人', '代理起', '代理止'];
const office = ['卫健局', '', '被巡察单位', '骆青山', '第一责任人', '局长', 'luo@linjiang.example'];

type Cells = Parameters<typeof rowsXml>[0];
const workbook = (sheets: Readonly<Record<string, Cells>>): Buffer =>
  zipOf(workbookParts(Object.fromEntries(Object.entries(sheets).map(([name, rows]) => [name, rowsXml(rows)]))));
const read = (bytes: Uint8Array): Promise<DirectoryDraft> => readDirectoryFile(bytes, { asOf });

async function failureOf(reading: Promise<unknown>): Promise<Failure> {
  const error: unknown = await reading.then(
    () => new Error('nothing was refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof ZhenggaiError && error.kind === 'badInput') return error.failure;
  throw error;
}

const mistakes = async (bytes: Uint8Array): Promise<string[]> => {
  const { code, what } = await failureOf(read(bytes));
  expect(code).toBe('directory.rows');
  return what.split('\n').slice(1);
};

describe('a CSV', () => {
  it.each([
    ['UTF-8', sample],
    ['GB18030', iconv.encode(sample.toString('utf8'), 'gb18030')],
  ])('in %s is known by its bytes', async (_, bytes) => {
    expect(await read(bytes)).toEqual(readDirectoryCsv(sample, { asOf }));
  });
});

describe('a workbook', () => {
  it('holds the same as a CSV, with the same ids', async () => {
    const directory = readDirectoryCsv(sample, { asOf });
    expect(await read(await writeDirectoryXlsx(directory))).toEqual(directory);
  });

  it('dates as dates and as text, numbers, padded and rich text, a formula with its result', async () => {
    const { persons, posts } = await read(
      workbook({
        Sheet1: [
          header,
          office,
          [
            '卫健局',
            '',
            '',
            { xml: '<c r="$" t="inlineStr"><is><r><t>张</t></r><r><t>　伟</t></r></is></c>' },
            '整改办、联络员',
            { xml: '<c r="$"><v>2026</v></c>' },
            { xml: '<c r="$" t="str"><f>LOWER("ZW@LINJIANG.EXAMPLE")</f><v>zw@linjiang.example</v></c>' },
            45_870,
            '2027年12月31日',
          ],
        ],
      }),
    );
    expect(persons[1]).toMatchObject({ name: '张伟', email: 'zw@linjiang.example' });
    expect(posts.slice(1)).toMatchObject([
      { role: 'rectificationOffice', title: '2026', from: '2025-08-01', to: '2027-12-31' },
      { role: 'liaison', title: '2026', from: '2025-08-01', to: '2027-12-31' },
    ]);
  });

  it.each([
    ['the sheet 人员', { 说明: [['填表说明']], 人员: [header, office] }],
    ['the first sheet, when none is called so', { 表一: [header, office], 表二: [['别的']] }],
    ['the first sheet that is not 代理', { 代理: [['姓名', '代理人']], 表二: [header, office] }],
  ])('is read from %s', async (_, sheets) => {
    expect((await read(workbook(sheets))).posts).toMatchObject([{ role: 'firstResponsible', title: '局长' }]);
  });

  it('says the cell beside row and column, in whatever order the columns stand', async () => {
    const bytes = workbook({
      人员: [
        ['临江区卫健局人员表'],
        ['序号', '姓名', '单位', '单位类别', '角色'],
        ['1', '骆青山', '卫健局', '被巡察单位', '局长'],
        [],
        ['2', '', '卫健局', '', '整改办'],
      ],
    });
    expect(await mistakes(bytes)).toEqual([
      expect.stringMatching(/^第3行“角色”（E3）：没有“局长”这个角色/),
      '第5行“姓名”（B5）：没有填写。',
    ] as string[]);
  });

  it('a column that is not there has no cell', async () => {
    const rows = [
      ['单位', '单位类别', '姓名', '角色'],
      ['卫健局', '被巡察单位', '骆青山', '第一责任人'],
      ['科室', '责任单位'],
      ['科室', '责任单位', '王一', '责任单位负责人'],
      ['科室', '', '李二', '责任单位负责人'],
    ];
    expect(await mistakes(workbook({ 人员: rows }))).toEqual([
      expect.stringContaining('第5行“角色”（D5）：“科室”同时有两个现任') as string,
    ]);
    const [top = [], ...rest] = rows;
    expect(await mistakes(workbook({ 人员: [top, ...rest.slice(0, 1), ['乙', '甲', '王一', '责任人']] }))).toEqual([
      expect.stringContaining('第3行“单位类别”（B3）：没有“甲”这个类别') as string,
      '第3行“单位类别”（B3）：“乙”没有填写类别。',
    ]);
  });

  it('empty cells far out cost nothing', async () => {
    const far = `${rowsXml([header, office])}<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576"/></row>`;
    expect((await read(zipOf(workbookParts({ 人员: far })))).posts).toHaveLength(1);
  });
});

it.each([
  ['A1', 1, 1],
  ['Z9', 9, 26],
  ['AA10', 10, 27],
  ['ZZ1', 1, 702],
  ['XFD1048576', 1_048_576, 16_384],
])('cell %s stands in row %i, column %i', (name, row, column) => {
  expect(cellName(row, column)).toBe(name);
  expect(placeOf(name)).toEqual({ row, column });
});

describe('what is no table', () => {
  const rows = rowsXml([header, office]);
  const good = workbookParts({ 人员: rows });
  const withCell = (xml: string): Entry[] => workbookParts({ 人员: `${rows}${xml}` });
  const bomb = Buffer.alloc(70 * 1024 * 1024, 'a');
  const ole = Buffer.from('d0cf11e0a1b11ae1', 'hex');

  it.each<[string, Buffer, string]>([
    ['nothing', Buffer.alloc(0), 'sheet.empty'],
    ['blank lines', Buffer.from('\uFEFF\r\n , \r\n'), 'sheet.empty'],
    ['a workbook without a cell', workbook({ 人员: [] }), 'sheet.empty'],
    ['an xls', Buffer.concat([ole, Buffer.alloc(600)]), 'sheet.oldFormat'],
    ['a workbook with a password', Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(600)]), 'sheet.protected'],
    ['a zip with a password', zipOf(good.map((entry) => ({ ...entry, flags: 1 }))), 'sheet.protected'],
    ['a Word document', zipOf([{ name: 'word/document.xml', text: '<w/>' }]), 'sheet.format'],
    ['a PDF', Buffer.from('%PDF-1.7'), 'sheet.format'],
    ['a web page that calls itself xls', Buffer.from('<html><table><tr><td>单位</td></tr></table></html>'), 'sheet.format'],
    ['half a workbook', zipOf(good).subarray(0, 900), 'sheet.unreadable'],
    ['a workbook without its list of sheets', zipOf(good.slice(1)), 'sheet.unreadable'],
    ['a cell that points to no text', zipOf(withCell('<row r="3"><c r="A3" t="s"><v>7</v></c></row>')), 'sheet.unreadable'],
    ['a packing that nobody knows', zipOf(good.map((entry) => ({ ...entry, method: 99 }))), 'sheet.unreadable'],
    ['a zip that says it is smaller than it is', zipOf([...good, { name: 'xl/x.xml', text: bomb, claims: 10 }]), 'sheet.unreadable'],
    ['a zip that says it is larger than it is', zipOf([...good, { name: 'xl/x.xml', text: 'a', claims: 10 }]), 'sheet.unreadable'],
    ['a zip that unpacks to more than 64 MB', zipOf([...good, { name: 'xl/x.xml', text: bomb }]), 'sheet.tooLarge'],
    ['a zip that says it unpacks to 4 GB', zipOf([...good, { name: 'xl/x.xml', text: 'a', claims: 2 ** 32 - 1 }]), 'sheet.tooLarge'],
    ['more than 10 MB', Buffer.alloc(10 * 1024 * 1024 + 1, 'a'), 'sheet.tooLarge'],
    ['a cell below row 20,000', zipOf(withCell('<row r="20001"><c r="A20001"><v>1</v></c></row>')), 'sheet.tooLarge'],
    ['a cell right of column 256', zipOf(withCell("<row r='3'><c r='IW3'><v>1</v></c></row>")), 'sheet.tooLarge'],
    ['a row beyond all rows', zipOf(withCell('<row r="9999999"/>')), 'sheet.unreadable'],
    ['a cell whose name is written in references', zipOf(withCell('<row><c r="&#88;FD1048576"><v>1</v></c></row>')), 'sheet.unreadable'],
    ['a cell that only looks empty', zipOf(withCell('<row r="3"><c r="XFD3" x="/><q"><v>1</v></c></row>')), 'sheet.unreadable'],
    [
      'a formula that failed',
      workbook({ 人员: [header, [...office, { xml: '<c r="$" t="e"><f>1/0</f><v>#DIV/0!</v></c>' }]] }),
      'sheet.formulaError',
    ],
    ['another header', workbook({ 人员: [['姓名', '电话']] }), 'directory.header'],
  ])('%s is refused', async (_, bytes, code) => {
    const failure = await failureOf(read(bytes));
    expect(failure.code).toBe(code);
    expect(failure.what).toMatch(/。$/);
    expect(failure.todo).toMatch(/^(?:请|表头请用).+[。止]$/);
  });

  it('a caller who knows better decides', async () => {
    expect((await failureOf(readDirectoryFile(zipOf(good), { asOf, format: 'csv' }))).code).toMatch(/^(?:csv|directory)\./);
    expect((await failureOf(readDirectoryFile(sample, { asOf, format: 'xlsx' }))).code).toBe('sheet.unreadable');
  });

  it('whatever happens to the bytes of a workbook, it is read or refused', async () => {
    const bytes = await writeDirectoryXlsx(readDirectoryCsv(sample, { asOf }));
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(bytes.length), async (changes, cut) => {
        const copy = Buffer.from(bytes);
        for (const [index, value] of changes) copy[index] = value;
        const damaged = cut % 4 === 0 ? copy.subarray(0, cut) : copy;
        await read(damaged).catch((error: unknown) => {
          if (!(error instanceof ZhenggaiError)) throw error;
        });
      }),
      { numRuns: 200 },
    );
  });
});

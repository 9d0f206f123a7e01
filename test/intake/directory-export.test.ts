import fc from 'fast-check';
import readWorkbook from 'read-excel-file/node';
import type { Directory } from '../../domain/directory';
import { ZhenggaiError } from '../../domain/failure';
import { roles, type Role } from '../../domain/roles';
import { localDate } from '../../domain/time';
import { formatCsv, parseCsv } from '../../intake/csv';
import { readDirectoryCsv, writeDirectoryCsv, type DirectoryDraft } from '../../intake/directory-csv';
import { readDirectoryFile } from '../../intake/directory-file';
import { writeDirectoryXlsx } from '../../intake/directory-xlsx';
import { unpackXml } from '../../intake/sheet-zip';
import { directory, post } from '../domain/people';

const asOf = localDate('2026-09-15');
const readCsv = (text: string): DirectoryDraft => readDirectoryCsv(Buffer.from(text), { asOf });

const header = ['单位', '上级单位', '单位类别', '姓名', '角色', '职务', '邮箱', '任职起', '任职止', '代理人', '代理起', '代理止'];

/** Text that spreadsheet programs, CSV and XML each take for something else. */
const awkward = fc.constantFrom(
  '=1+1',
  '+86',
  '-',
  '@x',
  "'=1",
  "''",
  '＝1',
  'a,b',
  '"',
  '甲\n乙',
  '_x0041_',
  '<t>&amp;',
  '\uFFFD\u0001',
  ' 长 ',
  '2026-08-01',
  '007',
  'TRUE',
  '',
);
const person = fc.constantFrom(
  ...[
    ['王一', ''],
    ['王一', 'a@linjiang.example'],
    ['李二', 'b@linjiang.example'],
    ['张　伟', ''],
    ['Anna Li', ''],
  ],
  ...[
    ["'=cmd", ''],
    ['王一（甲）', 'b@linjiang.example'],
  ],
);
const day = fc.option(
  fc.date({ min: new Date('1890-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
  { nil: '' },
);
const term = fc.tuple(day, day).map(([from, to]) => (from !== '' && to !== '' && to < from ? [to, from] : [from, to]));
const units = ['甲', '乙', '丙', '-丁'];

const row = fc.record({
  unit: fc.constantFrom(...units),
  person,
  roles: fc.subarray(
    Object.values(roles).filter((label) => label !== roles.unitHead),
    { minLength: 1, maxLength: 3 },
  ),
  title: awkward,
  term,
  standIn: fc.option(fc.record({ row: fc.nat(7), written: fc.constantFrom('name' as const, 'unit' as const, 'email' as const), term }), {
    freq: 2,
  }),
});
const table = fc.record({
  parents: fc.tuple(...units.map((_, index) => fc.nat(index))),
  rows: fc.array(row, { minLength: 1, maxLength: 8 }),
});

type File = typeof table extends fc.Arbitrary<infer T> ? T : never;

/** A file as somebody could write it. Many of them contradict themselves and are refused. */
function fileOf({ parents, rows }: File): string {
  const standIn = (each: File['rows'][number]): string[] => {
    const other = rows[each.standIn?.row ?? rows.length];
    if (each.standIn === null || other === undefined || other.person[0] === each.person[0]) return [];
    const [name = '', email = ''] = other.person;
    const written = { name, unit: `${name}（${other.unit}）`, email: `${name}（${email}）` };
    return [written[each.standIn.written], ...each.standIn.term];
  };
  return formatCsv([
    header,
    ...rows.map((each) => [
      ...[each.unit, '', '', each.person[0] ?? '', each.roles.join('、'), each.title, each.person[1] ?? '', ...each.term],
      ...standIn(each),
    ]),
    ...units.map((unit, index) => {
      const parent = units[parents[index] ?? 0] ?? '';
      return [unit, parent === unit ? '' : parent, index === 0 ? '被巡察单位' : '责任单位'];
    }),
  ]);
}

it('a substitute whom only one unit can name stands on that row alone', () => {
  const rows = [
    ['丙', '', '', '王一', '巡察工作领导小组', '', '', '', ''],
    ['甲', '', '', '王一（甲）', '组织部门', '', 'b@linjiang.example', '', ''],
    ['乙', '', '', '李二', '责任人', '', 'b@linjiang.example', '', ''],
    ['甲', '', '', '李二', '责任人、整改工作领导小组', '', 'b@linjiang.example', '', '', '王一'],
    ['甲', '', '', '王一', '纪检监察组'],
  ];
  const original = readCsv(formatCsv([header, ...rows, ['乙', '丙', '责任单位'], ['甲', '丙', '责任单位'], ['丙', '', '被巡察单位']]));
  expect(original.substitutes).toHaveLength(1);
  expect(readCsv(writeDirectoryCsv(original))).toEqual(original);
});

it('a directory that came from a file goes there and back, as CSV and as a workbook', async () => {
  let read = 0;
  let substitutes = 0;
  await fc.assert(
    fc.asyncProperty(table, async (file) => {
      let original: DirectoryDraft;
      try {
        original = readCsv(fileOf(file));
      } catch (error) {
        if (error instanceof ZhenggaiError) return;
        throw error;
      }
      read += 1;
      substitutes += original.substitutes.length;
      expect(readCsv(writeDirectoryCsv(original))).toEqual(original);
      expect(await readDirectoryFile(await writeDirectoryXlsx(original), { asOf })).toEqual(original);
    }),
    { numRuns: 250 },
  );
  // the property is worth nothing if all files are refused
  expect(read).toBeGreaterThan(50);
  expect(substitutes).toBeGreaterThan(10);
});

describe('the CSV', () => {
  it('begins with the mark of UTF-8, ends its lines by CRLF, and quotes what must be', () => {
    const text = formatCsv([
      ['a', 'b,c'],
      ['"', '\n', ''],
    ]);
    expect(text).toBe('\uFEFFa,"b,c"\r\n"""","\n",\r\n');
    expect(parseCsv(text.slice(1))).toEqual([
      ['a', 'b,c'],
      ['"', '\n', ''],
    ]);
  });

  it('nothing in it is run as a formula', () => {
    const text = ['=HYPERLINK("x")', '+1', '-1', '@SUM', '＝1', "'=1"];
    const titles = text.map((title, index) => ({ ...post(directory.persons[index]?.id ?? '', 'depot', 'liaison'), title }));
    const written = writeDirectoryCsv({ ...directory, posts: titles });
    for (const cells of parseCsv(written)) for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@＝＋－＠]/);
    expect(readCsv(written).posts.map(({ title }) => title)).toEqual(text);
  });

  it('shares a row between roles, states a unit once, and names the kinds of the inspecting side', () => {
    const written = parseCsv(writeDirectoryCsv(directory).slice(1));
    expect(written.slice(1).map((cells) => cells.slice(0, 5))).toEqual(
      expect.arrayContaining([
        ['派驻纪检监察组', '区委巡察办', '纪检监察机构', '', ''],
        ['北门卫生院', '临江区卫健局', '责任单位', 'head', '责任单位负责人'],
        ['北门卫生院', '', '', 'handler', '责任人'],
      ]),
    );
    const both = [post('head', 'clinic', 'unitHead'), post('head', 'clinic', 'handler')].map((each) => ({ ...each, title: '院长' }));
    expect(parseCsv(writeDirectoryCsv({ ...directory, posts: both })).filter(([, , , who]) => who === 'head')).toEqual([
      ['北门卫生院', '临江区卫健局', '责任单位', 'head', '责任单位负责人、责任人', '院长', 'head@linjiang.example', '', '', '', '', ''],
    ]);
  });

  it('two units of one name are refused', () => {
    const twice = directory.units.map((unit) => ({ ...unit, name: unit.name.replace('药品库', '北门卫生院') }));
    expect(() => writeDirectoryCsv({ ...directory, units: twice })).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'directory.sameName' }) as object }) as Error,
    );
  });
});

describe('substitutes that rows of posts can not say', () => {
  const away: Directory = {
    ...directory,
    substitutes: [
      { personId: 'head', substituteId: 'handler', roles: [], from: localDate('2026-10-01'), to: null },
      { personId: 'leader', substituteId: 'secretary', roles: ['leadLeader', 'auditor'] as Role[], from: null, to: null },
    ],
  };
  const rolesOf = ({ substitutes }: DirectoryDraft) => substitutes.map((each) => each.roles);

  it('have a sheet of their own in a workbook', async () => {
    const bytes = await writeDirectoryXlsx(away);
    expect((await readWorkbook(bytes)).map(({ sheet }) => sheet)).toEqual(['人员', '代理']);
    // in the order of all roles
    expect(rolesOf(await readDirectoryFile(bytes, { asOf }))).toEqual([[], ['leadLeader', 'auditor']]);
  });

  it('are for the roles that the person holds in a CSV', () => {
    expect(rolesOf(readCsv(writeDirectoryCsv(away)))).toEqual([['unitHead'], ['leadLeader']]);
  });
});

it('the workbook has a frozen header, a filter over all cells, and real dates', async () => {
  const from = localDate('2026-08-01');
  const bytes = await writeDirectoryXlsx({ ...directory, posts: [post('head', 'clinic', 'unitHead', { from })] });
  const [staff] = await readWorkbook(bytes);
  const cells = staff?.data.find((each) => each[3] === 'head');
  expect(cells?.[7]).toEqual(new Date('2026-08-01'));
  const xml = unpackXml(bytes)
    .map(String)
    .find((part) => part.includes('<worksheet'));
  expect(xml).toContain('state="frozen"');
  expect(xml).toContain(`</sheetData><autoFilter ref="A1:L${(staff?.data.length ?? 0).toString()}"/>`);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import type { Failure } from '../../domain/failure';
import { ZhenggaiError } from '../../domain/failure';
import { localDate } from '../../domain/time';
import { parseCsv } from '../../intake/csv';
import { readDirectoryCsv, type DirectoryDraft } from '../../intake/directory-csv';

const asOf = localDate('2026-09-15');
const sample = readFileSync(join(__dirname, '../../samples/directory.csv'));
const header = '单位,上级单位,单位类别,姓名,角色,职务,邮箱,任职起,任职止';
const office = '卫健局,,被巡察单位,骆青山,第一责任人,局长,luo@linjiang.example,,';

const read = (...lines: string[]): DirectoryDraft => readDirectoryCsv(Buffer.from([header, ...lines].join('\n')), { asOf });

function failureOf(run: () => unknown): Failure {
  try {
    run();
  } catch (error) {
    if (error instanceof ZhenggaiError && error.kind === 'badInput') return error.failure;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** The mistakes of a file, without the heading line. */
const mistakes = (...lines: string[]): string[] => {
  const failure = failureOf(() => read(...lines));
  expect(failure.code).toBe('directory.rows');
  return failure.what.split('\n').slice(1);
};

describe('the sample', () => {
  const directory = readDirectoryCsv(sample, { asOf });
  const unitNamed = (name: string) => directory.units.find((unit) => unit.name === name);
  const personsWith = (role: string) => new Set(directory.posts.filter((post) => post.role === role).map(({ personId }) => personId)).size;

  it('has eight responsible units under the inspected organisation, which stands under the inspection office', () => {
    const organisation = unitNamed('区卫生健康局');
    expect(organisation).toMatchObject({ kind: 'organisation', parentId: unitNamed('区委巡察办')?.id });
    const units = directory.units.filter(({ kind }) => kind === 'unit');
    expect(units).toHaveLength(8);
    expect(units.every(({ parentId }) => parentId === organisation?.id)).toBe(true);
  });

  it('has a head, a handler and a liaison in each of them', () => {
    for (const { id, kind } of directory.units) {
      if (kind !== 'unit') continue;
      const held = directory.posts.filter(({ unitId, to }) => unitId === id && to === null).map(({ role }) => role);
      expect(held).toEqual(expect.arrayContaining(['unitHead', 'handler', 'liaison']));
      expect(held.filter((role) => role === 'unitHead')).toHaveLength(1);
    }
  });

  it.each([
    ['firstResponsible', 1],
    ['leadLeader', 4],
    ['rectificationOffice', 2],
    ['disciplineGroup', 2],
    ['organisationDept', 1],
    ['inspectionOffice', 3],
    ['auditor', 1],
    ['admin', 1],
  ])('%s is held by %i', (role, count) => {
    expect(personsWith(role)).toBe(count);
  });

  it('knows a person of two units once, and one without mail', () => {
    const posts = directory.posts.filter(({ personId }) => directory.persons.find(({ id }) => id === personId)?.name === '冉一帆');
    expect(posts.map(({ role }) => role)).toEqual(['rectificationOffice', 'unitHead']);
    expect(directory.persons.filter(({ email }) => email === null).map(({ name }) => name)).toEqual(['池墨林', '凌度']);
  });

  it('keeps the former head of a unit with the last day', () => {
    const heads = directory.posts.filter(({ unitId, role }) => unitId === unitNamed('规划财务科')?.id && role === 'unitHead');
    expect(heads.map(({ from, to }) => [from, to])).toEqual([
      ['2021-03-15', '2026-07-31'],
      ['2026-08-01', null],
    ]);
  });

  it('points everywhere to something that is there', () => {
    const unitIds = new Set(directory.units.map(({ id }) => id));
    const personIds = new Set(directory.persons.map(({ id }) => id));
    expect([unitIds.size, personIds.size]).toEqual([directory.units.length, directory.persons.length]);
    expect(directory.posts.every(({ unitId, personId }) => unitIds.has(unitId) && personIds.has(personId))).toBe(true);
    expect(directory.units.every(({ parentId }) => parentId === null || unitIds.has(parentId))).toBe(true);
  });
});

describe('the bytes', () => {
  const expected = readDirectoryCsv(sample, { asOf });
  const text = sample.toString('utf8');

  it.each([
    ['UTF-8 with BOM', Buffer.from(`\uFEFF${text}`)],
    ['GB18030', iconv.encode(text, 'gb18030')],
    ['CRLF', Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['quoted cells', Buffer.from(text.replaceAll(/[^,\n]+/g, '"$&"'))],
    ['full-width spaces around the cells', Buffer.from(text.replaceAll(/[^,\n]+/g, '\u3000$& '))],
    ['blank rows', Buffer.from(text.replaceAll('\n', '\n,,,,,,,,\n\n').replace('\n,,,,,,,,', ''))],
    ['a title above the header', Buffer.from(`区卫生健康局人员表,,,\n,,\n${text}`)],
    ['a column of numbers', Buffer.from(text.replaceAll(/^(?=.)/gm, ',').replace(',', '序号,'))],
  ])('%s give the same directory with the same ids', (_, bytes) => {
    expect(readDirectoryCsv(bytes, { asOf })).toEqual(expected);
  });

  it('other names of the columns, in another order', () => {
    const bytes = Buffer.from('姓名,角色,单位名称,单位类型,电子邮箱\n骆青山,第一责任人,卫健局,被巡察单位,luo@linjiang.example\n');
    expect(readDirectoryCsv(bytes, { asOf }).posts).toMatchObject([{ role: 'firstResponsible', title: '', from: null, to: null }]);
  });

  it.each([
    ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le'), 'csv.encoding'],
    ['nothing', Buffer.from(''), 'directory.header'],
    ['an open quote', Buffer.from(`${header}\n"卫健局,,被巡察单位`), 'csv.quotes'],
    ['text after a quote', Buffer.from(`${header}\n"卫健局"x,,被巡察单位`), 'csv.quotes'],
    ['a missing column', Buffer.from('单位,单位类别,姓名\n'), 'directory.header'],
    ['an unknown column', Buffer.from(`${header},任职终了\n${office},\n`), 'directory.header'],
    ['a column twice', Buffer.from(`${header},邮件\n${office},\n`), 'directory.header'],
    ['no row', Buffer.from(header), 'directory.rows'],
    ['more than 20,000 rows', Buffer.from(`${header}\n${'卫健局,,被巡察单位\n'.repeat(20_000)}`), 'sheet.tooLarge'],
    ['more than 256 columns', Buffer.from(`${header}\n${','.repeat(256)}`), 'sheet.tooLarge'],
  ])('%s is refused', (_, bytes, code) => {
    expect(failureOf(() => readDirectoryCsv(bytes, { asOf })).code).toBe(code);
  });
});

describe('CSV by RFC 4180', () => {
  it('reads commas, quotes and line breaks in quotes, and keeps blank lines', () => {
    expect(parseCsv('a,"b,""c""\r\nd",\r\n\r\ne')).toEqual([['a', 'b,"c"\r\nd', ''], [''], ['e']]);
    expect(parseCsv('a,')).toEqual([['a', '']]);
    expect(parseCsv('')).toEqual([]);
  });

  it('reads back what was quoted', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '整', '"', ',', '\n', '\r', ' ') });
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    const quoted = (cells: string[]): string => cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(',');
    fc.assert(
      fc.property(table, (records) => {
        expect(parseCsv(records.map(quoted).join('\r\n'))).toEqual(records);
      }),
    );
  });

  it('a very long cell', () => {
    const long = '整""'.repeat(400_000);
    expect(parseCsv(`"${long}"`)[0]?.[0]).toHaveLength(800_000);
    expect(() => parseCsv(`"${long}`)).toThrow(ZhenggaiError);
  });
});

describe('reading rows', () => {
  it('several roles in one cell, dates as people write them, a name padded to three characters', () => {
    const { persons, posts } = read(
      '卫健局,,被巡察单位,张　伟,牵头领导、整改工作领导小组；牵头领导,副局长,ZW@LinJiang.example,2026年8月1日,２０２７.12.31',
    );
    expect(persons).toMatchObject([{ name: '张伟', email: 'zw@linjiang.example' }]);
    expect(posts.map(({ role, title, from, to }) => [role, title, from, to])).toEqual([
      ['leadLeader', '副局长', '2026-08-01', '2027-12-31'],
      ['leadingGroup', '副局长', '2026-08-01', '2027-12-31'],
    ]);
  });

  it('a unit without persons, and a parent that is stated further down', () => {
    const { units } = read('财务科,卫健局,责任单位,,,,,,', office);
    expect(units).toMatchObject([
      { name: '财务科', kind: 'unit', parentId: units[1]?.id },
      { name: '卫健局', parentId: null },
    ]);
  });

  it.each([
    ['an unknown role', [office, '卫健局,,,王一,科长,,,,'], '第3行“角色”：没有“科长”这个角色'],
    ['no role', [office, '卫健局,,,王一,,,,,'], '第3行“角色”：没有填写'],
    ['nothing but a separator for a role', [office, '卫健局,,,王一,、,,,,'], '第3行“角色”：没有填写'],
    ['a role without a name', [office, '卫健局,,,,整改办,,,,'], '第3行“姓名”：没有填写'],
    ['no unit', [office, ',,,王一,整改办,,,,'], '第3行“单位”：没有填写'],
    ['an unknown kind', [office, '财务科,卫健局,科室,王一,责任人,,,,'], '第3行“单位类别”：没有“科室”这个类别'],
    ['a kind named like a property', [office, '财务科,卫健局,constructor,王一,责任人,,,,'], '第3行“单位类别”：没有“constructor”'],
    ['no kind', [office, '财务科,卫健局,,王一,责任人,,,,'], '第3行“单位类别”：“财务科”没有填写类别'],
    ['two kinds', [office, '卫健局,,责任单位,王一,责任人,,,,'], '第3行“单位类别”：“卫健局”前面填的是别的类别'],
    ['an unknown parent', [office, '财务科,卫生局,责任单位,王一,责任人,,,,'], '第3行“上级单位”：表里没有“卫生局”这个单位'],
    [
      'two parents',
      [office, '甲,卫健局,责任单位,,,,,,', '乙,卫健局,责任单位,,,,,,', '甲,乙,,,,,,,'],
      '第5行“上级单位”：“甲”前面填的是“卫健局”',
    ],
    ['a bad mail', [office, '卫健局,,,王一,整改办,,wang.linjiang.example,,'], '第3行“邮箱”：“wang.linjiang.example”不是邮箱地址'],
    ['a bad date', [office, '卫健局,,,王一,整改办,,,2026-02-30,'], '第3行“任职起”：“2026-02-30”不是日期'],
    [
      'an end before the start',
      [office, '卫健局,,,王一,整改办,,,2026-02-03,2026-02-02'],
      '第3行“任职止”：“王一”的职务的止日（2026-02-02）早于起日（2026-02-03）',
    ],
    [
      'an inspecting body below an inspected one',
      [office, '巡察办,卫健局,巡察机构,,,,,,'],
      '第3行“上级单位”：巡察一方的“巡察办”放在了被巡察单位“卫健局”之下',
    ],
    ['a comma that was not quoted', [office, '卫健局,,,王一,整改办,主任,兼,,,'], '第3行“单位”：该行的格数多于表头'],
  ])('%s', (_, lines, expected) => {
    expect(mistakes(...lines)).toContainEqual(expect.stringContaining(expected));
  });

  it('a line of units that is longer than any administration', () => {
    const line = Array.from({ length: 31 }, (_, index) => `单位${index},${index === 0 ? '' : `单位${index - 1}`},责任单位,,,,,,`);
    expect(mistakes(office, ...line)).toEqual(['第33行“上级单位”：“单位30”之上超过29级，请检查上级单位。']);
  });

  it.each([
    ['itself', ['甲,甲,责任单位,王一,责任人,,,,'], ['第2行“上级单位”：上级关系成环：甲 → 甲。请改正其中一个单位的上级单位。']],
    [
      'a circle, told once; the unit that hangs on it is not part of it',
      ['丁,乙,责任单位,,,,,,', '甲,乙,责任单位,,,,,,', '乙,丙,责任单位,,,,,,', '丙,甲,责任单位,王一,责任人,,,,'],
      ['第3行“上级单位”：上级关系成环：甲 → 乙 → 丙 → 甲。请改正其中一个单位的上级单位。'],
    ],
  ])('a unit under %s', (_, lines, expected) => {
    expect(mistakes(...lines)).toEqual(expected);
  });

  it('all mistakes are told at once, in the order of the rows, the first twenty of them', () => {
    const bad = Array.from({ length: 15 }, (_, index) => `财务科,,,王${index},科长,,不是邮箱,,`);
    const failure = failureOf(() => read(office, '财务科,卫健局,责任单位,,,,,,', ...bad));
    expect(failure.what).toContain('有30处错误，未导入任何内容（列出前20处）');
    const rows = failure.what
      .split('\n')
      .slice(1)
      .map((line) => Number(/^第(\d+)行/.exec(line)?.[1]));
    expect(rows).toHaveLength(20);
    expect(rows).toEqual(rows.toSorted((a, b) => a - b));
  });
});

describe('heads of a unit', () => {
  const unit = '财务科,卫健局,责任单位,,,,,,';
  const head = (name: string, from: string, to: string): string => `财务科,,,${name},责任单位负责人,科长,,${from},${to}`;

  it.each([
    ['two open posts', head('王一', '', ''), head('李二', '2026-08-01', '')],
    ['an overlap that is not over', head('王一', '', '2026-09-30'), head('李二', '2026-09-01', '')],
  ])('%s are refused', (_, first, second) => {
    expect(mistakes(office, unit, first, second)).toEqual([
      '第5行“角色”：“财务科”同时有两个现任责任单位负责人：王一、李二。一个单位只能有一个，前任请填写任职止。（另见第4行）',
    ]);
  });

  it.each([
    ['one after the other', head('王一', '', '2026-08-31'), head('李二', '2026-09-01', '')],
    ['an overlap that is history', head('王一', '', '2026-08-31'), head('李二', '2026-08-15', '')],
    ['the next one, already appointed', head('王一', '', '2026-09-30'), head('李二', '2026-10-01', '')],
  ])('%s are accepted', (_, first, second) => {
    expect(read(office, unit, first, second).posts).toHaveLength(3);
  });
});

describe('persons', () => {
  const unit = '财务科,卫健局,责任单位,,,,,,';

  it('the same mail is one person over units; a row without mail joins its name in the unit', () => {
    const { persons } = read(
      office,
      unit,
      '财务科,,,王一,联络员,,,,',
      '财务科,,,王一,责任人,,wang@linjiang.example,,',
      '卫健局,,,王一,整改办,,wang@linjiang.example,,',
    );
    expect(persons.map(({ name, email }) => [name, email])).toEqual([
      ['骆青山', 'luo@linjiang.example'],
      ['王一', 'wang@linjiang.example'],
    ]);
  });

  it('the same name in two units without mail are two persons', () => {
    expect(read(office, unit, '财务科,,,王一,责任人,,,,', '卫健局,,,王一,整改办,,,,').persons).toHaveLength(3);
  });

  it('the same name in one unit with two mails is asked about', () => {
    const lines = [office, unit, '财务科,,,王一,责任人,,a@linjiang.example,,', '财务科,,,王一,联络员,,b@linjiang.example,,'];
    expect(mistakes(...lines)).toEqual([expect.stringContaining('第5行“姓名”：与第4行同单位同名而邮箱不同') as string]);
    expect(mistakes(...lines, '财务科,,,王一,审计,,,,')).toContainEqual(
      expect.stringContaining('第6行“邮箱”：本单位有几个“王一”') as string,
    );
  });

  it('a post entered twice is a mistake, taken up again later it is not', () => {
    expect(mistakes(office, office)).toEqual([
      '第3行“角色”：骆青山在“卫健局”的“第一责任人”重复，任期重叠。请删去重复的，或填写前一任期的任职止。（另见第2行）',
    ]);
    const again = ['卫健局,,,王一,整改办,,,,2025-12-31', '卫健局,,,王一,整改办,,,2026-06-01,'];
    expect(read(office, ...again).posts).toHaveLength(3);
  });

  it('keep their ids when rows are added and posts end', () => {
    const before = read(office, unit, '财务科,,,王一,责任人,,wang@linjiang.example,,');
    const after = read(
      office,
      unit,
      '财务科,,,王一,责任人,,wang@linjiang.example,,2026-08-31',
      '卫健局,,,王一,整改办,,wang@linjiang.example,2026-09-01,',
    );
    expect(after.persons).toEqual(before.persons);
    expect(after.units).toEqual(before.units);
  });
});

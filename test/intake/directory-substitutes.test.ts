import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ZhenggaiError } from '../../domain/failure';
import { localDate } from '../../domain/time';
import { readDirectoryCsv, type DirectoryDraft } from '../../intake/directory-csv';
import { readDirectoryFile } from '../../intake/directory-file';
import { rowsXml, workbookParts, zipOf } from './directory-workbook';

const asOf = localDate('2026-09-15');
const header = '单位,单位类别,姓名,角色,邮箱,任职止,代理人,代理起,代理止';
const people = ['卫健局,被巡察单位,骆青山,第一责任人', '财务科,责任单位,王一,责任人', '财务科,,李二,联络员', '医政科,责任单位,赵六,责任人'];

const csv = (...rows: string[]): Buffer => Buffer.from([header, ...people, ...rows].join('\n'));
const read = (...rows: string[]): DirectoryDraft => readDirectoryCsv(csv(...rows), { asOf });

/** Substitutes told by names: who, for whom, roles, from, to. */
function told({ substitutes, persons }: DirectoryDraft): unknown[] {
  const name = (id: string): string | undefined => persons.find((person) => person.id === id)?.name;
  return substitutes.map(({ personId, substituteId, roles, from, to }) => [name(personId), name(substituteId), roles, from, to]);
}

function mistakes(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof ZhenggaiError && error.failure.code === 'directory.rows') return error.failure.what.split('\n').slice(1);
    throw error;
  }
  throw new Error('nothing was refused');
}

it('the sample shows how it is done', () => {
  const sample = readFileSync(join(__dirname, '../../samples/directory.csv'));
  expect(told(readDirectoryCsv(sample, { asOf }))).toEqual([['霍明哲', '简书宁', ['unitHead'], '2026-05-11', '2026-05-22']]);
});

describe('in the rows of posts', () => {
  it.each<[string, string[], unknown[]]>([
    [
      'for the roles of the row, open when no day is named',
      ['财务科,,钱三,责任单位负责人、责任人,,,李二'],
      [['钱三', '李二', ['handler', 'unitHead'], null, null]],
    ],
    [
      'the same on two rows is one, for the roles of both',
      ['财务科,,钱三,责任单位负责人,,,李二,2026-10-01,', '财务科,,钱三,整改办,,,李二,2026年10月1日,'],
      [['钱三', '李二', ['unitHead', 'rectificationOffice'], '2026-10-01', null]],
    ],
    [
      'several in turn: the post repeated',
      ['财务科,,钱三,责任单位负责人,,,李二,2026-11-01,', '财务科,,钱三,责任单位负责人,,,王一,,2026-10-31'],
      [
        ['钱三', '王一', ['unitHead'], null, '2026-10-31'],
        ['钱三', '李二', ['unitHead'], '2026-11-01', null],
      ],
    ],
    [
      'in a circle, each while the other is there',
      ['财务科,,钱三,责任单位负责人,,,孙四,2026-10-01,2026-10-07', '财务科,,孙四,整改办,,,钱三,2026-10-08,'],
      [
        ['钱三', '孙四', ['unitHead'], '2026-10-01', '2026-10-07'],
        ['孙四', '钱三', ['rectificationOffice'], '2026-10-08', null],
      ],
    ],
  ])('%s', (_, rows, expected) => {
    const directory = read(...rows);
    expect(told(directory)).toEqual(expected);
    expect(new Set(directory.posts.map((post) => JSON.stringify(post))).size).toBe(directory.posts.length);
  });

  it.each([
    ['padded', '王　一'],
    ['with the unit', '王一（财务科）'],
    ['with the unit, in brackets of a keyboard', '王一 (财务科)'],
  ])('a name %s', (_, written) => {
    expect(told(read(`医政科,,钱三,责任单位负责人,,,${written}`))).toEqual([['钱三', '王一', ['unitHead'], null, null]]);
  });

  it('of namesakes the one in the unit of the row is meant; elsewhere unit or mail tell them apart', () => {
    const namesakes = ['医政科,,王一,联络员', '卫健局,,王一,审计,w@linjiang.example'];
    const substituteOf = (unit: string, written: string): string | undefined => {
      const directory = read(...namesakes, `${unit},,钱三,责任单位负责人,,,${written}`);
      const { substituteId } = directory.substitutes[0] ?? {};
      const { unitId } = directory.posts.find(({ personId }) => personId === substituteId) ?? {};
      return directory.units.find(({ id }) => id === unitId)?.name;
    };
    expect(['财务科', '医政科', '卫健局'].map((unit) => substituteOf(unit, '王一'))).toEqual(['财务科', '医政科', '卫健局']);
    expect(substituteOf('财务科', '王一（医政科）')).toBe('医政科');
    expect(substituteOf('财务科', '王一（w@linjiang.example）')).toBe('卫健局');
    expect(mistakes(() => read(...namesakes, '党办,责任单位,钱三,责任单位负责人,,,王一'))).toEqual([
      '第8行“代理人”：有几个“王一”，请写成“王一（单位）”或“王一（邮箱）”。',
    ]);
  });

  it.each([
    ['nobody of that name', ['财务科,,钱三,责任单位负责人,,,周八'], ['第6行“代理人”：人员表里没有“周八”。']],
    ['oneself', ['财务科,,钱三,责任单位负责人,,,钱三'], ['第6行“代理人”：“钱三”的代理填了本人。请填写另一个人，或留空。']],
    ['a bad day', ['财务科,,钱三,责任单位负责人,,,李二,明天'], ['第6行“代理起”：“明天”不是日期，请写成2026-08-01。']],
    ['days without a name', ['财务科,,钱三,责任单位负责人,,,,2026-10-01'], ['第6行“代理人”：没有填写。']],
    ['a substitute for nobody', ['财务科,,,,,,李二'], ['第6行“姓名”：没有填写。']],
    [
      'an end before the start',
      ['财务科,,钱三,责任单位负责人,,,李二,2026-10-02,2026-10-01'],
      ['第6行“代理止”：“钱三”的代理的止日（2026-10-01）早于起日（2026-10-02）。请改正起止日期。'],
    ],
    [
      'two at once',
      ['财务科,,钱三,责任单位负责人,,,李二,,2026-10-31', '财务科,,钱三,责任单位负责人,,,王一,2026-10-31,'],
      ['第7行“代理人”：“钱三”的同一角色同时有两个代理人：李二、王一。同一天只能有一个，请改正代理起止日期或角色。（另见第6行）'],
    ],
    [
      'a ring',
      ['财务科,,钱三,责任单位负责人,,,孙四,2026-10-01,', '财务科,,孙四,整改办,,,钱三,,2026-10-01'],
      ['第7行“代理人”：代理关系成环：钱三 → 孙四 → 钱三（2026-10-01）。互相代理就无人办理，请改正代理人或起止日期。'],
    ],
    [
      'the same row twice',
      ['财务科,,钱三,责任单位负责人,,,李二', '财务科,,钱三,责任单位负责人,,,李二'],
      ['第7行“角色”：钱三在“财务科”的“责任单位负责人”重复，任期重叠。请删去重复的，或填写前一任期的任职止。（另见第6行）'],
    ],
  ])('%s', (_, rows, expected) => {
    expect(mistakes(() => read(...rows))).toEqual(expected);
  });
});

describe('in a sheet of their own', () => {
  const rows = [header.split(','), ...people.map((row) => row.split(','))];
  const readWith = (...substitutes: string[][]): Promise<DirectoryDraft> =>
    readDirectoryFile(zipOf(workbookParts({ 人员: rowsXml(rows), 代理: rowsXml(substitutes) })), { asOf });
  const columns = ['姓名', '单位', '角色', '代理人', '代理起', '代理止'];

  it('for some roles, or for all when none is named', async () => {
    const directory = await readWith(
      columns,
      ['王一', '', '', '李二', '2026-10-01', '2026-10-07'],
      [],
      ['赵六', '医政科', '责任人、联络员', '王一（财务科）'],
    );
    expect(told(directory)).toEqual([
      ['王一', '李二', [], '2026-10-01', '2026-10-07'],
      ['赵六', '王一', ['handler', 'liaison'], null, null],
    ]);
  });

  it('mistakes name the sheet, row, column and cell', async () => {
    const reading = readWith(columns, ['周八', '', '', '李二'], ['王一', '党办', '科长', '王一'], ['王一', '', '', '', '', '2026-02-30']);
    const error: unknown = await reading.catch((reason: unknown) => reason);
    expect(
      mistakes(() => {
        throw error;
      }),
    ).toEqual([
      '代理表第2行“姓名”（A2）：人员表里没有“周八”。',
      '代理表第3行“单位”（B3）：人员表里没有“党办”这个单位。',
      expect.stringContaining('代理表第3行“角色”（C3）：没有“科长”这个角色') as string,
      '代理表第3行“代理人”（D3）：“王一”的代理填了本人。请填写另一个人，或留空。',
      '代理表第4行“代理止”（F4）：“2026-02-30”不是日期，请写成2026-08-01。',
      '代理表第4行“代理人”（D4）：没有填写。',
    ]);
  });

  it('collide with those in the rows of posts', async () => {
    const staff = rowsXml([header.split(','), ...people.map((row) => row.split(',')), ['财务科', '', '钱三', '整改办', '', '', '李二']]);
    const sheet = rowsXml([columns, ['钱三', '', '', '王一']]);
    await expect(readDirectoryFile(zipOf(workbookParts({ 人员: staff, 代理: sheet })), { asOf })).rejects.toThrow(
      '第6行“代理人”（G6）：“钱三”的同一角色同时有两个代理人：王一、李二。',
    );
  });

  it('another header is refused by name', async () => {
    await expect(readWith(['姓名', '代办人'])).rejects.toMatchObject({
      failure: { code: 'directory.header', what: '代理表的表头不对：缺少列：代理人；不认识的列：代办人。' },
    });
  });
});

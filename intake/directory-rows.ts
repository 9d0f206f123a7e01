import { z } from 'zod';
import type { UnitKind } from '../domain/directory';
import { badInput } from '../domain/failure';
import { roleOf, roles, type Role } from '../domain/roles';
import { isLocalDate, type LocalDate } from '../domain/time';

/** Column names of the form, and what else offices call them. The first is the one used in messages. */
const headings = {
  unit: ['单位', '单位名称', '所在单位', '部门'],
  parent: ['上级单位', '上级', '主管单位', '隶属单位'],
  kind: ['单位类别', '单位类型', '类别'],
  name: ['姓名', '人员', '人员姓名'],
  role: ['角色', '整改角色'],
  title: ['职务', '岗位', '职务名称'],
  email: ['邮箱', '电子邮箱', '电子邮件', '邮件', 'email', 'e-mail'],
  from: ['任职起', '任职开始', '任职时间', '任职日期', '起始日期'],
  to: ['任职止', '任职结束', '免职时间', '免职日期', '终止日期'],
} as const;

type Column = keyof typeof headings;
const required: readonly Column[] = ['unit', 'kind', 'name', 'role'];

/** Columns that staff lists carry and nobody needs here. */
const ignored = ['', '序号', '备注', '电话', '手机', '联系电话', '办公电话'];

/** 纪检监察机构, 组织部门 and 审计机关 stand on the inspecting side: they review and see, and are never responsible units. */
const kinds: ReadonlyMap<string, UnitKind> = new Map([
  ['被巡察单位', 'organisation'],
  ['责任单位', 'unit'],
  ['巡察机构', 'inspection'],
  ['纪检监察机构', 'inspection'],
  ['组织部门', 'inspection'],
  ['审计机关', 'inspection'],
]);

/** What one row says, cell by cell; `row` as a spreadsheet counts, the header being 1. */
export interface Row {
  readonly row: number;
  readonly unit: string;
  readonly parent: string;
  readonly kind: UnitKind | null;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly title: string;
  readonly email: string | null;
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
}

/** Takes down a mistake: the row as a spreadsheet shows it, the column, a sentence. */
export type Note = (row: number, column: Column, what: string) => void;

/** Collects mistakes of a file, to tell them all at once. */
export function openMistakes(): { readonly note: Note; readonly throwIfAny: () => void } {
  const mistakes: { row: number; column: Column; what: string }[] = [];
  return {
    note: (row, column, what) => {
      mistakes.push({ row, column, what });
    },
    throwIfAny: () => {
      if (mistakes.length === 0) return;
      const shown = mistakes.toSorted((a, b) => a.row - b.row).slice(0, 20);
      const lines = shown.map(({ row, column, what }) => `第${row}行“${headings[column][0]}”：${what}`);
      const more = mistakes.length > shown.length ? `（列出前${shown.length}处）` : '';
      const title = `人员表有${mistakes.length}处错误，未导入任何内容${more}：`;
      throw badInput('directory.rows', [title, ...lines].join('\n'), '请逐处改正后重新导入整个文件。');
    },
  };
}

/** Rows of the table that hold something, their mistakes noted. Throws a ZhenggaiError `directory.header` when a column is missing or unknown. */
export function readRows([header = [], ...records]: readonly (readonly string[])[], note: Note): Row[] {
  const columns = readHeader(header);
  return records.flatMap((cells, index) => {
    if (cells.length > header.length) note(index + 2, 'unit', '该行的格数多于表头；含英文逗号的内容请加英文双引号。');
    return readRow(columns, cells, index + 2, note) ?? [];
  });
}

function readHeader(cells: readonly string[]): ReadonlyMap<Column, number> {
  const columns = new Map<Column, number>();
  const unknown: string[] = [];
  const twice: string[] = [];
  cells.forEach((cell, index) => {
    const heading = cell.replaceAll(/\s/g, '').toLowerCase();
    const column = (Object.keys(headings) as Column[]).find((key) => (headings[key] as readonly string[]).includes(heading));
    if (column === undefined) {
      if (!ignored.includes(heading)) unknown.push(heading);
    } else if (columns.has(column)) twice.push(heading);
    else columns.set(column, index);
  });
  const missing = required.filter((column) => !columns.has(column)).map((column) => headings[column][0]);
  const wrong = [
    ...(missing.length > 0 ? [`缺少列：${missing.join('、')}`] : []),
    ...(unknown.length > 0 ? [`不认识的列：${unknown.join('、')}`] : []),
    ...(twice.length > 0 ? [`重复的列：${twice.join('、')}`] : []),
  ];
  const form = Object.values(headings).map(([name]) => name);
  if (wrong.length > 0) throw badInput('directory.header', `人员表的表头不对：${wrong.join('；')}。`, `表头请用：${form.join(',')}。`);
  return columns;
}

/** One row, its mistakes noted; null when it is blank or names no unit. */
function readRow(columns: ReadonlyMap<Column, number>, cells: readonly string[], row: number, note: Note): Row | null {
  const text = (column: Column): string => cells[columns.get(column) ?? -1]?.trim() ?? '';
  if (cells.every((cell) => cell.trim() === '')) return null;

  const unit = text('unit');
  if (unit === '') note(row, 'unit', '没有填写。');

  const kind = kinds.get(text('kind')) ?? null;
  if (kind === null && text('kind') !== '') note(row, 'kind', `没有“${text('kind')}”这个类别，可填${[...kinds.keys()].join('、')}。`);

  const name = padded(text('name'));
  const labels = text('role')
    .split(/[、，,;；/\s]+/)
    .filter(Boolean);
  if (name !== '' && labels.length === 0) note(row, 'role', '没有填写。');
  const unknown = labels.filter((label) => roleOf(label) === undefined);
  if (unknown.length > 0) note(row, 'role', `没有“${unknown.join('、')}”这个角色，可填${Object.values(roles).join('、')}。`);
  if (name === '' && (['role', 'title', 'email', 'from', 'to'] as const).some((column) => text(column) !== '')) {
    note(row, 'name', '没有填写。');
  }

  const email = text('email').normalize('NFKC').toLowerCase();
  if (email !== '' && !z.email().safeParse(email).success) note(row, 'email', `“${email}”不是邮箱地址。`);

  const day = (column: 'from' | 'to'): LocalDate | null => {
    const date = readDate(text(column));
    if (date === undefined) note(row, column, `“${text(column)}”不是日期，请写成2026-08-01。`);
    return date ?? null;
  };
  const [from, to] = [day('from'), day('to')];
  if (from !== null && to !== null && to < from) note(row, 'to', `早于任职起（${from}）。`);

  if (unit === '') return null;
  const held = [...new Set(labels.map(roleOf))].filter((role) => role !== undefined);
  return { row, unit, parent: text('parent'), kind, name, roles: held, title: text('title'), email: email || null, from, to };
}

/** Two-character names are often padded to three: 张　伟. */
const padded = (name: string): string => (/^[\p{Script=Han}\s]+$/u.test(name) ? name.replaceAll(/\s/g, '') : name);

/** 2026-08-01, 2026/8/1, 2026.8.1 or 2026年8月1日; null for nothing, undefined for no date. */
function readDate(text: string): LocalDate | null | undefined {
  if (text === '') return null;
  const [, year = '', month = '', day = ''] =
    /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?$/.exec(text.normalize('NFKC').replaceAll(/\s/g, '')) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDate(date) ? date : undefined;
}

import type { UnitKind } from '../domain/directory';
import { badInput } from '../domain/failure';
import type { Sheet } from './sheet';

/** Column names of the form, and what else offices call them. The first is the one used in messages and exports. */
export const headings = {
  unit: ['单位', '单位名称', '所在单位', '部门'],
  parent: ['上级单位', '上级', '主管单位', '隶属单位'],
  kind: ['单位类别', '单位类型', '类别'],
  name: ['姓名', '人员', '人员姓名', '被代理人'],
  role: ['角色', '整改角色', '代理角色'],
  title: ['职务', '岗位', '职务名称'],
  email: ['邮箱', '电子邮箱', '电子邮件', '邮件', 'email', 'e-mail'],
  from: ['任职起', '任职开始', '任职时间', '任职日期', '起始日期'],
  to: ['任职止', '任职结束', '免职时间', '免职日期', '终止日期'],
  substitute: ['代理人', '代理人姓名', '代理人员'],
  substituteFrom: ['代理起', '代理开始', '代理起始日期'],
  substituteTo: ['代理止', '代理结束', '代理终止日期'],
} as const;

export type Column = keyof typeof headings;

/** Columns that staff lists carry and nobody needs here. */
const ignored = ['', '序号', '备注', '电话', '手机', '联系电话', '办公电话'];

/** 纪检监察机构, 组织部门 and 审计机关 stand on the inspecting side: they review and see, and are never responsible units. */
export const kinds: ReadonlyMap<string, UnitKind> = new Map([
  ['被巡察单位', 'organisation'],
  ['责任单位', 'unit'],
  ['巡察机构', 'inspection'],
  ['纪检监察机构', 'inspection'],
  ['组织部门', 'inspection'],
  ['审计机关', 'inspection'],
]);

/** What a table of a directory file is called, which columns it knows, and which it can't do without. */
export interface Form {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly required: readonly Column[];
}

/** The table of posts; the last three columns say who stands in for the person in this post. */
export const staffForm: Form = {
  title: '人员表',
  columns: Object.keys(headings) as Column[],
  required: ['unit', 'kind', 'name', 'role'],
};

/** The second sheet that a workbook may have: substitutes for several roles at once, or (no role stated) for all. */
export const substituteForm: Form = {
  title: '代理表',
  columns: ['name', 'unit', 'role', 'substitute', 'substituteFrom', 'substituteTo'],
  required: ['name', 'substitute'],
};

/** A sheet whose header was understood. */
export interface Table {
  readonly form: Form;
  readonly format: Sheet['format'];
  readonly columns: ReadonlyMap<Column, number>;
  /** Cells in the header; a record with more of them has lost a quote. */
  readonly width: number;
  /** Below the header; `row` counts from 1, as a spreadsheet shows it. */
  readonly records: readonly { readonly row: number; readonly cells: readonly string[] }[];
}

/** Finds the header, which may stand below a title, in the first five rows. Throws badInput `directory.header` when a column is missing or unknown. */
export function readTable({ rows, format }: Sheet, form: Form): Table {
  const isHeader = (cells: readonly string[]): boolean => form.required.every((column) => cells.some((cell) => isNamed(cell, column)));
  const at = Math.max(rows.slice(0, 5).findIndex(isHeader), 0);
  const header = rows[at] ?? [];
  const columns = readHeader(header, form);
  const records = rows.slice(at + 1).map((cells, index) => ({ row: at + 2 + index, cells }));
  return { form, format, columns, width: header.length, records };
}

const plain = (heading: string): string => heading.replaceAll(/\s/g, '').toLowerCase();
const isNamed = (cell: string, column: Column): boolean => (headings[column] as readonly string[]).includes(plain(cell));

function readHeader(cells: readonly string[], form: Form): ReadonlyMap<Column, number> {
  const columns = new Map<Column, number>();
  const unknown: string[] = [];
  const twice: string[] = [];
  cells.forEach((cell, index) => {
    const column = form.columns.find((each) => isNamed(cell, each));
    if (column === undefined) {
      if (!ignored.includes(plain(cell))) unknown.push(plain(cell));
    } else if (columns.has(column)) twice.push(plain(cell));
    else columns.set(column, index);
  });
  const missing = form.required.filter((column) => !columns.has(column)).map((column) => headings[column][0]);
  const wrong = [
    ...(missing.length > 0 ? [`缺少列：${missing.join('、')}`] : []),
    ...(unknown.length > 0 ? [`不认识的列：${unknown.join('、')}`] : []),
    ...(twice.length > 0 ? [`重复的列：${twice.join('、')}`] : []),
  ];
  const names = form.columns.map((column) => headings[column][0]);
  if (wrong.length > 0)
    throw badInput('directory.header', `${form.title}的表头不对：${wrong.join('；')}。`, `表头请用：${names.join(',')}。`);
  return columns;
}

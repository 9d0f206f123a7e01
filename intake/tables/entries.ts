import type { Group } from '../groups';
import { numberingOf } from '../numbering';
import type { DocumentTable, TableRow } from '../readers/reader';
import type { Column, ColumnRole } from './columns';
import { GroupColumns } from './group-columns';
import type { LedgerHeader } from './header';

/** A filled cell of a ledger with the line of its row. */
export interface LedgerCell {
  readonly column: Column;
  readonly text: string;
  readonly line: number;
}

/** One finding of a ledger: the row that names it with the rows below that go on with it. */
export interface LedgerEntry {
  readonly title: string;
  /** As the ledger numbers it; empty when it doesn't. */
  readonly label: string;
  readonly line: number;
  endLine: number;
  readonly aspect: Group | null;
  readonly category: Group | null;
  /** Every filled cell but those of number, title and groups, row by row. */
  readonly cells: LedgerCell[];
  /** Whether rows that go on with it are numbered themselves: then the numbers count rows, not findings. */
  numbersRows: boolean;
}

const sum = /^(?:合|小|总|共|累)计|^总数/u;
const note = /^(?:注|备注|说明|填表|填报|制表|审核|审批|复核|单位负责人|负责人签|联系人|联系电话)\S{0,4}[:：]/u;

/** The findings of a table, top to bottom. Blank cells below a finding belong to it; sums, notes and repeated headings to none. */
export function entriesOf({ name, rows }: DocumentTable, header: LedgerHeader): LedgerEntry[] {
  const titles = titleColumn(header.columns, rows.slice(header.firstRow));
  const groups = new GroupColumns(header.columns, titles, name);
  const found: LedgerEntry[] = [];
  let before: readonly string[] = [];
  for (const { cells: raw, line } of rows.slice(header.firstRow)) {
    const cells = raw.map(tidy);
    if (cells.every((cell) => cell === '') || isFurniture(cells, header)) continue;
    const banner = bannerOf(cells, header.columns);
    if (banner !== null) {
      groups.banner(banner, line);
      before = [];
      continue;
    }
    const moved = groups.take(cells, line);
    const title = cells[titles.index] ?? '';
    const label = cells[header.columns.find(({ role }) => role === 'number')?.index ?? -1] ?? '';
    const last = found.at(-1);
    const goesOn = last !== undefined && !moved && (title === '' || title === before[titles.index]);
    if (!goesOn && title === '') continue;
    const entry = goesOn ? last : { title, label, line, endLine: line, ...groups.current(), cells: [], numbersRows: false };
    if (entry !== last) found.push(entry);
    else if (label !== '' && label !== entry.label) entry.numbersRows = true;
    entry.endLine = line;
    entry.cells.push(...valuesOf({ cells, line }, header.columns, titles, entry === last ? before : []));
    before = cells;
  }
  return found;
}

/** White space at the ends and the time of a day that only stands for the day go. */
const tidy = (cell: string): string =>
  cell
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/(?<=\d) 00:00:00$/, '')
    .trim();

/** Sums, notes below the table, headings again, and the row that numbers the columns. */
function isFurniture(cells: readonly string[], header: LedgerHeader): boolean {
  const filled = cells.filter((cell) => cell !== '');
  const [first = ''] = filled;
  if (sum.test(first.replace(/\s+/gu, '')) || note.test(first)) return true;
  const squeezed = cells.map((cell) => cell.replace(/\s+/gu, ''));
  if (header.cells.filter((cell, index) => cell !== '' && cell === squeezed[index]).length >= Math.min(2, header.cells.length)) return true;
  return filled.length > 1 && filled.every((cell, index) => cell === String(index + 1) || cell === `(${index + 1})`);
}

/** A row that is nothing but one heading, in its first cell or across all. */
function bannerOf(cells: readonly string[], columns: readonly Column[]): string | null {
  const numbered = numberedBanner(cells, columns);
  if (numbered !== null) return numbered;
  const different = [...new Set(cells.filter((cell) => cell !== ''))];
  const [only] = different;
  if (only === undefined || different.length > 1 || /^[\d.]+$/.test(only)) return null;
  const filled = cells.filter((cell) => cell !== '').length;
  if (filled > 1) return filled >= columns.length - 1 ? only : null;
  const at = cells.indexOf(only);
  const role = columns.find(({ index }) => index === at)?.role;
  const numbering = numberingOf(only);
  const isHeading = numbering !== null && /^(?:part|chinese|chineseBracket)$/.test(numbering.style);
  return at === 0 && (role === 'number' || isHeading) ? only : null;
}

/** 一 | 政治建设方面 | (nothing more): a heading whose number has a cell of its own. */
function numberedBanner(cells: readonly string[], columns: readonly Column[]): string | null {
  const at = columns.find(({ role }) => role === 'number')?.index ?? -1;
  const number = cells[at] ?? '';
  if (!/^[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?$/u.test(number)) return null;
  const others = [...new Set(cells.filter((cell, index) => index !== at && cell !== '' && cell !== number))];
  const [words] = others;
  if (words === undefined || others.length > 1) return null;
  return `${/[)）、.．]$/u.test(number) ? number : `${number}、`}${words}`;
}

/** Cells that hang down from the row before (spans of a document's table) are told once. */
function valuesOf({ cells, line }: TableRow, columns: readonly Column[], title: Column, before: readonly string[]): LedgerCell[] {
  return columns.flatMap((column) => {
    const text = cells[column.index] ?? '';
    const isOwn = column !== title && !notValues.has(column.role) && text !== '' && !/^[/\\—–-]+$/u.test(text);
    return isOwn && text !== before[column.index] ? [{ column, text: withUnit(column, text), line }] : [];
  });
}

const notValues: ReadonlySet<ColumnRole> = new Set(['number', 'aspect', 'category']);

/** 12.5 below 金额（万元） is 12.5万元. */
const withUnit = ({ unit }: Column, text: string): string =>
  unit !== null && /^\d+(?:\.\d+)?$/.test(text) ? `${Number(Number(text).toFixed(6))}${unit}` : text;

/**
 * Of several columns that name findings (突出问题, 具体问题) the more particular one, unless each of its rows has a wider name of its
 * own: then that is the finding and the other tells of it.
 */
function titleColumn(columns: readonly Column[], rows: readonly TableRow[]): Column {
  const naming = columns.filter(({ role }) => role === 'finding');
  const [first] = naming;
  if (first === undefined) throw new Error('a ledger has a column for its findings');
  const particular = naming.slice(1).find(({ name }) => /具体|描述|内容|表现|详|细化|摘要|概述/u.test(name));
  if (particular === undefined) return first;
  const valuesIn = ({ index }: Column): string[] => rows.map(({ cells }) => tidy(cells[index] ?? '')).filter((cell) => cell !== '');
  const wide = valuesIn(first);
  return new Set(wide).size >= valuesIn(particular).length ? first : particular;
}

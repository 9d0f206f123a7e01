import type { Group } from '../groups';
import { numberingOf } from '../numbering';
import { aspectTitleOf, titleOf } from '../titles';
import type { Column } from './columns';

/** What is open: an aspect, and a category of it. */
type Path = { readonly aspect: Group | null; readonly category: Group | null };

/**
 * The aspects and categories of a ledger: columns whose blank cells mean the one above, headings across the table, sheets each with an
 * aspect's name. The same name is the same group wherever it stands again.
 */
export class GroupColumns {
  private readonly columns: readonly Column[];
  private readonly known = new Map<string, Group>();
  private readonly lastNo = new Map<Group | null, number>();
  private readonly bannerStyles: string[] = [];
  private path: Path = { aspect: null, category: null };
  private readonly values: string[] = [];

  constructor(columns: readonly Column[], title: Column, sheet: string | null) {
    const wide = columns.filter((column) => column.role === 'finding' && column.index < title.index);
    this.columns = [
      ...columns.filter(({ role }) => role === 'aspect'),
      ...columns.filter(({ role }) => role === 'category'),
      ...wide,
    ].slice(0, 2);
    if (sheet !== null && this.columns.length < 2 && /方面$/u.test(sheet))
      this.path = { aspect: this.group(sheet, null, 1), category: null };
  }

  current(): Path {
    return this.path;
  }

  /** A heading across the table. Its way of numbering tells its level: the first is an aspect's, another one opens categories. */
  banner(words: string, line: number): void {
    const style = numberingOf(words)?.style ?? 'none';
    if (!this.bannerStyles.includes(style)) this.bannerStyles.push(style);
    const { aspect } = this.path;
    this.path =
      this.bannerStyles.indexOf(style) === 0 || aspect === null
        ? { aspect: this.group(words, null, line), category: null }
        : { aspect, category: this.group(words, aspect, line) };
  }

  /** Takes the grouping cells of a row; whether they open another group than the row above stood in. */
  take(cells: readonly string[], line: number): boolean {
    let moved = false;
    this.columns.forEach(({ index }, level) => {
      const value = cells[index] ?? '';
      if (value === '' || (value === this.values[level] && !moved)) return;
      moved = true;
      this.values.splice(level, this.values.length, value);
      const { aspect } = this.path;
      const isOuter = level === 0 && !(this.bannerStyles.length > 0 && aspect !== null);
      this.path = isOuter
        ? { aspect: this.group(value, null, line), category: null }
        : { aspect, category: this.group(value, aspect, line) };
    });
    return moved;
  }

  private group(words: string, aspect: Group | null, line: number): Group {
    const numbering = numberingOf(words);
    const plain = words.slice(numbering?.length ?? 0).replace(/\s*\n\s*/gu, '');
    const title = aspect === null ? aspectTitleOf(plain) : titleOf(plain);
    const key = `${aspect?.title ?? ''}\n${title}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const last = this.lastNo.get(aspect) ?? 0;
    const own = numbering?.number ?? 0;
    const group = { no: own > last ? own : last + 1, title, line, aspect };
    this.lastNo.set(aspect, group.no);
    this.known.set(key, group);
    return group;
  }
}

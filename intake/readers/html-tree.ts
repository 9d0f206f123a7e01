import { isFooter, isFurniture } from './html-furniture';

/** What is added up of a line, and of everything in a part. */
export interface Weights {
  /** Without white space. */
  readonly characters: number;
  readonly linkCharacters: number;
  /** How much it reads as prose: Chinese characters outside links; stops count ten times. */
  readonly prose: number;
  readonly lines: number;
  /** Lines that belong to the page, not to a text. */
  readonly furniture: number;
  readonly footers: number;
}

export interface PageLine extends Weights {
  readonly kind: 'line';
  readonly text: string;
  /** 1 to 6 in h1 to h6, else 0. */
  readonly heading: number;
  /** Tag, class and id of the innermost part. */
  readonly hint: string;
  /** It links to a file. */
  readonly download: boolean;
}

export interface PagePart extends Weights {
  readonly kind: 'part';
  readonly tag: string;
  /** Tag, class and id in small letters: what a site calls it, never more than a hint. */
  readonly hint: string;
  readonly colSpan: number;
  readonly rowSpan: number;
  readonly children: readonly PageNode[];
}

export type PageNode = PageLine | PagePart;

/** The number of characters that are no white space. */
export const lengthOf = (text: string): number => text.replace(/\s{1,500}/gu, '').length;

/** A line as built, before it is weighed. */
export type PlainLine = Pick<PageLine, 'text' | 'linkCharacters' | 'heading' | 'hint' | 'download'>;

export function lineOf(line: PlainLine): PageLine {
  const characters = lengthOf(line.text);
  const linked = Math.min(line.linkCharacters / Math.max(characters, 1), 1);
  const words = line.text.match(/[\u4e00-\u9fff]/gu)?.length ?? 0;
  const stops = line.text.match(/[，。；：、]/gu)?.length ?? 0;
  return {
    ...line,
    kind: 'line',
    characters,
    prose: linked > 0.5 ? 0 : (words + 10 * stops) * (1 - linked),
    lines: 1,
    furniture: isFurniture(line.text) ? 1 : 0,
    footers: isFooter(line.text) ? 1 : 0,
  };
}

/** A part as built, before it is weighed. */
export type PlainPart = Pick<PagePart, 'tag' | 'hint' | 'colSpan' | 'rowSpan' | 'children'>;

export function partOf(part: PlainPart): PagePart {
  const sum = { characters: 0, linkCharacters: 0, prose: 0, lines: 0, furniture: 0, footers: 0 };
  for (const child of part.children) {
    sum.characters += child.characters;
    sum.linkCharacters += child.linkCharacters;
    sum.prose += child.prose;
    sum.lines += child.lines;
    sum.furniture += child.furniture;
    sum.footers += child.footers;
  }
  return { kind: 'part', ...part, ...sum };
}

/** The lines of a node, in their order. */
export function linesIn(node: PageNode): PageLine[] {
  if (node.kind === 'line') return [node];
  const row = lineOfRow(node);
  return row === null ? node.children.flatMap(linesIn) : [row];
}

/** A row of a table whose few words read as one line, such as labels and their values; null for every other part. */
export function lineOfRow(row: PagePart): PageLine | null {
  if (row.tag !== 'tr' || row.lines > 8 || row.characters > 120) return null;
  const cells = row.children.map((cell) => (cell.kind === 'part' && cell.lines === 1 ? linesIn(cell) : []));
  if (cells.some((lines) => lines.length > 1) || cells.filter((lines) => lines.length === 1).length !== row.lines) return null;
  const lines = cells.flat();
  const [first, second] = lines;
  if (first === undefined || second === undefined) return first ?? null;
  const text = lines.map((line) =>
    line.text.trim().replace(/^(?:索引号|文号|发布机构|发文机关|发布日期|发文日期|成文日期|来源)$/u, '$&：'),
  );
  const linkCharacters = lines.reduce((sum, line) => sum + line.linkCharacters, 0);
  return lineOf({ text: text.join(' '), linkCharacters, heading: 0, hint: row.hint, download: lines.some(({ download }) => download) });
}

/** Whether a node is made of links: a menu, a list of other pages. */
export const isLinks = ({ characters, linkCharacters }: Weights): boolean => linkCharacters > characters * 0.5;

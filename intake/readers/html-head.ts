import { isFurniture, isPublication, withoutFurniture } from './html-furniture';
import type { MainText } from './html-main';
import type { Page } from './html-page';
import { isLinks, type PageLine } from './html-tree';
import type { Block } from './table';

/** The text of a page with its title as the first line and what the page says of its publication, wherever the page shows them. */
export function withHead(page: Page, main: MainText): readonly Block[] {
  const { blocks, before } = main;
  const opening = openingOf(blocks);
  const headings = headingsIn(before);
  const own = headingsIn(main.opening).filter((heading) => !/^[（(]?[\d一二三四五六七八九十]{1,3}[)）、.．]/.test(heading));
  const declared = [page.meta.get('articletitle') ?? '', ...titleParts(page.title)].filter(isTitle);
  const [inText] = [...declared, ...headings, ...own].flatMap((candidate) => foundIn(opening, candidate) ?? []);
  const publication = publicationOf(page, main);
  if (inText !== undefined) return [...inText.lines, ...publication, ...inText.above, ...blocks.slice(inText.end)];
  const title =
    headings.findLast((heading) => declared.some((other) => isAlike(heading, other))) ?? declared.at(0) ?? headings.at(-1) ?? null;
  return [...(title === null ? [] : [lineOf(title)]), ...publication, ...blocks];
}

const lineOf = (text: string): Block => ({ kind: 'line', text, place: null });
const bare = (text: string): string => text.replace(/[\s\u200b《》“”"]+/gu, '');

const isTitle = (text: string): boolean =>
  (text.match(/[\u4e00-\u9fff]/gu)?.length ?? 0) >= 6 && text.length <= 200 && !/(?:网|网站|门户|平台|频道|首页)$/u.test(text.trim());

const isAlike = (one: string, other: string): boolean => bare(other).includes(bare(one)) || bare(one).includes(bare(other));

/** `标题_栏目_网站`, `网站 - 标题`: its parts. A bare hyphen parts only words, not `2023-2024年`. */
const titleParts = (title: string): string[] =>
  title.split(/\s*[_|｜]\s*|\s+[-–—]+\s+|-{2,}|-(?=[^\d。，]{2,60}$)|——(?=[^，。]{0,20}(?:网|网站|政府)$)/u);

/** Headings before the text; the lines of one heading are one. */
function headingsIn(before: readonly PageLine[]): string[] {
  const found: { heading: number; text: string; at: number }[] = [];
  before.forEach((line, at) => {
    if ((line.heading === 0 && !/title|headline|\bbt\b/.test(line.hint)) || isLinks(line) || line.furniture > 0) return;
    const last = found.at(-1);
    if (last?.at === at - 1 && last.heading === line.heading && line.heading > 0) [last.text, last.at] = [last.text + line.text.trim(), at];
    else found.push({ heading: line.heading, text: line.text.trim(), at });
  });
  return found.map(({ text }) => text).filter(isTitle);
}

/** The first lines of the text, up to its first table. */
function openingOf(blocks: readonly Block[]): string[] {
  const table = blocks.findIndex(({ kind }) => kind === 'table');
  return blocks.slice(0, Math.min(table < 0 ? 10 : table, 10)).flatMap((block) => (block.kind === 'line' ? [block.text] : []));
}

interface InText {
  readonly lines: readonly Block[];
  /** What stands above the title: publication, as far as it is anything. */
  readonly above: readonly Block[];
  readonly end: number;
}

/** Where the text itself begins with the title, which may be broken into up to three lines. */
function foundIn(opening: readonly string[], title: string): InText | null {
  for (let start = 0; start < Math.min(opening.length, 7); start += 1) {
    for (let count = 1; count <= 3; count += 1) {
      const lines = opening.slice(start, start + count).map((line) => line.trim());
      // sentences above it say that it is a heading inside the text
      if (bare(lines.join('')) !== bare(title) || opening.slice(0, start).some((line) => line.includes('。'))) continue;
      return { lines: lines.map(lineOf), above: opening.slice(0, start).map(lineOf), end: start + count };
    }
  }
  return null;
}

/** Lines of publication that stand outside the text, each once; the page's own tag where it shows no date. */
function publicationOf(page: Page, { blocks, before, after }: MainText): Block[] {
  const shown = (lines: readonly PageLine[]): string[] =>
    lines
      .filter((line) => !isLinks(line) && line.characters <= 200)
      .map(({ text }) => withoutFurniture(text).trim())
      .filter((text) => text !== '' && !isFurniture(text) && isPublication(text));
  const own = blocks.flatMap((block) => (block.kind === 'line' && block.text.length <= 200 ? [block.text] : []));
  const found = new Set(shown(before));
  if (![...found, ...own].some(isDated)) shown(after).forEach((text) => found.add(text));
  // name and content of the tag: 政府网站发展指引 (国办发〔2017〕47号), 附件3 网页标签规范
  const tag = page.meta.get('pubdate')?.trim() ?? '';
  if (![...found, ...own].some(isDated) && /^\d{4}[-年/.]\d{1,2}/.test(tag)) found.add(`发布时间：${tag}`);
  return [...found].map(lineOf);
}

const isDated = (text: string): boolean => isPublication(text) && /\d{4}\s?[-年/.]\s?\d{1,2}/.test(text);

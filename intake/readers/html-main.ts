import { isNearFooter, withoutFurniture } from './html-furniture';
import { isTableOfData, tableOf } from './html-table';
import { isLinks, lineOfRow, linesIn, type PageLine, type PageNode, type PagePart } from './html-tree';
import type { Block, TextLine } from './table';

/** Where the text of a page is, and what stands around it. */
export interface MainText {
  readonly blocks: readonly Block[];
  /** The first lines of the text, before what is furniture among them is left out. */
  readonly opening: readonly PageLine[];
  /** Lines before the text, in their order: headings and lines of publication may be among them. */
  readonly before: readonly PageLine[];
  /** Lines behind it. */
  readonly after: readonly PageLine[];
}

/** One child must hold this share of the prose of the part around it to be followed. */
const dominates = 0.75;
/** What sites like to call the part that holds the text. */
const textHint = /article|content|zoom|editor|news_?text|detail|正文|wz|text/;
const furnitureHint =
  /\b(?:nav|footer|aside)\b|breadcrumb|crumb|copyright|foot(?:er)?\b|side-?bar|share|related|pagination|toolbar|print|menu/;

/**
 * Finds the text of a page by its own weight: from the outside in as long as one part holds nearly all the prose (Chinese characters
 * outside links, stops above all) and furniture stands beside it. Names of classes only tip a doubtful balance.
 */
export function mainTextOf(root: PagePart): MainText {
  const before: PageNode[][] = [];
  const after: PageNode[][] = [];
  let main = root;
  for (;;) {
    const best = main.children.reduce<PagePart | null>(
      (most, child) => (child.kind === 'part' && child.prose > (most?.prose ?? 0) ? child : most),
      null,
    );
    if (best === null || isTableOfData(best) || !leadsOn(main, best)) break;
    const at = main.children.indexOf(best);
    before.push(main.children.slice(0, at));
    after.unshift(main.children.slice(at + 1));
    main = best;
  }
  const signed = signature(after.flat());
  return {
    blocks: [...blocksOf(main), ...signed],
    opening: linesIn(main).slice(0, 10),
    before: before.flat().flatMap(linesIn),
    after: after.flat().flatMap(linesIn),
  };
}

const dateAlone =
  /^\s*(?:\d{4}|[〇○零一二三四五六七八九]{4})\s?年\s?[\d一二三四五六七八九十]{1,3}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日\s*$/u;

/** Name and date below a text stand in a part of their own on some pages: short clean lines right behind it, the last one a date. */
function signature(after: readonly PageNode[]): TextLine[] {
  const lines: PageLine[] = [];
  for (const node of after.slice(0, 4)) {
    if (!isClean(node) || node.characters > 120) break;
    lines.push(...linesIn(node));
    if (dateAlone.test(lines.at(-1)?.text ?? '')) return lines.map(({ text }) => ({ kind: 'line', text, place: null }));
  }
  return [];
}

function leadsOn(main: PagePart, best: PagePart): boolean {
  const others = main.children.filter((child) => child !== best);
  // the foot of a site is no rival, however much it says
  const rivals = others.reduce((sum, child) => sum + (child.footers > 0 ? 0 : child.prose), 0);
  if (best.prose < (best.prose + rivals) * (textHint.test(best.hint) ? 0.5 : dominates)) return false;
  const prose = others.filter(isClean).reduce((sum, child) => sum + sentencesIn(child), 0);
  return others.length === 0 || (prose <= main.prose * 0.02 && !others.every(isClean));
}

/** Nothing in it belongs to the page rather than to the text. */
const isClean = (node: PageNode): boolean =>
  node.furniture === 0 &&
  node.footers === 0 &&
  node.linkCharacters <= node.characters * 0.2 &&
  !(node.kind === 'part' && furnitureHint.test(node.hint));

const sentencesIn = (node: PageNode): number => linesIn(node).reduce((sum, line) => sum + (line.text.includes('。') ? line.prose : 0), 0);

/** The lines and tables of the text, without the furniture that stands inside it. */
function blocksOf(main: PagePart): Block[] {
  const blocks: Block[] = [];
  let inFooter = false;
  const add = (node: PageNode): void => {
    const line = node.kind === 'line' ? node : lineOfRow(node);
    if (node.kind === 'part' && isTableOfData(node)) blocks.push(tableOf(node));
    else if (node.kind === 'part' && isFurniturePart(node, main)) dropHeading(blocks, node);
    else if (line !== null) addLine(line);
    else if (node.kind === 'part') node.children.forEach(add);
  };
  const addLine = (line: PageLine): void => {
    const text = withoutFurniture(line.text);
    if (line.footers > 0) {
      // around 版权所有 the lines 主办单位 and 地址 belong to the site too
      inFooter = true;
      while (isFoot(blocks.at(-1))) blocks.pop();
    } else if (text === '' || (inFooter && isNearFooter(text))) return;
    else if (isLinks(line) && line.download) dropHeading(blocks, line);
    else blocks.push({ kind: 'line', text, place: null });
  };
  main.children.forEach(add);
  return blocks;
}

const isFoot = (block: Block | undefined): boolean => block?.kind === 'line' && isNearFooter(block.text);

/** A menu, a list of other pages or files, the foot of the site. */
function isFurniturePart(part: PagePart, main: PagePart): boolean {
  if (part.prose > main.prose * 0.3) return false;
  if (part.footers > 0 && part.prose < main.prose * 0.15) return true;
  if (isLinks(part) && (part.lines > 1 || furnitureHint.test(part.hint))) return true;
  return furnitureHint.test(part.hint) && part.furniture > 0;
}

/** The words 附件： above a list of files that is left out. */
function dropHeading(blocks: Block[], left: PageNode): void {
  const last = blocks.at(-1);
  const isHeading = last?.kind === 'line' && /^(?:相关|有关)?附件(?:下载|列表)?\s?[:：]?$/u.test(last.text.trim());
  if (isHeading && linesIn(left).some(({ download }) => download)) blocks.pop();
}

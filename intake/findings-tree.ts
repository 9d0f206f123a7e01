import { isRectification } from './labels';
import { defectWords, notFindings } from './lexicon';
import type { NumberingStyle } from './numbering';
import type { Outline, OutlineNode } from './outline';
import type { Prose } from './prose';
import { contentOf, sectionsOf, type Section } from './sections';
import { statusWord } from './status-words';
import { aspectTitleOf, firstSentence, titleOf } from './titles';

/** A finding with its parts; `shared` are parts that stand below a later finding of the same heading and tell of both. */
export interface FindingNode {
  readonly node: OutlineNode;
  readonly sections: readonly Section[];
  readonly shared: readonly Section[];
  readonly aspect: Group | null;
  readonly category: Group | null;
  /** Headings above it that say a state: 已完成整改的问题. */
  readonly stateHeadings: readonly Prose[];
}

/** An aspect 方面 or a category 项. */
export interface Group {
  readonly no: number;
  readonly title: string;
  readonly line: number;
  readonly aspect: Group | null;
}

/** The tree of findings, with roles given to the levels of the outline. */
export function findingsOf(outline: Outline): FindingNode[] {
  const nodes = descendants(outline.root);
  const chosen = accountNodes(nodes) ?? defectNodes(nodes, outline);
  const groups = new Map<OutlineNode, Group>();
  return chosen.map((node, index) => {
    const sections = sectionsOf(node).filter(({ kind }) => kind !== 'loose');
    const above = ancestors(node);
    const [aspectNode, categoryNode] = groupNodes(above, chosen);
    const aspect = groupOf(aspectNode, null, groups);
    return {
      node,
      sections,
      shared: hasAccount(sections) ? [] : sharedSections(node, chosen.slice(index + 1)),
      aspect,
      category: groupOf(categoryNode, aspect, groups),
      stateHeadings: above.filter(isStateHeading).flatMap(({ heading }) => heading ?? []),
    };
  });
}

const descendants = (node: OutlineNode): OutlineNode[] => node.children.flatMap((child) => [child, ...descendants(child)]);

/** From the outermost heading to the nearest. */
function ancestors(node: OutlineNode): OutlineNode[] {
  const { parent } = node;
  return parent === null || parent.numbering === null ? [] : [...ancestors(parent), parent];
}

const wordsOf = (node: OutlineNode): string => node.heading?.text.slice(node.numbering?.length ?? 0) ?? '';
const hasAccount = (sections: readonly Section[]): boolean =>
  sections.some(({ kind }) => kind !== 'statement' && kind !== 'loose' && isRectification(kind));
const sectionRoot = (node: OutlineNode): OutlineNode => ancestors(node)[0] ?? node;

/** Findings with a labelled account, and their unlabelled siblings of the same level; null when the document has no labels. */
function accountNodes(nodes: readonly OutlineNode[]): OutlineNode[] | null {
  const withAccount = new Set(nodes.filter((node) => node.children.length === 0 && hasAccount(sectionsOf(node))));
  if (withAccount.size === 0) return null;
  const styles = new Map<NumberingStyle, number>();
  for (const { numbering } of withAccount) if (numbering !== null) styles.set(numbering.style, (styles.get(numbering.style) ?? 0) + 1);
  const sections = new Set([...withAccount].map(sectionRoot));
  return nodes.filter((node) => {
    if (withAccount.has(node)) return true;
    const style = node.numbering?.style;
    const isUsual = style !== undefined && (styles.get(style) ?? 0) >= withAccount.size * 0.2;
    return isUsual && node.children.length === 0 && sections.has(sectionRoot(node)) && sectionRoot(node) !== node && !notFindings.test(firstSentence(wordsOf(node)));
  });
}

/** Without labels: the deepest level whose headings mostly name shortcomings. What stands below them is their account. */
function defectNodes(nodes: readonly OutlineNode[], outline: Outline): OutlineNode[] {
  const text = contentOf(outline.root)
    .slice(0, 40)
    .map((prose) => prose.text.slice(0, 200))
    .join('');
  if (!/整改|反馈/.test(text)) return [];
  const styles = new Map<NumberingStyle, OutlineNode[]>();
  for (const node of nodes) {
    if (node.numbering === null || ancestors(node).some((above) => notFindings.test(wordsOf(above)))) continue;
    styles.set(node.numbering.style, [...(styles.get(node.numbering.style) ?? []), node]);
  }
  const fitting = [...styles.values()].filter((group) => group.filter((node) => defectWords.test(firstSentence(wordsOf(node)))).length >= group.length * 0.6);
  const depth = (group: readonly OutlineNode[]): number => group.reduce((sum, node) => sum + ancestors(node).length, 0) / group.length;
  return fitting.sort((a, b) => depth(b) - depth(a))[0] ?? [];
}

/** Findings that stand right above one account share it: (1)… (2)… 整改情况：…. */
function sharedSections(node: OutlineNode, later: readonly OutlineNode[]): Section[] {
  if (node.body.length > 0) return [];
  for (const next of later) {
    if (next.parent !== node.parent) return [];
    const sections = sectionsOf(next).filter(({ kind }) => kind !== 'loose');
    if (hasAccount(sections)) return sections.filter(({ kind }) => kind !== 'statement' && kind !== 'finding');
    if (next.body.length > 0) return [];
  }
  return [];
}

const isStateHeading = (node: OutlineNode): boolean => {
  const words = firstSentence(wordsOf(node));
  return statusWord(words) !== null && !/方面/.test(words) && /问题|事项|任务|整改/.test(words);
};

/** Which headings above a finding are its aspect and its category: containers (整改情况, 已完成的问题) are neither. */
function groupNodes(above: readonly OutlineNode[], chosen: readonly OutlineNode[]): (OutlineNode | null)[] {
  const groups = above.filter((node, depth) => !isStateHeading(node) && !isContainer(node, depth, above, chosen));
  return [groups[0] ?? null, groups[1] ?? null];
}

function isContainer(node: OutlineNode, depth: number, above: readonly OutlineNode[], chosen: readonly OutlineNode[]): boolean {
  if (depth > 0) return false;
  const words = firstSentence(wordsOf(node));
  if (/方面/.test(words)) return false;
  const alone = new Set(chosen.map(sectionRoot)).size === 1;
  return above.length >= 3 || (/整改|落实|反馈|进展|问题/.test(words) && (alone || /(?:问题|意见|整改|落实)(?:的)?(?:整改|落实|完成|进展)*(?:情况|工作|进展)$/.test(words)));
}

function groupOf(node: OutlineNode | null, aspect: Group | null, known: Map<OutlineNode, Group>): Group | null {
  if (node === null) return null;
  const found = known.get(node);
  if (found !== undefined) return found;
  const words = wordsOf(node);
  const isAspect = aspect === null;
  const siblings = [...known.values()].filter((group) => group.aspect === aspect && isAspect === (group.aspect === null));
  const last = siblings.at(-1)?.no ?? 0;
  const own = node.numbering?.number ?? 0;
  const group = { no: own > last ? own : last + 1, title: isAspect ? aspectTitleOf(words) : titleOf(words), line: node.heading?.line ?? 1, aspect };
  known.set(node, group);
  return group;
}

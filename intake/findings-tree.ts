import { enumerationMarks, sequenceOf, type MarkFamily } from './enumeration';
import { isRectification, isShortField } from './labels';
import { defectWords, moreDefectWords, notFindings } from './lexicon';
import type { NumberingStyle } from './numbering';
import type { Outline, OutlineNode } from './outline';
import type { Prose } from './prose';
import { contentOf, sectionsOf, type Section } from './sections';
import { firstSentence, saysState } from './titles';
import { Groups, type Group } from './groups';
import { isStateHeading, wordsOf } from './headings';
import { sentences } from './prose';
import { numberSpoken } from './spoken-findings';

/** A finding with its parts; `shared` are parts that stand below a later finding of the same heading and tell of both. */
export interface FindingNode {
  readonly node: OutlineNode;
  readonly sections: readonly Section[];
  readonly shared: readonly Section[];
  readonly aspect: Group | null;
  readonly category: Group | null;
  /** Headings above it that say a state: 已完成整改的问题. */
  readonly stateHeadings: readonly Prose[];
  /** Its account is one item of a list that tells of several findings: its sections are all of it. */
  readonly isItem?: true;
  /** What a ledger's table says outright: the finding's own cell, its last row, and its measures where each has a row. */
  readonly table?: { readonly title: string; readonly endLine: number; readonly measures: readonly Prose[] };
}

/** The tree of findings, with roles given to the levels of the outline. */
export function findingsOf(outline: Outline): FindingNode[] {
  const nodes = descendants(outline.root);
  const labelled = accountNodes(nodes);
  const tellsAccounts = labelled === null && /整改/.test(headOf(outline, 3));
  const chosen = labelled ?? [defectNodes(nodes, outline), tellsAccounts ? [] : spokenNodes(nodes)].find((some) => some.length > 0) ?? [];
  const groups = new Groups(new Set(chosen.map(sectionRoot)).size === 1);
  const found = chosen.map((node) => {
    const above = ancestors(node);
    return {
      node,
      sections: tellsAccounts ? withAccountBelow(node) : sectionsOf(node).filter(({ kind }) => kind !== 'loose'),
      shared: [],
      ...groups.of(above),
      stateHeadings: above.filter(isStateHeading).flatMap(({ heading }) => heading ?? []),
    };
  });
  return labelled === null ? found : shareAccounts(found);
}

/** The beginnings of the first paragraphs. */
const headOf = (outline: Outline, paragraphs: number): string =>
  contentOf(outline.root)
    .slice(0, paragraphs)
    .map((prose) => prose.text.slice(0, 200))
    .join('\n');

/** In a document without labels that reports a rectification (and feeds nothing back), what stands below the heading is the account. */
function withAccountBelow(node: OutlineNode): Section[] {
  const [statement, ...others] = sectionsOf(node);
  if (statement === undefined) return [];
  const end = sentences(statement.prose.text)[0]?.end ?? 0;
  const account = statement.prose.slice(end);
  const own: Section = { kind: 'statement', prose: statement.prose.slice(0, end) };
  return account.text === '' ? [own, ...others] : [own, { kind: 'implementation', prose: account, unlabelled: true }, ...others];
}

/** Findings that stand right above one account share it: (1)… (2)… 整改情况：…. */
const shareAccounts = (found: readonly FindingNode[]): FindingNode[] => {
  const shared = withShared(found);
  let start = 0;
  return shared.flatMap((finding, index) => {
    if (finding.shared.length > 0) return [];
    const group = shared.slice(start, index + 1);
    start = index + 1;
    return group.length > 1 ? itemEach(group) : group;
  });
};

const families: Readonly<Partial<Record<NumberingStyle, MarkFamily>>> = {
  chineseBracket: 'chineseBracket',
  arabic: 'arabic',
  arabicBracket: 'bracket',
  circled: 'circled',
};

/** 1.… 2.… 整改情况：1.… 2.…: an account numbered as its findings are tells of them one by one. */
function itemEach(group: readonly FindingNode[]): readonly FindingNode[] {
  const own = group.at(-1);
  const account = own?.sections.find(
    ({ kind, prose }) => kind !== 'statement' && kind !== 'loose' && isRectification(kind) && prose.text !== '',
  );
  if (own === undefined || account === undefined) return group;
  const marks = sequenceOf(enumerationMarks(account.prose.text));
  const fits = group.every(
    ({ node: { numbering } }, index) =>
      numbering !== null && marks[index]?.family === families[numbering.style] && marks[index]?.number === numbering.number,
  );
  if (!fits || marks.length !== group.length) return group;
  return group.map((finding, index) => {
    const item: Section = { kind: account.kind, prose: account.prose.slice(marks[index]?.contentAt ?? 0, marks[index + 1]?.at) };
    const others = finding.sections.filter((section) => section !== account);
    const fields = finding === own ? [] : own.sections.filter(({ kind }) => kind !== 'statement' && kind !== 'loose' && isShortField(kind));
    return { ...finding, sections: [...others, item, ...fields], shared: [], isItem: true };
  });
}

function withShared(found: readonly FindingNode[]): FindingNode[] {
  let below: FindingNode | undefined;
  return found
    .toReversed()
    .map((finding) => {
      if (hasAccount(finding.sections)) below = finding;
      else if (finding.node.body.length > 0 || finding.node.parent !== below?.node.parent) below = undefined;
      else return { ...finding, shared: below.sections.filter(({ kind }) => kind !== 'statement' && kind !== 'finding') };
      return finding;
    })
    .toReversed();
}

const descendants = (node: OutlineNode): OutlineNode[] => node.children.flatMap((child) => [child, ...descendants(child)]);

/** From the outermost heading to the nearest. */
function ancestors(node: OutlineNode): OutlineNode[] {
  const { parent } = node;
  return parent === null || parent.numbering === null ? [] : [...ancestors(parent), parent];
}

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
    return (
      isUsual &&
      node.children.length === 0 &&
      sections.has(sectionRoot(node)) &&
      sectionRoot(node) !== node &&
      !notFindings.test(firstSentence(wordsOf(node)))
    );
  });
}

/** Without labels, and below headings that name no shortcoming (聚焦…方面): findings listed in the running text of most of them. */
function spokenNodes(nodes: readonly OutlineNode[]): OutlineNode[] {
  const leaves = nodes.filter(
    (node) => node.children.length === 0 && ![node, ...ancestors(node)].some((each) => notFindings.test(firstSentence(wordsOf(each)))),
  );
  const spoken = numberSpoken(leaves);
  return new Set(spoken.map(({ parent }) => parent)).size >= leaves.length * 0.5 ? spoken : [];
}

/** Without labels: the deepest level whose headings mostly name shortcomings. What stands below them is their account. */
function defectNodes(nodes: readonly OutlineNode[], outline: Outline): OutlineNode[] {
  if (!/整改|反馈/.test(headOf(outline, 40))) return [];
  const styles = new Map<NumberingStyle, OutlineNode[]>();
  for (const node of nodes) {
    if (node.numbering === null || ancestors(node).some((above) => notFindings.test(wordsOf(above)))) continue;
    styles.set(node.numbering.style, [...(styles.get(node.numbering.style) ?? []), node]);
  }
  const fitting = [...styles.values()].filter(
    (group) => group.filter(isDefect).length >= group.length * (group.every((node) => ancestors(node).some(listsProblems)) ? 0.3 : 0.6),
  );
  const depth = (group: readonly OutlineNode[]): number => group.reduce((sum, node) => sum + ancestors(node).length, 0) / group.length;
  return fitting.sort((a, b) => depth(b) - depth(a))[0] ?? [];
}

/** 巡察发现的主要问题: what stands below is fed back, whatever its words. */
const listsProblems = (node: OutlineNode): boolean =>
  /(?:发现|反馈|存在|指出|查出)[^。]{0,8}问题$|^(?:主要|具体|突出|反馈)问题$/u.test(firstSentence(wordsOf(node)));

/** A heading that names a shortcoming, quotes one (关于“…”的问题) or says what became of it (…（已完成）). */
function isDefect(node: OutlineNode): boolean {
  if (node.numbering?.label === '') return true;
  const words = firstSentence(wordsOf(node));
  return defectWords.test(words) || moreDefectWords.test(words) || saysState(words);
}

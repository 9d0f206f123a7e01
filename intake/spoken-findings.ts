import { enumerationMarks, sequenceOf } from './enumeration';
import { isRectification, labelsIn } from './labels';
import { defectWords, moreDefectWords } from './lexicon';
import type { OutlineNode } from './outline';
import type { Prose } from './prose';

/**
 * Feedback documents list findings in running text: （一）…方面。一是…不够有力；二是…不到位。 The items become children of the
 * heading they stand under. Only where most items name a shortcoming: in a report of a rectification 一是 tells a measure.
 */
export function numberSpoken(leaves: readonly OutlineNode[]): OutlineNode[] {
  return leaves.flatMap((node) => {
    const lists = [node.heading, ...node.body].flatMap((prose) => (prose === null ? [] : itemsOf(node, prose)));
    node.children.push(...lists);
    return lists;
  });
}

/** 一、思想建设方面。一是…问题。整改情况：… 二是…问题。整改情况：…: items that have an account each are findings; others are measures. */
export function numberSpokenAccounts(root: OutlineNode): void {
  const lists = [...withDescendants(root)].flatMap((node) =>
    [node.heading, ...node.body].flatMap((prose) => {
      const items = prose === null ? [] : itemsIn(node, prose);
      return items.length > 0 && items.every(hasAccount) ? [{ node, items }] : [];
    }),
  );
  // a single item may as well be a finding whose account begins with 一是
  if (lists.some(({ items }) => items.length > 1)) for (const { node, items } of lists) node.children.push(...items);
}

function* withDescendants(node: OutlineNode): Generator<OutlineNode> {
  yield node;
  for (const child of node.children) yield* withDescendants(child);
}

/** One label of an account, behind words of its own. */
function hasAccount({ heading, numbering }: OutlineNode): boolean {
  const labels = labelsIn(heading?.text ?? '').filter(({ kind }) => isRectification(kind));
  return labels.length === 1 && (labels[0]?.at ?? 0) > (numbering?.length ?? 0);
}

function itemsIn(parent: OutlineNode, prose: Prose): OutlineNode[] {
  const found = enumerationMarks(prose.text).filter(({ family }) => family === 'isWord');
  const sequence = sequenceOf(found);
  const marks = sequence.length === 0 && found[0]?.number === 1 ? found.slice(0, 1) : sequence;
  return marks.map((mark, index) => {
    const heading = prose.slice(mark.at, marks[index + 1]?.at ?? prose.text.length);
    const numbering = { style: 'problem' as const, number: mark.number, label: mark.marker, length: mark.contentAt - mark.at };
    return { numbering, heading, parent, children: [], body: [] };
  });
}

function itemsOf(parent: OutlineNode, prose: Prose): OutlineNode[] {
  const items = itemsIn(parent, prose);
  const defects = items.filter(({ heading }) => namesDefect((heading?.text ?? '').split(/[；;。]/u, 1)[0] ?? ''));
  return items.length >= 2 && defects.length >= items.length * 0.6 ? items : [];
}

const namesDefect = (text: string): boolean => defectWords.test(text) || moreDefectWords.test(text);

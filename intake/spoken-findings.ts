import { enumerationMarks, sequenceOf } from './enumeration';
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

function itemsOf(parent: OutlineNode, prose: Prose): OutlineNode[] {
  const marks = sequenceOf(enumerationMarks(prose.text).filter(({ family }) => family === 'isWord'));
  const items = marks.map((mark, index) => {
    const heading = prose.slice(mark.at, marks[index + 1]?.at ?? prose.text.length);
    const numbering = { style: 'problem' as const, number: mark.number, label: mark.marker, length: mark.contentAt - mark.at };
    return { numbering, heading, parent, children: [], body: [] };
  });
  const defects = items.filter(({ heading: { text } }) => namesDefect(text.split(/[；;。]/u, 1)[0] ?? ''));
  return items.length >= 2 && defects.length >= items.length * 0.6 ? items : [];
}

const namesDefect = (text: string): boolean => defectWords.test(text) || moreDefectWords.test(text);

import type { OutlineNode } from './outline';
import { statusWord } from './status-words';
import { firstSentence } from './titles';

/** The words of a heading's paragraph behind its label. */
export const wordsOf = (node: OutlineNode): string => node.heading?.text.slice(node.numbering?.length ?? 0) ?? '';

/** A heading that says a state of what stands below: 已完成整改的问题. */
export function isStateHeading(node: OutlineNode): boolean {
  const words = firstSentence(wordsOf(node));
  return statusWord(words) !== null && !/方面/.test(words) && /问题|事项|任务/.test(words);
}

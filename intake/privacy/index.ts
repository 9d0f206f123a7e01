import type { Prose } from '../prose';
import { withoutOverlaps, type PrivateKind, type PrivateMark } from './marks';
import { namesIn } from './names';
import { privateNumbersIn } from './numbers';

export type { PrivateKind, PrivateMark } from './marks';
export { publicTitle, redact } from './redact';

/** What may never be mailed or published, in a text, in text order: design.md, section 7 (only generally known matter leaves the office). */
export const privateInText = (text: string): PrivateMark[] => withoutOverlaps([...privateNumbersIn(text), ...namesIn(text)]);

/** The same in a paragraph, each with its line (1-based, of the text as read). */
export const privateIn = (paragraph: Prose): (PrivateMark & { readonly line: number })[] =>
  privateInText(paragraph.text).map((mark) => ({ ...mark, line: paragraph.lineAt(mark.at) }));

/** The marks of a document for its draft: what kind stands on which line, each once, never the words themselves. */
export function privateLines(paragraphs: readonly Prose[]): { readonly kind: PrivateKind; readonly line: number }[] {
  const seen = new Map<string, { kind: PrivateKind; line: number }>();
  for (const { kind, line } of paragraphs.flatMap((paragraph) => privateIn(paragraph))) seen.set(`${kind}/${line}`, { kind, line });
  return [...seen.values()].sort((a, b) => a.line - b.line);
}

/** Marks without width, soft hyphens and control characters; tabs and line breaks stay. */
const invisible = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu;
const typedIndent = /^(?: {0,8}[\u2002\u2003\u3000]| {2,8}\S|\t)/u;

/**
 * The lines of a paragraph that hold text, without white space at their ends; an indented first line begins with two ideographic blanks,
 * because that tells a paragraph from the continuation of the one before.
 */
export function paragraphLines(source: string, isIndented: boolean): string[] {
  const visible = source.replace(invisible, '').replace(/\u00a0/gu, ' ');
  const indent = visible.trim() !== '' && (isIndented || typedIndent.test(visible)) ? '\u3000\u3000' : '';
  const lines = visible.split(/\r\n?|\n/).map((line) => line.trim());
  const shown = lines.filter((line) => line !== '');
  return shown.map((line, index) => (index === 0 ? `${indent}${line}` : line));
}

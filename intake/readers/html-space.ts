/** Marks without width, soft hyphens and control characters. */
const invisible = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu;
const wide = '[\\u2e80-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef\\u3001-\\u303f]';
/** A line break of the source between two Chinese characters shows nothing (CSS Text 3, 4.1.3). */
const breakBetweenWide = new RegExp(`(?<=${wide})[ \\t]?\\n[ \\t]?(?=${wide})`, 'gu');
/** What indents the first line of a paragraph when typed: ideographic or em blanks, or several no-break blanks. */
const typedIndent = /^\s?(?:[\u2002\u2003\u3000]|\u00a0\s?\u00a0)/u;

/**
 * A paragraph's text as a reader sees it: one blank where there is white space, none at the ends; an indented first line begins with two
 * ideographic blanks, because that tells a paragraph from the continuation of the one before.
 */
export function shownText(source: string, isIndented: boolean): string {
  const visible = squeezed(source.replace(invisible, '')).replace(breakBetweenWide, '');
  const text = untilStable(visible, (before) => before.replace(/[ \n\u00a0\u2002\u2003]{2,500}|[\n\u00a0\u2002\u2003]/gu, ' ')).trim();
  return text !== '' && (isIndented || typedIndent.test(visible)) ? `\u3000\u3000${text}` : text;
}

/** White space of the source: a line break where it holds one, else one blank. Runs are bounded, since patterns keep a stack of them. */
const squeezed = (text: string): string =>
  untilStable(text, (before) => before.replace(/[ \t\r\n\f]{2,500}|[\t\r\f]/g, (run) => (/[\r\n]/.test(run) ? '\n' : ' ')));

function untilStable(text: string, change: (before: string) => string): string {
  for (let before = text; ;) {
    const after = change(before);
    if (after === before) return after;
    before = after;
  }
}

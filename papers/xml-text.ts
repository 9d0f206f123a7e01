/**
 * What XML 1.0 cannot hold at all: control characters, halves of surrogate pairs, the two noncharacters (section 2.2, production Char);
 * and the control characters from U+007F on, which it discourages.
 */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]|\p{Surrogate}/gu;

/** U+0085, U+2028 and U+2029 separate lines too, and some readers make line feeds of them. */
const LINE_BREAK = /\r\n|[\r\n\u0085\u2028\u2029]/;

/**
 * Any text as lines that a document can hold. Forbidden characters are dropped, since a file that doesn't open helps nobody and none of
 * them can be seen; a tab becomes a space. At least one line, which may be empty.
 */
export const xmlLines = (text: string): string[] => text.replace(FORBIDDEN, '').replaceAll('\t', ' ').split(LINE_BREAK);

/** The same on one line. */
export const xmlText = (text: string): string => xmlLines(text).join(' ');

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for a part that is written by hand, between tags or in an attribute in double quotes. */
export const escaped = (text: string): string => xmlText(text).replace(/[&<>"]/g, (mark) => entities[mark] ?? mark);

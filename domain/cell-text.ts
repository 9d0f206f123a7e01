/** How many lines a text takes in a column of so many characters; a Chinese character is two wide. */
export const linesIn = (text: string, width: number): number =>
  text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.replace(/[^\0-\xff]/gu, 'xx').length / width)), 0);

/**
 * A text as the writer of xlsx files must get it so that a reader reads the same: what looks like an escape of the format (ECMA-376 part
 * 1, 22.9.2.19) is escaped, and what the library's table of strings takes for a property every object has gets a blank behind it.
 */
export const cellText = (value: string): string => {
  const escaped = value.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  return escaped in {} ? `${escaped} ` : escaped;
};

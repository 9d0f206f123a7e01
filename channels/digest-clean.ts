import { roleOf } from '../domain/roles';

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** More code points than any real character has: where a text of piled-up marks is cut before it is segmented. */
const UNITS_PER_GRAPHEME = 24;

/**
 * One line of visible characters: no control and no line break (a header ends at one), no direction override and nothing of zero
 * width (a name could show as another), no half of a surrogate pair. Rare characters and the variation selectors of names stay.
 */
export const clean = (text: string): string =>
  text
    .replace(/[\p{Cs}\p{Noncharacter_Code_Point}]/gu, '\ufffd')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/(?!\p{Variation_Selector})[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/(\p{M}{6})\p{M}+/gu, '$1')
    .trim();

/** At most `longest` characters as a reader counts them, the last of them … when something was left out. */
export function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const head = text.slice(0, longest * UNITS_PER_GRAPHEME);
  const characters = Array.from(graphemes.segment(head), ({ segment }) => segment);
  if (characters.length <= longest && head.length === text.length) return text;
  const kept = characters
    .slice(0, longest - 1)
    .join('')
    .replace(/\p{Cs}/gu, '');
  return `${kept.trimEnd()}…`;
}

/** Roles as they may leave the office: words of the role table only; anything else, a name say, becomes `other` or goes. */
export function rolesOnly(text: string, other = ''): string {
  const parts = text.split(/[、，,;；/\s]+/).filter((part) => part !== '');
  return [...new Set(parts.map((part) => (isRole(part) ? part : other)))].filter((part) => part !== '').join('、');
}

/** A role, or the place of a vacant one: 代责任人（空缺）. */
const isRole = (part: string): boolean => roleOf(/^代(.+)（空缺）$/.exec(part)?.[1] ?? part) !== undefined;

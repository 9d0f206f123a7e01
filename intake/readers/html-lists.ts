import type { Attributes } from './markup';
import { chineseNumeral, letters, roman, signOf } from './numerals';

type Marker = (number: number) => string;

/** The markers of `type` and of `list-style-type` as browsers show them (HTML Standard 4.4.5, CSS Counter Styles 3). */
const markers: Readonly<Record<string, Marker>> = {
  '1': (number) => `${number}.`,
  decimal: (number) => `${number}.`,
  'decimal-leading-zero': (number) => `${String(number).padStart(2, '0')}.`,
  a: (number) => `${letters(number, 'counted')}.`,
  'lower-alpha': (number) => `${letters(number, 'counted')}.`,
  'lower-latin': (number) => `${letters(number, 'counted')}.`,
  A: (number) => `${letters(number, 'counted').toUpperCase()}.`,
  'upper-alpha': (number) => `${letters(number, 'counted').toUpperCase()}.`,
  'upper-latin': (number) => `${letters(number, 'counted').toUpperCase()}.`,
  i: (number) => `${roman(number)}.`,
  'lower-roman': (number) => `${roman(number)}.`,
  I: (number) => `${roman(number).toUpperCase()}.`,
  'upper-roman': (number) => `${roman(number).toUpperCase()}.`,
  'cjk-ideographic': (number) => `${chineseNumeral(number)}、`,
  'simp-chinese-informal': (number) => `${chineseNumeral(number)}、`,
  'trad-chinese-informal': (number) => `${chineseNumeral(number)}、`,
  'simp-chinese-formal': (number) => `${chineseNumeral(number, true)}、`,
  'cjk-heavenly-stem': (number) => `${signOf(number, '甲乙丙丁戊己庚辛壬癸') ?? number}、`,
};
const unmarked = new Set(['none', 'disc', 'circle', 'square', 'disclosure-open', 'disclosure-closed']);

/** An author who types the number turns the list's own off, in a style sheet that isn't read here. */
const typed = /^\s*(?:[（(]?\s?[\d一二三四五六七八九十]{1,4}\s?[)）、.．]|[①-⑳⑴-⒇⒈-⒛]|第[一二三四五六七八九十]{1,3}条)/u;

interface List {
  next: number;
  readonly marker: Marker | null;
}

/** The numbers of ordered lists, told of every list and item as it opens and closes. */
export class ListNumbers {
  private readonly lists: List[] = [];
  private marker = '';

  open(name: string, attributes: Attributes): void {
    if (name === 'ul') this.lists.push({ next: 1, marker: null });
    if (name === 'ol') this.lists.push({ next: integer(attributes['start']) ?? 1, marker: markerOf(attributes) });
    if (name === 'li') this.item(attributes);
  }

  close(name: string): void {
    if (name === 'ul' || name === 'ol') this.lists.pop();
    if (name === 'li') this.marker = '';
  }

  /** The first line of an item gets its number. */
  numbered(text: string): string {
    const marker = this.marker;
    this.marker = '';
    return typed.test(text) ? text : text.replace(/^\s*/u, `$&${marker}`);
  }

  private item(attributes: Attributes): void {
    const list = this.lists.at(-1);
    if (list === undefined) return;
    const number = integer(attributes['value']) ?? list.next;
    list.next = number + 1;
    this.marker = list.marker?.(number) ?? '';
  }
}

function markerOf(attributes: Attributes): Marker | null {
  const style = /list-style(?:-type)?\s*:\s*([^;]+)/i.exec(attributes['style'] ?? '')?.[1]?.toLowerCase() ?? '';
  const words = style.split(/\s+/);
  if (words.some((word) => unmarked.has(word))) return null;
  const styled = words.find((word) => Object.hasOwn(markers, word));
  const type = attributes['type'] ?? '1';
  return (
    (styled === undefined ? undefined : markers[styled]) ?? (Object.hasOwn(markers, type) ? markers[type] : null) ?? markers['1'] ?? null
  );
}

const integer = (text: string | undefined): number | null => (text !== undefined && /^\s*-?\d{1,9}\s*$/.test(text) ? Number(text) : null);

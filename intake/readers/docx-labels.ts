import type { DocxNumbering, List, ListLevel } from './docx-numbering';
import { wordNumeral } from './docx-numerals';
import type { DocxStyles, NumberingReference } from './docx-styles';

/** What a list has counted so far. Lists with one definition count on together. */
interface Counted {
  readonly numbers: Map<number, number>;
  /** `numId/level` whose own start has been taken. */
  readonly restarted: Set<string>;
}

/**
 * Gives each paragraph, in the order of the document, the number that Word shows before it; nothing for bullets. Lists, levels, starts
 * and restarts as in ECMA-376 part 1, 17.9.
 */
export class DocxLabels {
  private readonly counted = new Map<string, Counted>();

  constructor(
    private readonly numbering: DocxNumbering,
    private readonly styles: DocxStyles,
  ) {}

  /** The label of the next paragraph, with a blank behind where it would run into the text; empty without a list. */
  labelOf(style: string | null, own: NumberingReference): string {
    const reference = this.referenceOf(style, own);
    const level = reference === null ? null : this.numbering.level(reference.list, reference.level);
    if (reference === null || level === null) return '';
    const counted = this.countedOf(reference.list);
    this.count(counted, reference, level);
    if (level.format === 'bullet' || level.isHidden) return '';
    const label = level.text.replace(/%([1-9])/g, (_, digit: string) => this.numberAt(Number(digit) - 1, reference.list, level));
    return level.suffix !== 'nothing' && /[0-9A-Za-z０-９]$/.test(label) ? `${label} ` : label;
  }

  /** The paragraph's own numbering goes before its style's; list 0 is none (17.9.18). */
  private referenceOf(style: string | null, own: NumberingReference): { numId: string; list: List; level: number } | null {
    const ofStyle = this.styles.numberingOf(style);
    const numId = own.numId ?? ofStyle?.numId ?? null;
    if (numId === null || numId === '0') return null;
    const list = this.numbering.list(numId, (name) => this.styles.listOf(name));
    if (list === null) return null;
    const styleLevel = ofStyle === null ? null : (this.numbering.levelOfStyle(list, ofStyle.style) ?? ofStyle.level);
    const level = own.level ?? (own.numId === null ? styleLevel : null) ?? 0;
    return { numId, list, level };
  }

  private countedOf({ abstractId }: List): Counted {
    const known = this.counted.get(abstractId) ?? { numbers: new Map<number, number>(), restarted: new Set<string>() };
    this.counted.set(abstractId, known);
    return known;
  }

  private count(
    { numbers, restarted }: Counted,
    { numId, list, level }: { numId: string; list: List; level: number },
    own: ListLevel,
  ): void {
    const start = list.starts.get(level);
    const key = `${numId}/${level}`;
    if (start !== undefined && !restarted.has(key)) {
      restarted.add(key);
      numbers.set(level, start);
    } else {
      const before = numbers.get(level);
      numbers.set(level, before === undefined ? (start ?? own.start) : before + 1);
    }
    for (const deeper of [...numbers.keys()].filter((other) => other > level)) {
      const restart = this.numbering.level(list, deeper)?.restart ?? null;
      if (restart === null || level < restart) numbers.delete(deeper);
    }
  }

  /** The present number of a level, in its own format; a level that has not begun shows its start. */
  private numberAt(level: number, list: List, shown: ListLevel): string {
    const definition = this.numbering.level(list, level);
    if (definition === null) return '';
    const number = this.countedOf(list).numbers.get(level) ?? list.starts.get(level) ?? definition.start;
    return shown.isLegal ? String(number) : wordNumeral(number, definition.format, definition.custom);
  }
}

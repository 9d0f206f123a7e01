import { walkXml } from './docx-package';
import type { ZhenggaiError } from '../../domain/failure';

/** Which list a paragraph is numbered in, as far as it says. */
export interface NumberingReference {
  readonly numId: string | null;
  readonly level: number | null;
}

export interface DocxStyle extends NumberingReference {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly basedOn: string | null;
  readonly isDefault: boolean;
  readonly isHidden: boolean | null;
  readonly indents: boolean | null;
}

type Draft = { -readonly [Key in keyof DocxStyle]: DocxStyle[Key] };

/** An on-off property: present is on, unless its value says no (ECMA-376 part 1, 17.17.4). */
export const isOn = (value: string | undefined): boolean => value === undefined || !/^(?:0|false|off|none)$/i.test(value);

/** What `w:ind` says of the first line: true, false, or null when it says nothing. */
export function firstLineIndents(attributes: Readonly<Record<string, string>>): boolean | null {
  const said = attributes['w:firstLineChars'] ?? attributes['w:firstLine'];
  return said === undefined ? null : Number(said) > 0;
}

/** The styles of a document, looked up along what they are based on. */
export class DocxStyles {
  private readonly styles = new Map<string, DocxStyle>();
  private readonly defaults = new Map<string, string>();

  constructor(xml: string | null, errors: { broken: () => ZhenggaiError }) {
    if (xml !== null) this.read(xml, errors);
  }

  /** The numbering that a paragraph's style brings: the first of the chain that names a list, and the style that did. */
  numberingOf(styleId: string | null): (NumberingReference & { readonly style: string }) | null {
    let level: number | null = null;
    for (const style of this.chain(styleId, 'paragraph')) {
      level ??= style.level;
      if (style.numId !== null) return { numId: style.numId, level, style: style.id };
    }
    return null;
  }

  /** The list that a style of type numbering stands for. */
  listOf(styleId: string): string | null {
    return this.styles.get(styleId)?.numId ?? null;
  }

  isHidden(styleId: string | null, type: 'paragraph' | 'character'): boolean {
    return this.chain(styleId, type).find(({ isHidden }) => isHidden !== null)?.isHidden ?? false;
  }

  indents(styleId: string | null): boolean {
    return this.chain(styleId, 'paragraph').find(({ indents }) => indents !== null)?.indents ?? false;
  }

  /** A line of a table of contents, which repeats the headings. */
  isContents(styleId: string | null): boolean {
    return /^(?:toc|目录)\s?\d/i.test((styleId === null ? undefined : this.styles.get(styleId))?.name ?? '');
  }

  private chain(styleId: string | null, type: string): DocxStyle[] {
    const found: DocxStyle[] = [];
    let id = styleId ?? this.defaults.get(type) ?? null;
    // a style may by mistake be based on itself; Word allows ten steps
    while (id !== null && found.length < 20) {
      const style = this.styles.get(id);
      if (style === undefined) break;
      found.push(style);
      id = style.basedOn;
    }
    return found;
  }

  private read(xml: string, errors: { broken: () => ZhenggaiError }): void {
    let style: Draft | null = null;
    const inside: string[] = [];
    walkXml(
      xml,
      {
        open: (name, attributes) => {
          const value = attributes['w:val'];
          const parent = inside.at(-1);
          inside.push(name);
          if (name === 'w:style') {
            const [id = '', type = 'paragraph'] = [attributes['w:styleId'], attributes['w:type']];
            const isDefault = attributes['w:default'] !== undefined && isOn(attributes['w:default']);
            style = { id, type, name: '', basedOn: null, isDefault, isHidden: null, indents: null, numId: null, level: null };
          } else if (style !== null) {
            if (name === 'w:name' && parent === 'w:style') style.name = value ?? '';
            if (name === 'w:basedOn') style.basedOn = value ?? null;
            if (name === 'w:numId' && parent === 'w:numPr') style.numId = value ?? null;
            if (name === 'w:ilvl' && parent === 'w:numPr') style.level = Number(value ?? 0);
            if (name === 'w:vanish' && parent === 'w:rPr') style.isHidden = isOn(value);
            if (name === 'w:ind' && parent === 'w:pPr') style.indents = firstLineIndents(attributes);
          }
        },
        close: (name) => {
          inside.pop();
          if (name !== 'w:style' || style === null) return;
          this.styles.set(style.id, style);
          if (style.isDefault) this.defaults.set(style.type, style.id);
          style = null;
        },
        text: () => undefined,
      },
      errors,
    );
  }
}

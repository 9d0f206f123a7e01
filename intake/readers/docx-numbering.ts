import type { ZhenggaiError } from '../../domain/failure';
import { walkXml } from './docx-package';
import { isOn } from './docx-styles';
import type { Attributes } from './markup';

/** One level of a list (ECMA-376 part 1, 17.9.6). */
export interface ListLevel {
  readonly start: number;
  readonly format: string;
  /** `001, 002, …` of format custom. */
  readonly custom: string | null;
  /** `（%1）`: %n stands for the number of level n, 1-based. */
  readonly text: string;
  readonly suffix: 'tab' | 'space' | 'nothing';
  /** All numbers in Arabic digits. */
  readonly isLegal: boolean;
  /** Begins anew after this 1-based level or a higher one; 0 never, null after every higher one. */
  readonly restart: number | null;
  /** Paragraphs of this style stand on this level. */
  readonly style: string | null;
  readonly isHidden: boolean;
}

interface AbstractList {
  readonly levels: Map<number, ListLevel>;
  /** The list is defined by this style of type numbering. */
  styleLink: string | null;
}

export interface List {
  abstractId: string;
  readonly starts: Map<number, number>;
  readonly levels: Map<number, ListLevel>;
}

type LevelDraft = { -readonly [Key in keyof ListLevel]: ListLevel[Key] };

const freshLevel = (): LevelDraft => ({
  ...{ start: 0, format: 'decimal', custom: null, text: '', suffix: 'tab', isLegal: false },
  ...{ restart: null, style: null, isHidden: false },
});

/** The lists that a document defines: `num` of its paragraphs → levels. */
export class DocxNumbering {
  private readonly abstracts = new Map<string, AbstractList>();
  private readonly lists = new Map<string, List>();

  constructor(xml: string | null, errors: { broken: () => ZhenggaiError }) {
    if (xml === null) return;
    const reader = new NumberingReader(this.abstracts, this.lists);
    walkXml(xml, reader, errors);
  }

  /** `listOfStyle` gives the list of a numbering style, by which one list may refer to another. */
  list(numId: string, listOfStyle: (style: string) => string | null): List | null {
    const list = this.lists.get(numId);
    if (list === undefined) return null;
    const link = this.abstracts.get(list.abstractId)?.styleLink ?? null;
    const linked = link === null ? null : this.lists.get(listOfStyle(link) ?? '');
    return linked === undefined || linked === null ? list : { ...list, abstractId: linked.abstractId };
  }

  level(list: List, level: number): ListLevel | null {
    return list.levels.get(level) ?? this.abstracts.get(list.abstractId)?.levels.get(level) ?? null;
  }

  /** The level of a list on which paragraphs of a style stand. */
  levelOfStyle(list: List, style: string): number | null {
    const levels = [...list.levels, ...(this.abstracts.get(list.abstractId)?.levels ?? [])];
    return levels.find(([, level]) => level.style === style)?.[0] ?? null;
  }
}

/** Fills the two tables out of numbering.xml. */
class NumberingReader {
  /** Open elements mc:Fallback, which repeat for older programs what stands before them. */
  private fallbacks = 0;
  private abstractList: AbstractList | null = null;
  private list: List | null = null;
  private override = 0;
  private current: LevelDraft | null = null;

  constructor(
    private readonly abstracts: Map<string, AbstractList>,
    private readonly lists: Map<string, List>,
  ) {}

  open(name: string, attributes: Attributes): void {
    const value = attributes['w:val'];
    if (name === 'mc:Fallback') this.fallbacks += 1;
    if (name === 'w:abstractNum') {
      this.abstractList = { levels: new Map(), styleLink: null };
      this.abstracts.set(attributes['w:abstractNumId'] ?? '', this.abstractList);
    } else if (name === 'w:num') {
      this.list = { abstractId: '', starts: new Map(), levels: new Map() };
      this.lists.set(attributes['w:numId'] ?? '', this.list);
    } else if (name === 'w:abstractNumId' && this.list !== null) this.list.abstractId = value ?? '';
    else if (name === 'w:numStyleLink' && this.abstractList !== null) this.abstractList.styleLink = value ?? null;
    else if (name === 'w:lvlOverride') this.override = integer(attributes['w:ilvl']);
    else if (name === 'w:startOverride') this.list?.starts.set(this.override, integer(value));
    else if (name === 'w:lvl') {
      const level = integer(attributes['w:ilvl']);
      this.current = freshLevel();
      // a list has nine levels
      if (level >= 0 && level <= 8) (this.list ?? this.abstractList)?.levels.set(level, this.current);
    } else if (this.current !== null && this.fallbacks === 0) ofLevel(this.current, name, attributes);
  }

  close(name: string): void {
    if (name === 'mc:Fallback') this.fallbacks -= 1;
    if (name === 'w:lvl') this.current = null;
    if (name === 'w:num') this.list = null;
    if (name === 'w:abstractNum') this.abstractList = null;
  }

  text(): void {
    // no text counts in this part
  }
}

function ofLevel(level: LevelDraft, name: string, attributes: Attributes): void {
  const value = attributes['w:val'];
  if (name === 'w:start') level.start = integer(value);
  if (name === 'w:numFmt') [level.format, level.custom] = [value ?? 'decimal', attributes['w:format'] ?? null];
  if (name === 'w:lvlText') level.text = value ?? '';
  if (name === 'w:suff') level.suffix = value === 'space' || value === 'nothing' ? value : 'tab';
  if (name === 'w:isLgl') level.isLegal = isOn(value);
  if (name === 'w:lvlRestart') level.restart = integer(value);
  if (name === 'w:pStyle') level.style = value ?? null;
  if (name === 'w:vanish') level.isHidden = isOn(value);
}

/** 0 for what is no number or too large for one of a list. */
const integer = (text: string | undefined): number => (/^-?\d{1,8}$/.test(text ?? '') ? Number(text) : 0);

import { enumerationMarks, type MarkFamily } from './enumeration';
import { isRectification, labelsIn, type FieldKind, type LabelHit } from './labels';
import { closes } from './closing';
import { defectWords } from './lexicon';
import { fieldKey, isBare, leadingField, numberedFieldsOf, type NumberedFields } from './numbered-fields';
import { numberingOf, type Numbering, type NumberingStyle } from './numbering';
import type { Prose } from './prose';

/** A numbered heading with what stands under it before the next heading. `numbering` is null for the document itself. */
export interface OutlineNode {
  readonly numbering: Numbering | null;
  /** The heading's paragraph, from its label on; null for the document itself. */
  readonly heading: Prose | null;
  readonly parent: OutlineNode | null;
  readonly children: OutlineNode[];
  readonly body: Prose[];
}

export interface Outline {
  readonly root: OutlineNode;
  /** What follows the last section: closing words, signature, the site's footer. */
  readonly tail: readonly Prose[];
}

/**
 * The tree of numbered headings. Levels are inferred from this document alone: a numbering style that is already open
 * continues its level, a new one opens a level below. Inside the account of a rectification a number is a measure, not a heading.
 */
export function outlineOf(paragraphs: readonly Prose[]): Outline {
  const root = newNode(null, null, null);
  const fields = numberedFieldsOf(paragraphs);
  const builder: Builder = { path: [root], lists: new Map(), inAccount: false, told: new Set(), fields };
  const begun = firstAccount(paragraphs);
  let at = 0;
  for (; at < paragraphs.length; at += 1) {
    const paragraph = paragraphs[at];
    const next = paragraphs[at + 1] ?? null;
    if (paragraph === undefined) break;
    if (at > begun && (builder.path.length > 1 || root.body.length > 3) && closes(paragraphs, at)) break;
    take(builder, paragraph, next);
  }
  return { root, tail: paragraphs.slice(at) };
}

/** Where the first account stands; nothing closes a report before it. -1 in a document without labels. */
const firstAccount = (paragraphs: readonly Prose[]): number => paragraphs.findIndex(({ text }) => hasAccount(text));

interface Builder {
  path: OutlineNode[];
  /** Running lists inside the current account, by style: their last number. */
  lists: Map<NumberingStyle, number>;
  inAccount: boolean;
  /** Labels that the current finding had; one that comes back opens the next one. */
  told: Set<string>;
  readonly fields: NumberedFields;
}

const newNode = (numbering: Numbering | null, heading: Prose | null, parent: OutlineNode | null): OutlineNode => ({
  numbering,
  heading,
  parent,
  children: [],
  body: [],
});

function take(builder: Builder, paragraph: Prose, next: Prose | null): void {
  const current = builder.path.at(-1);
  const numbering = numberingOf(paragraph.text);
  if (current === undefined) return;
  if (numbering === null || !isHeading(builder, numbering, paragraph, next)) {
    if (numbering !== null) builder.lists.set(numbering.style, numbering.number);
    current.body.push(paragraph);
    tell(builder, paragraph, leadingField(paragraph));
    return;
  }
  const level = levelOf(builder, numbering.style);
  const parent = builder.path[level === -1 ? builder.path.length - 1 : level - 1] ?? current;
  const node = newNode(numbering, paragraph, parent);
  parent.children.push(node);
  builder.path = [...builder.path.slice(0, builder.path.indexOf(parent) + 1), node];
  builder.lists.clear();
  builder.told.clear();
  builder.inAccount = false;
  // 二、反馈问题整改落实情况 is a section, no account
  tell(builder, paragraph, null);
}

/** 【整改落实】某街道巡察整改情况公开: a tag in front of the document's title opens no account. */
const taggedTitle = /^【[一-鿿]{2,8}】[^。；：:]{6,60}(?:通报|报告|公告|公示|公开|情况)$/u;

function tell(builder: Builder, paragraph: Prose, field: FieldKind | null): void {
  if (builder.path.length === 1 && taggedTitle.test(paragraph.text)) return;
  const labels = labelsIn(paragraph.text);
  const from = builder.inAccount ? 0 : (labels.find(({ kind }) => isRectification(kind))?.contentAt ?? 0);
  for (const label of labels) builder.told.add(wordOf(paragraph.text, label));
  if (field !== null) builder.told.add(bareWord(paragraph));
  builder.inAccount ||= labels.some(({ kind }) => isRectification(kind)) || (field !== null && isRectification(field));
  if (!builder.inAccount) return;
  for (const { family, number } of enumerationMarks(paragraph.text.slice(from))) {
    const style = listStyles[family];
    if (style !== undefined) builder.lists.set(style, number);
  }
}

const wordOf = (text: string, { at, contentAt }: LabelHit): string => text.slice(at, contentAt).replace(/[^一-鿿]/gu, '');
/** The label with which a paragraph begins, behind its number. */
function bareWord(paragraph: Prose): string {
  const text = paragraph.text.slice(numberingOf(paragraph.text)?.length ?? 0);
  const [label] = labelsIn(text);
  return label === undefined ? '' : wordOf(text, label);
}

/** Items within a paragraph (整改措施：（1）…；（2）…) count for the list that goes on below it. */
const listStyles: Readonly<Partial<Record<MarkFamily, NumberingStyle>>> = {
  chineseBracket: 'chineseBracket',
  arabic: 'arabic',
  bracket: 'arabicBracket',
  halfBracket: 'arabicHalfBracket',
  circled: 'circled',
  ordinal: 'ordinal',
};

const levelOf = (builder: Builder, style: NumberingStyle): number => builder.path.findIndex((node) => node.numbering?.style === style);

const hasAccount = (text: string): boolean => labelsIn(text).some(({ kind }) => isRectification(kind));

function isHeading(builder: Builder, numbering: Numbering, paragraph: Prose, next: Prose | null): boolean {
  const level = levelOf(builder, numbering.style);
  const field = leadingField(paragraph);
  if (field !== null && isBare(paragraph.text, numbering) && builder.fields.has(fieldKey(numbering, field))) return false;
  if (field !== null && level === -1 && builder.path.length > 1 && isNumberedField(numbering, field, paragraph, next)) return false;
  const announced = isAnnounced(builder, numbering, next);
  if (level === -1) return !builder.inAccount || (announced && numbering.style !== 'circled');
  const last = builder.path[level]?.numbering?.number ?? 0;
  const inList = builder.lists.get(numbering.style);
  if (announced) return true;
  if (inList !== undefined && numbering.number === inList + 1) return false;
  if (numbering.number > last) return true;
  return !builder.inAccount || defectWords.test(paragraph.text.slice(0, 60));
}

/**
 * A label below a number announces a finding. Within an account it may just as well follow the last item of a list
 * (整改措施：1、… 2、… 整改成效：…): then only a label that this finding had already opens the next one.
 */
function isAnnounced({ lists, told, inAccount }: Builder, { style, number }: Numbering, next: Prose | null): boolean {
  if (next === null || numberingOf(next.text) !== null) return false;
  if (leadingField(next) === null) return false;
  const listed = inAccount && (number === 1 || lists.get(style) === number - 1);
  return !listed || told.has(bareWord(next));
}

/** (1)整改措施：… is a field of the finding above, however it is numbered; 1.反馈问题：… with words is a finding itself. */
function isNumberedField(numbering: Numbering, field: FieldKind, paragraph: Prose, next: Prose | null): boolean {
  const following = next === null ? null : numberingOf(next.text);
  // (1)问题表现：… (2)整改措施：… is a list of fields
  const listed =
    following?.style === numbering.style && following.number === numbering.number + 1 && next !== null && leadingField(next) !== null;
  if (!isBare(paragraph.text, numbering)) return field !== 'finding' || listed;
  return following === null || following.style === 'circled' || (next !== null && leadingField(next) !== null);
}

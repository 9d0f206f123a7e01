import { isRectification, labelsIn, type FieldKind } from './labels';
import { closingStart, defectWords, signature } from './lexicon';
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
  const builder = { path: [root], lists: new Map<NumberingStyle, number>(), inAccount: false };
  let at = 0;
  for (; at < paragraphs.length; at += 1) {
    const paragraph = paragraphs[at];
    const next = paragraphs[at + 1] ?? null;
    if (paragraph === undefined || (builder.path.length > 1 && closes(paragraph, next))) break;
    take(builder, paragraph, next);
  }
  return { root, tail: paragraphs.slice(at) };
}

const dateAlone = /^(?:\d{4}|[〇○零一二三四五六七八九]{4})\s?年.{1,8}日$/;

/** The report's last words, or its signature: a body's name above a date, or the date alone. */
function closes(paragraph: Prose, next: Prose | null): boolean {
  if (closingStart.test(paragraph.text) || dateAlone.test(paragraph.text)) return true;
  return signature.test(paragraph.text) && next !== null && dateAlone.test(next.text);
}

interface Builder {
  path: OutlineNode[];
  /** Running lists inside the current account, by style: their last number. */
  lists: Map<NumberingStyle, number>;
  inAccount: boolean;
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
    builder.inAccount ||= hasAccount(paragraph.text);
    return;
  }
  const level = levelOf(builder, numbering.style);
  const parent = builder.path[level === -1 ? builder.path.length - 1 : level - 1] ?? current;
  const node = newNode(numbering, paragraph, parent);
  parent.children.push(node);
  builder.path = [...builder.path.slice(0, builder.path.indexOf(parent) + 1), node];
  builder.lists.clear();
  builder.inAccount = hasAccount(paragraph.text);
}

const levelOf = (builder: Builder, style: NumberingStyle): number => builder.path.findIndex((node) => node.numbering?.style === style);

const hasAccount = (text: string): boolean => labelsIn(text).some(({ kind }) => isRectification(kind));

/** The kind of the label with which a paragraph begins, behind its number if it has one. */
export function leadingField(paragraph: Prose): FieldKind | null {
  const numbering = numberingOf(paragraph.text);
  const rest = paragraph.text.slice(numbering?.length ?? 0);
  const first = labelsIn(rest)[0];
  return first?.at === 0 ? first.kind : null;
}

function isHeading(builder: Builder, numbering: Numbering, paragraph: Prose, next: Prose | null): boolean {
  const level = levelOf(builder, numbering.style);
  const field = leadingField(paragraph);
  if (field !== null && level === -1 && builder.path.length > 1 && isNumberedField(numbering, field, paragraph, next)) return false;
  const announced = next !== null && numberingOf(next.text) === null && leadingField(next) !== null;
  if (level === -1) return !builder.inAccount || (announced && numbering.style !== 'circled');
  const last = builder.path[level]?.numbering?.number ?? 0;
  const inList = builder.lists.get(numbering.style);
  if (announced) return true;
  if (inList !== undefined && numbering.number === inList + 1) return false;
  if (numbering.number > last) return true;
  return !builder.inAccount || defectWords.test(paragraph.text.slice(0, 60));
}

/** (1)整改措施：… is a field of the finding above, however it is numbered; 1.反馈问题：… with words is a finding itself. */
function isNumberedField(numbering: Numbering, field: FieldKind, paragraph: Prose, next: Prose | null): boolean {
  const isBare = /^[一-鿿]{2,16}[:：。]?$/u.test(paragraph.text.slice(numbering.length));
  const following = next === null ? null : numberingOf(next.text);
  // (1)问题表现：… (2)整改措施：… is a list of fields
  const listed =
    following?.style === numbering.style && following.number === numbering.number + 1 && next !== null && leadingField(next) !== null;
  if (!isBare) return field !== 'finding' || listed;
  return following === null || following.style === 'circled' || (next !== null && leadingField(next) !== null);
}

import { fieldKindOf, isRectification, isShortField, labelsIn, type FieldKind, type LabelHit } from './labels';
import { numberingOf } from './numbering';
import type { OutlineNode } from './outline';
import { Prose, sentences } from './prose';

/**
 * A labelled part of an issue. `statement` is the finding's own words before any label; `loose` is what follows a one-line
 * field without a label of its own and belongs to nothing.
 */
export interface Section {
  readonly kind: FieldKind | 'statement' | 'loose';
  readonly prose: Prose;
  /** An account that no label sets apart: its first sentence may still be the finding's. */
  readonly unlabelled?: true;
}

/** Everything that stands under a heading, itself first, in text order. */
export const contentOf = (node: OutlineNode): Prose[] => [
  ...(node.heading === null ? [] : [node.heading]),
  ...node.body,
  ...node.children.flatMap((child) => contentOf(child)),
];

/** The labelled parts of a heading with its content. Unlabelled paragraphs continue the part before them. */
export function sectionsOf(node: OutlineNode): Section[] {
  const [own, ...rest] = contentOf(node);
  if (own === undefined) return [];
  const parts: { kind: Section['kind']; prose: Prose[] }[] = [];
  for (const { kind, prose } of [
    split(node.numbering?.length === 0 ? withoutFieldNumber(own) : own.slice(node.numbering?.length ?? 0)),
    ...rest.map((part) => split(withoutFieldNumber(part))),
  ].flat()) {
    const last = parts.at(-1);
    if (kind !== null) parts.push({ kind, prose: [prose] });
    else if (last === undefined) parts.push({ kind: 'statement', prose: [prose] });
    else if (isClosedField(last)) parts.push({ kind: 'loose', prose: [prose] });
    else last.prose.push(prose);
  }
  const sections = parts.map(({ kind, prose }) => ({ kind, prose: joined(prose) }));
  // 问题一 / 存在问题：…: where nothing else names the finding, what exists is it
  const first = sections.find(({ prose }) => prose.text !== '');
  const named = sections.some(({ kind, prose }) => (kind === 'finding' || kind === 'statement') && prose.text !== '');
  return sections.map((section) =>
    section === first && !named && section.kind === 'remaining' ? { ...section, kind: 'finding' } : section,
  );
}

const joined = (prose: readonly Prose[]): Prose => {
  const filled = prose.filter((part) => part.text !== '');
  return Prose.join(filled.length > 0 ? filled : prose, '\n');
};

const isClosedField = ({ kind, prose }: { kind: Section['kind']; prose: readonly Prose[] }): boolean =>
  kind !== 'statement' && kind !== 'loose' && isShortField(kind) && prose.some((part) => part.text !== '');

/** A paragraph cut at its labels; the part before the first label has no kind. */
function split(paragraph: Prose): { kind: FieldKind | null; prose: Prose }[] {
  const hits = labelsIn(paragraph.text);
  const first = hits[0];
  if (first === undefined) return [{ kind: null, prose: paragraph }];
  const parts = hits.flatMap((hit, index) => fieldParts(paragraph, hit, { before: hits[index - 1], end: hits[index + 1]?.at }));
  const before = paragraph.slice(0, first.at);
  return before.text === '' ? parts : [{ kind: null, prose: before }, ...parts];
}

interface Around {
  readonly before: LabelHit | undefined;
  readonly end: number | undefined;
}

/** A labelled stretch. A one-line field within an account ends with its sentence; what follows goes on with the account. */
function fieldParts(
  paragraph: Prose,
  { kind, contentAt }: LabelHit,
  { before, end = paragraph.text.length }: Around,
): { kind: FieldKind | null; prose: Prose }[] {
  const whole = paragraph.slice(contentAt, end);
  if (!isShortField(kind) || before === undefined || !isRectification(before.kind)) return [{ kind, prose: whole }];
  const first = sentences(whole.text)[0]?.end ?? whole.text.length;
  const rest = whole.slice(first);
  return [{ kind, prose: whole.slice(0, first) }, ...(rest.text === '' ? [] : [{ kind: before.kind, prose: rest }])];
}

/** (1)整改措施：… loses its number, 1.整改措施。 too; a numbered measure keeps it. */
function withoutFieldNumber(paragraph: Prose): Prose {
  const numbering = numberingOf(paragraph.text);
  if (numbering === null) return paragraph;
  const rest = paragraph.slice(numbering.length);
  const word = /^([一-鿿]{2,16})[:：。]?$/u.exec(rest.text)?.[1];
  return (word !== undefined && fieldKindOf(word) !== null) || labelsIn(rest.text)[0]?.at === 0 ? rest : paragraph;
}

import { isRectification, labelsIn, type FieldKind } from './labels';
import { numberingOf, type Numbering } from './numbering';
import type { Prose } from './prose';

/** Fields that stand on numbered lines of their own, as `${style}:${kind}`: 1.整改措施 … 2.整改成效 … below every finding. */
export type NumberedFields = ReadonlySet<string>;

export const fieldKey = ({ style }: Numbering, field: FieldKind): string => `${style}:${field}`;

/** Whether a numbered line holds nothing but a label. */
export const isBare = (text: string, { length }: Numbering): boolean => /^[一-鿿]{2,16}[:：。]?$/u.test(text.slice(length));

/** The kind of the label with which a paragraph begins, behind its number if it has one. */
export function leadingField(paragraph: Prose): FieldKind | null {
  const numbering = numberingOf(paragraph.text);
  const first = labelsIn(paragraph.text.slice(numbering?.length ?? 0))[0];
  return first?.at === 0 ? first.kind : null;
}

/**
 * What a document numbers though it is a field: a label that comes back under one style of numbers belongs to each finding,
 * and a style whose lines are labels only is a form that is filled in once (一、反馈问题 二、整改措施 三、整改情况).
 */
export function numberedFieldsOf(paragraphs: readonly Prose[]): NumberedFields {
  const counts = new Map<string, number>();
  const styles = new Map<string, { fields: FieldKind[]; others: number }>();
  for (const paragraph of paragraphs) {
    const numbering = numberingOf(paragraph.text);
    if (numbering === null) continue;
    const field = isBare(paragraph.text, numbering) ? leadingField(paragraph) : null;
    const style = styles.get(numbering.style) ?? { fields: [], others: 0 };
    styles.set(numbering.style, style);
    if (field === null) style.others += 1;
    else {
      style.fields.push(field);
      counts.set(fieldKey(numbering, field), (counts.get(fieldKey(numbering, field)) ?? 0) + 1);
    }
  }
  const repeated = [...counts].flatMap(([key, count]) => (count > 1 ? [key] : []));
  const forms = [...styles].flatMap(([style, { fields, others }]) =>
    isForm(fields, others) ? fields.map((field) => `${style}:${field}`) : [],
  );
  return new Set([...repeated, ...forms]);
}

const isForm = (fields: readonly FieldKind[], others: number): boolean =>
  new Set(fields).size >= 3 && fields[0] === 'finding' && fields.some(isRectification) && others <= 1;

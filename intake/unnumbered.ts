import { isRectification } from './labels';
import { leadingField, type OutlineNode } from './outline';
import { sentences, type Prose } from './prose';

/**
 * Findings without numbers: below each heading, a paragraph 反馈问题：… or the unlabelled paragraph right before an account
 * starts one. They become children, numbered in order, so that later steps meet one shape.
 */
export function numberUnnumbered(node: OutlineNode): void {
  node.children.forEach((child) => {
    numberUnnumbered(child);
  });
  const starts = startsOf(node.body);
  const first = starts[0];
  if (first === undefined || (starts.length < 2 && node.numbering !== null)) return;
  const body = node.body.splice(first);
  starts.forEach((start, index) => {
    const heading = body[start - first];
    if (heading === undefined) return;
    const end = starts[index + 1] ?? first + body.length;
    node.children.push({
      numbering: { style: 'problem', number: index + 1, label: '', length: 0 },
      heading,
      parent: node,
      children: [],
      body: body.slice(start - first + 1, end - first),
    });
  });
}

function startsOf(body: readonly Prose[]): number[] {
  const fields = body.map((paragraph) => leadingField(paragraph));
  const labelled = fields.flatMap((field, index) => (field === 'finding' ? [index] : []));
  if (labelled.length > 0) return labelled.some((index) => isAccount(fields[index + 1])) ? labelled : [];
  return fields.flatMap((field, index) => {
    const paragraph = body[index];
    const stands = field === null && paragraph !== undefined && isAccount(fields[index + 1]) && !isAccountBefore(fields, index);
    return stands && sentences(paragraph.text).length === 1 && paragraph.text.length <= 120 ? [index] : [];
  });
}

const isAccount = (field: ReturnType<typeof leadingField> | undefined): boolean => field != null && isRectification(field);

/** 整改措施：… then an unlabelled paragraph, then 落实情况：… is one account, not two findings. */
const isAccountBefore = (fields: readonly ReturnType<typeof leadingField>[], index: number): boolean =>
  fields[index - 1] === 'measures' && fields[index + 1] === 'implementation';

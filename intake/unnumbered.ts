import { isRectification } from './labels';
import { leadingField } from './numbered-fields';
import type { OutlineNode } from './outline';
import { sentences, type Prose } from './prose';

/**
 * Findings without numbers: below each heading, a paragraph 反馈问题：…, a line 关于“…”的问题, or the unlabelled paragraph right
 * before an account starts one. They become children, numbered in order, so that later steps meet one shape.
 */
export function numberUnnumbered(root: OutlineNode): void {
  const nodes = [...withDescendants(root)];
  const quoting = nodes.flatMap(({ body }) => body).filter(({ text }) => quotesFinding.test(text)).length >= 2;
  for (const node of nodes) split(node, quoting);
}

function* withDescendants(node: OutlineNode): Generator<OutlineNode> {
  yield node;
  for (const child of node.children) yield* withDescendants(child);
}

/** 关于“…”的问题 as a line of its own, or with its account behind a stop. */
const quotesFinding =
  /^(?:关于|针对|对照)(?:反馈(?:指出)?的?)?[“"「].{2,300}?[”"」](?:等|方面|存在)*(?:的?(?:问题|情况|意见))+(?:的?整改(?:落实)?(?:情况|进展)?)?(?:[。：:]|$)/u;

function split(node: OutlineNode, quoting: boolean): void {
  const starts = startsOf(node.body, quoting);
  const first = starts[0];
  if (first === undefined || (starts.length < 2 && node.numbering !== null && !quoting)) return;
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

function startsOf(body: readonly Prose[], quoting: boolean): number[] {
  const fields = body.map((paragraph) => leadingField(paragraph));
  const labelled = indexesOf(fields, (field) => field === 'finding');
  if (labelled.length > 0) return fields.slice(labelled[0]).some(isAccount) ? labelled : [];
  const quoted = quoting ? indexesOf(body, ({ text }) => quotesFinding.test(text)) : [];
  if (quoted.length > 0) return quoted;
  return indexesOf(body, (paragraph, index) => {
    const stands = fields[index] === null && isAccount(fields[index + 1]) && !isAccountBefore(fields, index);
    return stands && sentences(paragraph.text).length === 1 && paragraph.text.length <= 120;
  });
}

const indexesOf = <T>(items: readonly T[], test: (item: T, index: number) => boolean): number[] =>
  items.flatMap((item, index) => (test(item, index) ? [index] : []));

const isAccount = (field: ReturnType<typeof leadingField> | undefined): boolean => field != null && isRectification(field);

/** 整改措施：… then an unlabelled paragraph, then 落实情况：… is one account, not two findings. */
const isAccountBefore = (fields: readonly ReturnType<typeof leadingField>[], index: number): boolean =>
  fields[index - 1] === 'measures' && fields[index + 1] === 'implementation';

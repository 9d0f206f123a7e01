import type { Block, Row } from './digest-blocks';
import type { DigestView, Section } from './digest-view';
import { categories } from './digest-words';

/** The plain part of the mail: reads well in a client without HTML, on a phone or printed. */
export function digestText(view: DigestView): string {
  const totals = view.sections.map(({ category, count }) => `${categories[category].shape} ${categories[category].word} ${count}项`);
  return [
    `${view.name}：`,
    '',
    greetingOf(view),
    ...(totals.length > 0 ? [totals.join('    ')] : []),
    ...view.sections.flatMap((section) => sectionText(section, view.compact)),
    '',
    '────────────────',
    ...footerLines(view),
    '',
  ].join('\n');
}

/** `您作为牵头领导，有6项整改事项。` */
export const greetingOf = (view: DigestView): string =>
  view.role === null ? `您有${view.total}项整改事项。` : `您作为${view.role}，有${view.total}项整改事项。`;

/** The closing sentences, the same in both parts of the mail. */
export function closingOf(view: DigestView): string[] {
  return [
    `本邮件内容截至${view.asOf}，此后的变化以系统为准。`,
    ...(view.meantFor === null ? [] : [`原定${view.meantFor}发送。`]),
    ...(view.provisional ? ['标“暂定”的日期：当年放假安排尚未录入，录入后可能调整。'] : []),
    ...(view.referenceOnly ? ['按保密要求，邮件只列编号和期限，具体内容请登录内部系统查看。'] : []),
    '本邮件由系统自动发送，请勿直接回复。',
  ];
}

/** `下一步` of a block as one sentence, or null when nothing more will come of itself. */
export function nextOf(block: Block): string | null {
  if (block.next === null) return null;
  return block.hears === null ? block.next : `${block.next}，届时通知${block.hears}`;
}

const footerLines = (view: DigestView): string[] => [`我的待办：${view.home}`, '', ...closingOf(view)];

function sectionText({ category, count, blocks }: Section, compact: boolean): string[] {
  const { shape, word } = categories[category];
  return ['', `──── ${shape} ${word} ${count}项 ────`, ...blocks.flatMap((block) => blockText(block, compact))];
}

function blockText(block: Block, compact: boolean): string[] {
  const [only] = block.rows;
  const alone = isCard(block, compact) ? only : undefined;
  const what = [block.kind, ...block.facts].join('，');
  const when = [block.due, block.left].filter(Boolean).join('，');
  const next = nextOf(block);
  return [
    '',
    alone ? nameOf(alone) : `${what}：${block.count}项`,
    ...(alone ? [`  ${labelOf(block)}：${what}`] : []),
    ...(when === '' ? [] : [`  期限：${when}`]),
    ...(next === null ? [] : [`  下一步：${next}`]),
    ...(block.role === null ? [] : [`  您的身份：${block.role}`]),
    ...(alone ? alone.items.map((item) => `  ${doorOf(block)}：${item.href}`) : block.rows.flatMap((row) => rowText(row, compact))),
  ];
}

/** What stands before the matter, and what the way to it is called: to do, or to know. */
export const labelOf = (block: Block): string => (block.informs ? '事项' : '应办');
export const doorOf = (block: Block): string => (block.informs ? '查看' : '去办理');

/** Whether a block is told as a card of its own: one issue in a mail that is read issue by issue. */
export const isCard = (block: Block, compact: boolean): boolean => block.count === 1 && !compact;

/** `2026-01-012 违规发放…`, or the numbers of all issues of the row. */
const nameOf = (row: Row): string => [row.items.map((item) => item.reference).join('、'), row.title].filter(Boolean).join(' ');

/** A compact mail gives no address a row: two hundred addresses would hide what they belong to. */
function rowText(row: Row, compact: boolean): string[] {
  const dates = [row.due && `期限${row.due}`, row.left, row.next && `下一步${row.next}`].filter(Boolean).join('，');
  const told = row.title === null ? [dates, nameOf(row)] : [nameOf(row), dates];
  const [item, ...others] = row.items;
  const address = compact || item === undefined || others.length > 0 ? [] : [`    ${item.href}`];
  return [`  · ${told.filter((part) => part !== '').join('：')}`, ...address];
}

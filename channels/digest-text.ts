import type { Block, Row } from './digest-blocks';
import { shapes } from './digest-category';
import { footerOf, greetingOf, isCard, labelsOf, nextOf, whatOf } from './digest-phrases';
import type { DigestView, Section } from './digest-view';

const INDENT = '  ';

/** The plain part of the mail: reads well in a client without HTML, on a phone or printed. */
export function digestText(view: DigestView): string {
  const { messages } = view;
  const totals = view.sections.map(({ category, count }) => headingOf(view, { category, count }));
  const { opening, closing } = footerOf(view);
  return [
    ...greetingOf(view),
    ...(totals.length > 1 ? [totals.join('    ')] : []),
    ...opening,
    ...view.sections.flatMap((section) => sectionText(section, view)),
    '',
    '────────────────',
    messages.labelled(messages.sentences.home, view.home),
    '',
    ...closing,
    '',
  ].join('\n');
}

const headingOf = ({ messages }: DigestView, { category, count }: Pick<Section, 'category' | 'count'>): string =>
  `${shapes[category]} ${messages.categories[category]} ${messages.items(count)}`;

function sectionText(section: Section, view: DigestView): string[] {
  return [
    '',
    `──── ${headingOf(view, section)} ────`,
    ...section.blocks.flatMap((block) => blockText(block, view)),
    ...(section.more === null ? [] : ['', section.more]),
  ];
}

function blockText(block: Block, view: DigestView): string[] {
  const { messages } = view;
  const { sentences } = messages;
  const { label, door } = labelsOf(block, messages);
  const what = whatOf(block, messages);
  const [only] = block.rows;
  const heading = messages.labelled(what, messages.items(block.count));
  const alone = isCard(block, view.compact) ? only : undefined;
  const when = messages.clauses([block.due, block.left].filter((part) => part !== null));
  const next = nextOf(block, messages);
  const told = (name: string, text: string): string => `${INDENT}${messages.labelled(name, text)}`;
  return [
    '',
    inUnit(alone ? nameOf(alone, view) : heading, block.unit, view),
    ...(alone ? [told(label, what)] : []),
    ...(when === '' ? [] : [told(sentences.due, when)]),
    ...(next === null ? [] : [told(sentences.next, next)]),
    ...(block.role === null ? [] : [told(sentences.role, block.role)]),
    ...(alone ? alone.items.map((item) => told(door, item.href)) : block.rows.flatMap((row) => rowText(row, view))),
  ];
}

/** `2026-01-012 违规发放…` with its unit; the numbers of a row without titles stand by themselves. */
const nameOf = ({ items, title, unit }: Row, view: DigestView): string =>
  inUnit([...items.map((item) => item.reference), title].filter((part) => part !== null).join(' '), unit, view);

const inUnit = (name: string, unit: string | null, { messages }: DigestView): string => (unit === null ? name : messages.aside(name, unit));

/** Every row has its address: a reader without HTML has no other way to the page. */
function rowText(row: Row, view: DigestView): string[] {
  const { messages } = view;
  const { sentences } = messages;
  const next = row.next === null ? null : messages.inline(sentences.next, row.next);
  const due = row.due === null ? null : messages.inline(sentences.due, row.due);
  const dates = messages.clauses([due, row.left, next].filter((part) => part !== null));
  const [item, ...others] = row.items;
  if (item !== undefined && others.length === 0) {
    return [
      `${INDENT}· ${dates === '' ? nameOf(row, view) : messages.labelled(nameOf(row, view), dates)}`,
      `${INDENT.repeat(2)}${item.href}`,
    ];
  }
  return [
    ...(dates === '' ? [] : [`${INDENT}· ${dates}`]),
    ...row.items.map(({ reference, href }) => `${INDENT.repeat(2)}${reference} ${href}`),
  ];
}

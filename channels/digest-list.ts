import writeWorkbook, { type Cell } from 'write-excel-file/node';
import { getOrderOfSiblings, getSelfClosingTagMarkup, insertElementMarkupAccordingToOrderOfSiblings } from 'write-excel-file/utility';
import { cellText } from '../domain/cell-text';
import type { DigestLine } from '../domain/digest';
import type { LocalDate } from '../domain/time';
import { shapes, type Category } from './digest-category';
import type { DigestMessage } from './digest-message';
import { paints } from './digest-paint';
import { sortedParts } from './digest-view';
import { zhCN, type Messages } from './messages';
import type { SentenceKey } from './messages/sentences';

export const LIST_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

interface Row {
  readonly line: DigestLine;
  readonly category: Category;
}

interface Column {
  readonly heading: Extract<SentenceKey, `column${string}`>;
  readonly width: number;
  cell(row: Row, messages: Messages): Cell;
}

/** Underscores that Excel would read as an escaped character are escaped themselves. */
const text = (value: string | null, more: object = {}): Cell =>
  value === null || value === '' ? null : { value: cellText(value), type: String, format: '@', wrap: true, ...more };
const day = (value: LocalDate | null): Cell =>
  value === null ? null : { value: new Date(`${value}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd', align: 'center' };

const columns: readonly Column[] = [
  {
    heading: 'columnCategory',
    width: 10,
    cell: ({ category }, messages) =>
      text(`${shapes[category]} ${messages.categories[category]}`, {
        textColor: paints[category].ink,
        backgroundColor: paints[category].ground,
        fontWeight: 'bold',
      }),
  },
  { heading: 'columnReference', width: 14, cell: ({ line }) => text(line.reference) },
  { heading: 'columnTitle', width: 44, cell: ({ line }) => text(line.title) },
  { heading: 'columnUnit', width: 18, cell: ({ line }) => text(line.unit ?? null) },
  { heading: 'columnKind', width: 18, cell: ({ line }) => text(line.kind) },
  { heading: 'columnRung', width: 16, cell: ({ line }) => text(line.rung) },
  { heading: 'columnDue', width: 12, cell: ({ line }) => day(line.dueOn) },
  {
    heading: 'columnLeft',
    width: 11,
    cell: ({ line, category }) =>
      line.daysLeft === null ? null : { value: line.daysLeft, type: Number, format: '0', align: 'center', textColor: paints[category].ink },
  },
  {
    heading: 'columnProvisional',
    width: 8,
    cell: ({ line }, { sentences }) => text(line.provisional && line.dueOn !== null ? sentences.provisional : null),
  },
  { heading: 'columnNextOn', width: 12, cell: ({ line }) => day(line.next?.on ?? null) },
  { heading: 'columnNext', width: 18, cell: ({ line }) => text(line.next?.label ?? null) },
  { heading: 'columnHears', width: 30, cell: ({ line }) => text(line.next?.hears ?? null) },
  { heading: 'columnPaper', width: 14, cell: ({ line }) => text(line.paper) },
  { heading: 'columnRole', width: 18, cell: ({ line }) => text(line.role) },
  {
    heading: 'columnLink',
    width: 40,
    cell: ({ line }) => text(line.link, { wrap: false, textColor: '#1d4f91', textDecoration: { underline: true } }),
  },
];

/**
 * Every line of a digest as an xlsx, in the order of the mail: a frozen header with a filter, dates as dates, workdays as numbers,
 * links to click. Columns that no line fills are left out, so a mail of detail `reference` has no column of titles. Its bytes hold
 * the time at which they were made; they are stored with the mail.
 */
export async function digestList(message: DigestMessage, messages: Messages = zhCN): Promise<Uint8Array> {
  const rows = sortedParts(message, messages).flatMap(({ category, lines }) => lines.map((line) => ({ category, line })));
  const shown = columns.filter((column) => rows.some((row) => column.cell(row, messages) !== null));
  const header = shown.map(({ heading }): Cell => text(messages.sentences[heading], { fontWeight: 'bold', backgroundColor: '#e8edf3' }));
  const links = rows.map(({ line }) => line.link);
  return writeWorkbook(
    [
      {
        sheet: messages.listFile.replace(/\.xlsx$/, ''),
        data: [header, ...rows.map((row) => shown.map((column) => column.cell(row, messages)))],
        columns: shown.map(({ width }) => ({ width })),
        stickyRowsCount: 1,
        orientation: 'landscape',
      },
    ],
    { fontFamily: '宋体', fontSize: 11, features: [filterAndLinks(links, shown.length)] },
  ).toBuffer();
}

type Feature = NonNullable<NonNullable<Parameters<typeof writeWorkbook>[1]>['features']>[number];

/** Excel calls a file broken that holds a longer address. */
const LONGEST_LINK = 2_000;

const SHEET = 'xl/worksheets/sheet{id}.xml';
const RELATIONS = 'xl/worksheets/_rels/sheet{id}.xml.rels';

/** What the library has no word for: a filter over the table, and real links in its last column. */
function filterAndLinks(links: readonly string[], width: number): Feature {
  const last = String.fromCharCode('A'.charCodeAt(0) + width - 1);
  const id = (index: number): string => `rId-link-${index + 1}`;
  const filter = getSelfClosingTagMarkup('autoFilter', { ref: `A1:${last}${links.length + 1}` });
  const short = links.flatMap((link, index) => (link.length <= LONGEST_LINK ? [{ link, index }] : []));
  const targets = short.map(({ index }) => getSelfClosingTagMarkup('hyperlink', { ref: `${last}${index + 2}`, 'r:id': id(index) }));
  const order = getOrderOfSiblings(SHEET, 'worksheet') ?? [];
  const insert = (xml: string, markup: string): string => insertElementMarkupAccordingToOrderOfSiblings(xml, markup, order, 'worksheet');
  return {
    files: {
      transform: {
        [SHEET]: {
          transform: (xml) => insert(insert(xml, filter), short.length === 0 ? '' : `<hyperlinks>${targets.join('')}</hyperlinks>`),
        },
        [RELATIONS]: {
          insert: () =>
            short
              .map(({ link, index }) =>
                getSelfClosingTagMarkup('Relationship', {
                  Id: id(index),
                  Type: 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink',
                  Target: link,
                  TargetMode: 'External',
                }),
              )
              .join(''),
        },
      },
    },
  };
}

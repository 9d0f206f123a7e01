import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { readText, type DraftIssue, type DraftLedger } from '../../intake';
import { read } from './support';

const textsIn = (folder: string): (readonly [string, string])[] =>
  readdirSync(path.join(__dirname, folder)).map((file) => [
    file,
    readFileSync(path.join(__dirname, folder, file), 'utf8')
      .split('====\n')[0]
      ?.trimEnd() ?? '',
  ]);
const shapes = textsIn('shapes');
const ledgers = textsIn('ledgers');
const sample = readFileSync(path.join(__dirname, '../../samples/report.txt'), 'utf8');
const seedFolder = path.join(__dirname, '../../../shared/seeds');
const seeds = ((): (readonly [string, string])[] => {
  try {
    return readdirSync(seedFolder).map((file) => [file.slice(0, 3), readFileSync(path.join(seedFolder, file), 'utf8')]);
  } catch {
    return [];
  }
})();
const all = [...shapes, ...ledgers, ['sample', sample] as const, ...seeds];

const squeezed = (text: string): string => text.replace(/\s+/gu, '');

/** Every value with the line that it names. */
function* statedIn(draft: DraftLedger): Generator<readonly [what: string, raw: string, line: number]> {
  const { round } = draft;
  for (const field of [
    'title',
    'documentNumber',
    'kind',
    'inspectingBody',
    'feedbackDate',
    'publishedDate',
    'reportDate',
    'issuedBy',
  ] as const) {
    const stated = round[field];
    if (stated !== null) yield [field, stated.raw, stated.line];
  }
  for (const { raw, line } of round.onSite) yield ['onSite', raw, line];
  for (const { id, status, deadline, measures, money, dates } of draft.issues) {
    if (status !== null) yield [`${id}.status`, status.raw, status.line];
    if (deadline !== null) yield [`${id}.deadline`, deadline.raw, deadline.line];
    for (const { no, text, line, items } of measures) {
      yield [`${id}.measure ${no}`, text.slice(0, 12), line];
      for (const item of items) yield [`${id}.measure ${no} ${item.marker}`, item.text.slice(0, 12), item.line];
    }
    // below 金额（万元） a cell holds the number alone
    for (const { raw, line } of money) yield [`${id}.money`, draft.docType === 'ledger' ? raw.replace(/[万亿]?元$/u, '') : raw, line];
    for (const { raw, line } of dates) yield [`${id}.date`, raw, line];
  }
}

test.each(all)('%s: the line of a value holds it', (_name, text) => {
  const lines = text.split(/\r\n|\n|\r/);
  const draft = read(text);
  // a hard line break may cut a value in two
  const near = (line: number): string => squeezed(lines.slice(line - 1, line + 3).join(''));
  const lost = [...statedIn(draft)].filter(
    ([, raw, line]) => !near(line).includes(squeezed(raw)) || !squeezed(lines[line - 1] ?? '').includes(squeezed(raw).slice(0, 1)),
  );
  expect(lost).toEqual([]);
  for (const { title, line, endLine } of draft.issues)
    expect(squeezed(lines.slice(line - 1, endLine).join(''))).toContain(squeezed(title).slice(0, 12));
});

/** What matters of an issue, lines aside. */
const told = ({ line: _line, endLine: _endLine, ...issue }: DraftIssue): unknown =>
  JSON.parse(JSON.stringify(issue, (key, value: unknown) => (key === 'line' ? undefined : value)));
const toldOf = ({ issues, aspects, categories, docType }: DraftLedger): unknown => ({
  docType,
  issues: issues.map(told),
  groups: [aspects.map(({ no, title }) => [no, title]), categories.map(({ no, aspectNo, title }) => [no, aspectNo, title])],
});

test.each(all)('%s: ends of lines by CRLF or CR change nothing', (_name, text) => {
  const plain = read(text.replaceAll('\r\n', '\n'));
  expect(read(text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n'))).toEqual(plain);
  expect(read(text.replaceAll('\r\n', '\n').replaceAll('\n', '\r'))).toEqual(plain);
});

const narrowed = (text: string): string => text.replace(/[（）：，；０-９]/gu, (mark) => mark.normalize('NFKC'));
/** Titles, states, limits and counts, marks narrowed. */
const outlineOf = ({ issues }: DraftLedger): unknown =>
  issues.map(({ label, title, aspectNo, categoryNo, status, deadline, measures, handling, money }) => [
    narrowed(label),
    narrowed(title),
    aspectNo,
    categoryNo,
    status?.value,
    deadline?.due,
    measures.length,
    handling.length,
    money.map(({ amountYuan }) => amountYuan),
  ]);

test.each(all)('%s: half-width marks read like full-width ones', (_name, text) => {
  expect(outlineOf(read(narrowed(text)))).toEqual(outlineOf(read(text)));
});

const neutral = [
  '县委高度重视，主要负责同志亲自部署、亲自推动。',
  '各科室对照分工抓好落实，办公室定期调度。',
  '会议强调，要提高思想认识，把工作做细做实。',
];

test.each(shapes)('%s: paragraphs about nothing in particular, and their order, change no issue', (_name, text) => {
  const lines = text.split('\n');
  // a text of one line has no place for a paragraph of its own
  if (lines.length < 4) return;
  const plain = toldOf(read(text));
  fc.assert(
    fc.property(fc.shuffledSubarray(neutral), (added) => {
      const [title = '', ...rest] = lines;
      expect(toldOf(read([title, ...added, ...rest].join('\n')))).toEqual(plain);
    }),
    { numRuns: 6 },
  );
});

test('reading any text twice gives the same draft, and what a reader notes is in it', () => {
  const source = { file: 'a.txt', sha256: '0'.repeat(64), format: 'txt', encoding: 'utf-8' };
  const notes = [{ code: 'formulas', severity: 'info' as const, message: '…', lines: [] }];
  const draft = readText(sample, source, { notes });
  expect(draft.findings).toContainEqual(notes[0]);
  expect(readText(sample, source, { notes })).toEqual(draft);
});

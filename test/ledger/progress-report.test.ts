import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LedgerRow } from '../../domain/lists/ledger-rows';
import { progressReport, publicWordOf, reportFigures, type ReportHead } from '../../domain/paper/progress-report';
import { addMillis, dateOf, localDate } from '../../domain/time';
import { readDocument } from '../../intake';
import { roundLists } from '../../ledger/lists';
import { reportDocx } from '../../papers/report-docx';
import { openRound, openTestLedger, START, type TestLedger } from '../support/fixture';
import { DAY_MS, live } from './support';

let ledger: TestLedger;
let rows: readonly LedgerRow[];
let roundId: string;
let head: ReportHead;
const states = {
  completed: 'completed',
  basicallyCompleted: 'basically_completed',
  stageCompleted: 'stage_completed',
  inProgress: 'in_progress',
  notCompleted: 'not_completed',
};

beforeAll(async () => {
  ledger = await openTestLedger();
  const opened = await openRound(ledger.database, 5, START);
  ({ roundId } = opened);
  let now = START;
  for (const [index, steps] of [undefined, 5, undefined, 3].entries()) now = await live(ledger, opened.issueIds[index] ?? '', steps, now);
  const lists = await roundLists(ledger.database, roundId, now);
  rows = lists?.ledger ?? [];
  head = {
    body: '县农业局党组',
    kind: '巡察',
    inspectingBody: '县委第二巡察组',
    feedbackOn: localDate('2026-03-02'),
    asOf: dateOf(now),
    contact: '0000-1234567',
  };
});
afterAll(() => ledger.close());

test('our own report, read back by our own intake, is the same ledger', async () => {
  const report = progressReport(head, rows);
  const folder = mkdtempSync(path.join(tmpdir(), 'report-'));
  const file = path.join(folder, 'report.docx');
  writeFileSync(file, await reportDocx(report));
  const draft = await readDocument(file);
  rmSync(folder, { recursive: true });
  expect(draft.issues.map(({ number, title, status, deadline }) => [number, title, status?.value, deadline?.due ?? null])).toEqual(
    rows.map((row, index) => {
      const word = publicWordOf(row);
      return [index + 1, row.title, states[word], word === 'completed' ? null : row.dueOn];
    }),
  );
  const { round } = draft;
  expect([
    round.title?.value,
    round.feedbackDate?.value,
    round.inspectingBody?.value,
    round.reportDate?.value,
    round.issuedBy?.value,
  ]).toEqual([report.title, head.feedbackOn, head.inspectingBody, head.asOf, head.body]);
  expect(draft.declared.filter(({ agrees }) => agrees === false)).toEqual([]);
  expect(draft.declared.find(({ what }) => what === 'issues')).toMatchObject({ value: rows.length, counted: rows.length, agrees: true });
  expect(draft.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(draft.docType).toBe('rectification_report');
});

test('the figures counted again later, as of the same instant, are the same; today they differ', async () => {
  const before = reportFigures(rows);
  const later = addMillis(START, 120 * DAY_MS);
  const again = (await roundLists(ledger.database, roundId, later))?.ledger ?? [];
  expect(reportFigures(again)).toEqual(before);
  expect(before.find(({ name }) => name === 'completed')?.value).toBe(2);
  expect(before.find(({ name }) => name === 'fedBack')?.value).toBe(5);
});

test('same report, same bytes', async () => {
  const report = progressReport(head, rows);
  expect(Buffer.from(await reportDocx(report)).equals(Buffer.from(await reportDocx(report)))).toBe(true);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import readWorkbook from 'read-excel-file/node';
import { dateOf } from '../../domain/time';
import { readDocument } from '../../intake';
import { unpackXml } from '../../intake/sheet-zip';
import { roundLists, type RoundLists } from '../../ledger/lists';
import { listsWorkbook } from '../../papers/lists-workbook';
import { openRound, openTestLedger, START, type TestLedger } from '../support/fixture';
import { live } from './support';

let ledger: TestLedger;
let lists: RoundLists;
let workbook: Buffer;
const asOf = dateOf(START);

beforeAll(async () => {
  ledger = await openTestLedger();
  const { roundId, issueIds } = await openRound(ledger.database, 4, START);
  let now = START;
  for (const [index, steps] of [3, 5, undefined].entries()) now = await live(ledger, issueIds[index] ?? '', steps, now);
  const found = await roundLists(ledger.database, roundId, now);
  if (found === null) throw new Error('the round is there');
  lists = found;
  const tones = new Map((await ledger.database.issue.findMany({ where: { roundId } })).map(({ id, tone }) => [id, tone]));
  workbook = await listsWorkbook({
    round: { name: '云溪县农业局巡察', organisation: '县农业局' },
    asOf,
    ...lists,
    toneOf: (id) => (tones.get(id) === 'red' ? 'red' : 'none'),
  });
});
afterAll(() => ledger.close());

test('four sheets, days as days, one row an issue or measure', async () => {
  const sheets = await readWorkbook(workbook);
  expect(sheets.map(({ sheet, data }) => [sheet, data.length])).toEqual([
    ['问题清单', 3 + lists.issues.length],
    ['任务清单', 3 + lists.tasks.flatMap(({ tasks }) => tasks).length],
    ['责任清单', 3 + lists.responsibilities.length],
    ['整改台账', 3 + lists.ledger.length],
  ]);
  const [issues] = sheets;
  expect(issues?.data[3]?.[6]).toBeInstanceOf(Date);
  expect(issues?.data[0]?.[0]).toBe('云溪县农业局巡察整改问题清单');
});

test('frozen and filtered headings, repeated in print, landscape on one page’s width, the ledger on A3', () => {
  const xml = unpackXml(workbook).map((part) => part.toString('utf8'));
  const sheets = xml.filter((part) => part.includes('<sheetData>'));
  expect(sheets).toHaveLength(4);
  for (const part of sheets) {
    expect(part).toContain('state="frozen"');
    expect(part).toMatch(/<\/sheetData>(?:<mergeCells.*<\/mergeCells>)?<autoFilter ref="A3:|<\/sheetData><autoFilter ref="A3:/);
    expect(part).toContain('fitToWidth="1" fitToHeight="0"');
  }
  expect(sheets.map((part) => /paperSize="(\d)"/.exec(part)?.[1])).toEqual(['9', '9', '9', '8']);
  expect(xml.find((part) => part.includes('<definedNames>'))?.match(/_xlnm\.Print_Titles/g)).toHaveLength(4);
});

test('intake reads the workbook as the same ledger', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'lists-'));
  const file = path.join(folder, 'lists.xlsx');
  writeFileSync(file, workbook);
  const { issues, docType } = await readDocument(file);
  rmSync(folder, { recursive: true });
  expect(docType).toBe('ledger');
  expect(issues.map(({ title, parties, deadline }) => [title, parties.leadLeader, parties.responsibleUnit, deadline?.due ?? null])).toEqual(
    lists.ledger.map(({ title, leadLeader, leadUnit, dueOn, measures }) => [
      title,
      leadLeader[0]?.name ?? null,
      leadUnit?.name ?? null,
      // the task list, which comes first, tells the day of the measure
      measures[0]?.dueOn ?? dueOn,
    ]),
  );
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ledgerCommand } from '../../cli/commands/ledger';
import { roundCommand } from '../../cli/commands/round';
import { ZhenggaiError } from '../../domain/failure';
import { addDays, dateOf, fromMillis } from '../../domain/time';
import { readDocument } from '../../intake';
import { formatCsv } from '../../intake/csv';
import { readSheets } from '../../intake/sheet';
import { registerRound } from '../../ledger/register';
import { verifyLedger } from '../../ledger/verify';
import { deploy, type Deployment } from '../support/deployment';
import { services, showInstance } from '../support/fixture';

const start = fromMillis(Date.now());
let deployment: Deployment;
let directory: string;
let printed: string[];

beforeAll(async () => {
  deployment = await deploy(start);
  directory = mkdtempSync(path.join(tmpdir(), 'zhenggai-ledger-'));
  mkdirSync(path.join(directory, 'data'));
  const temporal = { address: services().temporalAddress, namespace: deployment.namespace, uiUrl: null };
  showInstance(path.join(directory, 'data'), deployment.ledger, { temporal });
});
afterAll(async () => {
  expect((await verifyLedger(deployment.ledger.database)).problems).toEqual([]);
  await deployment.close();
  rmSync(directory, { recursive: true });
});
beforeEach(() => {
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0);
});
afterEach(() => jest.restoreAllMocks());

const run = async (...words: string[]): Promise<string> => {
  printed = [];
  await ledgerCommand().parseAsync([...words, '--data-dir', path.join(directory, 'data')], { from: 'user' });
  return printed.join('');
};
const refusal = async (...words: string[]): Promise<unknown> => {
  const error: unknown = await run(...words).catch((reason: unknown) => reason);
  return error instanceof ZhenggaiError ? error.failure.code : error;
};

test('a ledger goes out, is edited and comes back: only the edits are proposed, accepted once, and a stale one is a conflict', async () => {
  const { database } = deployment.ledger;
  const issues = ['公车管理混乱', '账实不符'].map((title, index) => ({ number: index + 1, title, text: title, reported: null }));
  const round = {
    name: '县农业局巡察',
    inspectedBody: null,
    inspectingBody: null,
    feedbackOn: addDays(dateOf(start), -3),
    source: null,
    issues,
  };
  const { roundId } = await registerRound(database, round, { actor: 'office', via: 'test', now: start });
  const out = path.join(directory, 'ledger.xlsx');
  expect(await run('export', '--round', roundId, '--out', out)).toContain('2个问题');
  expect(await refusal('export', '--round', roundId, '--out', out)).toBe('file.exists');
  expect(JSON.parse(await run('propose', out, '--json'))).toMatchObject({ proposals: [], told: [], notes: [] });

  const [sheet] = await readSheets(readFileSync(out));
  const cells = sheet?.rows.map((one) => [...one]) ?? [];
  (cells[3] ?? [])[2] = '公务用车管理混乱';
  (cells[4] ?? [])[8] = '已盘点入账，账实相符。';
  (cells[4] ?? [])[5] = '财务科';
  const back = path.join(directory, 'back.csv');
  writeFileSync(back, formatCsv(cells));
  const table = await run('propose', back);
  expect(table).toContain('可采纳的改动2处，须由人办理的1处');
  expect(await refusal('accept', back, '--as', 'office')).toBe('draft.acceptNothing');
  expect(await refusal('accept', back, '--all', '--as', 'handler')).toBe('role.notAllowed');
  expect(await run('accept', back, '--all', '--as', 'office')).toContain('采纳2项');
  expect((await database.issue.findUniqueOrThrow({ where: { id: `${roundId}-001` } })).title).toBe('公务用车管理混乱');
  expect(JSON.parse(await run('propose', back, '--json'))).toMatchObject({ proposals: [], told: [{ field: 'unit' }] });

  // an older export, edited after the ledger went on
  const stale = path.join(directory, 'stale.csv');
  (cells[3] ?? [])[2] = '公车使用混乱';
  writeFileSync(stale, formatCsv(cells));
  expect(JSON.parse(await run('propose', stale, '--json'))).toMatchObject({
    proposals: [{ issueId: `${roundId}-001`, field: 'title', from: '公务用车管理混乱', to: '公车使用混乱', conflict: true }],
  });
  expect(await run('accept', stale, '--all', '--as', 'office')).toContain('采纳0项');
  expect(await run('accept', stale, '--only', 'title', '--as', 'office')).toContain('已记入');
  expect((await database.issue.findUniqueOrThrow({ where: { id: `${roundId}-001` } })).title).toBe('公车使用混乱');
});

test('a report with a name in it waits until a person has looked; inside it stays whole; the lists go beside it', async () => {
  const { database } = deployment.ledger;
  const issues = [{ number: 1, title: '患者张大山投诉无人答复', text: '患者张大山投诉无人答复', reported: null }];
  const round = {
    name: '县医院巡察',
    inspectedBody: '县医院党委',
    inspectingBody: null,
    feedbackOn: addDays(dateOf(start), -3),
    source: null,
    issues,
  };
  const { roundId } = await registerRound(database, round, { actor: 'office', via: 'test', now: start });
  const out = (name: string): string => path.join(directory, name);
  const report = async (...words: string[]): Promise<unknown> => {
    printed = [];
    return roundCommand()
      .parseAsync([...words, '--data-dir', path.join(directory, 'data')], { from: 'user' })
      .then(
        () => printed.join(''),
        (error: unknown) => (error instanceof ZhenggaiError ? error.failure.code : error),
      );
  };
  expect(await report('report', roundId, '--out', out('public.docx'))).toBe('report.private');
  expect(await report('report', roundId, '--out', out('public.docx'), '--mask')).toContain('1个问题');
  expect(await report('report', roundId, '--out', out('inside.docx'), '--inside')).toContain('内部稿');
  const titles = await Promise.all(['public.docx', 'inside.docx'].map(async (name) => (await readDocument(out(name))).issues[0]?.title));
  expect(titles).toEqual(['患者张某某投诉无人答复', '患者张大山投诉无人答复']);
  expect(await report('lists', roundId, '--out', out('lists.xlsx'))).toContain('1个问题');
  expect(await report('report', 'R99', '--out', out('none.docx'))).toBe('round.unknown');
});

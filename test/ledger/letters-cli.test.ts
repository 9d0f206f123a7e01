import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import mammoth from 'mammoth';
import { paperCommand } from '../../cli/commands/paper';
import { ZhenggaiError } from '../../domain/failure';
import { addMillis, type Instant } from '../../domain/time';
import { advance } from '../../ledger/step';
import { openTestLedger, showInstance, START, type TestLedger } from '../support/fixture';
import { act, assign, at, openIssue } from './support';

let ledger: TestLedger;
let directory: string;
let issueId: string;
let printed: string[];

beforeAll(async () => {
  ledger = await openTestLedger();
  directory = mkdtempSync(path.join(tmpdir(), 'zhenggai-paper-'));
  mkdirSync(path.join(directory, 'data'));
  showInstance(path.join(directory, 'data'), ledger);
  issueId = await openIssue(ledger);
  await act(ledger, issueId, 'office', assign, addMillis(START, 1_000));
  for (let wake: Instant | null = START; wake !== null && wake <= at('2026-07-10T00:00');)
    wake = (await advance(ledger.database, issueId, wake)).nextWakeAt;
});
afterAll(async () => {
  await ledger.close();
  rmSync(directory, { recursive: true });
});
beforeEach(() => {
  printed = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0);
});
afterEach(() => jest.restoreAllMocks());

const file = (name: string): string => path.join(directory, name);
const paper = (...words: string[]): Promise<unknown> =>
  paperCommand().parseAsync([...words, '--data-dir', path.join(directory, 'data')], { from: 'user' });
const refusal = async (...words: string[]): Promise<unknown> => {
  const error: unknown = await paper(...words).catch((reason: unknown) => reason);
  return error instanceof ZhenggaiError ? error.failure.code : error;
};
const textOf = async (name: string): Promise<string> => (await mammoth.extractRawText({ path: file(name) })).value;
const lastObject = (): Record<string, unknown> => JSON.parse(printed.at(-1) ?? '') as Record<string, unknown>;

test('the kinds of paper are listed', async () => {
  await paper('--list', '--json');
  expect(lastObject()).toMatchObject({ schema: 'zhenggai.papers/1' });
  expect(lastObject()['papers']).toContainEqual({ kind: 'supervisionOrder', label: '督办通知单' });
  await paper('--list');
  expect(printed.join('')).toContain('约谈通知书');
});

test('a draft is marked, a signed paper gives the kept bytes, every time', async () => {
  await paper('提醒函', '--issue', issueId, '--out', file('draft.docx'), '--json');
  expect(lastObject()).toMatchObject({ issueId, paperId: 'reminderLetter-1', kind: 'reminderLetter', draft: true });
  const draft = await textOf('draft.docx');
  for (const words of ['（签发时编号）', `${issueId}号问题“问题1”`, '于签发之日起']) expect(draft).toContain(words);
  expect((await ledger.database.letter.findMany()).length).toBe(0);

  await act(ledger, issueId, 'office', { type: 'signPaper', paperId: 'reminderLetter-1' }, at('2026-07-10T09:00'));
  await paper('reminderLetter', '--issue', issueId, '--out', file('signed.docx'), '--json');
  const { sha256 } = await ledger.database.letter.findFirstOrThrow();
  expect(lastObject()).toMatchObject({ draft: false, filename: '提醒函〔2026〕1号.docx', sha256, issues: [issueId] });
  expect(
    createHash('sha256')
      .update(readFileSync(file('signed.docx')))
      .digest('hex'),
  ).toBe(sha256);
  const text = await textOf('signed.docx');
  expect(text).toContain('〔2026〕1号');
  expect(text).toContain('2026年7月10日');
  await paper('提醒函', '--issue', issueId, '--paper', 'reminderLetter-1', '--out', file('again.docx'));
  expect(readFileSync(file('again.docx')).equals(readFileSync(file('signed.docx')))).toBe(true);
  expect(printed.at(-1)).toContain('提醒函〔2026〕1号');
});

test('what does not hold is refused, and writes no file', async () => {
  const out = ['--out', file('none.docx')];
  expect(await refusal('提醒函')).toBe('paper.usage');
  expect(await refusal('表扬信', '--issue', issueId, ...out)).toBe('paper.unknownKind');
  expect(await refusal('告诫书', '--issue', issueId, ...out)).toBe('paper.unknown');
  expect(await refusal('提醒函', '--issue', issueId, '--paper', 'reminderLetter-9', ...out)).toBe('paper.unknown');
  const orders = await ledger.database.paper.findMany({ where: { kind: 'supervisionOrder' } });
  const order = orders[0]?.id ?? '';
  await act(ledger, issueId, 'office', { type: 'declinePaper', paperId: order, reason: '已当面说明' }, at('2026-07-10T10:00'));
  expect(await refusal('督办通知单', '--issue', issueId, ...out)).toBe('paper.notIssued');
  expect(existsSync(file('none.docx'))).toBe(false);
  expect(await refusal('提醒函', '--issue', issueId, '--out', file('signed.docx'))).toBe('file.exists');
  await paper('提醒函', '--issue', issueId, '--out', file('signed.docx'), '--force');
});

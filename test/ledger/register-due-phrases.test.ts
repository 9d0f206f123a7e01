import { readCommand } from '../../cli/command-input';
import { withDueDays } from '../../cli/due-phrase-input';
import { localDate } from '../../domain/time';
import { issueDetail } from '../../ledger/issue-detail';
import { openTestLedger, START, type TestLedger } from '../support/fixture';
import { act, at, live, openIssue } from './support';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger.close());

/** A plan of these limits, said on 3 March 2026, as a script gives it. */
const plan = (...limits: string[]): Record<string, unknown> => ({
  measures: limits.map((dueOn) => ({ unitId: 'clinic', text: '修订制度', dueOn })),
});
const daysOf = async (issueId: string, ...limits: string[]) =>
  (await withDueDays(ledger.database, { type: 'proposePlan', issueId, saidOn: localDate('2026-03-03') }, plan(...limits))) as {
    measures: { dueOn: string | null; sustained?: boolean }[];
  };

test('a phrase rests on the round of its issue: its feedback and the end of its period', async () => {
  const issueId = await openIssue(ledger); // fed back on 2 March 2026, three months of rectification
  const { measures } = await daysOf(issueId, '反馈之日起一个月内', '集中整改期内', '10月底前并长期坚持');
  expect(measures.map(({ dueOn, sustained }) => [dueOn, sustained])).toEqual([
    ['2026-04-02', undefined],
    ['2026-06-02', undefined],
    ['2026-10-31', true],
  ]);
});

test('the ledger takes the plan, keeps the words, and goes by the days', async () => {
  const issueId = await openIssue(ledger);
  await live(ledger, issueId, 2);
  const command = readCommand('proposePlan', { ...(await daysOf(issueId, '反馈之日起一个月内', '长期坚持')) });
  expect((await act(ledger, issueId, 'handler', command, at('2026-03-03T09:00'))).outcome).toMatchObject({ accepted: true });
  expect((await issueDetail(ledger.database, issueId, START))?.measures).toMatchObject([
    { dueOn: '2026-04-02', sustained: false },
    { dueOn: null, sustained: true },
  ]);
  const [event] = await ledger.database.event.findMany({ where: { streamId: issueId, type: 'planProposed' } });
  expect(event?.payload).toMatchObject({ measures: [{ dueRaw: '反馈之日起一个月内' }, { dueRaw: '长期坚持' }] });
});

test('without a word of its own the phrase is said today; what is open is asked', async () => {
  const issueId = await openIssue(ledger);
  const today = { type: 'proposePlan', issueId };
  await expect(withDueDays(ledger.database, today, plan('三个月内'))).rejects.toMatchObject({ failure: { code: 'due.anchor' } });
  await expect(withDueDays(ledger.database, today, plan('即日起一个月内'))).resolves.toMatchObject({
    measures: [{ dueOn: expect.stringMatching(/^20\d\d-\d\d-\d\d$/) as string }],
  });
});

test('days, other commands and unknown issues are left as they are', async () => {
  const issueId = await openIssue(ledger);
  for (const [type, id, fields] of [
    ['proposePlan', issueId, plan('2026-06-30')],
    ['comment', issueId, plan('6月底前')],
    ['proposePlan', 'R0-001', plan('6月底前')],
  ] as const)
    expect(await withDueDays(ledger.database, { type, issueId: id }, fields)).toBe(fields);
});

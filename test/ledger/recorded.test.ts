import { instant, type Instant } from '../../domain/time';
import { outcomeOf, storeCommand } from '../../ledger/commands';
import { importDirectory } from '../../ledger/directory';
import { advance } from '../../ledger/step';
import { verifyLedger } from '../../ledger/verify';
import { openTestLedger, people, type TestLedger } from '../support/fixture';
import type { IssueState } from '../../domain/issue/types';
import { act, assign, at, live, openIssue, story } from './support';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(async () => {
  const { problems } = await verifyLedger(ledger.database);
  await ledger.close();
  expect(problems).toEqual([]);
});

const signs = { type: 'acknowledge' };
const paper = (who: object, paperOn: string, more: object = {}) => ({ decider: who, paperOn, document: '卫党组会〔2026〕3号', ...more });
const person = (personId: string, paperOn: string) => paper({ personId }, paperOn);
/** An issue handed over on 3 March. */
async function assigned(): Promise<string> {
  const issueId = await openIssue(ledger);
  await act(ledger, issueId, 'office', assign, at('2026-03-03T09:00'));
  return issueId;
}
const lastOf = (streamId: string, take: number) =>
  ledger.database.event.findMany({ where: { streamId, type: { not: 'rungFired' } }, orderBy: { version: 'desc' }, take });
const codeOf = async (issueId: string, by: string, recorded: object, now: Instant, command: object = signs): Promise<string> => {
  const { outcome } = await act(ledger, issueId, by, command, now, { recorded });
  return outcome.accepted ? 'accepted' : outcome.rejection.code;
};

test('a signature on paper is recorded: who decided, who recorded, which day, which document', async () => {
  const issueId = await assigned();
  const recorded = paper({ personId: 'head' }, '2026-03-05', { original: '整改办2号柜第3盒' });
  const { outcome } = await act(ledger, issueId, 'liaison', signs, at('2026-03-06T10:00'), { recorded });
  expect(outcome).toMatchObject({ accepted: true, phase: 'acknowledged', events: ['acknowledged'] });
  const [signed, noted] = await lastOf(issueId, 2);
  const who = { actor: 'head', via: 'paper', effectiveOn: new Date('2026-03-05') };
  for (const event of [signed, noted])
    expect(JSON.parse(event?.body ?? '{}')).toMatchObject({ actor: 'head', via: 'paper', effectiveOn: '2026-03-05' });
  expect(signed).toMatchObject({ type: 'acknowledged', actor: who.actor, via: who.via, occurredAt: new Date(at('2026-03-06T10:00')) });
  expect(noted).toMatchObject({
    type: 'decisionRecorded',
    payload: {
      by: 'liaison',
      decider: 'head',
      paperOn: '2026-03-05',
      late: false,
      document: { sha256: expect.any(String) as string },
      original: { sha256: expect.any(String) as string },
    },
  });
  expect(noted?.body).not.toContain('卫党组会');
});

test('the paper counts for terms; what was fired stays; late is flagged', async () => {
  const issueId = await assigned();
  await advance(ledger.database, issueId, at('2026-03-09T09:00')); // overdue since the 7th
  const before = await ledger.database.rung.findMany({ where: { streamId: issueId, obligationId: 'receipt#1' } });
  expect(before.map(({ rung }) => rung)).toContain('overdue');
  expect(await codeOf(issueId, 'office', person('head', '2026-03-04'), at('2026-03-16T09:00'))).toBe('accepted');
  expect(await ledger.database.rung.findMany({ where: { streamId: issueId, obligationId: 'receipt#1' } })).toEqual(
    expect.arrayContaining(before),
  );
  const [, noted] = await lastOf(issueId, 2);
  expect(noted?.payload).toMatchObject({ late: true, paperOn: '2026-03-04' });
  const withdrawn = await ledger.database.notice.findMany({ where: { streamId: issueId, obligationId: 'receipt#1', state: 'pending' } });
  expect(withdrawn).toEqual([]);
});

test('who may record, who may decide, and on which day', async () => {
  const issueId = await assigned();
  const now = at('2026-03-06T10:00');
  const version = (await ledger.database.stream.findUniqueOrThrow({ where: { id: issueId } })).version;
  expect(await codeOf(issueId, 'head', person('leader', '2026-03-05'), now)).toBe('record.role');
  expect(await codeOf(issueId, 'inspector', person('head', '2026-03-05'), now)).toBe('record.role');
  expect(await codeOf(issueId, 'office', person('handler', '2026-03-05'), now)).toBe('role.notAllowed');
  expect(await codeOf(issueId, 'office', person('nobody', '2026-03-05'), now)).toBe('person.unknown');
  expect(await codeOf(issueId, 'office', person('head', '2026-03-07'), now)).toBe('record.future');
  expect(await codeOf(issueId, 'office', person('head', '2024-03-05'), now)).toBe('record.old');
  expect(await codeOf(issueId, 'office', paper({ body: 'rectificationOffice' }, '2026-03-05'), now)).toBe('record.body');
  expect(await codeOf(issueId, 'office', paper({ body: 'leadingGroup' }, '2026-03-05'), now)).toBe('role.notAllowed');
  const after = await ledger.database.event.findMany({ where: { streamId: issueId, version: { gt: version } } });
  expect(after.filter(({ type }) => type !== 'rungFired')).toEqual([]);
});

test('bodies act only this way', async () => {
  const issueId = await openIssue(ledger);
  const now = await live(ledger, issueId, 4); // the lead leader has approved the plan
  const direct = await act(ledger, issueId, 'body:leadingGroup', { type: 'approvePlan' }, now);
  expect(direct.outcome).toMatchObject({ accepted: false, rejection: { code: 'record.needed' } });
  const meeting = paper({ body: 'leadingGroup' }, '2026-03-02');
  expect(await codeOf(issueId, 'office', meeting, now, { type: 'approvePlan', opinion: '会议同意' })).toBe('accepted');
  const [approved] = await lastOf(issueId, 1);
  expect(approved).toMatchObject({ type: 'planApproved', actor: 'body:leadingGroup', payload: { role: 'leadingGroup', final: true } });
});

test('who held the post on the day of the paper decided, though another holds it now', async () => {
  const issueId = await assigned();
  const posts = [
    ...people.posts.filter(({ personId }) => personId !== 'head'),
    ...[
      { personId: 'head', from: null, to: '2026-03-05' as never },
      { personId: 'cadres', from: '2026-03-06' as never, to: null },
    ].map((one) => ({ ...one, unitId: 'clinic', role: 'unitHead' as const, title: '院长' })),
  ];
  await importDirectory(ledger.database, { ...people, posts }, { actor: 'admin', via: 'test', now: at('2026-03-06T08:00') });
  expect(await codeOf(issueId, 'office', person('cadres', '2026-03-05'), at('2026-03-06T09:00'))).toBe('role.notAllowed');
  expect(await codeOf(issueId, 'office', person('head', '2026-03-06'), at('2026-03-06T09:00'))).toBe('role.notAllowed');
  expect(await codeOf(issueId, 'office', person('head', '2026-03-05'), at('2026-03-06T09:00'))).toBe('accepted');
  await importDirectory(ledger.database, people, { actor: 'admin', via: 'test', now: at('2026-03-06T10:00') });
});

test('the same key twice records once; a key of another command is refused', async () => {
  const issueId = await assigned();
  const now = at('2026-03-06T10:00');
  const recorded = person('head', '2026-03-05');
  const key = `paper-${issueId}`;
  const one = await act(ledger, issueId, 'office', signs, now, { key, recorded });
  const two = await act(ledger, issueId, 'office', signs, instant('2026-03-09T10:00+08:00'), { key, recorded });
  expect(two.outcome).toEqual(one.outcome);
  expect(await outcomeOf(ledger.database, key)).toEqual(one.outcome);
  expect(await ledger.database.event.count({ where: { streamId: issueId, type: 'decisionRecorded' } })).toBe(1);
  expect(await ledger.database.event.count({ where: { streamId: issueId, commandKey: key } })).toBe(2);
  await expect(
    storeCommand(ledger.database, { key, streamId: issueId, actor: 'liaison', via: 'test', command: signs, recorded }),
  ).rejects.toMatchObject({
    failure: { code: 'command.keyTaken' },
  });
});

describe('the gates judge at the day of the paper', () => {
  const ask = (newDueOn: string) => ({ type: 'requestExtension', newDueOn, reason: '设备到货推迟', progress: '已完成招标' });
  /** Rectifying, due on 29 May, and nobody moved until the day after. */
  async function overdue(): Promise<string> {
    const issueId = await openIssue(ledger);
    await live(ledger, issueId, 5);
    await advance(ledger.database, issueId, at('2026-06-03T09:00'));
    return issueId;
  }

  test('an extension asked for in time is not late because it was recorded late', async () => {
    const issueId = await overdue();
    expect(await codeOf(issueId, 'office', person('head', '2026-05-28'), at('2026-06-03T10:00'), ask('2026-06-30'))).toBe('accepted');
    const [asked] = await lastOf(issueId, 1);
    expect(asked).toMatchObject({ type: 'extensionRequested', payload: { late: false } });
    const other = await overdue();
    expect(await codeOf(other, 'office', person('head', '2026-06-01'), at('2026-06-03T10:00'), ask('2026-06-30'))).toBe('accepted');
    expect((await lastOf(other, 1))[0]).toMatchObject({ payload: { late: true } });
  });

  test('what was struck off in a meeting is struck off on its day, with a number of its year, and is not overdue since', async () => {
    const issueId = await openIssue(ledger);
    await live(ledger, issueId, story.length - 1);
    const [last] = story.slice(-1);
    const meeting = paper({ body: 'inspectionOffice' }, '2026-12-30');
    expect(await codeOf(issueId, 'office', meeting, at('2027-01-05T10:00'), last?.[1])).toBe('accepted');
    const [closed] = await lastOf(issueId, 1);
    expect(closed).toMatchObject({
      type: 'closed',
      payload: { closedOn: '2026-12-30', closeoutNumber: expect.stringContaining('〔2026〕') as string },
    });
    const { state } = await ledger.database.issue.findUniqueOrThrow({ where: { id: issueId } });
    const ended = (state as unknown as IssueState).duties.filter(({ closedBy }) => closedBy === 'closed').map(({ endedOn }) => endedOn);
    expect(ended.every((day) => day === '2026-12-30')).toBe(true);
    expect(ended.length).toBeGreaterThan(0);
  });
});

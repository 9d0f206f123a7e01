import type { Instant } from '../../domain/time';
import { issueDetail, issueList, nextDue, phaseCounts, roundList } from '../../ledger/queries';
import { advance } from '../../ledger/step';
import { openRound, openTestLedger, START, type TestLedger } from '../support/fixture';
import { act, at, live, tamper } from './support';

let ledger: TestLedger;
let ids: readonly string[];
let roundId: string;
let now: Instant;
beforeAll(async () => {
  ledger = await openTestLedger();
  ({ issueIds: ids, roundId } = await openRound(ledger.database, 12));
  now = await live(ledger, ids[0] ?? ''); // closed
  await live(ledger, ids[1] ?? '', 5); // rectifying
  await openRound(ledger.database, 1);
});
afterAll(() => ledger.close());

test('the list of issues, by round, phase and limit', async () => {
  const all = await issueList(ledger.database, { roundId });
  expect(all.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(all[1]).toMatchObject({
    id: ids[1],
    roundId,
    title: '问题2',
    phase: 'rectifying',
    phaseLabel: '整改中',
    leadUnit: { id: 'clinic', name: '北门卫生院' },
    dueOn: '2026-05-29',
    tone: 'none',
    open: 2,
  });
  expect(all[2]).toMatchObject({ phase: 'registered', leadUnit: null, open: 1 });
  expect((await issueList(ledger.database, { phase: 'closed' })).map(({ id }) => id)).toEqual([ids[0]]);
  expect(await issueList(ledger.database, { roundId, limit: 3 })).toHaveLength(3);
  expect(await issueList(ledger.database)).toHaveLength(13);
  expect(await issueList(ledger.database, { roundId: 'R9' })).toEqual([]);
});

test('counts by phase, and the rounds', async () => {
  expect(await phaseCounts(ledger.database, roundId)).toMatchObject({ registered: 10, rectifying: 1, closed: 1, assigned: 0 });
  expect((await phaseCounts(ledger.database)).registered).toBe(11);
  expect(await roundList(ledger.database)).toMatchObject([
    { id: roundId, name: '临江区卫健局巡察整改', feedbackOn: '2026-03-02', openedAt: START, issues: 12, closed: 1, red: 0, source: null },
    { issues: 1, closed: 0 },
  ]);
});

test('everything of one issue, with texts and names', async () => {
  await act(ledger, ids[1] ?? '', 'head', { type: 'comment', note: '已部署' }, now);
  const detail = await issueDetail(ledger.database, ids[1] ?? '', now);
  expect(detail).toMatchObject({
    title: '问题2',
    text: '正文',
    phase: 'rectifying',
    assignment: {
      leadUnit: { name: '北门卫生院' },
      leadLeader: { id: 'leader', name: 'leader' },
      leaderInCharge: null,
      handler: { id: 'handler' },
      coUnits: [],
    },
    measures: [{ id: 'm1', unit: { name: '北门卫生院' }, text: '修订制度', dueOn: '2026-05-29', completedAt: null }],
    papers: [],
    closeoutNumber: null,
  });
  expect(detail?.open.map(({ kind, label, persons, dueOn }) => [kind, label, persons.map(({ id }) => id), dueOn])).toEqual([
    ['planReview', '方案审核', ['inspector', 'inspector2'], '2026-03-16'],
    ['rectify', '整改', ['head'], '2026-05-29'],
  ]);
  expect(detail?.ended.map(({ kind, closedBy }) => [kind, closedBy])).toContainEqual(['receipt', 'acknowledged']);
  expect(detail?.history.map(({ version }) => version)).toEqual(detail?.history.map((_, index) => index + 1));
  expect(detail?.history.at(-1)).toMatchObject({
    type: 'commented',
    actor: { id: 'head', name: 'head' },
    via: 'test',
    occurredAt: now,
    texts: { note: '已部署' },
  });
  expect(detail?.history.find(({ type }) => type === 'planProposed')?.texts).toEqual({
    'measures.0.text': '修订制度',
    rootCause: '制度缺失',
  });
  expect(detail?.notices.find(({ obligationId }) => obligationId.startsWith('receipt'))).toMatchObject({
    person: { id: 'head' },
    roles: ['unitHead'],
    state: 'withdrawn',
    reason: 'acknowledged',
  });
  expect(await issueDetail(ledger.database, 'R9-999', now)).toBeNull();
  // the version is what a command sends back
  const answer = await act(ledger, ids[1] ?? '', 'head', { type: 'comment', note: '再' }, now, { expectedVersion: detail?.version ?? 0 });
  expect(answer.outcome.accepted).toBe(true);
  expect(await issueDetail(ledger.database, ids[0] ?? '', now)).toMatchObject({
    phase: 'closed',
    closeoutNumber: `${roundId}〔2026〕1号`,
    open: [{ kind: 'checkBackDraw' }],
  });
});

test('an erased text reads as erased', async () => {
  await tamper(
    ledger,
    `UPDATE content SET bytes = NULL, salt = NULL, erased_at = now() WHERE id = (SELECT payload->'text'->>'content' FROM event WHERE stream_id = '${ids[4] ?? ''}' AND version = 1)`,
  );
  expect(await issueDetail(ledger.database, ids[4] ?? '', now)).toMatchObject({ text: '（已按决定删除）', title: '问题5' });
});

test('who owes what next, the most urgent first', async () => {
  const due = await nextDue(ledger.database, { now: at('2026-03-06T12:00'), roundId, limit: 100 });
  expect(due.map(({ dueOn }) => dueOn)).toEqual(due.map(({ dueOn }) => dueOn).sort());
  expect(due[0]).toMatchObject({
    kind: 'assign',
    label: '交账',
    holderLabel: '整改办',
    unit: null,
    persons: [
      { id: 'clerk', name: 'clerk' },
      { id: 'office', name: 'office' },
    ],
    dueOn: '2026-03-05',
    workdaysLeft: -1,
    overdue: true,
  });
  const rectify = due.find(({ streamId, kind }) => streamId === ids[1] && kind === 'rectify');
  expect(rectify).toMatchObject({ dueOn: '2026-05-29', overdue: false, unit: { name: '北门卫生院' }, persons: [{ id: 'head' }] });
  expect(rectify?.nextRung?.at.startsWith('2026-05-08T16:')).toBe(true); // twenty days before, shortly after midnight in Beijing
  expect(await nextDue(ledger.database, { now, limit: 2 })).toHaveLength(2);
});

test('the tone of what is overdue is red', async () => {
  await advance(ledger.database, ids[2] ?? '', at('2026-03-09T12:00'));
  expect((await issueList(ledger.database, { roundId }))[2]).toMatchObject({ tone: 'red' });
  expect((await roundList(ledger.database))[0]).toMatchObject({ red: 1 });
});

import { addMillis } from '../../domain/time';
import { contentRefs, readTexts, sealBody } from '../../ledger/content';
import { openTestLedger, START, type TestLedger } from '../support/fixture';
import { act, assign, live, openIssue, sql } from './support';

const MARKER = '绝不外泄的原文-7f3a';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger.close());

/** Every free text that a command can carry, each with the marker. */
const speaking: readonly (readonly [actor: string, command: object])[] = [
  ['office', { ...assign }],
  ['head', { type: 'acknowledge' }],
  [
    'handler',
    { type: 'proposePlan', rootCause: MARKER, measures: [{ unitId: 'clinic', text: MARKER, dueOn: '2026-05-29', sustained: false }] },
  ],
  ['leader', { type: 'returnPlan', opinion: MARKER }],
  [
    'handler',
    { type: 'proposePlan', rootCause: MARKER, measures: [{ unitId: 'clinic', text: MARKER, dueOn: '2026-05-29', sustained: false }] },
  ],
  ['leader', { type: 'approvePlan', opinion: MARKER }],
  ['office', { type: 'approvePlan', opinion: MARKER }],
  ['inspector', { type: 'reviewPlan', verdict: 'approved', opinion: MARKER }],
  ['handler', { type: 'reportProgress', progress: MARKER }],
  ['head', { type: 'requestExtension', newDueOn: '2026-06-30', reason: MARKER, progress: MARKER }],
  ['leader', { type: 'decideExtension', granted: true, opinion: MARKER }],
  ['inspector', { type: 'decideExtension', granted: true, opinion: MARKER }],
  ['handler', { type: 'completeMeasure', measureId: 'm1', evidence: MARKER }],
  ['head', { type: 'requestCloseout', summary: MARKER }],
  ['office', { type: 'planCheckBack', checkers: ['discipline', 'cadres'], mode: 'onPaper' }],
  ['office', { type: 'recordCheckBack', result: 'passed', seen: MARKER }],
  ['discipline', { type: 'review', verdict: 'returned', opinion: MARKER }],
  ['discipline', { type: 'comment', note: MARKER }],
];

test('free text stands in no command and no event, in no table but content; and it can be read there', async () => {
  const issueId = await openIssue(ledger);
  let now = START;
  for (const [actor, command] of speaking) {
    now = addMillis(now, 3_600_000);
    expect((await act(ledger, issueId, actor, command, now)).outcome).toMatchObject({ accepted: true });
  }
  // a rejected one too
  expect((await act(ledger, issueId, 'head', { type: 'comment', note: MARKER, unitId: 'x' }, now)).outcome.accepted).toBe(true);
  expect((await act(ledger, issueId, 'cadres', { type: 'review', verdict: 'returned', opinion: MARKER }, now)).outcome.accepted).toBe(
    false,
  );

  const tables = await sql<{ name: string }>(
    ledger.ownerUrl,
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'content'`,
  );
  expect(tables.length).toBeGreaterThan(15);
  for (const { name } of tables)
    expect([name, (await sql(ledger.ownerUrl, `SELECT t FROM "${name}" AS t WHERE t::text LIKE '%${MARKER}%'`)).length]).toEqual([name, 0]);

  const events = await ledger.database.event.findMany({ where: { streamId: issueId } });
  const refs = events.flatMap(({ payload }) => contentRefs(payload));
  const texts = await readTexts(
    ledger.database,
    refs.map(({ content }) => content),
  );
  expect(refs.filter(({ content }) => texts.get(content) === MARKER)).toHaveLength(20);
});

test('the title and the text of a finding are content', async () => {
  const issueId = await openIssue(ledger);
  await live(ledger, issueId, 1);
  const [first] = await ledger.database.event.findMany({ where: { streamId: issueId }, orderBy: { version: 'asc' } });
  expect(contentRefs(first?.payload).map(({ path }) => path)).toEqual(['text', 'title']);
  expect(first?.body).not.toContain('正文');
});

test('sealing keeps everything else as it was', () => {
  const command = { type: 'proposePlan', rootCause: 'a', measures: [{ unitId: 'u', text: 'b', dueOn: null, sustained: true }] };
  const { body, contents } = sealBody(command);
  expect(contents.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['a', 'b']);
  expect(body).toEqual({
    type: 'proposePlan',
    rootCause: contents[0]?.ref,
    measures: [{ unitId: 'u', text: contents[1]?.ref, dueOn: null, sustained: true }],
  });
});

import { addDays, addMillis, atLocalTime, fromMillis, instant, localDate, type Instant } from '../../domain/time';
import { alarmCounts, alarmReaders, alarmsTold, recordFindings, standingAlarms } from '../../ledger/alarms';
import { storeCommand } from '../../ledger/commands';
import { importDirectory } from '../../ledger/directory';
import { findings, livingStreams } from '../../ledger/reconcile';
import { lifeless, type ReconcileFinding } from '../../ledger/reconcile-kinds';
import { advance, runCommand } from '../../ledger/step';
import { openRound, openTestLedger, people, START, type TestLedger } from '../support/fixture';
import { act, assign, at, DAY_MS, openIssue, sql, tamper } from './support';

// Each kind of trouble is made on purpose, by the database's owner, and found at its window and not before.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const TUESDAY = at('2026-03-03T08:30');

let ledger: TestLedger;
let issueId: string;
beforeEach(async () => {
  ledger = await openTestLedger();
  issueId = await openIssue(ledger);
  // nobody lives the round and the base data here
  await owner(`DELETE FROM obligation WHERE stream_id <> $1`, [issueId]);
});
afterEach(() => ledger.close());

const keys = async (now: Instant, kind: string): Promise<string[]> =>
  (await findings(ledger.database, now)).filter((one) => one.kind === kind).map(({ key }) => key);
const owner = (text: string, values: unknown[] = []): Promise<object[]> => sql(ledger.ownerUrl, text, values);

/** Nobody does anything until `until`: the engine wakes at every rung. */
async function neglect(until: Instant): Promise<void> {
  for (let wake: Instant | null = START; wake !== null && wake <= until;) wake = (await advance(ledger.database, issueId, wake)).nextWakeAt;
}

test('a stream that sleeps past its instant by more than half an hour overslept; one that is final does not', async () => {
  const { nextWakeAt } = await ledger.database.stream.findUniqueOrThrow({ where: { id: issueId } });
  const wake = fromMillis(nextWakeAt?.getTime() ?? NaN);
  expect(await keys(addMillis(wake, 30 * MINUTE_MS), 'overslept')).toEqual([]);
  expect(await keys(addMillis(wake, 30 * MINUTE_MS + 1), 'overslept')).toEqual([`overslept/${issueId}`]);
  await advance(ledger.database, issueId, wake);
  expect(await keys(addMillis(wake, HOUR_MS), 'overslept')).toEqual([]);
  await owner(`UPDATE stream SET final = true, next_wake_at = $1 WHERE id = $2`, [START, issueId]);
  expect(await keys(addMillis(wake, 9 * DAY_MS), 'overslept')).toEqual([]);
});

describe('what is overdue in silence', () => {
  /** The issue's assignment, neglected until it is well overdue and its red rungs have fired. */
  const overdueSince = async (): Promise<Instant> => {
    await neglect(at('2026-03-20T23:00'));
    const { dueOn } = await ledger.database.obligation.findFirstOrThrow({ where: { streamId: issueId, kind: 'assign' } });
    return atLocalTime(localDate(dueOn.toISOString().slice(0, 10)), 24);
  };
  const duty = (): string => `silentOverdue/${issueId}/assign#1`;

  test('is found from the fifth day on, whatever the wake instant says', async () => {
    const overdue = await overdueSince();
    const fifthDay = addMillis(overdue, 4 * DAY_MS);
    expect(await keys(addMillis(overdue, 90 * DAY_MS), 'silentOverdue')).toEqual([]);
    await tamper(ledger, `DELETE FROM rung WHERE stream_id = '${issueId}' AND tone = 'red'`);
    await owner(`UPDATE stream SET next_wake_at = NULL WHERE id = $1`, [issueId]);
    expect(await keys(addMillis(fifthDay, -1), 'silentOverdue')).toEqual([]);
    expect(await keys(fifthDay, 'silentOverdue')).toEqual([duty()]);
  });

  test.each([
    ['its clock rests', `UPDATE obligation SET stopped = true`],
    ['it is closed', `UPDATE obligation SET closed_at = now()`],
    ['it is only reminded of', `UPDATE obligation SET kind = 'cadence'`],
    ['it is the note of a coordination', `UPDATE obligation SET kind = 'coordinationNote'`],
    ['it was opened late', `UPDATE obligation SET opened_at = due_on + interval '20 days'`],
    [
      'changed rules passed over the red rung',
      `INSERT INTO rung SELECT stream_id, id, 'overdue', 0, 'superseded', '', 'none', now(), now() FROM obligation WHERE kind = 'assign'`,
    ],
  ])('is not when %s', async (_, but) => {
    const now = addMillis(await overdueSince(), 5 * DAY_MS);
    await tamper(ledger, `DELETE FROM rung WHERE stream_id = '${issueId}' AND tone = 'red'`);
    expect(await keys(now, 'silentOverdue')).toEqual([duty()]);
    await tamper(ledger, but);
    expect(await keys(now, 'silentOverdue')).toEqual([]);
  });

  test('is not while a unit’s head is new', async () => {
    const assigned = addMillis(START, HOUR_MS);
    expect(await act(ledger, issueId, 'office', assign, assigned)).toMatchObject({ outcome: { accepted: true } });
    const changed = await importDirectory(
      ledger.database,
      {
        ...people,
        persons: [...people.persons, { id: 'head2', name: 'head2', email: 'head2@linjiang.example' }],
        posts: people.posts.map((post) =>
          post.personId === 'head' ? { ...post, personId: 'head2', from: localDate('2026-03-04') } : post,
        ),
      },
      { actor: 'admin', via: 'test', now: at('2026-03-04T09:00') },
    );
    expect(changed).toBeGreaterThan(0);
    const receipt = await ledger.database.obligation.findFirstOrThrow({ where: { streamId: issueId, kind: 'receipt' } });
    const due = localDate(receipt.dueOn.toISOString().slice(0, 10));
    const now = atLocalTime(addDays(due, 5), 12);
    await neglect(now);
    expect(await ledger.database.rung.count({ where: { streamId: issueId, obligationId: receipt.id, tone: 'red' } })).toBe(0);
    expect(await keys(now, 'silentOverdue')).toEqual([]);
    // the grace is over in 10 workdays: somebody who stays silent after thirty days is found
    expect(await keys(at('2026-04-06T12:00'), 'silentOverdue')).toEqual([`silentOverdue/${issueId}/${receipt.id}`]);
    await neglect(at('2026-04-06T12:00'));
    expect(await keys(at('2026-04-06T12:00'), 'silentOverdue')).toEqual([]);
  });
});

test('notices two hours past their opening are unsent, unless a telephone call is waited for', async () => {
  await neglect(START);
  const both = [`unsent/clerk/${TUESDAY}`, `unsent/office/${TUESDAY}`];
  expect(await keys(addMillis(TUESDAY, 2 * HOUR_MS), 'unsent')).toEqual([]);
  expect(await keys(addMillis(TUESDAY, 2 * HOUR_MS + 1), 'unsent')).toEqual(both);
  await owner(`UPDATE notice SET state = 'sent' WHERE person_id = 'clerk'`);
  await owner(`UPDATE notice SET state = 'sealed' WHERE person_id = 'office'`);
  expect(await keys(addMillis(TUESDAY, 3 * HOUR_MS), 'unsent')).toEqual(both.slice(1));
  await owner(`UPDATE digest SET state = 'toCall', claimed_at = opening WHERE person_id = 'office'`);
  expect(await keys(addMillis(TUESDAY, 3 * HOUR_MS), 'unsent')).toEqual([]);
  // a digest that is gone brings nobody anything
  await owner(`DELETE FROM digest WHERE person_id = 'office'`);
  expect(await keys(addMillis(TUESDAY, 3 * HOUR_MS), 'unsent')).toEqual(both.slice(1));
});

test('a message that was sealed and not handed over within a day, or sent without a record, is undelivered', async () => {
  await neglect(START);
  await owner(`UPDATE digest SET state = 'sealed', claimed_at = opening WHERE person_id = 'office'`);
  const key = [`undelivered/office/${TUESDAY}`];
  expect(await keys(addMillis(TUESDAY, DAY_MS), 'undelivered')).toEqual([]);
  expect(await keys(addMillis(TUESDAY, DAY_MS + 1), 'undelivered')).toEqual(key);
  await owner(`UPDATE digest SET state = 'sent' WHERE person_id = 'office'`);
  expect(await keys(addMillis(TUESDAY, DAY_MS + 1), 'undelivered')).toEqual(key);
  const attempt = (outcome: string) =>
    owner(`INSERT INTO delivery (person_id, opening, channel, outcome, response, millis) VALUES ('office', $1, 'smtp', $2, '', 1)`, [
      TUESDAY,
      outcome,
    ]);
  await attempt('deferred');
  expect(await keys(addMillis(TUESDAY, DAY_MS + 1), 'undelivered')).toEqual(key);
  await attempt('sent');
  expect(await keys(addMillis(TUESDAY, DAY_MS + 1), 'undelivered')).toEqual([]);
});

test('a telephone call that nobody made in two days is found, and has no repair', async () => {
  await neglect(START);
  await owner(`UPDATE digest SET state = 'toCall', claimed_at = opening WHERE person_id = 'office'`);
  expect(await keys(addMillis(TUESDAY, 2 * DAY_MS), 'toCall')).toEqual([]);
  const [found] = (await findings(ledger.database, addMillis(TUESDAY, 2 * DAY_MS + 1))).filter(({ kind }) => kind === 'toCall');
  expect(found).toMatchObject({ key: `toCall/office/${TUESDAY}`, repair: null });
});

test('a command without an outcome for ten minutes is undecided until it is decided', async () => {
  const key = await storeCommand(ledger.database, { streamId: issueId, actor: 'office', via: 'test', command: assign });
  expect(await keys(START, 'undecided')).toEqual([]);
  await tamper(ledger, `UPDATE command SET created_at = now() - interval '11 minutes'`);
  expect((await findings(ledger.database, START)).filter(({ kind }) => kind === 'undecided')).toMatchObject([
    { key: `undecided/${key}`, repair: { does: 'sendCommand', streamId: issueId, key } },
  ]);
  await runCommand(ledger.database, key, addMillis(START, MINUTE_MS));
  expect(await keys(START, 'undecided')).toEqual([]);
});

test('a fired rung of which a person has no notice is unwritten; a withdrawn one is a notice', async () => {
  await neglect(START);
  await owner(`UPDATE notice SET state = 'withdrawn' WHERE person_id = 'office'`);
  expect(await keys(START, 'unwritten')).toEqual([]);
  await owner(`DELETE FROM notice WHERE person_id = 'clerk'`);
  const [found] = (await findings(ledger.database, START)).filter(({ kind }) => kind === 'unwritten');
  expect(found).toMatchObject({ key: `unwritten/${issueId}/assign#1/opened@0`, repair: null });
  expect(found?.what).toContain('应通知{clerk}，');
});

test('a signed paper of which nobody was told is found until it is answered', async () => {
  await act(ledger, issueId, 'office', assign, addMillis(START, HOUR_MS));
  const signedAt = at('2026-06-20T09:00');
  await neglect(at('2026-06-20T00:00'));
  const paperId = 'reminderLetter-1';
  const sign = { type: 'signPaper', paperId };
  expect(await act(ledger, issueId, 'office', sign, signedAt)).toMatchObject({ outcome: { accepted: true } });
  expect(await keys(signedAt, 'paperUnsent')).toEqual([]);
  await owner(`UPDATE notice SET state = 'failed' WHERE obligation_id = $1`, [`reply:${paperId}`]);
  expect(await keys(signedAt, 'paperUnsent')).toEqual([`paperUnsent/${issueId}/${paperId}`]);
  await owner(`DELETE FROM notice WHERE obligation_id = $1`, [`reply:${paperId}`]);
  expect(await keys(signedAt, 'paperUnsent')).toEqual([`paperUnsent/${issueId}/${paperId}`]);
  const { addressee } = await ledger.database.paper.findUniqueOrThrow({ where: { streamId_id: { streamId: issueId, id: paperId } } });
  expect(addressee).toBe('leadLeader');
  const reply = { type: 'replyToPaper', paperId, reply: '已部署' };
  expect(await act(ledger, issueId, 'leader', reply, addMillis(signedAt, HOUR_MS))).toMatchObject({ outcome: { accepted: true } });
  expect(await keys(signedAt, 'paperUnsent')).toEqual([]);
});

test('living streams are told in pages, without what is new or ended', async () => {
  const { issueIds } = await openRound(ledger.database, 3, START);
  const all = async (now: Instant): Promise<string[]> => {
    const found: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page: string[] = await livingStreams(ledger.database, { cursor, size: 2, now });
      found.push(...page);
      cursor = page.length < 2 ? undefined : page.at(-1);
    }
    return found;
  };
  expect(await all(addMillis(START, 10 * MINUTE_MS))).toEqual([]);
  const later = await all(addMillis(START, 10 * MINUTE_MS + 1));
  expect(later).toEqual(expect.arrayContaining([issueId, ...issueIds, `round/${issueIds[0]?.split('-')[0] ?? ''}`]));
  expect(later).not.toContain('directory');
  await owner(`UPDATE stream SET final = true WHERE id = $1`, [issueIds[0]]);
  expect(await all(addMillis(START, 20 * MINUTE_MS))).toEqual(later.filter((id) => id !== issueIds[0]));
});

describe('alarms', () => {
  const mendable = lifeless('R9-001');
  const hard: ReconcileFinding = { kind: 'toCall', key: 'toCall/x', what: '没有登记电话。', repair: null };
  const record = (found: ReconcileFinding[], minutes: number) =>
    recordFindings(ledger.database, found, addMillis(START, minutes * MINUTE_MS));
  const standing = async (): Promise<string[]> => (await standingAlarms(ledger.database)).map(({ key }) => key);

  test('what can be mended is an alarm only when a later run finds it again', async () => {
    expect(await record([mendable], 0)).toMatchObject({ mended: [mendable.key], raised: [], standing: 0 });
    // a run by hand right after it, or the same run again after a crash
    expect(await record([mendable], 4)).toMatchObject({ mended: [mendable.key], raised: [] });
    expect(await record([mendable], 15)).toMatchObject({ mended: [], raised: [mendable.key], standing: 1 });
    expect(await record([mendable], 30)).toMatchObject({ mended: [], raised: [], standing: 1 });
    expect(await record([], 45)).toMatchObject({ cleared: [mendable.key], standing: 0 });
    // from the beginning, not from the memory of before
    expect(await record([mendable], 60)).toMatchObject({ mended: [mendable.key], raised: [] });
    expect(await record([], 75)).toMatchObject({ mended: [], cleared: [] });
    expect(await record([mendable], 90)).toMatchObject({ mended: [mendable.key], raised: [] });
  });

  test('what cannot be is one at once, keeps its beginning while it stands, and begins anew after it was cleared', async () => {
    expect(await record([hard], 0)).toMatchObject({ raised: [hard.key], standing: 1 });
    expect(await record([hard], 15)).toMatchObject({ raised: [], cleared: [], standing: 1 });
    expect(await standingAlarms(ledger.database)).toEqual([
      { key: hard.key, kind: 'toCall', what: hard.what, since: START, lastSeen: addMillis(START, 15 * MINUTE_MS) },
    ]);
    expect(await alarmCounts(ledger.database)).toMatchObject({ toCall: 1, lifeless: 0, overslept: 0 });
    expect(await record([], 30)).toMatchObject({ cleared: [hard.key], standing: 0 });
    expect(await standing()).toEqual([]);
    expect(await record([], 45)).toMatchObject({ cleared: [] });
    expect(await record([hard], 60)).toMatchObject({ raised: [hard.key] });
    expect((await standingAlarms(ledger.database))[0]?.since).toBe(addMillis(START, 60 * MINUTE_MS));
  });

  test('an alarm is told until somebody was told, then not again; one that is cleared need not be told', async () => {
    const untold = async (found: ReconcileFinding[], minutes: number) => (await record(found, minutes)).untold.map(({ key }) => key);
    const other: ReconcileFinding = { ...hard, key: 'toCall/y' };
    expect(await untold([hard], 0)).toEqual([hard.key]);
    expect(await untold([hard, other], 15)).toEqual([hard.key, other.key]);
    await alarmsTold(ledger.database, [hard.key]);
    expect(await untold([hard, other], 30)).toEqual([other.key]);
    expect(await untold([hard], 45)).toEqual([]);
    expect(await untold([hard, other], 60)).toEqual([other.key]);
  });

  test('many runs at once raise an alarm once', async () => {
    const runs = await Promise.all(Array.from({ length: 6 }, () => record([hard], 0)));
    expect(runs.flatMap(({ raised }) => raised)).toEqual([hard.key]);
  });

  test('the administrators hear of them, without any the rectification office', async () => {
    const readers = async (now: Instant): Promise<string[]> => (await alarmReaders(ledger.database, now)).map(({ email }) => email);
    expect(await readers(START)).toEqual(['clerk@linjiang.example', 'office@linjiang.example']);
    const post = { unitId: 'bureau', role: 'admin' as const, title: '管理员', to: null };
    await importDirectory(
      ledger.database,
      {
        ...people,
        persons: [
          ...people.persons,
          { id: 'root', name: '机房', email: 'root@linjiang.example' },
          { id: 'deaf', name: '无邮箱', email: null },
        ],
        posts: [...people.posts, { ...post, personId: 'root', from: localDate('2026-03-10') }, { ...post, personId: 'deaf', from: null }],
      },
      { actor: 'admin', via: 'test', now: START },
    );
    expect(await readers(START)).toEqual(['clerk@linjiang.example', 'office@linjiang.example']);
    expect(await readers(instant('2026-03-10T00:00+08:00'))).toEqual(['root@linjiang.example']);
    // a mail names nobody; whoever looks here reads names
    const { untold } = await record([{ ...hard, what: '{root}没有登记电话，{gone}也没有。' }], 0);
    expect(untold.map(({ what }) => what)).toEqual(['root没有登记电话，gone也没有。']);
    expect((await standingAlarms(ledger.database)).map(({ what }) => what)).toEqual(['机房没有登记电话，gone也没有。']);
  });
});

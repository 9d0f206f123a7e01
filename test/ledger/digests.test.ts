import { Client } from 'pg';
import type { DigestContent } from '../../domain/digest';
import { addMillis, type Instant } from '../../domain/time';
import { auditNotices } from '../../ledger/audit';
import { claimDigest, markStarted, openDigests, outgoing, recordAttempt, type Attempt } from '../../ledger/digests';
import type { DigestKey } from '../../ledger/notices';
import { advance } from '../../ledger/step';
import { composeLetter } from '../../papers/compose-letter';
import { openTestLedger, people, services, START, type TestLedger } from '../support/fixture';
import { act, assign, at, live, openIssue, sql, tamper } from './support';

let ledger: TestLedger;
beforeEach(async () => {
  ledger = await openTestLedger(withoutMail);
});
afterEach(() => ledger.close());

/** The handler has no mail. */
const withoutMail = { ...people, persons: people.persons.map((person) => (person.id === 'handler' ? { ...person, email: null } : person)) };

const TUESDAY = at('2026-03-03T08:30');
const WEDNESDAY = at('2026-03-04T08:30');
const office: DigestKey = { personId: 'office', opening: TUESDAY };

let rendered = 0;
const render = (content: DigestContent) =>
  Promise.resolve({ messageId: `m-${++rendered}`, subject: 's', bytes: new Uint8Array(Buffer.from(JSON.stringify(content.lines))) });
const claim = (key: DigestKey, now: Instant) => claimDigest(ledger.database, key, now, { render, compose: composeLetter });
const sealedOf = (key: DigestKey) => outgoing(ledger.database, key, key.opening);
const linesOf = async (key: DigestKey): Promise<string[]> => {
  const sealed = await sealedOf(key);
  return sealed ? (JSON.parse(Buffer.from(sealed.bytes).toString()) as { streamId: string }[]).map(({ streamId }) => streamId) : [];
};
const attempt = (outcome: Attempt['outcome'], response = outcome === 'sent' ? '250' : '550'): Attempt => ({ outcome, response, millis: 1 });
const record = (key: DigestKey, way: string, done: Attempt, now: Instant = TUESDAY) =>
  recordAttempt(ledger.database, key, { way, attempt: done, now });
const noticesOf = (issueId: string) =>
  ledger.database.notice.findMany({
    where: { streamId: issueId },
    orderBy: [{ personId: 'asc' }, { obligationId: 'asc' }],
    select: { personId: true, state: true, opening: true, label: true },
  });

/** A registered issue whose office has been told (the digest of Tuesday). */
async function told(): Promise<string> {
  const issueId = await openIssue(ledger);
  await advance(ledger.database, issueId, START);
  return issueId;
}

test('a notice is attached to the next opening of its person; two issues share the digest', async () => {
  const [one, two] = [await told(), await told()];
  expect(await noticesOf(one)).toMatchObject([
    { personId: 'clerk', state: 'pending', opening: new Date(TUESDAY) },
    { personId: 'office', state: 'pending', opening: new Date(TUESDAY) },
  ]);
  expect(await openDigests(ledger.database)).toEqual([{ ...office, personId: 'clerk' }, office]);
  expect((await claim(office, TUESDAY)).state).toBe('sealed');
  expect((await linesOf(office)).sort()).toEqual([one, two].sort());
});

test('before the opening a claim is early; while rungs of it are due it waits, for a quarter of an hour at most', async () => {
  await told();
  const late = await openIssue(ledger); // its rung was due at START and nobody has advanced it
  expect(await claim(office, addMillis(TUESDAY, -1))).toEqual({ state: 'early', opensAt: TUESDAY });
  expect(await claim(office, TUESDAY)).toEqual({ state: 'waiting' });
  expect(await claim(office, addMillis(TUESDAY, 15 * 60_000 - 1))).toEqual({ state: 'waiting' });
  await advance(ledger.database, late, TUESDAY);
  expect((await claim(office, addMillis(TUESDAY, 1))).state).toBe('sealed');
});

test('after a quarter of an hour it claims without them', async () => {
  await told();
  await openIssue(ledger);
  expect((await claim(office, addMillis(TUESDAY, 15 * 60_000))).state).toBe('sealed');
});

test('claiming twice, also side by side, gives one message with the same bytes', async () => {
  await told();
  const claims = await Promise.all(Array.from({ length: 5 }, () => claim(office, TUESDAY)));
  expect(new Set(claims.map((one) => JSON.stringify(one))).size).toBe(1);
  const first = await sealedOf(office);
  expect(await claim(office, addMillis(TUESDAY, 60_000))).toEqual(claims[0]);
  expect(await sealedOf(office)).toEqual(first);
  await record(office, 'smtp', attempt('sent'));
  expect(await sealedOf(office)).toBeNull();
  expect(await claim(office, TUESDAY)).toEqual({ state: 'done' });
});

test('a sealed digest sends a new notice to the next opening', async () => {
  await told();
  await claim(office, TUESDAY);
  const second = await openIssue(ledger);
  // this life's clock lags behind the delivery's: its next opening would be the one that is sealed
  await advance(ledger.database, second, START);
  expect(await noticesOf(second)).toMatchObject([
    { personId: 'clerk', opening: new Date(TUESDAY) },
    { personId: 'office', opening: new Date(WEDNESDAY) },
  ]);
  expect((await openDigests(ledger.database)).map(({ personId, opening }) => `${personId} ${opening}`)).toContain(`office ${WEDNESDAY}`);
});

test('a closed obligation withdraws its notices, and a digest without any is empty', async () => {
  const issueId = await told();
  await act(ledger, issueId, 'office', assign, addMillis(START, 1_000));
  const own = (await noticesOf(issueId)).filter(({ personId }) => personId === 'office');
  expect(own).toMatchObject([{ state: 'withdrawn' }]);
  expect(await claim(office, TUESDAY)).toMatchObject({ state: 'empty' });
  expect(await claim(office, TUESDAY)).toMatchObject({ state: 'empty' });
  expect(await claim({ personId: 'nobody', opening: TUESDAY }, TUESDAY)).toEqual({ state: 'empty', newDigests: [] });
});

test('a message that missed its opening goes to the next one; a claim repeated after a crash names it again, until its delivery runs', async () => {
  const issueId = await told();
  await markStarted(ledger.database, await openDigests(ledger.database));
  const movedOn = { state: 'empty', newDigests: [{ personId: 'office', opening: at('2026-03-06T08:30') }] };
  expect(await claim(office, at('2026-03-05T11:00'))).toEqual(movedOn);
  expect(await claim(office, at('2026-03-05T11:01'))).toEqual(movedOn);
  await markStarted(ledger.database, movedOn.newDigests);
  expect(await claim(office, at('2026-03-05T11:02'))).toEqual({ state: 'empty', newDigests: [] });
  const friday: DigestKey = { personId: 'office', opening: at('2026-03-06T08:30') };
  await advance(ledger.database, issueId, friday.opening);
  expect((await claim(friday, friday.opening)).state).toBe('sealed');
  expect(await linesOf(friday)).toEqual([issueId]);
});

test('later on the day of its opening a message still goes out', async () => {
  await told();
  expect((await claim(office, at('2026-03-03T17:59'))).state).toBe('sealed');
});

test('what is announced and closed in one step is withdrawn at once and opens no digest', async () => {
  const issueId = await openIssue(ledger);
  const { newDigests } = await act(ledger, issueId, 'office', assign, addMillis(START, 1_000));
  expect((await noticesOf(issueId)).filter(({ personId }) => personId === 'office' || personId === 'clerk')).toMatchObject([
    { state: 'withdrawn' },
    { state: 'withdrawn' },
  ]);
  expect(newDigests.map(({ personId }) => personId)).toEqual(['head']);
});

test('withdrawing while a claim runs: the notice is in the message or withdrawn, never both, never neither', async () => {
  for (let round = 0; round < 10; round++) {
    const issueId = await told();
    const [claimed] = await Promise.all([claim(office, TUESDAY), act(ledger, issueId, 'office', assign, addMillis(START, 1_000))]);
    const [notice] = (await noticesOf(issueId)).filter(({ personId }) => personId === 'office');
    const inMessage = (await linesOf(office)).includes(issueId);
    if (claimed.state === 'sealed') expect([notice?.state, inMessage]).toEqual(inMessage ? ['sealed', true] : ['withdrawn', false]);
    else expect(notice?.state).toBe('withdrawn');
    await ledger.close();
    ledger = await openTestLedger();
  }
});

test('a claim and a step that closes two obligations of one person never wait for each other in a ring', async () => {
  await ledger.close();
  const twoPosts = { personId: 'inspector', unitId: 'watch', role: 'organisationDept', title: '', from: null, to: null } as const;
  ledger = await openTestLedger({ ...people, posts: [...people.posts, twoPosts] });
  const issueId = await openIssue(ledger);
  const now = await live(ledger, issueId, 9); // three reviews are owed, two of them by the inspector
  const claiming = new Client({ connectionString: ledger.appUrl });
  await claiming.connect();
  const lock = (party: string) =>
    claiming.query(
      `SELECT FROM notice WHERE person_id = 'inspector' AND obligation_id LIKE 'review:${party}%' AND state = 'pending' FOR UPDATE`,
    );
  // what claimDigest locks, in its order, with a pause in the middle
  await claiming.query('BEGIN');
  await claiming.query(`SELECT FROM digest WHERE person_id = 'inspector' FOR UPDATE`);
  expect((await lock('inspectionOffice')).rowCount).toBe(1);
  const returned = act(ledger, issueId, 'discipline', { type: 'review', verdict: 'returned', opinion: '退回' }, now);
  const adminUrl = Object.assign(new URL(services().adminUrl), { pathname: `/${ledger.name}` }).href;
  const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  while ((await sql(adminUrl, waiting)).length === 0) continue;
  expect((await lock('organisationDept')).rowCount).toBe(1);
  await claiming.query('COMMIT');
  await claiming.end();
  expect((await returned).outcome).toMatchObject({ accepted: true, phase: 'rectifying' });
  expect(await sql(ledger.ownerUrl, 'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()')).toEqual([
    { deadlocks: 0 },
  ]);
});

test('a refused delivery tells the rectification office', async () => {
  const issueId = await openIssue(ledger);
  await live(ledger, issueId, 1);
  const head = { personId: 'head', opening: TUESDAY };
  expect((await claim(head, addMillis(TUESDAY, 15 * 60_000))).state).toBe('sealed');
  const { onward, newDigests } = await record(head, 'smtp', attempt('refused', '550 no such mailbox'), addMillis(TUESDAY, 15 * 60_000));
  expect(onward).toBe(true); // by the liaison of the unit
  expect(newDigests).toEqual([
    { personId: 'clerk', opening: WEDNESDAY },
    { personId: 'office', opening: WEDNESDAY },
  ]);
  const notices = await noticesOf(issueId);
  expect(notices.filter(({ personId }) => personId === 'head')).toMatchObject([{ state: 'sealed' }]);
  expect(notices.filter(({ state }) => state === 'pending').map(({ personId, label }) => [personId, label.includes('未能送达')])).toEqual([
    ['clerk', true],
    ['office', true],
  ]);
  // recorded once
  expect(await record(head, 'smtp', attempt('refused', 'again'))).toEqual({ onward: true, newDigests: [] });
  expect(await ledger.database.delivery.findMany()).toMatchObject([{ outcome: 'refused', response: '550 no such mailbox' }]);
  // the liaison's mailbox is no better: only a call is left, and nobody is told of the same twice
  expect(await sealedOf(head)).toMatchObject({ way: 'liaison', address: 'liaison@linjiang.example' });
  expect(await record(head, 'liaison', attempt('refused'))).toEqual({ onward: false, newDigests: [] });
  expect(await ledger.database.digest.findFirst({ where: { personId: 'head' } })).toMatchObject({ state: 'toCall', channels: ['call'] });
  // not lost while the office can still be told, lost when nobody tells it
  expect(await auditNotices(ledger.database, WEDNESDAY)).toMatchObject({ lost: 0 });
  expect((await auditNotices(ledger.database, addMillis(WEDNESDAY, 31 * 60_000))).lost).toBeGreaterThan(0);
});

test('an office that cannot be reached itself is told of through its colleague', async () => {
  const issueId = await told();
  await claim(office, TUESDAY);
  expect((await record(office, 'smtp', attempt('refused'))).newDigests).toEqual([]);
  expect(await noticesOf(issueId)).toMatchObject([
    { personId: 'clerk', state: 'pending' },
    { personId: 'office', state: 'failed' },
  ]);
});

test('what was closed before its mail was refused is withdrawn, and nobody is told', async () => {
  const issueId = await told();
  await claim(office, TUESDAY);
  await act(ledger, issueId, 'clerk', assign, addMillis(TUESDAY, 1_000));
  await record(office, 'smtp', attempt('refused'), addMillis(TUESDAY, 2_000));
  expect((await noticesOf(issueId)).filter(({ personId }) => personId === 'office')).toMatchObject([{ state: 'withdrawn' }]);
});

test('what goes to a person without mail goes to the liaison of the unit', async () => {
  const issueId = await openIssue(ledger);
  await live(ledger, issueId, 4);
  await act(ledger, issueId, 'office', { type: 'approvePlan' }, addMillis(START, 5 * 3_600_000));
  const own = await ledger.database.digest.findFirst({ where: { personId: 'handler' } });
  const key = { personId: 'handler', opening: own?.opening.toISOString() as Instant };
  expect((await claim(key, addMillis(key.opening, 15 * 60_000))).state).toBe('sealed');
  expect(await sealedOf(key)).toMatchObject({ way: 'liaison', address: 'liaison@linjiang.example' });
});

test('deliveries are marked as started together', async () => {
  await told();
  const keys = await openDigests(ledger.database);
  await markStarted(ledger.database, keys);
  await markStarted(ledger.database, []);
  expect(await ledger.database.digest.count({ where: { started: false } })).toBe(0);
});

describe('the audit', () => {
  const late = addMillis(TUESDAY, 31 * 60_000);

  test('finds nothing after a proper delivery', async () => {
    await told();
    for (const key of await openDigests(ledger.database)) {
      await claim(key, TUESDAY);
      await record(key, (await sealedOf(key))?.way ?? '', attempt('sent'));
    }
    expect(await auditNotices(ledger.database, late)).toEqual({ lost: 0, silent: 0 });
  });

  test('finds a notice that was removed, and one that was never sent', async () => {
    const issueId = await told();
    expect(await auditNotices(ledger.database, TUESDAY)).toEqual({ lost: 0, silent: 0 });
    await tamper(ledger, `DELETE FROM notice WHERE stream_id = '${issueId}' AND person_id = 'office'`);
    expect(await auditNotices(ledger.database, TUESDAY)).toEqual({ lost: 1, silent: 0 });
    expect(await auditNotices(ledger.database, late)).toEqual({ lost: 2, silent: 0 });
  });

  test('does not take a colleague who got the mail for the office that should know', async () => {
    const issueId = await openIssue(ledger);
    await live(ledger, issueId, 5); // 开始整改: handler and unit head
    await tamper(
      ledger,
      `UPDATE notice SET state = CASE person_id WHEN 'head' THEN 'sent' ELSE 'failed' END WHERE stream_id = '${issueId}' AND obligation_id LIKE 'rectify%' AND person_id IN ('head', 'handler')`,
    );
    expect((await auditNotices(ledger.database, START)).lost).toBe(1);
  });

  test('finds an obligation that stood overdue in silence', async () => {
    await told();
    const fortnight = addMillis(START, 14 * 86_400_000);
    expect((await auditNotices(ledger.database, fortnight)).silent).toBe(1);
  });
});

test('who owes a thing reads what to do; who only hears of it is asked to see that it is done', async () => {
  const issueId = await told();
  await act(ledger, issueId, 'office', assign, START);
  const overdue = await advance(ledger.database, issueId, at('2026-03-07T02:00')); // the receipt was due on Thursday the 5th
  const monday = overdue.newDigests.filter(({ opening }) => opening === at('2026-03-09T08:30')).map(({ personId }) => personId);
  expect(monday).toEqual(expect.arrayContaining(['head', 'office']));
  const kindFor = async (personId: string): Promise<string | undefined> => {
    await advance(ledger.database, issueId, at('2026-03-09T08:30'));
    const key = { personId, opening: at('2026-03-09T08:30') };
    await claim(key, addMillis(key.opening, 16 * 60_000));
    const sealed = await sealedOf(key);
    const lines = JSON.parse(Buffer.from(sealed?.bytes ?? '[]').toString()) as { kind: string; tone: string }[];
    return lines.find(({ tone }) => tone === 'red')?.kind;
  };
  expect(await kindFor('head')).toBe('签收');
  expect(await kindFor('office')).toBe('督促责任单位负责人签收');
});

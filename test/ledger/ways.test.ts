import { addMillis, type Instant } from '../../domain/time';
import { recordCall, sendAgain } from '../../ledger/by-hand';
import { claimDigest, outgoing, recordAttempt, type Attempt } from '../../ledger/digests';
import { messageDetail, messages } from '../../ledger/delivery-views';
import type { DigestKey } from '../../ledger/notices';
import { preferenceHistory, preferencesOf, setPreference } from '../../ledger/preferences';
import { composeLetter } from '../../papers/compose-letter';
import { openTestLedger, people, START, type TestLedger } from '../support/fixture';
import { act, at, live, openIssue, sql } from './support';

// The ways a message goes: as its reader chose, then mail, the liaison, a telephone call; and what a person does about it.

let ledger: TestLedger;
beforeEach(async () => {
  ledger = await openTestLedger({
    ...people,
    persons: people.persons.map((one) => (one.id === 'liaison' ? { ...one, email: null } : one)),
  });
});
afterEach(() => ledger.close());

const by = { by: 'office', now: START, configured: ['局工作群'] };
const choose = (personId: string, ways: readonly string[], opensAt: number | null = null) =>
  setPreference(ledger.database, personId, { ways, opensAt }, by);
const summary = { items: [{ reference: 'R1-001', kind: '签收', dueOn: '2026-03-05', daysLeft: 2 }] };
const claim = (key: DigestKey, now: Instant = addMillis(key.opening, 15 * 60_000)) =>
  claimDigest(ledger.database, key, now, {
    render: ({ person }) =>
      Promise.resolve({
        messageId: `<${person.id}@test>`,
        subject: '【整改】1项',
        bytes: new Uint8Array(Buffer.from(person.name)),
        summary,
      }),
    compose: composeLetter,
  });
const digestOf = ({ personId, opening }: DigestKey) =>
  ledger.database.digest.findUniqueOrThrow({ where: { personId_opening: { personId, opening: new Date(opening) } } });
/** The way a sealed message goes next. */
const wayOf = async (key: DigestKey): Promise<string | undefined> => {
  const { state, channels } = await digestOf(key);
  return state === 'sealed' ? channels[0] : undefined;
};
const attempt = (outcome: Attempt['outcome'], response = ''): Attempt => ({ outcome, response, millis: 3 });
const tries = (key: DigestKey, way: string, done: Attempt) =>
  recordAttempt(ledger.database, key, { way, attempt: done, now: addMillis(key.opening, 16 * 60_000) });
const headsDigest = async (): Promise<DigestKey> => {
  const issueId = await openIssue(ledger);
  await live(ledger, issueId, 1);
  const { opening } = await ledger.database.digest.findFirstOrThrow({ where: { personId: 'head' } });
  return { personId: 'head', opening: opening.toISOString() as Instant };
};
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'fine',
    (error: unknown) => (error as { failure: { code: string } }).failure.code,
  );

test('a preference counts from now on, its history is kept, and the latest is in force', async () => {
  await choose('head', ['inApp']);
  await choose('head', ['局工作群', 'inApp'], 9 * 60 + 15);
  expect(await preferenceHistory(ledger.database, 'head')).toMatchObject([
    { ways: ['局工作群', 'inApp'], opensAt: 555, setBy: 'office' },
    { ways: ['inApp'], opensAt: null },
  ]);
  expect([...(await preferencesOf(ledger.database, ['head', 'office']))]).toEqual([
    ['head', { ways: ['局工作群', 'inApp'], opensAt: 555 }],
  ]);
  expect(await codeOf(choose('nobody', []))).toBe('person.unknown');
  expect(await codeOf(choose('liaison', ['smtp']))).toBe('preference.noMail');
  expect(await codeOf(choose('head', ['另一个群']))).toBe('preference.way');
  for (const statement of [`UPDATE preference SET opens_at = 0`, 'DELETE FROM preference'])
    await expect(sql(ledger.appUrl, statement)).rejects.toMatchObject({ code: '42501' });
});

test('the message opens at the time that was chosen, and goes the way that was chosen', async () => {
  await choose('head', ['局工作群'], 10 * 60);
  const key = await headsDigest();
  expect(key.opening).toBe(at('2026-03-03T10:00'));
  await claim(key);
  expect(await outgoing(ledger.database, key, key.opening)).toMatchObject({ way: '局工作群', summary, address: 'head@linjiang.example' });
  expect(await tries(key, '局工作群', attempt('sent', 'errcode 0'))).toEqual({ onward: false, newDigests: [] });
  const [row] = await messages(ledger.database, { personId: 'head', state: 'sent', limit: 5 });
  expect(row).toMatchObject({ personName: 'head', state: 'sent', attempts: 1, lastAnswer: 'errcode 0', items: 1 });
});

test('one way after the other, each attempt recorded; what passes is tried again the same way; the last way is a call', async () => {
  await choose('head', ['局工作群']);
  const key = await headsDigest();
  await claim(key);
  expect(await tries(key, '局工作群', attempt('deferred', '45009'))).toEqual({ onward: true, newDigests: [] });
  expect(await wayOf(key)).toBe('局工作群');
  const refused = await tries(key, '局工作群', attempt('refused', '93000'));
  expect(refused.onward).toBe(true);
  expect(refused.newDigests.map(({ personId }) => personId)).toEqual(['clerk', 'office']);
  expect(await wayOf(key)).toBe('smtp');
  // an answer that comes twice, or for a way that is over, changes nothing
  expect(await tries(key, '局工作群', attempt('sent'))).toEqual({ onward: true, newDigests: [] });
  expect(await tries(key, 'smtp', attempt('refused', '550'))).toEqual({ onward: false, newDigests: [] });
  expect(await wayOf(key)).toBeUndefined(); // the liaison has no mailbox: a call
  const detail = await messageDetail(ledger.database, key);
  expect(detail).toMatchObject({ ways: ['call'], notices: [{ state: 'failed', reason: '550' }] });
  expect(detail?.attempts.map(({ channel, outcome, by: who }) => [channel, outcome, who])).toEqual([
    ['局工作群', 'deferred', null],
    ['局工作群', 'refused', null],
    ['smtp', 'refused', null],
  ]);
  const waiting = await messages(ledger.database, { state: 'toCall', limit: 5 });
  expect(waiting.map(({ personId }) => personId)).toEqual(['head']);
});

test('a call is the delivery record; one that nobody answered leaves the message waiting', async () => {
  const key = await headsDigest();
  await claim(key);
  await tries(key, 'smtp', attempt('refused', '550'));
  const call = { by: 'clerk', at: addMillis(key.opening, 3_600_000), answer: '' };
  await recordCall(ledger.database, key, { ...call, reached: false, answer: '无人接听' });
  expect((await messages(ledger.database, { state: 'toCall', limit: 5 })).map(({ attempts }) => attempts)).toEqual([2]);
  await recordCall(ledger.database, key, { ...call, reached: true, answer: '知道了，明天签收' });
  expect(await messageDetail(ledger.database, key)).toMatchObject({
    notices: [{ state: 'sent' }],
    attempts: [
      { channel: 'smtp' },
      { channel: 'call', outcome: 'deferred' },
      { channel: 'call', outcome: 'sent', by: 'clerk', response: '知道了，明天签收' },
    ],
  });
  expect(await codeOf(recordCall(ledger.database, key, { ...call, reached: true }))).toBe('digest.noCall');
  expect(await codeOf(recordCall(ledger.database, { ...key, personId: 'nobody' }, { ...call, reached: true }))).toBe('digest.unknown');
});

test('sent again by hand it is the same message and a new delivery with a name', async () => {
  const key = await headsDigest();
  expect(await codeOf(sendAgain(ledger.database, key, { by: 'office' }))).toBe('digest.notSealed');
  await claim(key);
  const first = await outgoing(ledger.database, key, key.opening);
  await tries(key, 'smtp', attempt('sent', '250 a'));
  expect(await outgoing(ledger.database, key, key.opening)).toBeNull();
  await sendAgain(ledger.database, key, { by: 'office' });
  expect(await outgoing(ledger.database, key, key.opening)).toEqual(first);
  expect(await ledger.database.digest.count({ where: { personId: 'head', started: false } })).toBe(1);
  await tries(key, 'smtp', attempt('sent', '250 b'));
  const detail = await messageDetail(ledger.database, key);
  expect(detail?.attempts.map(({ response, by: who }) => [response, who])).toEqual([
    ['250 a', null],
    ['250 b', 'office'],
  ]);
  expect(detail?.notices).toMatchObject([{ state: 'sent' }]);
});

test('what an officer marks urgent does not wait for a working day', async () => {
  const issueId = await openIssue(ledger);
  await live(ledger, issueId, 5);
  const saturday = at('2026-03-07T10:20');
  const order = { type: 'escalate', kind: 'supervisionOrder', reason: '群众反映强烈' };
  expect((await act(ledger, issueId, 'office', { ...order, urgent: true }, saturday)).outcome).toMatchObject({ accepted: true });
  const opens = async (obligationId: string) =>
    (await ledger.database.notice.findMany({ where: { streamId: issueId, obligationId }, orderBy: { personId: 'asc' } })).map(
      ({ opening }) => opening.toISOString(),
    );
  const elevenOClock = new Date(at('2026-03-07T11:00')).toISOString();
  expect(await opens('signPaper:supervisionOrder-1')).toEqual([elevenOClock, elevenOClock]);
  await act(ledger, issueId, 'office', { type: 'signPaper', paperId: 'supervisionOrder-1' }, at('2026-03-07T11:30'));
  expect(await opens('reply:supervisionOrder-1')).toEqual([new Date(at('2026-03-07T12:00')).toISOString()]);
  // the same, not marked, waits until Monday
  const calm = await openIssue(ledger);
  await live(ledger, calm, 5);
  await act(ledger, calm, 'office', order, saturday);
  const monday = await ledger.database.notice.findMany({ where: { streamId: calm, obligationId: 'signPaper:supervisionOrder-1' } });
  expect(monday.map(({ opening }) => opening.toISOString())).toEqual(Array(2).fill(new Date(at('2026-03-09T08:30')).toISOString()));
});

test('an attempt that a crash interrupted is recorded when the next one begins', async () => {
  const key = await headsDigest();
  await claim(key);
  await outgoing(ledger.database, key, key.opening); // and the process ends
  const { handedAt } = await digestOf(key);
  await outgoing(ledger.database, key, key.opening);
  await tries(key, 'smtp', attempt('deferred', '451'));
  await outgoing(ledger.database, key, key.opening);
  await tries(key, 'smtp', attempt('sent', '250'));
  const detail = await messageDetail(ledger.database, key);
  expect(detail?.attempts.map(({ outcome }) => outcome)).toEqual(['interrupted', 'deferred', 'sent']);
  expect(detail?.attempts[0]?.at).toBe(handedAt?.toISOString());
  expect((await digestOf(key)).handedAt).toBeNull();
});

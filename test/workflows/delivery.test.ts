import { addMillis, dateOf, fromMillis, later, millis, type Instant } from '../../domain/time';
import type { DigestKey } from '../../ledger/notices';
import { clockOf, fastForward } from '../../worker/skip-time';
import { digestWorkflowId } from '../../workflows/digest-delivery.messages';
import { deploy, type Deployment } from '../support/deployment';
import { onlyIssues, openRound, people, services } from '../support/fixture';

const assign = { type: 'assign', leadUnitId: 'clinic', leadLeaderId: 'leader', handlerId: 'handler' };
const start = fromMillis(Date.now());
/** The wall clock of this file, and what its mail server does next. */
const clock = { now: start };
const post = { lost: 0, crashAfterSending: 0 };
let deployment: Deployment;
beforeAll(async () => {
  deployment = await deploy(start, {
    people: {
      ...people,
      persons: people.persons.map((one) =>
        one.id === 'head' ? { ...one, email: `head@bounced.example` } : { ...one, email: `${one.id}@post.example` },
      ),
    },
    deps: ({ mail }) => ({
      clock: { now: () => later(clock.now, fromMillis(Date.now())) },
      mail: {
        async send(message) {
          if (post.lost-- > 0) throw new Error('451 try again later');
          const sent = await mail.send(message);
          if (post.crashAfterSending-- > 0) throw new Error('the process died here');
          return sent;
        },
      },
    }),
  });
});
afterAll(() => deployment.close());
beforeEach(() => {
  post.lost = 0;
  post.crashAfterSending = 0;
});

const digestOf = (personId: string) =>
  deployment.ledger.database.digest.findFirstOrThrow({ where: { personId }, orderBy: { opening: 'desc' } });
const firstIssue = async () =>
  (await deployment.ledger.database.stream.findFirstOrThrow({ where: { kind: 'issue' }, orderBy: { id: 'asc' } })).id;
const keyOf = (row: { personId: string; opening: Date }): DigestKey => ({
  personId: row.personId,
  opening: fromMillis(row.opening.getTime()),
});
/** Brings the wall clock and a delivery's own timer to an instant. */
const passTo = async (key: DigestKey, at: Instant): Promise<void> => {
  const workflowId = digestWorkflowId(key);
  clock.now = later(clock.now, at);
  const shows = await clockOf(deployment.workers.client, workflowId);
  if (typeof shows === 'number')
    await fastForward(deployment.workers.client, { workflowId, aheadMs: Math.max(1, millis(at) - shows), id: `${at} ${Math.random()}` });
};
/** Waits until a delivery has asked once and sleeps: an answer given after the clock was moved would have it ask every minute. */
const asleep = async (key: DigestKey): Promise<void> => {
  const handle = deployment.workers.client.workflow.getHandle(digestWorkflowId(key));
  while (!(await handle.fetchHistory()).events?.some(({ timerStartedEventAttributes }) => timerStartedEventAttributes != null))
    await new Promise((resolve) => setTimeout(resolve, 50));
};
const ended = (key: DigestKey): Promise<void> =>
  deployment.workers.client.workflow.getHandle(digestWorkflowId(key)).result() as Promise<void>;
interface Mail {
  readonly id: string;
  readonly messageId: string;
}
const inboxOf = async (person: string): Promise<{ id: string; messageId: string; raw: string }[]> => {
  const { inboxUrl } = services();
  const { messages } = (await (await fetch(`${inboxUrl}/api/messages?to=${person}@post.example&limit=1000`)).json()) as {
    messages: Mail[];
  };
  return Promise.all(
    messages.map(async ({ id }) => {
      const raw = await (await fetch(`${inboxUrl}/api/messages/${id}/raw`)).text();
      return { id, messageId: /^Message-ID: (.*)$/im.exec(raw)?.[1]?.trim() ?? '', raw };
    }),
  );
};

test('a message waits for its opening by its own timer, then for rungs that are still due, a quarter of an hour at most', async () => {
  const { ledger, workers } = deployment;
  const [issueId = '', other = ''] = (await openRound(ledger.database, 2, start)).issueIds;
  await onlyIssues(ledger.database);
  await workers.lives.start(issueId);
  while ((await ledger.database.digest.count({ where: { started: true } })) < 2) await new Promise((resolve) => setTimeout(resolve, 50));
  const key = keyOf(await digestOf('office'));
  await asleep(key);
  await passTo(key, addMillis(key.opening, -60_000));
  expect((await digestOf('office')).state).toBe('open');
  // a life that should have fired by the opening but has not
  await ledger.database.$executeRaw`UPDATE stream SET next_wake_at = ${key.opening}::timestamptz - interval '1 hour' WHERE id = ${other}`;
  await passTo(key, addMillis(key.opening, 150_000));
  expect((await digestOf('office')).state).toBe('open');
  await passTo(key, addMillis(key.opening, 1_000_000));
  await ended(key);
  expect(await digestOf('office')).toMatchObject({ state: 'sent' });
  expect(await inboxOf('office')).toHaveLength(1);
}, 60_000);

test('a mail server that is busy is asked again: one message, one Message-ID', async () => {
  const key = keyOf(await digestOf('clerk'));
  post.lost = 2;
  await passTo(key, addMillis(key.opening, 1_100_000));
  await passTo(key, addMillis(key.opening, 1_200_000)); // the pauses between the attempts
  await ended(key);
  const { messageId } = await digestOf('clerk');
  expect((await inboxOf('clerk')).map((mail) => mail.messageId)).toEqual([messageId]);
}, 60_000);

test('a mailbox that does not exist is asked once; the liaison passes the message on, and the rectification office hears of it', async () => {
  const { ledger } = deployment;
  expect(await deployment.act(await firstIssue(), 'office', assign)).toMatchObject({ accepted: true });
  const key = keyOf(await digestOf('head'));
  await passTo(key, addMillis(key.opening, 1_200_000));
  await ended(key);
  expect(await digestOf('head')).toMatchObject({ state: 'sent' });
  const attempts = { where: { personId: 'head' }, select: { channel: true, outcome: true }, orderBy: { id: 'asc' } } as const;
  expect(await ledger.database.delivery.findMany(attempts)).toEqual([
    { channel: 'smtp', outcome: 'refused' },
    { channel: 'liaison', outcome: 'sent' },
  ]);
  expect((await inboxOf('liaison')).filter((mail) => mail.raw.includes('X-Zhenggai-Person: head'))).toHaveLength(1);
  const notices = await ledger.database.notice.findMany({ where: { personId: 'head' } });
  expect(notices.every(({ state }) => state === 'sent' || state === 'withdrawn')).toBe(true);
  const told = await ledger.database.notice.findMany({ where: { label: { contains: '未能送达' } }, select: { personId: true } });
  expect(new Set(told.map(({ personId }) => personId))).toEqual(new Set(['clerk', 'office']));
}, 60_000);

test('a message sent again after a crash between its acceptance and our record is the same message', async () => {
  const { ledger } = deployment;
  const id = await firstIssue();
  const measures = [{ unitId: 'clinic', text: '措施', dueOn: dateOf(addMillis(start, 90 * 86_400_000)), sustained: false }];
  expect(await deployment.act(id, 'leader', { type: 'acknowledge' })).toMatchObject({ accepted: true });
  expect(await deployment.act(id, 'handler', { type: 'proposePlan', measures, rootCause: '原因' })).toMatchObject({ accepted: true });
  const key = keyOf(await digestOf('leader'));
  post.crashAfterSending = 1;
  await passTo(key, addMillis(key.opening, 1_000_000));
  await passTo(key, addMillis(key.opening, 1_100_000));
  await ended(key);
  const { messageId } = await ledger.database.digest.findUniqueOrThrow({
    where: { personId_opening: { personId: key.personId, opening: new Date(key.opening) } },
  });
  const copies = (await inboxOf('leader')).filter((mail) => mail.messageId === messageId);
  expect(copies).toHaveLength(2);
  expect(copies[1]?.raw === copies[0]?.raw).toBe(true);
  expect(await ledger.database.delivery.count({ where: { personId: 'leader', opening: new Date(key.opening), outcome: 'sent' } })).toBe(1);
}, 60_000);

import { stateCouncilCalendar } from '../../domain/calendar-data';
import { defaultPolicy } from '../../domain/policy/default-policy';
import type { Policy } from '../../domain/policy/policy';
import { addDays, addMillis, atLocalTime, dateOf, fromMillis, localDate, type Instant } from '../../domain/time';
import { auditNotices } from '../../ledger/audit';
import { inTransaction } from '../../ledger/database';
import { claimDigest, openDigests, outgoing, recordAttempt } from '../../ledger/digests';
import { registerRound } from '../../ledger/register';
import { addPolicy, policyName, putCalendarInForce } from '../../ledger/rules';
import { advance } from '../../ledger/step';
import { verifyLedger } from '../../ledger/verify';
import { moveWorld } from '../../ledger/world';
import { composeLetter } from '../../papers/compose-letter';
import { renderMail } from '../../worker/render-mail';
import { fastForward } from '../../worker/skip-time';
import { World } from '../../worker/world';
import { digestWorkflowId } from '../../workflows/digest-delivery.messages';
import { rolloutWorkflowId } from '../../workflows/rollout.messages';
import { act, assign } from '../ledger/support';
import { backUp, restore } from '../support/backup';
import { deploy, type Deployment } from '../support/deployment';
import { onlyIssues, openRound } from '../support/fixture';
import { beijing, everyDayWorked, firstDay, officeYears } from '../support/office-days';
import { carriersOf, owedWords, wordKey } from '../support/owed-word';
import { startOwnInbox, type OwnInbox, type ReceivedMail } from '../support/own-inbox';
import { removeTemporaryDirs } from '../support/servers';

const FROM = 'zgb@linjiang.example';
const render = renderMail({ from: FROM, linkBase: 'http://localhost', detail: 'full' });
const HOUR_MS = 3_600_000;
/** A Monday of a year with a made-up holiday table. */
const MONDAY = atLocalTime(localDate('2030-03-04'), 9);
const morning = (day: string): Instant => atLocalTime(localDate(day), 8, 30);

let inbox: OwnInbox;
let deployment: Deployment;
beforeEach(async () => {
  inbox = await startOwnInbox(FROM);
});
afterEach(async () => {
  await deployment.close();
  await inbox.close();
});
afterAll(removeTemporaryDirs);

/** The default rules but for the reminder letter, which goes out on the second workday overdue. */
const twoRungsInADay: Policy = {
  ...defaultPolicy,
  version: 77,
  ladders: {
    ...defaultPolicy.ladders,
    rectify: {
      ...defaultPolicy.ladders.rectify,
      value: defaultPolicy.ladders.rectify.value.map((rung) => (rung.id === 'after-5' ? { ...rung, offset: { workdays: 2 } } : rung)),
    },
  },
};
const round = (count: number): Parameters<typeof registerRound>[1] => ({
  name: '临江区卫健局巡察整改',
  inspectedBody: '临江区卫健局党组',
  inspectingBody: '区委巡察组',
  feedbackOn: localDate('2030-03-04'),
  source: null,
  issues: Array.from({ length: count }, (_, index) => ({ number: index + 1, title: `问题${index + 1}`, text: '正文', reported: null })),
});

const byPerson = (messages: readonly ReceivedMail[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { person } of messages) counts[person] = (counts[person] ?? 0) + 1;
  return counts;
};
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
};
/** Everything owed was told once, or need not be told any more; no message is there twice. */
async function toldOnce(now: Instant): Promise<void> {
  const { database } = deployment.ledger;
  const messages = await inbox.messages();
  const carriers = carriersOf(messages);
  const words = (await owedWords(database)).filter(({ opening }) => opening !== null && opening.toISOString() <= now);
  const wrong = words.filter((word) => (carriers.get(wordKey(word))?.length ?? 0) !== (word.state === 'sent' ? 1 : 0));
  expect(wrong).toEqual([]);
  expect(words.filter(({ state }) => state !== 'sent' && state !== 'withdrawn')).toEqual([]);
  expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(messages.length);
  expect((await auditNotices(database, now)).lost).toBe(0);
  expect((await verifyLedger(database)).problems).toEqual([]);
}

test('after 72 hours of everything down each person gets one digest at the next opening, with everything in it', async () => {
  const now = fromMillis(Date.now());
  const down = addMillis(now, -72 * HOUR_MS);
  const today = dateOf(now);
  deployment = await deploy(now, { deps: () => ({ mail: inbox.mail }) });
  const { ledger } = deployment;
  const { database } = ledger;
  // every day is worked, so that the story is the same on every day of the year
  const years = { ...stateCouncilCalendar.years, ...everyDayWorked(Number(today.slice(0, 4))) };
  await inTransaction(database, (tx) => putCalendarInForce(tx, { version: 'test/every-day', years }, addMillis(down, -90 * 24 * HOUR_MS)));
  // overdue on the first night of the outage, the reminder letter on the second
  await addPolicy(database, twoRungsInADay);
  const opened = addMillis(down, -40 * 24 * HOUR_MS);
  const { issueIds } = await registerRound(
    database,
    { ...round(3), policy: policyName(twoRungsInADay), feedbackOn: dateOf(opened) },
    { actor: 'office', via: 'test', now: opened },
  );
  await onlyIssues(database);
  const [one = '', two = '', fresh = ''] = issueIds;
  const measures = [{ unitId: 'clinic', text: '措施', dueOn: addDays(today, -3), sustained: false }];
  const planned: [string, object][] = [
    ['office', assign],
    ['head', { type: 'acknowledge' }],
    ['handler', { type: 'proposePlan', measures }],
    ['leader', { type: 'approvePlan' }],
    ['office', { type: 'approvePlan' }],
    ['inspector', { type: 'reviewPlan', verdict: 'approved' }],
  ];
  for (const [hour, [actor, command]] of planned.entries())
    for (const issueId of [one, two]) await accepted(issueId, actor, command, addMillis(opened, hour * HOUR_MS));
  for (const days of [20, 10])
    for (const issueId of [one, two]) await advance(database, issueId, addMillis(atLocalTime(addDays(today, -3 - days), 1), 10 * 60_000));
  await tellUntil(addMillis(down, -HOUR_MS));
  // an hour before everything went down: its digest would have opened in the outage
  await accepted(fresh, 'office', assign, addMillis(down, -HOUR_MS));

  const before = (await inbox.messages()).length;
  await deployment.workers.lives.kickStarter();
  await deployment.world.moveTo(now);
  const next = firstDay(new Date(now), 8 * 60 + 30, () => true);
  await deployment.world.moveTo(addMillis(morning(next), HOUR_MS));

  const messages = (await inbox.messages()).slice(before);
  expect(byPerson(messages)).toEqual({ clerk: 1, head: 1, leader: 1, office: 1, secretary: 1 });
  expect(messages.map(({ claimedAt }) => beijing(claimedAt))).toEqual(messages.map(() => ({ day: next, minutes: 8 * 60 + 30 })));
  const rungs = await database.rung.findMany({
    where: { streamId: one, obligationId: { startsWith: 'rectify' } },
    select: { rung: true, how: true },
  });
  expect(rungs).toEqual(
    expect.arrayContaining([
      { rung: 'overdue', how: 'superseded' },
      { rung: 'after-5', how: 'fired' },
    ]),
  );
  await toldOnce(addMillis(morning(next), HOUR_MS));

  async function accepted(issueId: string, actor: string, command: object, at: Instant): Promise<void> {
    const { outcome } = await act(ledger, issueId, actor, command, at);
    expect(outcome).toMatchObject({ accepted: true });
  }
  /** What the engine had sent before it went down, without workflows. */
  async function tellUntil(at: Instant): Promise<void> {
    for (const key of (await openDigests(database)).filter(({ opening }) => opening <= at)) {
      const claimedAt = addMillis(key.opening, 15 * 60_000);
      await claimDigest(database, key, claimedAt, { render, compose: composeLetter });
      const message = await outgoing(database, key, claimedAt);
      if (!message) continue;
      const sent = await inbox.mail.send({ bytes: message.bytes, to: message.address });
      expect(sent.outcome).toBe('sent');
      await recordAttempt(database, key, { way: message.way, attempt: { outcome: 'sent', response: '250', millis: 1 }, now: claimedAt });
    }
  }
}, 180_000);

test('a mail server that refuses for two days loses nothing and floods nobody: each digest once, what came later in later ones', async () => {
  deployment = await deployOnMonday();
  const { database } = deployment.ledger;
  const { issueIds } = await openRound(database, 2, MONDAY);
  await onlyIssues(database);
  await deployment.workers.lives.kickStarter();
  await deployment.world.moveTo(MONDAY);
  const [issueId = ''] = issueIds;

  inbox.answer({ code: 451, message: 'try again later' });
  await passTo(morning('2030-03-05'));
  await refused(2); // of office and clerk, about two new issues
  await passTo(addMillis(morning('2030-03-05'), 2 * HOUR_MS));
  expect(await deployment.act(issueId, 'office', assign)).toMatchObject({ accepted: true });
  await passTo(morning('2030-03-06'));
  await refused(5); // of those and of the head; office and clerk have half of their term behind them with the other issue
  await passTo(addMillis(morning('2030-03-06'), 24 * HOUR_MS - 60_000));
  expect(await inbox.messages()).toEqual([]);
  const written = await database.digest.findMany({ where: { state: 'sealed' } });
  expect(written).toHaveLength(5);
  expect(inbox.refusals()).toBeGreaterThan(15); // asked again every three hours

  inbox.answer(undefined);
  await passTo(morning('2030-03-07'));
  await passTo(addMillis(morning('2030-03-07'), 4 * HOUR_MS));
  const lastOpening = new Date(morning('2030-03-07'));
  const left = { where: { state: { in: ['open', 'sealed'] }, opening: { lte: lastOpening } } };
  await until(async () => (await database.digest.count(left)) === 0);
  // no flood: a person gets one message for each opening on which there was something new, the one that was written then, and no other
  const messages = await inbox.messages();
  const openings = await database.digest.findMany({ where: { state: 'sent' } });
  expect(messages.map(({ messageId }) => messageId).sort()).toEqual(openings.map(({ messageId }) => messageId ?? '').sort());
  for (const { messageId, bytes } of written) {
    const [message, ...others] = messages.filter((one) => one.messageId === messageId);
    expect(others).toEqual([]);
    expect(message?.raw.includes(Buffer.from(bytes ?? new Uint8Array([0])))).toBe(true);
  }
  await toldOnce(addMillis(morning('2030-03-07'), 4 * HOUR_MS));

  async function refused(digests: number): Promise<void> {
    await until(
      async () => (await database.delivery.groupBy({ by: ['personId', 'opening'], where: { outcome: 'deferred' } })).length === digests,
    );
  }
  /** Moves lives and deliveries to an instant side by side; a delivery that is refused goes on waiting. */
  async function passTo(at: Instant): Promise<void> {
    const { client, lives } = deployment.workers;
    const aheadMs = Date.parse(at) - Date.parse(deployment.world.now());
    const waiting = await database.digest.findMany({ where: { state: 'sealed' } });
    await moveWorld(database, at);
    const world = new World({ client, database, lives }, at);
    for (const id of issueIds) await world.bring(id);
    for (const { personId, opening } of waiting)
      await fastForward(client, {
        workflowId: digestWorkflowId({ personId, opening: fromMillis(opening.getTime()) }),
        aheadMs: 24 * HOUR_MS,
        id: `${at} ${aheadMs}`,
      });
    const opened = (await openDigests(database)).filter(({ opening }) => opening <= at);
    for (const key of opened)
      if (!waiting.some((one) => one.personId === key.personId && one.opening.getTime() === Date.parse(key.opening)))
        await lives.wakeDelivery(key);
  }
}, 180_000);

test('changed rules and a restored backup tell nobody anything twice', async () => {
  deployment = await deployOnMonday();
  const { ledger, world } = deployment;
  const { database } = ledger;
  const { roundId, issueIds } = await openRound(database, 2, MONDAY);
  const [issueId = ''] = issueIds;
  await deployment.workers.lives.kickStarter();
  await world.moveTo(MONDAY);
  expect(await deployment.act(issueId, 'office', assign)).toMatchObject({ accepted: true });
  await world.moveTo(addMillis(morning('2030-03-06'), HOUR_MS));
  await toldOnce(world.now());
  const sentBy = async (): Promise<string[]> => (await inbox.messages()).map(({ messageId }) => messageId).sort();
  const sent = await sentBy();
  expect(sent.length).toBeGreaterThan(3);

  // every term is shorter: the rungs that have fired stand earlier now
  await addPolicy(database, hasty);
  const put = { type: 'putPolicyInForce', policy: policyName(hasty), reason: '区委要求' };
  expect(await deployment.act(`round/${roundId}`, 'inspector', put)).toMatchObject({ accepted: true });
  await deployment.workers.client.workflow.getHandle(rolloutWorkflowId).result();
  await world.moveTo(addMillis(morning('2030-03-11'), HOUR_MS));
  expect((await sentBy()).length).toBeGreaterThan(sent.length);
  await toldOnce(world.now());

  // restored as it is now: everything that runs is begun again, nothing that was sent is sent, what is open goes out once
  const backup = await backUp(ledger.name);
  const all = await sentBy();
  await restore(deployment, backup);
  await deployment.world.moveTo(addMillis(deployment.world.now(), HOUR_MS));
  expect(await sentBy()).toEqual(all);
  await deployment.world.moveTo(addMillis(morning('2030-03-18'), HOUR_MS));
  expect((await sentBy()).length).toBeGreaterThan(all.length);
  await toldOnce(deployment.world.now());
}, 180_000);

const hasty: Policy = {
  ...defaultPolicy,
  version: 78,
  terms: {
    ...defaultPolicy.terms,
    assign: { ...defaultPolicy.terms.assign, value: { workdays: 1 } },
    receipt: { ...defaultPolicy.terms.receipt, value: { workdays: 1 } },
  },
};

/** A mail server's 4xx says nothing of when to ask again; here it is three hours, so that two days are 16 attempts and not 288. */
async function deployOnMonday(): Promise<Deployment> {
  const patient = { send: (mail: Parameters<typeof inbox.mail.send>[0]) => inbox.mail.send(mail).catch(later) };
  const deployed = await deploy(MONDAY, { deps: () => ({ mail: patient }) });
  const years = { ...stateCouncilCalendar.years, ...officeYears };
  await inTransaction(deployed.ledger.database, (tx) => putCalendarInForce(tx, { version: 'test/2031', years }, MONDAY));
  return deployed;
}
const later = (error: unknown): never => {
  throw Object.assign(error instanceof Error ? error : new Error(String(error)), { retryAfterMs: 3 * HOUR_MS });
};

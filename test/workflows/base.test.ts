import { holidaysOf, yearWithoutTable } from './calendar-fixture';
import { addDays, atLocalTime, dateOf, fromMillis, type Instant, type LocalDate } from '../../domain/time';
import { readTexts } from '../../ledger/content';
import { importDirectory } from '../../ledger/directory';
import { foresee } from '../../ledger/foresee';
import { verifyLedger } from '../../ledger/verify';
import { deploy, type Deployment } from '../support/deployment';
import { openRound, people } from '../support/fixture';
import { actAt } from '../support/lives';

// The base data lives on the real server: posts that end in skipped time, and a holiday table that reaches sleeping issues.

const start = atLocalTime(dateOf(fromMillis(Date.now())), 24 + 14); // tomorrow 14:00
const day = (n: number): LocalDate => addDays(dateOf(start), n);
const YEAR = yearWithoutTable(start);

let deployment: Deployment;
let issueId = '';
beforeAll(async () => {
  deployment = await deploy(start);
  const { ledger, world, act } = deployment;
  [issueId = ''] = (await openRound(ledger.database, 1, start)).issueIds;
  await deployment.workers.lives.kickStarter();
  await world.moveTo(start);
  await act(issueId, 'office', { type: 'assign', leadUnitId: 'clinic', leadLeaderId: 'leader', handlerId: 'handler' });
  await act(issueId, 'head', { type: 'acknowledge' });
});
afterAll(() => deployment.close());

const duties = async (streamId: string): Promise<string[]> =>
  (await deployment.ledger.database.obligation.findMany({ where: { streamId, closedAt: null }, orderBy: { id: 'asc' } })).map(
    ({ id }) => id,
  );
const told = async (streamId: string, obligationId: string): Promise<string[]> =>
  (await deployment.ledger.database.notice.findMany({ where: { streamId, obligationId }, orderBy: { personId: 'asc' } })).map(
    ({ personId, rung }) => `${rung} ${personId}`,
  );

test('a year without a table is asked for; when it arrives, sleeping issues move and the ledger says why', async () => {
  const { ledger, world, act } = deployment;
  // the day after the Spring Festival as weekends have it, inside it as the table will
  const { table, inside, after } = holidaysOf(YEAR);
  await act(issueId, 'handler', {
    type: 'proposePlan',
    measures: [{ unitId: 'clinic', text: '措施', dueOn: inside, sustained: false }],
  });
  await act(issueId, 'leader', { type: 'approvePlan' });
  expect(await act(issueId, 'office', { type: 'approvePlan' })).toMatchObject({ accepted: true });
  await world.moveTo(actAt(start, 1));
  expect(await duties('base')).toContain(`calendarTable:${YEAR}`);
  expect((await told('base', `calendarTable:${YEAR}`)).length).toBeGreaterThan(0);

  const before = await ledger.database.obligation.findFirstOrThrow({ where: { streamId: issueId, kind: 'rectify', closedAt: null } });
  expect(before).toMatchObject({ provisional: true });
  expect(await act('base', 'office', { type: 'enterCalendarYear', year: YEAR, table })).toMatchObject({ accepted: true });
  for (;;) {
    const { provisional } = await ledger.database.obligation.findFirstOrThrow({ where: { streamId: issueId, id: before.id } });
    if (!provisional) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const moved = await ledger.database.obligation.findFirstOrThrow({ where: { streamId: issueId, id: before.id } });
  expect(moved.dueOn.toISOString().slice(0, 10)).toBe(after);
  const [event] = await ledger.database.event.findMany({ where: { streamId: issueId, type: 'datesMoved' } });
  expect(event?.payload).toMatchObject({
    because: 'calendar',
    moved: expect.arrayContaining([expect.objectContaining({ dutyId: before.id })]) as object,
  });
  expect(await duties('base')).not.toContain(`calendarTable:${YEAR}`);
});

test('a head leaves, another comes: a vacancy, then a handover; no red before it is to be signed; deed is forecast', async () => {
  const { ledger, world, act } = deployment;
  const posts = people.posts.map((post) => (post.personId === 'head' ? { ...post, to: day(9) } : post));
  const next = { personId: 'head2', unitId: 'clinic', role: 'unitHead' as const, title: '院长', from: day(20), to: null };
  const persons = [...people.persons, { id: 'head2', name: 'head2', email: 'head2@linjiang.example' }];
  await importDirectory(
    ledger.database,
    { ...people, persons, posts: [...posts, next] },
    { actor: 'admin', via: 'test', now: world.now() },
  );
  await deployment.workers.lives.lookAgain('base');
  await world.moveTo(actAt(start, 12));
  expect(await duties('base')).toContain('vacancy:unitHead:clinic#1');
  expect(await told('base', 'vacancy:unitHead:clinic#1')).toEqual(expect.arrayContaining(['opened clerk', 'opened office']));

  await world.moveTo(actAt(start, 21));
  expect(await duties('base')).toEqual(expect.arrayContaining(['handover:unitHead:clinic#1']));
  expect(await duties('base')).not.toContain('vacancy:unitHead:clinic#1');
  expect(await told('base', 'handover:unitHead:clinic#1')).toEqual(['opened head2']);
  const { rungs } = await foresee(ledger.database, { streamId: 'base' }, actAt(start, 60));
  const until: Instant = actAt(start, 25);
  const foretold = (rungs ?? []).filter(({ at }) => at <= until).map(({ at, rung }) => `${at} ${rung}`);
  const { version } = await ledger.database.stream.findUniqueOrThrow({ where: { id: 'base' } });
  await world.moveTo(until);
  const fired = await ledger.database.event.findMany({ where: { streamId: 'base', type: 'rungFired', version: { gt: version } } });
  expect(fired.map(({ payload }) => payload as { at: string; rung: string }).map(({ at, rung }) => `${at} ${rung}`)).toEqual(foretold);

  expect(await act('base', 'office', { type: 'signPaper', paperId: 'reminderLetter-1' })).toMatchObject({ accepted: true });
  const [letter] = await ledger.database.event.findMany({ where: { streamId: 'base', type: 'paperSigned' } });
  const { number, text } = letter?.payload as { number: string; text: { content: string } };
  expect(number).toMatch(/^〔\d{4}〕1号$/);
  expect((await readTexts(ledger.database, [text.content])).get(text.content)).toContain(`提醒函\n${number}`);

  expect(await act('base', 'office', { type: 'signHandover', dutyId: 'handover:unitHead:clinic#1' })).toMatchObject({ accepted: false });
  expect(await act('base', 'head2', { type: 'signHandover', dutyId: 'handover:unitHead:clinic#1' })).toMatchObject({ accepted: true });
  expect((await verifyLedger(ledger.database)).problems).toEqual([]);
});

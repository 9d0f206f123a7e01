import { readDays, type CalendarYear } from '../../domain/calendar';
import type { Post } from '../../domain/directory';
import { addMillis, localDate, type Instant } from '../../domain/time';
import { importDirectory } from '../../ledger/directory';
import { advance } from '../../ledger/step';
import { outdatedStreams } from '../../ledger/streams';
import { verifyLedger } from '../../ledger/verify';
import { openRound, openTestLedger, people, START, type TestLedger } from '../support/fixture';
import { act, at, DAY_MS, live } from './support';

let ledger: TestLedger;
beforeEach(async () => {
  ledger = await openTestLedger();
});
afterEach(async () => {
  const { problems } = await verifyLedger(ledger.database);
  const twice = await ledger.database.$queryRaw<unknown[]>`
    SELECT stream_id, payload->>'dutyId', payload->>'rung', payload->>'occurrence' FROM event WHERE type = 'rungFired' GROUP BY 1, 2, 3, 4 HAVING count(*) > 1`;
  await ledger.close();
  expect({ problems, twice }).toEqual({ problems: [], twice: [] });
});

const base = (now: Instant) => advance(ledger.database, 'base', now);
/** What the stream tells, in order, without the rungs. */
const toldOf = async (streamId: string): Promise<readonly { type: string; payload: Record<string, unknown> }[]> => {
  const events = await ledger.database.event.findMany({ where: { streamId, type: { not: 'rungFired' } }, orderBy: { version: 'asc' } });
  return events.map(({ type, payload }) => ({ type, payload: payload as Record<string, unknown> }));
};
const typesOf = async (streamId: string): Promise<string[]> => (await toldOf(streamId)).map(({ type }) => type);
const openDuties = async (streamId: string): Promise<string[]> => {
  const rows = await ledger.database.obligation.findMany({ where: { streamId, closedAt: null }, orderBy: { id: 'asc' } });
  return rows.map(({ id, holder, dueOn }) => `${id} ${holder} ${dueOn.toISOString().slice(0, 10)}`);
};
const hear = async (streamId: string, obligationId: string): Promise<string[]> => {
  const rows = await ledger.database.notice.findMany({
    where: { streamId, obligationId },
    orderBy: [{ rung: 'asc' }, { personId: 'asc' }],
  });
  return rows.map(({ rung, personId }) => `${rung} ${personId}`);
};
const streamOf = (id: string) => ledger.database.stream.findUniqueOrThrow({ where: { id } });

const off = '01-01..03 02-05..11 04-03..05 05-01..05 06-09 09-15 10-01..07';
const table = (days: string, work = ''): CalendarYear => ({
  source: '国办发明电〔2026〕9号',
  off: readDays('2027', days),
  work: readDays('2027', work),
});

/** An issue whose plan names a day; the last instant. */
async function planned(dueOn: string): Promise<{ issueId: string; now: Instant }> {
  const { issueIds } = await openRound(ledger.database, 1);
  const issueId = issueIds[0] ?? '';
  let now = await live(ledger, issueId, 2);
  const measures = [{ unitId: 'clinic', text: '修订制度', dueOn, sustained: false }];
  for (const [actor, command] of [
    ['handler', { type: 'proposePlan', rootCause: '制度缺失', measures }],
    ['leader', { type: 'approvePlan' }],
    ['office', { type: 'approvePlan' }],
    ['inspector', { type: 'reviewPlan', verdict: 'approved' }],
  ] as const) {
    now = addMillis(now, 3_600_000);
    const { outcome } = await act(ledger, issueId, actor, command, now);
    if (!outcome.accepted) throw new Error(JSON.stringify(outcome));
  }
  return { issueId, now };
}
const rectify = async (issueId: string) =>
  ledger.database.obligation.findFirstOrThrow({ where: { streamId: issueId, kind: 'rectify', closedAt: null } });

describe('a year without a holiday table', () => {
  const withAdmin = {
    ...people,
    persons: [...people.persons, { id: 'admin', name: 'admin', email: 'admin@linjiang.example' }],
    posts: [...people.posts, { personId: 'admin', unitId: 'bureau', role: 'admin' as const, title: '管理员', from: null, to: null }],
  };
  const enter = (year: CalendarYear, now: Instant, { actor = 'office', name = '2027' } = {}) =>
    act(ledger, 'base', actor, { type: 'enterCalendarYear', year: name, table: year }, now);

  it('is asked for; when it arrives, dates move, the ledger says why, and nothing fires that lies before', async () => {
    await importDirectory(ledger.database, withAdmin, { actor: 'admin', via: 'test', now: START });
    const { issueId, now } = await planned('2027-01-04');
    expect(await rectify(issueId)).toMatchObject({ provisional: true, dueOn: new Date('2027-01-04') });
    const asked = await streamOf('base');
    expect(asked.nextWakeAt && asked.nextWakeAt <= new Date(now)).toBe(true);

    await base(now);
    expect(await openDuties('base')).toEqual(['calendarTable:2027 admin 2026-12-10']);
    expect(await hear('base', 'calendarTable:2027')).toEqual(['opened admin']);

    // the green reminder stands on 15 December; with the table the day becomes 31 December, and the reminder 11 December
    const since = at('2026-12-11T09:00');
    await advance(ledger.database, issueId, addMillis(now, DAY_MS));
    const before = await streamOf(issueId);
    const { outcome, begun } = await enter(table('01-01..06 02-05..11 05-01..05 10-01..07', '01-09..10'), since, { actor: 'admin' });
    expect(outcome).toMatchObject({ accepted: true, events: ['calendarYearEntered'] });
    expect(begun.rollout).toBe(true);
    expect(await openDuties('base')).toEqual([]);
    expect((await outdatedStreams(ledger.database, '', 10)).map(({ id }) => id)).toEqual(['R1-001', 'base', 'round/R1']);

    const moved = await advance(ledger.database, issueId, since);
    const duty = await rectify(issueId);
    expect(duty).toMatchObject({ provisional: false, dueOn: new Date('2026-12-31') });
    const told = await toldOf(issueId);
    expect(told.find(({ type }) => type === 'datesMoved')?.payload).toEqual({
      because: 'calendar',
      policy: 'district-inspection@3',
      calendar: 'state-council/2025-11-04~1',
      moved: [{ dutyId: duty.id, from: '2027-01-04', to: '2026-12-31', provisional: false }],
    });
    expect(told.filter(({ type }) => type === 'rungsSuperseded').map(({ payload }) => payload)).toEqual([
      { dutyId: duty.id, rungs: [{ rung: 'before-20', occurrence: 0 }] },
    ]);
    expect(moved.nextWakeAt?.slice(0, 10)).toBe('2026-12-20');
    expect(before.nextWakeAt?.toISOString().slice(0, 10)).toBe('2026-12-14');
    expect((await streamOf(issueId)).nextWakeAt?.toISOString()).toBe(moved.nextWakeAt);

    const { version } = moved;
    expect((await advance(ledger.database, issueId, at('2026-12-16T09:00'))).version).toBe(version);
    await advance(ledger.database, issueId, at('2026-12-22T09:00'));
    expect((await hear(issueId, duty.id)).filter((line) => line.startsWith('before'))).toEqual([
      'before-10 handler',
      'before-10 head',
      'before-10 leader',
    ]);
    for (const id of ['base', 'round/R1']) await advance(ledger.database, id, since);
    expect(await outdatedStreams(ledger.database, '', 10)).toEqual([]);
  });

  it('is asked for once, whoever needs it; without an admin the stand-in hears', async () => {
    const one = await planned('2027-06-30');
    await base(one.now);
    const two = await planned('2027-09-30');
    await base(two.now);
    expect(await openDuties('base')).toEqual(['calendarTable:2027 admin 2026-12-10']);
    expect(await hear('base', 'calendarTable:2027')).toEqual(['opened clerk', 'opened office']);
    const version = (await streamOf('base')).version;
    await base(addMillis(two.now, DAY_MS));
    expect((await streamOf('base')).version).toBe(version);
  });

  it('is asked for when a day of it is due before it: 1 January moves back into the year before', async () => {
    const { issueId, now } = await planned('2027-01-02');
    expect(await rectify(issueId)).toMatchObject({ provisional: true, dueOn: new Date('2027-01-01') });
    await base(now);
    expect(await openDuties('base')).toEqual(['calendarTable:2027 admin 2026-12-10']);
    await enter(table('01-01..03 05-01..05 10-01..07'), at('2026-11-20T09:00'));
    await advance(ledger.database, issueId, at('2026-11-20T09:00'));
    expect(await rectify(issueId)).toMatchObject({ provisional: false, dueOn: new Date('2026-12-31') });
  });

  it('is asked for when only the next rung lies in it', async () => {
    const { issueId, now } = await planned('2026-12-31');
    expect(await rectify(issueId)).toMatchObject({ provisional: false });
    await base(now);
    expect(await openDuties('base')).toEqual([]);
    // what is overdue from New Year on counts its workdays in the new year
    await advance(ledger.database, issueId, at('2026-12-22T09:00'));
    await base(at('2026-12-22T09:00'));
    expect(await openDuties('base')).toEqual(['calendarTable:2027 admin 2027-01-05']);
  });

  it.each([
    ['calendar.doubled', table(`${off} 05-01`)],
    ['calendar.doubled', table(off, '01-02')],
    ['calendar.gap', table(off.replace('10-01..07', '10-01..05 10-07'))],
    ['calendar.gap', table(off.replace('05-01..05', '05-02..05'))],
    ['calendar.notWeekend', table(off, '02-12')],
    ['calendar.wrongYear', { ...table(off), off: [...table(off).off, localDate('2026-12-31')] }],
  ])('a bad table is refused with %s and changes nothing', async (code, bad) => {
    const { issueId, now } = await planned('2027-10-08');
    await base(now);
    const before = [await streamOf('base'), await streamOf(issueId), await ledger.database.calendarVersion.count()];
    const { outcome, begun } = await enter(bad, addMillis(now, 3_600_000));
    expect(outcome).toMatchObject({ accepted: false, rejection: { code } });
    expect(begun.rollout).toBe(false);
    expect([await streamOf('base'), await streamOf(issueId), await ledger.database.calendarVersion.count()]).toEqual(before);
    expect(await openDuties('base')).toEqual(['calendarTable:2027 admin 2026-12-10']);
  });

  it('a corrected table moves the dates again, and needs no new request', async () => {
    const { issueId, now } = await planned('2027-10-08');
    await base(now);
    await enter(table(off), at('2026-11-20T09:00'));
    await advance(ledger.database, issueId, at('2026-11-20T09:00'));
    expect(await rectify(issueId)).toMatchObject({ provisional: false, dueOn: new Date('2027-10-08') });
    await enter(table(off.replace('10-01..07', '10-01..08')), at('2026-11-23T09:00'), { actor: 'inspector' });
    await advance(ledger.database, issueId, at('2026-11-23T09:00'));
    expect(await rectify(issueId)).toMatchObject({ dueOn: new Date('2027-09-30') });
    expect((await typesOf(issueId)).filter((type) => type === 'datesMoved')).toHaveLength(2);
    expect((await typesOf('base')).filter((type) => type === 'tableMissed')).toHaveLength(1);
    expect(await enter(table(off), at('2026-11-24T09:00'), { actor: 'head' })).toMatchObject({
      outcome: { rejection: { code: 'role.notAllowed' } },
    });
  });
});

describe('posts', () => {
  const newHead = { id: 'newHead', name: '新任', email: 'newHead@linjiang.example' };
  const headed = (...heads: readonly Partial<Post>[]) => ({
    ...people,
    persons: [...people.persons, newHead, { ...newHead, id: 'third' }],
    posts: [
      ...people.posts.filter(({ personId }) => personId !== 'head'),
      ...heads.map((head): Post => ({
        personId: 'newHead',
        unitId: 'clinic',
        role: 'unitHead',
        title: '院长',
        from: null,
        to: null,
        ...head,
      })),
    ],
  });
  const put = (directory: ReturnType<typeof headed>, now: Instant) =>
    importDirectory(ledger.database, directory, { actor: 'admin', via: 'test', now });

  it('an issue that comes to a unit has its head watched at once', async () => {
    const { issueIds } = await openRound(ledger.database, 1);
    await base(START);
    const now = await live(ledger, issueIds[0] ?? '', 1);
    await base(now);
    const { state } = await ledger.database.base.findUniqueOrThrow({ where: { id: 'base' } });
    expect(state).toMatchObject({ seen: { 'unitHead:clinic': 'head', 'leadLeader:leader': 'leader', 'rectificationOffice:': 'clerk' } });
    expect(await openDuties('base')).toEqual([]);
  });

  it('a vacancy is owed, notices go to the office meanwhile; a new head signs the list and is spared red rungs', async () => {
    const { issueId, now } = await planned('2026-09-30');
    await base(now);
    const left = at('2026-09-18T10:00');
    await advance(ledger.database, issueId, left);
    await put(headed(), left);
    await base(left);
    expect(await openDuties('base')).toEqual(['vacancy:unitHead:clinic#1 rectificationOffice 2026-10-09']);
    expect(await hear('base', 'vacancy:unitHead:clinic#1')).toEqual(['opened clerk', 'opened office']);
    await advance(ledger.database, issueId, at('2026-09-21T09:00'));
    const duty = await rectify(issueId);
    expect(await hear(issueId, duty.id)).toEqual(
      expect.arrayContaining(['before-10 clerk', 'before-10 handler', 'before-10 leader', 'before-10 office']),
    );

    // the list of the office names no day: the head is new on the day of the import
    const came = at('2026-09-24T10:00');
    await put(headed({}), came);
    await base(came);
    expect((await typesOf('base')).slice(-2)).toEqual(['vacancyEnded', 'handoverOpened']);
    expect((await toldOf('base')).at(-1)?.payload).toEqual({
      seat: { role: 'unitHead', unitId: 'clinic', personId: null },
      from: null,
      to: 'newHead',
      items: [{ streamId: issueId, obligationId: duty.id, dueOn: '2026-09-30' }],
    });
    expect(await openDuties('base')).toEqual([
      'handover:unitHead:clinic#1 unitHead 2026-10-15',
      'signPaper:reminderLetter-1 rectificationOffice 2026-09-29',
    ]);
    expect(await hear('base', 'handover:unitHead:clinic#1')).toEqual(['opened newHead']);

    await put(headed({}), at('2026-09-25T10:00'));
    await base(at('2026-09-25T10:00'));
    expect((await typesOf('base')).at(-1)).toBe('handoverOpened');

    await advance(ledger.database, issueId, at('2026-10-15T23:00'));
    expect((await hear(issueId, duty.id)).filter((line) => /overdue|after/.test(line))).toEqual([]);
    await advance(ledger.database, issueId, at('2026-10-16T09:00'));
    const rungs = await ledger.database.rung.findMany({ where: { streamId: issueId, obligationId: duty.id, tone: { not: 'green' } } });
    expect(rungs.map(({ rung, how }) => `${rung} ${how}`).sort()).toEqual([
      'after-5 fired',
      'before-10 fired',
      'opened fired',
      'overdue superseded',
    ]);

    const sign = { type: 'signHandover', dutyId: 'handover:unitHead:clinic#1' };
    expect(await act(ledger, 'base', 'head', sign, at('2026-10-16T10:00'))).toMatchObject({
      outcome: { rejection: { code: 'role.notAllowed' } },
    });
    expect(await act(ledger, 'base', 'newHead', sign, at('2026-10-16T10:00'))).toMatchObject({ outcome: { accepted: true } });
    expect(await openDuties('base')).toEqual([]);
  });

  it('a direct change of heads is a handover; a second one before signing replaces it', async () => {
    const { now } = await planned('2026-09-30');
    await base(now);
    await put(headed({}), at('2026-06-01T10:00'));
    await base(at('2026-06-01T10:00'));
    await put(headed({ personId: 'third' }), at('2026-06-08T10:00'));
    await base(at('2026-06-08T10:00'));
    expect(await openDuties('base')).toEqual([
      'handover:unitHead:clinic#2 unitHead 2026-06-23',
      'signPaper:reminderLetter-2 rectificationOffice 2026-06-10',
    ]);
    const replaced = await ledger.database.notice.findMany({ where: { obligationId: 'handover:unitHead:clinic#1' } });
    expect(replaced.map(({ state, reason }) => [state, reason])).toEqual([['withdrawn', 'replaced']]);
  });

  it('the same directory again changes nothing', async () => {
    const { now } = await planned('2026-09-30');
    await base(now);
    const before = await typesOf('base');
    await put(headed({ personId: 'head' }), addMillis(now, DAY_MS));
    await base(addMillis(now, DAY_MS));
    expect(await typesOf('base')).toEqual(before);
  });

  it('posts that end and begin on known days wake the base data by themselves', async () => {
    await put(headed({ personId: 'head', to: localDate('2026-06-30') }, { from: localDate('2026-07-13') }), START);
    const { now } = await planned('2026-09-30');
    await base(now);
    expect((await streamOf('base')).nextWakeAt?.toISOString().slice(0, 10)).toBe('2026-06-30');
    await base(at('2026-07-01T01:00'));
    expect(await openDuties('base')).toEqual(['vacancy:unitHead:clinic#1 rectificationOffice 2026-07-15']);
    await base(at('2026-07-13T01:00'));
    expect(await openDuties('base')).toEqual([
      'handover:unitHead:clinic#1 unitHead 2026-07-27',
      'signPaper:reminderLetter-1 rectificationOffice 2026-07-15',
    ]);
  });

  it('a decision about the base data can be recorded from paper too', async () => {
    const { now } = await planned('2026-09-30');
    await base(now);
    await put(headed({}), at('2026-06-01T10:00'));
    await base(at('2026-06-01T10:00'));
    const sign = { type: 'signHandover', dutyId: 'handover:unitHead:clinic#1' };
    const recorded = { decider: { personId: 'newHead' }, paperOn: '2026-06-02', document: '交接清单签收页' };
    const { outcome } = await act(ledger, 'base', 'office', sign, at('2026-06-04T10:00'), { recorded });
    expect(outcome).toMatchObject({ accepted: true, events: ['handoverSigned'] });
    expect((await typesOf('base')).slice(-2)).toEqual(['decisionRecorded', 'handoverSigned']);
  });
});

import fc from 'fast-check';
import type { WorkCalendar } from '../../domain/calendar';
import type { RuleContext } from '../../domain/context';
import { emptyIssue } from '../../domain/issue/evolve';
import { issueKind } from '../../domain/issue/issue-kind';
import type { IssueState } from '../../domain/issue/types';
import { advance, dueAt } from '../../domain/obligation/advance';
import { agenda } from '../../domain/obligation/agenda';
import { changeRules, previewRules, type RuleChange } from '../../domain/obligation/change-rules';
import { open } from '../../domain/obligation/duties';
import type { CommonEvent } from '../../domain/obligation/events';
import { obligations } from '../../domain/obligation/obligations';
import { defaultPolicy } from '../../domain/policy/default-policy';
import type { ObligationKind, Policy, Term } from '../../domain/policy/policy';
import { emptyRound, evolveRound } from '../../domain/round/evolve';
import { roundKind } from '../../domain/round/round-kind';
import { addDays, addMillis, instant, localDate, type Instant } from '../../domain/time';
import { changed, type Changes } from './policy-changes';
import { day, rules, underWay, type Life } from './support';

const under = (changes: Changes): RuleContext => ({ ...rules, policy: { ...changed(defaultPolicy, changes), version: 4 } });
const withYear = (calendar: WorkCalendar, year: string, off: readonly string[], work: readonly string[] = []): RuleContext => ({
  ...rules,
  calendar: {
    version: `${calendar.version}~1`,
    years: { ...calendar.years, [year]: { source: 'test', off: off.map(day), work: work.map(day) } },
  },
});

const put = (life: Life, change: RuleChange) => {
  const { state, events } = changeRules(issueKind, life.state, change);
  return { state, events: events as readonly CommonEvent[] };
};
const types = (events: readonly CommonEvent[]): string[] => events.map(({ type }) => type);
/** The rungs of the rectification still to come, as days. */
const rungs = (state: IssueState, context: RuleContext, now: Instant): string[] =>
  agenda(state, context, now)
    .filter(({ obligation }) => obligation.duty.kind === 'rectify')
    .map(({ rung, at }) => `${rung.id} ${addMillis(at, 8 * 3_600_000).slice(0, 10)}`);

describe('a holiday table that arrives', () => {
  const off = ['2027-09-28', '2027-09-29', '2027-09-30', '2027-10-01'];
  const arrived = withYear(rules.calendar, '2027', off, ['2027-09-25']);
  const since = instant('2026-11-20T10:00+08:00');

  it('moves the day that rested on it, settles it, and says why', () => {
    const life = underWay({ due: '2027-09-30' });
    expect(
      obligations(life.state, rules)
        .filter(({ provisional }) => provisional)
        .map(({ duty }) => duty.id),
    ).toEqual(['rectify#2']);
    const { state, events } = put(life, { old: rules, next: arrived, since });
    expect(events).toEqual([
      {
        type: 'datesMoved',
        because: 'calendar',
        policy: 'district-inspection@3',
        calendar: 'state-council/2025-11-04~1',
        moved: [{ dutyId: 'rectify#2', from: '2027-09-30', to: '2027-09-27', provisional: false }],
      },
    ]);
    expect(rungs(state, rules, since).slice(0, 2)).toEqual(['before-20 2027-09-10', 'before-10 2027-09-20']);
    expect(rungs(state, arrived, since).slice(0, 2)).toEqual(['before-20 2027-09-07', 'before-10 2027-09-17']);
  });

  it('names a day that stays, when it is settled now', () => {
    const { events } = put(underWay({ due: '2027-09-24' }), { old: rules, next: arrived, since });
    expect(events).toMatchObject([{ moved: [{ dutyId: 'rectify#2', from: '2027-09-24', to: '2027-09-24', provisional: false }] }]);
  });

  it('a rung whose new instant lies before the change is superseded, never fired', () => {
    const life = underWay({ due: '2027-09-30' }).passesTo('2027-09-09T09:00+08:00');
    const late = instant('2027-09-09T10:00+08:00');
    const { state, events } = put(life, { old: rules, next: arrived, since: late });
    expect(events.slice(1)).toEqual([{ type: 'rungsSuperseded', dutyId: 'rectify#2', rungs: [{ rung: 'before-20', occurrence: 0 }] }]);
    expect(rungs(state, arrived, late)[0]).toBe('before-10 2027-09-17');
    expect(advance(issueKind, state, arrived, late).events).toEqual([]);
  });

  it('changes nothing where nothing rests on it', () => {
    expect(put(underWay(), { old: rules, next: arrived, since: instant('2026-05-06T10:00+08:00') }).events).toEqual([]);
  });
});

describe('a policy that comes in force', () => {
  const life = (): Life => underWay({ due: '2026-09-30' });
  const since = instant('2026-08-20T10:00+08:00');

  it('keeps the number, moves what has not fired, supersedes what would lie before', () => {
    const next = under({
      'ladders.rectify.value.1.offset': { days: -60 },
      'ladders.rectify.value.2.offset': { days: -30 },
    });
    const { state, events } = put(life(), { old: rules, next, since });
    expect(events).toEqual([
      { type: 'datesMoved', because: 'policy', policy: 'district-inspection@4', calendar: rules.calendar.version, moved: [] },
      { type: 'rungsSuperseded', dutyId: 'rectify#2', rungs: [{ rung: 'before-20', occurrence: 0 }] },
    ]);
    expect(state.duties.map(({ id }) => id)).toEqual(life().state.duties.map(({ id }) => id));
    expect(rungs(state, next, since)[0]).toBe('before-10 2026-08-31');
  });

  it('what was due before fires as it was announced, and stays fired', () => {
    const fired = life().passesTo('2026-09-21T09:00+08:00');
    const next = under({ 'ladders.rectify.value.2.offset': { days: -5 } });
    const { state } = put(fired, { old: rules, next, since: instant('2026-09-21T10:00+08:00') });
    expect(rungs(state, next, instant('2026-09-21T10:00+08:00'))[0]).toBe('overdue 2026-10-01');

    const missed = put(life(), { old: rules, next, since: instant('2026-09-21T10:00+08:00') });
    expect(types(missed.events)).toEqual(['rungsSuperseded', 'rungFired']);
    expect(missed.events[1]).toMatchObject({ rung: 'before-10' });
  });

  it('taken in late, one rung of a duty is left to fire, not two', () => {
    const next = under({ 'ladders.rectify.value.2.offset': { days: -9 } });
    const now = instant('2026-10-08T10:00+08:00');
    const change = { old: rules, next, since: instant('2026-09-15T10:00+08:00'), now };
    const { state, events } = put(life(), change);
    expect(types(events)).toEqual(['rungsSuperseded']);
    const after = advance(issueKind, state, next, now).events as readonly CommonEvent[];
    expect(after.filter(({ type }) => type === 'rungFired')).toMatchObject([{ rung: 'overdue' }]);
    expect(state.lastOccurredAt).toBe(now);
  });

  it('moves a term of a round with the same duties, and opens cadences by its own rhythm', () => {
    const opened = evolveRound(
      emptyRound('round/R1'),
      {
        type: 'roundOpened',
        name: 'R1',
        inspectedBody: null,
        inspectingBody: null,
        feedbackOn: day('2026-03-02'),
        source: null,
        issues: 1,
        supervised: { source: 'inspection', policy: 'district-inspection@3', organisationId: null },
      },
      { actor: 'office', occurredAt: instant('2026-03-02T09:00+08:00') },
    );
    const next = under({ 'terms.concentratedPeriod.value': { months: 6 } });
    const change = { old: rules, next, since: instant('2026-03-05T09:00+08:00') };
    const { state, events } = changeRules(roundKind, opened, change);
    expect(events).toMatchObject([
      { type: 'rungFired' },
      { type: 'rungFired' },
      { type: 'rungFired' },
      {
        type: 'datesMoved',
        because: 'policy',
        moved: [{ dutyId: 'organisationReport#1', from: '2026-06-02', to: '2026-09-02' }, { dutyId: 'secretaryReport#1' }],
      },
    ]);
    expect(obligations(state, next).map(({ duty, dueOn }) => `${duty.id} ${dueOn}`)).toEqual([
      'roundPlan#1 2026-04-02',
      'organisationReport#1 2026-09-02',
      'secretaryReport#1 2026-09-02',
    ]);
  });

  it('two rounds with different policies go side by side', () => {
    const other = under({ 'ladders.rectify.value.1.offset': { days: -40 } });
    const one = life().passesTo('2026-08-22T09:00+08:00');
    const two = life().under(other).passesTo('2026-08-22T09:00+08:00');
    expect(one.state.duties.find(({ id }) => id === 'rectify#2')?.fired).not.toHaveProperty('before-20@0');
    expect(two.state.duties.find(({ id }) => id === 'rectify#2')?.fired).toHaveProperty('before-20@0', 'fired');
  });
});

describe('a preview', () => {
  const life = underWay({ due: '2026-09-30' });
  const since = instant('2026-08-20T10:00+08:00');
  const next = under({ 'ladders.rectify.value.1.offset': { days: -60 }, 'ladders.rectify.value.3.offset': { days: 3 } });

  it('lists moved and superseded rungs, writes nothing, and is what the deed does', () => {
    const before = JSON.stringify(life.state);
    const preview = previewRules(issueKind, [life.state], { old: rules, next, since });
    expect(preview).toEqual([
      {
        accountId: 'R1-001',
        moved: [],
        superseded: [{ dutyId: 'rectify#2', rung: 'before-20', occurrence: 0 }],
        rungs: [
          expect.objectContaining({
            dutyId: 'rectify#2',
            rung: 'overdue',
            from: expect.stringMatching('^2026-09-30') as string,
            to: expect.stringMatching('^2026-10-02') as string,
          }),
        ],
      },
    ]);
    expect(JSON.stringify(life.state)).toBe(before);
    expect(put(life, { old: rules, next, since }).events.flatMap((event) => (event.type === 'rungsSuperseded' ? event.rungs : []))).toEqual(
      [{ rung: 'before-20', occurrence: 0 }],
    );
  });

  it('names moved days of duties, and only accounts in which something moves', () => {
    const longer = under({ 'terms.planReview.value': { workdays: 20 } });
    expect(previewRules(issueKind, [life.state], { old: rules, next: longer, since })).toEqual([]);
    expect(previewRules(issueKind, [life.state], { old: rules, next: rules, since })).toEqual([]);
    const soon = withYear(rules.calendar, '2026', ['2026-09-28', '2026-09-29', '2026-09-30']);
    expect(
      previewRules(issueKind, [life.state, { ...life.state, id: 'R1-002', duties: [] }], { old: rules, next: soon, since }),
    ).toMatchObject([{ accountId: 'R1-001', moved: [{ dutyId: 'rectify#2', from: '2026-09-30', to: '2026-09-25' }] }]);
  });
});

describe('whatever changes', () => {
  const START = instant('2026-03-02T09:00+08:00');
  const days = fc.integer({ min: 0, max: 420 });
  const term: fc.Arbitrary<Term> = fc.oneof(
    fc.record({ days: fc.integer({ min: 1, max: 120 }) }),
    fc.record({ workdays: fc.integer({ min: 1, max: 60 }) }),
    fc.record({ months: fc.integer({ min: 1, max: 12 }) }),
  );
  const kinds = ['rectify', 'receipt', 'planApproval', 'review', 'checkBackDraw', 'upkeep'] as const satisfies readonly ObligationKind[];
  const terms = {
    rectify: 'concentratedPeriod',
    receipt: 'receipt',
    planApproval: 'planApproval',
    review: 'review',
    checkBackDraw: 'checkBackDraw',
    upkeep: 'upkeep',
  } as const;
  const duty = fc.record({
    kind: fc.constantFrom(...kinds),
    opened: days,
    due: fc.oneof(fc.record({ named: days }), fc.record({ from: days })),
  });
  const policy: fc.Arbitrary<Policy> = fc
    .record({
      values: fc.record(Object.fromEntries(kinds.map((kind) => [terms[kind], term]))),
      shift: fc.integer({ min: -15, max: 15 }),
      short: fc.integer({ min: 0, max: 40 }),
    })
    .map(({ values, shift, short }): Policy => ({
      ...defaultPolicy,
      version: 4,
      terms: {
        ...defaultPolicy.terms,
        ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { ...defaultPolicy.terms.plan, value }])),
      },
      shortSpanDays: { ...defaultPolicy.shortSpanDays, value: short },
      ladders: {
        ...defaultPolicy.ladders,
        rectify: {
          ...defaultPolicy.ladders.rectify,
          value: defaultPolicy.ladders.rectify.value.map((rung) =>
            rung.offset !== 'opened' && 'days' in rung.offset ? { ...rung, offset: { days: rung.offset.days + shift } } : rung,
          ),
        },
      },
    }));
  const calendar: fc.Arbitrary<WorkCalendar> = fc
    .record({ off: fc.uniqueArray(days, { maxLength: 40 }), covered: fc.boolean() })
    .map(({ off, covered }): WorkCalendar => ({
      version: 'c2',
      years: {
        ...rules.calendar.years,
        '2026': { source: 'test', off: off.map((n) => addDays(localDate('2026-03-02'), n)), work: [] },
        ...(covered ? { '2027': { source: 'test', off: [], work: [] } } : {}),
      },
    }));

  const account = fc.array(duty, { minLength: 1, maxLength: 5 }).map((duties): IssueState =>
    duties
      .sort((a, b) => a.opened - b.opened)
      .reduce<IssueState>(
        (state, { kind, opened, due }) => {
          const at = addMillis(START, opened * 86_400_000);
          const date = (n: number) => addDays(localDate('2026-03-02'), n);
          return open({ ...state, lastOccurredAt: at }, at, {
            kind,
            holder: kind === 'planApproval' ? 'leadLeader' : 'unitHead',
            due: 'named' in due ? { named: date(due.named) } : { term: terms[kind], from: date(due.from) },
          });
        },
        {
          ...emptyIssue('R1-001'),
          phase: 'rectifying',
          lastOccurredAt: START,
          assignment: { leadUnitId: 'clinic', leadLeaderId: 'leader', leaderInChargeId: null, handlerId: null, coUnitIds: [] },
        },
      ),
  );
  const change = fc.record({
    account,
    policy,
    calendar,
    ran: days,
    slept: fc.integer({ min: 0, max: 200 }),
    late: fc.integer({ min: 0, max: 60 }),
  });

  it('nothing with an instant before the change is left, fired stays fired, nothing fires twice, one rung a duty is left', () => {
    fc.assert(
      fc.property(change, ({ account: born, policy: nextPolicy, calendar: nextCalendar, ran, slept, late }) => {
        const next = { ...rules, policy: nextPolicy, calendar: nextCalendar };
        const at = (base: Instant, n: number): Instant => addMillis(base, n * 86_400_000);
        const lived = advance(issueKind, born, rules, at(born.lastOccurredAt, ran)).state;
        const since = at(lived.lastOccurredAt, slept);
        const now = at(since, late);
        const { state, events } = changeRules(issueKind, lived, { old: rules, next, since, now });

        expect(dueAt(state, next, since)).toEqual([]);
        expect(state.duties.slice(0, lived.duties.length).map(({ id, due }) => [id, due])).toEqual(
          lived.duties.map(({ id, due }) => [id, due]),
        );
        for (const before of lived.duties) expect(state.duties.find(({ id }) => id === before.id)?.fired).toMatchObject(before.fired);
        expect(previewRules(issueKind, [lived], { old: rules, next, since, now }).flatMap(({ moved }) => moved)).toEqual(
          (events as readonly CommonEvent[]).flatMap((event) => (event.type === 'datesMoved' ? event.moved : [])),
        );

        const after = advance(issueKind, state, next, now);
        const marks = ([...events, ...after.events] as readonly CommonEvent[]).flatMap((event) =>
          event.type === 'rungFired'
            ? [`${event.dutyId} ${event.rung}@${event.occurrence}`]
            : event.type === 'rungsSuperseded'
              ? event.rungs.map(({ rung, occurrence }) => `${event.dutyId} ${rung}@${occurrence}`)
              : [],
        );
        expect(new Set(marks).size).toBe(marks.length);
        for (const mark of marks) {
          const [dutyId = '', rung = ''] = mark.split(' ');
          expect(lived.duties.find(({ id }) => id === dutyId)?.fired ?? {}).not.toHaveProperty([rung]);
        }
        const fired = [...events, ...after.events].flatMap((event) => (event.type === 'rungFired' ? [event.dutyId] : []));
        expect(new Set(fired).size).toBe(fired.length);
        // once more the same rules change nothing
        expect(changeRules(issueKind, after.state, { old: next, next, since: now }).events).toEqual([]);
      }),
      { numRuns: 400, seed: 20260302 },
    );
  });
});

import fc from 'fast-check';
import { defaultPolicy } from '../../domain/policy/default-policy';
import type { Cadence } from '../../domain/policy/policy';
import type { RuleContext } from '../../domain/context';
import type { IssueState, Phase } from '../../domain/issue/types';
import type { RoundEventOf } from '../../domain/round/events';
import { cadenceFigures } from '../../domain/round/figures';
import { periodOf, slotIn } from '../../domain/round/figures-period';
import { figureRows, namedMatters } from '../../domain/round/figures-table';
import { addDays } from '../../domain/time';
import { by, opened } from './round-support';
import { closed, day, handedIn, registered, rules, underWay } from './support';

const rhythm = (every: Cadence['every'], during: Cadence['during'] = 'round'): { cadence: Cadence; context: RuleContext } => {
  const cadence: Cadence = { id: every, label: '调度', every, during };
  return { cadence, context: { ...rules, policy: { ...defaultPolicy, cadences: { ...defaultPolicy.cadences, value: [cadence] } } } };
};

describe('the period of a day', () => {
  it.each([
    ['week', '2026-03-04', '2026-03-02', '2026-03-08', '2026-03-15'],
    ['week', '2026-03-01', '2026-02-23', '2026-03-01', '2026-03-08'],
    ['halfMonth', '2026-02-15', '2026-02-01', '2026-02-15', '2026-02-28'],
    ['halfMonth', '2026-02-16', '2026-02-16', '2026-02-28', '2026-03-15'],
    ['month', '2026-12-31', '2026-12-01', '2026-12-31', '2027-01-31'],
  ] as const)('%s of %s', (every, on, first, last, nextLast) => {
    expect(periodOf(every, day(on))).toEqual({ first, last, nextLast });
  });

  it('a day is in its own period, and so is every day of it', () => {
    const anyDay = fc.integer({ min: 0, max: 1500 }).map((days) => addDays(day('2025-01-01'), days));
    fc.assert(
      fc.property(fc.constantFrom('week' as const, 'halfMonth' as const, 'month' as const), anyDay, (every, on) => {
        const { first, last, nextLast } = periodOf(every, on);
        expect(first <= on && on <= last && last < nextLast).toBe(true);
        expect(periodOf(every, first)).toEqual(periodOf(every, last));
        expect(periodOf(every, addDays(last, 1))).toMatchObject({ first: addDays(last, 1), last: nextLast });
      }),
    );
  });
});

describe('the date of the cadence in a period', () => {
  it.each([
    ['week', 'round'],
    ['halfMonth', 'concentratedPeriod'],
    ['halfMonth', 'round'],
    ['month', 'round'],
  ] as const)('%s, %s: every date that the engine opens, numbered in order', (every, during) => {
    const { cadence, context } = rhythm(every, during);
    const life = opened({ context, feedbackOn: '2025-12-29', at: '2025-12-29T09:00+08:00' }).passesTo('2026-08-20T23:59+08:00');
    const dates = life.history
      .map(({ event }) => event)
      .filter((event): event is RoundEventOf<'cadenceOpened'> => event.type === 'cadenceOpened');
    expect(dates.length).toBeGreaterThan(4);
    const slots = dates.map(({ on }) => slotIn(periodOf(every, on), life.state, cadence, context));
    expect(slots.map((slot) => slot && [slot.number, slot.on, slot.until])).toEqual(
      dates.map(({ on, until }, index) => [index + 1, on, until]),
    );
    expect(slots.at(0)?.state).toBe('lapsed');
    expect(slots.at(-1)?.state).toBe('open');
  });

  const { cadence, context } = rhythm('halfMonth', 'concentratedPeriod');
  const at = (life: ReturnType<typeof opened>, on: string) => slotIn(periodOf('halfMonth', day(on)), life.state, cadence, context);

  it('held, open, and still to come', () => {
    const life = opened({ context })
      .passesTo('2026-03-16T09:00+08:00')
      .when('2026-03-17T09:00+08:00', by('office', { type: 'holdMeeting' }))
      .passesTo('2026-04-01T09:00+08:00');
    expect(['2026-03-16', '2026-04-01', '2026-04-16'].map((on) => at(life, on)?.state)).toEqual(['held', 'open', 'coming']);
    expect(at(life, '2026-03-20')).toMatchObject({ number: 1, dutyId: 'cadence:halfMonth:2026-03-16' });
  });

  it('none in the half month of the feedback, after the concentrated period, or in a round that is closed', () => {
    const life = opened({ context }).passesTo('2026-04-01T09:00+08:00');
    expect(at(life, '2026-03-02')).toBeNull();
    expect(at(life, '2027-01-02')).toBeNull();
    const over = { ...life.state, phase: 'closed' as const };
    expect(slotIn(periodOf('halfMonth', day('2026-04-16')), over, cadence, context)).toBeNull();
    expect(slotIn(periodOf('halfMonth', day('2026-04-01')), { ...life.state, policy: null }, cadence, context)).toBeNull();
  });
});

const issue = (state: IssueState, number: number, part: Partial<IssueState> = {}): IssueState => ({
  ...state,
  id: `R1-${String(number).padStart(3, '0')}`,
  number,
  ...part,
});
const sheet = (after: readonly IssueState[], before: readonly IssueState[] = after) =>
  cadenceFigures({ before, after, on: day('2026-06-16'), until: day('2026-06-30') }, rules);

describe('the table of units', () => {
  it('each finding in one column; late issues counted once', () => {
    const led = (unitId: string, state: IssueState, number: number, part: Partial<IssueState> = {}) =>
      issue(state, number, { assignment: state.assignment && { ...state.assignment, leadUnitId: unitId }, ...part });
    const figures = sheet([
      led('clinic', closed().state, 1, { tail: true }),
      led('clinic', closed().state, 2),
      led('clinic', handedIn().state, 3, { returns: 2 }),
      led('clinic', underWay({ due: '2026-06-10' }).state, 4),
      led('clinic', underWay({ due: '2026-06-24' }).state, 5),
      led('clinic', underWay().state, 6, { phase: 'void', duties: [] }),
      led('depot', underWay({ due: '2026-06-10' }).state, 7),
      issue(registered().state, 8),
    ]);
    const { rows, total } = figureRows(figures);
    expect(rows.map(({ unitId, ...row }) => [unitId, ...Object.values(row)])).toEqual([
      ['clinic', 6, 2, 1, 0, 1, 2, 1, 1, 1, 2, 40],
      ['depot', 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0],
      [null, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0],
    ]);
    expect(total).toMatchObject({
      fedBack: 8,
      closed: 2,
      awaiting: 1,
      underWay: 4,
      other: 1,
      dueSoon: 1,
      overdue: 2,
      completedPercent: 28.5,
    });
  });

  it('an issue that two units are late with is one in the total', () => {
    const state = underWay({ due: '2026-06-10' }).state;
    const [first] = state.duties;
    if (!first) throw new Error('no duty');
    const part = { ...first, id: 'measure:m2', kind: 'measure' as const, holder: 'unitHead' as const, unitId: 'depot', closedAt: null };
    const figures = sheet([issue(state, 1, { duties: [...state.duties, { ...part, due: { named: day('2026-06-12') } }] })]);
    const { rows, total } = figureRows(figures);
    expect(rows.map(({ unitId, fedBack, overdue }) => [unitId, fedBack, overdue])).toEqual([
      ['clinic', 1, 1],
      ['depot', 0, 1],
    ]);
    expect(total.overdue).toBe(1);
    expect(rows[1]?.completedPercent).toBeNull();
  });

  it('the columns add up whatever the phases, and nothing is complete before all is', () => {
    const phases: readonly Phase[] = [
      ...(['registered', 'rectifying', 'closeoutRequested', 'checkBack', 'underReview', 'closed', 'upkeep', 'consolidated'] as const),
      ...(['stageCompleted', 'suspended', 'withdrawn', 'void', 'transferred'] as const),
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...phases), { maxLength: 12 }), (all) => {
        const { total } = figureRows(sheet(all.map((phase, index) => issue(registered().state, index + 1, { phase, duties: [] }))));
        const { fedBack, closed: done, stageCompleted, awaiting, underWay: going, other, completedPercent } = total;
        expect(done + stageCompleted + awaiting + going + other).toBe(fedBack);
        expect(completedPercent === 100).toBe(done > 0 && stageCompleted + awaiting + going === 0 && !all.includes('suspended'));
      }),
    );
  });
});

describe('what is called out by number', () => {
  it('what is overdue at its unit, and what was sent back or relapsed in the period', () => {
    const late = issue(underWay({ due: '2026-06-10' }).state, 1);
    const back = issue(handedIn().state, 2);
    const fine = issue(underWay({ due: '2026-09-30' }).state, 3);
    const figures = sheet([{ ...late, returns: 1 }, { ...back, relapses: 1 }, fine], [late, back, fine]);
    expect(namedMatters(figures, [late, back, fine])).toEqual([
      { issueId: 'R1-001', unitId: 'clinic', reasons: ['整改逾期6日（期限2026-06-10）', '本期退回'] },
      { issueId: 'R1-002', unitId: 'clinic', reasons: ['本期认定反弹'] },
    ]);
    expect(namedMatters(sheet([fine]), [fine])).toEqual([]);
  });
});

import { stateCouncilCalendar } from '../../domain/calendar-data';
import { isWorkday } from '../../domain/calendar';
import type { RuleContext } from '../../domain/context';
import { forecast } from '../../domain/obligation/forecast';
import { defaultPolicy } from '../../domain/policy/default-policy';
import type { Cadence } from '../../domain/policy/policy';
import type { RoundCommand } from '../../domain/round/commands';
import type { RoundEventOf } from '../../domain/round/events';
import { nextSlots, nextStart } from '../../domain/round/cadence';
import { roundKind } from '../../domain/round/round-kind';
import { instant } from '../../domain/time';
import { day, text } from './life';
import { rules } from './people';
import {
  accepted,
  by,
  campaignRules,
  closedBy,
  firedIn,
  given,
  happened,
  inCampaign,
  opened,
  refused,
  type RoundLife,
  tellsOf,
} from './round-support';

const cadence = (every: Cadence['every'], during: Cadence['during'] = 'round'): RuleContext => ({
  ...rules,
  policy: { ...defaultPolicy, cadences: { ...defaultPolicy.cadences, value: [{ id: every, label: '调度', every, during }] } },
});
const dates = (life: RoundLife): string[] =>
  life.history
    .map(({ event }) => event)
    .filter((event): event is RoundEventOf<'cadenceOpened'> => event.type === 'cadenceOpened')
    .map(({ on, until }) => `${on} ${until}`);
const aYear = (context: RuleContext, feedbackOn = '2025-12-29'): string[] =>
  dates(opened({ context, feedbackOn, at: `${feedbackOn}T09:00+08:00` }).passesTo('2026-12-31T23:59+08:00'));
const open = (life: RoundLife): string[] =>
  life.state.duties.filter(({ kind, closedAt }) => kind === 'cadence' && closedAt === null).map(({ id }) => id);

describe('the dates of a cadence', () => {
  it.each([
    ['week', '2026-03-02', '2026-03-09'],
    ['week', '2026-03-08', '2026-03-09'],
    ['halfMonth', '2026-03-01', '2026-03-16'],
    ['halfMonth', '2026-03-15', '2026-03-16'],
    ['halfMonth', '2026-03-16', '2026-04-01'],
    ['halfMonth', '2026-12-31', '2027-01-01'],
    ['month', '2026-01-31', '2026-02-01'],
    ['month', '2026-12-01', '2027-01-01'],
  ] as const)('the next %s after %s starts on %s', (every, from, to) => {
    expect(nextStart(every, day(from))).toBe(to);
  });

  it('monthly over a year of holidays: the first workday, until the last day of the month', () => {
    expect(aYear(cadence('month'))).toEqual([
      '2026-01-04 2026-01-31',
      '2026-02-02 2026-02-28',
      '2026-03-02 2026-03-31',
      '2026-04-01 2026-04-30',
      '2026-05-06 2026-05-31',
      '2026-06-01 2026-06-30',
      '2026-07-01 2026-07-31',
      '2026-08-03 2026-08-31',
      '2026-09-01 2026-09-30',
      '2026-10-08 2026-10-31',
      '2026-11-02 2026-11-30',
      '2026-12-01 2026-12-31',
    ]);
  });

  it('half-monthly over a year: twenty-four, each on a workday and held within its half', () => {
    const own = aYear(cadence('halfMonth'));
    expect(own).toHaveLength(24);
    expect(own.slice(1, 5)).toEqual(['2026-01-16 2026-01-31', '2026-02-02 2026-02-15', '2026-02-24 2026-02-28', '2026-03-02 2026-03-15']);
    for (const line of own) expect(isWorkday(stateCouncilCalendar, day(line.slice(0, 10)))).toBe(true);
  });

  it('weekly: the week of the Spring Festival, off altogether, has none and does not swallow the next', () => {
    const own = aYear(cadence('week'));
    // fifty-two weeks after the first, less the one that is off
    expect(own).toHaveLength(51);
    expect(own.filter((line) => line.startsWith('2026-02'))).toEqual([
      '2026-02-02 2026-02-08',
      '2026-02-09 2026-02-15',
      '2026-02-24 2026-03-01',
    ]);
    // the week of the National Day begins on the Thursday after it
    expect(own.filter((line) => line.startsWith('2026-10')).slice(0, 2)).toEqual(['2026-10-08 2026-10-11', '2026-10-12 2026-10-18']);
    for (const line of own) expect(line.slice(0, 10) <= line.slice(11)).toBe(true);
  });

  it('a year without a table goes by weekends', () => {
    const life = opened({ context: cadence('month'), feedbackOn: '2026-12-01', at: '2026-12-01T09:00+08:00' });
    expect(dates(life.passesTo('2027-03-31T09:00+08:00'))).toEqual([
      '2027-01-01 2027-01-31',
      '2027-02-01 2027-02-28',
      '2027-03-01 2027-03-31',
    ]);
  });
});

describe('during the concentrated period', () => {
  it('half-monthly until its end; the last date is to be held within it', () => {
    expect(dates(opened().passesTo('2026-12-31T23:59+08:00'))).toEqual([
      '2026-03-16 2026-03-31',
      '2026-04-01 2026-04-15',
      '2026-04-16 2026-04-30',
      '2026-05-06 2026-05-15',
      '2026-05-18 2026-05-31',
      '2026-06-01 2026-06-02',
    ]);
  });

  it('a longer period moves the end with it', () => {
    const { terms } = defaultPolicy;
    const policy = { ...defaultPolicy, terms: { ...terms, concentratedPeriod: { ...terms.concentratedPeriod, value: { months: 4 } } } };
    const life = opened()
      .passesTo('2026-05-20T09:00+08:00')
      .under({ ...rules, policy });
    expect(dates(life.passesTo('2026-12-31T23:59+08:00')).slice(5)).toEqual([
      '2026-06-01 2026-06-15',
      '2026-06-16 2026-06-30',
      '2026-07-01 2026-07-02',
    ]);
  });

  it('an old round keeps the rhythm of its new period, from the date that runs', () => {
    const life = opened({ feedbackOn: '2025-03-03', at: '2026-03-18T09:00+08:00' });
    expect(dates(life)).toEqual(['2026-03-16 2026-03-31']);
    expect(dates(life.passesTo('2027-12-31T09:00+08:00')).at(-1)).toBe('2026-06-16 2026-06-18');
  });
});

describe('a date that has come', () => {
  const hold = (cadenceId?: string): RoundCommand => ({
    type: 'holdMeeting',
    ...(cadenceId ? { cadence: cadenceId } : {}),
    minutes: text('minutes'),
  });

  it('reminds the rectification office, once more in yellow when it was not held, and nobody above', () => {
    const life = given(opened()).passesTo('2026-05-31T23:00+08:00');
    const told = firedIn(life).filter(({ kind }) => kind === 'cadence');
    expect([...new Set(told.map(({ rung, tone }) => `${rung} ${tone}`))]).toEqual(['opened none', 'half-time yellow', 'overdue yellow']);
    expect(new Set(told.flatMap(({ recipients }) => recipients.map(({ personId }) => personId)))).toEqual(new Set(['clerk', 'office']));
  });

  it('held, it is done', () => {
    given(opened())
      .when('2026-03-18T09:00+08:00', by('office', hold()))
      .then(
        happened('cadenceHeld', { dutyId: 'cadence:half-monthly:2026-03-16' }),
        closedBy('cadence:half-monthly:2026-03-16', 'cadenceHeld'),
      )
      .when('2026-03-19T09:00+08:00', by('office', hold()))
      .then(refused('cadence.none'));
  });

  it('not held, it lapses when the next one comes', () => {
    const life = given(opened()).passesTo('2026-04-02T09:00+08:00');
    life.then(closedBy('cadence:half-monthly:2026-03-16', 'lapsed'));
    expect(open(life)).toEqual(['cadence:half-monthly:2026-04-01']);
  });

  it('the last one of the period stays, yellow, until it is held', () => {
    const life = given(opened()).passesTo('2026-08-01T09:00+08:00');
    life.then(tellsOf('cadence:half-monthly:2026-06-01', '2026-06-01 opened > clerk office', '2026-06-03 overdue > clerk office'));
    life.when('2026-08-03T09:00+08:00', by('clerk', hold())).then(accepted);
  });

  it('of several missed in a downtime only the last opens, from when it was noticed', () => {
    const life = given(opened().when('2026-03-03T09:00+08:00')).when('2026-05-20T09:00+08:00');
    expect(dates(life)).toEqual(['2026-05-18 2026-05-31']);
    expect(life.state.duties.find(({ kind }) => kind === 'cadence')?.openedAt).toBe('2026-05-20T01:00:00.000Z');
    expect(firedIn(life).filter(({ kind }) => kind === 'cadence')).toHaveLength(1);
  });

  it('noticed after the whole period, the last one is told once, as not held', () => {
    const life = given(opened().when('2026-03-03T09:00+08:00')).when('2026-09-01T09:00+08:00');
    expect(dates(life)).toEqual(['2026-06-01 2026-06-02']);
    expect(firedIn(life).flatMap(({ kind, rung }) => (kind === 'cadence' ? [rung] : []))).toEqual(['overdue']);
    expect(dates(life.passesTo('2027-09-01T09:00+08:00'))).toHaveLength(1);
  });

  it('on its day it is owed from the instant that was forecast, however late that day the engine wakes', () => {
    const before = given(opened()).passesTo('2026-03-15T09:00+08:00');
    const [foretold] = forecast(roundKind, before.state, before.context, instant('2026-03-16T23:00+08:00'));
    const [told] = firedIn(before.when('2026-03-16T17:00+08:00'));
    expect(told).toEqual(foretold);
  });
});

describe('a campaign', () => {
  it('has a weekly and a monthly rhythm beside each other, as long as the round is open', () => {
    const life = inCampaign().passesTo('2026-04-02T09:00+08:00');
    expect(dates(life)).toEqual([
      '2026-03-09 2026-03-15',
      '2026-03-16 2026-03-22',
      '2026-03-23 2026-03-29',
      '2026-03-30 2026-04-05',
      '2026-04-01 2026-04-30',
    ]);
    expect(open(life)).toEqual(['cadence:weekly:2026-03-30', 'cadence:monthly:2026-04-01']);
    expect(nextSlots(life.state, campaignRules).map(({ cadence: id, on }) => `${id} ${on}`)).toEqual([
      'weekly 2026-04-07',
      'monthly 2026-05-06',
    ]);
  });

  it('a meeting is of the date due first, or of the cadence that is named', () => {
    const life = given(inCampaign().passesTo('2026-04-02T09:00+08:00'));
    life
      .when('2026-04-02T10:00+08:00', by('office', { type: 'holdMeeting' }))
      .then(happened('cadenceHeld', { dutyId: 'cadence:weekly:2026-03-30' }));
    const monthly = life.when('2026-04-02T10:00+08:00', by('office', { type: 'holdMeeting', cadence: 'monthly' }));
    monthly.then(happened('cadenceHeld', { dutyId: 'cadence:monthly:2026-04-01' }));
    monthly.when('2026-04-02T11:00+08:00', by('office', { type: 'holdMeeting', cadence: 'monthly' })).then(refused('cadence.none'));
  });

  it('goes on for two years when nobody closes it', () => {
    const all = dates(inCampaign().passesTo('2028-03-01T09:00+08:00'));
    expect(all.length).toBeGreaterThan(120);
    expect(new Set(all).size).toBe(all.length);
  });
});

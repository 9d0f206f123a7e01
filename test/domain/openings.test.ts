import { stateCouncilCalendar as calendar } from '../../domain/calendar-data';
import { nextOpening } from '../../domain/openings';
import type { Role } from '../../domain/roles';
import type { Tone } from '../../domain/policy/policy';
import { instant } from '../../domain/time';

const opens = (time: string, roles: readonly Role[], tone: Tone = 'yellow') => nextOpening(calendar, instant(time), { roles, tone });

describe('handlers and heads are told at 08:30 of a working day', () => {
  it.each([
    ['a rung of the night', '2026-03-03T00:20+08:00', '2026-03-03T08:30+08:00'],
    ['just before the opening', '2026-03-03T08:29:59+08:00', '2026-03-03T08:30+08:00'],
    ['at the opening itself: the next one', '2026-03-03T08:30+08:00', '2026-03-04T08:30+08:00'],
    ['in the evening', '2026-03-03T20:00+08:00', '2026-03-04T08:30+08:00'],
    ['on Friday after the opening', '2026-03-06T09:00+08:00', '2026-03-09T08:30+08:00'],
    ['on a Sunday that is worked', '2026-09-20T00:20+08:00', '2026-09-20T08:30+08:00'],
    ['in the National Day week', '2026-10-01T00:20+08:00', '2026-10-08T08:30+08:00'],
    ['on the Saturday that is worked after it', '2026-10-09T09:00+08:00', '2026-10-10T08:30+08:00'],
    ['in the Spring Festival', '2026-02-14T09:00+08:00', '2026-02-24T08:30+08:00'],
    ['in a year without a table: Monday to Friday', '2027-10-01T00:20+08:00', '2027-10-01T08:30+08:00'],
  ])('%s', (_, time, opening) => {
    for (const role of ['handler', 'unitHead', 'liaison', 'rectificationOffice', 'inspectionOffice', 'disciplineGroup'] as const)
      expect(opens(time, [role])).toBe(instant(opening));
  });
});

describe('leaders are told on the first working day of a week', () => {
  it.each([
    ['on Monday night', '2026-03-02T00:20+08:00', '2026-03-02T08:30+08:00'],
    ['on Monday after the opening', '2026-03-02T09:00+08:00', '2026-03-09T08:30+08:00'],
    ['in mid-week', '2026-03-04T00:20+08:00', '2026-03-09T08:30+08:00'],
    ['before a Monday off: that Tuesday', '2026-04-02T09:00+08:00', '2026-04-07T08:30+08:00'],
    ['a make-up Sunday ends its week and opens none', '2026-09-18T09:00+08:00', '2026-09-21T08:30+08:00'],
    ['after a whole week off', '2026-02-13T09:00+08:00', '2026-02-24T08:30+08:00'],
    ['the National Day week begins on Monday still', '2026-09-25T09:00+08:00', '2026-09-28T08:30+08:00'],
    ['and the next has its first day on Thursday', '2026-09-30T09:00+08:00', '2026-10-08T08:30+08:00'],
  ])('%s', (_, time, opening) => {
    for (const role of ['leadLeader', 'leaderInCharge', 'firstResponsible', 'leadingGroup'] as const)
      for (const tone of ['none', 'green', 'yellow'] as const) expect(opens(time, [role], tone)).toBe(instant(opening));
  });

  it('but on the next working day when it is red', () => {
    expect(opens('2026-03-04T00:20+08:00', ['leadLeader'], 'red')).toBe(instant('2026-03-04T08:30+08:00'));
    expect(opens('2026-10-01T00:20+08:00', ['firstResponsible'], 'red')).toBe(instant('2026-10-08T08:30+08:00'));
  });

  it('and daily when one is told in another role as well', () => {
    expect(opens('2026-03-04T00:20+08:00', ['leadLeader', 'handler'])).toBe(instant('2026-03-04T08:30+08:00'));
  });
});

describe('who prefers another time', () => {
  const at = (time: string, opensAt: number, tone: Tone = 'yellow', roles: readonly Role[] = ['handler']) =>
    nextOpening(calendar, instant(time), { roles, tone, opensAt });

  it('is told at it, on the same days', () => {
    expect(at('2026-03-03T00:20+08:00', 9 * 60 + 15)).toBe(instant('2026-03-03T09:15+08:00'));
    expect(at('2026-03-03T09:14:59+08:00', 9 * 60 + 15)).toBe(instant('2026-03-03T09:15+08:00'));
    expect(at('2026-03-03T09:15+08:00', 9 * 60 + 15)).toBe(instant('2026-03-04T09:15+08:00'));
    expect(at('2026-03-06T10:00+08:00', 8 * 60)).toBe(instant('2026-03-09T08:00+08:00'));
    expect(at('2026-03-04T00:20+08:00', 11 * 60, 'green', ['leadLeader'])).toBe(instant('2026-03-09T11:00+08:00'));
  });
});

describe('what an officer marked urgent', () => {
  it.each([
    ['the next full hour', '2026-03-03T10:20+08:00', '2026-03-03T11:00+08:00'],
    ['never the hour that has begun', '2026-03-03T11:00+08:00', '2026-03-03T12:00+08:00'],
    ['on a rest day too', '2026-10-03T15:59:59+08:00', '2026-10-03T16:00+08:00'],
    ['not before eight', '2026-03-03T00:20+08:00', '2026-03-03T08:00+08:00'],
    ['the last one at seven in the evening', '2026-03-03T18:30+08:00', '2026-03-03T19:00+08:00'],
    ['after it in the morning', '2026-03-03T19:00+08:00', '2026-03-04T08:00+08:00'],
    ['late at night', '2026-03-03T23:30+08:00', '2026-03-04T08:00+08:00'],
  ])('%s', (_, time, opening) => {
    for (const roles of [['handler'], ['leadLeader']] as const)
      expect(nextOpening(calendar, instant(time), { roles, tone: 'none', urgent: true, opensAt: 10 * 60 })).toBe(instant(opening));
  });
});

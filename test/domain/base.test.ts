import { handoverLetter } from '../../domain/paper/handover-letter';
import { decideBase, type BaseCommand } from '../../domain/base/decide';
import type { BaseEvent } from '../../domain/base/events';
import { emptyBase, evolveBase } from '../../domain/base/evolve';
import { datedHeads } from '../../domain/base/takeover';
import type { BaseState } from '../../domain/base/types';
import { baseKind } from '../../domain/base/watch';
import { readDays, type CalendarYear } from '../../domain/calendar';
import type { RuleContext } from '../../domain/context';
import type { Post } from '../../domain/directory';
import { forecast } from '../../domain/obligation/forecast';
import { nextWake } from '../../domain/obligation/kind';
import { instant, type Instant } from '../../domain/time';
import { Base, clinic, item, seat } from './base-story';
import { day, directory, post, rules, vacant, withDirectory } from './support';

const headed = (...heads: readonly Post[]): RuleContext =>
  withDirectory({
    persons: [...directory.persons, ...['newHead', 'thirdHead'].map((id) => ({ id, name: id, email: null }))],
    posts: [...directory.posts.filter(({ personId }) => personId !== 'head'), ...heads],
  });
const head = (personId: string, from: string | null = null, to: string | null = null): Post =>
  post(personId, 'clinic', 'unitHead', { from: from === null ? null : day(from), to: to === null ? null : day(to) });

const watched = (): Base => new Base(headed(head('head'))).look('2026-03-02T09:00+08:00');

describe('posts', () => {
  it('a head who is seen first takes nothing over, and a second look says nothing', () => {
    const base = watched();
    expect(base.types).toEqual(['seatsSeen']);
    expect(base.owed).toEqual([]);
    expect(base.look('2026-03-03T09:00+08:00').last).toEqual([]);
  });

  it('a post that ends leaves a vacancy, which the rectification office owes until somebody comes, who owes a signature', () => {
    const context = headed(head('head', null, '2026-03-31'), head('newHead', '2026-04-20'));
    const base = new Base(context).look('2026-03-02T09:00+08:00').passesTo('2026-04-01T09:00+08:00');
    expect(base.types).toEqual(['vacancyFound', 'rungFired']);
    expect(base.owed).toEqual(['vacancy:unitHead:clinic#1 rectificationOffice 2026-04-16']);
    expect(base.told).toEqual(['2026-04-01 vacancy:unitHead:clinic#1 opened > clerk office']);

    const later = base.passesTo('2026-04-20T09:00+08:00');
    expect(later.types.filter((type) => type !== 'rungFired')).toEqual(['vacancyEnded', 'handoverOpened']);
    expect(later.owed).toEqual([
      'handover:unitHead:clinic#1 newHead 2026-05-07',
      'signPaper:reminderLetter-1 rectificationOffice 2026-04-22',
    ]);
    expect(later.state.handovers).toEqual([
      {
        dutyId: 'handover:unitHead:clinic#1',
        paperId: 'reminderLetter-1',
        seat: { role: 'unitHead', unitId: 'clinic', personId: null },
        from: null,
        to: 'newHead',
        items: [item],
      },
    ]);
    expect(later.told.slice(-2)).toEqual([
      '2026-04-20 handover:unitHead:clinic#1 opened > newHead',
      '2026-04-20 signPaper:reminderLetter-1 opened > clerk office',
    ]);
  });

  it('only the new head signs, once', () => {
    const base = watched()
      .under(headed(head('newHead')))
      .look('2026-04-01T09:00+08:00');
    expect(base.types).toEqual(['handoverOpened', 'rungFired', 'rungFired']);
    const sign = { type: 'signHandover', dutyId: 'handover:unitHead:clinic#1' } as const;
    expect(base.refusal('2026-04-02T09:00+08:00', 'head', sign)).toBe('role.notAllowed');
    expect(base.refusal('2026-04-02T09:00+08:00', 'office', sign)).toBe('role.notAllowed');
    const signed = base.does('2026-04-02T09:00+08:00', 'newHead', sign);
    expect(signed.owed).toEqual([]);
    expect(signed.refusal('2026-04-03T09:00+08:00', 'newHead', sign)).toBe('handover.unknown');
  });

  it('a reminder letter goes with the list, signed by the office; it lapses when the list is signed first', () => {
    const base = watched()
      .under(headed(head('newHead')))
      .look('2026-04-01T09:00+08:00');
    const letter = { type: 'signPaper', paperId: 'reminderLetter-1' } as const;
    expect(base.refusal('2026-04-02T09:00+08:00', 'newHead', letter)).toBe('role.notAllowed');
    const issued = base.does('2026-04-02T09:00+08:00', 'office', letter);
    expect(issued.owed).toEqual(['handover:unitHead:clinic#1 newHead 2026-04-16']);
    expect(issued.state.papers).toMatchObject([{ id: 'reminderLetter-1', state: 'issued', addressee: 'unitHead' }]);
    expect(issued.refusal('2026-04-03T09:00+08:00', 'office', letter)).toBe('paper.notDraft');
    const first = base.does('2026-04-02T09:00+08:00', 'newHead', { type: 'signHandover', dutyId: 'handover:unitHead:clinic#1' });
    expect(first.state.papers).toMatchObject([{ state: 'lapsed', number: null }]);
    const [handover] = base.state.handovers;
    const text = handover
      ? handoverLetter(
          handover,
          { number: '〔2026〕7号', signedOn: day('2026-04-02'), openedOn: day('2026-04-01') },
          headed(head('newHead')),
        )
      : '';
    expect(text).toContain('〔2026〕7号');
    expect(text).toContain('未办结的整改事项');
    expect(text).toContain('于2026年4月16日前签收交接清单');
  });

  it('who does not sign is heard of by the office and the first responsible person', () => {
    const base = watched()
      .under(headed(head('newHead')))
      .look('2026-04-01T09:00+08:00');
    expect(base.owed).toEqual([
      'handover:unitHead:clinic#1 newHead 2026-04-16',
      'signPaper:reminderLetter-1 rectificationOffice 2026-04-03',
    ]);
    expect(base.passesTo('2026-04-17T09:00+08:00').told.filter((line) => !line.includes('signPaper'))).toEqual([
      '2026-04-09 handover:unitHead:clinic#1 half-time > newHead',
      '2026-04-17 handover:unitHead:clinic#1 overdue > clerk newHead office secretary',
    ]);
  });

  it('a second change before signing replaces the first', () => {
    const base = watched()
      .under(headed(head('newHead')))
      .look('2026-04-01T09:00+08:00')
      .under(headed(head('thirdHead')))
      .look('2026-04-07T09:00+08:00');
    expect(base.owed).toEqual([
      'handover:unitHead:clinic#2 thirdHead 2026-04-21',
      'signPaper:reminderLetter-2 rectificationOffice 2026-04-09',
    ]);
    expect(base.state.duties.filter(({ kind }) => kind === 'handover').map(({ id, closedBy }) => [id, closedBy])).toEqual([
      ['handover:unitHead:clinic#1', 'replaced'],
      ['handover:unitHead:clinic#2', null],
    ]);
    expect(base.refusal('2026-04-08T09:00+08:00', 'newHead', { type: 'signHandover', dutyId: 'handover:unitHead:clinic#1' })).toBe(
      'handover.unknown',
    );
  });

  it('a new head who leaves again without a successor owes no signature any more', () => {
    const base = watched()
      .under(headed(head('newHead')))
      .look('2026-04-01T09:00+08:00')
      .under(headed())
      .look('2026-04-07T09:00+08:00');
    expect(base.owed).toEqual(['vacancy:unitHead:clinic#1 rectificationOffice 2026-04-21']);
  });

  it('the same head again changes nothing; one of two heads who leaves is followed by the other', () => {
    const base = watched();
    expect(base.under(headed(head('head'), head('newHead'))).look('2026-04-01T09:00+08:00').last).toEqual([]);
    const two = base.under(headed(head('newHead'))).look('2026-04-02T09:00+08:00');
    expect(two.types).toEqual(['handoverOpened', 'rungFired', 'rungFired']);
  });

  it('a substitute is no new head', () => {
    const away = {
      ...headed(head('head')).directory,
      substitutes: [{ personId: 'head', substituteId: 'handler', roles: [], from: null, to: null }],
    };
    expect(
      watched()
        .under({ ...rules, directory: away })
        .look('2026-04-01T09:00+08:00').last,
    ).toEqual([]);
  });

  it('a post that begins in future counts from its day', () => {
    const context = headed(head('head', null, '2026-05-31'), head('newHead', '2026-06-01'));
    const base = new Base(context).look('2026-03-02T09:00+08:00');
    expect(base.passesTo('2026-05-31T23:00+08:00').last).toEqual([]);
    const after = base.passesTo('2026-06-01T09:00+08:00');
    expect(after.types).toEqual(['handoverOpened', 'rungFired', 'rungFired']);
    expect(after.state.handovers[0]).toMatchObject({ from: 'head', to: 'newHead' });
  });

  it('a change of posts that concerns no seat is looked at once and written down', () => {
    const context = withDirectory({
      posts: directory.posts.map((one) => (one.personId === 'cadres' ? { ...one, to: day('2026-04-30') } : one)),
    });
    const base = new Base(context).look('2026-03-02T09:00+08:00').passesTo('2026-05-01T09:00+08:00');
    expect(base.types).toEqual(['seatsSeen']);
    expect(nextWake(baseKind(base.facts), base.state, context)).toBeNull();
  });

  it('a seat that two rounds need falls vacant once', () => {
    const base = new Base(headed(), { seats: [clinic, { ...clinic, organisationId: 'bureau' }], uncoveredYears: [], itemsOf: () => [] });
    expect(base.look('2026-03-02T09:00+08:00').types).toEqual(['vacancyFound', 'rungFired']);
  });

  it('a unit that nobody needs any more has no vacancy; when it is needed again, it has', () => {
    const base = new Base(headed()).look('2026-03-02T09:00+08:00').needing({ seats: [] }).look('2026-03-04T09:00+08:00');
    expect(base.types).toEqual(['vacancyEnded']);
    expect(base.owed).toEqual([]);
    expect(base.look('2026-03-05T09:00+08:00').last).toEqual([]);
    expect(base.needing({ seats: [clinic] }).look('2026-04-01T09:00+08:00').owed).toEqual([
      'vacancy:unitHead:clinic#2 rectificationOffice 2026-04-16',
    ]);
  });

  it('who came to a unit while nothing of it was open takes nothing over, and owes no signature for what has ended', () => {
    const idle = watched()
      .under(headed(head('newHead')))
      .look('2026-04-01T09:00+08:00')
      .needing({ seats: [] });
    const left = idle.look('2026-04-02T09:00+08:00');
    expect(left.owed).toEqual([]);
    const again = left
      .under(headed(head('thirdHead')))
      .needing({ seats: [clinic] })
      .look('2026-05-06T09:00+08:00');
    expect(again.types).toEqual(['seatsSeen']);
    expect(again.owed).toEqual([]);
  });

  it('a lead leader who left is a vacancy by name, until the issues have another', () => {
    const leader = seat('leadLeader', null, 'leader');
    const base = new Base(rules, { seats: [leader], uncoveredYears: [], itemsOf: () => [] }).look('2026-03-02T09:00+08:00');
    const left = base.under(withDirectory({ posts: directory.posts.filter(({ personId }) => personId !== 'leader') }));
    const found = left.look('2026-04-01T09:00+08:00');
    expect(found.owed).toEqual(['vacancy:leadLeader:leader#1 rectificationOffice 2026-04-16']);
    expect(found.needing({ seats: [seat('leadLeader', null, 'secretary')] }).look('2026-04-02T09:00+08:00').owed).toEqual([]);
  });

  it.each(['rectificationOffice', 'firstResponsible', 'inspectionOffice'] as const)('a vacant %s is owed by who stands in', (role) => {
    const base = new Base(vacant(role), { seats: [seat(role)], uncoveredYears: [], itemsOf: () => [] }).look('2026-03-02T09:00+08:00');
    expect(base.owed).toEqual([`vacancy:${role}:#1 rectificationOffice 2026-03-16`]);
    expect(base.told).toEqual([
      `2026-03-02 vacancy:${role}:#1 opened > ${role === 'rectificationOffice' ? 'inspector inspector2' : 'clerk office'}`,
    ]);
    const filled = base.under(rules).look('2026-03-03T09:00+08:00');
    expect(filled.types).toEqual(['vacancyEnded']);
    expect(filled.owed).toEqual([]);
  });

  it('of an office of several, who is left works on; a wholly new office is seen, nothing is handed over', () => {
    const office = seat('rectificationOffice');
    const base = new Base(rules, { seats: [office], uncoveredYears: [], itemsOf: () => [] }).look('2026-03-02T09:00+08:00');
    const one = base.under(withDirectory({ posts: directory.posts.filter(({ personId }) => personId !== 'clerk') }));
    expect(one.look('2026-04-01T09:00+08:00').owed).toEqual([]);
    const others = withDirectory({
      posts: [...directory.posts.filter(({ role }) => role !== 'rectificationOffice'), post('liaison', 'bureau', 'rectificationOffice')],
    });
    expect(base.under(others).look('2026-04-01T09:00+08:00').types).toEqual(['seatsSeen']);
  });

  it('what is forecast is what happens', () => {
    const context = headed(head('head', null, '2026-03-31'), head('newHead', '2026-04-20', '2026-04-30'), head('thirdHead', '2026-06-01'));
    const base = new Base(context).look('2026-03-02T09:00+08:00');
    const until = instant('2026-08-31T09:00+08:00');
    const fired = base.passesTo('2026-08-31T09:00+08:00').last.filter(({ type }) => type === 'rungFired');
    expect(fired.length).toBeGreaterThan(8);
    expect(fired).toEqual(forecast(baseKind(base.facts), base.state, context, until));
  });
});

describe('undated lists', () => {
  const seen = { 'unitHead:clinic': 'head' };
  const today = day('2026-04-01');
  const import_ = (posts: readonly Post[], before: readonly Post[] = [head('head')], known: BaseState['seen'] = seen): (string | null)[] =>
    datedHeads(posts, { before, seen: known, today }).map(({ from }) => from);

  it('a new head without a day takes office on the day of the import, and keeps it', () => {
    expect(import_([head('newHead')])).toEqual(['2026-04-01']);
    expect(import_([head('newHead')], [head('newHead', '2026-03-20')], { 'unitHead:clinic': 'newHead' })).toEqual(['2026-03-20']);
    expect(import_([head('newHead')], [], { 'unitHead:clinic': null })).toEqual(['2026-04-01']);
  });

  it('nothing is made up for whom it does not concern', () => {
    expect(import_([head('head')])).toEqual([null]);
    expect(import_([head('newHead', '2026-05-01')])).toEqual(['2026-05-01']);
    expect(import_([head('newHead')], [], {})).toEqual([null]);
    expect(import_([post('cadres', 'clinic', 'liaison')])).toEqual([null]);
    expect(import_([head('newHead', null, '2026-03-31')])).toEqual([null]);
  });
});

describe('holiday tables', () => {
  const missing = { seats: [], uncoveredYears: ['2027'], itemsOf: () => [] };
  const table = (off: string, work: string): CalendarYear => ({
    source: '国办发明电〔2026〕9号',
    off: readDays('2027', off),
    work: readDays('2027', work),
  });
  const good = table('01-01..03 02-05..11 04-03..05 05-01..05 06-09 09-15 10-01..07', '01-30 02-20 04-25 09-26 10-09');
  const enter = (of: CalendarYear, year = '2027'): BaseCommand => ({ type: 'enterCalendarYear', year, table: of });
  const withAdmin = withDirectory({
    persons: [...directory.persons, { id: 'admin', name: 'admin', email: null }],
    posts: [...directory.posts, post('admin', 'bureau', 'admin')],
  });

  it('the admin is asked by 10 December of the year before, once', () => {
    const base = new Base(withAdmin, missing).look('2026-03-02T09:00+08:00');
    expect(base.owed).toEqual(['calendarTable:2027 admin 2026-12-10']);
    expect(base.told).toEqual(['2026-03-02 calendarTable:2027 opened > admin']);
    expect(base.look('2026-03-03T09:00+08:00').last).toEqual([]);
    expect(base.passesTo('2027-06-30T09:00+08:00').told).toEqual(['2026-12-11 calendarTable:2027 overdue > admin']);
  });

  it('of a year that is near already within ten workdays; without an admin the stand-in hears', () => {
    const base = new Base(rules, missing).look('2026-12-14T09:00+08:00');
    expect(base.owed).toEqual(['calendarTable:2027 admin 2026-12-28']);
    expect(base.told).toEqual(['2026-12-14 calendarTable:2027 opened > clerk office']);
  });

  it('entering the year closes it in the same step for good', () => {
    const base = new Base(withAdmin, missing).look('2026-03-02T09:00+08:00').does('2026-11-20T09:00+08:00', 'admin', enter(good));
    expect(base.owed).toEqual([]);
    expect(base.look('2026-11-21T09:00+08:00').last).toEqual([]);
    expect(base.state.duties.map(({ id, closedBy }) => [id, closedBy])).toEqual([['calendarTable:2027', 'calendarYearEntered']]);
  });

  it('each entry is a version of its own', () => {
    const version = (of: string): string | undefined => {
      const context = { ...withAdmin, calendar: { ...withAdmin.calendar, version: of } };
      const decision = decideBase(emptyBase(), enter(good), { ...context, now: instant('2026-11-20T09:00+08:00'), actor: 'admin' });
      const event = decision.ok ? decision.events[0] : undefined;
      return event?.type === 'calendarYearEntered' ? event.version : undefined;
    };
    expect(version('state-council/2025-11-04')).toBe('state-council/2025-11-04~1');
    expect(version('state-council/2025-11-04~1')).toBe('state-council/2025-11-04~2');
  });

  const NOW = '2026-11-20T09:00+08:00';
  it.each([
    ['calendar.doubled', enter(table('01-01..03 01-03 05-01..05 10-01..07', ''))],
    ['calendar.doubled', enter(table('01-01..03 05-01..05 10-01..07', '01-03'))],
    ['calendar.gap', enter(table('01-01..03 05-01..03 05-05 10-01..07', ''))],
    ['calendar.gap', enter(table('05-01..05 10-01..07', ''))],
    ['calendar.notWeekend', enter(table('01-01..03 05-01..05 10-01..07', '01-29'))],
    ['calendar.wrongYear', enter({ ...good, off: [...good.off, day('2026-12-31')] })],
    ['calendar.wrongYear', enter({ ...good, off: [...good.off, '2027-02-29' as ReturnType<typeof day>] })],
    ['calendar.wrongYear', enter(good, '2028')],
    ['calendar.year', enter(good, '27')],
    ['calendar.same', enter(rules.calendar.years['2026'] ?? good, '2026')],
  ])('%s is refused', (code, command) => {
    expect(new Base(withAdmin, missing).look('2026-03-02T09:00+08:00').refusal(NOW, 'admin', command)).toBe(code);
  });

  it('is entered by the admin or an office, nobody else', () => {
    const base = new Base(withAdmin, missing).look('2026-03-02T09:00+08:00');
    for (const person of ['admin', 'office', 'inspector']) expect(base.refusal(NOW, person, enter(good))).toBeNull();
    for (const person of ['head', 'leader', 'nobody']) expect(base.refusal(NOW, person, enter(good))).toBe('role.notAllowed');
  });
});

it('a history of base data gives the same state when it is folded anew', () => {
  const context = headed(head('head', null, '2026-03-31'), head('newHead', '2026-04-20'));
  const told: { event: BaseEvent; at: Instant }[] = [];
  let base = new Base(context, { seats: [clinic], uncoveredYears: ['2027'], itemsOf: () => [item] });
  for (const time of ['2026-03-02T09:00+08:00', '2026-04-01T09:00+08:00', '2026-04-20T09:00+08:00', '2026-12-11T09:00+08:00']) {
    base = base.look(time);
    told.push(...base.last.map((event) => ({ event, at: instant(time) })));
  }
  const replayed = told.reduce((one, { event, at }) => evolveBase(one, event, { actor: 'engine', occurredAt: at }), emptyBase());
  expect(replayed).toEqual(base.state);
});

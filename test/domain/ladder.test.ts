import { issueKind } from '../../domain/issue/issue-kind';
import { agenda, dayStart } from '../../domain/obligation/agenda';
import { nextWake } from '../../domain/obligation/kind';
import { forecast } from '../../domain/obligation/forecast';
import { obligationOf, overdueFrom } from '../../domain/obligation/obligations';
import { instant, localDate, millis } from '../../domain/time';
import {
  acknowledged,
  agendaFires,
  assign,
  assigned,
  by,
  closed,
  extension,
  firedIn,
  given,
  ISSUE,
  measure,
  notice,
  owed,
  plan,
  proposed,
  registered,
  silence,
  superseded,
  tells,
  underWay,
  type Life,
} from './support';

const rungsOf = (life: Life, dutyId: string) => firedIn(life).filter((event) => event.dutyId === dutyId);

describe('the ladder of a rectification', () => {
  it('warns ten days ahead: handler, head and lead leader', () => {
    // named Saturday 2026-10-31, so due on Friday the 30th
    given(underWay({ due: '2026-10-31' }).passesTo('2026-10-19T23:00+08:00'))
      .when('2026-10-20T08:30+08:00', agendaFires)
      .then(notice({ rung: 'before-10', to: ['handler', 'head', 'leader'], tone: 'yellow' }));
  });

  it('tells the whole story of a unit that does nothing, through a holiday and its make-up day', () => {
    // due on Wednesday 2026-09-30; off from 10-01 to 10-07, Saturday 10-10 is worked
    const told = given(underWay()).passesTo('2027-02-01T00:00+08:00');
    expect(rungsOf(told, 'rectify#2').map(({ rung, occurrence, at, tone }) => [rung, occurrence, at.slice(0, 10), tone])).toEqual([
      // the day in UTC is the one before the Beijing day of 00:05
      ['before-20', 0, '2026-09-09', 'green'],
      ['before-10', 0, '2026-09-19', 'yellow'],
      ['overdue', 0, '2026-09-30', 'red'],
      ['after-5', 0, '2026-10-12', 'red'],
      ['after-10', 0, '2026-10-19', 'red'],
      ['after-20', 0, '2026-11-02', 'red'],
      ['after-30', 0, '2026-11-16', 'red'],
      ['after-45', 0, '2026-12-07', 'red'],
      ['after-45', 1, '2027-01-04', 'red'],
    ]);
    const heard = Object.fromEntries(
      rungsOf(told, 'rectify#2').map(({ rung, recipients }) => [rung, recipients.map(({ personId }) => personId)]),
    );
    expect(heard).toEqual({
      'before-20': ['handler'],
      'before-10': ['handler', 'head', 'leader'],
      overdue: ['clerk', 'handler', 'head', 'leader', 'office'],
      'after-5': ['head', 'leader', 'secretary'],
      'after-10': ['clerk', 'head', 'leader', 'office', 'secretary'],
      'after-20': ['clerk', 'inspector', 'inspector2', 'leader', 'office', 'secretary'],
      'after-30': ['head', 'inspector', 'inspector2', 'leader', 'secretary'],
      'after-45': ['inspector', 'inspector2'],
    });
  });

  it('fires at 00:05 and less than an hour, always the same for an issue', () => {
    const at = dayStart(localDate('2026-09-10'), ISSUE);
    given(underWay())
      .passesTo('2026-09-10T23:00+08:00')
      .then(notice({ rung: 'before-20', to: ['handler'], at }));
    const minutes = Array.from(
      { length: 500 },
      (_, index) => (millis(dayStart(localDate('2026-09-10'), `R1-${index}`)) - millis(instant('2026-09-10T00:00+08:00'))) / 60_000,
    );
    expect(Math.min(...minutes)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...minutes)).toBeLessThan(65);
    expect(new Set(minutes).size).toBeGreaterThan(400);
  });

  it('is overdue from the midnight after the due day, not earlier', () => {
    const life = underWay();
    const duty = life.state.duties.find(({ id }) => id === 'rectify#2');
    if (!duty) throw new Error('no duty');
    expect(overdueFrom(obligationOf(duty, life.context))).toBe(instant('2026-10-01T00:00+08:00'));
    given(life.passesTo('2026-09-30T23:59:59+08:00'))
      .when('2026-10-01T00:04:59+08:00')
      .then(silence)
      .when('2026-10-01T01:05+08:00')
      .then(notice({ rung: 'overdue', to: ['handler', 'head', 'leader', 'office', 'clerk'] }));
  });

  it('asks about a talk again every twenty workdays', () => {
    const asked = rungsOf(given(underWay()).passesTo('2027-12-31T00:00+08:00'), 'rectify#2').filter(({ rung }) => rung === 'after-45');
    expect(asked.map(({ occurrence }) => occurrence)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  });

  it('a closed duty fires nothing', () => {
    given(underWay().passesTo('2026-09-21T00:00+08:00'))
      .when('2026-09-25T09:00+08:00', by('handler', { type: 'completeMeasure', measureId: 'm1', evidence: { content: 'e', sha256: 'e' } }))
      .when('2026-09-25T10:00+08:00', by('head', { type: 'requestCloseout' }))
      .passesTo('2026-10-10T00:00+08:00')
      .then(silence);
  });
});

describe('short spans', () => {
  it('a receipt of three workdays: told at the opening and reminded at half time', () => {
    given(registered())
      .when('2026-03-03T09:00+08:00', by('office', assign))
      .then(tells('2026-03-03 receipt#1 opened > head'))
      .passesTo('2026-03-18T00:00+08:00')
      .then(
        tells(
          '2026-03-05 receipt#1 half-time > head',
          '2026-03-07 receipt#1 overdue > clerk head leader office',
          '2026-03-11 receipt#1 after-3 > clerk head leader office',
        ),
      );
  });

  it('a span of one day has no half, of two days one reminder between', () => {
    const late = (time: string) => given(assigned()).when(time, by('head', { type: 'acknowledge' }));
    late('2026-04-01T09:00+08:00').passesTo('2026-04-02T23:00+08:00').then(silence);
    late('2026-03-31T09:00+08:00').passesTo('2026-04-02T23:00+08:00').then(tells('2026-04-01 plan#1 half-time > head'));
  });

  it('from twenty days on the ladder stands as it is, but for rungs before the opening', () => {
    const planned = (due: string) =>
      given(acknowledged())
        .when('2026-03-10T09:00+08:00', by('handler', plan(measure(due))))
        .when('2026-03-11T09:00+08:00', by('leader', { type: 'approvePlan' }))
        .when('2026-03-12T09:00+08:00', by('office', { type: 'approvePlan' }))
        .when('2026-03-13T09:00+08:00', by('inspector', { type: 'reviewPlan', verdict: 'approved' }));
    planned('2026-04-01').passesTo('2026-04-01T23:00+08:00').then(tells('2026-03-22 rectify#2 before-10 > handler head leader'));
    planned('2026-03-31').passesTo('2026-03-31T23:00+08:00').then(tells('2026-03-22 rectify#2 half-time > head'));
  });
});

describe('catch-up', () => {
  it('after a downtime only the latest rung of a duty fires; the others are superseded', () => {
    given(underWay())
      .when('2026-10-21T09:00+08:00', agendaFires)
      .then(
        superseded('rectify#2', 'before-20', 'before-10', 'overdue', 'after-5'),
        tells(
          '2026-10-20 rectify#2 after-10 > clerk head leader office secretary',
          '2026-10-21 signPaper:supervisionOrder-1 opened > clerk office',
        ),
      )
      .when('2026-10-21T09:00+08:00', agendaFires)
      .then(silence);
  });

  it('of a repeated rung the last occurrence fires', () => {
    given(underWay())
      .when('2027-02-10T09:00+08:00', agendaFires)
      .then(notice({ duty: 'rectify#2', rung: 'after-45', occurrence: 2, to: ['inspector', 'inspector2'] }));
  });

  it('a term that had ended before its duty was opened runs anew: nobody is overdue at birth', () => {
    const old = given(assigned()).when('2026-08-03T09:00+08:00', by('head', { type: 'acknowledge' }));
    expect(rungsOf(old, 'plan#1')).toHaveLength(1);
    old.then(
      owed('rectify#1 unitHead 2026-06-02', 'signPaper:finalWarning-1 inspectionOffice 2026-08-05', 'plan#1 unitHead 2026-09-03'),
      notice({ duty: 'plan#1', rung: 'opened', at: '2026-08-03T09:00+08:00', to: ['head'] }),
    );
  });
});

describe('stopped clocks', () => {
  const waiting = () =>
    given(underWay().passesTo('2026-09-25T00:00+08:00')).when('2026-09-25T09:00+08:00', by('head', extension('2026-11-30')));

  it('an extension asked in time stops the unit, while the decider is chased', () => {
    waiting()
      .then(owed('rectify#2 unitHead 2026-09-30 stopped', 'extensionDecision#1 leadLeader 2026-09-30'))
      .passesTo('2026-10-15T00:00+08:00')
      .then(
        tells(
          '2026-09-28 extensionDecision#1 half-time > leader',
          '2026-10-01 extensionDecision#1 overdue > leader secretary',
          '2026-10-13 extensionDecision#1 after-5 > leader secretary',
        ),
      );
  });

  it('granted: a fresh duty with a fresh ladder, the first day kept', () => {
    waiting()
      .when('2026-10-08T09:00+08:00', by('leader', { type: 'decideExtension', granted: true }))
      .when('2026-10-09T09:00+08:00', by('inspector', { type: 'decideExtension', granted: true }))
      .then(owed('rectify#3 unitHead 2026-11-30'), notice({ duty: 'rectify#3', rung: 'opened', to: ['handler', 'head'] }), ({ state }) => {
        expect([state.originalDueOn, state.dueOn, state.extensions]).toEqual(['2026-09-30', '2026-11-30', 1]);
      })
      .passesTo('2026-11-11T00:00+08:00')
      .then(tells('2026-11-10 rectify#3 before-20 > handler'));
  });

  it('refused: the clock runs again and catches up', () => {
    waiting()
      .when('2026-10-08T09:00+08:00', by('leader', { type: 'decideExtension', granted: true }))
      .when('2026-10-09T09:00+08:00', by('inspector', { type: 'decideExtension', granted: false }))
      .then(
        owed('rectify#2 unitHead 2026-09-30'),
        notice({ duty: 'rectify#2', rung: 'overdue', to: ['handler', 'head', 'leader', 'office', 'clerk'] }),
      )
      .passesTo('2026-10-14T00:00+08:00')
      .then(notice({ duty: 'rectify#2', rung: 'after-5', to: ['head', 'leader', 'secretary'] }));
  });

  it('refused in time: nothing has to be caught up', () => {
    waiting()
      .when('2026-09-28T09:00+08:00', by('leader', { type: 'decideExtension', granted: false }))
      .then(owed('rectify#2 unitHead 2026-09-30'), tells('2026-09-28 extensionDecision#1 half-time > leader'));
  });

  it('a late request does not stop the clock: overdue days stay and go on', () => {
    given(underWay().passesTo('2026-10-09T00:00+08:00'))
      .when('2026-10-09T09:00+08:00', by('head', extension('2026-11-30')))
      .then(owed('rectify#2 unitHead 2026-09-30', 'extensionDecision#1 leadLeader 2026-10-13'))
      .when('2026-10-12T09:00+08:00', by('leader', { type: 'decideExtension', granted: true }))
      .passesTo('2026-10-13T02:00+08:00')
      .then(notice({ duty: 'rectify#2', rung: 'after-5', to: ['head', 'leader', 'secretary'] }))
      .when('2026-10-13T09:00+08:00', by('inspector', { type: 'decideExtension', granted: true }))
      .then(owed('signPaper:reminderLetter-1 rectificationOffice 2026-10-15', 'rectify#3 unitHead 2026-11-30'));
  });
});

describe('the agenda', () => {
  it('names the next instant, in order', () => {
    const life = underWay();
    const items = agenda(life.state, life.context, life.state.lastOccurredAt);
    expect(items.map(({ at }) => at)).toEqual([...items.map(({ at }) => at)].sort());
    expect(nextWake(issueKind, life.state, life.context)).toBe(items[0]?.at);
  });

  it('forecasts what then happens', () => {
    const life = proposed();
    const until = instant('2027-06-01T00:00+08:00');
    expect(forecast(issueKind, life.state, life.context, until)).toEqual(firedIn(life.passesTo(until)));
    expect(forecast(issueKind, closed().state, life.context, until).map(({ rung }) => rung)).toEqual([
      'before-20',
      'due',
      'overdue',
      'after-5',
      ...Array.from({ length: 6 }, () => 'after-10'),
    ]);
  });
});

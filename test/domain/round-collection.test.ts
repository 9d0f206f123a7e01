import type { RoundCommand } from '../../domain/round/commands';
import { text } from './life';
import { accepted, answer, by, call, closedBy, given, happened, owed, quietly, refused, tellsOf } from './round-support';

const reports = [
  'roundPlan#1 rectificationOffice 2026-04-02',
  'organisationReport#1 rectificationOffice 2026-06-02',
  'secretaryReport#1 firstResponsible 2026-06-02',
];
const issues = { issues: ['R1-001', 'R1-002'] };
const called = () =>
  quietly()
    .knowing(issues)
    .when('2026-03-12T09:00+08:00', by('office', call('3月上半月', '2026-03-16', 'clinic', 'depot')));

describe('a call for reports 收报', () => {
  it('each unit owes one answer by the day', () => {
    called().then(
      happened('collectionCalled', { collectionId: '1', period: '3月上半月' }),
      owed(...reports, 'collection:1:clinic unitHead 2026-03-16', 'collection:1:depot unitHead 2026-03-16'),
      tellsOf('collection:1:clinic', '2026-03-12 opened > head'),
    );
  });

  it('reminds the unit and escalates to nobody', () => {
    given(called())
      .passesTo('2026-05-01T09:00+08:00')
      .then(tellsOf('collection:1:depot', '2026-03-14 half-time > depotHead', '2026-03-17 overdue > depotHead'));
  });

  it.each([
    ['units.none', call('下一期', '2026-03-31')],
    ['unit.unknown', call('下一期', '2026-03-31', 'nowhere')],
    ['unit.twice', call('下一期', '2026-03-31', 'clinic', 'clinic')],
    ['date.past', call('下一期', '2026-03-12', 'clinic')],
    ['collection.twice', call('3月上半月', '2026-03-31', 'clinic')],
    ['collection.period', call('', '2026-03-31', 'clinic')],
  ])('%s', (code, command) => {
    given(called()).when('2026-03-13T09:00+08:00', by('office', command)).then(refused(code));
  });

  it('the next call takes the place of what was left unanswered, unit by unit', () => {
    const next = given(called())
      .when('2026-03-13T09:00+08:00', by('head', answer('1', 'clinic')))
      .when('2026-03-27T09:00+08:00', by('office', call('3月下半月', '2026-03-31', 'clinic')));
    next.then(
      closedBy('collection:1:clinic', 'collectionAnswered'),
      owed(...reports, 'collection:1:depot unitHead 2026-03-16', 'collection:2:clinic unitHead 2026-03-31'),
    );
    next
      .when('2026-04-13T09:00+08:00', by('office', call('4月上半月', '2026-04-15', 'clinic', 'depot')))
      .then(
        closedBy('collection:1:depot', 'lapsed'),
        closedBy('collection:2:clinic', 'lapsed'),
        owed(...reports, 'collection:3:clinic unitHead 2026-04-15', 'collection:3:depot unitHead 2026-04-15'),
      )
      .when('2026-04-14T09:00+08:00', by('depotHead', answer('1', 'depot')))
      .then(refused('collection.lapsed'));
  });
});

describe('an answer', () => {
  const at = '2026-03-13T09:00+08:00';

  it('without rows says that nothing has changed', () => {
    given(called())
      .when(at, by('liaison', answer('1', 'clinic')))
      .then(happened('collectionAnswered', { unitId: 'clinic', rows: [] }), closedBy('collection:1:clinic', 'collectionAnswered'));
  });

  it('keeps what was reported, with who and when, as a proposal', () => {
    const life = given(called()).when(at, by('handler', answer('1', 'clinic', 'R1-001')));
    expect(life.state.collections).toEqual([
      {
        id: '1',
        period: '3月上半月',
        dueOn: '2026-03-16',
        units: ['clinic', 'depot'],
        answers: [
          {
            unitId: 'clinic',
            at: '2026-03-13T01:00:00.000Z',
            rows: [{ issueId: 'R1-001', measureId: null, progress: text('progress'), completed: false }],
          },
        ],
      },
    ]);
  });

  it('is given by the unit’s own people: head, liaison or handler', () => {
    for (const actor of ['head', 'liaison', 'handler'])
      given(called())
        .when(at, by(actor, answer('1', 'clinic')))
        .then(accepted);
    for (const actor of ['depotHead', 'office', 'leader'])
      given(called())
        .when(at, by(actor, answer('1', 'clinic')))
        .then(refused('role.notAllowed'));
    given(called())
      .when(at, by('depotHead', answer('1', 'depot')))
      .then(accepted);
    given(called())
      .when(at, by('head', answer('1', 'depot')))
      .then(refused('role.notAllowed'));
  });

  it('late counts as well, twice not', () => {
    const late = given(called()).when('2026-04-20T09:00+08:00', by('head', answer('1', 'clinic')));
    late
      .then(accepted)
      .when('2026-04-21T09:00+08:00', by('head', answer('1', 'clinic')))
      .then(refused('collection.answered'));
  });

  it('belongs to a call that the unit got, and to issues of the round, each row once', () => {
    const row = (measureId: string | null) => ({ issueId: 'R1-001', measureId, progress: text('p'), completed: true });
    const rows = (...ids: (string | null)[]): RoundCommand => ({
      type: 'answerCollection',
      collectionId: '1',
      unitId: 'clinic',
      rows: ids.map(row),
    });
    given(called())
      .when(at, by('head', answer('7', 'clinic')))
      .then(refused('collection.unknown'));
    given(quietly().when('2026-03-12T09:00+08:00', by('office', call('一', '2026-03-16', 'depot'))))
      .when(at, by('head', answer('1', 'clinic')))
      .then(refused('collection.unknown'));
    given(called())
      .when(at, by('head', answer('1', 'clinic', 'R9-001')))
      .then(refused('issue.unknown'));
    given(called())
      .when(at, by('head', rows('m1', null, 'm1')))
      .then(refused('collection.rowTwice'));
    given(called())
      .when(at, by('head', rows('m1', null, 'm2')))
      .then(accepted);
  });

  it('when the ledger says whose an issue is, rows are of the unit’s own', () => {
    const owned = called().knowing({ unitsOfIssue: { 'R1-001': ['clinic', 'depot'], 'R1-002': ['depot'] } });
    given(owned)
      .when(at, by('head', answer('1', 'clinic', 'R1-001', 'R1-002')))
      .then(refused('collection.notOwn'));
    given(owned)
      .when(at, by('head', answer('1', 'clinic', 'R1-001')))
      .then(accepted);
    given(owned)
      .when(at, by('depotHead', answer('1', 'depot', 'R1-001', 'R1-002')))
      .then(accepted);
  });
});

import type { IssueCommand } from '../../domain/issue/commands';
import {
  accepted,
  assigned,
  by,
  closed,
  directory,
  day,
  drawn,
  given,
  handedIn,
  happened,
  looking,
  notice,
  owed,
  post,
  proposed,
  recordCheckBack,
  refused,
  registered,
  rules,
  stands,
  state,
  text,
  underReview,
  underWay,
  withDirectory,
  withPolicy,
  approvePlan,
  Life,
} from './support';

const reason = text('reason');
const recuse = (personId: string): IssueCommand => ({ type: 'recuse', personId, reason });
const handOver = (role: 'leadLeader' | 'leaderInCharge' | 'handler', to: string): IssueCommand => ({ type: 'handOver', role, to, reason });

describe('recuse', () => {
  it('a person keeps out from now on, by whoever of the offices says so, also of themself', () => {
    for (const actor of ['office', 'discipline', 'inspector'])
      given(underWay())
        .when('2026-04-13T09:00+08:00', by(actor, recuse('discipline')))
        .then(stands('rectifying'), happened('recused', { personId: 'discipline', reason }), state({ recused: ['discipline'] }));
    given(underWay())
      .when('2026-04-13T09:00+08:00', by('head', recuse('discipline')))
      .then(refused('role.notAllowed'));
  });

  it('a known person, once', () => {
    given(underWay())
      .when('2026-04-13T09:00+08:00', by('office', recuse('nobody')))
      .then(refused('person.unknown'))
      .when('2026-04-13T10:00+08:00', by('office', recuse('cadres')))
      .when('2026-04-14T10:00+08:00', by('clerk', recuse('cadres')))
      .then(refused('recuse.twice'))
      .when('2026-04-14T11:00+08:00', by('clerk', recuse('discipline')))
      .then(state({ recused: ['cadres', 'discipline'] }));
  });

  it('of a running check-back, the others go on if they are enough', () => {
    const three: IssueCommand = { type: 'planCheckBack', checkers: ['office', 'discipline', 'cadres'], mode: 'onTheSpot' };
    given(handedIn())
      .when('2026-06-03T09:00+08:00', by('office', three))
      .when('2026-06-04T09:00+08:00', by('office', recuse('discipline')))
      .then(stands('checkBack'), happened('recused', { goesOn: true }), state({ checkers: ['office', 'cadres'] }))
      .when('2026-06-10T09:00+08:00', by('office', recordCheckBack('passed')))
      .then(stands('underReview'));
  });

  it('too few left, others are named before anything is recorded; how it is looked at stays', () => {
    given(looking())
      .when('2026-06-04T09:00+08:00', by('office', recuse('discipline')))
      .then(stands('checkBack'), owed('checkBack#1 rectificationOffice 2026-06-24'))
      .when('2026-06-10T09:00+08:00', by('office', recordCheckBack('passed')))
      .then(refused('checkers.recused'))
      .when('2026-06-10T10:00+08:00', by('office', { type: 'planCheckBack', checkers: ['office', 'cadres'] }))
      .then(stands('checkBack'), state({ checkers: ['office', 'cadres'], checkBackMode: 'onTheSpot' }));
    given(drawn())
      .when('2026-12-02T09:00+08:00', by('inspector', recuse('inspector2')))
      .then(stands('afterCheckBack'), owed('afterCheckBack#1 inspectionOffice 2026-12-29'))
      .when('2026-12-10T09:00+08:00', by('inspector', recordCheckBack('consolidated')))
      .then(refused('checkers.recused'));
  });

  it('how many are enough is the policy’s to say', () => {
    const policy = { minimumCheckers: { value: 1, strength: 'default', source: 'test' } } as const;
    given(looking(withPolicy(policy)))
      .when('2026-06-04T09:00+08:00', by('office', recuse('discipline')))
      .then(state({ checkers: ['office'] }));
  });

  it('who looked before stays named, and an opinion given before stands', () => {
    given(underReview())
      .when('2026-06-11T09:00+08:00', by('discipline', { type: 'review', verdict: 'approved' }))
      .when('2026-06-11T10:00+08:00', by('inspector', recuse('discipline')))
      .then(state({ checkers: ['office', 'discipline'], reviews: [{ party: 'disciplineGroup', by: 'discipline', verdict: 'approved' }] }));
  });
});

describe('handOver', () => {
  it('the new lead leader decides what the former one would have', () => {
    given(proposed())
      .when('2026-03-11T09:00+08:00', by('office', handOver('leadLeader', 'secretary')))
      .then(
        stands('planned'),
        happened('handedOver', { role: 'leadLeader', from: 'leader', to: 'secretary', reason }),
        state({ formerly: [] }),
      )
      .when('2026-03-11T10:00+08:00', by('leader', approvePlan))
      .then(refused('role.notAllowed'))
      .when('2026-03-11T11:00+08:00', by('secretary', approvePlan))
      .then(accepted);
  });

  it('hears of what comes next', () => {
    given(underWay())
      .when('2026-04-13T09:00+08:00', by('office', handOver('handler', 'liaison')))
      .passesTo('2026-09-11T00:00+08:00')
      .then(notice({ rung: 'before-20', to: ['liaison'] }));
  });

  it('a handler by name is remembered: who did part of the work does not check it', () => {
    given(underWay())
      .when('2026-04-13T09:00+08:00', by('office', handOver('handler', 'cadres')))
      .then(happened('handedOver', { from: null, to: 'cadres' }), state({ formerly: [] }))
      .when('2026-04-14T09:00+08:00', by('office', handOver('handler', 'liaison')))
      .then(happened('handedOver', { from: 'cadres', to: 'liaison' }), state({ formerly: ['cadres'] }))
      .when('2026-04-15T09:00+08:00', by('clerk', handOver('leaderInCharge', 'secretary')))
      .then(
        happened('handedOver', { from: null, to: 'secretary' }),
        state({
          assignment: {
            leadUnitId: 'clinic',
            leadLeaderId: 'leader',
            leaderInChargeId: 'secretary',
            handlerId: 'liaison',
            coUnitIds: [],
          },
        }),
      );
  });

  it('to a known person with a post on that day, who is not the same', () => {
    given(underWay())
      .when('2026-04-13T09:00+08:00', by('office', handOver('leadLeader', 'nobody')))
      .then(refused('person.unknown'))
      .when('2026-04-13T09:00+08:00', by('office', handOver('leadLeader', 'leader')))
      .then(refused('handover.same'));
    const period = withDirectory({
      persons: [...directory.persons, { id: 'new', name: 'new', email: null }],
      posts: [...directory.posts, post('new', 'bureau', 'liaison', { from: day('2026-04-14'), to: day('2026-04-15') })],
    });
    for (const [time, expected] of [
      ['2026-04-13T23:59+08:00', refused('handover.noPost')],
      ['2026-04-14T00:00+08:00', accepted],
      ['2026-04-15T23:59+08:00', accepted],
      ['2026-04-16T00:00+08:00', refused('handover.noPost')],
    ] as const)
      given(underWay().under(period))
        .when(time, by('office', handOver('leadLeader', 'new')))
        .then(expected);
  });

  it('not before it is assigned, and by the office', () => {
    given(registered())
      .when('2026-03-03T09:00+08:00', by('office', handOver('leadLeader', 'secretary')))
      .then(refused('handover.notAssigned'));
    for (const actor of ['head', 'leader', 'inspector'])
      given(assigned())
        .when('2026-03-04T09:00+08:00', by(actor, handOver('leadLeader', 'secretary')))
        .then(refused('role.notAllowed'));
  });

  it('nobody handles what they are just checking', () => {
    given(looking())
      .when('2026-06-04T09:00+08:00', by('office', handOver('handler', 'discipline')))
      .then(refused('handover.checker'))
      .when('2026-06-04T10:00+08:00', by('office', handOver('handler', 'liaison')))
      .then(stands('checkBack'));
    given(closed())
      .when('2026-07-01T09:00+08:00', by('office', handOver('handler', 'discipline')))
      .then(stands('closed'));
  });

  it('an event folds on an issue that nobody has', () => {
    const life = new Life(registered().state, rules).append(
      { type: 'handedOver', role: 'handler', from: null, to: 'liaison', reason },
      'office',
      registered().state.lastOccurredAt,
    );
    expect(life.state.assignment).toBeNull();
  });
});

import type { IssueCommand } from '../../domain/issue/commands';
import { isDrawn } from '../../domain/draw';
import {
  accepted,
  approve,
  approvePlan,
  assign,
  by,
  day,
  directory,
  done,
  drawn,
  given,
  handedIn,
  happened,
  ISSUE,
  looking,
  measure,
  owed,
  plan,
  post,
  recordCheckBack,
  refused,
  registered,
  rules,
  stands,
  state,
  tells,
  text,
  underReview,
  vacant,
  withDirectory,
  withPolicy,
} from './support';
import { defaultPolicy } from '../../domain/policy/default-policy';

describe('check-backs', () => {
  const look = (checkers: readonly string[], context = rules) =>
    given(handedIn(context)).when('2026-06-03T09:00+08:00', by('office', { type: 'planCheckBack', checkers }));

  it.each([
    ['checkers.tooFew', ['office']],
    ['checkers.tooFew', ['office', 'office']],
    ['checkers.ofUnit', ['office', 'liaison']],
    ['person.unknown', ['office', 'nobody']],
  ])('%s for %j', (code, checkers) => {
    look(checkers).then(refused(code));
  });

  it('a checker is not of a co-unit or of the unit of a measure, nor was since the feedback, nor is the handler', () => {
    const moved = withDirectory({
      posts: [
        ...directory.posts,
        post('cadres', 'clinic', 'handler', { to: day('2026-03-02') }),
        post('group', 'clinic', 'handler', { to: day('2026-03-01') }),
      ],
    });
    look(['office', 'cadres'], moved).then(refused('checkers.ofUnit'));
    look(['office', 'group'], moved).then(accepted);
    const shared = given(registered())
      .when('2026-03-03T09:00+08:00', by('office', { ...assign, handlerId: 'cadres', coUnitIds: ['depot'] } as IssueCommand))
      .when('2026-03-04T09:00+08:00', by('head', { type: 'acknowledge' }))
      .when('2026-03-10T09:00+08:00', by('head', plan({ ...measure('2026-09-30'), unitId: 'depot' })))
      .when('2026-03-11T09:00+08:00', by('leader', approvePlan))
      .when('2026-03-12T09:00+08:00', by('office', approvePlan))
      .when('2026-03-13T09:00+08:00', by('head', { type: 'completeMeasure', measureId: 'm1', evidence: text('e') }))
      .when('2026-03-16T09:00+08:00', by('head', { type: 'requestCloseout' }))
      .then(stands('closeoutRequested'));
    for (const involved of ['depotHead', 'cadres'])
      shared
        .when('2026-03-17T09:00+08:00', by('office', { type: 'planCheckBack', checkers: ['office', involved] }))
        .then(refused('checkers.ofUnit'));
  });

  it('nor holds a measure, was the handler before, requested the closeout, or is of a section of the unit', () => {
    const context = withDirectory({
      units: [...directory.units, { id: 'ward', name: '内科', kind: 'unit', parentId: 'clinic' }],
      persons: [...directory.persons, { id: 'nurse', name: 'nurse', email: null }],
      posts: [...directory.posts, post('nurse', 'ward', 'liaison')],
      substitutes: [{ personId: 'head', substituteId: 'secretary', roles: [], from: day('2026-03-13'), to: null }],
    });
    const life = given(registered({ context }))
      .when('2026-03-03T09:00+08:00', by('office', { ...assign, handlerId: 'group' } as IssueCommand))
      .when('2026-03-04T09:00+08:00', by('head', { type: 'acknowledge' }))
      .when('2026-03-10T09:00+08:00', by('head', plan({ ...measure('2026-09-30'), holderId: 'cadres' })))
      .when('2026-03-11T09:00+08:00', by('leader', approvePlan))
      .when('2026-03-12T09:00+08:00', by('office', approvePlan))
      .when('2026-03-12T10:00+08:00', by('office', { type: 'handOver', role: 'handler', to: 'handler', reason: text('r') }))
      .when('2026-03-13T09:00+08:00', by('secretary', { type: 'completeMeasure', measureId: 'm1', evidence: text('e') }))
      .when('2026-03-16T09:00+08:00', by('secretary', { type: 'requestCloseout' }))
      .then(stands('closeoutRequested'), state({ closeoutRequestedBy: 'secretary' }));
    for (const involved of ['cadres', 'group', 'secretary', 'nurse'])
      life
        .when('2026-03-17T09:00+08:00', by('office', { type: 'planCheckBack', checkers: ['office', involved] }))
        .then(refused('checkers.ofUnit'));
    life.when('2026-03-17T09:00+08:00', by('office', { type: 'planCheckBack', checkers: ['clerk', 'discipline'] })).then(accepted);
  });

  it('the office may always go on the spot, or look on paper, and then no seed is recorded', () => {
    for (const mode of ['onTheSpot', 'onPaper'] as const)
      given(handedIn(withPolicy({ onTheSpotPercent: { ...defaultPolicy.onTheSpotPercent, value: mode === 'onTheSpot' ? 0 : 100 } })))
        .when('2026-06-03T09:00+08:00', by('office', { type: 'planCheckBack', checkers: ['office', 'clerk'], mode, seed: 'S' }))
        .then(happened('checkBackPlanned', { mode, seed: null }));
  });

  it('without a mode, a recorded seed draws it, and anyone can draw again', () => {
    const seed = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].find((one) => isDrawn(one, ISSUE, 30)) ?? '';
    given(handedIn())
      .when('2026-06-03T09:00+08:00', by('office', { type: 'planCheckBack', checkers: ['office', 'clerk', 'office'], seed }))
      .then(happened('checkBackPlanned', { mode: 'onTheSpot', seed, checkers: ['office', 'clerk'] }));
    look(['office', 'clerk']).then(happened('checkBackPlanned', { mode: isDrawn('R1', ISSUE, 30) ? 'onTheSpot' : 'onPaper', seed: 'R1' }));
  });

  it('a random sample of 30 percent is about that', () => {
    const drawnOnes = Array.from({ length: 2000 }, (_, index) => isDrawn('S', `R1-${index}`, 30)).filter(Boolean);
    expect(drawnOnes.length).toBeGreaterThan(540);
    expect(drawnOnes.length).toBeLessThan(660);
  });

  it.each(['consolidated', 'relapsed'] as const)('%s is no result before closeout', (result) => {
    given(looking())
      .when('2026-06-10T09:00+08:00', by('office', recordCheckBack(result)))
      .then(refused('checkBack.result'));
  });

  it.each(['passed', 'returned'] as const)('%s is no result after closeout', (result) => {
    given(drawn())
      .when('2026-12-10T09:00+08:00', by('inspector', recordCheckBack(result)))
      .then(refused('checkBack.result'));
  });

  it('who requested the closeout does not record the check-back', () => {
    const both = withDirectory({ posts: [...directory.posts, post('head', 'bureau', 'rectificationOffice')] });
    given(looking(both))
      .when('2026-06-10T09:00+08:00', by('head', recordCheckBack('passed')))
      .then(refused('approver.isRequester'));
  });

  it('when only the requester is left in the office, its duty to check passes to the leading group', () => {
    const context = withDirectory({
      posts: [...directory.posts.filter(({ role }) => role !== 'rectificationOffice'), post('head', 'bureau', 'rectificationOffice')],
    });
    given(done(rules))
      .under(context)
      .when('2026-06-02T09:00+08:00', by('head', { type: 'requestCloseout' }))
      .then(tells('2026-06-02 checkBack#1 opened > group'))
      .when('2026-06-03T09:00+08:00', by('group', { type: 'planCheckBack', checkers: ['group', 'discipline'] }))
      .when('2026-06-10T09:00+08:00', by('group', recordCheckBack('passed')))
      .then(stands('underReview'));
  });
});

describe('joint review', () => {
  it('a person speaks once, a party once', () => {
    const both = withDirectory({ posts: [...directory.posts, post('discipline', 'watch', 'organisationDept')] });
    given(underReview(both))
      .when('2026-06-11T09:00+08:00', by('discipline', approve))
      .when('2026-06-11T10:00+08:00', by('discipline', approve))
      .then(refused('review.twice'));
    given(underReview())
      .when('2026-06-11T09:00+08:00', by('inspector', approve))
      .when('2026-06-11T10:00+08:00', by('inspector2', approve))
      .then(refused('review.notOwed'));
  });

  it('speaks for the party it names, and only if asked', () => {
    given(underReview())
      .when('2026-06-11T09:00+08:00', by('discipline', { type: 'review', verdict: 'approved', party: 'organisationDept' }))
      .then(refused('review.notOwed'))
      .when('2026-06-11T10:00+08:00', by('office', approve))
      .then(refused('review.notOwed'));
  });

  it('a return needs an opinion', () => {
    given(underReview())
      .when('2026-06-11T09:00+08:00', by('discipline', { type: 'review', verdict: 'returned' }))
      .then(refused('opinion.missing'));
  });

  it('who requested the closeout does not review it', () => {
    const both = withDirectory({ posts: [...directory.posts, post('head', 'watch', 'disciplineGroup')] });
    given(underReview(both)).when('2026-06-11T09:00+08:00', by('head', approve)).then(refused('approver.isRequester'));
  });

  it('a party that nobody holds passes to the inspection office, once', () => {
    given(underReview(vacant('disciplineGroup', 'organisationDept'))).then(owed('review:inspectionOffice#1 inspectionOffice 2026-06-25'));
    given(underReview(withPolicy({ reviewParties: { ...defaultPolicy.reviewParties, value: [] } }))).then(
      owed('review:inspectionOffice#1 inspectionOffice 2026-06-25'),
    );
  });
});

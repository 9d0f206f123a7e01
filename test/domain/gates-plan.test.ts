import { sampleCommands } from './commands';
import {
  accepted,
  acknowledged,
  approvePlan,
  assign,
  by,
  directory,
  done,
  given,
  handedIn,
  measure,
  owed,
  plan,
  post,
  proposed,
  recordCheckBack,
  rectifying,
  refused,
  registered,
  relapsed,
  stands,
  text,
  underWay,
  withDirectory,
} from './support';

describe('the plan', () => {
  it.each([
    ['plan.noMeasure', plan()],
    ['measure.undated', plan(measure('2026-09-30'), measure(null))],
    ['date.past', plan(measure('2026-03-09'))],
    ['date.past', plan(measure('2026-09-30'), measure('2026-03-09'))],
    ['unit.unknown', plan({ ...measure('2026-09-30'), unitId: 'nowhere' })],
  ])('%s', (code, command) => {
    given(acknowledged()).when('2026-03-10T09:00+08:00', by('handler', command)).then(refused(code));
  });

  it('a day that a rest day moves before today is past', () => {
    given(acknowledged())
      .when('2026-03-14T09:00+08:00', by('handler', plan(measure('2026-03-15'))))
      .then(refused('date.past'));
  });

  it('today is not past, and a sustained measure needs no day', () => {
    given(acknowledged())
      .when('2026-03-10T23:00+08:00', by('handler', plan(measure('2026-03-10'), measure(null, true))))
      .then(stands('planned'));
  });

  it('who proposed does not approve, nor one person twice, nor review what he proposed', () => {
    const wide = withDirectory({
      posts: [
        ...directory.posts,
        post('leader', 'clinic', 'unitHead'),
        post('leader', 'bureau', 'leadingGroup'),
        post('leader', 'inspection', 'inspectionOffice'),
      ],
    });
    given(acknowledged(wide))
      .when('2026-03-10T09:00+08:00', by('leader', plan(measure('2026-09-30'))))
      .when('2026-03-11T09:00+08:00', by('leader', approvePlan))
      .then(refused('approver.isRequester'));
    given(proposed({ context: wide }))
      .when('2026-03-11T09:00+08:00', by('leader', approvePlan))
      .when('2026-03-12T09:00+08:00', by('leader', approvePlan))
      .then(refused('approver.isRequester'))
      .when('2026-03-13T09:00+08:00', by('group', approvePlan))
      .then(stands('rectifying'));
    given(acknowledged(wide))
      .when('2026-03-10T09:00+08:00', by('inspector', plan(measure('2026-09-30'))))
      .then(refused('role.notAllowed'));
  });

  it('the review of a plan stands open once, and its return needs a reason and a unit that still rectifies', () => {
    given(underWay()).when('2026-03-16T09:00+08:00', by('inspector', sampleCommands.reviewPlan)).then(refused('plan.notUnderReview'));
    given(rectifying())
      .when('2026-03-16T09:00+08:00', by('inspector', { type: 'reviewPlan', verdict: 'returned' }))
      .then(refused('opinion.missing'))
      .when('2026-03-16T10:00+08:00', by('head', { type: 'completeMeasure', measureId: 'm1', evidence: text('e') }))
      .when('2026-03-16T11:00+08:00', by('head', { type: 'requestCloseout' }))
      .when('2026-03-17T09:00+08:00', by('inspector', { type: 'reviewPlan', verdict: 'returned', opinion: text('o') }))
      .then(refused('phase.notAllowed'))
      .when('2026-03-17T10:00+08:00', by('inspector', { type: 'reviewPlan', verdict: 'approved' }))
      .then(accepted, owed('checkBack#1 rectificationOffice 2026-04-07'));
  });
});

describe('measures and closeout', () => {
  it('a measure is completed once, by its id', () => {
    const complete = (measureId: string) => by('handler', { type: 'completeMeasure', measureId, evidence: text('e') });
    given(done()).when('2026-06-02T09:00+08:00', complete('m9')).then(refused('measure.unknown'));
    given(done()).when('2026-06-02T09:00+08:00', complete('m1')).then(refused('measure.completed'));
  });

  it('no closeout with an open measure, also after a relapse', () => {
    given(underWay())
      .when('2026-06-02T09:00+08:00', by('head', { type: 'requestCloseout' }))
      .then(refused('measure.open'));
    given(relapsed())
      .when('2026-12-11T09:00+08:00', by('head', { type: 'requestCloseout' }))
      .then(refused('measure.open'));
  });

  it('only a reported completion that nobody has requested or looked at is accepted as reported', () => {
    const accept = by('office', { type: 'acceptReported' });
    given(handedIn()).when('2026-06-03T09:00+08:00', accept).then(refused('reported.none'));
    const claimed = registered({ reported: 'completed' });
    const looked = given(claimed).when('2026-03-03T09:00+08:00', by('office', { type: 'planCheckBack', checkers: ['office', 'clerk'] }));
    looked.when('2026-03-04T09:00+08:00', accept).then(refused('reported.none'));
    // found untrue, assigned, planned and handed in by a unit: now it takes the road of all others
    looked
      .when('2026-03-04T09:00+08:00', by('office', recordCheckBack('returned')))
      .when('2026-03-05T09:00+08:00', by('office', assign))
      .when('2026-03-06T09:00+08:00', by('head', { type: 'acknowledge' }))
      .when('2026-03-09T09:00+08:00', by('handler', plan(measure('2026-09-30'))))
      .when('2026-03-10T09:00+08:00', by('leader', approvePlan))
      .when('2026-03-11T09:00+08:00', by('office', approvePlan))
      .when('2026-03-12T09:00+08:00', by('handler', { type: 'completeMeasure', measureId: 'm1', evidence: text('e') }))
      .when('2026-03-13T09:00+08:00', by('head', { type: 'requestCloseout' }))
      .then(stands('closeoutRequested'))
      .when('2026-03-16T09:00+08:00', accept)
      .then(refused('reported.none'));
  });
});

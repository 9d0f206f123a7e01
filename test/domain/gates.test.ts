import type { IssueCommand } from '../../domain/issue/commands';
import { isDrawn } from '../../domain/issue/decide-check-back';
import type { CommandType } from '../../domain/issue/commands';
import { sampleCommands } from './commands';
import {
  accepted,
  acknowledged,
  approve,
  approvePlan,
  assign,
  assigned,
  by,
  closed,
  day,
  directory,
  done,
  drawn,
  extension,
  given,
  handedIn,
  happened,
  ISSUE,
  looking,
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
  rules,
  stands,
  text,
  underReview,
  underWay,
  vacant,
  withDirectory,
  withPolicy,
  type Life,
} from './support';
import { defaultPolicy } from '../../domain/policy/default-policy';

const consolidated = (): Life => drawn().when('2026-12-10T09:00+08:00', by('inspector', recordCheckBack('consolidated')));
const stages: Readonly<Record<string, () => Life>> = {
  registered,
  assigned,
  acknowledged,
  planned: proposed,
  rectifying: underWay,
  closeoutRequested: handedIn,
  checkBack: looking,
  underReview,
  closed,
  afterCheckBack: drawn,
};

/** Who could give a command if the phase were right. */
const givers: Readonly<Record<CommandType, string>> = {
  assign: 'office',
  acknowledge: 'head',
  proposePlan: 'handler',
  approvePlan: 'leader',
  returnPlan: 'leader',
  reviewPlan: 'inspector',
  reportProgress: 'liaison',
  completeMeasure: 'handler',
  requestExtension: 'head',
  decideExtension: 'inspector',
  requestCloseout: 'head',
  planCheckBack: 'office',
  recordCheckBack: 'office',
  review: 'discipline',
  drawCheckBack: 'inspector',
  acceptReported: 'office',
  signPaper: 'office',
  replyToPaper: 'leader',
  comment: 'liaison',
};

describe('phase', () => {
  const only: Partial<Record<CommandType, readonly string[]>> = {
    assign: ['registered', 'assigned'],
    acknowledge: ['assigned'],
    proposePlan: ['acknowledged'],
    approvePlan: ['planned'],
    returnPlan: ['planned'],
    reportProgress: ['rectifying'],
    completeMeasure: ['rectifying'],
    requestExtension: ['rectifying'],
    requestCloseout: ['rectifying'],
    planCheckBack: ['closeoutRequested'],
    recordCheckBack: ['checkBack', 'afterCheckBack'],
    review: ['underReview'],
    drawCheckBack: ['closed'],
  };
  const pairs = Object.entries(only).flatMap(([type, phases]) =>
    Object.entries(stages).map(([phase, life]) => ({ type: type as CommandType, phase, life, allowed: phases.includes(phase) })),
  );

  it.each(pairs)('$type in $phase: allowed $allowed', ({ type, phase, life, allowed }) => {
    // the unit's own roles stand only once it is assigned
    const story = given(life().under(withDirectory({ posts: [...directory.posts, ...everyRole] }))).when(
      '2027-03-01T09:00+08:00',
      by('everyone', sampleCommands[type]),
    );
    if (allowed) expect(story.last.rejection).not.toBe('phase.notAllowed');
    else if (phase !== 'registered') expect(story.last.rejection).toBe('phase.notAllowed');
    else expect(['phase.notAllowed', 'role.notAllowed']).toContain(story.last.rejection);
  });

  it('nothing but a comment is possible on a consolidated issue', () => {
    for (const [type, actor] of Object.entries(givers))
      given(consolidated())
        .when('2027-03-01T09:00+08:00', by(actor, sampleCommands[type as CommandType]))
        .then(type === 'comment' ? accepted : refused('issue.final'));
  });
});

const everyRole = [
  post('everyone', 'clinic', 'unitHead'),
  post('everyone', 'bureau', 'rectificationOffice'),
  post('everyone', 'inspection', 'inspectionOffice'),
  post('everyone', 'watch', 'disciplineGroup'),
  post('everyone', 'bureau', 'leadingGroup'),
  post('everyone', 'clinic', 'liaison'),
];

describe('role', () => {
  const strangers: Readonly<Record<CommandType, readonly string[]>> = {
    assign: ['head', 'leader', 'inspector', 'nobody'],
    acknowledge: ['handler', 'office', 'depotHead'],
    proposePlan: ['liaison', 'leader', 'depotHead'],
    approvePlan: ['head', 'inspector', 'secretary'],
    returnPlan: ['head', 'inspector'],
    reviewPlan: ['office', 'leader', 'discipline'],
    reportProgress: ['leader', 'depotHead', 'office'],
    completeMeasure: ['leader', 'depotHead', 'office'],
    requestExtension: ['handler', 'leader', 'depotHead'],
    decideExtension: ['head', 'leader', 'office'],
    requestCloseout: ['handler', 'liaison', 'leader'],
    planCheckBack: ['head', 'inspector', 'discipline'],
    recordCheckBack: ['head', 'discipline'],
    review: ['head', 'secretary'],
    drawCheckBack: ['office', 'head'],
    acceptReported: ['head', 'inspector'],
    signPaper: ['head', 'leader'],
    replyToPaper: ['handler', 'office'],
    comment: [],
  };

  it.each(Object.entries(strangers))('%s is refused to %j', (type, persons) => {
    for (const person of persons)
      given(underWay())
        .when('2026-04-01T09:00+08:00', by(person, sampleCommands[type as CommandType]))
        .then(refused('role.notAllowed'));
  });

  it('a post ends with its last day', () => {
    const left = withDirectory({
      posts: directory.posts.map((one) => (one.personId === 'head' ? { ...one, to: day('2026-03-04') } : one)),
    });
    given(assigned(left))
      .when('2026-03-04T23:59+08:00', by('head', { type: 'acknowledge' }))
      .then(accepted);
    given(assigned(left))
      .when('2026-03-05T00:00+08:00', by('head', { type: 'acknowledge' }))
      .then(refused('role.notAllowed'));
  });

  it('the head of another unit is no head here', () => {
    given(assigned())
      .when('2026-03-04T09:00+08:00', by('depotHead', { type: 'acknowledge' }))
      .then(refused('role.notAllowed'));
  });

  it('a lead leader is who the assignment names, whatever his post', () => {
    given(registered())
      .when('2026-03-03T09:00+08:00', by('office', { ...assign, leadLeaderId: 'secretary' } as IssueCommand))
      .when('2026-03-04T09:00+08:00', by('leader', { type: 'acknowledge' }))
      .then(refused('role.notAllowed'))
      .when('2026-03-04T10:00+08:00', by('secretary', { type: 'acknowledge' }))
      .then(stands('acknowledged'));
  });

  it('the steps of approval have their own roles', () => {
    given(proposed())
      .when('2026-03-11T09:00+08:00', by('office', approvePlan))
      .then(refused('role.notThisStep'))
      .when('2026-03-11T09:30+08:00', by('office', { type: 'returnPlan', opinion: text('o') }))
      .then(refused('role.notThisStep'))
      .when('2026-03-11T10:00+08:00', by('leader', approvePlan))
      .when('2026-03-11T11:00+08:00', by('leader', approvePlan))
      .then(refused('role.notThisStep'));
  });

  it('before closeout the office records the check-back, after it the inspection office', () => {
    given(looking())
      .when('2026-06-10T09:00+08:00', by('inspector', recordCheckBack('passed')))
      .then(refused('role.notAllowed'));
    given(drawn())
      .when('2026-12-10T09:00+08:00', by('office', recordCheckBack('consolidated')))
      .then(refused('role.notAllowed'));
  });
});

describe('assign', () => {
  it.each([
    ['unit.unknown', { ...assign, leadUnitId: 'nowhere' }],
    ['unit.unknown', { ...assign, coUnitIds: ['depot', 'nowhere'] }],
    ['person.unknown', { ...assign, leadLeaderId: 'nobody' }],
    ['person.unknown', { ...assign, leaderInChargeId: 'nobody' }],
    ['person.unknown', { ...assign, handlerId: 'nobody' }],
  ] as const)('%s', (code, command) => {
    given(registered())
      .when('2026-03-03T09:00+08:00', by('office', command as IssueCommand))
      .then(refused(code));
  });
});

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

describe('extensions', () => {
  const ask = (date: string) => by('head', extension(date));
  const grant = by('inspector', { type: 'decideExtension', granted: true });

  it.each([
    ['date.past', '2026-03-31'],
    ['extension.notLater', '2026-09-01'],
    ['extension.notLater', '2026-09-30'],
    ['extension.tooLong', '2027-03-30'],
  ])('%s', (code, date) => {
    given(underWay()).when('2026-04-01T09:00+08:00', ask(date)).then(refused(code));
  });

  it('a later day that falls back onto the day in force extends nothing', () => {
    // Saturday 2026-10-31 is due on Friday the 30th
    given(underWay({ due: '2026-10-30' }))
      .when('2026-04-01T09:00+08:00', ask('2026-10-31'))
      .then(refused('extension.notLater'));
  });

  it('one request waits at a time, and only what was asked is decided', () => {
    given(underWay())
      .when('2026-04-01T09:00+08:00', grant)
      .then(refused('extension.none'))
      .when('2026-04-01T10:00+08:00', ask('2026-10-15'))
      .when('2026-04-01T11:00+08:00', ask('2026-10-16'))
      .then(refused('extension.pending'));
  });

  it('at most two, together at most 180 days from the first day', () => {
    const once = given(underWay()).when('2026-04-01T09:00+08:00', ask('2026-12-31')).when('2026-04-02T09:00+08:00', grant);
    once.when('2026-04-03T09:00+08:00', ask('2027-03-30')).then(refused('extension.tooLong'));
    once
      .when('2026-04-03T09:00+08:00', ask('2027-03-29'))
      .then(accepted)
      .when('2026-04-07T09:00+08:00', grant)
      .then(accepted)
      .when('2026-04-08T09:00+08:00', ask('2027-03-30'))
      .then(refused('extension.tooMany'));
  });

  it('the length counts together even where no plan named a day', () => {
    given(underWay({ due: null }))
      .when('2026-04-01T09:00+08:00', ask('2026-11-27'))
      .when('2026-04-02T09:00+08:00', grant)
      .when('2026-04-03T09:00+08:00', ask('2026-12-31'))
      .then(refused('extension.tooLong'));
  });

  it('a relapse years later can still be extended: what counts is what was granted', () => {
    given(relapsed()).when('2027-01-05T09:00+08:00', ask('2027-01-29')).then(accepted);
  });

  it('who asked does not decide', () => {
    const both = withDirectory({ posts: [...directory.posts, post('head', 'inspection', 'inspectionOffice')] });
    given(underWay({ context: both }))
      .when('2026-04-01T09:00+08:00', ask('2026-10-15'))
      .when('2026-04-02T09:00+08:00', by('head', { type: 'decideExtension', granted: true }))
      .then(refused('approver.isRequester'))
      .when('2026-04-02T10:00+08:00', grant)
      .then(accepted);
  });

  it('is late from the midnight after the due day', () => {
    given(underWay())
      .when('2026-09-30T23:59+08:00', ask('2026-11-30'))
      .then(happened('extensionRequested', { late: false }));
    given(underWay())
      .when('2026-10-01T00:00+08:00', ask('2026-11-30'))
      .then(happened('extensionRequested', { late: true }));
  });

  it('a plan that the inspection office returns voids the request: one duty to rectify, its clock running', () => {
    given(rectifying())
      .when('2026-03-13T09:00+08:00', ask('2026-10-15'))
      .then(
        owed(
          'planReview#1 inspectionOffice 2026-03-26',
          'rectify#2 unitHead 2026-09-30 stopped',
          'extensionDecision#1 inspectionOffice 2026-03-18',
        ),
      )
      .when('2026-03-16T09:00+08:00', by('inspector', { type: 'reviewPlan', verdict: 'returned', opinion: text('o') }))
      .then(owed('rectify#2 unitHead 2026-09-30', 'plan#2 unitHead 2026-03-30'))
      .when('2026-03-17T09:00+08:00', grant)
      .then(refused('extension.none'));
  });

  it('a request for closeout settles it', () => {
    given(done())
      .when('2026-06-02T09:00+08:00', ask('2026-10-15'))
      .when('2026-06-03T09:00+08:00', by('head', { type: 'requestCloseout' }))
      .then(owed('checkBack#1 rectificationOffice 2026-06-25'));
  });
});

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
      .when('2026-03-03T09:00+08:00', by('office', { ...assign, handlerId: 'cadres' } as IssueCommand))
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

  it('a drawn issue needs checkers', () => {
    given(closed())
      .when('2026-12-01T09:00+08:00', by('inspector', { type: 'drawCheckBack', seed: 'S', checkers: ['inspector'], chosen: true }))
      .then(refused('checkers.tooFew'));
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

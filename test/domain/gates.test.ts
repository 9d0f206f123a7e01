import type { IssueCommand } from '../../domain/issue/commands';
import type { CommandType } from '../../domain/issue/commands';
import { sampleCommands } from './commands';
import {
  accepted,
  acknowledged,
  approvePlan,
  assign,
  assigned,
  by,
  closed,
  day,
  directory,
  drawn,
  given,
  handedIn,
  looking,
  post,
  proposed,
  recordCheckBack,
  refused,
  registered,
  stands,
  text,
  underReview,
  underWay,
  withDirectory,
  type Life,
} from './support';

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
  completeMilestone: 'handler',
  amend: 'office',
  linkRecurrence: 'office',
  shareRectification: 'office',
  recuse: 'office',
  handOver: 'office',
  void: 'office',
  split: 'office',
  merge: 'office',
  reassign: 'office',
  transferOut: 'office',
  confirmCorrection: 'clerk',
  suspend: 'inspector',
  reviewSuspension: 'inspector',
  resume: 'inspector',
  withdraw: 'inspector',
  reopen: 'inspector',
  requestCoordination: 'head',
  decideCoordination: 'leader',
  noteCoordination: 'head',
  answerCoordination: 'secretary',
  escalate: 'office',
  decideTalk: 'inspector',
  holdPaper: 'office',
  declinePaper: 'office',
  reviewStage: 'office',
  confirmUpkeep: 'head',
  recordHandling: 'office',
  recordMoney: 'office',
  correctMoney: 'office',
  recordRule: 'office',
  setPublicStatus: 'office',
  editImplementation: 'office',
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

  it('a consolidated issue can be remarked on, reopened and recorded about, nothing else', () => {
    const still = ['comment', 'reopen', 'linkRecurrence', 'setPublicStatus', 'editImplementation', 'recordHandling'];
    const unknown = ['correctMoney']; // allowed, but this issue has no money
    for (const [type, actor] of Object.entries(givers))
      given(consolidated())
        .when('2027-03-01T09:00+08:00', by(actor, sampleCommands[type as CommandType]))
        .then(still.includes(type) ? accepted : refused(unknown.includes(type) ? 'money.unknown' : 'issue.final'));
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
    decideExtension: ['head', 'office', 'discipline'],
    requestCloseout: ['handler', 'liaison', 'leader'],
    planCheckBack: ['head', 'inspector', 'discipline'],
    recordCheckBack: ['head', 'discipline'],
    review: ['head', 'secretary'],
    drawCheckBack: ['office', 'head'],
    acceptReported: ['head', 'inspector'],
    signPaper: ['head', 'leader'],
    replyToPaper: ['handler', 'office'],
    comment: [],
    completeMilestone: ['leader', 'depotHead', 'office'],
    amend: ['head', 'inspector'],
    linkRecurrence: ['head', 'leader'],
    shareRectification: ['head', 'inspector'],
    recuse: ['head', 'leader'],
    handOver: ['head', 'leader', 'inspector'],
    void: ['head', 'leader', 'inspector'],
    split: ['head', 'leader'],
    merge: ['head', 'inspector'],
    reassign: ['head', 'leader'],
    transferOut: ['head', 'inspector'],
    confirmCorrection: ['head', 'leader', 'inspector'],
    suspend: ['office', 'leader', 'head'],
    reviewSuspension: ['office', 'leader'],
    resume: ['office', 'head'],
    withdraw: ['office', 'leader'],
    reopen: ['office', 'head'],
    requestCoordination: ['handler', 'leader', 'office'],
    decideCoordination: ['head', 'inspector'],
    noteCoordination: ['leader', 'office'],
    answerCoordination: ['head', 'office', 'handler'],
    escalate: ['head', 'leader', 'discipline'],
    decideTalk: ['office', 'discipline'],
    holdPaper: ['head', 'leader'],
    declinePaper: ['head', 'leader'],
    reviewStage: ['head', 'leader', 'inspector'],
    confirmUpkeep: ['leader', 'office'],
    recordHandling: ['head', 'leader', 'inspector'],
    recordMoney: ['head', 'discipline'],
    correctMoney: ['head', 'inspector'],
    recordRule: ['head', 'inspector'],
    setPublicStatus: ['head', 'inspector'],
    editImplementation: ['head', 'inspector'],
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
    given(registered()).when('2026-03-03T09:00+08:00', by('office', command)).then(refused(code));
  });
});

import {
  acknowledged,
  agendaFires,
  approve,
  approvePlan,
  assign,
  assigned,
  by,
  closed,
  drawn,
  given,
  handedIn,
  happened,
  looking,
  measure,
  notice,
  owed,
  plan,
  proposed,
  recordCheckBack,
  rectifying,
  registered,
  relapsed,
  stands,
  state,
  tells,
  text,
  underReview,
  underWay,
  day,
} from './support';

describe('the road of an issue', () => {
  it('registered: the office owes the assignment', () => {
    registered().then(
      stands('registered'),
      owed('assign#1 rectificationOffice 2026-03-05'),
      notice({ rung: 'opened', to: ['office', 'clerk'] }),
    );
  });

  it('assigned: the unit owes receipt, and silently the rectification until a plan names its day', () => {
    given(registered())
      .when('2026-03-03T09:00+08:00', by('office', assign))
      .then(
        stands('assigned'),
        owed('receipt#1 unitHead 2026-03-06', 'rectify#1 unitHead 2026-06-02'),
        tells('2026-03-03 receipt#1 opened > head'),
      );
  });

  it('assigned anew before receipt: the next unit owes it, the first day of rectification stays', () => {
    given(assigned())
      .when('2026-03-04T09:00+08:00', by('clerk', { type: 'assign', leadUnitId: 'depot', leadLeaderId: 'leader' }))
      .then(owed('rectify#1 unitHead 2026-06-02', 'receipt#2 unitHead 2026-03-09'), tells('2026-03-04 receipt#2 opened > depotHead'));
  });

  it('acknowledged: the plan is due a month after the feedback', () => {
    given(assigned())
      .when('2026-03-04T09:00+08:00', by('leader', { type: 'acknowledge' }))
      .then(
        stands('acknowledged'),
        owed('rectify#1 unitHead 2026-06-02', 'plan#1 unitHead 2026-04-02'),
        tells('2026-03-04 plan#1 opened > head'),
      );
  });

  it('planned: the lead leader approves first, then the office or the leading group', () => {
    given(acknowledged())
      .when('2026-03-10T09:00+08:00', by('head', plan(measure('2026-09-30'), measure(null, true))))
      .then(stands('planned'), owed('rectify#1 unitHead 2026-06-02', 'planApproval#1 leadLeader 2026-03-17'))
      .when('2026-03-11T09:00+08:00', by('leader', approvePlan))
      .then(
        stands('planned'),
        happened('planApproved', { role: 'leadLeader', final: false, dueOn: null }),
        owed('rectify#1 unitHead 2026-06-02', 'planApproval#2 rectificationOffice 2026-03-18'),
        tells('2026-03-11 planApproval#2 opened > clerk office'),
      )
      .when('2026-03-12T09:00+08:00', by('group', approvePlan))
      .then(
        stands('rectifying'),
        happened('planApproved', { role: 'leadingGroup', final: true, dueOn: day('2026-09-30') }),
        owed('planReview#1 inspectionOffice 2026-03-26', 'rectify#2 unitHead 2026-09-30'),
        state({ originalDueOn: day('2026-09-30') }),
        tells('2026-03-12 planReview#1 opened > inspector inspector2', '2026-03-12 rectify#2 opened > handler head'),
      );
  });

  it('the last measure names the day; a plan of sustained measures alone keeps the end of the concentrated period', () => {
    given(acknowledged())
      .when('2026-03-10T09:00+08:00', by('handler', plan(measure('2026-08-31'), measure('2026-09-15'), measure('2026-07-01'))))
      .when('2026-03-11T09:00+08:00', by('leader', approvePlan))
      .when('2026-03-12T09:00+08:00', by('office', approvePlan))
      .then(state({ dueOn: day('2026-09-15') }));
    given(rectifying({ due: null })).then(
      state({ dueOn: null, originalDueOn: null }),
      owed('planReview#1 inspectionOffice 2026-03-26', 'rectify#2 unitHead 2026-06-02'),
    );
  });

  it('measures are completed, then closeout is requested and the office owes the check-back', () => {
    given(underWay())
      .when('2026-05-06T09:00+08:00', by('liaison', { type: 'reportProgress', progress: text('half') }))
      .then(stands('rectifying'))
      .when('2026-06-01T09:00+08:00', by('handler', { type: 'completeMeasure', measureId: 'm1', evidence: text('photo') }))
      .then(stands('rectifying'))
      .when('2026-06-02T09:00+08:00', by('head', { type: 'requestCloseout' }))
      .then(
        stands('closeoutRequested'),
        owed('checkBack#1 rectificationOffice 2026-06-24'),
        tells('2026-06-02 checkBack#1 opened > clerk office'),
      );
  });

  it('checked on the spot, reviewed by three parties, struck off with the last approval', () => {
    given(handedIn())
      .when('2026-06-03T09:00+08:00', by('office', { type: 'planCheckBack', checkers: ['office', 'discipline'], mode: 'onTheSpot' }))
      .then(stands('checkBack'), owed('checkBack#1 rectificationOffice 2026-06-24'))
      .when('2026-06-10T09:00+08:00', by('clerk', recordCheckBack('passed')))
      .then(
        stands('underReview'),
        owed(
          'review:disciplineGroup#1 disciplineGroup 2026-06-25',
          'review:organisationDept#1 organisationDept 2026-06-25',
          'review:inspectionOffice#1 inspectionOffice 2026-06-25',
        ),
      )
      .when('2026-06-11T09:00+08:00', by('inspector2', approve))
      .when('2026-06-12T09:00+08:00', by('cadres', approve))
      .then(stands('underReview'), owed('review:disciplineGroup#1 disciplineGroup 2026-06-25'))
      .when('2026-06-15T09:00+08:00', by('discipline', approve))
      .then(
        stands('closed'),
        happened('closed', { basis: 'reviewed', closedOn: day('2026-06-15') }),
        owed('checkBackDraw#1 inspectionOffice 2026-12-15'),
      );
  });

  it('drawn for the check-back and found consolidated: nothing is owed any more', () => {
    given(closed())
      .when(
        '2026-12-01T09:00+08:00',
        by('inspector', { type: 'drawCheckBack', seed: 'S', checkers: ['inspector', 'inspector2'], chosen: true }),
      )
      .then(stands('afterCheckBack'), owed('afterCheckBack#1 inspectionOffice 2026-12-29'))
      .when('2026-12-10T09:00+08:00', by('inspector2', recordCheckBack('consolidated')))
      .then(stands('consolidated'), owed())
      .passesTo('2030-01-01T00:00+08:00')
      .then(tells());
  });

  it('not drawn by the recorded seed: consolidated with that basis', () => {
    given(closed())
      .when('2026-12-01T09:00+08:00', by('inspector', { type: 'drawCheckBack', seed: 'seed-1', checkers: [] }))
      .then(stands('consolidated'), happened('consolidated', { basis: 'notDrawn', seed: 'seed-1' }), owed());
  });
});

describe('what comes back', () => {
  it('a plan returned by the lead leader is made anew in ten workdays; the rectification keeps its day', () => {
    given(proposed())
      .when('2026-03-11T09:00+08:00', by('leader', { type: 'returnPlan', opinion: text('thin') }))
      .then(
        stands('acknowledged'),
        happened('planReturned', { role: 'leadLeader' }),
        owed('rectify#1 unitHead 2026-06-02', 'plan#2 unitHead 2026-03-25'),
        tells('2026-03-11 plan#2 opened > head'),
      );
  });

  it('a plan returned by the office goes to the lead leader again', () => {
    given(proposed())
      .when('2026-03-11T09:00+08:00', by('leader', approvePlan))
      .when('2026-03-12T09:00+08:00', by('office', { type: 'returnPlan', opinion: text('thin') }))
      .when('2026-03-13T09:00+08:00', by('handler', plan(measure('2026-09-30'))))
      .then(owed('rectify#1 unitHead 2026-06-02', 'planApproval#3 leadLeader 2026-03-20'));
  });

  it('a plan returned by the inspection office: its review is settled and asks for nothing more', () => {
    given(rectifying())
      .when('2026-03-16T09:00+08:00', by('inspector', { type: 'reviewPlan', verdict: 'returned', opinion: text('thin') }))
      .then(stands('acknowledged'), owed('rectify#2 unitHead 2026-09-30', 'plan#2 unitHead 2026-03-30'))
      .when('2026-03-17T09:00+08:00', by('handler', plan(measure('2026-10-30'))))
      .when('2026-03-18T09:00+08:00', by('leader', approvePlan))
      .when('2026-03-19T09:00+08:00', by('office', approvePlan))
      .then(
        stands('rectifying'),
        owed('planReview#2 inspectionOffice 2026-04-02', 'rectify#3 unitHead 2026-10-30'),
        state({ originalDueOn: day('2026-09-30'), dueOn: day('2026-10-30') }),
      );
  });

  it('returned by the check-back: counted, with a redo period of ten workdays', () => {
    given(looking())
      .when('2026-06-10T09:00+08:00', by('office', recordCheckBack('returned')))
      .then(
        stands('rectifying'),
        state({ returns: 1, relapses: 0, checkers: [] }),
        owed('rectify#3 unitHead 2026-06-25'),
        tells('2026-06-10 rectify#3 opened > handler head'),
      );
  });

  it('returned by one party: the others owe no opinion any more, and all review again after the redo', () => {
    given(underReview())
      .when('2026-06-11T09:00+08:00', by('discipline', approve))
      .when('2026-06-12T09:00+08:00', by('cadres', { type: 'review', verdict: 'returned', opinion: text('unproved') }))
      .then(stands('rectifying'), happened('returned', { from: 'organisationDept' }), owed('rectify#3 unitHead 2026-06-29'))
      .when('2026-06-16T09:00+08:00', by('head', { type: 'requestCloseout' }))
      .when('2026-06-17T09:00+08:00', by('office', { type: 'planCheckBack', checkers: ['office', 'clerk'] }))
      .when('2026-06-18T09:00+08:00', by('office', recordCheckBack('passed')))
      .then(
        owed(
          'review:disciplineGroup#2 disciplineGroup 2026-07-03',
          'review:organisationDept#2 organisationDept 2026-07-03',
          'review:inspectionOffice#2 inspectionOffice 2026-07-03',
        ),
      );
  });

  it('a relapse is counted apart, all measures are open again and the sharper ladder applies', () => {
    given(drawn())
      .when('2026-12-10T09:00+08:00', by('inspector', recordCheckBack('relapsed')))
      .then(
        stands('rectifying'),
        state({ returns: 0, relapses: 1 }),
        owed('rectify#3 unitHead 2027-01-07'),
        tells('2026-12-10 rectify#3 opened > clerk handler head leader office secretary'),
      )
      .passesTo('2027-02-10T00:00+08:00')
      .then(
        tells(
          '2026-12-28 rectify#3 before-10 > handler head leader secretary',
          '2027-01-08 rectify#3 overdue > clerk handler head inspector inspector2 leader office secretary',
          '2027-01-14 rectify#3 after-5 > clerk inspector inspector2 leader office secretary',
          '2027-01-14 signPaper:officeSupervisionOrder-1 opened > inspector inspector2',
          '2027-01-16 signPaper:officeSupervisionOrder-1 half-time > inspector inspector2',
          '2027-01-19 signPaper:officeSupervisionOrder-1 overdue > inspector inspector2 secretary',
          '2027-01-21 rectify#3 after-10 > head inspector inspector2 leader secretary',
          '2027-01-21 signPaper:finalWarning-2 opened > inspector inspector2',
          '2027-01-23 signPaper:finalWarning-2 half-time > inspector inspector2',
          '2027-01-25 signPaper:officeSupervisionOrder-1 after-5 > inspector inspector2 secretary',
          '2027-01-26 signPaper:finalWarning-2 overdue > inspector inspector2 secretary',
          '2027-02-01 signPaper:finalWarning-2 after-5 > inspector inspector2 secretary',
          '2027-02-01 signPaper:officeSupervisionOrder-1 after-10 > inspector inspector2',
          '2027-02-04 rectify#3 after-20 > inspector inspector2',
          '2027-02-08 signPaper:finalWarning-2 after-10 > inspector inspector2',
        ),
      );
  });

  it('a return or an extension after a relapse keeps the sharper ladder', () => {
    given(relapsed())
      .when(
        '2026-12-14T09:00+08:00',
        by('head', { type: 'requestExtension', newDueOn: day('2027-01-29'), reason: text('r'), progress: text('p') }),
      )
      .when('2026-12-14T10:00+08:00', by('leader', { type: 'decideExtension', granted: true }))
      .when('2026-12-15T09:00+08:00', by('inspector', { type: 'decideExtension', granted: true }))
      .passesTo('2027-01-31T00:00+08:00')
      .then(
        tells(
          '2027-01-19 rectify#4 before-10 > handler head leader secretary',
          '2027-01-30 rectify#4 overdue > clerk handler head inspector inspector2 leader office secretary',
        ),
      );
  });
});

describe('what a published report claims', () => {
  const claimed = () => registered({ reported: 'completed' });

  it('is a request that waits for check-back and review, not a closeout', () => {
    given(claimed()).then(stands('closeoutRequested'), owed('checkBack#1 rectificationOffice 2026-03-23'));
  });

  it('can be accepted by the office, which opens the check-back', () => {
    given(claimed())
      .when('2026-03-05T09:00+08:00', by('office', { type: 'acceptReported' }))
      .then(stands('closed'), happened('closed', { basis: 'asReported' }), owed('checkBackDraw#1 inspectionOffice 2026-09-07'));
  });

  it('found untrue before any unit had it: assigned first, its terms count from then', () => {
    given(claimed())
      .when('2026-08-03T09:00+08:00', by('office', { type: 'planCheckBack', checkers: ['office', 'clerk'] }))
      .when('2026-08-04T09:00+08:00', by('office', recordCheckBack('returned')))
      .then(stands('registered'), state({ returns: 1 }), owed('assign#1 rectificationOffice 2026-08-07'))
      .when('2026-08-05T09:00+08:00', by('office', assign))
      .then(owed('receipt#1 unitHead 2026-08-10', 'rectify#1 unitHead 2026-11-05'))
      .when('2026-08-06T09:00+08:00', by('head', { type: 'acknowledge' }))
      .then(owed('rectify#1 unitHead 2026-11-05', 'plan#1 unitHead 2026-09-07'), tells('2026-08-06 plan#1 opened > head'));
  });

  it('relapsed after acceptance without a unit: assigned first, then the sharper ladder', () => {
    given(claimed())
      .when('2026-03-05T09:00+08:00', by('office', { type: 'acceptReported' }))
      .when(
        '2026-09-07T09:00+08:00',
        by('inspector', { type: 'drawCheckBack', seed: 'S', checkers: ['inspector', 'inspector2'], chosen: true }),
      )
      .when('2026-09-08T09:00+08:00', by('inspector', recordCheckBack('relapsed')))
      .then(stands('registered'), owed('assign#1 rectificationOffice 2026-09-11'))
      .when('2026-09-09T09:00+08:00', by('office', assign))
      .when('2026-09-10T09:00+08:00', by('head', { type: 'acknowledge' }))
      .then(owed('rectify#1 unitHead 2026-10-13', 'plan#1 unitHead 2026-09-23'))
      .when('2026-09-11T09:00+08:00', by('handler', plan(measure('2026-11-30'))))
      .when('2026-09-14T09:00+08:00', by('leader', approvePlan))
      .when('2026-09-15T09:00+08:00', by('office', approvePlan))
      .then(notice({ duty: 'rectify#2', rung: 'opened', to: ['handler', 'head', 'leader', 'secretary', 'office', 'clerk'] }));
  });

  it('partly done is rectified like any other', () => {
    given(registered({ reported: 'in_progress' }))
      .when('2026-03-02T10:00+08:00', agendaFires)
      .then(owed('assign#1 rectificationOffice 2026-03-05'));
  });
});

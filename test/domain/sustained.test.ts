import { defaultPolicy } from '../../domain/policy/default-policy';
import { complete, handIn, ofDepot, planned, reach, reviewedThrough, withDepot, withMilestones } from './shared';
import { accepted, by, day, given, happened, measure, owed, post, refused, stands, state, tells, text, type Life } from './support';

// Nothing but 长期坚持: reached on 15 June 2026, so two years end on 15 June 2028.

const sustained = (): Life =>
  planned([withMilestones(measure(null, true), '2026-05-29', '2026-12-31'), withMilestones(ofDepot(null, true), '2026-05-29')]);
const reached = (life = sustained()): Life =>
  reviewedThrough(
    life
      .when('2026-05-20T09:00+08:00', by('handler', reach('m1.1')))
      .when('2026-05-21T09:00+08:00', by('storeman', reach('m2.1')))
      .when('2026-06-02T09:00+08:00', by('head', handIn)),
  );
const kept = by('office', { type: 'reviewStage', verdict: 'kept', opinion: text('kept') });
const keptOn = (life: Life, ...days: string[]): Life => days.reduce((one, date) => one.when(`${date}T09:00+08:00`, kept), life);

describe('a purely sustained issue', () => {
  it('is handed in when every milestone that is due is reached', () => {
    given(sustained())
      .when('2026-05-20T09:00+08:00', by('handler', reach('m1.1')))
      .when('2026-05-29T09:00+08:00', by('head', handIn))
      .then(refused('measure.open'))
      .when('2026-05-29T10:00+08:00', by('depotHead', complete('m2')))
      .when('2026-05-29T11:00+08:00', by('head', handIn))
      .then(refused('milestone.open'))
      .when('2026-05-29T12:00+08:00', by('storeman', reach('m2.1')))
      .when('2026-05-29T13:00+08:00', by('head', handIn))
      .then(stands('closeoutRequested'), owed('checkBack#1 rectificationOffice 2026-06-22'));
  });

  it('without milestones, each measure shows that its arrangement stands', () => {
    given(planned([measure(null, true)]))
      .when('2026-05-20T09:00+08:00', by('head', handIn))
      .then(refused('measure.open'))
      .when('2026-05-21T09:00+08:00', by('handler', complete('m1')))
      .when('2026-05-22T09:00+08:00', by('head', handIn))
      .then(stands('closeoutRequested'));
  });

  it('completing such a measure does not end its milestones', () => {
    given(sustained())
      .when('2026-05-20T09:00+08:00', by('handler', complete('m1')))
      .then(
        owed(
          'rectify#2 unitHead 2026-06-02',
          'milestone:m1.1#1 unitHead 2026-05-29',
          'milestone:m1.2#1 unitHead 2026-12-31',
          'milestone:m2.1#1 unitHead 2026-05-29',
        ),
      );
  });

  it('reviewed, it reaches a stage: the office looks again each half-year, the milestones to come are owed', () => {
    reached().then(
      stands('stageCompleted'),
      happened('stageReached'),
      state({ stageSince: day('2026-06-15'), closeoutNumber: null, closedOn: null }),
      owed('milestone:m1.2#2 unitHead 2026-12-31', 'stageReview#1 rectificationOffice 2026-12-15'),
      tells('2026-06-15 stageReview#1 opened > clerk office'),
    );
  });

  it('a milestone that came due during the review is owed by the redo term', () => {
    given(
      reached(
        planned([withMilestones(measure(null, true), '2026-05-29', '2026-06-12'), withMilestones(ofDepot(null, true), '2026-05-29')]),
      ),
    ).then(owed('milestone:m1.2#2 unitHead 2026-06-30', 'stageReview#1 rectificationOffice 2026-12-15'));
  });

  it('milestones are reached in the stage too', () => {
    given(reached())
      .when('2026-12-01T09:00+08:00', by('handler', reach('m1.2')))
      .then(accepted, owed('stageReview#1 rectificationOffice 2026-12-15'));
  });

  it('papers go on', () => {
    const letter = sustained()
      .passesTo('2026-06-10T00:00+08:00')
      .when('2026-06-10T09:00+08:00', by('office', { type: 'signPaper', paperId: 'reminderLetter-1' }))
      .then(accepted)
      .when('2026-06-10T10:00+08:00', by('handler', reach('m1.1')))
      .when('2026-06-10T11:00+08:00', by('storeman', reach('m2.1')))
      .when('2026-06-10T12:00+08:00', by('head', handIn))
      .when('2026-06-10T13:00+08:00', by('office', { type: 'planCheckBack', checkers: ['clerk', 'discipline'], mode: 'onPaper' }))
      .when('2026-06-10T14:00+08:00', by('office', { type: 'recordCheckBack', result: 'passed', seen: text('seen') }))
      .when('2026-06-10T15:00+08:00', by('discipline', { type: 'review', verdict: 'approved' }))
      .when('2026-06-10T16:00+08:00', by('cadres', { type: 'review', verdict: 'approved' }))
      .when('2026-06-10T17:00+08:00', by('inspector', { type: 'review', verdict: 'approved' }));
    given(letter).then(
      stands('stageCompleted'),
      owed(
        'reply:reminderLetter-1 leadLeader 2026-06-17',
        'milestone:m1.2#2 unitHead 2026-12-31',
        'stageReview#1 rectificationOffice 2026-12-10',
      ),
    );
  });
});

describe('the stage review', () => {
  it('kept: the next one in half a year', () => {
    given(reached())
      .when('2026-12-11T09:00+08:00', kept)
      .then(
        stands('stageCompleted'),
        happened('stageReviewed', { verdict: 'kept' }),
        state({ stageSince: day('2026-06-15'), returns: 0 }),
        owed('milestone:m1.2#2 unitHead 2026-12-31', 'stageReview#2 rectificationOffice 2027-06-11'),
      );
  });

  it('returned: rectified again with a redo period, and counted', () => {
    given(reached())
      .when('2026-12-11T09:00+08:00', by('clerk', { type: 'reviewStage', verdict: 'returned', opinion: text('slack') }))
      .then(
        stands('rectifying'),
        state({ returns: 1, relapses: 0, stageSince: null, reviews: [], checkers: [] }),
        owed('milestone:m1.2#2 unitHead 2026-12-31', 'rectify#3 unitHead 2026-12-25'),
        tells('2026-12-05 stageReview#1 before-10 > clerk office', '2026-12-11 rectify#3 opened > handler head'),
      )
      .when('2026-12-14T09:00+08:00', by('head', handIn))
      .then(stands('closeoutRequested'));
  });

  it('has no part in it who requested, is of a responsible unit now or before, or is recused', () => {
    const inOffice = (...posts: ReturnType<typeof post>[]) => ({
      ...withDepot,
      directory: { ...withDepot.directory, posts: [...withDepot.directory.posts, ...posts] },
    });
    const review = (who: string) => by(who, { type: 'reviewStage', verdict: 'kept', opinion: text('kept') } as const);
    const cases = [
      ['role.notAllowed', 'inspector', withDepot],
      ['approver.isRequester', 'head', inOffice(post('head', 'bureau', 'rectificationOffice'))],
      ['reviewer.ofUnit', 'handler', inOffice(post('handler', 'bureau', 'rectificationOffice'))],
      ['reviewer.ofUnit', 'storeman', inOffice(post('storeman', 'bureau', 'rectificationOffice'))],
      ['reviewer.ofUnit', 'clerk', inOffice(post('clerk', 'depot', 'liaison', { to: day('2026-04-30') }))],
    ] as const;
    for (const [code, who, context] of cases)
      given(reached()).under(context).when('2026-12-11T09:00+08:00', review(who)).then(refused(code));
    given(reached())
      .under(inOffice(post('clerk', 'depot', 'liaison', { to: day('2026-02-27') })))
      .when('2026-12-11T09:00+08:00', review('clerk'))
      .then(accepted);
    given(reached())
      .when('2026-12-10T09:00+08:00', by('discipline', { type: 'recuse', personId: 'clerk', reason: text('kin') }))
      .when('2026-12-11T09:00+08:00', review('clerk'))
      .then(refused('reviewer.recused'))
      .when('2026-12-11T10:00+08:00', review('office'))
      .then(accepted);
  });

  it('only in the stage', () => {
    given(sustained()).when('2026-12-11T09:00+08:00', kept).then(refused('phase.notAllowed'));
  });

  it.each([
    ['some days early', ['2026-12-08', '2027-06-03', '2027-11-29'], '2028-05-26'],
    ['on the day', ['2026-12-15', '2027-06-15', '2027-12-15'], '2028-06-15'],
    ['a day late', ['2026-12-16', '2027-06-17', '2027-12-20'], '2028-06-21'],
  ])('kept for two years, reviewed %s: struck off, and the inspection office draws', (_, days, last) => {
    given(keptOn(reached(), ...days))
      .then(stands('stageCompleted'))
      .when(`${last}T09:00+08:00`, kept)
      .then(
        stands('closed'),
        happened('stageReviewed', { verdict: 'kept' }),
        happened('closed', { basis: 'sustained', closedOn: day(last), closeoutNumber: '{number}' }),
        state({ tail: false }),
      );
    expect(keptOn(reached(), ...days, last).state.duties.filter(({ closedAt }) => closedAt === null)).toMatchObject([
      { kind: 'checkBackDraw', due: { term: 'checkBackDraw', from: last } },
    ]);
  });

  it('a policy that looks at nothing again: kept up for two years is consolidated', () => {
    const policy = { ...defaultPolicy, checkBackAfter: { ...defaultPolicy.checkBackAfter, value: 'none' as const } };
    given(keptOn(reached(), '2026-12-15', '2027-06-15', '2027-12-15'))
      .under({ ...withDepot, policy })
      .when('2028-06-15T09:00+08:00', kept)
      .then(stands('consolidated'), happened('closed', { basis: 'sustained' }), happened('consolidated', { basis: 'keptUp' }), owed());
  });

  it('money that is missing outlives the stage', () => {
    const owing = {
      type: 'recordMoney',
      owedFen: 100,
      recoveredFen: 40,
      refundedFen: 0,
      treasuryFen: 0,
      integrityAccountFen: 0,
      adjustedFen: 0,
      outstandingFen: 60,
      voucher: text('voucher'),
    } as const;
    const life = keptOn(reached(), '2026-12-15', '2027-06-15', '2027-12-15').when('2027-12-16T09:00+08:00', by('office', owing));
    given(life)
      .when('2028-06-15T09:00+08:00', kept)
      .then(
        stands('closed'),
        happened('closed', { tail: true }),
        owed('checkBackDraw#1 inspectionOffice 2028-12-15', 'upkeep#1 unitHead 2028-12-15'),
      );
    const policy = { ...defaultPolicy, checkBackAfter: { ...defaultPolicy.checkBackAfter, value: 'none' as const } };
    given(life)
      .under({ ...withDepot, policy })
      .when('2028-06-15T09:00+08:00', kept)
      .then(stands('upkeep'), happened('consolidated', { basis: 'notRequired' }), owed('upkeep#1 unitHead 2028-12-15'));
  });
});

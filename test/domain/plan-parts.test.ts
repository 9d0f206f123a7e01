import { approved, complete, ofDepot, planned, received, withMilestones } from './shared';
import { accepted, approvePlan, by, given, happened, measure, owed, plan, refused, silence, stands, tells, text } from './support';

const whole = [measure('2026-06-30'), ofDepot('2026-09-30'), ofDepot('2026-05-29')];

describe('a plan of several units', () => {
  it.each([
    ['measure.foreignUnit', [{ ...measure('2026-09-30'), unitId: 'watch' }, ofDepot('2026-09-30')]],
    ['measure.foreignUnit', [measure('2026-09-30'), ofDepot('2026-09-30'), { ...measure(null, true), unitId: 'bureau' }]],
    ['unit.unknown', [{ ...measure('2026-09-30'), unitId: 'nowhere' }, ofDepot('2026-09-30')]],
    ['plan.unitWithoutPart', [measure('2026-09-30')]],
    ['person.unknown', [measure('2026-09-30'), { ...ofDepot('2026-09-30'), holderId: 'nobody' }]],
    ['date.far', [measure('2036-03-11'), ofDepot('2026-09-30')]],
    ['date.past', [withMilestones(measure('2026-09-30'), '2026-03-09'), ofDepot('2026-09-30')]],
    ['date.far', [withMilestones(measure(null, true), '2036-03-11'), ofDepot('2026-09-30')]],
    ['milestone.order', [withMilestones(measure(null, true), '2026-06-30', '2026-06-29'), ofDepot('2026-09-30')]],
    ['milestone.afterMeasure', [withMilestones(measure('2026-09-30'), '2026-06-30', '2026-10-08'), ofDepot('2026-09-30')]],
  ])('%s', (code, measures) => {
    given(received())
      .when('2026-03-10T09:00+08:00', by('handler', plan(...measures)))
      .then(refused(code));
  });

  it('without co-units another unit has no part', () => {
    given(received({ shared: false }))
      .when('2026-03-10T09:00+08:00', by('handler', plan(ofDepot('2026-09-30'))))
      .then(refused('measure.foreignUnit'));
  });

  it('ten years ahead, milestones on one day and on the measure’s own are fine; milestones are numbered within their measure', () => {
    const milestones = [
      { id: 'm2.1', label: '阶段1', dueOn: '2026-09-30' },
      { id: 'm2.2', label: '阶段2', dueOn: '2026-09-30' },
    ];
    given(received())
      .when(
        '2026-03-10T09:00+08:00',
        by(
          'handler',
          plan(measure('2036-03-10'), withMilestones({ ...ofDepot('2026-09-30'), holderId: 'storeman' }, '2026-09-30', '2026-09-30')),
        ),
      )
      .then(
        stands('planned'),
        happened('planProposed', {
          measures: [
            expect.objectContaining({ id: 'm1', unitId: 'clinic' }),
            expect.objectContaining({ id: 'm2', unitId: 'depot', holderId: 'storeman', milestones }),
          ] as never,
        }),
      );
  });

  it('keeps root cause and wider check', () => {
    given(received({ shared: false }))
      .when(
        '2026-03-10T09:00+08:00',
        by('handler', { type: 'proposePlan', measures: [measure('2026-09-30')], rootCause: text('why'), widerCheck: text('where else') }),
      )
      .then(happened('planProposed', { rootCause: text('why'), widerCheck: text('where else') }));
  });
});

describe('an approved plan', () => {
  it('opens each part by its own day: the co-unit is told, the lead unit hears of the issue’s day', () => {
    approved(whole).then(
      owed(
        'planReview#1 inspectionOffice 2026-03-26',
        'rectify#2 unitHead 2026-09-30',
        'measure:m1#1 unitHead 2026-06-30',
        'measure:m2#1 unitHead 2026-09-30',
        'measure:m3#1 unitHead 2026-05-29',
      ),
      tells(
        '2026-03-12 measure:m2#1 opened > depotHead',
        '2026-03-12 measure:m3#1 opened > depotHead',
        '2026-03-12 planReview#1 opened > inspector inspector2',
        '2026-03-12 rectify#2 opened > handler head',
      ),
    );
  });

  it('chases a unit for its part only', () => {
    given(planned(whole))
      .passesTo('2026-06-12T00:00+08:00')
      .then(
        tells(
          '2026-05-19 measure:m3#1 before-10 > depotHead storeman',
          '2026-05-30 measure:m3#1 overdue > clerk depotHead leader office',
          '2026-06-03 measure:m3#1 after-3 > clerk depotHead leader office',
          '2026-06-10 measure:m3#1 after-8 > clerk leader office secretary',
        ),
      )
      .passesTo('2026-06-21T00:00+08:00')
      .then(tells('2026-06-20 measure:m1#1 before-10 > handler head'));
  });

  it('a measure of the lead unit on the issue’s day is owed by rectify alone', () => {
    given(planned([measure('2026-09-30'), ofDepot('2026-06-30')])).then(
      owed('rectify#2 unitHead 2026-09-30', 'measure:m2#1 unitHead 2026-06-30'),
    );
  });

  it('sustained without a day: milestones alone, of which the co-unit hears the first', () => {
    approved([
      withMilestones(measure(null, true), '2026-06-30'),
      withMilestones(ofDepot(null, true), '2026-07-31', '2027-01-29'),
      ofDepot(null, true),
    ]).then(
      owed(
        'planReview#1 inspectionOffice 2026-03-26',
        'rectify#2 unitHead 2026-06-02',
        'milestone:m1.1#1 unitHead 2026-06-30',
        'milestone:m2.1#1 unitHead 2026-07-31',
        'milestone:m2.2#1 unitHead 2027-01-29',
      ),
      tells(
        '2026-03-12 milestone:m2.1#1 opened > depotHead',
        '2026-03-12 planReview#1 opened > inspector inspector2',
        '2026-03-12 rectify#2 opened > handler head',
      ),
    );
  });

  it('a co-unit that hears of its measure does not hear of its milestones too', () => {
    approved([measure('2026-09-30'), withMilestones(ofDepot('2026-09-30'), '2026-06-30')]).then(
      tells(
        '2026-03-12 measure:m2#1 opened > depotHead',
        '2026-03-12 planReview#1 opened > inspector inspector2',
        '2026-03-12 rectify#2 opened > handler head',
      ),
    );
  });

  it('returned by the inspection office, its parts bind nobody until the next one is approved', () => {
    given(approved([measure('2026-09-30'), withMilestones(ofDepot('2026-06-30'), '2026-05-29')]))
      .when('2026-03-16T09:00+08:00', by('inspector', { type: 'reviewPlan', verdict: 'returned', opinion: text('thin') }))
      .then(stands('acknowledged'), owed('rectify#2 unitHead 2026-09-30', 'plan#2 unitHead 2026-03-30'))
      .when('2026-03-17T09:00+08:00', by('handler', plan(measure('2026-09-30'), withMilestones(ofDepot('2026-07-31'), '2026-06-30'))))
      .when('2026-03-18T09:00+08:00', by('leader', { type: 'returnPlan', opinion: text('thin') }))
      .then(owed('rectify#2 unitHead 2026-09-30', 'plan#3 unitHead 2026-04-01'))
      .when('2026-03-19T09:00+08:00', by('handler', plan(measure('2026-09-30'), withMilestones(ofDepot('2026-07-31'), '2026-06-30'))))
      .when('2026-03-20T09:00+08:00', by('leader', approvePlan))
      .when('2026-03-23T09:00+08:00', by('office', approvePlan))
      .then(
        owed(
          'planReview#2 inspectionOffice 2026-04-07',
          'rectify#3 unitHead 2026-09-30',
          'measure:m2#2 unitHead 2026-07-31',
          'milestone:m2.1#2 unitHead 2026-06-30',
        ),
      );
  });

  it('planned twice alike: what was done for the first plan is to be done for the second', () => {
    given(approved(whole))
      .when('2026-03-13T09:00+08:00', by('depotHead', complete('m3')))
      .then(accepted, silence)
      .when('2026-03-16T09:00+08:00', by('inspector', { type: 'reviewPlan', verdict: 'returned', opinion: text('thin') }))
      .when('2026-03-17T09:00+08:00', by('handler', plan(...whole)))
      .when('2026-03-18T09:00+08:00', by('leader', approvePlan))
      .when('2026-03-19T09:00+08:00', by('office', approvePlan))
      .then(
        owed(
          'planReview#2 inspectionOffice 2026-04-02',
          'rectify#3 unitHead 2026-09-30',
          'measure:m1#2 unitHead 2026-06-30',
          'measure:m2#2 unitHead 2026-09-30',
          'measure:m3#2 unitHead 2026-05-29',
        ),
      );
  });
});

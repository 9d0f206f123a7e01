import { defaultPolicy } from '../../domain/policy/default-policy';
import { evolve } from '../../domain/issue/evolve';
import type { IssueEvent } from '../../domain/issue/events';
import type { MoneyItem } from '../../domain/issue/records';
import { classesOfIssue, hasTail, isPurelySustained, openParts, partsOf } from '../../domain/issue/parts';
import { decide } from '../../domain/issue/decide';
import { instant } from '../../domain/time';
import { complete, handIn, ofDepot, planned, reach, received, reviewedThrough, withDepot, withMilestones } from './shared';
import {
  accepted,
  by,
  day,
  extension,
  given,
  happened,
  measure,
  owed,
  post,
  refused,
  stands,
  state,
  tells,
  text,
  type Life,
} from './support';

const shared = (): Life => planned([measure('2026-06-30'), withMilestones(ofDepot('2026-05-29'), '2026-04-30'), ofDepot('2026-09-30')]);
const money = (outstandingFen: number): Omit<MoneyItem, 'id'> => ({
  owedFen: 500_000,
  recoveredFen: 500_000 - outstandingFen,
  refundedFen: 0,
  treasuryFen: 0,
  integrityAccountFen: 0,
  adjustedFen: 0,
  outstandingFen,
  voucher: text('voucher'),
});

describe('a part is reported by its unit', () => {
  it.each([
    ['depotHead', 'm2', null],
    ['storeman', 'm2', null],
    ['head', 'm2', null],
    ['head', 'm1', null],
    ['liaison', 'm1', null],
    ['handler', 'm2', 'measure.otherUnit'],
    ['liaison', 'm2', 'measure.otherUnit'],
    ['depotHead', 'm1', 'measure.otherUnit'],
    ['storeman', 'm1', 'measure.otherUnit'],
    ['office', 'm2', 'role.notAllowed'],
  ])('%s completes %s: %s', (who, measureId, code) => {
    given(shared())
      .when('2026-04-13T09:00+08:00', by(who, complete(measureId)))
      .then(code === null ? accepted : refused(code));
  });

  it.each([
    ['storeman', 'm2.1', null],
    ['head', 'm2.1', null],
    ['handler', 'm2.1', 'measure.otherUnit'],
    ['storeman', 'm2.9', 'milestone.unknown'],
    ['storeman', 'm9.1', 'measure.unknown'],
    ['storeman', 'm1.1', 'milestone.unknown'],
  ])('%s reaches %s: %s', (who, milestoneId, code) => {
    given(shared())
      .when('2026-04-13T09:00+08:00', by(who, reach(milestoneId)))
      .then(code === null ? accepted : refused(code));
  });

  it('the head’s substitute reports for all; a head of the co-unit who is liaison of the lead unit for both', () => {
    const away = {
      ...withDepot,
      directory: { ...withDepot.directory, substitutes: [{ personId: 'head', substituteId: 'group', roles: [], from: null, to: null }] },
    };
    given(shared())
      .under(away)
      .when('2026-04-13T09:00+08:00', by('group', complete('m2')))
      .then(accepted);
    const both = {
      ...withDepot,
      directory: { ...withDepot.directory, posts: [...withDepot.directory.posts, post('depotHead', 'clinic', 'liaison')] },
    };
    given(shared())
      .under(both)
      .when('2026-04-13T09:00+08:00', by('depotHead', complete('m1')))
      .then(accepted)
      .when('2026-04-13T10:00+08:00', by('depotHead', complete('m2')))
      .then(accepted);
  });

  it('a measure done is owed no more, nor are its milestones; a milestone is reached once', () => {
    given(shared())
      .when('2026-04-13T09:00+08:00', by('storeman', reach('m2.1')))
      .then(
        happened('milestoneCompleted', { measureId: 'm2', milestoneId: 'm2.1', evidence: text('evidence') }),
        owed(
          'rectify#2 unitHead 2026-09-30',
          'measure:m1#1 unitHead 2026-06-30',
          'measure:m2#1 unitHead 2026-05-29',
          'measure:m3#1 unitHead 2026-09-30',
        ),
      )
      .when('2026-04-14T09:00+08:00', by('storeman', reach('m2.1')))
      .then(refused('milestone.completed'));
    given(shared())
      .when('2026-04-13T09:00+08:00', by('depotHead', complete('m2')))
      .then(owed('rectify#2 unitHead 2026-09-30', 'measure:m1#1 unitHead 2026-06-30', 'measure:m3#1 unitHead 2026-09-30'))
      .passesTo('2026-06-10T00:00+08:00')
      .then(tells());
  });

  it('a measure of a unit that is no co-unit (a plan of before) is the lead unit’s', () => {
    const old = received({ shared: false });
    const told = (life: Life, event: IssueEvent, actor: string): Life => life.append(event, actor, instant('2026-03-12T09:00+08:00'));
    const planProposed: IssueEvent = {
      type: 'planProposed',
      measures: [
        { id: 'm1', unitId: 'depot', text: text('old'), dueOn: day('2026-05-29'), sustained: false },
        { id: 'm2', unitId: 'clinic', text: text('old'), dueOn: day('2026-09-30'), sustained: false },
      ],
      rootCause: null,
    };
    const final: IssueEvent = { type: 'planApproved', role: 'rectificationOffice', final: true, dueOn: day('2026-09-30'), opinion: null };
    const life = told(told(old, planProposed, 'handler'), final, 'office');
    expect(partsOf(life.state)).toMatchObject([{ unitId: 'clinic', measures: [{ id: 'm1' }, { id: 'm2' }] }]);
    life.when('2026-04-13T09:00+08:00', by('handler', complete('m1'))).then(accepted);
  });
});

describe('closeout is requested for all parts', () => {
  const done = (): Life =>
    shared()
      .when('2026-05-20T09:00+08:00', by('head', complete('m1')))
      .when('2026-05-21T09:00+08:00', by('depotHead', complete('m2')))
      .when('2026-05-22T09:00+08:00', by('depotHead', complete('m3')));

  it('names the units whose part is open', () => {
    const life = shared().when('2026-05-20T09:00+08:00', by('head', complete('m1')));
    life.when('2026-05-21T09:00+08:00', by('head', handIn)).then(refused('measure.open'));
    const decision = decide(life.state, handIn, { ...life.context, now: instant('2026-05-21T09:00+08:00'), actor: 'head' });
    expect(decision).toMatchObject({ ok: false, rejection: { what: '还有2条措施未完成：药品库m2、m3。' } });
    const none = decide(shared().state, handIn, { ...life.context, now: instant('2026-05-21T09:00+08:00'), actor: 'head' });
    expect(none).toMatchObject({ rejection: { what: '还有3条措施未完成：北门卫生院m1；药品库m2、m3。' } });
  });

  it('by the lead unit’s head; then nobody owes a part any more', () => {
    given(done())
      .when('2026-06-02T09:00+08:00', by('depotHead', handIn))
      .then(refused('role.notAllowed'))
      .when('2026-06-02T10:00+08:00', by('head', handIn))
      .then(stands('closeoutRequested'), owed('checkBack#1 rectificationOffice 2026-06-24'));
  });

  it('what is sustained beside needs not be complete, but its milestones that are due do', () => {
    const life = planned([measure('2026-06-30'), withMilestones(ofDepot(null, true), '2026-05-29', '2026-12-31')]).when(
      '2026-05-20T09:00+08:00',
      by('handler', complete('m1')),
    );
    given(life).when('2026-05-28T09:00+08:00', by('head', handIn)).then(stands('closeoutRequested'));
    given(life)
      .when('2026-05-29T09:00+08:00', by('head', handIn))
      .then(refused('milestone.open'))
      .when('2026-05-29T10:00+08:00', by('storeman', reach('m2.1')))
      .when('2026-05-29T11:00+08:00', by('head', handIn))
      .then(stands('closeoutRequested'), owed('checkBack#1 rectificationOffice 2026-06-22'));
  });

  it('a milestone on a rest day is due on the working day before', () => {
    given(planned([measure('2026-06-30'), withMilestones(ofDepot(null, true), '2026-05-31')]))
      .when('2026-05-20T09:00+08:00', by('handler', complete('m1')))
      .when('2026-05-29T09:00+08:00', by('head', handIn))
      .then(refused('milestone.open'));
  });

  it('money that is missing needs a reason, and leaves a tail', () => {
    const life = given(done()).when('2026-05-25T09:00+08:00', by('office', { type: 'recordMoney', ...money(120_000) }));
    life
      .when('2026-06-02T09:00+08:00', by('head', handIn))
      .then(refused('closeout.outstanding'))
      .when('2026-06-02T10:00+08:00', by('head', { ...handIn, summary: text('the debtor pays by instalments') } as typeof handIn))
      .then(stands('closeoutRequested'));
    expect(hasTail(life.state)).toBe(true);
    given(done())
      .when('2026-05-25T09:00+08:00', by('office', { type: 'recordMoney', ...money(0) }))
      .when('2026-06-02T09:00+08:00', by('head', handIn))
      .then(stands('closeoutRequested'));
  });

  it('not while a correction or a coordination waits for its answer', () => {
    given(done())
      .when('2026-05-25T09:00+08:00', by('office', { type: 'void', reason: text('wrong') }))
      .when('2026-06-02T09:00+08:00', by('head', handIn))
      .then(refused('correction.pending'));
    const asked = given(done()).when(
      '2026-05-25T09:00+08:00',
      by('head', { type: 'requestCoordination', coordinator: 'firstResponsible', asked: text('a'), ownShare: text('s') }),
    );
    asked.when('2026-06-02T09:00+08:00', by('head', handIn)).then(refused('coordination.open'));
    asked
      .when('2026-05-26T09:00+08:00', by('leader', { type: 'decideCoordination', accepted: false }))
      .when('2026-06-02T09:00+08:00', by('head', handIn))
      .then(stands('closeoutRequested'));
  });

  it.each([
    ['parallel' as const, {}],
    ['inOrder' as const, { inOrder: true }],
  ])('a policy without a check-back before closeout: the review begins at once, %s', (value, inOrder) => {
    const policy = {
      ...defaultPolicy,
      checkBackBefore: { ...defaultPolicy.checkBackBefore, value: false },
      reviewOrder: { ...defaultPolicy.reviewOrder, value },
    };
    given(done())
      .under({ ...withDepot, policy })
      .when('2026-06-02T09:00+08:00', by('head', handIn))
      .then(
        stands('underReview'),
        happened('closeoutRequested'),
        happened('checkBackWaived', { reviewParties: ['disciplineGroup', 'organisationDept', 'inspectionOffice'], ...inOrder }),
        state({ closeoutRequestedBy: 'head' }),
      );
  });

  it('an extension that waits is void with the request', () => {
    given(done())
      .when('2026-05-25T09:00+08:00', by('head', extension('2026-10-15')))
      .when('2026-06-02T09:00+08:00', by('head', handIn))
      .then(state({ extension: null }), owed('checkBack#1 rectificationOffice 2026-06-24'));
  });
});

describe('back again', () => {
  const struckOff = (): Life =>
    reviewedThrough(
      shared()
        .when('2026-05-20T09:00+08:00', by('head', complete('m1')))
        .when('2026-05-21T09:00+08:00', by('depotHead', complete('m2')))
        .when('2026-05-22T09:00+08:00', by('depotHead', complete('m3')))
        .when('2026-06-02T09:00+08:00', by('head', handIn)),
    );

  it('after a relapse every co-unit owes its part by the redo term, and is told', () => {
    given(struckOff())
      .then(stands('closed'))
      .when(
        '2026-12-01T09:00+08:00',
        by('inspector', { type: 'drawCheckBack', seed: 'S', checkers: ['inspector', 'inspector2'], chosen: true }),
      )
      .when('2026-12-10T09:00+08:00', by('inspector', { type: 'recordCheckBack', result: 'relapsed', seen: text('seen') }))
      .then(
        stands('rectifying'),
        owed('rectify#3 unitHead 2027-01-07', 'measure:m2#2 unitHead 2027-01-07', 'measure:m3#2 unitHead 2027-01-07'),
      )
      .when('2026-12-11T09:00+08:00', by('head', handIn))
      .then(refused('measure.open'));
  });

  it('a return before closeout opens the milestones still to come', () => {
    given(planned([measure('2026-06-30'), withMilestones(ofDepot(null, true), '2026-12-31')]))
      .when('2026-05-20T09:00+08:00', by('handler', complete('m1')))
      .when('2026-06-02T09:00+08:00', by('head', handIn))
      .when('2026-06-03T09:00+08:00', by('office', { type: 'planCheckBack', checkers: ['clerk', 'discipline'], mode: 'onPaper' }))
      .when('2026-06-10T09:00+08:00', by('office', { type: 'recordCheckBack', result: 'returned', seen: text('seen') }))
      .then(owed('rectify#3 unitHead 2026-06-25', 'milestone:m2.1#2 unitHead 2026-12-31'));
  });

  it('openParts leaves alone what is owed, and asks the lead unit for nothing beside its rectify', () => {
    const life = shared();
    const frame = { actor: 'office', occurredAt: instant('2026-05-06T09:00+08:00') };
    expect(openParts(life.state, frame)).toEqual(life.state);
    const none = { ...life.state, duties: [] };
    const ids = openParts(none, frame, { term: 'redo', from: day('2026-05-06') }).duties.map(({ id, due }) => ({ id, due }));
    const redo = { term: 'redo', from: '2026-05-06' };
    expect(ids).toEqual([
      { id: 'measure:m2#1', due: redo },
      { id: 'measure:m3#1', due: redo },
    ]);
  });
});

describe('what the parts say of an issue', () => {
  it('each unit with its measures, what is open and the last day', () => {
    const life = shared().when('2026-05-21T09:00+08:00', by('depotHead', complete('m2')));
    expect(partsOf(life.state)).toMatchObject([
      { unitId: 'clinic', isLead: true, measures: [{ id: 'm1' }], open: [{ id: 'm1' }], isDone: false, dueOn: '2026-06-30' },
      { unitId: 'depot', isLead: false, measures: [{ id: 'm2' }, { id: 'm3' }], open: [{ id: 'm3' }], isDone: false, dueOn: '2026-09-30' },
    ]);
    expect(partsOf(planned([measure(null, true)]).state)).toMatchObject([{ unitId: 'clinic', isDone: true, dueOn: null }]);
  });

  it.each([
    [[measure('2026-06-30')], ['fixedTerm'], false, false],
    [[{ ...measure('2026-06-30'), dueRaw: '立行立改' }], ['immediate'], false, false],
    [[{ ...measure('2026-06-30'), dueRaw: '2026年6月底前' }], ['fixedTerm'], false, false],
    [[measure(null, true)], ['sustained'], true, false],
    [[measure('2026-06-30', true)], ['fixedTerm', 'sustained'], false, true],
    [
      [measure(null, true), { ...measure('2026-06-30'), dueRaw: '立行立改' }, measure('2026-09-30')],
      ['immediate', 'fixedTerm', 'sustained'],
      false,
      true,
    ],
  ])('%#: %j', (measures, classes, purely, tail) => {
    const { state: issue } = planned(measures);
    expect(classesOfIssue(issue)).toEqual(classes);
    expect(isPurelySustained(issue)).toBe(purely);
    expect(hasTail(issue)).toBe(tail);
  });

  it('before a plan, nothing; a completion that no unit ever had leaves no tail', () => {
    const { state: issue } = received();
    expect(classesOfIssue(issue)).toEqual([]);
    expect(isPurelySustained(issue)).toBe(false);
    const paid = evolve(
      issue,
      { type: 'moneyRecorded', id: 'c1', ...money(1) },
      { actor: 'office', occurredAt: instant('2026-03-05T09:00+08:00') },
    );
    expect(hasTail(paid)).toBe(true);
    expect(hasTail({ ...paid, assignment: null })).toBe(false);
    expect(partsOf({ ...paid, assignment: null })).toEqual([]);
  });
});

import { close, open } from '../../domain/obligation/duties';
import { obligations } from '../../domain/obligation/obligations';
import type { IssueEvent } from '../../domain/issue/events';
import type { ObligationKind } from '../../domain/policy/policy';
import type { RuleContext } from '../../domain/context';
import { instant } from '../../domain/time';
import {
  accepted,
  approvePlan,
  assign,
  by,
  day,
  directory,
  done,
  extension,
  given,
  happened,
  Life,
  measure,
  notice,
  owed,
  plan,
  post,
  rectifying,
  refused,
  registered,
  relapsed,
  rules,
  state,
  tells,
  text,
  underWay,
  withDirectory,
} from './support';

const ask = (date: string) => by('head', extension(date));
const decision = (actor: string, granted = true) => by(actor, { type: 'decideExtension', granted });
const endorse = decision('leader');
const grant = decision('inspector');

/** Of these kinds exactly this is owed. */
const owes =
  (kinds: readonly ObligationKind[], ...lines: string[]) =>
  (life: Life): void => {
    const found = obligations(life.state, life.context).filter(({ duty }) => kinds.includes(duty.kind));
    expect(found.map(({ duty, dueOn }) => `${duty.id} ${duty.holder} ${dueOn}${duty.stoppedAt === null ? '' : ' stopped'}`)).toEqual(lines);
  };

describe("extensions of the issue's day", () => {
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

  it('the lead leader endorses, then the inspection office decides, while the clock of the unit rests', () => {
    given(underWay())
      .when('2026-09-21T09:00+08:00', ask('2026-10-15'))
      .then(
        owes(['rectify', 'extensionDecision'], 'rectify#2 unitHead 2026-09-30 stopped', 'extensionDecision#1 leadLeader 2026-09-24'),
        notice({ duty: 'extensionDecision#1', rung: 'opened', to: ['leader'] }),
      )
      .when('2026-09-22T09:00+08:00', endorse)
      .then(
        happened('extensionEndorsed'),
        state({ extensions: 0, dueOn: day('2026-09-30') }),
        owes(['rectify', 'extensionDecision'], 'rectify#2 unitHead 2026-09-30 stopped', 'extensionDecision#2 inspectionOffice 2026-09-28'),
        notice({ duty: 'extensionDecision#2', rung: 'opened', to: ['inspector', 'inspector2'] }),
      )
      .when('2026-09-23T09:00+08:00', grant)
      .then(
        happened('extensionDecided', { granted: true, newDueOn: day('2026-10-15') }),
        state({ extensions: 1, extension: null, dueOn: day('2026-10-15'), originalDueOn: day('2026-09-30') }),
        owes(['rectify', 'extensionDecision'], 'rectify#3 unitHead 2026-10-15'),
      );
  });

  it('the clock of the lead leader ends at the first responsible person, that of the inspection office at its leading group', () => {
    const led = withDirectory({ posts: [...directory.posts, post('chair', 'inspection', 'inspectionLeadingGroup')] });
    const asked = given(underWay({ context: led })).when('2026-09-21T09:00+08:00', ask('2026-10-15'));
    given(asked.passesTo('2026-10-15T00:00+08:00')).then((life) => {
      const heard = life.history.flatMap(({ event }) =>
        event.type === 'rungFired' && event.dutyId === 'extensionDecision#1' ? event.recipients.map(({ personId }) => personId) : [],
      );
      expect([...new Set(heard)].sort()).toEqual(['leader', 'secretary']);
    });
    asked
      .when('2026-09-22T09:00+08:00', endorse)
      .passesTo('2026-10-23T00:00+08:00')
      .then(notice({ duty: 'extensionDecision#2', rung: 'after-10', to: ['chair', 'inspector', 'inspector2'], occurrence: 0 }));
  });

  it('refused at either step, the clock of the unit runs again', () => {
    const asked = given(underWay()).when('2026-09-21T09:00+08:00', ask('2026-10-15'));
    const running = owes(['rectify', 'extensionDecision'], 'rectify#2 unitHead 2026-09-30');
    asked
      .when('2026-09-22T09:00+08:00', decision('leader', false))
      .then(happened('extensionDecided', { granted: false }), state({ extensions: 0, extension: null }), running);
    asked
      .when('2026-09-22T09:00+08:00', endorse)
      .when('2026-09-23T09:00+08:00', decision('inspector', false))
      .then(happened('extensionDecided', { granted: false }), state({ extensions: 0, extension: null }), running);
  });

  it('refused after the day has passed, the unit is overdue at once', () => {
    given(underWay())
      .when('2026-09-29T09:00+08:00', ask('2026-10-15'))
      .when('2026-10-09T09:00+08:00', decision('leader', false))
      .then(notice({ duty: 'rectify#2', rung: 'overdue', to: ['clerk', 'handler', 'head', 'leader', 'office'], tone: 'red' }));
  });

  it('each step has its own office', () => {
    given(underWay())
      .when('2026-04-01T09:00+08:00', ask('2026-10-15'))
      .when('2026-04-02T09:00+08:00', grant)
      .then(refused('role.notThisStep'))
      .when('2026-04-02T10:00+08:00', endorse)
      .then(accepted)
      .when('2026-04-02T11:00+08:00', decision('office'))
      .then(refused('role.notAllowed'));
  });

  it('three different persons: who asked neither endorses nor decides, and who endorsed does not decide', () => {
    const wide = withDirectory({
      posts: [...directory.posts, post('head', 'inspection', 'inspectionOffice'), post('leader', 'inspection', 'inspectionOffice')],
    });
    given(underWay({ context: wide }))
      .when('2026-04-01T09:00+08:00', ask('2026-10-15'))
      .when('2026-04-02T09:00+08:00', decision('head'))
      .then(refused('approver.isRequester'))
      .when('2026-04-02T10:00+08:00', endorse)
      .when('2026-04-02T11:00+08:00', decision('head'))
      .then(refused('approver.isRequester'))
      .when('2026-04-02T12:00+08:00', endorse)
      .then(refused('approver.isEndorser'))
      .when('2026-04-03T09:00+08:00', grant)
      .then(accepted, state({ extensions: 1 }));
  });

  it('a lead leader who asked himself leaves it to the first responsible person', () => {
    const both = withDirectory({ posts: [...directory.posts, post('leader', 'clinic', 'unitHead')] });
    given(underWay({ context: both }))
      .when('2026-04-01T09:00+08:00', by('leader', extension('2026-10-15')))
      .then(notice({ duty: 'extensionDecision#1', rung: 'opened', to: ['secretary'] }))
      .when('2026-04-02T09:00+08:00', endorse)
      .then(refused('approver.isRequester'))
      .when('2026-04-02T10:00+08:00', decision('secretary'))
      .then(happened('extensionEndorsed'));
  });

  it('one request waits at a time, and only what was asked is decided', () => {
    given(underWay())
      .when('2026-04-01T09:00+08:00', endorse)
      .then(refused('extension.none'))
      .when('2026-04-01T10:00+08:00', ask('2026-10-15'))
      .when('2026-04-01T11:00+08:00', ask('2026-10-16'))
      .then(refused('extension.pending'))
      .when('2026-04-02T10:00+08:00', endorse)
      .when('2026-04-02T11:00+08:00', ask('2026-10-16'))
      .then(refused('extension.pending'));
  });

  it('at most two, together at most 180 days from the first day', () => {
    const once = given(underWay())
      .when('2026-04-01T09:00+08:00', ask('2026-12-31'))
      .when('2026-04-02T09:00+08:00', endorse)
      .when('2026-04-02T10:00+08:00', grant);
    once.when('2026-04-03T09:00+08:00', ask('2027-03-30')).then(refused('extension.tooLong'));
    once
      .when('2026-04-03T09:00+08:00', ask('2027-03-29'))
      .then(accepted)
      .when('2026-04-07T09:00+08:00', endorse)
      .when('2026-04-07T10:00+08:00', grant)
      .then(accepted, state({ originalDueOn: day('2026-09-30'), dueOn: day('2027-03-29') }))
      .when('2026-04-08T09:00+08:00', ask('2027-03-30'))
      .then(refused('extension.tooMany'));
  });

  it('the length counts together even where no plan named a day', () => {
    given(underWay({ due: null }))
      .when('2026-04-01T09:00+08:00', ask('2026-11-27'))
      .when('2026-04-02T09:00+08:00', endorse)
      .when('2026-04-02T10:00+08:00', grant)
      .when('2026-04-03T09:00+08:00', ask('2026-12-31'))
      .then(refused('extension.tooLong'));
  });

  it('a relapse years later can still be extended: what counts is what was granted', () => {
    given(relapsed()).when('2027-01-05T09:00+08:00', ask('2027-01-29')).then(accepted);
  });

  it('a plan that the inspection office returns voids the request: one duty to rectify, its clock running', () => {
    given(rectifying())
      .when('2026-03-13T09:00+08:00', ask('2026-10-15'))
      .then(
        owes(
          ['planReview', 'rectify', 'extensionDecision'],
          'planReview#1 inspectionOffice 2026-03-26',
          'rectify#2 unitHead 2026-09-30 stopped',
          'extensionDecision#1 leadLeader 2026-03-18',
        ),
      )
      .when('2026-03-16T09:00+08:00', by('inspector', { type: 'reviewPlan', verdict: 'returned', opinion: text('o') }))
      .then(owes(['rectify', 'plan', 'extensionDecision'], 'rectify#2 unitHead 2026-09-30', 'plan#2 unitHead 2026-03-30'))
      .when('2026-03-17T09:00+08:00', grant)
      .then(refused('extension.none'));
  });

  it('a request for closeout settles it', () => {
    given(done())
      .when('2026-06-02T09:00+08:00', ask('2026-10-15'))
      .when('2026-06-02T10:00+08:00', endorse)
      .when('2026-06-03T09:00+08:00', by('head', { type: 'requestCloseout' }))
      .then(owed('checkBack#1 rectificationOffice 2026-06-25'));
  });

  it('a suspended issue has nothing decided about its day', () => {
    given(underWay())
      .when('2026-04-01T09:00+08:00', ask('2026-10-15'))
      .when(
        '2026-04-02T09:00+08:00',
        by('inspector', { type: 'suspend', reason: text('r'), document: text('d'), reviewOn: day('2026-08-31') }),
      )
      .when('2026-04-03T09:00+08:00', endorse)
      .then(refused('issue.suspended'));
  });
});

describe('a late request 逾期重定期限', () => {
  it('is late from the midnight after the due day', () => {
    given(underWay())
      .when('2026-09-30T23:59+08:00', ask('2026-11-30'))
      .then(happened('extensionRequested', { late: false }));
    given(underWay())
      .when('2026-10-01T00:00+08:00', ask('2026-11-30'))
      .then(happened('extensionRequested', { late: true }));
  });

  it('stops no clock; granted, the ladder starts anew and the overdue days stay recorded', () => {
    const late = given(underWay().passesTo('2026-10-08T08:00+08:00'))
      .when('2026-10-08T09:00+08:00', ask('2026-11-30'))
      .then(owes(['rectify', 'extensionDecision'], 'rectify#2 unitHead 2026-09-30', 'extensionDecision#1 leadLeader 2026-10-12'));
    late.passesTo('2026-10-14T00:00+08:00').then(notice({ duty: 'rectify#2', rung: 'after-5', to: ['head', 'leader', 'secretary'] }));
    late
      .when('2026-10-09T09:00+08:00', endorse)
      .when('2026-10-10T09:00+08:00', grant)
      .then(
        state({ originalDueOn: day('2026-09-30'), dueOn: day('2026-11-30') }),
        owes(['rectify', 'extensionDecision'], 'rectify#3 unitHead 2026-11-30'),
        (life) => {
          const overdue = life.state.duties.find(({ id }) => id === 'rectify#2');
          expect(overdue).toMatchObject({ closedBy: 'extensionGranted', fired: { 'overdue@0': 'fired' } });
        },
      )
      .passesTo('2026-12-01T02:00+08:00')
      .then(
        notice({ duty: 'rectify#3', rung: 'before-20', to: ['handler'] }),
        notice({ duty: 'rectify#3', rung: 'overdue', to: ['clerk', 'handler', 'head', 'leader', 'office'] }),
      );
  });
});

/** Lead unit clinic with m1 and m3, co-unit depot with m2, and a sustained m4; the issue's day is that of m3. */
function shared(context: RuleContext = rules): Life {
  const ofDepot = { ...measure('2026-07-31'), unitId: 'depot' };
  return registered({ context })
    .when('2026-03-03T09:00+08:00', by('office', { ...assign, coUnitIds: ['depot'] } as typeof assign))
    .when('2026-03-04T09:00+08:00', by('head', { type: 'acknowledge' }))
    .when('2026-03-04T10:00+08:00', by('depotHead', { type: 'acknowledge' }))
    .when('2026-03-10T09:00+08:00', by('handler', plan(measure('2026-06-30'), ofDepot, measure('2026-09-30'), measure(null, true))))
    .when('2026-03-11T09:00+08:00', by('leader', approvePlan))
    .when('2026-03-12T09:00+08:00', by('office', approvePlan))
    .when('2026-03-13T09:00+08:00', by('inspector', { type: 'reviewPlan', verdict: 'approved' }));
}

describe("extensions of a measure's day within the issue's", () => {
  const askFor = (actor: string, measureId: string, date: string) =>
    by(actor, { ...extension(date), measureId } as ReturnType<typeof extension>);

  it("is the lead leader's alone to decide; the measure's clock rests, the issue's goes on", () => {
    given(shared())
      .when('2026-06-22T09:00+08:00', askFor('head', 'm1', '2026-08-14'))
      .then(
        happened('extensionRequested', { measureId: 'm1', dutyId: 'measure:m1#1', late: false }),
        owes(['extensionDecision'], 'extensionDecision#1 leadLeader 2026-06-25'),
        (life) => {
          expect(life.state.duties.filter(({ stoppedAt }) => stoppedAt !== null).map(({ id }) => id)).toEqual(['measure:m1#1']);
        },
      )
      .when('2026-06-23T09:00+08:00', endorse)
      .then(
        happened('extensionDecided', { granted: true, newDueOn: day('2026-08-14') }),
        state({ extensions: 0, dueOn: day('2026-09-30'), extension: null }),
        owes(['extensionDecision']),
        (life) => {
          expect(life.state.measures[0]).toMatchObject({ dueOn: '2026-08-14', originalDueOn: '2026-06-30' });
          expect(life.state.duties.find(({ id }) => id === 'measure:m1#1')?.closedBy).toBe('extensionGranted');
          const anew = obligations(life.state, life.context).find(({ duty }) => duty.id === 'measure:m1#2');
          expect(anew).toMatchObject({ dueOn: '2026-08-14', duty: { holder: 'unitHead', unitId: 'clinic', stoppedAt: null } });
        },
        notice({ duty: 'measure:m1#2', rung: 'opened', to: ['head'] }),
      );
  });

  it('refused, its clock runs again and its day stays', () => {
    given(shared())
      .when('2026-06-22T09:00+08:00', askFor('head', 'm1', '2026-08-14'))
      .when('2026-06-23T09:00+08:00', decision('leader', false))
      .then(state({ extension: null }))
      .then((life) => {
        expect(life.state.measures[0]?.dueOn).toBe('2026-06-30');
        expect(life.state.duties.find(({ id }) => id === 'measure:m1#1')).toMatchObject({ stoppedAt: null, closedAt: null });
      });
  });

  it('asked late, its clock goes on', () => {
    given(shared())
      .when('2026-07-01T00:00+08:00', askFor('head', 'm1', '2026-08-14'))
      .then(happened('extensionRequested', { late: true }))
      .then((life) => {
        expect(life.state.duties.every(({ stoppedAt }) => stoppedAt === null)).toBe(true);
      });
  });

  it.each([
    ['measure.unknown', 'm9', '2026-08-14'],
    ['extension.nothingDated', 'm4', '2026-08-14'],
    ['extension.notLater', 'm1', '2026-06-30'],
    ['extension.beyondIssue', 'm1', '2026-10-09'],
    ['extension.beyondIssue', 'm3', '2026-10-09'],
    ['date.past', 'm1', '2026-03-31'],
  ])('%s', (code, measureId, date) => {
    given(shared())
      .when('2026-04-01T09:00+08:00', askFor('head', measureId, date))
      .then(refused(code));
  });

  it('a completed measure needs none', () => {
    given(shared())
      .when('2026-05-06T09:00+08:00', by('handler', { type: 'completeMeasure', measureId: 'm1', evidence: text('e') }))
      .when('2026-05-07T09:00+08:00', askFor('head', 'm1', '2026-08-14'))
      .then(refused('measure.completed'));
  });

  it("a co-unit's head asks for the co-unit's own measure and for nothing else", () => {
    given(shared())
      .when('2026-04-01T09:00+08:00', by('depotHead', extension('2026-10-15')))
      .then(refused('role.notAllowed'))
      .when('2026-04-01T10:00+08:00', askFor('depotHead', 'm1', '2026-08-14'))
      .then(refused('measure.otherUnit'))
      .when('2026-04-01T11:00+08:00', askFor('depotHead', 'm2', '2026-08-31'))
      .then(accepted)
      .when('2026-04-02T09:00+08:00', endorse)
      .then(state({ extensions: 0 }))
      .then((life) => {
        expect(life.state.measures[1]).toMatchObject({ dueOn: '2026-08-31', originalDueOn: '2026-07-31' });
      });
  });

  it("the lead unit's head may ask for any", () => {
    given(shared())
      .when('2026-04-01T09:00+08:00', askFor('head', 'm2', '2026-08-31'))
      .then(accepted);
  });

  it('waits alone, and blocks one for the issue', () => {
    given(shared())
      .when('2026-04-01T09:00+08:00', askFor('depotHead', 'm2', '2026-08-31'))
      .when('2026-04-01T10:00+08:00', ask('2026-10-15'))
      .then(refused('extension.pending'));
  });

  it('at most two of each measure; those of the issue are counted apart, and the first day stays', () => {
    given(shared())
      .when('2026-04-01T09:00+08:00', askFor('head', 'm1', '2026-07-31'))
      .when('2026-04-02T09:00+08:00', endorse)
      .when('2026-04-03T09:00+08:00', askFor('head', 'm1', '2026-08-31'))
      .when('2026-04-07T09:00+08:00', endorse)
      .then((life) => {
        expect(life.state.measures[0]).toMatchObject({ dueOn: '2026-08-31', originalDueOn: '2026-06-30' });
      })
      .when('2026-04-08T09:00+08:00', askFor('head', 'm1', '2026-09-15'))
      .then(refused('extension.tooMany'))
      .when('2026-04-09T09:00+08:00', askFor('head', 'm2', '2026-08-31'))
      .then(accepted)
      .when('2026-04-10T09:00+08:00', endorse)
      .when('2026-04-13T09:00+08:00', ask('2026-10-15'))
      .then(accepted);
  });

  it('of one that is owed through the issue alone, all is counted too', () => {
    given(shared())
      .when('2026-03-16T09:00+08:00', ask('2027-03-29'))
      .when('2026-03-17T09:00+08:00', endorse)
      .when('2026-03-18T09:00+08:00', grant)
      .when('2026-04-01T09:00+08:00', askFor('head', 'm3', '2026-12-31'))
      .then(happened('extensionRequested', { dutyId: 'measure:m3', measureId: 'm3' }))
      .when('2026-04-02T09:00+08:00', endorse)
      .then((life) => {
        expect(life.state.measures[2]).toMatchObject({ dueOn: '2026-12-31', originalDueOn: '2026-09-30', extensions: 1 });
        expect(life.state.duties.filter(({ id }) => id.startsWith('measure:m3'))).toEqual([]);
      })
      .when('2026-04-03T09:00+08:00', askFor('head', 'm3', '2027-02-26'))
      .when('2026-04-07T09:00+08:00', endorse)
      .then(accepted)
      .when('2026-04-08T09:00+08:00', askFor('head', 'm3', '2027-03-26'))
      .then(refused('extension.tooMany'));
  });

  it('after a return, the day that counts is that of the redo', () => {
    const closing = shared()
      .when('2026-05-06T09:00+08:00', by('handler', { type: 'completeMeasure', measureId: 'm1', evidence: text('e') }))
      .when('2026-05-07T09:00+08:00', by('head', { type: 'completeMeasure', measureId: 'm3', evidence: text('e') }));
    const due = { workdays: 10, from: day('2026-10-12') };
    const redo = open(
      close(closing.state, instant('2026-05-08T09:00+08:00'), 'returned', ({ kind }) => kind === 'measure'),
      instant('2026-10-12T09:00+08:00'),
      {
        id: 'measure:m2#2',
        kind: 'measure',
        holder: 'unitHead',
        unitId: 'depot',
        due,
      },
    );
    given(new Life({ ...redo, lastOccurredAt: instant('2026-10-12T09:00+08:00') }, closing.context))
      .when('2026-10-13T09:00+08:00', askFor('depotHead', 'm2', '2026-10-23'))
      .then(refused('extension.notLater'));
  });

  it('together at most 180 days from the first day', () => {
    given(shared())
      .when('2026-03-16T09:00+08:00', ask('2027-03-29'))
      .when('2026-03-17T09:00+08:00', endorse)
      .when('2026-03-18T09:00+08:00', grant)
      .when('2026-04-01T09:00+08:00', askFor('head', 'm1', '2026-11-30'))
      .when('2026-04-02T09:00+08:00', endorse)
      .when('2026-04-03T09:00+08:00', askFor('head', 'm1', '2026-12-28'))
      .then(refused('extension.tooLong'))
      .when('2026-04-03T10:00+08:00', askFor('head', 'm1', '2026-12-25'))
      .then(accepted);
  });
});

describe('a ledger of before the endorsement', () => {
  it('folds a decision that follows directly on the request', () => {
    const requested: IssueEvent = {
      type: 'extensionRequested',
      dutyId: 'rectify#2',
      newDueOn: day('2026-10-15'),
      late: false,
      reason: text('r'),
      progress: text('p'),
    };
    const decided: IssueEvent = { type: 'extensionDecided', granted: true, newDueOn: day('2026-10-15'), opinion: null };
    underWay()
      .append(requested, 'head', instant('2026-04-01T09:00+08:00'))
      .then((life) => {
        expect(life.state.extension).toMatchObject({ measureId: null, endorsedBy: null });
      })
      .append(decided, 'inspector', instant('2026-04-02T09:00+08:00'))
      .then(state({ extensions: 1, extension: null }), owes(['rectify', 'extensionDecision'], 'rectify#3 unitHead 2026-10-15'))
      .when('2026-04-02T09:30+08:00')
      .then(tells('2026-04-02 rectify#3 opened > handler head'));
  });
});

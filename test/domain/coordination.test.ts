import type { IssueCommand } from '../../domain/issue/commands';
import { isCoordinating } from '../../domain/issue/coordinating';
import { open } from '../../domain/obligation/duties';
import { obligations } from '../../domain/obligation/obligations';
import type { ObligationKind } from '../../domain/policy/policy';
import { bodyActor } from '../../domain/parties';
import type { Role } from '../../domain/roles';
import { evolve } from '../../domain/issue/evolve';
import { addMillis, instant } from '../../domain/time';
import {
  accepted,
  assign,
  assigned,
  by,
  day,
  directory,
  extension,
  firedIn,
  given,
  handedIn,
  happened,
  Life,
  measure,
  notice,
  plan,
  post,
  refused,
  registered,
  state,
  text,
  underWay,
  withDirectory,
  approvePlan,
} from './support';

const ask = (coordinator: Role = 'firstResponsible', actor = 'head') =>
  by(actor, { type: 'requestCoordination', coordinator, asked: text('asked'), ownShare: text('share') });
const decision = (actor: string, command: Partial<Extract<IssueCommand, { type: 'decideCoordination' }>> = {}) =>
  by(actor, { type: 'decideCoordination', accepted: true, ...command });
const note = (actor = 'head') => by(actor, { type: 'noteCoordination', progress: text('progress') });
const answer = (actor: string, newDueOn?: string) =>
  by(actor, { type: 'answerCoordination', answer: text('answer'), ...(newDueOn === undefined ? {} : { newDueOn: day(newDueOn) }) });

const clocks: readonly ObligationKind[] = ['rectify', 'coordinationDecision', 'coordinationAnswer', 'coordinationNote'];
/** Of the rectification and its coordination exactly this is owed. */
const owes =
  (...lines: string[]) =>
  (life: Life): void => {
    const found = obligations(life.state, life.context).filter(({ duty }) => clocks.includes(duty.kind));
    expect(found.map(({ duty, dueOn }) => `${duty.id} ${duty.holder} ${dueOn}${duty.stoppedAt === null ? '' : ' stopped'}`)).toEqual(lines);
  };
const coordinating =
  (expected: boolean) =>
  (life: Life): void => {
    expect(isCoordinating(life.state)).toBe(expected);
  };

const asked = (life = underWay()) => given(life).when('2026-04-01T09:00+08:00', ask());
const taken = (life = underWay()) => asked(life).when('2026-04-02T09:00+08:00', decision('leader'));

describe('a request for coordination', () => {
  it("stops the unit's clock while the lead leader's runs", () => {
    asked().then(
      happened('coordinationRequested', { coordinator: 'firstResponsible', late: false }),
      state({ coordination: { askedBy: 'head', coordinator: 'firstResponsible', state: 'asked', answerBy: null }, coordinations: 0 }),
      coordinating(true),
      owes('rectify#2 unitHead 2026-09-30 stopped', 'coordinationDecision#1 leadLeader 2026-04-09'),
      notice({ duty: 'coordinationDecision#1', rung: 'opened', to: ['leader'] }),
    );
  });

  it('made late, stops nothing', () => {
    given(underWay())
      .when('2026-09-30T23:59+08:00', ask())
      .then(happened('coordinationRequested', { late: false }));
    given(underWay())
      .when('2026-10-01T00:00+08:00', ask())
      .then(
        happened('coordinationRequested', { late: true }),
        owes('rectify#2 unitHead 2026-09-30', 'coordinationDecision#1 leadLeader 2026-10-13'),
      );
  });

  it.each<[string, Role]>([
    ['coordinator.role', 'leadLeader'],
    ['coordinator.role', 'rectificationOffice'],
    ['coordinator.role', 'unitHead'],
    ['coordinator.role', 'admin'],
    ['coordinator.vacant', 'leaderInCharge'],
  ])('%s: %s', (code, coordinator) => {
    given(underWay()).when('2026-04-01T09:00+08:00', ask(coordinator)).then(refused(code));
  });

  it.each<Role>(['leadingGroup', 'inspectionOffice', 'inspectionLeadingGroup', 'organisationDept', 'disciplineGroup'])(
    'can go to %s, even one that is not on the system',
    (coordinator) => {
      given(underWay()).when('2026-04-01T09:00+08:00', ask(coordinator)).then(accepted);
    },
  );

  it("is the lead unit's head's to make, while rectifying", () => {
    given(underWay()).when('2026-04-01T09:00+08:00', ask('leadingGroup', 'handler')).then(refused('role.notAllowed'));
    given(assigned()).when('2026-03-04T09:00+08:00', ask()).then(refused('phase.notAllowed'));
    given(handedIn()).when('2026-06-03T09:00+08:00', ask()).then(refused('phase.notAllowed'));
    const shared = registered()
      .when('2026-03-03T09:00+08:00', by('office', { ...assign, coUnitIds: ['depot'] } as IssueCommand))
      .when('2026-03-04T09:00+08:00', by('head', { type: 'acknowledge' }))
      .when('2026-03-04T10:00+08:00', by('depotHead', { type: 'acknowledge' }))
      .when('2026-03-10T09:00+08:00', by('handler', plan(measure('2026-09-30'))))
      .when('2026-03-11T09:00+08:00', by('leader', approvePlan))
      .when('2026-03-12T09:00+08:00', by('office', approvePlan));
    given(shared).when('2026-04-01T09:00+08:00', ask('leadingGroup', 'depotHead')).then(refused('role.notAllowed'));
  });

  it('is one at a time, and not beside an extension', () => {
    asked()
      .when('2026-04-02T09:00+08:00', ask('leadingGroup'))
      .then(refused('coordination.open'))
      .when('2026-04-02T10:00+08:00', by('head', extension('2026-10-15')))
      .then(refused('coordination.open'))
      .when('2026-04-03T09:00+08:00', decision('leader'))
      .when('2026-04-07T09:00+08:00', ask('leadingGroup'))
      .then(refused('coordination.open'))
      .when('2026-04-07T10:00+08:00', by('head', extension('2026-10-15')))
      .then(refused('coordination.open'));
    given(underWay())
      .when('2026-04-01T09:00+08:00', by('head', extension('2026-10-15')))
      .when('2026-04-02T09:00+08:00', ask())
      .then(refused('extension.pending'));
  });
});

describe('whether it is taken up', () => {
  it.each(['leader', 'office'])('%s may decide', (actor) => {
    asked()
      .when('2026-04-02T09:00+08:00', decision(actor))
      .then(happened('coordinationDecided', { accepted: true, answerBy: null }));
  });

  it('not decided by whom it is asked of, nor twice, nor when nothing was asked', () => {
    given(underWay()).when('2026-04-01T09:00+08:00', decision('leader')).then(refused('coordination.none'));
    asked()
      .when('2026-04-02T09:00+08:00', decision('secretary'))
      .then(refused('role.notAllowed'))
      .when('2026-04-02T10:00+08:00', decision('leader'))
      .when('2026-04-02T11:00+08:00', decision('office'))
      .then(refused('coordination.none'));
  });

  it('who asked does not decide; a lead leader who asked himself leaves it to the first responsible person', () => {
    const both = withDirectory({ posts: [...directory.posts, post('leader', 'clinic', 'unitHead')] });
    given(underWay({ context: both }))
      .when('2026-04-01T09:00+08:00', ask('leadingGroup', 'leader'))
      .then(notice({ duty: 'coordinationDecision#1', rung: 'opened', to: ['secretary'] }))
      .when('2026-04-02T09:00+08:00', decision('leader'))
      .then(refused('approver.isRequester'))
      .when('2026-04-02T10:00+08:00', decision('secretary'))
      .then(accepted, state({ coordinations: 1 }));
  });

  it('refused, the clock of the unit runs again and another one may be asked for', () => {
    asked()
      .when('2026-04-02T09:00+08:00', decision('leader', { accepted: false, opinion: text('o'), answerBy: day('2026-05-08') }))
      .then(
        happened('coordinationDecided', { accepted: false, answerBy: null }),
        owes('rectify#2 unitHead 2026-09-30'),
        coordinating(false),
        (life) => {
          expect(life.state).toMatchObject({ coordinations: 0, coordination: { state: 'refused' } });
        },
      )
      .when('2026-04-03T09:00+08:00', ask('leadingGroup'))
      .then(accepted);
  });

  it('accepted, it is counted; the coordinator owes an answer and the unit a note every two months', () => {
    taken().then(
      coordinating(true),
      owes(
        'rectify#2 unitHead 2026-09-30 stopped',
        'coordinationAnswer#1 firstResponsible 2026-05-06',
        'coordinationNote#1 unitHead 2026-06-02',
      ),
      notice({ duty: 'coordinationAnswer#1', rung: 'opened', to: ['secretary'] }),
      notice({ duty: 'coordinationNote#1', rung: 'opened', to: ['head'] }),
      (life) => {
        expect(life.state).toMatchObject({ coordinations: 1, coordination: { state: 'accepted', answerBy: null } });
      },
    );
  });

  it('the answer is owed by a named day', () => {
    asked()
      .when('2026-04-02T09:00+08:00', decision('leader', { answerBy: day('2026-04-01') }))
      .then(refused('date.past'))
      .when('2026-04-02T10:00+08:00', decision('leader', { answerBy: day('2026-05-29') }))
      .then(
        owes(
          'rectify#2 unitHead 2026-09-30 stopped',
          'coordinationAnswer#1 firstResponsible 2026-05-29',
          'coordinationNote#1 unitHead 2026-06-02',
        ),
      );
  });
});

describe('while it is open', () => {
  it("the unit's red rungs rest, also when it was late; the missing answer is the coordinator's to hear of", () => {
    given(taken().passesTo('2026-12-31T00:00+08:00')).then((life) => {
      const told = life.history.flatMap(({ event }) => (event.type === 'rungFired' && event.dutyId === 'rectify#2' ? [event.rung] : []));
      expect(told).toEqual(['opened']);
    });
    given(underWay().passesTo('2026-10-03T00:00+08:00'))
      .when('2026-10-08T09:00+08:00', ask())
      .when('2026-10-09T09:00+08:00', decision('leader', { answerBy: day('2026-12-31') }))
      .then(
        owes(
          'rectify#2 unitHead 2026-09-30 stopped',
          'coordinationAnswer#1 firstResponsible 2026-12-31',
          'coordinationNote#1 unitHead 2026-12-09',
        ),
      )
      .passesTo('2026-12-01T00:00+08:00')
      .then((life) => {
        expect(firedIn(life).filter(({ tone }) => tone === 'red')).toEqual([]);
      });
    taken()
      .passesTo('2026-05-07T02:00+08:00')
      .then(notice({ duty: 'coordinationAnswer#1', rung: 'overdue', to: ['secretary', 'office', 'clerk'], tone: 'red' }));
  });

  it("the lead unit's measures rest, a co-unit's part goes on", () => {
    const due = { named: day('2026-06-30') };
    const at = instant('2026-03-13T09:00+08:00');
    const life = underWay();
    const own = open(life.state, at, { id: 'measure:x1#1', kind: 'measure', holder: 'unitHead', due });
    const step = open(own, at, { id: 'milestone:x1#1', kind: 'milestone', holder: 'unitHead', unitId: 'clinic', due });
    const other = open(step, at, { id: 'measure:x2#1', kind: 'measure', holder: 'unitHead', unitId: 'depot', due });
    const resting = (story: Life) =>
      story.state.duties.filter(({ id, stoppedAt }) => id.includes(':x') && stoppedAt !== null).map(({ id }) => id);
    const coordinated = taken(new Life(other, life.context));
    expect(resting(coordinated)).toEqual(['measure:x1#1', 'milestone:x1#1']);
    expect(resting(coordinated.when('2026-04-20T09:00+08:00', answer('secretary')))).toEqual([]);
  });

  it('each note opens the next', () => {
    taken()
      .when('2026-05-06T09:00+08:00', note('liaison'))
      .then(
        happened('coordinationNoted'),
        owes(
          'rectify#2 unitHead 2026-09-30 stopped',
          'coordinationAnswer#1 firstResponsible 2026-05-06',
          'coordinationNote#2 unitHead 2026-07-06',
        ),
        notice({ duty: 'coordinationNote#2', rung: 'opened', to: ['head'] }),
      );
  });

  it('a note is for what was accepted', () => {
    given(underWay()).when('2026-04-01T09:00+08:00', note()).then(refused('coordination.none'));
    asked().when('2026-04-02T09:00+08:00', note()).then(refused('coordination.none'));
    taken().when('2026-04-03T09:00+08:00', note('leader')).then(refused('role.notAllowed'));
  });
});

describe('the answer', () => {
  it("settles answer and note; the unit's clock runs again", () => {
    taken()
      .when('2026-04-20T09:00+08:00', answer('secretary'))
      .then(happened('coordinationAnswered', { newDueOn: null }), owes('rectify#2 unitHead 2026-09-30'), coordinating(false), (life) => {
        expect(life.state).toMatchObject({ coordinations: 1, dueOn: '2026-09-30', coordination: { state: 'answered' } });
      })
      .passesTo('2026-10-02T00:00+08:00')
      .then(notice({ duty: 'rectify#2', rung: 'overdue', to: ['clerk', 'handler', 'head', 'leader', 'office'] }));
  });

  it('is given by the coordinator and nobody else', () => {
    taken()
      .when('2026-04-20T09:00+08:00', answer('group'))
      .then(refused('role.notAllowed'))
      .when('2026-04-20T10:00+08:00', answer('head'))
      .then(refused('role.notAllowed'))
      .when('2026-04-20T11:00+08:00', answer('secretary'))
      .then(accepted)
      .when('2026-04-20T12:00+08:00', answer('secretary'))
      .then(refused('coordination.none'));
    asked().when('2026-04-02T09:00+08:00', answer('secretary')).then(refused('coordination.none'));
  });

  it('a body that is not on the system answers in a meeting', () => {
    given(underWay())
      .when('2026-04-01T09:00+08:00', ask('inspectionLeadingGroup'))
      .when('2026-04-02T09:00+08:00', decision('leader'))
      .when('2026-04-20T09:00+08:00', answer(bodyActor('inspectionLeadingGroup')))
      .then(accepted, coordinating(false));
  });

  it('passes on when the coordinator took it up himself, or asked', () => {
    const led = underWay({ context: withDirectory({ posts: [...directory.posts, post('secretary', 'bureau', 'rectificationOffice')] }) });
    asked(led)
      .when('2026-04-02T09:00+08:00', decision('secretary'))
      .then(notice({ duty: 'coordinationAnswer#1', rung: 'opened', to: ['inspector', 'inspector2'] }))
      .when('2026-04-20T09:00+08:00', answer('secretary'))
      .then(refused('role.notAllowed'))
      .when('2026-04-20T10:00+08:00', answer('inspector'))
      .then(accepted);
    const both = underWay({ context: withDirectory({ posts: [...directory.posts, post('head', 'bureau', 'leadingGroup')] }) });
    given(both)
      .when('2026-04-01T09:00+08:00', ask('leadingGroup'))
      .when('2026-04-02T09:00+08:00', decision('leader'))
      .when('2026-04-20T09:00+08:00', answer('head'))
      .then(refused('approver.isRequester'))
      .when('2026-04-20T10:00+08:00', answer('group'))
      .then(accepted);
  });

  it('names a new day when the old one has passed meanwhile; that is no extension', () => {
    taken().when('2026-09-30T23:59+08:00', answer('secretary')).then(accepted);
    taken()
      .when('2026-10-01T00:00+08:00', answer('secretary'))
      .then(refused('coordination.dateNeeded'))
      .when('2026-10-08T09:00+08:00', answer('secretary', '2026-10-07'))
      .then(refused('date.past'))
      .when('2026-10-08T10:00+08:00', answer('secretary', '2026-12-31'))
      .then(
        happened('coordinationAnswered', { newDueOn: day('2026-12-31') }),
        owes('rectify#3 unitHead 2026-12-31'),
        state({ extensions: 0, originalDueOn: day('2026-09-30'), dueOn: day('2026-12-31') }),
        (life) => {
          expect(life.state.duties.find(({ id }) => id === 'rectify#2')?.closedBy).toBe('coordinated');
        },
      )
      .passesTo('2026-12-15T00:00+08:00')
      .then(notice({ duty: 'rectify#3', rung: 'before-20', to: ['handler'] }));
  });

  it('may name a later day before the old one has passed, not an earlier one', () => {
    taken()
      .when('2026-04-20T09:00+08:00', answer('secretary', '2026-09-29'))
      .then(refused('coordination.notLater'))
      .when('2026-04-20T10:00+08:00', answer('secretary', '2026-11-30'))
      .then(owes('rectify#3 unitHead 2026-11-30'));
  });

  it('with a new day, a measure whose own day has come gets it too and keeps its first one', () => {
    const life = underWay();
    const at = addMillis(life.state.lastOccurredAt, 1);
    const due = { named: day('2026-09-30') };
    const owing = open(life.state, at, { id: 'measure:m1#1', kind: 'measure', holder: 'unitHead', unitId: 'clinic', due });
    taken(new Life(owing, life.context))
      .when('2026-10-08T09:00+08:00', answer('secretary', '2026-12-31'))
      .then((story) => {
        expect(story.state.measures[0]).toMatchObject({ dueOn: '2026-12-31', originalDueOn: '2026-09-30' });
        const [old, anew] = story.state.duties.filter(({ id }) => id.startsWith('measure:m1#'));
        expect(old).toMatchObject({ closedBy: 'coordinated' });
        expect(anew).toMatchObject({ due: { named: '2026-12-31' }, closedAt: null, stoppedAt: null, unitId: 'clinic' });
      });
  });

  it('a second coordination is counted too', () => {
    taken()
      .when('2026-04-20T09:00+08:00', answer('secretary'))
      .when('2026-05-06T09:00+08:00', ask('disciplineGroup'))
      .when('2026-05-07T09:00+08:00', decision('office'))
      .then(
        state({ coordinations: 2 }),
        owes(
          'rectify#2 unitHead 2026-09-30 stopped',
          'coordinationAnswer#2 disciplineGroup 2026-06-03',
          'coordinationNote#2 unitHead 2026-07-07',
        ),
      );
  });
});

describe('on paper', () => {
  it("terms count from the paper's day, the clock stops at the event", () => {
    const { state: before, context } = underWay();
    const frame = { actor: 'head', occurredAt: instant('2026-04-08T09:00+08:00'), effectiveOn: day('2026-04-01') };
    const requested = evolve(
      before,
      { type: 'coordinationRequested', coordinator: 'leadingGroup', asked: text('a'), ownShare: text('s'), late: false },
      frame,
    );
    given(new Life(requested, context))
      .then(owes('rectify#2 unitHead 2026-09-30 stopped', 'coordinationDecision#1 leadLeader 2026-04-09'))
      .then((life) => {
        expect(life.state.duties.find(({ id }) => id === 'rectify#2')?.stoppedAt).toBe(frame.occurredAt);
      });
  });
});

import type { CommandType, IssueCommand } from '../../domain/issue/commands';
import { commandRoles } from '../../domain/issue/command-words';
import { evolve } from '../../domain/issue/evolve';
import { issueKind } from '../../domain/issue/issue-kind';
import type { IssueEvent } from '../../domain/issue/events';
import { agenda } from '../../domain/obligation/agenda';
import { open } from '../../domain/obligation/duties';
import { nextWake } from '../../domain/obligation/kind';
import { instant } from '../../domain/time';
import { sampleCommands } from './commands';
import {
  accepted,
  acknowledged,
  assigned,
  by,
  closed,
  day,
  drawn,
  extension,
  given,
  handedIn,
  happened,
  Life,
  looking,
  notice,
  owed,
  paper,
  post,
  proposed,
  recordCheckBack,
  rectifying,
  refused,
  registered,
  rules,
  silence,
  stands,
  state,
  tells,
  text,
  underReview,
  underWay,
  withDirectory,
  directory,
} from './support';

const reason = text('reason');
const document = text('document');
const suspend = (reviewOn: string): IssueCommand => ({ type: 'suspend', reason, document, reviewOn: day(reviewOn) });
const reviewSuspension = (reviewOn: string): IssueCommand => ({
  type: 'reviewSuspension',
  reviewOn: day(reviewOn),
  opinion: text('opinion'),
});
const resume = (newDueOn?: string): IssueCommand => ({ type: 'resume', reason, ...(newDueOn ? { newDueOn: day(newDueOn) } : {}) });
const withdraw: IssueCommand = { type: 'withdraw', reason, document };
const reopen: IssueCommand = { type: 'reopen', reason, document };

const allClocksRun = ({ state: { duties } }: Life): void => {
  expect(duties.filter(({ stoppedAt }) => stoppedAt !== null)).toEqual([]);
};

/** A life in which something more is owed by a day of its own. */
const owing = (life: Life, kind: 'measure' | 'milestone', ...days: readonly (readonly [id: string, due: string])[]): Life =>
  new Life(
    days.reduce(
      (issue, [id, due]) => open(issue, life.state.lastOccurredAt, { id, kind, holder: 'unitHead', due: { named: day(due) } }),
      life.state,
    ),
    rules,
  );

/** Suspended on Wednesday 2026-04-15, to be looked at again by 2026-07-15. */
const suspended = (life: Life = underWay()): Life => given(life).when('2026-04-15T09:00+08:00', by('inspector', suspend('2026-07-15')));

describe('suspend', () => {
  it('every clock rests but that of the inspection office, which owes a review', () => {
    suspended().then(
      stands('suspended'),
      happened('suspended', { reason, document, reviewOn: day('2026-07-15') }),
      state({ suspendedFrom: 'rectifying' }),
      owed('rectify#2 unitHead 2026-09-30 stopped', 'suspensionReview#1 inspectionOffice 2026-07-15'),
      tells('2026-04-15 suspensionReview#1 opened > inspector inspector2'),
    );
  });

  it('nobody is reminded of anything but the review', () => {
    const fired = suspended().passesTo('2026-10-15T02:00+08:00').last.events;
    expect(new Set(fired.map((event) => ('dutyId' in event ? event.dutyId : event.type)))).toEqual(new Set(['suspensionReview#1']));
    suspended()
      .passesTo('2026-08-01T02:00+08:00')
      .then(notice({ duty: 'suspensionReview#1', rung: 'overdue', to: ['inspector', 'inspector2'] }));
  });

  it('is possible wherever it is worked on, and someone owes something in each of these', () => {
    for (const life of [registered, assigned, acknowledged, proposed, rectifying, handedIn, looking, underReview]) {
      const before = life();
      const rests = given(before).when('2026-06-20T09:00+08:00', by('inspector', suspend('2026-12-18')));
      rests.then(stands('suspended'), state({ suspendedFrom: before.state.phase }));
      expect(
        rests.state.duties.filter(({ closedAt, stoppedAt }) => closedAt === null && stoppedAt === null).map(({ kind }) => kind),
      ).toEqual(['suspensionReview']);
      expect(nextWake(issueKind, rests.state, rules)).not.toBeNull();
      const dated = rests.state.duties.some(({ kind, closedAt }) => kind === 'rectify' && closedAt === null);
      rests
        .when('2026-06-22T09:00+08:00', by('inspector', resume(dated ? '2026-12-18' : undefined)))
        .then(stands(before.state.phase), allClocksRun);
    }
  });

  it('not of what is struck off or final, nor twice', () => {
    for (const life of [closed, drawn])
      given(life())
        .when('2027-01-20T09:00+08:00', by('inspector', suspend('2027-06-18')))
        .then(refused('phase.notAllowed'));
    suspended()
      .when('2026-04-16T09:00+08:00', by('inspector', suspend('2026-07-15')))
      .then(refused('issue.suspended'));
  });

  it.each([
    ['2026-04-14', 'date.past'],
    ['2027-04-16', 'suspension.tooLong'],
  ])('to be reviewed on %s: %s', (reviewOn, code) => {
    given(underWay())
      .when('2026-04-15T09:00+08:00', by('inspector', suspend(reviewOn)))
      .then(refused(code));
    suspended()
      .when('2026-04-15T10:00+08:00', by('inspector', reviewSuspension(reviewOn)))
      .then(refused(code));
  });

  it.each(['2026-04-15', '2027-04-15'])('to be reviewed on %s: allowed', (reviewOn) => {
    given(underWay())
      .when('2026-04-15T09:00+08:00', by('inspector', suspend(reviewOn)))
      .then(stands('suspended'));
  });

  it('is the inspection office’s', () => {
    for (const person of ['office', 'head', 'leader', 'discipline'])
      given(underWay())
        .when('2026-04-15T09:00+08:00', by(person, suspend('2026-07-15')))
        .then(refused('role.notAllowed'));
  });
});

describe('reviewSuspension', () => {
  it('closes the review and opens the next', () => {
    suspended()
      .when('2026-07-10T09:00+08:00', by('inspector2', reviewSuspension('2026-12-31')))
      .then(
        stands('suspended'),
        happened('suspensionReviewed', { reviewOn: day('2026-12-31'), opinion: text('opinion') }),
        owed('rectify#2 unitHead 2026-09-30 stopped', 'suspensionReview#2 inspectionOffice 2026-12-31'),
      );
  });

  it('only of a suspended issue', () => {
    given(underWay())
      .when('2026-04-15T09:00+08:00', by('inspector', reviewSuspension('2026-07-15')))
      .then(refused('phase.notAllowed'));
  });
});

describe('while suspended', () => {
  const everyRole = [
    post('everyone', 'clinic', 'unitHead'),
    post('everyone', 'bureau', 'rectificationOffice'),
    post('everyone', 'inspection', 'inspectionOffice'),
    post('everyone', 'watch', 'disciplineGroup'),
  ];
  const passes: readonly CommandType[] = [
    'comment',
    'resume',
    'withdraw',
    'reviewSuspension',
    'amend',
    'linkRecurrence',
    'recordHandling',
    'recordMoney',
    'correctMoney',
    'recordRule',
    'setPublicStatus',
    'editImplementation',
  ];
  const life = suspended().under(withDirectory({ posts: [...directory.posts, ...everyRole] }));

  it.each((Object.keys(commandRoles) as CommandType[]).map((type) => ({ type, allowed: passes.includes(type) })))(
    '$type: allowed $allowed',
    ({ type, allowed }) => {
      const command = (sampleCommands as Partial<typeof sampleCommands>)[type] ?? ({ type } as IssueCommand);
      if (!allowed) given(life).when('2026-04-16T09:00+08:00', by('everyone', command)).then(refused('issue.suspended'));
    },
  );

  it('what is said beside the life passes', () => {
    given(life)
      .when('2026-04-16T09:00+08:00', by('liaison', { type: 'comment', note: text('note') }))
      .then(accepted)
      .when('2026-04-16T10:00+08:00', by('office', { type: 'amend', title: text('better'), reason }))
      .then(stands('suspended'))
      .when('2026-04-16T11:00+08:00', by('office', { type: 'linkRecurrence', recursOf: ['2021年巡察第3项'], reason }))
      .then(stands('suspended'));
  });
});

describe('resume', () => {
  it('before its day, the unit goes on by it', () => {
    suspended()
      .when('2026-06-15T09:00+08:00', by('inspector', resume()))
      .then(
        stands('rectifying'),
        happened('resumed', { newDueOn: null, renewed: [] }),
        state({ suspendedFrom: null, stoppedBefore: [] }),
        owed('rectify#2 unitHead 2026-09-30'),
        silence,
      )
      .passesTo('2026-09-15T00:00+08:00')
      .then(tells('2026-09-10 rectify#2 before-20 > handler'));
  });

  it('with a new day the rectification begins anew; the original day stays', () => {
    suspended()
      .when('2026-06-15T09:00+08:00', by('inspector', resume('2026-12-31')))
      .then(
        stands('rectifying'),
        state({ originalDueOn: day('2026-09-30'), dueOn: day('2026-12-31'), extensions: 0 }),
        owed('rectify#3 unitHead 2026-12-31'),
        tells('2026-06-15 rectify#3 opened > handler head'),
      );
    const { duties } = suspended().when('2026-06-15T09:00+08:00', by('inspector', resume('2026-12-31'))).state;
    expect(duties.find(({ id }) => id === 'rectify#2')).toMatchObject({ closedBy: 'resumed' });
    expect(duties.find(({ id }) => id === 'suspensionReview#1')).toMatchObject({ closedBy: 'resumed' });
  });

  it('after its day needs a new one', () => {
    const rests = suspended();
    // due on 2026-09-30: that day still counts
    given(rests).when('2026-09-30T23:59+08:00', by('inspector', resume())).then(stands('rectifying'));
    given(rests)
      .when('2026-10-09T09:00+08:00', by('inspector', resume()))
      .then(refused('resume.dateNeeded'))
      .when('2026-10-09T09:30+08:00', by('inspector', resume('2026-12-31')))
      .then(stands('rectifying'), owed('rectify#3 unitHead 2026-12-31'));
  });

  it.each([
    ['2026-06-12', 'date.past'],
    ['2026-06-15', 'resume.notLater'],
    // Saturday, moved to the Friday before
    ['2026-06-13', 'date.past'],
  ])('by %s: %s', (newDueOn, code) => {
    suspended()
      .when('2026-06-15T09:00+08:00', by('inspector', resume(newDueOn)))
      .then(refused(code));
  });

  it('a term counts anew from the resumption', () => {
    suspended(acknowledged()).then(
      owed('rectify#1 unitHead 2026-06-02 stopped', 'plan#1 unitHead 2026-04-02 stopped', 'suspensionReview#1 inspectionOffice 2026-07-15'),
    );
    given(assigned())
      .when('2026-03-05T09:00+08:00', by('inspector', suspend('2026-06-05')))
      .when('2026-05-11T09:00+08:00', by('inspector', resume()))
      .then(
        stands('assigned'),
        happened('resumed', { renewed: ['receipt#1'] }),
        owed('receipt#1 unitHead 2026-05-14', 'rectify#1 unitHead 2026-06-02'),
      );
  });

  it('whoever was overdue before still is, and hears of it again', () => {
    // the receipt was due on 2026-03-06
    given(assigned())
      .passesTo('2026-03-09T02:00+08:00')
      .then(notice({ duty: 'receipt#1', rung: 'overdue', to: ['head', 'leader', 'office', 'clerk'] }))
      .when('2026-03-09T09:00+08:00', by('inspector', suspend('2026-06-05')))
      .when('2026-05-11T09:00+08:00', by('inspector', resume()))
      .then(
        happened('resumed', { renewed: [] }),
        owed('receipt#1 unitHead 2026-03-06', 'rectify#1 unitHead 2026-06-02'),
        notice({ duty: 'receipt#1', rung: 'after-8', to: ['secretary', 'leader', 'office', 'clerk'], occurrence: 1 }),
      );
  });

  it('a named day of another duty that passed meanwhile becomes the new day', () => {
    suspended(owing(underWay(), 'milestone', ['milestone#1', '2026-05-29'], ['milestone#2', '2026-08-31']))
      .when('2026-06-15T09:00+08:00', by('inspector', resume()))
      .then(refused('resume.dateNeeded'))
      .when('2026-06-15T10:00+08:00', by('inspector', resume('2026-12-31')))
      .then(
        happened('resumed', { renewed: ['milestone#1'] }),
        owed('milestone#1 unitHead 2026-12-31', 'milestone#2 unitHead 2026-08-31', 'rectify#3 unitHead 2026-12-31'),
      );
  });

  it('a measure whose own day passed meanwhile begins anew with the new day', () => {
    const told = suspended(owing(underWay(), 'measure', ['measure:m1#1', '2026-05-29']))
      .when('2026-06-15T09:00+08:00', by('inspector', resume()))
      .then(refused('resume.dateNeeded'))
      .when('2026-06-15T10:00+08:00', by('inspector', resume('2026-12-31')))
      .then(owed('rectify#3 unitHead 2026-12-31', 'measure:m1#2 unitHead 2026-12-31'));
    expect(told.state.measures.map(({ dueOn }) => dueOn)).toEqual(['2026-12-31']);
  });

  it('a clock that rested already goes on resting', () => {
    const asked = given(underWay()).when('2026-04-15T09:00+08:00', by('head', extension('2026-12-31')));
    // at the same instant
    suspended(asked)
      .then(
        state({ stoppedBefore: ['rectify#2'] }),
        owed(
          'rectify#2 unitHead 2026-09-30 stopped',
          'extensionDecision#1 leadLeader 2026-04-20 stopped',
          'suspensionReview#1 inspectionOffice 2026-07-15',
        ),
      )
      .when('2026-06-15T09:00+08:00', by('inspector', resume()))
      .then(owed('rectify#2 unitHead 2026-09-30 stopped', 'extensionDecision#1 leadLeader 2026-06-18'))
      .when('2026-06-16T09:00+08:00', by('leader', { type: 'decideExtension', granted: false }))
      .then(owed('rectify#2 unitHead 2026-09-30'));
  });

  it('a new day answers an extension that waits', () => {
    const asked = given(underWay()).when('2026-04-14T09:00+08:00', by('head', extension('2026-12-31')));
    suspended(asked)
      .when('2026-06-15T09:00+08:00', by('inspector', resume('2026-11-30')))
      .then(stands('rectifying'), state({ extension: null }), owed('rectify#3 unitHead 2026-11-30'));
  });

  it('a rectification that rests for another reason rests by its new day too', () => {
    const life = underWay();
    const rests = { ...life.state, duties: life.state.duties.map((duty) => ({ ...duty, stoppedAt: instant('2026-04-01T09:00+08:00') })) };
    suspended(new Life(rests, rules))
      .when('2026-06-15T09:00+08:00', by('inspector', resume('2026-11-30')))
      .then(owed('rectify#3 unitHead 2026-11-30 stopped'));
  });

  it('where no day of rectification is owed there is none to set', () => {
    given(looking())
      .when('2026-06-05T09:00+08:00', by('inspector', suspend('2026-07-15')))
      .when('2026-06-15T09:00+08:00', by('inspector', resume('2026-12-31')))
      .then(refused('resume.nothingDated'))
      .when('2026-06-15T10:00+08:00', by('inspector', resume()))
      .then(stands('checkBack'), owed('checkBack#1 rectificationOffice 2026-07-07'));
  });

  it('a draft that waited is to be signed again', () => {
    given(underWay().passesTo('2026-10-13T02:00+08:00'))
      .when('2026-10-13T09:00+08:00', by('inspector', suspend('2026-12-18')))
      .when('2026-10-14T09:00+08:00', by('clerk', { type: 'signPaper', paperId: 'reminderLetter-1' }))
      .then(refused('issue.suspended'))
      .when('2026-11-16T09:00+08:00', by('inspector', resume('2027-03-31')))
      .then(
        paper('reminderLetter-1', 'draft'),
        owed('signPaper:reminderLetter-1 rectificationOffice 2026-11-18', 'rectify#3 unitHead 2027-03-31'),
      )
      .when('2026-11-17T09:00+08:00', by('clerk', { type: 'signPaper', paperId: 'reminderLetter-1' }))
      .then(paper('reminderLetter-1', 'issued'));
  });

  it('only of a suspended issue', () => {
    given(underWay()).when('2026-04-15T09:00+08:00', by('inspector', resume())).then(refused('phase.notAllowed'));
  });

  it('an event without the list of renewed duties still folds', () => {
    const at = instant('2026-06-15T09:00+08:00');
    const event: IssueEvent = { type: 'resumed', reason, newDueOn: null };
    const after = evolve(suspended().state, event, { actor: 'inspector', occurredAt: at });
    expect(after.phase).toBe('rectifying');
    expect(agenda(after, rules, at).every(({ obligation }) => obligation.duty.id === 'rectify#2')).toBe(true);
  });
});

describe('withdraw', () => {
  it('ends what does not stand any more, also while it is suspended', () => {
    for (const life of [registered, assigned, underWay, handedIn, looking, underReview, suspended]) {
      const told = given(life()).when('2026-06-20T09:00+08:00', by('inspector', withdraw));
      told.then(
        stands('withdrawn'),
        happened('withdrawn', { reason, document }),
        owed(),
        state({ suspendedFrom: null, stoppedBefore: [] }),
      );
      expect(nextWake(issueKind, told.state, rules)).toBeNull();
    }
  });

  it('a draft lapses', () => {
    given(underWay().passesTo('2026-10-13T02:00+08:00'))
      .when('2026-10-13T09:00+08:00', by('inspector', withdraw))
      .then(paper('reminderLetter-1', 'lapsed'));
  });

  it('not what is struck off, nor by anybody else', () => {
    for (const life of [closed, drawn])
      given(life()).when('2027-01-20T09:00+08:00', by('inspector', withdraw)).then(refused('phase.notAllowed'));
    given(underWay()).when('2026-06-20T09:00+08:00', by('office', withdraw)).then(refused('role.notAllowed'));
    given(underWay())
      .when('2026-06-20T09:00+08:00', by('inspector', withdraw))
      .when('2026-06-21T09:00+08:00', by('inspector', withdraw))
      .then(refused('issue.final'));
  });
});

describe('reopen', () => {
  const consolidated = (): Life => drawn().when('2026-12-10T09:00+08:00', by('inspector', recordCheckBack('consolidated')));

  it('takes a consolidated issue back as a relapse', () => {
    const back = given(consolidated()).when('2027-03-01T09:00+08:00', by('inspector', reopen));
    back.then(
      stands('rectifying'),
      happened('reopened', { reason, document }),
      state({ relapses: 1, returns: 0, originalDueOn: day('2026-09-30') }),
      owed('rectify#3 unitHead 2027-03-29'),
      notice({ duty: 'rectify#3', rung: 'opened', to: ['handler', 'head', 'leader', 'secretary', 'office', 'clerk'] }),
    );
    expect(back.state.measures.every(({ completedAt }) => completedAt === null)).toBe(true);
    expect(back.state.duties.at(-1)?.ladder).toBe('relapse');
  });

  it('a reported completion that no unit ever had is assigned', () => {
    given(registered({ reported: 'completed' }))
      .when('2026-03-03T09:00+08:00', by('office', { type: 'acceptReported' }))
      .when(
        '2026-09-01T09:00+08:00',
        by('inspector', { type: 'drawCheckBack', seed: 'S', checkers: ['inspector', 'inspector2'], chosen: true }),
      )
      .when('2026-09-10T09:00+08:00', by('inspector', recordCheckBack('consolidated')))
      .then(stands('consolidated'))
      .when('2027-03-01T09:00+08:00', by('inspector', reopen))
      .then(stands('registered'), state({ relapses: 1 }), owed('assign#1 rectificationOffice 2027-03-04'));
  });

  it('nothing else, by nobody else', () => {
    for (const life of [underWay, closed, drawn])
      given(life()).when('2027-01-20T09:00+08:00', by('inspector', reopen)).then(refused('phase.notAllowed'));
    given(underWay())
      .when('2026-06-20T09:00+08:00', by('inspector', withdraw))
      .when('2026-06-21T09:00+08:00', by('inspector', reopen))
      .then(refused('phase.notAllowed'));
    given(consolidated()).when('2027-03-01T09:00+08:00', by('office', reopen)).then(refused('role.notAllowed'));
  });
});

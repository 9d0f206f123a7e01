import type { IssueCommand } from '../../domain/issue/commands';
import { noFacts, type CommandOf, type IssueFacts } from '../../domain/issue/decision';
import { issueKind } from '../../domain/issue/issue-kind';
import type { RuleContext } from '../../domain/context';
import { bodyActor } from '../../domain/parties';
import { open } from '../../domain/obligation/duties';
import { nextWake } from '../../domain/obligation/kind';
import { instant } from '../../domain/time';
import {
  accepted,
  acknowledged,
  approve,
  assigned,
  by,
  closed,
  day,
  directory,
  drawn,
  extension,
  given,
  handedIn,
  happened,
  looking,
  measure,
  notice,
  owed,
  paper,
  plan,
  proposed,
  recordCheckBack,
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
  Life,
} from './support';

const knowing = (facts: Partial<IssueFacts>, context: RuleContext = rules): RuleContext => {
  const known = { ...context, facts: { ...noFacts, ...facts } };
  return known;
};
const reason = text('reason');
const document = text('document');
const voiding: IssueCommand = { type: 'void', reason };
const splitting: IssueCommand = {
  type: 'split',
  parts: [
    { title: text('t1'), text: text('x1') },
    { title: text('t2'), text: text('x2') },
  ],
  reason,
};
const merging = (into = 'R1-002'): IssueCommand => ({ type: 'merge', into, reason });
const reassigning: CommandOf<'reassign'> = { type: 'reassign', leadUnitId: 'depot', leadLeaderId: 'leader', document, reason };
const transferring: IssueCommand = { type: 'transferOut', receiver: text('receiver'), document, reason };
const confirm: IssueCommand = { type: 'confirmCorrection', granted: true };
const decline: IssueCommand = { type: 'confirmCorrection', granted: false, opinion: text('opinion') };

const others = knowing({ openIssues: ['R1-002', 'R1-003'] });
/** Proposed by `office` on Monday 2026-04-13. */
const proposing = (command: IssueCommand, life: Life = underWay(), context = others): Life =>
  given(life.under(context)).when('2026-04-13T09:00+08:00', by('office', command));

describe('a correction', () => {
  it('is owed a confirmation by another person of the office', () => {
    proposing(voiding).then(
      stands('rectifying'),
      happened('correctionProposed', { correction: { kind: 'void', reason } }),
      state({ correction: { kind: 'void', reason, by: 'office' } }),
      owed('rectify#2 unitHead 2026-09-30', 'correction#1 rectificationOffice 2026-04-16'),
      tells('2026-04-13 correction#1 opened > clerk'),
    );
  });

  it('nobody but the second person confirms it', () => {
    proposing(voiding)
      .when('2026-04-14T09:00+08:00', by('office', confirm))
      .then(refused('approver.isRequester'))
      .when('2026-04-14T10:00+08:00', by('group', confirm))
      .then(refused('role.notAllowed'))
      .when('2026-04-14T11:00+08:00', by('inspector', confirm))
      .then(refused('role.notAllowed'))
      .when('2026-04-14T12:00+08:00', by('clerk', confirm))
      .then(stands('void'));
  });

  it('in an office of one person passes to the next role up', () => {
    const alone = withDirectory({ posts: directory.posts.filter(({ personId }) => personId !== 'clerk') });
    const life = proposing(voiding, underWay(), alone);
    life.then(tells('2026-04-13 correction#1 opened > group'));
    given(life).when('2026-04-14T09:00+08:00', by('secretary', confirm)).then(refused('role.notAllowed'));
    given(life).when('2026-04-14T09:00+08:00', by('group', confirm)).then(stands('void'));
    given(life)
      .when('2026-04-14T09:00+08:00', by(bodyActor('leadingGroup'), confirm))
      .then(stands('void'));
    const noGroup = withDirectory({ posts: directory.posts.filter(({ personId }) => !['clerk', 'group', 'secretary'].includes(personId)) });
    given(life.under(noGroup)).when('2026-04-14T09:00+08:00', by('inspector2', confirm)).then(stands('void'));
  });

  it('waits alone: no second one beside it', () => {
    proposing(voiding).when('2026-04-13T10:00+08:00', by('clerk', splitting)).then(refused('correction.pending'));
  });

  it('refused, leaves everything as it was, and another can be proposed', () => {
    proposing(voiding)
      .when('2026-04-14T09:00+08:00', by('clerk', decline))
      .then(
        stands('rectifying'),
        happened('correctionRefused', { opinion: text('opinion') }),
        state({ correction: null }),
        owed('rectify#2 unitHead 2026-09-30'),
      )
      .when('2026-04-14T10:00+08:00', by('clerk', confirm))
      .then(refused('correction.none'))
      .when('2026-04-14T11:00+08:00', by('clerk', splitting))
      .then(owed('rectify#2 unitHead 2026-09-30', 'correction#2 rectificationOffice 2026-04-17'));
  });

  it('unconfirmed, is heard of', () => {
    proposing(voiding)
      .passesTo('2026-04-24T02:00+08:00')
      .then(
        notice({ duty: 'correction#1', rung: 'half-time', to: ['clerk'] }),
        notice({ duty: 'correction#1', rung: 'overdue', to: ['clerk', 'secretary'] }),
      );
  });

  it('meanwhile the issue goes on; what is not possible any more can only be refused', () => {
    const moved = given(handedIn())
      .when('2026-06-02T10:00+08:00', by('office', reassigning))
      .when('2026-06-03T09:00+08:00', by('office', { type: 'planCheckBack', checkers: ['office', 'discipline'], mode: 'onPaper' }))
      .then(stands('checkBack'));
    moved
      .when('2026-06-04T09:00+08:00', by('clerk', confirm))
      .then(refused('phase.notAllowed'))
      .when('2026-06-04T10:00+08:00', by('clerk', decline))
      .then(stands('checkBack'), state({ correction: null }));
  });

  it('ends with the closeout', () => {
    const late = given(underReview()).when('2026-06-10T10:00+08:00', by('office', voiding));
    const struckOff = late
      .when('2026-06-11T09:00+08:00', by('discipline', approve))
      .when('2026-06-12T09:00+08:00', by('cadres', approve))
      .when('2026-06-15T09:00+08:00', by('inspector', approve))
      .then(stands('closed'), state({ correction: null }));
    struckOff.when('2026-06-16T09:00+08:00', by('clerk', confirm)).then(refused('correction.none'));
  });

  it.each([
    ['void', voiding],
    ['split', splitting],
    ['merge', merging()],
    ['transferOut', transferring],
  ])('%s is possible until it is struck off', (_, command) => {
    for (const life of [registered, assigned, acknowledged, proposed, underWay, handedIn, looking, underReview])
      given(life().under(others)).when('2026-06-20T09:00+08:00', by('office', command)).then(accepted);
    for (const life of [closed, drawn])
      given(life().under(others)).when('2027-01-20T09:00+08:00', by('office', command)).then(refused('phase.notAllowed'));
  });
});

describe('void', () => {
  it('ends it; its number stays', () => {
    const life = proposing(voiding)
      .when('2026-04-14T09:00+08:00', by('clerk', confirm))
      .then(stands('void'), happened('voided', { reason }), state({ number: 1, correction: null }), owed(), silence);
    expect(nextWake(issueKind, life.state, rules)).toBeNull();
    life.when('2026-04-15T09:00+08:00', by('office', voiding)).then(refused('issue.final'));
  });

  it('an unsigned draft lapses, and an extension that waits is void', () => {
    const overdue = underWay()
      .passesTo('2026-10-13T02:00+08:00')
      .when('2026-10-13T09:00+08:00', by('head', extension('2026-12-31')))
      .then(paper('reminderLetter-1', 'draft'));
    given(overdue)
      .when('2026-10-13T10:00+08:00', by('office', voiding))
      .when('2026-10-14T09:00+08:00', by('clerk', confirm))
      .then(stands('void'), paper('reminderLetter-1', 'lapsed'), state({ extension: null }), owed());
  });
});

describe('split', () => {
  it('names the numbers of the parts, which the ledger opens', () => {
    proposing(splitting)
      .when('2026-04-14T09:00+08:00', by('clerk', confirm))
      .then(
        stands('replaced'),
        happened('splitUp', {
          replacedBy: ['R1-001-1', 'R1-001-2'],
          parts: [
            { title: text('t1'), text: text('x1') },
            { title: text('t2'), text: text('x2') },
          ],
        }),
        state({ replacedBy: ['R1-001-1', 'R1-001-2'] }),
        owed(),
      );
  });

  it('a part may be split again', () => {
    given(new Life({ ...underWay().state, id: 'R1-001-2' }, rules))
      .when('2026-04-13T09:00+08:00', by('office', splitting))
      .when('2026-04-14T09:00+08:00', by('clerk', confirm))
      .then(state({ replacedBy: ['R1-001-2-1', 'R1-001-2-2'] }));
  });

  it('into one is none', () => {
    proposing({ type: 'split', parts: [{ title: text('t1'), text: text('x1') }], reason }).then(refused('split.tooFew'));
  });
});

describe('merge', () => {
  it('into another open issue of the round, which stands for it', () => {
    proposing(merging())
      .when('2026-04-14T09:00+08:00', by('clerk', confirm))
      .then(stands('replaced'), happened('mergedInto', { into: 'R1-002' }), state({ replacedBy: ['R1-002'] }), owed());
  });

  it('not into itself, nor into one that is unknown or final', () => {
    proposing(merging('R1-001')).then(refused('merge.self'));
    proposing(merging('R1-009')).then(refused('issue.unknown'));
  });

  it('nor into one that has ended meanwhile', () => {
    const waiting = proposing(merging());
    given(waiting.under(knowing({ openIssues: ['R1-003'] })))
      .when('2026-04-14T09:00+08:00', by('clerk', confirm))
      .then(refused('issue.unknown'));
  });
});

describe('transferOut', () => {
  it('ends it here, with receiver and document', () => {
    proposing(transferring)
      .when('2026-04-14T09:00+08:00', by('clerk', confirm))
      .then(stands('transferred'), happened('transferredOut', { receiver: text('receiver'), document }), owed());
  });
});

describe('reassign', () => {
  it('until the unit has signed, the next one owes the receipt; the day of rectification stays', () => {
    given(assigned())
      .when('2026-03-03T10:00+08:00', by('office', reassigning))
      .when('2026-03-04T09:00+08:00', by('clerk', confirm))
      .then(
        stands('assigned'),
        owed('rectify#1 unitHead 2026-06-02', 'receipt#2 unitHead 2026-03-09'),
        tells('2026-03-04 receipt#2 opened > depotHead'),
      )
      .when('2026-03-05T09:00+08:00', by('head', { type: 'acknowledge' }))
      .then(refused('role.notAllowed'))
      .when('2026-03-05T10:00+08:00', by('depotHead', { type: 'acknowledge' }))
      .then(stands('acknowledged'), owed('rectify#1 unitHead 2026-06-02', 'plan#1 unitHead 2026-04-02'));
  });

  it('in the middle, plan and days stay, and the new unit signs for it', () => {
    const taken = proposing(reassigning)
      .when('2026-04-14T09:00+08:00', by('clerk', confirm))
      .then(
        stands('rectifying'),
        happened('reassigned', { leadUnitId: 'depot', document }),
        state({ originalDueOn: day('2026-09-30'), dueOn: day('2026-09-30'), formerly: ['clinic'] }),
        state({ assignment: { leadUnitId: 'depot', leadLeaderId: 'leader', leaderInChargeId: null, handlerId: null, coUnitIds: [] } }),
        owed('rectify#2 unitHead 2026-09-30', 'receipt#2 unitHead 2026-04-17'),
        tells('2026-04-14 receipt#2 opened > depotHead'),
      );
    expect(taken.state.measures.map(({ unitId }) => unitId)).toEqual(['depot']);
    taken
      .when('2026-04-15T09:00+08:00', by('head', { type: 'requestCloseout' }))
      .then(refused('role.notAllowed'))
      .when('2026-04-15T10:00+08:00', by('depotHead', { type: 'acknowledge' }))
      .then(stands('rectifying'), owed('rectify#2 unitHead 2026-09-30'))
      .when('2026-04-15T11:00+08:00', by('depotHead', { type: 'acknowledge' }))
      .then(refused('phase.notAllowed'));
  });

  it('measures of a unit that stays, stay; who handled one before is remembered', () => {
    const both = given(registered())
      .when('2026-03-03T09:00+08:00', by('office', { type: 'assign', leadUnitId: 'clinic', leadLeaderId: 'leader', coUnitIds: ['depot'] }))
      .when('2026-03-04T09:00+08:00', by('head', { type: 'acknowledge' }))
      .when(
        '2026-03-10T09:00+08:00',
        by('handler', plan({ ...measure('2026-09-30'), holderId: 'liaison' }, { ...measure('2026-08-31'), unitId: 'depot' })),
      )
      .when('2026-03-10T10:00+08:00', by('office', { ...reassigning, coUnitIds: ['clinic'] }))
      .when('2026-03-11T09:00+08:00', by('clerk', confirm))
      .then(stands('planned'), state({ formerly: ['liaison'] }));
    expect(both.state.measures.map(({ unitId }) => unitId)).toEqual(['clinic', 'depot']);
  });

  it('what the unit that is out owed by name, the new lead unit owes by the same day; a request about that day is void', () => {
    const life = underWay();
    const at = '2026-04-13T09:00+08:00';
    const due = { named: day('2026-08-31') };
    const part = { id: 'measure:m1#1', kind: 'measure', holder: 'unitHead', unitId: 'clinic', due } as const;
    const parted = new Life(open(life.state, life.state.lastOccurredAt, part), others);
    const asking = parted.append(
      {
        type: 'extensionRequested',
        dutyId: 'measure:m1#1',
        measureId: 'm1',
        newDueOn: day('2026-09-30'),
        late: false,
        reason,
        progress: reason,
      },
      'head',
      instant(at),
    );
    const told = given(asking)
      .when(at, by('office', reassigning))
      .when('2026-04-14T09:00+08:00', by('clerk', confirm))
      .then(
        state({ extension: null }),
        owed('rectify#2 unitHead 2026-09-30', 'measure:m1#2 unitHead 2026-08-31', 'receipt#2 unitHead 2026-04-17'),
        notice({ duty: 'measure:m1#2', rung: 'opened', to: ['depotHead'] }),
      );
    const duty = (id: string) => told.state.duties.find((one) => one.id === id);
    expect(duty('measure:m1#1')).toMatchObject({ closedBy: 'reassigned' });
    expect(duty('measure:m1#2')).toMatchObject({ unitId: 'depot' });
  });

  it('a closeout that was requested goes on; the new unit signs for it', () => {
    given(handedIn())
      .when('2026-06-02T10:00+08:00', by('office', reassigning))
      .when('2026-06-03T09:00+08:00', by('clerk', confirm))
      .then(stands('closeoutRequested'), owed('checkBack#1 rectificationOffice 2026-06-24', 'receipt#2 unitHead 2026-06-08'));
  });

  it('not while nobody has it, while others look at the work, nor when it is struck off', () => {
    given(registered()).when('2026-03-03T09:00+08:00', by('office', reassigning)).then(refused('phase.notAllowed'));
    given(registered({ reported: 'completed' }))
      .when('2026-03-03T09:00+08:00', by('office', reassigning))
      .then(refused('reassign.nobody'));
    for (const life of [looking, underReview, closed, drawn])
      given(life()).when('2027-01-20T09:00+08:00', by('office', reassigning)).then(refused('phase.notAllowed'));
  });

  it.each([
    ['unit.unknown', { ...reassigning, leadUnitId: 'nowhere' }],
    ['unit.unknown', { ...reassigning, coUnitIds: ['nowhere'] }],
    ['person.unknown', { ...reassigning, leadLeaderId: 'nobody' }],
    ['person.unknown', { ...reassigning, handlerId: 'nobody' }],
    ['reassign.same', { ...reassigning, leadUnitId: 'clinic' }],
  ])('%s', (code, command) => {
    proposing(command).then(refused(code));
  });
});

describe('amend', () => {
  const amending: IssueCommand = { type: 'amend', title: text('better'), reason };

  it('is an event with its reason; nothing is edited', () => {
    given(underWay())
      .when('2026-04-13T09:00+08:00', by('office', amending))
      .then(stands('rectifying'), happened('amended', { title: text('better'), text: null, reason }))
      .when('2026-04-13T10:00+08:00', by('clerk', { type: 'amend', text: text('longer'), reason }))
      .then(happened('amended', { title: null, text: text('longer'), reason }));
    given(closed()).when('2026-07-01T09:00+08:00', by('office', amending)).then(stands('closed'));
  });

  it('says what is amended, of an issue that is not final and whose text is in the system', () => {
    given(underWay())
      .when('2026-04-13T09:00+08:00', by('office', { type: 'amend', reason }))
      .then(refused('amend.nothing'));
    given(drawn().when('2026-12-10T09:00+08:00', by('inspector', recordCheckBack('consolidated'))))
      .when('2026-12-11T09:00+08:00', by('office', amending))
      .then(refused('issue.final'));
    const life = registered();
    const off = life.append(
      {
        type: 'registered',
        roundId: 'R1',
        number: 1,
        title: text('title'),
        text: text('text'),
        feedbackOn: day('2026-03-02'),
        reported: null,
        offSystem: true,
      },
      'office',
      instant('2026-03-02T09:00+08:00'),
    );
    given(off).when('2026-03-03T09:00+08:00', by('office', amending)).then(refused('issue.offSystem'));
    given(off).when('2026-03-03T09:00+08:00', by('office', splitting)).then(refused('issue.offSystem'));
  });
});

describe('who is not of the office', () => {
  it('does not correct the list', () => {
    for (const command of [voiding, splitting, merging(), reassigning, transferring])
      for (const person of ['head', 'leader', 'inspector'])
        given(underWay()).when('2026-04-13T09:00+08:00', by(person, command)).then(refused('role.notAllowed'));
  });
});

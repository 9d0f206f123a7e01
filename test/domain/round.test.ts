import type { RoundCommand, RoundCommandType } from '../../domain/round/commands';
import { roundCommandRoles } from '../../domain/round/commands';
import { changeRules } from '../../domain/obligation/change-rules';
import { nextWake } from '../../domain/obligation/kind';
import { emptyRound } from '../../domain/round/evolve';
import { periodEnd } from '../../domain/round/period';
import { roundKind } from '../../domain/round/round-kind';
import { instant } from '../../domain/time';
import { text } from './life';
import { rules, vacant, withDirectory, directory, post } from './people';
import {
  accepted,
  answer,
  assess,
  assessed,
  by,
  call,
  closedBy,
  file,
  filePlan,
  given,
  happened,
  none,
  onPaper,
  opened,
  opening,
  openStage,
  owed,
  quiet,
  quietly,
  refused,
  reported,
  RoundLife,
  silence,
  state,
  submit,
  tells,
  tellsOf,
} from './round-support';

const recordClues: RoundCommand = { type: 'recordClues', received: 2, handling: 1, settled: 1, released: null };
const sample: Readonly<Record<RoundCommandType, RoundCommand>> = {
  filePlan,
  fileReport: file('organisationReport'),
  holdMeeting: { type: 'holdMeeting' },
  assess,
  planRoundCheckBack: { type: 'planRoundCheckBack', mode: 'all', seed: 'S', checkers: ['inspector', 'inspector2'] },
  callCollection: call('3月', '2026-03-31', 'clinic'),
  answerCollection: answer('1', 'clinic'),
  openStage: openStage('自查', '2026-03-31', 'clinic'),
  submitFinding: submit('clinic'),
  reportNone: none('clinic'),
  acceptFinding: { type: 'acceptFinding', findingId: 'f1' },
  mergeFinding: { type: 'mergeFinding', findingId: 'f1', issueId: 'R1-001' },
  returnFinding: { type: 'returnFinding', findingId: 'f1', reason: text('reason') },
  recordClues,
  putPolicyInForce: { type: 'putPolicyInForce', policy: 'district-inspection@4', reason: text('reason') },
  closeRound: { type: 'closeRound' },
};
const commands = Object.entries(sample) as [RoundCommandType, RoundCommand][];

describe('opening a round', () => {
  it('the plan is owed a month after the feedback, both reports at the end of the period', () => {
    quietly().then(
      owed(
        'roundPlan#1 rectificationOffice 2026-04-02',
        'organisationReport#1 rectificationOffice 2026-06-02',
        'secretaryReport#1 firstResponsible 2026-06-02',
      ),
      tells(
        '2026-03-02 organisationReport#1 opened > clerk office',
        '2026-03-02 roundPlan#1 opened > clerk office',
        '2026-03-02 secretaryReport#1 opened > secretary',
      ),
    );
  });

  it('an old round is not overdue at birth: its terms run anew from the registration', () => {
    given(quietly({ feedbackOn: '2025-01-06', at: '2026-03-02T09:00+08:00' })).then(
      owed(
        'roundPlan#1 rectificationOffice 2026-04-02',
        'organisationReport#1 rectificationOffice 2026-06-02',
        'secretaryReport#1 firstResponsible 2026-06-02',
      ),
    );
  });

  it('of before rounds had a life owes nothing, and takes no command', () => {
    const old = new RoundLife(emptyRound('round/R1'), rules).append(opening, 'office', instant('2026-03-02T09:00+08:00'));
    given(old)
      .passesTo('2027-03-02T09:00+08:00')
      .then(silence, owed(), state({ name: '区委第三轮巡察', issues: 12, policy: null }));
    expect(nextWake(roundKind, old.state, rules)).toBeNull();
    expect(roundKind.isFinal(old.state)).toBe(true);
    for (const [, command] of commands)
      given(old).when('2026-03-03T09:00+08:00', by('office', command)).then(refused('round.unsupervised'));
  });

  it('issues that are added count', () => {
    const more = opened().append({ type: 'issuesAdded', issueIds: ['R1-013', 'R1-014'] }, 'office', instant('2026-03-03T09:00+08:00'));
    expect(more.state.issues).toBe(14);
  });
});

describe('the plan', () => {
  it('is filed once, on the day of its paper', () => {
    const filed = given(quietly()).when('2026-03-25T09:00+08:00', onPaper('2026-03-20', by('office', filePlan)));
    filed.then(happened('roundPlanFiled'), closedBy('roundPlan#1', 'roundPlanFiled'));
    expect(filed.state.planFiledOn).toBe('2026-03-20');
    filed.when('2026-03-26T09:00+08:00', by('office', filePlan)).then(refused('roundPlan.filed'));
  });

  it('missed, goes up to the inspection office and is asked for again', () => {
    given(quietly())
      .passesTo('2026-05-11T09:00+08:00')
      .then(
        tellsOf(
          'roundPlan#1',
          '2026-03-13 before-20 > clerk office',
          '2026-03-23 before-10 > clerk office',
          '2026-04-03 overdue > clerk office secretary',
          '2026-04-08 after-3 > clerk inspector inspector2 office secretary',
          '2026-05-09 after-3 > clerk inspector inspector2 office secretary',
        ),
      );
  });

  it('the ladder of the two reports ends at the inspection office', () => {
    const late = given(quietly().when('2026-03-03T09:00+08:00', by('office', filePlan))).passesTo('2026-06-08T09:00+08:00');
    late.then(
      tells(
        '2026-05-13 organisationReport#1 before-20 > clerk office',
        '2026-05-13 secretaryReport#1 before-20 > secretary',
        '2026-05-23 organisationReport#1 before-10 > clerk office',
        '2026-05-23 secretaryReport#1 before-10 > clerk office secretary',
        '2026-06-03 organisationReport#1 overdue > clerk office secretary',
        '2026-06-03 secretaryReport#1 overdue > clerk office secretary',
        '2026-06-05 organisationReport#1 after-3 > clerk inspector inspector2 office secretary',
        '2026-06-05 secretaryReport#1 after-3 > clerk inspector inspector2 office secretary',
      ),
    );
  });

  it('a downtime over the end fires the last rung only', () => {
    given(quietly().when('2026-03-03T09:00+08:00', by('office', filePlan)))
      .when('2026-06-08T09:00+08:00')
      .then(
        tells(
          '2026-06-05 organisationReport#1 after-3 > clerk inspector inspector2 office secretary',
          '2026-06-05 secretaryReport#1 after-3 > clerk inspector inspector2 office secretary',
        ),
      );
  });

  it('without a secretary in office the rectification office hears of his report', () => {
    given(quietly({ context: { ...quiet(), ...vacant('firstResponsible'), policy: quiet().policy } })).then((life) => {
      expect(life.history.find(({ event }) => event.type === 'rungFired' && event.dutyId === 'secretaryReport#1')?.event).toMatchObject({
        recipients: [
          { personId: 'clerk', vacant: ['firstResponsible'] },
          { personId: 'office', vacant: ['firstResponsible'] },
        ],
      });
    });
  });
});

describe('the two reports', () => {
  it('the first changes nothing but its own duty', () => {
    given(quietly())
      .when('2026-05-25T09:00+08:00', by('office', file('organisationReport')))
      .then(
        happened('reportFiled', { report: 'organisationReport' }),
        state({ phase: 'rectifying', reportsFiled: ['organisationReport'] }),
        owed('roundPlan#1 rectificationOffice 2026-04-02', 'secretaryReport#1 firstResponsible 2026-06-02'),
      );
  });

  it('the second opens assessment and check-back plan, whose terms count from the end of the period', () => {
    reported().then(
      state({ phase: 'reported' }),
      owed('assessment#1 inspectionOffice 2026-07-02', 'checkBackPlan#1 inspectionOffice 2026-11-02'),
      tells('2026-05-26 assessment#1 opened > inspector inspector2', '2026-05-26 checkBackPlan#1 opened > inspector inspector2'),
    );
  });

  it('late reports: the terms count from the day they came', () => {
    given(quietly())
      .when('2026-06-20T09:00+08:00', by('office', file('organisationReport')))
      .when('2026-06-25T09:00+08:00', by('secretary', file('secretaryReport')))
      .then(
        owed(
          'roundPlan#1 rectificationOffice 2026-04-02',
          'assessment#1 inspectionOffice 2026-07-27',
          'checkBackPlan#1 inspectionOffice 2026-11-25',
        ),
      );
  });

  it('a policy that looks at nothing again owes no check-back plan', () => {
    const { policy } = quiet();
    const context = { ...quiet(), policy: { ...policy, checkBackAfter: { ...policy.checkBackAfter, value: 'none' as const } } };
    reported(quietly({ context })).then(owed('assessment#1 inspectionOffice 2026-07-02'));
  });

  it('a report of before the period was written down counts from its own day', () => {
    const at = instant('2026-05-25T09:00+08:00');
    given(quietly().when('2026-03-03T09:00+08:00', by('office', filePlan)))
      .append({ type: 'reportFiled', report: 'organisationReport', document: text('a') }, 'office', at)
      .append({ type: 'reportFiled', report: 'secretaryReport', document: text('b') }, 'secretary', at)
      .then(owed('assessment#1 inspectionOffice 2026-06-25', 'checkBackPlan#1 inspectionOffice 2026-10-26'));
  });

  it('each once; the organisation’s by the office, the secretary’s by either', () => {
    const life = quietly()
      .when('2026-05-25T09:00+08:00', by('secretary', file('organisationReport')))
      .then(refused('role.notAllowed'));
    life
      .when('2026-05-25T10:00+08:00', by('office', file('secretaryReport')))
      .then(accepted)
      .when('2026-05-26T10:00+08:00', by('secretary', file('secretaryReport')))
      .then(refused('report.filed'));
  });
});

describe('the assessment', () => {
  const deduction = (points: number, issueId?: string) => ({
    item: '整改时限',
    points,
    reason: text('reason'),
    ...(issueId ? { issueId } : {}),
  });
  const deduct = (...points: number[]): RoundCommand => ({ type: 'assess', deductions: points.map((one) => deduction(one)) });
  const at = '2026-06-10T09:00+08:00';

  it.each([
    [[], 100, '好'],
    [[10], 90, '好'],
    [[10, 1], 89, '较好'],
    [[20], 80, '较好'],
    [[21], 79, '一般'],
    [[40], 60, '一般'],
    [[41], 59, '差'],
    [[60, 40], 0, '差'],
  ])('deductions %j leave %i points: %s', (points, score, grade) => {
    given(reported())
      .when(at, by('inspector', deduct(...points)))
      .then(happened('assessed', { score, grade }), state({ phase: 'assessed' }), closedBy('assessment#1', 'assessed'));
  });

  it('waits for both reports and is made once', () => {
    given(quietly()).when(at, by('inspector', assess)).then(refused('phase.notAllowed'));
    given(assessed()).when(at, by('inspector', assess)).then(refused('phase.notAllowed'));
  });

  it.each([[[0]], [[-1]], [[1.5]], [[Number.NaN]], [[60, 41]]])('deductions %j are refused', (points) => {
    given(reported())
      .when(at, by('inspector', deduct(...points)))
      .then(refused('assessment.points'));
  });

  it('a deduction names what it is for, and an issue of this round', () => {
    const blank: RoundCommand = { type: 'assess', deductions: [{ ...deduction(1), item: ' ' }] };
    given(reported()).when(at, by('inspector', blank)).then(refused('assessment.points'));
    const stray: RoundCommand = { type: 'assess', deductions: [deduction(5, 'R2-001')] };
    given(reported()).when(at, by('inspector', stray)).then(refused('issue.unknown'));
    given(reported().knowing({ issues: ['R2-001'] }))
      .when(at, by('inspector', stray))
      .then(happened('assessed', { deductions: [{ ...deduction(5), issueId: 'R2-001' }] }));
  });

  it('forgotten, ends at the inspection leading group', () => {
    const heads = withDirectory({ posts: [...directory.posts, post('group', 'inspection', 'inspectionLeadingGroup')] });
    given(reported(quietly({ context: { ...heads, policy: quiet().policy } })))
      .passesTo('2026-07-17T09:00+08:00')
      .then(
        tells(
          '2026-06-22 assessment#1 before-10 > inspector inspector2',
          '2026-07-03 assessment#1 overdue > inspector inspector2',
          '2026-07-09 assessment#1 after-5 > inspector inspector2',
          '2026-07-16 assessment#1 after-10 > group inspector inspector2',
        ),
      );
  });
});

describe('clues', () => {
  const clues = (change: Partial<Extract<RoundCommand, { type: 'recordClues' }>>): RoundCommand => ({ ...recordClues, ...change });
  const at = '2026-04-01T09:00+08:00';

  it('counts are a value, zero too, and the last ones hold', () => {
    given(quietly())
      .when(at, by('discipline', clues({ received: 0, handling: 0, settled: 0, released: 0 })))
      .then(state({ clues: { received: 0, handling: 0, settled: 0, released: 0 } }))
      .when(at, by('inspector', recordClues))
      .then(state({ clues: { received: 2, handling: 1, settled: 1, released: null } }));
  });

  it.each([{ received: -1 }, { handling: 0.5 }, { settled: Number.NaN }, { released: -1 }])('%j is no count', (change) => {
    given(quietly())
      .when(at, by('discipline', clues(change)))
      .then(refused('clues.count'));
  });

  it.each([{ handling: 2 }, { settled: 2 }, { released: 3 }])('%j are more than came in', (change) => {
    given(quietly())
      .when(at, by('discipline', clues(change)))
      .then(refused('clues.sum'));
  });
});

describe('the policy', () => {
  const put = (policy: string): RoundCommand => ({ type: 'putPolicyInForce', policy, reason: text('reason') });
  const at = '2026-04-01T09:00+08:00';

  it('another version that the ledger holds comes in force', () => {
    given(quietly())
      .when(at, by('inspector', put('district-inspection@4')))
      .then(happened('policyPutInForce'), state({ policy: 'district-inspection@4' }));
  });

  it('moves the days of the round, and says which', () => {
    const { policy } = quiet();
    const terms = { ...policy.terms, concentratedPeriod: { ...policy.terms.concentratedPeriod, value: { months: 4 } } };
    const next = { ...quiet(), policy: { ...policy, version: 4, terms } };
    const life = quietly().when(at, by('inspector', put('district-inspection@4')));
    const { events, state: after } = changeRules(roundKind, life.state, { old: life.context, next, since: instant(at) });
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'datesMoved',
        because: 'policy',
        moved: [
          { dutyId: 'organisationReport#1', from: '2026-06-02', to: '2026-07-02', provisional: false },
          { dutyId: 'secretaryReport#1', from: '2026-06-02', to: '2026-07-02', provisional: false },
        ],
      }),
    );
    expect(periodEnd(after, next)).toBe('2026-07-02');
  });

  it('an unknown one and the one in force are refused', () => {
    given(quietly())
      .when(at, by('inspector', put('other@1')))
      .then(refused('policy.unknown'));
    given(quietly())
      .when(at, by('inspector', put('district-inspection@3')))
      .then(refused('policy.inForce'));
  });
});

describe('closing', () => {
  const close: RoundCommand = { type: 'closeRound', summary: text('summary') };
  const at = '2026-07-01T09:00+08:00';

  it('a closed round owes nothing, wakes for nothing and takes no command', () => {
    const closed = given(opened()).knowing({ issues: ['R1-001'] });
    const done = assessed(reported(closed)).when(at, by('inspector', close));
    done.then(happened('roundClosed'), owed(), state({ phase: 'closed' }));
    expect(nextWake(roundKind, done.state, done.context)).toBeNull();
    expect(roundKind.isFinal(done.state)).toBe(true);
    done.passesTo('2027-07-01T09:00+08:00').then(silence);
    for (const [, command] of commands) done.when('2026-07-02T09:00+08:00', by('inspector', command)).then(refused('round.closed'));
  });

  it('waits for every issue, and names the first five', () => {
    const open = ['a', 'b', 'c', 'd', 'e', 'f'];
    const life = given(assessed().knowing({ openIssues: open }))
      .when(at, by('inspector', close))
      .then(refused('round.open'));
    expect(life.last.rejection?.what).toBe('还有6个问题没有办结：a、b、c、d、e…。');
  });

  it('waits for both reports; an assessment need not be', () => {
    given(quietly()).when(at, by('inspector', close)).then(refused('phase.notAllowed'));
    given(reported()).when(at, by('inspector', close)).then(accepted);
  });
});

describe('who may do what in a round', () => {
  const at = '2026-03-03T09:00+08:00';
  const holder = {
    rectificationOffice: 'office',
    firstResponsible: 'secretary',
    inspectionOffice: 'inspector',
    disciplineGroup: 'discipline',
    unitHead: 'head',
    liaison: 'liaison',
    handler: 'handler',
  } as const;
  const everybody = [...Object.values(holder), 'leader', 'cadres', 'group', 'depotHead'];

  it.each(commands)('%s', (type, command) => {
    const may = everybody.filter((actor) => given(quietly()).when(at, by(actor, command)).last.rejection?.code !== 'role.notAllowed');
    const expected = roundCommandRoles[type].filter((role) => role in holder).map((role) => holder[role as keyof typeof holder]);
    // the organisation's report is the office's own
    expect(may.sort()).toEqual(expected.filter((one) => type !== 'fileReport' || one !== 'secretary').sort());
  });

  it('a body acts in the name of its office, as recorded from its meeting', () => {
    given(reported()).when('2026-06-10T09:00+08:00', by('body:inspectionOffice', assess)).then(accepted);
    given(reported())
      .when('2026-06-10T09:00+08:00', by('body:leadingGroup', assess))
      .then(refused('role.notAllowed'))
      .then((life) => {
        expect(life.last.rejection?.what).toBe('整改工作领导小组不能成效评估。');
      });
  });
});

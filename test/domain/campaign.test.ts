import type { RoundCommand } from '../../domain/round/commands';
import type { Unit } from '../../domain/directory';
import { campaign } from '../../domain/policy/packs';
import { text } from './life';
import { directory, post, withDirectory } from './people';
import {
  accepted,
  by,
  closedBy,
  file,
  given,
  happened,
  none,
  onPaper,
  openStage,
  owed,
  quiet,
  quietCampaign,
  quietly,
  refused,
  state,
  submit,
  tellsOf,
} from './round-support';

const reports = [
  'roundPlan#1 rectificationOffice 2026-03-16',
  'organisationReport#1 rectificationOffice 2026-06-02',
  'secretaryReport#1 firstResponsible 2026-06-02',
];
const accept = (findingId: string): RoundCommand => ({ type: 'acceptFinding', findingId });
const merge = (findingId: string, issueId: string): RoundCommand => ({ type: 'mergeFinding', findingId, issueId });
const giveBack = (findingId: string): RoundCommand => ({ type: 'returnFinding', findingId, reason: text('too thin') });

const deployed = () => quietCampaign().when('2026-03-04T09:00+08:00', by('office', openStage('自查自纠', '2026-04-10', 'clinic', 'depot')));
const handedIn = () => deployed().when('2026-03-20T09:00+08:00', by('head', submit('clinic')));

describe('a stage', () => {
  it('every unit owes its answer by the last day', () => {
    deployed().then(
      happened('stageOpened', { stage: '自查自纠', units: ['clinic', 'depot'] }),
      owed(...reports, 'selfCheck:自查自纠:clinic unitHead 2026-04-10', 'selfCheck:自查自纠:depot unitHead 2026-04-10'),
      tellsOf('selfCheck:自查自纠:clinic', '2026-03-04 opened > head'),
      tellsOf('selfCheck:自查自纠:depot', '2026-03-04 opened > depotHead'),
    );
  });

  it('an answer that is missing goes up to the first responsible person, not above', () => {
    given(deployed())
      .passesTo('2026-05-27T09:00+08:00')
      .then(
        tellsOf(
          'selfCheck:自查自纠:clinic',
          '2026-03-31 before-10 > head',
          '2026-04-11 overdue > clerk head office',
          '2026-04-15 after-3 > clerk head office',
          '2026-04-22 after-8 > clerk office secretary',
          '2026-05-22 after-8 > clerk office secretary',
        ),
      );
  });

  it('a last day on a rest day moves to the workday before', () => {
    given(quietCampaign())
      .when('2026-03-04T09:00+08:00', by('inspector', openStage('自查', '2026-04-12', 'clinic')))
      .then(owed(...reports, 'selfCheck:自查:clinic unitHead 2026-04-10'));
  });

  it.each([
    ['stage.twice', openStage('自查自纠', '2026-05-29', 'clinic')],
    ['stage.name', openStage(' ', '2026-05-29', 'clinic')],
    ['units.none', openStage('二', '2026-05-29')],
    ['unit.unknown', openStage('二', '2026-05-29', 'nowhere')],
    ['unit.twice', openStage('二', '2026-05-29', 'clinic', 'depot', 'clinic')],
    ['date.past', openStage('二', '2026-03-03', 'clinic')],
  ])('%s', (code, command) => {
    given(deployed()).when('2026-03-05T09:00+08:00', by('office', command)).then(refused(code));
  });

  it('is past when a rest day moves its last day before today', () => {
    // Sunday asked on Saturday
    given(deployed())
      .when('2026-03-14T09:00+08:00', by('office', openStage('二', '2026-03-15', 'clinic')))
      .then(refused('date.past'));
  });

  it('belongs to campaigns', () => {
    given(quietly())
      .when('2026-03-05T09:00+08:00', by('office', openStage('二', '2026-05-29', 'clinic')))
      .then(refused('stage.notCampaign'));
  });

  it('asks units of its own organisation only, whatever else the deployment serves', () => {
    const school: Unit = { id: 'school', name: '教育局', kind: 'organisation', parentId: 'inspection' };
    const primary: Unit = { id: 'primary', name: '实验小学', kind: 'unit', parentId: 'school' };
    const wide = withDirectory({
      units: [...directory.units, school, primary],
      posts: [...directory.posts, post('cadres', 'primary', 'unitHead')],
    });
    const life = quietCampaign({ context: { ...wide, policy: quiet(campaign).policy }, organisationId: 'bureau' });
    given(life)
      .when('2026-03-05T09:00+08:00', by('office', openStage('自查', '2026-05-29', 'clinic', 'primary')))
      .then(refused('unit.foreign'));
    given(life)
      .when('2026-03-05T09:00+08:00', by('cadres', submit('primary')))
      .then(refused('unit.foreign'));
    given(life)
      .when('2026-03-05T09:00+08:00', by('office', openStage('自查', '2026-05-29', 'clinic')))
      .then(accepted);
  });
});

describe('what a unit finds itself', () => {
  const at = '2026-03-20T09:00+08:00';

  it('answers the stage and waits for the office', () => {
    handedIn().then(
      happened('findingSubmitted', { findingId: 'f1', unitId: 'clinic', stage: '自查自纠' }),
      closedBy('selfCheck:自查自纠:clinic', 'findingSubmitted'),
      owed(...reports, 'selfCheck:自查自纠:depot unitHead 2026-04-10', 'finding:f1 rectificationOffice 2026-03-27'),
      tellsOf('finding:f1', '2026-03-20 opened > clerk office'),
    );
  });

  it('a unit may hand in more, also after the stage', () => {
    given(handedIn())
      .when('2026-05-20T09:00+08:00', by('liaison', submit('clinic')))
      .then(happened('findingSubmitted', { findingId: 'f2', stage: '自查自纠' }));
  });

  it('a later finding goes where the unit still owes an answer, else into its last stage', () => {
    const second = given(handedIn()).when('2026-03-23T09:00+08:00', by('office', openStage('整改提升', '2026-05-29', 'depot')));
    second.when('2026-03-24T09:00+08:00', by('head', submit('clinic'))).then(happened('findingSubmitted', { stage: '自查自纠' }));
    const first = second.when('2026-03-24T09:00+08:00', by('depotHead', submit('depot')));
    first.then(happened('findingSubmitted', { stage: '自查自纠' }));
    first.when('2026-03-25T09:00+08:00', by('depotHead', submit('depot'))).then(happened('findingSubmitted', { stage: '整改提升' }));
  });

  it('nothing is an answer too', () => {
    given(deployed())
      .when(at, by('depotHead', none('depot')))
      .then(happened('noneFound', { unitId: 'depot', stage: '自查自纠' }), closedBy('selfCheck:自查自纠:depot', 'noneFound'))
      .when(at, by('depotHead', none('depot')))
      .then(refused('stage.answered'))
      .when(at, by('depotHead', submit('depot')))
      .then(accepted);
    given(handedIn())
      .when(at, by('head', none('clinic')))
      .then(refused('stage.answered'));
  });

  it('is for the unit’s own people', () => {
    given(deployed())
      .when(at, by('depotHead', submit('clinic')))
      .then(refused('role.notAllowed'));
    given(deployed())
      .when(at, by('handler', submit('clinic')))
      .then(refused('role.notAllowed'));
    given(deployed())
      .when(at, by('head', none('depot')))
      .then(refused('role.notAllowed'));
    given(deployed())
      .when(at, by('head', submit('nowhere')))
      .then(refused('unit.unknown'));
  });

  it('needs a stage in which the unit was asked', () => {
    given(quietCampaign())
      .when(at, by('head', submit('clinic')))
      .then(refused('stage.none'));
    given(quietCampaign())
      .when(at, by('head', none('clinic')))
      .then(refused('stage.none'));
    const depotOnly = quietCampaign().when('2026-03-04T09:00+08:00', by('office', openStage('自查', '2026-04-10', 'depot')));
    given(depotOnly)
      .when(at, by('head', submit('clinic')))
      .then(refused('stage.notAsked'));
    given(depotOnly)
      .when(at, by('head', none('clinic')))
      .then(refused('stage.notAsked'));
  });

  it('handed in on paper: the office’s term counts from the paper', () => {
    given(deployed())
      .when(at, onPaper('2026-03-17', by('head', submit('clinic'))))
      .then(owed(...reports, 'selfCheck:自查自纠:depot unitHead 2026-04-10', 'finding:f1 rectificationOffice 2026-03-24'));
  });
});

describe('the office judges a finding', () => {
  const at = '2026-03-24T09:00+08:00';
  const known = { issues: ['R1-001', 'R1-002', 'R1-003'], openIssues: ['R1-001', 'R1-003'], closedIssues: ['R1-003'], lastNumber: 12 };

  it('accepted, it becomes an issue with the next number', () => {
    given(handedIn().knowing(known))
      .when(at, by('clerk', accept('f1')))
      .then(
        happened('findingAccepted', { findingId: 'f1', number: 13, issueId: 'R1-013' }),
        closedBy('finding:f1', 'findingAccepted'),
        state({ issues: 13 }),
      );
  });

  it('merged into an issue that says the same and is still worked on', () => {
    given(handedIn().knowing(known))
      .when(at, by('office', merge('f1', 'R1-001')))
      .then(happened('findingMerged'), closedBy('finding:f1', 'findingMerged'), state({ issues: 12 }), (life) => {
        expect(life.state.findings).toEqual([expect.objectContaining({ id: 'f1', state: 'merged', issueId: 'R1-001' })]);
      });
    given(handedIn().knowing(known))
      .when(at, by('office', merge('f1', 'R2-001')))
      .then(refused('issue.unknown'));
    given(handedIn().knowing(known))
      .when(at, by('office', merge('f1', 'R1-002')))
      .then(refused('issue.done'));
    given(handedIn().knowing(known))
      .when(at, by('office', merge('f1', 'R1-003')))
      .then(refused('issue.done'));
  });

  it('returned, the unit owes its answer again while the stage runs, and hands it in as a new finding', () => {
    const returned = given(handedIn()).when(at, by('office', giveBack('f1')));
    returned.then(
      happened('findingReturned'),
      owed(...reports, 'selfCheck:自查自纠:depot unitHead 2026-04-10', 'selfCheck:自查自纠:clinic#2 unitHead 2026-04-10'),
      tellsOf('selfCheck:自查自纠:clinic#2', '2026-03-24 opened > head'),
    );
    const again = returned.when('2026-03-26T09:00+08:00', by('head', submit('clinic')));
    again.then(happened('findingSubmitted', { findingId: 'f2' }), closedBy('selfCheck:自查自纠:clinic#2', 'findingSubmitted'));
    again
      .when('2026-03-27T09:00+08:00', by('office', giveBack('f2')))
      .then(owed(...reports, 'selfCheck:自查自纠:depot unitHead 2026-04-10', 'selfCheck:自查自纠:clinic#3 unitHead 2026-04-10'))
      .when('2026-03-30T09:00+08:00', by('head', none('clinic')))
      .then(closedBy('selfCheck:自查自纠:clinic#3', 'noneFound'));
  });

  it('returned on the last day of the stage or after it, within the term of a redo', () => {
    given(handedIn())
      .when('2026-04-10T09:00+08:00', by('office', giveBack('f1')))
      .then(owed(...reports, 'selfCheck:自查自纠:depot unitHead 2026-04-10', 'selfCheck:自查自纠:clinic#2 unitHead 2026-04-24'));
  });

  it('a unit whose two findings come back owes one answer', () => {
    given(handedIn())
      .when('2026-03-21T09:00+08:00', by('head', submit('clinic')))
      .when(at, by('office', giveBack('f1')))
      .when(at, by('office', giveBack('f2')))
      .then(owed(...reports, 'selfCheck:自查自纠:depot unitHead 2026-04-10', 'selfCheck:自查自纠:clinic#2 unitHead 2026-04-10'));
  });

  it('once', () => {
    const done = handedIn().when(at, by('office', giveBack('f1')));
    for (const command of [accept('f1'), merge('f1', 'R1-001'), giveBack('f1'), accept('f9')])
      given(done).when(at, by('office', command)).then(refused('finding.notWaiting'));
  });

  it('left alone, the office is reminded and its first responsible person hears', () => {
    given(handedIn())
      .passesTo('2026-04-04T09:00+08:00')
      .then(
        tellsOf(
          'finding:f1',
          '2026-03-24 half-time > clerk office',
          '2026-03-28 overdue > clerk office secretary',
          '2026-04-03 after-5 > clerk office secretary',
        ),
      );
  });
});

describe('closing a campaign', () => {
  const close: RoundCommand = { type: 'closeRound' };
  const at = '2026-07-01T09:00+08:00';
  const ended = (life: ReturnType<typeof deployed>) =>
    life
      .when('2026-05-25T09:00+08:00', by('office', file('organisationReport')))
      .when('2026-05-26T09:00+08:00', by('secretary', file('secretaryReport')));

  it('waits for findings to be judged and for units to answer', () => {
    const waiting = ended(handedIn());
    given(waiting).when(at, by('inspector', close)).then(refused('finding.waiting'));
    const judged = waiting.when('2026-06-01T09:00+08:00', by('office', accept('f1')));
    given(judged).when(at, by('inspector', close)).then(refused('stage.open'));
    given(judged)
      .when('2026-06-02T09:00+08:00', by('depotHead', none('depot')))
      .when(at, by('inspector', close))
      .then(happened('roundClosed'), owed());
  });
});

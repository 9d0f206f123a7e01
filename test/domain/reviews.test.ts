import { evolve } from '../../domain/issue/evolve';
import { defaultPolicy } from '../../domain/policy/default-policy';
import type { Policy } from '../../domain/policy/policy';
import type { Role } from '../../domain/roles';
import { instant } from '../../domain/time';
import type { Life } from './support';
import {
  acknowledged,
  approve,
  approvePlan,
  by,
  day,
  directory,
  firedIn,
  given,
  happened,
  looking,
  measure,
  owed,
  plan,
  post,
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
  withDirectory,
  withPolicy,
} from './support';

const value = <K extends 'reviewOrder' | 'reviewParties' | 'checkBackAfter'>(key: K, to: Policy[K]['value']): Partial<Policy> => ({
  [key]: { ...defaultPolicy[key], value: to },
});
const inOrder = withPolicy(value('reviewOrder', 'inOrder'));
const returnIt = { type: 'review', verdict: 'returned', opinion: text('unproved') } as const;
const speaksFor = (party: Role) => ({ type: 'review', verdict: 'approved', party }) as const;

describe('parties in order', () => {
  it('only the first owes its opinion; each approval opens the next, with a term of its own from that day', () => {
    given(looking(inOrder))
      .when('2026-06-10T09:00+08:00', by('office', recordCheckBack('passed')))
      .then(
        happened('checkBackPassed', { inOrder: true }),
        owed('review:disciplineGroup#1 disciplineGroup 2026-06-25'),
        tells('2026-06-10 review:disciplineGroup#1 opened > discipline'),
      )
      .when('2026-06-15T09:00+08:00', by('discipline', approve))
      .then(
        stands('underReview'),
        owed('review:organisationDept#1 organisationDept 2026-06-30'),
        tells('2026-06-15 review:organisationDept#1 opened > cadres'),
      )
      .when('2026-06-16T09:00+08:00', by('cadres', approve))
      .then(owed('review:inspectionOffice#1 inspectionOffice 2026-07-01'))
      .when('2026-06-17T09:00+08:00', by('inspector', approve))
      .then(stands('closed'), happened('closed', { basis: 'reviewed' }));
  });

  it('a party that is not on turn is refused, whether it says for whom it speaks or not', () => {
    const life = given(underReview(inOrder));
    for (const command of [approve, speaksFor('organisationDept')])
      life.when('2026-06-11T09:00+08:00', by('cadres', command)).then(refused('review.notTurn'));
    life.when('2026-06-11T09:00+08:00', by('office', approve)).then(refused('review.notOwed'));
    life.when('2026-06-11T09:00+08:00', by('discipline', speaksFor('organisationDept'))).then(refused('review.notOwed'));
  });

  it('a return by one ends it: the others are never asked, and after the redo it begins with the first again', () => {
    given(underReview(inOrder))
      .when('2026-06-11T09:00+08:00', by('discipline', approve))
      .when('2026-06-12T09:00+08:00', by('cadres', returnIt))
      .then(stands('rectifying'), happened('returned', { from: 'organisationDept' }), owed('rectify#3 unitHead 2026-06-29'))
      .when('2026-06-16T09:00+08:00', by('head', { type: 'requestCloseout' }))
      .when('2026-06-17T09:00+08:00', by('office', { type: 'planCheckBack', checkers: ['office', 'clerk'] }))
      .when('2026-06-18T09:00+08:00', by('office', recordCheckBack('passed')))
      .then(owed('review:disciplineGroup#2 disciplineGroup 2026-07-03'));
  });

  it('the order that a review began with stays, whatever the policy says since', () => {
    given(underReview(inOrder)).under(rules).when('2026-06-11T09:00+08:00', by('cadres', approve)).then(refused('review.notTurn'));
    given(underReview()).under(inOrder).when('2026-06-11T09:00+08:00', by('cadres', approve)).then(stands('underReview'));
  });

  it('the terms count from the day of the paper on which a party agreed', () => {
    const { state: before } = underReview(inOrder);
    const frame = { actor: 'discipline', occurredAt: instant('2026-06-15T09:00+08:00'), effectiveOn: day('2026-06-11') };
    const reviewed = { type: 'reviewed', party: 'disciplineGroup', verdict: 'approved', opinion: null } as const;
    const after = evolve(before, reviewed, frame);
    expect(after.duties.at(-1)).toMatchObject({ holder: 'organisationDept', due: { term: 'review', from: '2026-06-11' } });
  });
});

describe('nobody approves their own work, nobody speaks twice', () => {
  const also = (personId: string, role: Role) => withDirectory({ posts: [...directory.posts, post(personId, 'watch', role)] });
  /** One person alone holds the posts of two parties. */
  const alone = (personId: string, ...roles: Role[]) =>
    withDirectory({
      posts: [...directory.posts.filter(({ role }) => !roles.includes(role)), ...roles.map((role) => post(personId, 'watch', role))],
    });

  it('who requested the closeout is kept out of every opinion and hears of none', () => {
    given(looking(also('head', 'disciplineGroup')))
      .when('2026-06-10T09:00+08:00', by('office', recordCheckBack('passed')))
      .then(
        tells(
          '2026-06-10 review:disciplineGroup#1 opened > discipline',
          '2026-06-10 review:inspectionOffice#1 opened > inspector inspector2',
          '2026-06-10 review:organisationDept#1 opened > cadres',
        ),
      )
      .when('2026-06-11T09:00+08:00', by('head', approve))
      .then(refused('approver.isRequester'));
  });

  it('when only the requester speaks for a party, the inspection office does, and its notice says in whose place', () => {
    const life = given(looking(alone('head', 'disciplineGroup'))).when('2026-06-10T09:00+08:00', by('office', recordCheckBack('passed')));
    expect(firedIn(life).find(({ dutyId }) => dutyId === 'review:disciplineGroup#1')?.recipients).toEqual([
      { personId: 'inspector', roles: [], vacant: ['disciplineGroup'] },
      { personId: 'inspector2', roles: [], vacant: ['disciplineGroup'] },
    ]);
  });

  it('two parties that the inspection office speaks for need two of its people', () => {
    given(underReview(alone('head', 'disciplineGroup')))
      .when('2026-06-11T09:00+08:00', by('inspector', approve))
      .then(happened('reviewed', { party: 'inspectionOffice' }))
      .when('2026-06-12T09:00+08:00', by('inspector', approve))
      .then(refused('review.twice'))
      .when('2026-06-12T09:30+08:00', by('inspector2', approve))
      .then(happened('reviewed', { party: 'disciplineGroup' }))
      .when('2026-06-15T09:00+08:00', by('cadres', approve))
      .then(stands('closed'));
  });

  it('of two posts one person holds alone, the second party passes on as soon as the first has spoken', () => {
    given(underReview(alone('cadres', 'disciplineGroup', 'organisationDept')))
      .when('2026-06-11T09:00+08:00', by('cadres', speaksFor('organisationDept')))
      .then(
        happened('reviewed', { party: 'organisationDept', passesOn: ['disciplineGroup'] }),
        owed('review:inspectionOffice#1 inspectionOffice 2026-06-25', 'review:disciplineGroup#2 disciplineGroup 2026-06-25'),
        tells('2026-06-11 review:disciplineGroup#2 opened > inspector inspector2'),
      )
      .when('2026-06-12T09:00+08:00', by('cadres', speaksFor('disciplineGroup')))
      .then(refused('review.twice'))
      .when('2026-06-12T10:00+08:00', by('inspector', speaksFor('disciplineGroup')))
      .when('2026-06-15T09:00+08:00', by('inspector2', approve))
      .then(stands('closed'));
  });

  it('in order, the second party passes on when its turn comes', () => {
    given(underReview({ ...alone('cadres', 'disciplineGroup', 'organisationDept'), policy: inOrder.policy }))
      .when('2026-06-11T09:00+08:00', by('cadres', approve))
      .then(tells('2026-06-11 review:organisationDept#1 opened > inspector inspector2'))
      .when('2026-06-12T09:00+08:00', by('inspector', approve))
      .when('2026-06-15T09:00+08:00', by('inspector', approve))
      .then(refused('review.twice'))
      .when('2026-06-15T10:00+08:00', by('inspector2', approve))
      .then(stands('closed'));
  });

  it('one person of several in a party keeps the others: nothing passes on', () => {
    given(underReview(also('discipline', 'organisationDept')))
      .when('2026-06-11T09:00+08:00', by('discipline', approve))
      .then(silence, owed('review:organisationDept#1 organisationDept 2026-06-25', 'review:inspectionOffice#1 inspectionOffice 2026-06-25'))
      .passesTo('2026-06-19T00:00+08:00')
      .then(
        tells(
          '2026-06-18 review:inspectionOffice#1 half-time > inspector inspector2',
          '2026-06-18 review:organisationDept#1 half-time > cadres',
        ),
      );
  });

  it('one person for all three parties: the inspection leading group decides in a meeting', () => {
    const roles: Role[] = ['disciplineGroup', 'organisationDept', 'inspectionOffice'];
    given(underReview(withDirectory({ posts: alone('cadres', ...roles).directory.posts })))
      .when('2026-06-11T09:00+08:00', by('cadres', speaksFor('inspectionOffice')))
      .then(happened('reviewed', { passesOn: ['disciplineGroup', 'organisationDept'] }))
      .when('2026-06-12T09:00+08:00', by('body:inspectionLeadingGroup', speaksFor('disciplineGroup')))
      .then(stands('underReview'))
      .when('2026-06-12T10:00+08:00', by('body:inspectionLeadingGroup', speaksFor('organisationDept')))
      .then(stands('closed'));
  });
});

describe('the last approval', () => {
  const reviewedBy = (life: Life, ...persons: string[]): Life =>
    persons.reduce((one, person) => one.when('2026-06-11T09:00+08:00', by(person, approve)), given(life));
  const all = ['discipline', 'cadres', 'inspector'];
  const withMeasures = (...measures: Parameters<typeof plan>): Life =>
    measures
      .reduce<Life>(
        (life, _one, index) =>
          life.when('2026-05-06T09:00+08:00', by('handler', { type: 'completeMeasure', measureId: `m${index + 1}`, evidence: text('e') })),
        given(acknowledged())
          .when('2026-03-10T09:00+08:00', by('handler', plan(...measures)))
          .when('2026-03-11T09:00+08:00', by('leader', approvePlan))
          .when('2026-03-12T09:00+08:00', by('office', approvePlan)),
      )
      .when('2026-06-02T09:00+08:00', by('head', { type: 'requestCloseout' }))
      .when('2026-06-03T09:00+08:00', by('office', { type: 'planCheckBack', checkers: ['office', 'discipline'], mode: 'onTheSpot' }))
      .when('2026-06-10T09:00+08:00', by('office', recordCheckBack('passed')));

  it('strikes off; what is sustained beside a limit is a tail', () => {
    reviewedBy(withMeasures(measure('2026-05-29')), ...all).then(happened('closed', { basis: 'reviewed' }));
    reviewedBy(withMeasures(measure('2026-05-29'), measure(null, true)), ...all).then(happened('closed', { tail: true }));
    reviewedBy(withMeasures(measure('2026-05-29', true)), ...all).then(happened('closed', { tail: true }));
  });

  it('of a purely sustained issue is a stage reached, not a closeout', () => {
    const life = reviewedBy(withMeasures(measure(null, true)), ...all);
    life.then(happened('stageReached'), state({ closeoutNumber: null }));
    expect(life.last.events.map(({ type }) => type)).not.toContain('closed');
  });

  it('under a policy that looks at nothing again also consolidates', () => {
    const none = withPolicy(value('checkBackAfter', 'none'));
    reviewedBy(underReview(none), ...all).then(
      happened('closed'),
      happened('consolidated', { basis: 'notRequired', seed: null }),
      stands('consolidated'),
      owed(),
    );
    given(registered({ reported: 'completed', context: none }))
      .when('2026-03-05T09:00+08:00', by('office', { type: 'acceptReported' }))
      .then(
        happened('closed', { basis: 'asReported' }),
        happened('consolidated', { basis: 'notRequired' }),
        stands('consolidated'),
        owed(),
      );
  });
});

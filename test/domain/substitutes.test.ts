import type { Substitute } from '../../domain/directory';
import { holders, rolesIn, type Parties } from '../../domain/parties';
import type { Role } from '../../domain/roles';
import {
  accepted,
  approve,
  by,
  day,
  directory,
  firedIn,
  given,
  happened,
  looking,
  recordCheckBack,
  refused,
  stands,
  tells,
  underReview,
  vacant,
  withDirectory,
} from './support';

const on = day('2026-06-15');
const speaksFor = (party: Role) => ({ type: 'review', verdict: 'approved', party }) as const;
const named = (personId: string, substituteId: string, so: Partial<Substitute> = {}): Substitute => ({
  personId,
  substituteId,
  roles: [],
  from: null,
  to: null,
  ...so,
});
const withSubstitutes = (...substitutes: Substitute[]) => withDirectory({ substitutes });
const around: Parties = {
  organisationId: null,
  assignment: { leadUnitId: 'clinic', leadLeaderId: 'leader', leaderInChargeId: null, handlerId: null, coUnitIds: ['depot'] },
  recused: [],
};
const whoIs = (role: Role, ...substitutes: Substitute[]) => holders(withSubstitutes(...substitutes).directory, around, role, on);
const actsAs = (person: string, ...substitutes: Substitute[]) => rolesIn(withSubstitutes(...substitutes).directory, around, person, on);

describe('who stands in', () => {
  it('for all roles of a person, or for some', () => {
    expect(whoIs('leadLeader', named('leader', 'secretary'))).toEqual(['secretary']);
    expect(whoIs('unitHead', named('head', 'handler', { roles: ['handler'] }))).toEqual(['head']);
    expect(actsAs('secretary', named('leader', 'secretary'))).toEqual(['firstResponsible', 'leadLeader']);
    expect(actsAs('handler', named('head', 'handler', { roles: ['handler'] }))).toEqual(['handler']);
  });

  it('from the first to the last day, both included', () => {
    const away = { from: day('2026-06-10'), to: day('2026-06-12') };
    const { directory: people } = withSubstitutes(named('discipline', 'cadres', away));
    expect(
      ['2026-06-09', '2026-06-10', '2026-06-12', '2026-06-13'].flatMap((date) => holders(people, around, 'disciplineGroup', day(date))),
    ).toEqual(['discipline', 'cadres', 'cadres', 'discipline']);
  });

  it('through a chain to its end, who may act; a person between is away too', () => {
    const chain = [named('discipline', 'cadres'), named('cadres', 'secretary')];
    expect(whoIs('disciplineGroup', ...chain)).toEqual(['secretary']);
    expect(whoIs('organisationDept', ...chain)).toEqual(['secretary']);
    expect(actsAs('secretary', ...chain)).toEqual(['firstResponsible', 'organisationDept', 'disciplineGroup']);
    expect(actsAs('cadres', ...chain)).toEqual(['organisationDept']);
  });

  it('in a ring nobody is away: each keeps the own duty; who leads into a ring keeps theirs', () => {
    const ring = [named('discipline', 'cadres'), named('cadres', 'discipline')];
    expect(whoIs('disciplineGroup', ...ring)).toEqual(['discipline']);
    expect(whoIs('organisationDept', ...ring)).toEqual(['cadres']);
    expect(whoIs('leadLeader', named('leader', 'discipline'), ...ring)).toEqual(['leader']);
    expect(whoIs('disciplineGroup', named('discipline', 'discipline'))).toEqual(['discipline']);
  });

  it('the leader whom an assignment names leads the co-units too', () => {
    expect(holders(directory, around, 'leadLeader', on, 'depot')).toEqual(['leader']);
    expect(holders(directory, around, 'unitHead', on, 'depot')).toEqual(['depotHead']);
  });
});

describe('notices', () => {
  it('go to the substitute while one is named and return afterwards', () => {
    const context = withSubstitutes(named('discipline', 'secretary', { from: day('2026-06-10'), to: day('2026-06-18') }));
    given(looking(context))
      .when('2026-06-10T09:00+08:00', by('office', recordCheckBack('passed')))
      .then(
        tells(
          '2026-06-10 review:disciplineGroup#1 opened > secretary',
          '2026-06-10 review:inspectionOffice#1 opened > inspector inspector2',
          '2026-06-10 review:organisationDept#1 opened > cadres',
        ),
      )
      .passesTo('2026-06-27T00:00+08:00')
      .then((life) => {
        const told = firedIn(life).filter(({ dutyId }) => dutyId === 'review:disciplineGroup#1');
        expect(told.map(({ rung, recipients }) => [rung, ...recipients.map(({ personId }) => personId)])).toEqual([
          ['half-time', 'secretary'],
          ['overdue', 'discipline', 'inspector', 'inspector2'],
        ]);
      });
  });
});

describe('opinions', () => {
  const away = named('discipline', 'secretary', { from: day('2026-06-10'), to: day('2026-06-12') });

  it('the substitute gives it in the role; who is away does not, until they are back', () => {
    const life = given(underReview(withSubstitutes(away)));
    life.when('2026-06-11T09:00+08:00', by('discipline', approve)).then(refused('review.substituted'));
    life.when('2026-06-11T09:00+08:00', by('secretary', approve)).then(happened('reviewed', { party: 'disciplineGroup' }));
    life.when('2026-06-15T09:00+08:00', by('secretary', approve)).then(refused('role.notAllowed'));
    life.when('2026-06-15T09:00+08:00', by('discipline', approve)).then(accepted);
  });

  it('a substitute who requested the closeout keeps out: the opinion passes to the inspection office until the person is back', () => {
    const life = given(underReview(withSubstitutes({ ...away, substituteId: 'head' })));
    life.when('2026-06-11T09:00+08:00', by('head', approve)).then(refused('approver.isRequester'));
    life
      .when('2026-06-11T09:00+08:00', by('inspector', speaksFor('disciplineGroup')))
      .then(happened('reviewed', { party: 'disciplineGroup' }));
    life.when('2026-06-15T09:00+08:00', by('discipline', approve)).then(happened('reviewed', { party: 'disciplineGroup' }));
  });

  it('who stands in for another party speaks once; the other opinion passes on, and returns with who was away', () => {
    const life = given(underReview(withSubstitutes({ ...away, substituteId: 'cadres' })))
      .when('2026-06-11T09:00+08:00', by('cadres', speaksFor('organisationDept')))
      .then(
        happened('reviewed', { party: 'organisationDept', passesOn: ['disciplineGroup'] }),
        tells('2026-06-11 review:disciplineGroup#2 opened > inspector inspector2'),
      );
    life.when('2026-06-15T09:00+08:00', by('cadres', approve)).then(refused('review.twice'));
    life.when('2026-06-15T09:00+08:00', by('discipline', approve)).then(happened('reviewed', { party: 'disciplineGroup' }));
  });

  it('a vacant post has no substitute', () => {
    const empty = vacant('disciplineGroup');
    const context = { ...empty, directory: { ...empty.directory, substitutes: [away] } };
    given(underReview(context))
      .then(stands('underReview'))
      .when('2026-06-11T09:00+08:00', by('secretary', approve))
      .then(refused('role.notAllowed'));
  });
});

import fc from 'fast-check';
import { anywhere, bodyActor, dutyHolders, mayDo, recipients, type Owed } from '../../domain/parties';
import { jointReview, openReviews } from '../../domain/issue/review-parties';
import { instant } from '../../domain/time';
import { roles, type Role } from '../../domain/roles';
import type { Life } from './support';
import {
  accepted,
  approve,
  by,
  day,
  directory,
  drawn,
  firedIn,
  given,
  handedIn,
  happened,
  looking,
  owed,
  post,
  recordCheckBack,
  refused,
  rules,
  stands,
  state,
  tells,
  text,
  underReview,
  vacant,
  withDirectory,
} from './support';

const speaksFor = (party: Role) => ({ type: 'review', verdict: 'approved', party }) as const;

/** The office writes down that these persons keep out, on one morning. */
const recusing = (life: Life, time: string, ...persons: string[]): Life =>
  persons.reduce((one, personId) => one.when(time, by('office', { type: 'recuse', personId, reason: text('kin') })), given(life));

describe('check-backs', () => {
  it('a recused person is no checker', () => {
    recusing(handedIn(), '2026-06-02T10:00+08:00', 'discipline')
      .when('2026-06-03T09:00+08:00', by('office', { type: 'planCheckBack', checkers: ['office', 'discipline'] }))
      .then(refused('checkers.recused'))
      .when('2026-06-03T09:00+08:00', by('office', { type: 'planCheckBack', checkers: ['office', 'clerk'] }))
      .then(accepted);
  });

  it('a checker who is recused afterwards is replaced before anything is recorded; how it is looked at stays', () => {
    recusing(looking(), '2026-06-04T09:00+08:00', 'discipline')
      .when('2026-06-05T09:00+08:00', by('office', recordCheckBack('passed')))
      .then(refused('checkers.recused'))
      .when('2026-06-05T10:00+08:00', by('office', { type: 'planCheckBack', checkers: ['office', 'cadres'], mode: 'onPaper' }))
      .then(stands('checkBack'), state({ checkers: ['office', 'cadres'], checkBackMode: 'onTheSpot' }))
      .when('2026-06-10T09:00+08:00', by('office', recordCheckBack('passed')))
      .then(stands('underReview'));
  });

  it('a recused person records none; another of the office does', () => {
    recusing(looking(), '2026-06-04T09:00+08:00', 'clerk')
      .when('2026-06-10T09:00+08:00', by('clerk', recordCheckBack('passed')))
      .then(refused('checkBack.recused'))
      .when('2026-06-10T09:30+08:00', by('office', recordCheckBack('passed')))
      .then(stands('underReview'));
    recusing(drawn(), '2026-12-02T09:00+08:00', 'discipline')
      .when('2026-12-10T09:00+08:00', by('discipline', recordCheckBack('consolidated')))
      .then(refused('role.notAllowed'));
  });

  it('with the whole office recused, its check-back passes to the leading group, and without one on to the inspection office', () => {
    const planned = { type: 'planCheckBack', checkers: ['discipline', 'cadres'] } as const;
    recusing(handedIn(), '2026-06-02T10:00+08:00', 'clerk', 'office')
      .passesTo('2026-06-15T00:00+08:00')
      .then(tells('2026-06-14 checkBack#1 before-10 > group'))
      .when('2026-06-15T09:00+08:00', by('group', planned))
      .when('2026-06-16T09:00+08:00', by('clerk', recordCheckBack('passed')))
      .then(refused('checkBack.recused'))
      .when('2026-06-16T10:00+08:00', by('inspector', recordCheckBack('passed')))
      .then(refused('role.notAllowed'))
      .when('2026-06-16T11:00+08:00', by('group', recordCheckBack('passed')))
      .then(stands('underReview'));
    recusing(handedIn(vacant('leadingGroup', 'firstResponsible')), '2026-06-02T10:00+08:00', 'clerk', 'office')
      .when('2026-06-15T09:00+08:00', by('inspector', planned))
      .when('2026-06-16T09:00+08:00', by('inspector2', recordCheckBack('passed')))
      .then(stands('underReview'));
  });

  it('with the whole inspection office recused, the group above it looks again after closeout, in a meeting if it has no people here', () => {
    const life = recusing(drawn(), '2026-12-02T09:00+08:00', 'inspector', 'inspector2');
    life
      .when('2026-12-03T09:00+08:00', by('inspector', recordCheckBack('consolidated')))
      .then(refused('checkBack.recused'))
      .when(
        '2026-12-03T10:00+08:00',
        by('body:inspectionLeadingGroup', { type: 'drawCheckBack', seed: 'S', checkers: ['cadres', 'group'] }),
      )
      .when('2026-12-10T09:00+08:00', by('body:inspectionLeadingGroup', recordCheckBack('consolidated')))
      .then(stands('consolidated'));
    const above = withDirectory({
      persons: [...directory.persons, { id: 'chair', name: 'chair', email: null }],
      posts: [...directory.posts, post('chair', 'inspection', 'inspectionLeadingGroup')],
    });
    expect(dutyHolders(above.directory, life.state, { kind: 'afterCheckBack', holder: 'inspectionOffice' }, day('2026-12-03'))).toEqual({
      personIds: ['chair'],
      role: 'inspectionLeadingGroup',
      passedOn: true,
    });
  });
});

describe('reviews', () => {
  it('a recused person gives no opinion, another of the party does', () => {
    recusing(underReview(), '2026-06-10T10:00+08:00', 'inspector')
      .when('2026-06-11T09:00+08:00', by('inspector', approve))
      .then(refused('review.recused'))
      .when('2026-06-11T10:00+08:00', by('inspector2', approve))
      .then(happened('reviewed', { party: 'inspectionOffice' }));
  });

  it('a party whose people are all recused passes to the inspection office, and the notice says in whose place', () => {
    const life = recusing(looking(), '2026-06-04T09:00+08:00', 'cadres').when(
      '2026-06-10T09:00+08:00',
      by('office', recordCheckBack('passed')),
    );
    expect(firedIn(life).find(({ dutyId }) => dutyId === 'review:organisationDept#1')?.recipients).toEqual([
      { personId: 'inspector', roles: [], vacant: ['organisationDept'] },
      { personId: 'inspector2', roles: [], vacant: ['organisationDept'] },
    ]);
    life
      .when('2026-06-11T09:00+08:00', by('inspector', speaksFor('organisationDept')))
      .then(happened('reviewed', { party: 'organisationDept' }))
      .when('2026-06-12T09:00+08:00', by('inspector2', approve))
      .when('2026-06-15T09:00+08:00', by('discipline', approve))
      .then(stands('closed'));
  });

  it('an opinion given before the recusal stands', () => {
    recusing(given(underReview()).when('2026-06-11T09:00+08:00', by('discipline', approve)), '2026-06-11T10:00+08:00', 'discipline').then(
      owed('review:organisationDept#1 organisationDept 2026-06-25', 'review:inspectionOffice#1 inspectionOffice 2026-06-25'),
    );
  });

  it('with nobody left to the top, the rectification office hears whose opinion is missing and the leading group decides in a meeting', () => {
    const life = recusing(looking(), '2026-06-04T09:00+08:00', 'cadres', 'inspector', 'inspector2').when(
      '2026-06-10T09:00+08:00',
      by('office', recordCheckBack('passed')),
    );
    expect(firedIn(life).find(({ dutyId }) => dutyId === 'review:organisationDept#1')?.recipients).toEqual([
      { personId: 'clerk', roles: [], vacant: ['organisationDept'] },
      { personId: 'office', roles: [], vacant: ['organisationDept'] },
    ]);
    // the recused of the inspection office do not hear of its opinion in anybody's place either
    expect(firedIn(life).find(({ dutyId }) => dutyId === 'review:inspectionOffice#1')?.recipients).toEqual([
      { personId: 'clerk', roles: [], vacant: ['inspectionOffice'] },
      { personId: 'office', roles: [], vacant: ['inspectionOffice'] },
    ]);
    life
      .when('2026-06-11T09:00+08:00', by('office', approve))
      .then(refused('review.notOwed'))
      .when('2026-06-11T10:00+08:00', by('discipline', approve))
      .when('2026-06-12T09:00+08:00', by('body:inspectionLeadingGroup', approve))
      .when('2026-06-12T10:00+08:00', by('body:inspectionLeadingGroup', approve))
      .then(stands('closed'));
  });
});

describe('never a dead end', () => {
  const now = instant('2026-06-10T08:00+08:00');
  const decides = ({ context }: Life) => ({ ...context, now, actor: 'office' });
  const people = directory.persons.map(({ id }) => id);
  const on = day('2026-06-10');
  const parties: Role[] = ['disciplineGroup', 'organisationDept', 'inspectionOffice', 'rectificationOffice', 'leadLeader', 'leadingGroup'];

  it('whoever keeps out, somebody may do it, or the notice names the vacancy', () => {
    const assignment = { leadUnitId: 'clinic', leadLeaderId: 'leader', leaderInChargeId: null, handlerId: null, coUnitIds: [] };
    fc.assert(
      fc.property(
        fc.record({
          kind: fc.constantFrom('review' as const, 'checkBack' as const, 'afterCheckBack' as const),
          holder: fc.constantFrom(...parties),
          except: fc.subarray(people),
          recused: fc.subarray(people),
          empty: fc.subarray(Object.keys(roles) as Role[]),
          substitutes: fc.array(fc.tuple(fc.constantFrom(...people), fc.constantFrom(...people)), { maxLength: 6 }),
        }),
        ({ kind, holder, except, recused, empty, substitutes }) => {
          const here = {
            ...vacant(...empty).directory,
            substitutes: substitutes.map(([personId, substituteId]) => ({ personId, substituteId, roles: [], from: null, to: null })),
          };
          const around = { ...anywhere, assignment, recused };
          const duty: Owed = { kind, holder, except };
          const { personIds, role, passedOn } = dutyHolders(here, around, duty, on);
          const out = [...except, ...recused];
          expect(personIds.filter((id) => out.includes(id))).toEqual([]);
          expect(personIds.every((actor) => mayDo(here, around, duty, { actor, on }))).toBe(true);
          expect(mayDo(here, around, duty, { actor: bodyActor(role), on })).toBe(true);
          const told = recipients(here, around, ['holder'], { duty, on });
          if (personIds.length > 0) expect(told.map(({ personId }) => personId)).toEqual([...personIds].sort());
          if (personIds.length === 0 || passedOn) expect(told.every(({ vacant }) => vacant.includes(holder))).toBe(true);
          const standing = ['rectificationOffice', 'inspectionOffice', 'firstResponsible'] as const;
          if (standing.some((one) => !empty.includes(one))) expect(told.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 500, seed: 20260610 },
    );
  });

  it('every joint review can be brought to its end', () => {
    const before = looking();
    fc.assert(
      fc.property(
        fc.record({
          asked: fc.shuffledSubarray(parties, { minLength: 1 }),
          inOrder: fc.boolean(),
          recused: fc.subarray(people.filter((id) => id !== 'office')),
          posts: fc.array(fc.tuple(fc.constantFrom(...people), fc.constantFrom(...parties)), { maxLength: 8 }),
          empty: fc.subarray(parties.filter((role) => role !== 'rectificationOffice')),
          stands: fc.array(fc.tuple(fc.constantFrom(...people), fc.constantFrom(...people)), { maxLength: 4 }),
          pick: fc.nat({ max: 99 }),
        }),
        ({ asked, inOrder, recused, posts, empty, stands, pick }) => {
          const all = vacant(...empty).directory.posts;
          const substitutes = stands.map(([personId, substituteId]) => ({ personId, substituteId, roles: [], from: null, to: null }));
          const here = { ...directory, posts: [...all, ...posts.map(([person, role]) => post(person, 'bureau', role))], substitutes };
          const policy = {
            ...rules.policy,
            reviewParties: { ...rules.policy.reviewParties, value: asked },
            reviewOrder: { ...rules.policy.reviewOrder, value: inOrder ? ('inOrder' as const) : ('parallel' as const) },
          };
          const context = { ...rules, directory: here, policy };
          let life = recusing(before, '2026-06-04T09:00+08:00', ...recused.filter((id) => !before.state.checkers.includes(id)));
          life = life.under(context);
          life = life.append({ type: 'checkBackPassed', seen: text('s'), ...jointReview(life.state, decides(life)) }, 'office', now);
          for (let step = 0; life.state.phase === 'underReview'; step++) {
            expect(step).toBeLessThan(asked.length);
            const duties = openReviews(life.state);
            const duty = duties[pick % duties.length];
            if (duty === undefined) throw new Error('nothing is owed');
            const { personIds, role } = dutyHolders(here, life.state, duty, on);
            const actor = personIds[pick % Math.max(personIds.length, 1)] ?? bodyActor(role);
            life = life.when('2026-06-10T09:00+08:00', by(actor, { ...speaksFor(duty.holder) })).then(accepted);
          }
          expect(life.state.phase).toBe('closed');
        },
      ),
      { numRuns: 300, seed: 20260610 },
    );
  });

  it('a vacancy is no exclusion: it is named and waits to be filled', () => {
    const nobody = vacant('disciplineGroup').directory;
    expect(dutyHolders(nobody, anywhere, { kind: 'review', holder: 'disciplineGroup' }, on)).toEqual({
      personIds: [],
      role: 'disciplineGroup',
      passedOn: false,
    });
    expect(rules.directory.posts.length).toBeGreaterThan(nobody.posts.length);
  });
});

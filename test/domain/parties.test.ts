import { anywhere, dutyHolders, holders, recipients, rolesIn, type Assignment, type Parties } from '../../domain/parties';
import type { rules } from './support';
import { assign, by, day, directory, firedIn, given, post, registered, underWay, vacant, withDirectory } from './support';

const on = day('2026-03-10');
const assigned: Assignment = { leadUnitId: 'clinic', leadLeaderId: 'leader', leaderInChargeId: null, handlerId: null, coUnitIds: [] };
const named = (part: Partial<Assignment>): Parties => ({ ...anywhere, assignment: { ...assigned, ...part } });
const assignment = named({});

describe('who holds a role', () => {
  it('a role of the unit is held at the lead unit only', () => {
    expect(holders(directory, assignment, 'unitHead', on)).toEqual(['head']);
    expect(holders(directory, named({ leadUnitId: 'depot' }), 'unitHead', on)).toEqual(['depotHead']);
    expect(holders(directory, anywhere, 'unitHead', on)).toEqual([]);
  });

  it('the lead leader is the one the assignment names, for as long as he holds a post', () => {
    expect(holders(directory, assignment, 'leadLeader', on)).toEqual(['leader']);
    expect(holders(directory, anywhere, 'leadLeader', on)).toEqual([]);
    const left = withDirectory({
      posts: directory.posts.map((one) => (one.personId === 'leader' ? { ...one, to: day('2026-03-09') } : one)),
    });
    expect(holders(left.directory, assignment, 'leadLeader', on)).toEqual([]);
  });

  it('a named handler who left makes room for the handlers of the unit', () => {
    expect(holders(directory, named({ handlerId: 'cadres' }), 'handler', on)).toEqual(['cadres']);
    const left = withDirectory({ posts: directory.posts.filter(({ personId }) => personId !== 'cadres') });
    expect(holders(left.directory, named({ handlerId: 'cadres' }), 'handler', on)).toEqual(['handler']);
  });

  it('a post counts from its first to its last day', () => {
    const { directory: posts } = withDirectory({
      posts: [post('head', 'clinic', 'unitHead', { from: day('2026-03-10'), to: day('2026-03-11') })],
    });
    expect(
      ['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12'].map((date) => holders(posts, assignment, 'unitHead', day(date)).length),
    ).toEqual([0, 1, 1, 0]);
  });

  it('a person has the roles of the posts and those an assignment gives', () => {
    expect(rolesIn(directory, assignment, 'leader', on)).toEqual(['leadLeader']);
    expect(rolesIn(directory, named({ leadLeaderId: 'secretary' }), 'leader', on)).toEqual([]);
    expect(rolesIn(directory, named({ leadLeaderId: 'secretary', handlerId: 'secretary' }), 'secretary', on)).toEqual([
      'firstResponsible',
      'leadLeader',
      'handler',
    ]);
    expect(rolesIn(directory, assignment, 'nobody', on)).toEqual([]);
  });
});

describe('who hears', () => {
  const hear = (context: typeof rules, ...audience: Parameters<typeof recipients>[2]) =>
    recipients(context.directory, assignment, audience, { duty: { kind: 'rectify', holder: 'unitHead' }, on });

  it('several roles of one person make one recipient', () => {
    const wide = withDirectory({ posts: [...directory.posts, post('head', 'clinic', 'handler')] });
    expect(hear(wide, 'handler', 'holder', 'unitHead')).toEqual([
      { personId: 'handler', roles: ['handler'], vacant: [] },
      { personId: 'head', roles: ['handler', 'unitHead'], vacant: [] },
    ]);
  });

  it('a vacancy is heard of by the rectification office, with the role named', () => {
    expect(hear(vacant('unitHead'), 'holder')).toEqual([
      { personId: 'clerk', roles: [], vacant: ['unitHead'] },
      { personId: 'office', roles: [], vacant: ['unitHead'] },
    ]);
    expect(hear(vacant('unitHead'), 'holder', 'rectificationOffice')[0]).toEqual({
      personId: 'clerk',
      roles: ['rectificationOffice'],
      vacant: ['unitHead'],
    });
  });

  it('without an office by the inspection office, then whoever is left', () => {
    expect(hear(vacant('unitHead', 'rectificationOffice'), 'holder').map(({ personId }) => personId)).toEqual(['inspector', 'inspector2']);
    expect(hear(vacant('unitHead', 'rectificationOffice', 'inspectionOffice'), 'holder').map(({ personId }) => personId)).toEqual([
      'secretary',
    ]);
  });

  it('roles are those of the day of the rung', () => {
    const change = withDirectory({
      posts: [
        ...directory.posts.filter(({ personId }) => personId !== 'handler'),
        post('handler', 'clinic', 'handler', { to: day('2026-09-09') }),
        post('liaison', 'clinic', 'handler', { from: day('2026-09-10') }),
      ],
    });
    const [told] = firedIn(given(underWay({ context: change })).passesTo('2026-09-10T23:00+08:00'));
    expect(told?.recipients).toEqual([{ personId: 'liaison', roles: ['handler'], vacant: [] }]);
  });

  it('a unit without a head: the office hears the receipt in its place', () => {
    const [told] = firedIn(given(registered({ context: vacant('unitHead') })).when('2026-03-03T09:00+08:00', by('office', assign)));
    expect(told?.recipients).toEqual([
      { personId: 'clerk', roles: [], vacant: ['unitHead'] },
      { personId: 'office', roles: [], vacant: ['unitHead'] },
    ]);
  });
});

describe('whose post a duty is about', () => {
  const board = { id: 'board', name: '临江区教体局', kind: 'organisation' as const, parentId: 'inspection' };
  const two = withDirectory({
    units: [...directory.units, board],
    posts: [...directory.posts, post('leader', 'board', 'rectificationOffice')],
  });
  const place = (organisationId: string | null, unitId: string | null = null) =>
    ({ role: 'unitHead', unitId, personId: null, organisationId }) as const;
  const duty = { id: 'vacancy', kind: 'vacancy', holder: 'rectificationOffice' } as const;
  const told = (context: typeof rules, parties: Parties, of: Parameters<typeof recipients>[3]['duty'] = duty): string[] =>
    recipients(context.directory, parties, ['holder'], { duty: of, on }).map(({ personId }) => personId);

  it('an account of all organisations finds the offices of the one that it names, or that the post stands in', () => {
    expect(told(two, anywhere)).toEqual(['clerk', 'leader', 'office']);
    expect(told(two, { ...anywhere, places: { vacancy: place('board') } })).toEqual(['leader']);
    expect(told(two, { ...anywhere, places: { vacancy: place(null, 'clinic') } })).toEqual(['clerk', 'office']);
    expect(told(two, { ...anywhere, places: { vacancy: place('gone') } })).toEqual(['clerk', 'leader', 'office']);
    expect(told(two, { ...anywhere, places: { another: place('board') } })).toEqual(['clerk', 'leader', 'office']);
  });

  it('on the inspecting side the inspection office does what a rectification office would, and is told why', () => {
    const inspecting = { ...anywhere, places: { vacancy: place('inspection') } };
    expect(recipients(two.directory, inspecting, ['holder'], { duty, on })).toEqual([
      { personId: 'inspector', roles: [], vacant: ['rectificationOffice'] },
      { personId: 'inspector2', roles: [], vacant: ['rectificationOffice'] },
    ]);
    expect(dutyHolders(two.directory, inspecting, duty, on)).toMatchObject({
      personIds: ['inspector', 'inspector2'],
      role: 'inspectionOffice',
    });
  });

  it('an issue is its organisation’s whatever its duties are called', () => {
    expect(told(two, { ...anywhere, organisationId: 'board' })).toEqual(['leader']);
    expect(told(two, { ...anywhere, organisationId: 'bureau' })).toEqual(['clerk', 'office']);
  });
});

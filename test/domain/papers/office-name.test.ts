import type { Directory, Unit } from '../../../domain/directory';
import { anywhere, type Parties } from '../../../domain/parties';
import { letterGroup } from '../../../domain/paper/letter-group';
import { officeName } from '../../../domain/paper/office-name';
import type { Role } from '../../../domain/roles';
import { localDate } from '../../../domain/time';
import { directory, rules } from '../support';
import { overdue, paperOf, signedOn } from './letters';

const unit = (id: string, name: string, kind: Unit['kind'], parentId: string | null): Unit => ({ id, name, kind, parentId });
const units = [
  unit('inspection', '临江区委巡察办', 'inspection', null),
  unit('health', '临江区卫健局', 'organisation', 'inspection'),
  unit('clinic', '北门卫生院', 'unit', 'health'),
  unit('school', '临江区教育局', 'organisation', 'inspection'),
];
type Seat = readonly [personId: string, unitId: string, role: Role];
const tree = (seats: readonly Seat[], more: readonly Unit[] = []): Directory => ({
  version: 1,
  units: [...units, ...more],
  persons: [],
  posts: seats.map(([personId, unitId, role]) => ({ personId, unitId, role, title: role, from: null, to: null })),
  substitutes: [],
});
const day = localDate('2026-11-30');
const of = (organisationId: string | null): Parties => ({ ...anywhere, organisationId });
const named = (seats: readonly Seat[], organisationId: string | null, more: readonly Unit[] = []): string =>
  officeName('rectificationOffice', of(organisationId), tree(seats, more), day);

describe('the full name of an office', () => {
  const both: readonly Seat[] = [
    ['a', 'health', 'rectificationOffice'],
    ['b', 'school', 'rectificationOffice'],
    ['c', 'inspection', 'inspectionOffice'],
  ];

  it('of the rectification office is that of its organisation', () => {
    expect([named(both, 'health'), named(both, 'school')]).toEqual([
      '临江区卫健局整改工作领导小组办公室',
      '临江区教育局整改工作领导小组办公室',
    ]);
    expect(named([['a', 'clinic', 'rectificationOffice']], 'health')).toBe('临江区卫健局整改工作领导小组办公室');
  });

  it('of the inspection office is that of its unit', () => {
    expect(officeName('inspectionOffice', of('health'), tree(both), day)).toBe('临江区委巡察办');
  });

  it('of a rectification office that is a unit of its own is that unit with its organisation', () => {
    const own = [unit('own', '巡察整改办公室', 'unit', 'health'), unit('long', '临江区教育局整改办', 'unit', 'school')];
    expect(named([['a', 'own', 'rectificationOffice']], 'health', own)).toBe('临江区卫健局巡察整改办公室');
    expect(named([['b', 'long', 'rectificationOffice']], 'school', own)).toBe('临江区教育局整改办');
  });

  it('of a person with two posts is that of the organisation concerned', () => {
    const two: readonly Seat[] = [
      ['a', 'health', 'rectificationOffice'],
      ['a', 'school', 'rectificationOffice'],
    ];
    expect([named(two, 'health'), named(two, 'school')]).toEqual([
      '临江区卫健局整改工作领导小组办公室',
      '临江区教育局整改工作领导小组办公室',
    ]);
  });

  it('while nobody holds the post is that of the organisation, if one is known; on the inspecting side its office issues', () => {
    expect(named([], 'school')).toBe('临江区教育局整改工作领导小组办公室');
    expect(named([], null)).toBe('整改办');
    expect(named(both, 'inspection')).toBe('临江区委巡察办');
    expect(officeName('disciplineGroup', of('health'), tree([]), day)).toBe('纪检监察组');
  });

  it('does not change while somebody stands in', () => {
    const away: Directory = {
      ...tree(both),
      substitutes: [{ personId: 'a', substituteId: 'b', roles: [], from: null, to: null }],
    };
    expect(officeName('rectificationOffice', of('health'), away, day)).toBe('临江区卫健局整改工作领导小组办公室');
  });
});

describe('papers that are one letter', () => {
  const paper = paperOf('reminderLetter', { issuer: 'rectificationOffice', addressee: 'leadLeader' });
  const key = letterGroup(overdue, paper, rules, signedOn);
  const { assignment } = overdue;
  if (!assignment) throw new Error('no assignment');

  it('have the same persons for addressee, whatever the issue', () => {
    expect(letterGroup({ ...overdue, id: 'R1-009' }, { ...paper, id: 'reminderLetter-2' }, rules, signedOn)).toBe(key);
    expect(letterGroup({ ...overdue, assignment: { ...assignment, leadLeaderId: 'secretary' } }, paper, rules, signedOn)).not.toBe(key);
  });

  it('have the same kind, issuer, role and day of answer', () => {
    const others = [
      paperOf('supervisionOrder', { issuer: 'rectificationOffice', addressee: 'leadLeader' }),
      { ...paper, issuer: 'inspectionOffice' as const },
      { ...paper, addressee: 'firstResponsible' as const },
      { ...paper, replyWorkdays: 10 },
      { ...paper, replyOn: localDate('2026-12-05') },
    ];
    for (const other of others) expect(letterGroup(overdue, other, rules, signedOn)).not.toBe(key);
  });

  it('where nobody holds the role, are those of one lead unit', () => {
    const empty = { ...rules, directory: { ...directory, posts: [] } };
    const vacant = letterGroup(overdue, paper, empty, signedOn);
    expect(letterGroup({ ...overdue, id: 'R1-009' }, paper, empty, signedOn)).toBe(vacant);
    expect(letterGroup({ ...overdue, assignment: { ...assignment, leadUnitId: 'other' } }, paper, empty, signedOn)).not.toBe(vacant);
  });
});

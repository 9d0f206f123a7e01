import { stateCouncilCalendar } from '../../domain/calendar-data';
import type { Directory, Post } from '../../domain/directory';
import type { RuleContext } from '../../domain/context';
import { defaultPolicy } from '../../domain/policy/default-policy';
import type { Policy } from '../../domain/policy/policy';
import type { Role } from '../../domain/roles';

/** A person for every role, named after it, so that a test reads as a story. */
const posts: readonly (readonly [person: string, unit: string, role: Role])[] = [
  ['head', 'clinic', 'unitHead'],
  ['handler', 'clinic', 'handler'],
  ['liaison', 'clinic', 'liaison'],
  ['depotHead', 'depot', 'unitHead'],
  ['leader', 'bureau', 'leadLeader'],
  ['secretary', 'bureau', 'firstResponsible'],
  ['office', 'bureau', 'rectificationOffice'],
  ['clerk', 'bureau', 'rectificationOffice'],
  ['group', 'bureau', 'leadingGroup'],
  ['discipline', 'watch', 'disciplineGroup'],
  ['cadres', 'watch', 'organisationDept'],
  ['inspector', 'inspection', 'inspectionOffice'],
  ['inspector2', 'inspection', 'inspectionOffice'],
];

export const post = (personId: string, unitId: string, role: Role, period: Partial<Pick<Post, 'from' | 'to'>> = {}): Post => ({
  personId,
  unitId,
  role,
  title: role,
  from: null,
  to: null,
  ...period,
});

export const directory: Directory = {
  version: 1,
  units: [
    { id: 'inspection', name: '区委巡察办', kind: 'inspection', parentId: null },
    { id: 'watch', name: '派驻纪检监察组', kind: 'inspection', parentId: 'inspection' },
    { id: 'bureau', name: '临江区卫健局', kind: 'organisation', parentId: 'inspection' },
    { id: 'clinic', name: '北门卫生院', kind: 'unit', parentId: 'bureau' },
    { id: 'depot', name: '药品库', kind: 'unit', parentId: 'bureau' },
  ],
  persons: posts.map(([id]) => ({ id, name: id, email: `${id}@linjiang.example` })),
  posts: posts.map(([personId, unitId, role]) => post(personId, unitId, role)),
  substitutes: [],
};

export const rules: RuleContext = { policy: defaultPolicy, calendar: stateCouncilCalendar, directory };
export const withPolicy = (change: Partial<Policy>): RuleContext => ({ ...rules, policy: { ...defaultPolicy, ...change } });
export const withDirectory = (change: Partial<Directory>): RuleContext => ({ ...rules, directory: { ...directory, ...change } });
/** The directory without a role's posts. */
export const vacant = (...empty: Role[]): RuleContext =>
  withDirectory({ posts: directory.posts.filter(({ role }) => !empty.includes(role)) });

import fc from 'fast-check';
import type { Directory, Post, Substitute, Unit } from '../../domain/directory';
import { checkDirectory } from '../../domain/directory-check';
import type { Role } from '../../domain/roles';
import { addDays, localDate, type LocalDate } from '../../domain/time';
import { directory, post } from './people';

const asOf = localDate('2026-09-15');
const day = (text: string | null): LocalDate | null => (text === null ? null : localDate(text));

const check = (change: Partial<Directory>): string[] =>
  checkDirectory({ ...directory, ...change }, asOf).map(({ code, list, index }) => `${code} ${list} ${index}`);

const withUnits = (...more: Unit[]): Partial<Directory> => ({ units: [...directory.units, ...more] });
const withPosts = (...more: Post[]): Partial<Directory> => ({ posts: [...directory.posts, ...more] });
const unit = (id: string, kind: Unit['kind'], parentId: string | null): Unit => ({ id, name: id, kind, parentId });

type Standing = [person: string, substitute: string, from?: string | null, to?: string | null, roles?: Role[]];
const standing = ([personId, substituteId, from = null, to = null, roles = []]: Standing): Substitute => ({
  ...{ personId, substituteId, roles, from: day(from), to: day(to) },
});
const withSubstitutes = (...some: Standing[]): Partial<Directory> => ({ substitutes: some.map(standing) });

it('finds nothing in a directory that holds together', () => {
  expect(check(withSubstitutes(['head', 'handler'], ['leader', 'secretary', '2026-09-01', '2026-09-30']))).toEqual([]);
});

const [at, next] = [directory.posts.length, directory.units.length];

it.each([
  ['a unit under itself', withUnits(unit('x', 'unit', 'x')), [`directory.cycle units ${next}`]],
  [
    'a circle, told at its first unit; what hangs on it is not part of it',
    withUnits(unit('w', 'unit', 'y'), unit('x', 'unit', 'y'), unit('y', 'unit', 'z'), unit('z', 'unit', 'x')),
    [`directory.cycle units ${next + 1}`],
  ],
  [
    'two circles',
    withUnits(unit('x', 'unit', 'x'), unit('y', 'unit', 'y')),
    [`directory.cycle units ${next}`, `directory.cycle units ${next + 1}`],
  ],
  ['a parent that nobody knows', withUnits(unit('x', 'unit', 'gone')), [`directory.unknownUnit units ${next}`]],
  ['an inspecting body below an inspected one', withUnits(unit('x', 'inspection', 'clinic')), [`directory.inspectionBelow units ${next}`]],
  ['an inspected body below another', withUnits(unit('x', 'organisation', 'bureau')), []],

  ['a post at an unknown unit', withPosts(post('head', 'gone', 'handler')), [`directory.unknownUnit posts ${at}`]],
  ['a post of an unknown person', withPosts(post('gone', 'clinic', 'handler')), [`directory.unknownPerson posts ${at}`]],
  ['an unknown role', withPosts(post('head', 'clinic', 'boss' as Role)), [`directory.unknownRole posts ${at}`]],
  ['a role named like a property', withPosts(post('head', 'clinic', 'toString' as Role)), [`directory.unknownRole posts ${at}`]],
  [
    'an end before the start',
    withPosts(post('head', 'depot', 'handler', { from: day('2026-02-03'), to: day('2026-02-02') })),
    [`directory.dates posts ${at}`],
  ],
  ['a day that is none', withPosts(post('head', 'depot', 'handler', { from: '2026-02-30' as LocalDate })), [`directory.dates posts ${at}`]],
  ['a post twice', withPosts(post('handler', 'clinic', 'handler', { from: asOf })), [`directory.doubledPost posts ${at}`]],
  ['a post taken up at another unit', withPosts(post('handler', 'depot', 'handler')), []],

  ['two heads', withPosts(post('liaison', 'clinic', 'unitHead', { from: asOf })), [`directory.twoHeads posts ${at}`]],
  ['a head who was, and is over', withPosts(post('liaison', 'clinic', 'unitHead', { to: addDays(asOf, -1) })), []],
  ['a head who was, until today', withPosts(post('liaison', 'clinic', 'unitHead', { to: asOf })), [`directory.twoHeads posts ${at}`]],
  ['a head beside one of another unit', withPosts(post('liaison', 'bureau', 'unitHead')), []],

  ['an unknown substitute', withSubstitutes(['head', 'gone']), ['directory.unknownPerson substitutes 0']],
  ['an unknown person to stand in for', withSubstitutes(['gone', 'head']), ['directory.unknownPerson substitutes 0']],
  [
    'an unknown role to stand in',
    withSubstitutes(['head', 'handler', null, null, ['boss' as Role]]),
    ['directory.unknownRole substitutes 0'],
  ],
  [
    'a substitute until before it began',
    withSubstitutes(['head', 'handler', '2026-10-02', '2026-10-01']),
    ['directory.dates substitutes 0'],
  ],
  ['oneself', withSubstitutes(['head', 'head']), ['directory.substituteSelf substitutes 0']],
  ['two for all roles', withSubstitutes(['head', 'handler'], ['head', 'liaison']), ['directory.substituteTwo substitutes 1']],
  [
    'two for one role, one of them for all',
    withSubstitutes(['head', 'handler', '2026-10-01', '2026-10-31', ['unitHead']], ['head', 'liaison', '2026-10-31']),
    ['directory.substituteTwo substitutes 1'],
  ],
  [
    'two for different roles',
    withSubstitutes(['head', 'handler', null, null, ['unitHead']], ['head', 'liaison', null, null, ['handler']]),
    [],
  ],
  ['two in turn', withSubstitutes(['head', 'handler', null, '2026-10-31'], ['head', 'liaison', '2026-11-01']), []],
  ['two at once, but over', withSubstitutes(['head', 'handler', null, '2026-09-14'], ['head', 'liaison', null, '2026-09-14']), []],
  ['the same one again', withSubstitutes(['head', 'handler', null, '2026-10-31'], ['head', 'handler', '2026-10-01']), []],
  ['each for the other', withSubstitutes(['head', 'handler'], ['handler', 'head']), ['directory.substituteRing substitutes 1']],
  [
    'a ring of three that closes on one day',
    withSubstitutes(['head', 'handler', null, '2026-10-01'], ['handler', 'liaison'], ['liaison', 'head', '2026-10-01']),
    ['directory.substituteRing substitutes 2'],
  ],
  ['each for the other in turn', withSubstitutes(['head', 'handler', null, '2026-09-30'], ['handler', 'head', '2026-10-01']), []],
  ['each for the other, but over', withSubstitutes(['head', 'handler', null, '2026-09-14'], ['handler', 'head']), []],
])('%s', (_, change, expected) => {
  expect(check(change)).toEqual(expected);
});

it('says what, and what to do', () => {
  const { units, persons } = directory;
  expect(
    checkDirectory({ units, persons, posts: [], substitutes: [standing(['head', 'handler']), standing(['handler', 'head'])] }, asOf),
  ).toEqual([
    {
      ...{ code: 'directory.substituteRing', list: 'substitutes', index: 1, other: null },
      what: '代理关系成环：head → handler → head（2026-09-15）。',
      todo: '互相代理就无人办理，请改正代理人或起止日期。',
    },
  ]);
});

describe('against a look at every single day', () => {
  const days = Array.from({ length: 12 }, (_, index) => addDays(asOf, index - 4));
  const someDay = fc.option(fc.constantFrom(...days));
  const term = fc.record({ from: someDay, to: someDay }).filter(({ from, to }) => from === null || to === null || from <= to);
  const holds = ({ from, to }: { from: string | null; to: string | null }, on: string): boolean => (from ?? '') <= on && on <= (to ?? '9');
  const future = days.filter((each) => each >= asOf);

  it('two heads', () => {
    const head = fc.tuple(fc.constantFrom('head', 'handler', 'liaison'), fc.constantFrom('clinic', 'depot'), term);
    fc.assert(
      fc.property(fc.array(head, { maxLength: 5 }), (heads) => {
        const posts = heads.map(([person, at, period]) => post(person, at, 'unitHead', period));
        const two = future.some((on) =>
          ['clinic', 'depot'].some(
            (at) => new Set(posts.filter((each) => each.unitId === at && holds(each, on)).map(({ personId }) => personId)).size > 1,
          ),
        );
        const codes = checkDirectory({ ...directory, posts }, asOf).map(({ code }) => code);
        expect(codes.includes('directory.twoHeads')).toBe(two);
      }),
      { numRuns: 500 },
    );
  });

  it('rings and two substitutes', () => {
    const people = ['head', 'handler', 'liaison', 'leader'];
    const person = fc.constantFrom(...people);
    const some = fc.record({
      personId: person,
      substituteId: person,
      roles: fc.subarray(['unitHead', 'handler'] as Role[]),
      term,
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 6 }), (entries) => {
        const substitutes = entries
          .filter(({ personId, substituteId }) => personId !== substituteId)
          .map(({ term: { from, to }, ...rest }) => ({ ...rest, from, to }));
        const inForce = (on: string) => substitutes.filter((each) => holds(each, on));
        const leadsTo = (from: string, on: string, seen: string[] = []): boolean =>
          inForce(on).some(
            ({ personId, substituteId }) =>
              personId === from &&
              (substituteId === seen[0] || (!seen.includes(substituteId) && leadsTo(substituteId, on, [...seen, substituteId]))),
          );
        const ring = future.some((on) => people.some((each) => leadsTo(each, on, [each])));
        const two = future.some((on) =>
          inForce(on).some((a) =>
            inForce(on).some(
              (b) =>
                a.personId === b.personId &&
                a.substituteId !== b.substituteId &&
                (a.roles.length === 0 || b.roles.length === 0 || a.roles.some((role) => b.roles.includes(role))),
            ),
          ),
        );
        const codes = checkDirectory({ ...directory, substitutes }, asOf).map(({ code }) => code);
        expect(codes.includes('directory.substituteRing')).toBe(ring);
        expect(codes.includes('directory.substituteTwo')).toBe(two);
      }),
      { numRuns: 500 },
    );
  });
});

it('a directory of thousands that contradicts itself all over is still told in no time', () => {
  const many = Array.from({ length: 5_000 }, (_, index) => `p${index}`);
  const failures = checkDirectory(
    {
      units: many.map((id, index) => unit(id, 'unit', many[(index + 1) % many.length] ?? null)),
      persons: many.map((id) => ({ id, name: id, email: null })),
      posts: many.map((id) => post(id, 'p0', 'unitHead')),
      substitutes: many.map((id, index) => standing([id, many[(index + 1) % many.length] ?? '', addDays(asOf, index)])),
    },
    asOf,
  );
  expect(failures.filter(({ code }) => code === 'directory.twoHeads')).toHaveLength(many.length - 1);
  expect(failures.filter(({ code }) => code !== 'directory.twoHeads').map(({ what }) => what)).toEqual([
    '上级关系成环：p0 → p1 → p2 → p3 → p4 → p5 → … → p0。',
    expect.stringContaining('代理关系成环：') as string,
  ]);
});

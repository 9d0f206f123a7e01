import fc from 'fast-check';
import type { Unit } from '../../domain/directory';
import { inspectionAbove, organisationOf } from '../../domain/directory-tree';

const unit = (id: string, kind: Unit['kind'], parentId: string | null = null): Unit => ({ id, name: id, kind, parentId });

const units = [
  unit('leading', 'inspection'),
  unit('inspection', 'inspection', 'leading'),
  unit('watch', 'inspection', 'leading'),
  unit('bureau', 'organisation', 'inspection'),
  unit('clinic', 'unit', 'bureau'),
  unit('ward', 'unit', 'clinic'),
  unit('alone', 'organisation'),
  unit('stray', 'unit', 'leading'),
  unit('within', 'inspection', 'bureau'),
];

describe('organisationOf', () => {
  it.each([
    ['bureau', 'bureau'],
    ['clinic', 'bureau'],
    ['ward', 'bureau'],
    ['alone', 'alone'],
    ['inspection', null],
    ['within', null],
    ['stray', null],
    ['nobody', null],
  ])('%s belongs to %s', (id, expected) => {
    expect(organisationOf({ units }, id)?.id ?? null).toBe(expected);
  });
});

describe('inspectionAbove', () => {
  it.each([
    ['bureau', ['inspection', 'leading']],
    ['alone', ['leading', 'inspection', 'watch', 'within']],
    ['nobody', ['leading', 'inspection', 'watch', 'within']],
  ])('above %s stand %j', (id, expected) => {
    expect(inspectionAbove({ units }, id).map((each) => each.id)).toEqual(expected);
  });
});

it('circles and missing parents end the walk', () => {
  const ids = ['a', 'b', 'c', 'd'];
  const anyUnit = (id: string) =>
    fc
      .record({ kind: fc.constantFrom('organisation', 'unit', 'inspection'), parentId: fc.constantFrom(...ids, 'gone', null) })
      .map(({ kind, parentId }) => unit(id, kind, parentId));
  fc.assert(
    fc.property(fc.tuple(...ids.map(anyUnit)), (some) => {
      for (const { id, kind } of some) {
        const organisation = organisationOf({ units: some }, id);
        expect(organisation === null || organisation.kind === 'organisation').toBe(true);
        if (kind === 'organisation') expect(organisation?.id).toBe(id);
        const above = inspectionAbove({ units: some }, id);
        expect(new Set(above).size).toBe(above.length);
        expect(above.length > 0).toBe(some.some((each) => each.kind === 'inspection' && (each.id !== id || above.includes(each))));
      }
    }),
  );
});

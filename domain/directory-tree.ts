import type { Directory, Unit } from './directory';

type Tree = Pick<Directory, 'units'>;

/**
 * The inspected organisation a unit belongs to: the nearest of kind `organisation` from the unit upwards, itself included.
 * Null on the inspecting side, for a unit that stands under no organisation, and for an unknown id.
 */
export function organisationOf(directory: Tree, unitId: string): Unit | null {
  for (const unit of lineAbove(directory, unitId)) {
    if (unit.kind === 'organisation') return unit;
    if (unit.kind === 'inspection') return null;
  }
  return null;
}

/**
 * The inspecting units an organisation answers to, nearest first: those it stands under. A directory that places it under none
 * keeps the inspecting side in a tree of its own; then all inspecting units, in the order of the directory.
 */
export function inspectionAbove(directory: Tree, organisationId: string): Unit[] {
  const above = [...lineAbove(directory, organisationId)].filter(({ id, kind }) => kind === 'inspection' && id !== organisationId);
  return above.length > 0 ? above : directory.units.filter(({ kind }) => kind === 'inspection');
}

/** A unit and what stands above it, up to the top. A directory can be wrong (directory-check.ts): a circle ends where it began. */
export function* lineAbove({ units }: Tree, unitId: string): Generator<Unit> {
  const seen = new Set<Unit>();
  for (let unit = unitsById(units).get(unitId); unit !== undefined && !seen.has(unit);) {
    seen.add(unit);
    yield unit;
    unit = unit.parentId === null ? undefined : unitsById(units).get(unit.parentId);
  }
}

/** The holders of a duty are looked up post by post, so the index of a version's units is kept as long as the version is. */
const indexes = new WeakMap<readonly Unit[], ReadonlyMap<string, Unit>>();

function unitsById(units: readonly Unit[]): ReadonlyMap<string, Unit> {
  const known = indexes.get(units);
  if (known !== undefined) return known;
  const index = new Map(units.map((unit) => [unit.id, unit]));
  indexes.set(units, index);
  return index;
}

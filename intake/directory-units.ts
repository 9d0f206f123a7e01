import { createHash } from 'node:crypto';
import type { Unit, UnitKind } from '../domain/directory';
import type { Note } from './directory-mistakes';
import type { Row } from './directory-rows';

/** A unit of a file and the row that states it first. */
export interface StatedUnit {
  readonly unit: Unit;
  /** Names from the top, what its id is made of. */
  readonly path: string;
  readonly row: number;
}

/** By name: in a file, a name stands for one unit. */
export type Units = ReadonlyMap<string, StatedUnit>;

/** No administration is deeper; a longer line would only cost memory. */
const maxLevels = 30;

/** The units of a file, their mistakes noted; what contradicts itself in the tree is for `checkDirectory` to find. */
export function readUnits(rows: readonly Row[], note: Note): Units {
  const stated = new Map<string, { row: number; parent: string; kind: UnitKind | null }>();
  for (const { row, unit, parent, kind } of rows) {
    const known = stated.get(unit) ?? { row, parent: '', kind: null };
    if (parent !== '' && known.parent !== '' && parent !== known.parent) {
      note(row, 'parent', `“${unit}”前面填的是“${known.parent}”；不同的单位请用不同的名称。`);
    }
    if (kind !== null && known.kind !== null && kind !== known.kind) note(row, 'kind', `“${unit}”前面填的是别的类别。`);
    stated.set(unit, { row: known.row, parent: known.parent || parent, kind: known.kind ?? kind });
  }

  const pathOf = (name: string): string[] => {
    const line = [name];
    for (let at = stated.get(name)?.parent ?? ''; at !== '' && !line.includes(at) && line.length <= maxLevels;) {
      line.push(at);
      at = stated.get(at)?.parent ?? '';
    }
    return line.reverse();
  };
  const units = new Map<string, StatedUnit>();
  for (const [name, { row, parent, kind }] of stated) {
    if (kind === null) note(row, 'kind', `“${name}”没有填写类别。`);
    if (parent !== '' && !stated.has(parent)) note(row, 'parent', `表里没有“${parent}”这个单位。`);
    const line = pathOf(name);
    if (line.length > maxLevels) note(row, 'parent', `“${name}”之上超过${maxLevels - 1}级，请检查上级单位。`);
    const parentId = stated.has(parent) ? idOf('u', pathOf(parent).join(' › ')) : null;
    const path = line.join(' › ');
    units.set(name, { unit: { id: idOf('u', path), name, kind: kind ?? 'unit', parentId }, path, row });
  }
  return units;
}

/** Short enough to read, long enough (40 bits) not to meet another of a few thousand. */
export const idOf = (prefix: 'u' | 'p', key: string): string => `${prefix}-${createHash('sha256').update(key).digest('hex').slice(0, 10)}`;

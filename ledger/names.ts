import type { Directory } from '../domain/directory';
import { personOf, unitOf } from '../domain/parties';

/** A person or a unit, by id and name; the id stands in for a name that the directory does not know. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

export const personNamed = (directory: Directory, id: string): Named => ({ id, name: personOf(directory, id)?.name ?? id });
export const unitNamed = (directory: Directory, id: string): Named => ({ id, name: unitOf(directory, id)?.name ?? id });

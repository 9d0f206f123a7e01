import type { Directory } from '../domain/directory';
import { actorName, unitOf } from '../domain/parties';

/** A person, a body that decided in a meeting, or a unit, by id and name; the id stands in for a name that the directory does not know. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

export const personNamed = (directory: Directory, id: string): Named => ({ id, name: actorName(directory, id) });
export const unitNamed = (directory: Directory, id: string): Named => ({ id, name: unitOf(directory, id)?.name ?? id });

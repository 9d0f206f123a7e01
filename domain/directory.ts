import type { Role } from './roles';
import type { LocalDate } from './time';

/** Where a unit stands: the inspected organisation, a unit of it, or the inspecting side above it. */
export type UnitKind = 'organisation' | 'unit' | 'inspection';

/** A unit 单位; `parentId` null for the top of the tree. */
export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly kind: UnitKind;
  readonly parentId: string | null;
}

/** A person 人员; null mail means: reached through the liaison. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

/** A post 职务: a person carries a role at a unit from a day to a day (inclusive; null = open). */
export interface Post {
  readonly personId: string;
  readonly unitId: string;
  readonly role: Role;
  readonly title: string;
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
}

/** A substitute 代理: acts and is told for a person who is away, for some of their roles or all of them (inclusive days; null = open). */
export interface Substitute {
  readonly personId: string;
  readonly substituteId: string;
  /** Empty: for every role. */
  readonly roles: readonly Role[];
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
}

/** Everybody the ledger knows, as of one directory version. */
export interface Directory {
  readonly version: number;
  readonly units: readonly Unit[];
  readonly persons: readonly Person[];
  readonly posts: readonly Post[];
  readonly substitutes: readonly Substitute[];
}

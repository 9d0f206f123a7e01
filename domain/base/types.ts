import type { Account } from '../obligation/types';
import type { Role } from '../roles';
import type { LocalDate } from '../time';
import type { Place } from './place';

/** The stream of what the deployment as a whole owes: posts that are vacant, heads who are new, holiday tables that are missing. */
export const BASE = 'base';

/** A post that must be held: the head of a responsible unit, or a role of an organisation; `personId` for a leader by name. */
export interface Seat {
  readonly role: Role;
  readonly unitId: string | null;
  readonly personId: string | null;
}

/** One thing that a new head takes over. */
export interface HandedItem {
  readonly streamId: string;
  readonly obligationId: string;
  readonly dueOn: LocalDate;
}

export interface Handover {
  readonly dutyId: string;
  readonly seat: Seat;
  readonly from: string | null;
  readonly to: string;
  readonly items: readonly HandedItem[];
  /** The reminder letter that goes with the list. */
  readonly paperId: string;
}

export interface BaseState extends Account {
  /** The post that each vacancy, handover and letter is about: its offices hear of it, not those of other organisations. */
  readonly places: Readonly<Record<string, Place>>;
  /** Who was seen in each seat last; null: nobody. */
  readonly seen: Readonly<Record<string, string | null>>;
  readonly handovers: readonly Handover[];
  /** Years that had no holiday table when they were needed. */
  readonly years: readonly string[];
}

export const seatKey = ({ role, unitId, personId }: Seat): string => `${role}:${unitId ?? personId ?? ''}`;

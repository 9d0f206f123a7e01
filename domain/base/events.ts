import type { CalendarYear } from '../calendar';
import type { CommonEvent, PaperSigned } from '../obligation/events';
import type { HandedItem, Seat } from './types';

/**
 * Whose post it is: the organisation, or on the inspecting side the inspecting unit. Absent where the deployment serves one
 * organisation, and in what was written before it served several: then the directory tells (place.ts).
 */
interface OfOrganisation {
  readonly organisationId?: string;
}

/** What happened to the base data that everything else rests on. */
export type BaseEvent =
  | CommonEvent
  | {
      readonly type: 'seatsSeen';
      readonly seats: readonly { readonly seat: Seat; readonly holder: string | null }[];
      /** Seats that nothing open needs any more: whoever comes to them later takes nothing over. */
      readonly dropped?: readonly Seat[];
    }
  /** A leader by name can be missed by several organisations: then each has an event of its own. */
  | ({ readonly type: 'vacancyFound'; readonly seat: Seat; readonly formerly: string | null } & OfOrganisation)
  /** Somebody holds it again; `holder` null: nothing open needs the post any more, or nothing of that organisation. */
  | ({ readonly type: 'vacancyEnded'; readonly seat: Seat; readonly holder: string | null } & OfOrganisation)
  | ({
      /** A new head: what is open moves to them, and the list of it is to be signed. */
      readonly type: 'handoverOpened';
      readonly seat: Seat;
      readonly from: string | null;
      readonly to: string;
      readonly items: readonly HandedItem[];
    } & OfOrganisation)
  | { readonly type: 'handoverSigned'; readonly dutyId: string }
  /** The reminder letter to a new head, with the list; the ledger words and seals it with the number that it draws. */
  | PaperSigned
  | { readonly type: 'tableMissed'; readonly year: string }
  | { readonly type: 'calendarYearEntered'; readonly year: string; readonly table: CalendarYear; readonly version: string };

export type BaseEventOf<T extends BaseEvent['type']> = Extract<BaseEvent, { type: T }>;

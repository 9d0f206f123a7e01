import type { CalendarYear } from '../calendar';
import type { ContentRef } from '../content';
import type { CommonEvent } from '../obligation/events';
import type { LocalDate } from '../time';
import type { HandedItem, Seat } from './types';

/** What happened to the base data that everything else rests on. */
export type BaseEvent =
  | CommonEvent
  | {
      readonly type: 'seatsSeen';
      readonly seats: readonly { readonly seat: Seat; readonly holder: string | null }[];
      /** Seats that nothing open needs any more: whoever comes to them later takes nothing over. */
      readonly dropped?: readonly Seat[];
    }
  | { readonly type: 'vacancyFound'; readonly seat: Seat; readonly formerly: string | null }
  /** Somebody holds it again; `holder` null: nothing open needs the post any more. */
  | { readonly type: 'vacancyEnded'; readonly seat: Seat; readonly holder: string | null }
  | {
      /** A new head: what is open moves to them, and the list of it is to be signed. */
      readonly type: 'handoverOpened';
      readonly seat: Seat;
      readonly from: string | null;
      readonly to: string;
      readonly items: readonly HandedItem[];
    }
  | { readonly type: 'handoverSigned'; readonly dutyId: string }
  /** The reminder letter to a new head, with the list; the ledger words and seals it with the number that it draws. */
  | {
      readonly type: 'paperSigned';
      readonly paperId: string;
      readonly number: string;
      readonly signedOn: LocalDate;
      readonly text?: ContentRef;
    }
  | { readonly type: 'tableMissed'; readonly year: string }
  | { readonly type: 'calendarYearEntered'; readonly year: string; readonly table: CalendarYear; readonly version: string };

export type BaseEventOf<T extends BaseEvent['type']> = Extract<BaseEvent, { type: T }>;

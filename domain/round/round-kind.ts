import type { AccountKind } from '../obligation/kind';
import { nextCadence, openedCadences } from './cadence';
import type { RoundEvent } from './events';
import { evolveRound } from './evolve';
import type { RoundState } from './types';

/** A round as an account: besides rungs, time brings the dates of its cadences. */
export const roundKind: AccountKind<RoundState, RoundEvent> = {
  evolve: evolveRound,
  ticks: openedCadences,
  nextTick: nextCadence,
  isFinal: ({ phase, policy }) => phase === 'closed' || policy === null,
};

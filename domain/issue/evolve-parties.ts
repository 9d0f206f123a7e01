import type { EventFrame } from '../obligation/types';
import type { EventOf } from './events';
import type { IssueState } from './types';

/**
 * A person keeps out from now on. With enough checkers left, a running check-back goes on without them; else they stay named until
 * planCheckBack or drawCheckBack names others, and nothing is recorded before (decide-check-back.ts). Phase, mode and draw stay:
 * a recusal is no second choice of how to look.
 */
export const recused = (state: IssueState, { personId, goesOn = false }: EventOf<'recused'>, _frame: EventFrame): IssueState => ({
  ...state,
  recused: [...state.recused, personId],
  checkers: goesOn ? state.checkers.filter((id) => id !== personId) : state.checkers,
});

/** What is owed by role moves with the name. Who handled it before does not check it later. */
export const handedOver = (state: IssueState, { role, from, to }: EventOf<'handedOver'>, _frame: EventFrame): IssueState => ({
  ...state,
  assignment: state.assignment && { ...state.assignment, [`${role}Id`]: to },
  formerly: role === 'handler' && from !== null ? [...new Set([...state.formerly, from])] : state.formerly,
});

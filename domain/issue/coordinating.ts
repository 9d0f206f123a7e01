import { openDuty } from '../obligation/obligations';
import type { Duty } from '../obligation/types';
import type { IssueState } from './types';

/** Whether a coordination was asked for and nobody has answered yet; such an issue is 需协调 and cannot be struck off. */
export const isCoordinating = (state: IssueState): boolean => undecided(state) !== undefined || unanswered(state) !== undefined;

/** The decision that is owed about a coordination that was asked for. */
export const undecided = (state: IssueState): Duty | undefined =>
  state.coordination?.state === 'asked' ? openDuty(state, 'coordinationDecision') : undefined;

/** The answer that is owed to a coordination that was accepted. */
export const unanswered = (state: IssueState): Duty | undefined =>
  state.coordination?.state === 'accepted' ? openDuty(state, 'coordinationAnswer') : undefined;

import type { AccountKind } from '../obligation/kind';
import type { IssueEvent } from './events';
import { evolve } from './evolve';
import { isFinal, type IssueState } from './types';

/** An issue as an account: everything that happens to it by itself is a rung. */
export const issueKind: AccountKind<IssueState, IssueEvent> = {
  evolve,
  ticks: () => [],
  nextTick: () => null,
  isFinal: ({ phase }) => isFinal(phase),
};

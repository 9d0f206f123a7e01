import { close, everything } from '../obligation/duties';
import type { Paper } from '../obligation/types';
import type { Instant } from '../time';
import type { IssueState, Phase } from './types';

/**
 * Ends an issue's life another way than by closeout: nothing more is owed, a draft that nobody signed has lapsed, and what waited for
 * somebody's decision is void. Its number and its record stay.
 */
export const ended = (state: IssueState, at: Instant, { phase, by }: { phase: Phase; by: string }): IssueState =>
  close<IssueState>(
    {
      ...state,
      phase,
      papers: state.papers.map(lapsed),
      correction: null,
      extension: null,
      coordination: state.coordination && ['asked', 'accepted'].includes(state.coordination.state) ? null : state.coordination,
      suspendedFrom: null,
      stoppedBefore: [],
    },
    at,
    by,
    everything,
  );

const lapsed = (paper: Paper): Paper => (paper.state === 'draft' || paper.state === 'held' ? { ...paper, state: 'lapsed' } : paper);

import { unreachable } from '../result';
import { instant, localDate, type Instant } from '../time';
import { openAssign, openCheckBack } from './duties';
import type { IssueEvent } from './events';
import { checkBackPassed, closed, closeoutRequested, consolidated, drawn, relapsed, returned, reviewed } from './evolve-closeout';
import { extensionDecided, extensionRequested } from './evolve-extension';
import { acknowledged, assigned, planApproved, planProposed, planReturned, planReviewed } from './evolve-plan';
import { paperReplied, paperSigned, rungFired, rungsSuperseded } from './evolve-rungs';
import type { IssueState } from './types';

/** The state before the first event. The registration replaces day and instant. */
export function emptyIssue(id: string): IssueState {
  return {
    id,
    roundId: '',
    number: 0,
    version: 0,
    phase: 'registered',
    feedbackOn: localDate('1970-01-01'),
    reported: null,
    assignment: null,
    measures: [],
    planProposedBy: null,
    planApprovals: [],
    originalDueOn: null,
    dueOn: null,
    duties: [],
    extension: null,
    extensions: 0,
    closeoutRequestedBy: null,
    checkBackMode: null,
    checkers: [],
    reviewParties: [],
    reviews: [],
    returns: 0,
    relapses: 0,
    closeoutNumber: null,
    closedOn: null,
    papers: [],
    lastOccurredAt: instant('1970-01-01T00:00:00Z'),
  };
}

/** What an event was told about besides its body. */
export interface EventFrame {
  readonly actor: string;
  readonly occurredAt: Instant;
}

/** Folds one event into the state: pure, total, and the place where it stands which event opens and closes which duty. */
export function evolve(before: IssueState, event: IssueEvent, frame: EventFrame): IssueState {
  const at = frame.occurredAt;
  const state: IssueState = { ...before, version: before.version + 1, lastOccurredAt: at };
  switch (event.type) {
    case 'registered': {
      const { roundId, number, feedbackOn, reported } = event;
      const issue: IssueState = { ...state, roundId, number, feedbackOn, reported };
      return reported === 'completed' ? openCheckBack({ ...issue, phase: 'closeoutRequested' }, at) : openAssign(issue, at);
    }
    case 'assigned':
      return assigned(state, event, at);
    case 'acknowledged':
      return acknowledged(state, at);
    case 'planProposed':
      return planProposed(state, event, frame);
    case 'planApproved':
      return planApproved(state, event, frame);
    case 'planReturned':
      return planReturned(state, at);
    case 'planReviewed':
      return planReviewed(state, event, at);
    case 'progressReported':
    case 'commented':
      return state;
    case 'measureCompleted':
      return {
        ...state,
        measures: state.measures.map((measure) => (measure.id === event.measureId ? { ...measure, completedAt: at } : measure)),
      };
    case 'extensionRequested':
      return extensionRequested(state, event, frame);
    case 'extensionDecided':
      return extensionDecided(state, event, at);
    case 'closeoutRequested':
      return closeoutRequested(state, frame);
    case 'checkBackPlanned':
      return { ...state, phase: 'checkBack', checkBackMode: event.mode, checkers: event.checkers };
    case 'checkBackPassed':
      return checkBackPassed(state, event, at);
    case 'returned':
      return returned(state, at);
    case 'reviewed':
      return reviewed(state, event, frame);
    case 'closed':
      return closed(state, event, at);
    case 'afterCheckBackPlanned':
      return drawn(state, event, at);
    case 'consolidated':
      return consolidated(state, at);
    case 'relapsed':
      return relapsed(state, at);
    case 'rungFired':
      return rungFired(state, event, at);
    case 'rungsSuperseded':
      return rungsSuperseded(state, event);
    case 'paperSigned':
      return paperSigned(state, event, at);
    case 'paperReplied':
      return paperReplied(state, event, at);
    default:
      return unreachable(event);
  }
}

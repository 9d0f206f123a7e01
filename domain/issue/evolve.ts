import { unreachable } from '../result';
import { evolveCommon, isCommonEvent } from '../obligation/evolve-common';
import type { EventFrame } from '../obligation/types';
import { instant, localDate } from '../time';
import type { IssueEvent } from './events';
import { checkBackPassed, closed, closeoutRequested, consolidated, drawn, relapsed, returned, reviewed } from './evolve-closeout';
import { extensionDecided, extensionRequested } from './evolve-extension';
import { acknowledged, assigned, planApproved, planProposed, planReturned, planReviewed } from './evolve-plan';
import { paperReplied, paperSigned } from './evolve-paper';
import { openAssign, openCheckBack } from './owed';
import type { IssueState } from './types';

/** The state before the first event. The registration replaces day and instant. */
export function emptyIssue(id: string): IssueState {
  return {
    id,
    organisationId: null,
    recused: [],
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

/** Folds one event into the state: pure, total, and the place where it stands which event opens and closes which duty. */
export function evolve(before: IssueState, event: IssueEvent, frame: EventFrame): IssueState {
  const at = frame.occurredAt;
  const state: IssueState = { ...before, version: before.version + 1, lastOccurredAt: at };
  if (isCommonEvent(event)) return evolveCommon(state, event, at);
  switch (event.type) {
    case 'registered': {
      const { roundId, number, feedbackOn, reported, organisationId = null } = event;
      const issue: IssueState = { ...state, roundId, number, feedbackOn, reported, organisationId };
      return reported === 'completed' ? openCheckBack({ ...issue, phase: 'closeoutRequested' }, frame) : openAssign(issue, frame);
    }
    case 'assigned':
      return assigned(state, event, frame);
    case 'acknowledged':
      return acknowledged(state, frame);
    case 'planProposed':
      return planProposed(state, event, frame);
    case 'planApproved':
      return planApproved(state, event, frame);
    case 'planReturned':
      return planReturned(state, frame);
    case 'planReviewed':
      return planReviewed(state, event, frame);
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
      return extensionDecided(state, event, frame);
    case 'closeoutRequested':
      return closeoutRequested(state, frame);
    case 'checkBackPlanned':
      return { ...state, phase: 'checkBack', checkBackMode: event.mode, checkers: event.checkers };
    case 'checkBackPassed':
      return checkBackPassed(state, event, frame);
    case 'returned':
      return returned(state, frame);
    case 'reviewed':
      return reviewed(state, event, frame);
    case 'closed':
      return closed(state, event, frame);
    case 'afterCheckBackPlanned':
      return drawn(state, event, frame);
    case 'consolidated':
      return consolidated(state, frame);
    case 'relapsed':
      return relapsed(state, frame);
    case 'paperSigned':
      return paperSigned(state, event, frame);
    case 'paperReplied':
      return paperReplied(state, event, frame);
    default:
      return unreachable(event);
  }
}

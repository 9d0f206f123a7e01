import { endedByPaper } from '../obligation/duties';
import { unreachable } from '../result';
import { evolveCommon, isCommonEvent } from '../obligation/evolve-common';
import type { EventFrame } from '../obligation/types';
import { instant, localDate } from '../time';
import type { IssueEvent } from './events';
import { closed, closeoutRequested, consolidated, measureCompleted } from './evolve-closeout';
import { checkBackPassed, drawn, relapsed, returned, reviewed } from './evolve-review';
import { milestoneCompleted, stageReached, stageReviewed, upkeepConfirmed } from './evolve-sustained';
import {
  correctionProposed,
  correctionRefused,
  mergedInto,
  reassigned,
  splitUp,
  takenOver,
  transferredOut,
  voided,
} from './evolve-correct';
import { suspended, suspensionReviewed, resumed, withdrawn, reopened } from './evolve-suspension';
import { recused, handedOver } from './evolve-parties';
import { coordinationRequested, coordinationDecided, coordinationNoted, coordinationAnswered } from './evolve-coordination';
import {
  causesNamed,
  handlingRecorded,
  moneyCorrected,
  moneyRecorded,
  ruleRecorded,
  publicStatusSet,
  implementationEdited,
} from './evolve-records';
import { extensionDecided, extensionEndorsed, extensionRequested } from './evolve-extension';
import { acknowledged, assigned, planApproved, planProposed, planReturned, planReviewed } from './evolve-plan';
import { escalated, paperDeclined, paperHeld, paperReplied, paperSigned, talkDecided, withoutMootTalk } from './evolve-paper';
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
    title: null,
    text: null,
    feedbackOn: localDate('1970-01-01'),
    reported: null,
    assignment: null,
    measures: [],
    planProposedBy: null,
    rootCause: null,
    widerCheck: null,
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
    correction: null,
    replacedBy: [],
    suspendedFrom: null,
    stoppedBefore: [],
    formerly: [],
    coordination: null,
    coordinations: 0,
    tail: false,
    stageSince: null,
    recursOf: [],
    sharedWith: [],
    handling: [],
    money: [],
    newRules: [],
    publicStatus: null,
    implementation: null,
    progress: null,
    offSystem: false,
    papers: [],
    lastOccurredAt: instant('1970-01-01T00:00:00Z'),
  };
}

/** Folds one event into the state: pure, total, and the place where it stands which event opens and closes which duty. */
export const evolve = (before: IssueState, event: IssueEvent, frame: EventFrame): IssueState =>
  endedByPaper(before, withoutMootTalk(fold(before, event, frame), event, frame), frame);

function fold(before: IssueState, event: IssueEvent, frame: EventFrame): IssueState {
  const at = frame.occurredAt;
  const state: IssueState = { ...before, version: before.version + 1, lastOccurredAt: at };
  if (isCommonEvent(event)) return evolveCommon(state, event, at);
  switch (event.type) {
    case 'registered': {
      const { roundId, number, title, text, feedbackOn, reported, organisationId = null, recursOf = [], offSystem = false } = event;
      const issue: IssueState = { ...state, roundId, number, title, text, feedbackOn, reported, organisationId, recursOf, offSystem };
      return reported === 'completed' ? openCheckBack({ ...issue, phase: 'closeoutRequested' }, frame) : openAssign(issue, frame);
    }
    case 'assigned':
      return assigned(state, event, frame);
    case 'acknowledged':
      return state.phase === 'assigned' ? acknowledged(state, frame) : takenOver(state, event, frame);
    case 'planProposed':
      return planProposed(causesNamed(state, event), event, frame);
    case 'planApproved':
      return planApproved(state, event, frame);
    case 'planReturned':
      return planReturned(state, frame);
    case 'planReviewed':
      return planReviewed(state, event, frame);
    case 'progressReported':
      return { ...state, progress: { text: event.progress, at } };
    case 'amended':
      return { ...state, title: event.title ?? state.title, text: event.text ?? state.text };
    case 'commented':
      return state;
    case 'measureCompleted':
      return measureCompleted(state, event, frame);
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
    case 'checkBackWaived':
      return checkBackPassed(state, event, frame);
    case 'returned':
      return returned(state, frame);
    case 'reviewed':
      return reviewed(state, event, frame);
    case 'closed':
      return closed({ ...state, correction: null }, event, frame);
    case 'afterCheckBackPlanned':
      return drawn(state, event, frame);
    case 'consolidated':
      return consolidated(state, event, frame);
    case 'relapsed':
      return relapsed(state, frame);
    case 'paperSigned':
      return paperSigned(state, event, frame);
    case 'paperReplied':
      return paperReplied(state, event, frame);
    case 'milestoneCompleted':
      return milestoneCompleted(state, event, frame);
    case 'stageReached':
      return stageReached(state, event, frame);
    case 'stageReviewed':
      return stageReviewed(state, event, frame);
    case 'upkeepConfirmed':
      return upkeepConfirmed(state, event, frame);
    case 'correctionProposed':
      return correctionProposed(state, event, frame);
    case 'correctionRefused':
      return correctionRefused(state, event, frame);
    case 'voided':
      return voided(state, event, frame);
    case 'splitUp':
      return splitUp(state, event, frame);
    case 'mergedInto':
      return mergedInto(state, event, frame);
    case 'reassigned':
      return reassigned(state, event, frame);
    case 'transferredOut':
      return transferredOut(state, event, frame);
    case 'suspended':
      return suspended(state, event, frame);
    case 'suspensionReviewed':
      return suspensionReviewed(state, event, frame);
    case 'resumed':
      return resumed(state, event, frame);
    case 'withdrawn':
      return withdrawn(state, event, frame);
    case 'reopened':
      return reopened(state, event, frame);
    case 'recused':
      return recused(state, event, frame);
    case 'handedOver':
      return handedOver(state, event, frame);
    case 'coordinationRequested':
      return coordinationRequested(state, event, frame);
    case 'coordinationDecided':
      return coordinationDecided(state, event, frame);
    case 'coordinationNoted':
      return coordinationNoted(state, event, frame);
    case 'coordinationAnswered':
      return coordinationAnswered(state, event, frame);
    case 'handlingRecorded':
      return handlingRecorded(state, event, frame);
    case 'moneyRecorded':
      return moneyRecorded(state, event, frame);
    case 'moneyCorrected':
      return moneyCorrected(state, event, frame);
    case 'talkDecided':
      return talkDecided(state, event, frame);
    case 'ruleRecorded':
      return ruleRecorded(state, event, frame);
    case 'publicStatusSet':
      return publicStatusSet(state, event, frame);
    case 'implementationEdited':
      return implementationEdited(state, event, frame);
    case 'escalated':
      return escalated(state, event, frame);
    case 'paperHeld':
      return paperHeld(state, event, frame);
    case 'paperDeclined':
      return paperDeclined(state, event, frame);
    case 'extensionEndorsed':
      return extensionEndorsed(state, event, frame);
    case 'recurrenceLinked':
      return { ...state, recursOf: event.recursOf };
    case 'rectificationShared':
      return { ...state, sharedWith: event.sharedWith };
    default:
      return unreachable(event);
  }
}

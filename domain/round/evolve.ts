import { close, everything, ofId, ofKind, open } from '../obligation/duties';
import { evolveCommon, isCommonEvent } from '../obligation/evolve-common';
import { dayOf, type EventFrame } from '../obligation/types';
import { unreachable } from '../result';
import { dateOf, instant, localDate } from '../time';
import { cadenceDuty, isOfCadence } from './cadence';
import { collectionDuty } from './decide-collection';
import type { RoundEvent, RoundEventOf } from './events';
import { findingReturned, findingSubmitted, settleFinding, stageOpened } from './evolve-findings';
import { isSelfCheck } from './self-check';
import type { RoundState } from './types';

/** The state before the first event. */
export function emptyRound(id: string): RoundState {
  return {
    id,
    roundId: id.replace(/^round\//, ''),
    version: 0,
    organisationId: null,
    assignment: null,
    recused: [],
    name: '',
    source: 'inspection',
    phase: 'rectifying',
    feedbackOn: localDate('1970-01-01'),
    policy: null,
    issues: 0,
    planFiledOn: null,
    reportsFiled: [],
    assessment: null,
    checkBackPlan: null,
    cadences: {},
    collections: [],
    stages: [],
    findings: [],
    clues: null,
    duties: [],
    papers: [],
    lastOccurredAt: instant('1970-01-01T00:00:00Z'),
  };
}

/** Folds one event of a round: pure, total, and the place where it stands which event opens and closes which duty of a round. */
export function evolveRound(before: RoundState, event: RoundEvent, frame: EventFrame): RoundState {
  const at = frame.occurredAt;
  const state: RoundState = { ...before, version: before.version + 1, lastOccurredAt: at };
  if (isCommonEvent(event)) return evolveCommon(state, event, at);
  switch (event.type) {
    case 'roundOpened':
      return opened(state, event, frame);
    case 'issuesAdded':
      return { ...state, issues: state.issues + event.issueIds.length };
    case 'roundPlanFiled':
      return close({ ...state, planFiledOn: dayOf(frame) }, at, event.type, ofKind('roundPlan'));
    case 'reportFiled':
      return reportFiled(state, event, frame);
    case 'cadenceOpened':
      return cadenceOpened(state, event, frame);
    case 'cadenceHeld':
      return close(state, at, event.type, ofId(event.dutyId));
    case 'assessed': {
      const { score, grade, deductions } = event;
      return close<RoundState>(
        { ...state, phase: 'assessed', assessment: { score, grade, deductions } },
        at,
        event.type,
        ofKind('assessment'),
      );
    }
    case 'checkBackPlanned': {
      const { mode, seed, percent, issues, checkers } = event;
      return close({ ...state, checkBackPlan: { mode, seed, percent, issues, checkers } }, at, event.type, ofKind('checkBackPlan'));
    }
    case 'collectionCalled':
      return collectionCalled(state, event, frame);
    case 'collectionAnswered':
      return collectionAnswered(state, event, frame);
    case 'stageOpened':
      return stageOpened(state, event, frame);
    case 'findingSubmitted':
      return findingSubmitted(state, event, frame);
    case 'noneFound':
      return close(state, at, event.type, isSelfCheck(event.stage, event.unitId));
    case 'findingAccepted':
      return settleFinding({ ...state, issues: state.issues + 1 }, event, frame, { state: 'accepted', issueId: event.issueId });
    case 'findingMerged':
      return settleFinding(state, event, frame, { state: 'merged', issueId: event.issueId });
    case 'findingReturned':
      return findingReturned(state, event, frame);
    case 'cluesRecorded': {
      const { received, handling, settled, released } = event;
      return { ...state, clues: { received, handling, settled, released } };
    }
    case 'policyPutInForce':
      return { ...state, policy: event.policy };
    case 'roundClosed':
      return close<RoundState>({ ...state, phase: 'closed' }, at, event.type, everything);
    default:
      return unreachable(event);
  }
}

/** Opening a round opens its plan and its two reports; who files them is reminded from the first day. */
function opened(state: RoundState, event: RoundEventOf<'roundOpened'>, { occurredAt: at }: EventFrame): RoundState {
  const { name, feedbackOn, issues, supervised } = event;
  const round: RoundState = { ...state, name, feedbackOn, issues };
  if (supervised === undefined) return round;
  const { source, policy, organisationId } = supervised;
  const owed: RoundState = { ...round, source, policy, organisationId };
  const planned = open(owed, at, { kind: 'roundPlan', holder: 'rectificationOffice', due: { term: 'roundPlan', from: feedbackOn } });
  const due = { term: 'concentratedPeriod', from: feedbackOn } as const;
  const reported = open(planned, at, { kind: 'organisationReport', holder: 'rectificationOffice', due });
  return open(reported, at, { kind: 'secretaryReport', holder: 'firstResponsible', due });
}

/** When both reports are in, the assessment and the plan for looking again are owed, by terms that count from the end of the period. */
function reportFiled(state: RoundState, event: RoundEventOf<'reportFiled'>, frame: EventFrame): RoundState {
  const { type, report, periodEndsOn, checkBackOwed = true } = event;
  const at = frame.occurredAt;
  const filed = close({ ...state, reportsFiled: [...state.reportsFiled, report] }, at, type, ofKind(report));
  if (filed.reportsFiled.length < 2) return filed;
  const filedOn = dayOf(frame);
  const from = periodEndsOn !== undefined && periodEndsOn > filedOn ? periodEndsOn : filedOn;
  const assessment = open<RoundState>({ ...filed, phase: 'reported' }, at, {
    kind: 'assessment',
    holder: 'inspectionOffice',
    due: { term: 'assessment', from },
  });
  return state.checkBackPlan || !checkBackOwed
    ? assessment
    : open(assessment, at, { kind: 'checkBackPlan', holder: 'inspectionOffice', due: { term: 'checkBackPlan', from } });
}

function cadenceOpened(state: RoundState, event: RoundEventOf<'cadenceOpened'>, { occurredAt }: EventFrame): RoundState {
  const { cadence, on, until, at } = event;
  const lapsed = close(state, occurredAt, 'lapsed', ({ id }) => isOfCadence(id, cadence));
  // on its day it is owed from the instant that the forecast names; a late one from when it was noticed
  return open({ ...lapsed, cadences: { ...state.cadences, [cadence]: on } }, dateOf(at) === dateOf(occurredAt) ? at : occurredAt, {
    id: cadenceDuty(cadence, on),
    kind: 'cadence',
    holder: 'rectificationOffice',
    due: { named: until },
  });
}

/** One call a period; each unit owes one answer. What a unit left unanswered before lapses: it has a new page of the same measures. */
function collectionCalled(state: RoundState, event: RoundEventOf<'collectionCalled'>, { occurredAt: at }: EventFrame): RoundState {
  const { collectionId, period, dueOn, units } = event;
  const called: RoundState = { ...state, collections: [...state.collections, { id: collectionId, period, dueOn, units, answers: [] }] };
  const renewed = close(called, at, 'lapsed', ({ kind, unitId }) => kind === 'collection' && units.includes(unitId ?? ''));
  return units.reduce(
    (round, unitId) =>
      open(round, at, {
        id: collectionDuty(collectionId, unitId),
        kind: 'collection',
        holder: 'unitHead',
        unitId,
        due: { named: dueOn },
      }),
    renewed,
  );
}

function collectionAnswered(state: RoundState, event: RoundEventOf<'collectionAnswered'>, { occurredAt: at }: EventFrame): RoundState {
  const { collectionId, unitId, rows } = event;
  const collections = state.collections.map((collection) =>
    collection.id === collectionId ? { ...collection, answers: [...collection.answers, { unitId, at, rows }] } : collection,
  );
  return close({ ...state, collections }, at, event.type, ofId(collectionDuty(collectionId, unitId)));
}

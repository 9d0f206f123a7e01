import { close, everything, ofId, ofKind, open } from '../obligation/duties';
import { evolveCommon, isCommonEvent } from '../obligation/evolve-common';
import { dayOf, type EventFrame } from '../obligation/types';
import { unreachable } from '../result';
import { dateOf, instant, localDate } from '../time';
import type { RoundEvent, RoundEventOf } from './events';
import type { Finding, RoundState } from './types';

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
      return close(state, at, event.type, ofId(`selfCheck:${event.stage}:${event.unitId}`));
    case 'findingAccepted':
      return settleFinding({ ...state, issues: state.issues + 1 }, event, frame, { state: 'accepted', issueId: event.issueId });
    case 'findingMerged':
      return settleFinding(state, event, frame, { state: 'merged', issueId: event.issueId });
    case 'findingReturned':
      return settleFinding(state, event, frame, { state: 'returned' });
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

/** When both reports are in, the assessment and the plan for looking again are owed. */
function reportFiled(state: RoundState, { type, report }: RoundEventOf<'reportFiled'>, frame: EventFrame): RoundState {
  const at = frame.occurredAt;
  const filed = close({ ...state, reportsFiled: [...state.reportsFiled, report] }, at, type, ofKind(report));
  if (filed.reportsFiled.length < 2) return filed;
  const from = dayOf(frame);
  const assessment = open<RoundState>({ ...filed, phase: 'reported' }, at, {
    kind: 'assessment',
    holder: 'inspectionOffice',
    due: { term: 'assessment', from },
  });
  return state.checkBackPlan
    ? assessment
    : open(assessment, at, { kind: 'checkBackPlan', holder: 'inspectionOffice', due: { term: 'checkBackPlan', from } });
}

function cadenceOpened(state: RoundState, event: RoundEventOf<'cadenceOpened'>, { occurredAt }: EventFrame): RoundState {
  const { cadence, on, until, at } = event;
  const lapsed = close(state, occurredAt, 'lapsed', ({ id }) => id.startsWith(`cadence:${cadence}:`));
  // on its day it is owed from the instant that the forecast names; a late one from when it was noticed
  return open({ ...lapsed, cadences: { ...state.cadences, [cadence]: on } }, dateOf(at) === dateOf(occurredAt) ? at : occurredAt, {
    id: `cadence:${cadence}:${on}`,
    kind: 'cadence',
    holder: 'rectificationOffice',
    due: { named: until },
  });
}

/** One call a period; each unit owes one answer. */
function collectionCalled(state: RoundState, event: RoundEventOf<'collectionCalled'>, { occurredAt: at }: EventFrame): RoundState {
  const { collectionId, period, dueOn, units } = event;
  const called: RoundState = { ...state, collections: [...state.collections, { id: collectionId, period, dueOn, units, answers: [] }] };
  return units.reduce(
    (round, unitId) =>
      open(round, at, {
        id: `collection:${collectionId}:${unitId}`,
        kind: 'collection',
        holder: 'unitHead',
        unitId,
        due: { named: dueOn },
      }),
    called,
  );
}

function collectionAnswered(state: RoundState, event: RoundEventOf<'collectionAnswered'>, { occurredAt: at }: EventFrame): RoundState {
  const { collectionId, unitId, rows } = event;
  const collections = state.collections.map((collection) =>
    collection.id === collectionId ? { ...collection, answers: [...collection.answers, { unitId, at, rows }] } : collection,
  );
  return close({ ...state, collections }, at, event.type, ofId(`collection:${collectionId}:${unitId}`));
}

/** A stage of a campaign: every unit hands in what it found itself, or says that it found nothing, by the stage's last day. */
function stageOpened(state: RoundState, { stage, until, units }: RoundEventOf<'stageOpened'>, { occurredAt: at }: EventFrame): RoundState {
  return units.reduce(
    (round, unitId) =>
      open(round, at, { id: `selfCheck:${stage}:${unitId}`, kind: 'selfCheck', holder: 'unitHead', unitId, due: { named: until } }),
    { ...state, stages: [...state.stages, { name: stage, until }] },
  );
}

function findingSubmitted(state: RoundState, event: RoundEventOf<'findingSubmitted'>, frame: EventFrame): RoundState {
  const { findingId, unitId, stage, title, text } = event;
  const finding: Finding = { id: findingId, unitId, stage, title, text, state: 'submitted', issueId: null };
  const handedIn = close(
    { ...state, findings: [...state.findings, finding] },
    frame.occurredAt,
    event.type,
    ofId(`selfCheck:${stage}:${unitId}`),
  );
  return open(handedIn, frame.occurredAt, {
    id: `finding:${findingId}`,
    kind: 'finding',
    holder: 'rectificationOffice',
    due: { term: 'finding', from: dayOf(frame) },
  });
}

function settleFinding(
  state: RoundState,
  { type, findingId }: RoundEventOf<'findingAccepted' | 'findingMerged' | 'findingReturned'>,
  { occurredAt }: EventFrame,
  with_: Partial<Finding>,
): RoundState {
  const findings = state.findings.map((finding) => (finding.id === findingId ? { ...finding, ...with_ } : finding));
  return close({ ...state, findings }, occurredAt, type, ofId(`finding:${findingId}`));
}

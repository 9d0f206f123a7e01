import { close, ofId, open } from '../obligation/duties';
import { dayOf, type EventFrame } from '../obligation/types';
import type { RoundEventOf } from './events';
import { isSelfCheck, selfCheckId } from './self-check';
import type { Finding, RoundState } from './types';

// What units of a campaign find themselves, from the stage that asks for it to the issue it becomes.

/** A stage of a campaign: every unit hands in what it found itself, or says that it found nothing, by the stage's last day. */
export function stageOpened(
  state: RoundState,
  { stage, until, units }: RoundEventOf<'stageOpened'>,
  { occurredAt: at }: EventFrame,
): RoundState {
  return units.reduce(
    (round, unitId) =>
      open(round, at, { id: selfCheckId(stage, unitId), kind: 'selfCheck', holder: 'unitHead', unitId, due: { named: until } }),
    { ...state, stages: [...state.stages, { name: stage, until, units }] },
  );
}

export function findingSubmitted(state: RoundState, event: RoundEventOf<'findingSubmitted'>, frame: EventFrame): RoundState {
  const { findingId, unitId, stage, title, text } = event;
  const finding: Finding = { id: findingId, unitId, stage, title, text, state: 'submitted', issueId: null };
  const handedIn = close({ ...state, findings: [...state.findings, finding] }, frame.occurredAt, event.type, isSelfCheck(stage, unitId));
  return open(handedIn, frame.occurredAt, {
    id: `finding:${findingId}`,
    kind: 'finding',
    holder: 'rectificationOffice',
    due: { term: 'finding', from: dayOf(frame) },
  });
}

/**
 * A returned finding: its unit owes its answer again, by the stage's last day while the stage runs, else by the term of a redo. It hands
 * the finding in again as a new one, or says that there is none. A unit that still owes an answer owes no second one.
 */
export function findingReturned(state: RoundState, event: RoundEventOf<'findingReturned'>, frame: EventFrame): RoundState {
  const settled = settleFinding(state, event, frame, { state: 'returned' });
  const finding = settled.findings.find(({ id }) => id === event.findingId);
  if (!finding) return settled;
  const { unitId, stage } = finding;
  const own = settled.duties.filter(isSelfCheck(stage, unitId));
  if (own.some(({ closedAt }) => closedAt === null)) return settled;
  const until = settled.stages.find(({ name }) => name === stage)?.until;
  const today = dayOf(frame);
  return open(settled, frame.occurredAt, {
    id: own.length === 0 ? selfCheckId(stage, unitId) : `${selfCheckId(stage, unitId)}#${own.length + 1}`,
    kind: 'selfCheck',
    holder: 'unitHead',
    unitId,
    due: until !== undefined && until > today ? { named: until } : { term: 'redo', from: today },
  });
}

export function settleFinding(
  state: RoundState,
  { type, findingId }: RoundEventOf<'findingAccepted' | 'findingMerged' | 'findingReturned'>,
  { occurredAt }: EventFrame,
  with_: Partial<Finding>,
): RoundState {
  const findings = state.findings.map((finding) => (finding.id === findingId ? { ...finding, ...with_ } : finding));
  return close({ ...state, findings }, occurredAt, type, ofId(`finding:${findingId}`));
}

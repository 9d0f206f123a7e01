import { decideRound } from '../domain/round/decide';
import type { RoundFacts } from '../domain/round/decision';
import type { RoundEvent } from '../domain/round/events';
import { emptyRound } from '../domain/round/evolve';
import { roundKind } from '../domain/round/round-kind';
import type { RoundState } from '../domain/round/types';
import type { NewEvent } from './append';
import type { Transaction } from './database';
import { nothingBegun, type Begun, type Change, type LedgerKind, type OpenKind } from './kinds';
import { roundDueOn, toneOf } from './project';
import { openFinding } from './register';
import { policyNames } from './rules';

/** A round in the ledger: its table, what its gates must know of its issues, the issues that its findings become. */
export const openRound: OpenKind = (tx, owner, id) => {
  const kind: LedgerKind<RoundState, RoundEvent> = {
    rules: roundKind,
    empty: emptyRound(id),
    decide: async (state, command, context) => decideRound(state, command, { ...context, facts: await factsOf(tx, state.roundId) }),
    complete: (_state, events) => Promise.resolve(events),
    save: (change, written) => save(tx, owner, change, written),
    face: (state, context, now) => ({
      phase: state.phase,
      roundId: state.roundId,
      leadUnitId: null,
      dueOn: roundDueOn(state, context),
      tone: toneOf(state, context, now),
    }),
  };
  return Promise.resolve(kind as unknown as LedgerKind);
};

async function factsOf(tx: Transaction, roundId: string): Promise<RoundFacts> {
  const issues = await tx.$queryRaw<{ id: string; number: number; phase: string; final: boolean; units: string[] }[]>`
    SELECT i.id, i.number, i.phase, s.final, CASE WHEN i.lead_unit_id IS NULL THEN ARRAY[]::text[] ELSE array_append(
      ARRAY(SELECT jsonb_array_elements_text(i.state->'assignment'->'coUnitIds')), i.lead_unit_id) END AS units FROM issue i JOIN stream s ON s.id = i.id WHERE i.round_id = ${roundId} ORDER BY i.number, i.id`;
  return {
    issues: issues.map(({ id }) => id),
    openIssues: issues.filter(({ final }) => !final).map(({ id }) => id),
    closedIssues: issues.filter(({ phase }) => phase === 'closed').map(({ id }) => id),
    unitsOfIssue: Object.fromEntries(issues.map(({ id, units }) => [id, units])),
    lastNumber: issues.reduce((last, { number }) => Math.max(last, number), 0),
    policies: await policyNames(tx),
  };
}

async function save(
  tx: Transaction,
  owner: object,
  { after, events, now }: Change<RoundState>,
  written: readonly NewEvent[],
): Promise<Begun> {
  await tx.$executeRaw`UPDATE round SET phase = ${after.phase}, state = ${JSON.stringify(after)}::jsonb WHERE id = ${after.roundId}`;
  let begun = nothingBegun;
  for (const event of events as readonly RoundEvent[]) {
    if (event.type === 'policyPutInForce') {
      await tx.$executeRaw`UPDATE round SET policy = ${event.policy}, policy_since = ${now}::timestamptz WHERE id = ${after.roundId}`;
      begun = { ...begun, rollout: true };
    } else if (event.type === 'findingAccepted') {
      const by = written.find(({ type }) => type === event.type);
      const streamId = await openFinding(tx, owner, { round: after, event, by: { actor: by?.actor ?? '', via: by?.via ?? '', now } });
      begun = { ...begun, streams: [...begun.streams, streamId] };
    }
  }
  return begun;
}

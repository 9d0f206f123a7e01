import { advance as fireDue, ENGINE } from '../domain/issue/advance';
import { agenda, nextWake } from '../domain/issue/agenda';
import type { IssueCommand } from '../domain/issue/commands';
import type { RuleContext } from '../domain/issue/context';
import { decide } from '../domain/issue/decide';
import type { IssueEvent } from '../domain/issue/events';
import { evolve } from '../domain/issue/evolve';
import { isFinal, type IssueState, type Phase } from '../domain/issue/types';
import type { Failure } from '../domain/failure';
import { obligationLabels, type Tone } from '../domain/policy/policy';
import { later, type Instant } from '../domain/time';
import { chain, databaseNow, insertEvents, lockStream, saveHeads, type NewEvent, type StreamHead } from './append';
import { inTransaction, type Database, type Transaction } from './database';
import { loadIssue } from './load';
import { settleNotices, unstartedDigests, type DigestKey } from './notices';
import { drawNumbers } from './numbers';
import { sealLetters } from './letters';
import { dueOn, firedRungs, project, toneOf } from './project';
import { loadRules } from './rules';

/** How a command ended; recorded with it, so the same key always gives the same answer. */
export type Outcome =
  | { readonly accepted: true; readonly phase: Phase; readonly version: number; readonly events: readonly string[] }
  | { readonly accepted: false; readonly rejection: Failure };

/** What the life of an issue needs to know after a step; `version` orders answers that overtake each other. */
export interface StepResult {
  readonly version: number;
  readonly phase: Phase;
  readonly nextWakeAt: Instant | null;
  /** What the next rung is, in words. */
  readonly nextRung: string | null;
  readonly final: boolean;
  readonly roundId: string;
  readonly leadUnitId: string | null;
  readonly dueOn: string | null;
  readonly tone: Tone;
  /** Digests that this step made: their delivery is started after the commit. */
  readonly newDigests: readonly DigestKey[];
}

export interface CommandResult extends StepResult {
  readonly outcome: Outcome;
}

/** The stored body of a command. */
export interface CommandBody {
  readonly command: IssueCommand;
  /** The version of the last act that the person had seen; somebody else's later act makes the command stale. */
  readonly expectedVersion?: number;
}

/** The ledger was asked about something it does not have; retrying will not help. */
export class UnknownToLedger extends Error {}

/**
 * Decides a stored command, once: what is due before it fires first, then the gate judges, then the new duties are announced.
 * One transaction; the same key again returns the recorded outcome. `now` is the workflow's clock.
 */
export async function runCommand(database: Database, key: string, now: Instant): Promise<CommandResult> {
  return inTransaction(database, async (tx) => {
    const stored = await tx.command.findUnique({ where: { key } });
    if (!stored) throw new UnknownToLedger(`no command ${key}`);
    const issue = await openIssue(tx, stored.streamId, database, now);
    const { outcome: recorded } = await tx.command.findUniqueOrThrow({ where: { key }, select: { outcome: true } });
    if (recorded)
      return { ...resultOf(issue, issue.state, await unstartedDigests(tx, issue.head.id)), outcome: recorded as unknown as Outcome };

    const body = stored.body as unknown as CommandBody;
    const due = fireDue(issue.state, issue.context, issue.now);
    const decision = (await isStale(tx, stored.streamId, body))
      ? staleRejection
      : decide(due.state, body.command, { ...issue.context, now: issue.now, actor: stored.actor });
    const written = due.events.map((event) => engineEvent(event, issue.now));
    let state = due.state;
    let outcome: Outcome;
    if (decision.ok) {
      const numbered = await drawNumbers(tx, state, decision.events, issue.now);
      const events = await sealLetters(tx, state, numbered, issue.context);
      for (const event of events) {
        state = evolve(state, event, { actor: stored.actor, occurredAt: issue.now });
        written.push({ ...bodyOf(event), actor: stored.actor, via: stored.via, commandKey: key, occurredAt: issue.now, effectiveOn: null });
      }
      const announced = fireDue(state, issue.context, issue.now);
      written.push(...announced.events.map((event) => engineEvent(event, issue.now)));
      state = announced.state;
      outcome = { accepted: true, phase: state.phase, version: state.version, events: events.map(({ type }) => type) };
    } else outcome = { accepted: false, rejection: decision.rejection };

    const newDigests = await save(tx, issue, state, written);
    await tx.$executeRaw`UPDATE command SET outcome = ${JSON.stringify(outcome)}::jsonb, decided_at = clock_timestamp() WHERE key = ${key}`;
    return { ...resultOf(issue, state, newDigests), outcome };
  });
}

/** Fires the rungs that are due at `now`; does nothing when none is. One transaction. */
export async function advance(database: Database, issueId: string, now: Instant): Promise<StepResult> {
  return inTransaction(database, async (tx) => {
    const issue = await openIssue(tx, issueId, database, now);
    const { events, state } = fireDue(issue.state, issue.context, issue.now);
    const newDigests = await save(
      tx,
      issue,
      state,
      events.map((event) => engineEvent(event, issue.now)),
    );
    return resultOf(issue, state, newDigests);
  });
}

interface OpenIssue {
  readonly head: StreamHead;
  readonly state: IssueState;
  readonly context: RuleContext;
  /** max(workflow time, the stream's last occurredAt): time never runs backwards within a stream. */
  readonly now: Instant;
}

async function openIssue(tx: Transaction, issueId: string, owner: Database, now: Instant): Promise<OpenIssue> {
  const head = await lockStream(tx, 'issue', issueId);
  if (!head) throw new UnknownToLedger(`no issue ${issueId}`);
  return { head, state: await loadIssue(tx, issueId), context: await loadRules(tx, owner), now: later(now, head.lastOccurredAt) };
}

async function save(tx: Transaction, issue: OpenIssue, after: IssueState, written: readonly NewEvent[]): Promise<DigestKey[]> {
  const { head, state: before, context, now } = issue;
  const wake = { nextWakeAt: nextWake(after, context), final: isFinal(after.phase) };
  if (written.length === 0) {
    await tx.$executeRaw`UPDATE stream SET next_wake_at = ${wake.nextWakeAt}::timestamptz WHERE id = ${head.id} AND next_wake_at IS DISTINCT FROM ${wake.nextWakeAt}::timestamptz`;
    return unstartedDigests(tx, head.id);
  }
  const { head: newHead, rows } = chain(head, written, await databaseNow(tx));
  await insertEvents(tx, rows);
  await saveHeads(tx, 'issue', [{ ...newHead, ...wake }]);
  const events = written.map(({ type, payload }) => ({ ...payload, type }) as unknown as IssueEvent);
  await project(tx, { before, after, events, context, now });
  return settleNotices(tx, {
    issueId: head.id,
    fired: firedRungs(events),
    closed: after.duties.filter((duty, index) => duty.closedAt !== null && before.duties[index]?.closedAt == null),
    context,
    now,
  });
}

function resultOf({ context, now }: OpenIssue, state: IssueState, newDigests: readonly DigestKey[]): StepResult {
  const next = agenda(state, context, state.lastOccurredAt)[0];
  return {
    version: state.version,
    phase: state.phase,
    nextWakeAt: next?.at ?? null,
    nextRung: next ? `${obligationLabels[next.obligation.duty.kind]} ${next.rung.label}` : null,
    final: isFinal(state.phase),
    roundId: state.roundId,
    leadUnitId: state.assignment?.leadUnitId ?? null,
    dueOn: dueOn(state, context),
    tone: toneOf(state, context, now),
    newDigests,
  };
}

function bodyOf(event: IssueEvent): Pick<NewEvent, 'type' | 'payload'> {
  const { type, ...payload } = event;
  return { type, payload };
}

const engineEvent = (event: IssueEvent, now: Instant): NewEvent => ({
  ...bodyOf(event),
  actor: ENGINE,
  via: ENGINE,
  commandKey: null,
  occurredAt: now,
  effectiveOn: null,
});

/** Whether somebody acted after the version that the person had seen; what the engine fires makes nothing stale. */
async function isStale(tx: Transaction, streamId: string, { expectedVersion }: CommandBody): Promise<boolean> {
  if (expectedVersion === undefined) return false;
  return (await tx.event.count({ where: { streamId, version: { gt: expectedVersion }, actor: { not: ENGINE } } })) > 0;
}

const staleRejection = {
  ok: false,
  rejection: { code: 'version.stale', what: '在您查看之后，该问题已被他人办理。', todo: '请刷新后再办。' },
} as const;

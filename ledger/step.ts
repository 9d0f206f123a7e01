import { BASE } from '../domain/base/types';
import type { RuleContext } from '../domain/context';
import type { Decision } from '../domain/decision';
import type { Failure } from '../domain/failure';
import { advance as doDue, ENGINE } from '../domain/obligation/advance';
import { agenda } from '../domain/obligation/agenda';
import { changeRules } from '../domain/obligation/change-rules';
import { nextWake } from '../domain/obligation/kind';
import type { Account } from '../domain/obligation/types';
import { obligationLabels } from '../domain/policy/policy';
import { later, type Instant } from '../domain/time';
import { baseMustLook } from './base-facts';
import { openBase } from './base-kind';
import { chain, databaseNow, insertEvents, lockStream, saveHeads, type LockedHead, type NewEvent, type StreamKind } from './append';
import { inTransaction, type Database, type Transaction } from './database';
import { openIssue } from './issue-kind';
import { nothingBegun, type AnyEvent, type Begun, type Face, type LedgerKind, type OpenKind } from './kinds';
import { foldStream } from './load';
import { settleNotices, unstartedDigests, type DigestKey } from './notices';
import { firedRungs, projectObligations } from './project';
import { decidedBy, type Recorded } from './recorded';
import { openRound } from './round-kind';
import { calendarSince, loadRules, rulesNamed, rulesOf } from './rules';

/** How a command ended; recorded with it, so the same key always gives the same answer. */
export type Outcome =
  | { readonly accepted: true; readonly phase: string; readonly version: number; readonly events: readonly string[] }
  | { readonly accepted: false; readonly rejection: Failure };

/** What a life needs to know after a step; `version` orders answers that overtake each other. */
export interface StepResult extends Face {
  readonly version: number;
  readonly nextWakeAt: Instant | null;
  /** What the next rung is, in words. */
  readonly nextRung: string | null;
  readonly final: boolean;
  /** Digests that this step made: their delivery is started after the commit. */
  readonly newDigests: readonly DigestKey[];
  /** What it began in other streams. */
  readonly begun: Begun;
}

export interface CommandResult extends StepResult {
  readonly outcome: Outcome;
}

/** The stored body of a command. */
export interface CommandBody {
  readonly command: { readonly type: string };
  /** The version of the last act that the person had seen; somebody else's later act makes the command stale. */
  readonly expectedVersion?: number;
  /** A decision made on paper or in a meeting, recorded here: who decided, when, in which document. */
  readonly recorded?: Recorded;
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
    const account = await openAccount(tx, stored.streamId, database, now);
    const { outcome: known } = await tx.command.findUniqueOrThrow({ where: { key }, select: { outcome: true } });
    if (known) return { ...(await unchanged(tx, account)), outcome: known as unknown as Outcome };

    const body = stored.body as unknown as CommandBody;
    const run = begin(account);
    run.due();
    const { actor, via, effectiveOn, preface, refusal, context, decidedAt } = decidedBy(run.state, stored, body.recorded, account);
    const decision: Decision<AnyEvent> =
      refusal ??
      ((await isStale(tx, stored.streamId, body))
        ? staleRejection
        : await account.kind.decide(run.state, body.command as never, { ...context, now: decidedAt, actor }));
    let outcome: Outcome;
    if (decision.ok) {
      const events = [
        ...preface,
        ...(await account.kind.complete(run.state, decision.events, account.context, { now: account.now, actor })),
      ];
      run.add(events, { actor, via, commandKey: key, effectiveOn });
      run.due();
      outcome = {
        accepted: true,
        phase: account.kind.face(run.state, account.context, account.now).phase,
        version: run.state.version,
        events: decision.events.map(({ type }) => type),
      };
    } else outcome = { accepted: false, rejection: decision.rejection };

    const saved = await save(tx, account, run.state, run.written);
    await tx.$executeRaw`UPDATE command SET outcome = ${JSON.stringify(outcome)}::jsonb, decided_at = clock_timestamp() WHERE key = ${key}`;
    return { ...resultOf(account, run.state, saved), outcome };
  });
}

/** Does what is due in a stream at `now`: puts changed rules in force, then fires rungs. Writes nothing when nothing is. One transaction. */
export async function advance(database: Database, streamId: string, now: Instant): Promise<StepResult> {
  return inTransaction(database, async (tx) => {
    const account = await openAccount(tx, streamId, database, now);
    const run = begin(account);
    run.due();
    return resultOf(account, run.state, await save(tx, account, run.state, run.written));
  });
}

const openKinds: Partial<Readonly<Record<StreamKind, OpenKind>>> = { issue: openIssue, round: openRound, base: openBase };

/** A stream held for one step, folded, with the rules that govern it. */
export interface OpenAccount {
  readonly head: LockedHead;
  readonly kind: LedgerKind;
  readonly before: Account;
  readonly context: RuleContext;
  /** The rules its dates were computed by last, when others are in force now, and since when. */
  readonly outdated: { readonly old: RuleContext; readonly since: Instant } | null;
  /** max(workflow time, the stream's last occurredAt): time never runs backwards within a stream. */
  readonly now: Instant;
}

async function openAccount(tx: Transaction, streamId: string, owner: Database, at: Instant): Promise<OpenAccount> {
  const head = await lockStream(tx, streamId);
  const openKind = head ? openKinds[head.kind] : undefined;
  if (!head || !openKind) throw new UnknownToLedger(`no stream ${streamId}`);
  const round =
    head.roundId === null ? null : await tx.round.findUnique({ where: { id: head.roundId }, select: { policy: true, policySince: true } });
  const context = await loadRules(tx, owner, round?.policy);
  const outdated = await outdatedRules(tx, owner, { head, context, policySince: round?.policySince ?? null });
  // the clock of a life can lie a moment behind the one by which the rules were changed
  const now = later(later(at, head.lastOccurredAt), outdated?.since ?? at);
  const kind = await openKind(tx, owner, streamId, context, now);
  const before = await foldStream(tx, kind, streamId);
  return { head, kind, before, context, now, outdated };
}

/** Null for a stream whose dates rest on the rules in force; a stream of before rules had names takes them over as they are. */
async function outdatedRules(
  tx: Transaction,
  owner: Database,
  { head, context, policySince }: { head: LockedHead; context: RuleContext; policySince: Date | null },
): Promise<OpenAccount['outdated']> {
  if (head.rules === null || head.rules === rulesOf(context)) return null;
  const old = await rulesNamed(tx, owner, head.rules, context);
  const table = old.calendar.version === context.calendar.version ? null : await calendarSince(tx, context.calendar.version);
  const since = policySince === null ? null : (policySince.toISOString() as Instant);
  return {
    old,
    since:
      [table, since]
        .filter((at) => at !== null)
        .sort()
        .at(-1) ?? head.lastOccurredAt,
  };
}

/** The events of a step as they come about: the engine's, then the command's, then the engine's again. */
function begin({ kind, before, context, outdated, now }: OpenAccount) {
  const written: NewEvent[] = [];
  const byEngine = (events: readonly AnyEvent[]): void => {
    for (const event of events)
      written.push({ ...bodyOf(event), actor: ENGINE, via: ENGINE, commandKey: null, occurredAt: now, effectiveOn: null });
  };
  const run = {
    state: before,
    written,
    due(): void {
      const step = doDue(kind.rules, run.state, context, now);
      byEngine(step.events);
      run.state = step.state;
    },
    add(events: readonly AnyEvent[], by: Pick<NewEvent, 'actor' | 'via' | 'commandKey' | 'effectiveOn'>): void {
      for (const event of events) {
        run.state = kind.rules.evolve(run.state, event, { actor: by.actor, occurredAt: now, effectiveOn: by.effectiveOn });
        written.push({ ...bodyOf(event), ...by, occurredAt: now });
      }
    },
  };
  if (outdated) {
    const since = later(outdated.since, before.lastOccurredAt);
    const changed = changeRules(kind.rules, run.state, { old: outdated.old, next: context, since, now });
    byEngine(changed.events);
    run.state = changed.state;
  }
  return run;
}

interface Saved {
  readonly newDigests: readonly DigestKey[];
  readonly begun: Begun;
}

async function save(tx: Transaction, account: OpenAccount, after: Account, written: readonly NewEvent[]): Promise<Saved> {
  const { head, kind, before, context, now } = account;
  const waking = {
    nextWakeAt: nextWake(kind.rules, after, context),
    final: kind.rules.isFinal(after),
    roundId: head.roundId,
    rules: rulesOf(context),
  };
  if (written.length === 0) {
    await tx.$executeRaw`UPDATE stream SET next_wake_at = ${waking.nextWakeAt}::timestamptz, rules = ${waking.rules} WHERE id = ${head.id}
      AND (next_wake_at, rules) IS DISTINCT FROM (${waking.nextWakeAt}::timestamptz, ${waking.rules})`;
    if (account.outdated) await projectObligations(tx, { before, after, events: [], context, now }, { all: true });
    return { newDigests: await unstartedDigests(tx, head.id), begun: nothingBegun };
  }
  const { head: newHead, rows } = chain(head, written, await databaseNow(tx));
  await insertEvents(tx, rows);
  await saveHeads(tx, head.kind, [{ ...newHead, ...waking }]);
  const events = written.map(({ type, payload }) => ({ ...payload, type }));
  const change = { before, after, events, context, now };
  const begun = await kind.save(change, written);
  await projectObligations(tx, change, { all: account.outdated !== null });
  const newDigests = await settleNotices(tx, {
    streamId: head.id,
    fired: firedRungs(events),
    closed: after.duties.filter((duty, index) => duty.closedAt !== null && before.duties[index]?.closedAt == null),
    context,
    now,
  });
  const look = head.kind !== 'base' && (await baseMustLook(tx, { ...change, nextWakeAt: waking.nextWakeAt }));
  return { newDigests, begun: look ? { ...begun, lookAgain: [...begun.lookAgain, BASE] } : begun };
}

const unchanged = async (tx: Transaction, account: OpenAccount): Promise<StepResult> =>
  resultOf(account, account.before, { newDigests: await unstartedDigests(tx, account.head.id), begun: nothingBegun });

function resultOf({ kind, context, now }: OpenAccount, state: Account, { newDigests, begun }: Saved): StepResult {
  const next = agenda(state, context, state.lastOccurredAt)[0];
  const wake = nextWake(kind.rules, state, context);
  return {
    ...kind.face(state, context, now),
    version: state.version,
    nextWakeAt: wake,
    nextRung: next !== undefined && next.at === wake ? `${obligationLabels[next.obligation.duty.kind]} ${next.rung.label}` : null,
    final: kind.rules.isFinal(state),
    newDigests,
    begun,
  };
}

function bodyOf(event: AnyEvent): Pick<NewEvent, 'type' | 'payload'> {
  const { type, ...payload } = event;
  return { type, payload };
}

/** Whether somebody acted after the version that the person had seen; what the engine fires makes nothing stale. */
async function isStale(tx: Transaction, streamId: string, { expectedVersion }: CommandBody): Promise<boolean> {
  if (expectedVersion === undefined) return false;
  return (await tx.event.count({ where: { streamId, version: { gt: expectedVersion }, actor: { not: ENGINE } } })) > 0;
}

const staleRejection = {
  ok: false,
  rejection: { code: 'version.stale', what: '在您查看之后，该事项已被他人办理。', todo: '请刷新后再办。' },
} as const;

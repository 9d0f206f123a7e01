import type { RuleContext } from '../domain/context';
import type { IssueState } from '../domain/issue/types';
import type { RungFired, RungsSuperseded } from '../domain/obligation/events';
import { obligationOf, obligations, overdueFrom } from '../domain/obligation/obligations';
import type { Account, Duty } from '../domain/obligation/types';
import type { Tone } from '../domain/policy/policy';
import type { RoundState } from '../domain/round/types';
import type { Instant } from '../domain/time';
import { insertRows, type Transaction } from './database';
import type { AnyEvent, Change } from './kinds';

/** How an account looks at an instant: the worst tone of what it owes. */
export function toneOf(state: Account, context: RuleContext, now: Instant): Tone {
  const open = obligations(state, context).filter(({ duty }) => duty.stoppedAt === null);
  if (open.some((obligation) => now >= overdueFrom(obligation))) return 'red';
  const fired = new Set(
    open.flatMap(({ duty, ladder }) => ladder.filter((rung) => duty.fired[`${rung.id}@0`] === 'fired').map((rung) => rung.tone)),
  );
  return (['red', 'yellow', 'green'] as const).find((tone) => fired.has(tone)) ?? 'none';
}

/** Brings the list of issues up to the state after a step, in the same transaction. */
export async function saveIssue(tx: Transaction, { after, context, now }: Change<IssueState>): Promise<void> {
  await tx.$executeRaw`UPDATE issue SET phase = ${after.phase}, lead_unit_id = ${after.assignment?.leadUnitId ?? null},
    due_on = ${dueOn(after, context)}::date, tone = ${toneOf(after, context, now)}, state = ${JSON.stringify(after)}::jsonb WHERE id = ${after.id}`;
}

/** Brings obligations, rungs and papers up to the state after a step; `all`: also those that only the rules changed. */
export async function projectObligations(tx: Transaction, change: Change, { all }: { readonly all: boolean }): Promise<void> {
  const { after, context } = change;
  const duties = all ? after.duties : changedDuties(change);
  await saveObligations(
    tx,
    duties.map((duty) => ({ account: after, duty })),
    context,
  );
  await saveRungs(tx, change);
  await savePapers(tx, change);
}

/** The day by which the issue itself is to be rectified, under the rules in force. */
export function dueOn(state: IssueState, context: RuleContext): string | null {
  const rectify = state.duties.findLast((duty) => duty.kind === 'rectify');
  return rectify ? obligationOf(rectify, context).dueOn : null;
}

/** The end of the period whose two reports a round owes. */
export function roundDueOn(state: RoundState, context: RuleContext): string | null {
  const report = state.duties.find((duty) => duty.kind === 'organisationReport');
  return report ? obligationOf(report, context).dueOn : null;
}

/** A duty that is open belongs to the unit that leads now. */
function changedDuties({ before, after }: Change): Duty[] {
  const moved = before.assignment?.leadUnitId !== after.assignment?.leadUnitId;
  return after.duties.filter((duty, index) => before.duties[index] !== duty || (moved && duty.closedAt === null));
}

/** Writes duties as they stand under the rules in force. */
export async function saveObligations(
  tx: Transaction,
  duties: readonly { readonly account: Account; readonly duty: Duty }[],
  context: RuleContext,
): Promise<void> {
  await insertRows(tx, {
    table: 'obligation',
    columns:
      'stream_id text, id text, kind text, holder text, unit_id text, opened_at timestamptz, due_on date, provisional boolean, stopped boolean, closed_at timestamptz, closed_by text',
    rows: duties.map(({ account, duty }) => {
      const { dueOn: due, provisional } = obligationOf(duty, context);
      return {
        stream_id: account.id,
        id: duty.id,
        kind: duty.kind,
        holder: duty.holder,
        unit_id: duty.unitId ?? account.assignment?.leadUnitId ?? null,
        opened_at: duty.openedAt,
        due_on: due,
        provisional,
        stopped: duty.stoppedAt !== null,
        closed_at: duty.closedAt,
        closed_by: duty.closedBy,
      };
    }),
    conflict: `ON CONFLICT (stream_id, id) DO UPDATE SET due_on = EXCLUDED.due_on, provisional = EXCLUDED.provisional,
      stopped = EXCLUDED.stopped, closed_at = EXCLUDED.closed_at, closed_by = EXCLUDED.closed_by, unit_id = EXCLUDED.unit_id`,
  });
}

export const firedRungs = (events: readonly AnyEvent[]): RungFired[] =>
  events.filter((event): event is RungFired => event.type === 'rungFired');

const isSuperseded = (event: AnyEvent): event is RungsSuperseded => event.type === 'rungsSuperseded';

/** The primary key refuses a rung that fired already, even if two servers run the same life. */
async function saveRungs(tx: Transaction, { after, events, now }: Change): Promise<void> {
  const row = (obligation_id: string, rung: string, occurrence: number, rest: object): object => ({
    stream_id: after.id,
    obligation_id,
    rung,
    occurrence,
    occurred_at: now,
    ...rest,
  });
  const fired = firedRungs(events).map(({ dutyId, rung, occurrence, label, tone, at }) =>
    row(dutyId, rung, occurrence, { how: 'fired', label, tone, scheduled_at: at }),
  );
  const superseded = events
    .filter(isSuperseded)
    .flatMap(({ dutyId, rungs }) =>
      rungs.map(({ rung, occurrence }) => row(dutyId, rung, occurrence, { how: 'superseded', label: '', tone: 'none', scheduled_at: now })),
    );
  await insertRows(tx, {
    table: 'rung',
    columns:
      'stream_id text, obligation_id text, rung text, occurrence int, how text, label text, tone text, scheduled_at timestamptz, occurred_at timestamptz',
    rows: [...fired, ...superseded],
  });
}

async function savePapers(tx: Transaction, { before, after }: Change): Promise<void> {
  await insertRows(tx, {
    table: 'paper',
    columns: 'stream_id text, id text, kind text, state text, issuer text, addressee text, number text, signed_on date',
    rows: after.papers
      .filter((paper, index) => before.papers[index] !== paper)
      .map((paper) => ({
        stream_id: after.id,
        id: paper.id,
        kind: paper.kind,
        state: paper.state,
        issuer: paper.issuer,
        addressee: paper.addressee,
        number: paper.number,
        signed_on: paper.signedOn,
      })),
    conflict: 'ON CONFLICT (stream_id, id) DO UPDATE SET state = EXCLUDED.state, number = EXCLUDED.number, signed_on = EXCLUDED.signed_on',
  });
}

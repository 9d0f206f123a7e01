import { baseKind } from '../domain/base/watch';
import type { BaseState } from '../domain/base/types';
import type { RuleContext } from '../domain/context';
import { issueKind } from '../domain/issue/issue-kind';
import type { IssueState } from '../domain/issue/types';
import { advance } from '../domain/obligation/advance';
import { changeRules } from '../domain/obligation/change-rules';
import type { CommonEvent } from '../domain/obligation/events';
import type { AccountKind } from '../domain/obligation/kind';
import type { Account, Duty } from '../domain/obligation/types';
import { obligationLabels, type ObligationKind } from '../domain/policy/policy';
import { roundKind } from '../domain/round/round-kind';
import type { RoundState } from '../domain/round/types';
import { later, type Instant, type LocalDate } from '../domain/time';
import { baseFacts } from '../ledger/base-facts';
import type { Database } from '../ledger/database';
import { loadRules } from '../ledger/rules';
import { subjectsOf } from '../ledger/subjects';

/** A due day that other rules would move. */
export interface MovedDay {
  readonly streamId: string;
  readonly reference: string;
  readonly obligationId: string;
  readonly kind: ObligationKind;
  readonly label: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly provisional: boolean;
}

/** A reminder that other rules would leave out, because its new day is over. */
export interface DroppedRung {
  readonly streamId: string;
  readonly reference: string;
  readonly obligationId: string;
  readonly label: string;
  readonly rung: string;
}

export interface RulePreview {
  readonly streams: number;
  readonly moved: readonly MovedDay[];
  readonly superseded: readonly DroppedRung[];
}

/**
 * What would happen if other rules came in force now, in a round or (without one) everywhere: by the code that does it, changeRules.
 * Reads one snapshot and writes nothing.
 */
export async function previewRules(
  database: Database,
  { roundId, next }: { readonly roundId?: string; readonly next: Partial<Pick<RuleContext, 'policy' | 'calendar'>> },
  now: Instant,
): Promise<RulePreview> {
  return database.$transaction(
    async (tx) => {
      const streams = await tx.stream.findMany({
        where: { kind: { in: ['issue', 'round', 'base'] }, final: false, ...(roundId === undefined ? {} : { roundId }) },
        select: { id: true },
        orderBy: { id: 'asc' },
      });
      const subjects = await subjectsOf(
        tx,
        database,
        streams.map(({ id }) => id),
      );
      const facts = await baseFacts(tx, await loadRules(tx, database));
      const moved: MovedDay[] = [];
      const superseded: DroppedRung[] = [];
      for (const [streamId, { account, context, reference }] of subjects) {
        const change = { old: context, next: { ...context, ...next }, since: later(now, account.lastOccurredAt) };
        const dutyOf = (id: string): Duty | undefined => account.duties.find((duty) => duty.id === id);
        for (const event of changed(streamId, account, facts, change)) {
          if (event.type === 'datesMoved')
            moved.push(
              ...event.moved.flatMap(({ dutyId, ...days }): MovedDay[] => {
                const kind = dutyOf(dutyId)?.kind;
                return kind === undefined
                  ? []
                  : [{ streamId, reference, obligationId: dutyId, kind, label: obligationLabels[kind], ...days }];
              }),
            );
          else if (event.type === 'rungsSuperseded') {
            const duty = dutyOf(event.dutyId);
            const ladder = duty
              ? (duty.ladder === 'relapse' ? change.next.policy.relapseLadder : change.next.policy.ladders[duty.ladder]).value
              : [];
            for (const { rung } of event.rungs)
              superseded.push({
                streamId,
                reference,
                obligationId: event.dutyId,
                label: duty ? obligationLabels[duty.kind] : event.dutyId,
                rung: ladder.find(({ id }) => id === rung)?.label ?? rung,
              });
          }
        }
      }
      return { streams: subjects.size, moved, superseded };
    },
    { isolationLevel: 'RepeatableRead', timeout: 60_000 },
  );
}

type Change = Parameters<typeof changeRules>[2];

function changed(streamId: string, account: Account, facts: Parameters<typeof baseKind>[0], change: Change): readonly CommonEvent[] {
  if (streamId === 'base') return eventsOf(baseKind(facts), account as BaseState, change);
  return streamId.startsWith('round/')
    ? eventsOf(roundKind, account as RoundState, change)
    : eventsOf(issueKind, account as IssueState, change);
}

/** Only what the change itself does: what is due by now anyway comes first. */
function eventsOf<S extends Account, E extends { readonly type: string }>(
  kind: AccountKind<S, E>,
  state: S,
  change: Change,
): readonly CommonEvent[] {
  const settled = advance(kind, state, change.old, change.since).state;
  return changeRules(kind, settled, change).events as readonly CommonEvent[];
}

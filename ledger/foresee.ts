import type { BaseState } from '../domain/base/types';
import { baseKind } from '../domain/base/watch';
import type { RuleContext } from '../domain/context';
import type { Directory } from '../domain/directory';
import { issueKind } from '../domain/issue/issue-kind';
import type { IssueState } from '../domain/issue/types';
import type { RungFired } from '../domain/obligation/events';
import { forecast } from '../domain/obligation/forecast';
import type { Account } from '../domain/obligation/types';
import { roundKind } from '../domain/round/round-kind';
import type { RoundState } from '../domain/round/types';
import type { Instant } from '../domain/time';
import { baseFacts } from './base-facts';
import type { Database } from './database';
import { loadRules } from './rules';
import { subjectsOf, type Subject } from './subjects';

/** What a forecast is asked for: a round with its issues, one stream, what a person or a unit will hear. */
export interface ForesightQuestion {
  readonly roundId?: string;
  readonly streamId?: string;
  readonly personId?: string;
  readonly unitId?: string;
  /** Other rules than those in force: what if. */
  readonly whatIf?: Partial<Pick<RuleContext, 'policy' | 'calendar'>>;
}

export type Foretold = RungFired & { readonly streamId: string; readonly reference: string };

/**
 * Who will hear what until an instant if nobody acts, in the order of the rungs: the same pure code as the deed. `rungs` is null when
 * there is no such round or stream.
 */
export async function foresee(
  database: Database,
  question: ForesightQuestion,
  until: Instant,
): Promise<{ readonly rungs: readonly Foretold[] | null; readonly directory: Directory }> {
  const { roundId = null, streamId = null, personId, unitId, whatIf = {} } = question;
  return database.$transaction(
    async (tx) => {
      const own = await loadRules(tx, database);
      const streams = await tx.$queryRaw<{ id: string }[]>`
        SELECT id FROM stream WHERE kind IN ('issue', 'round', 'base') AND NOT final
          AND (${roundId}::text IS NULL OR round_id = ${roundId}) AND (${streamId}::text IS NULL OR id = ${streamId}) ORDER BY id`;
      if (streams.length === 0 && (roundId !== null || streamId !== null)) return { rungs: null, directory: own.directory };
      const subjects = await subjectsOf(
        tx,
        database,
        streams.map(({ id }) => id),
      );
      const facts = await baseFacts(tx, own);
      const rungs = [...subjects].flatMap(([id, subject]) =>
        foretold(id, subject.account, { ...subject.context, ...whatIf }, facts, until).map((rung): Foretold => ({
          ...rung,
          streamId: id,
          reference: subject.reference,
        })),
      );
      const wanted = rungs.filter(
        (rung) =>
          (personId === undefined || rung.recipients.some((one) => one.personId === personId)) &&
          (unitId === undefined || unitOfRung(rung, subjects) === unitId),
      );
      return { rungs: wanted.sort(inOrder), directory: own.directory };
    },
    { isolationLevel: 'RepeatableRead', timeout: 60_000 },
  );
}

function foretold(id: string, account: Account, context: RuleContext, facts: Parameters<typeof baseKind>[0], until: Instant): RungFired[] {
  if (id === 'base') return forecast(baseKind(facts), account as BaseState, context, until);
  return id.startsWith('round/')
    ? forecast(roundKind, account as RoundState, context, until)
    : forecast(issueKind, account as IssueState, context, until);
}

function unitOfRung({ streamId, dutyId }: Foretold, subjects: ReadonlyMap<string, Subject>): string | null {
  const account = subjects.get(streamId)?.account;
  return account?.duties.find(({ id }) => id === dutyId)?.unitId ?? account?.assignment?.leadUnitId ?? null;
}

const inOrder = (a: Foretold, b: Foretold): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.streamId < b.streamId ? -1 : 1);

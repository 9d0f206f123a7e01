import type { RuleContext } from '../domain/context';
import { obligationOf } from '../domain/obligation/obligations';
import { dutyHolders } from '../domain/parties';
import { obligationLabels, roundSourceLabels, type Cadence } from '../domain/policy/policy';
import { roles } from '../domain/roles';
import { roundPhaseLabels, roundStreamId, type ClueCounts, type Finding, type RoundPhase, type RoundState } from '../domain/round/types';
import { dateOf, fromMillis, type Instant, type LocalDate } from '../domain/time';
import type { AsOf } from './as-of';
import { contentRefs, readTexts } from './content';
import type { Database, Transaction } from './database';
import type { HistoryEntry, ObligationView } from './issue-views';
import { personNamed, unitNamed, type Named } from './names';
import { phaseCounts, roundList, type RoundRow } from './queries';
import { loadCalendar, loadPolicy, loadRules } from './rules';
import { subjectsOf } from './subjects';

/** Where a round stands, beside how far its issues have come. */
export interface RoundStand {
  readonly sourceLabel: string;
  readonly phase: RoundPhase;
  readonly phaseLabel: string;
  /** The policy in force in it: `district-inspection@2`; null in a round of before rounds had a life. */
  readonly policy: string | null;
}

export type RoundListRow = RoundRow & RoundStand;

/** Everything that is known of one round; clues as counts only. */
export interface RoundDetail extends RoundListRow {
  /** To be sent back with a command as `expectedVersion`. */
  readonly version: number;
  readonly organisation: Named | null;
  readonly phases: Awaited<ReturnType<typeof phaseCounts>>;
  readonly open: readonly ObligationView[];
  readonly planFiledOn: LocalDate | null;
  readonly reportsFiled: RoundState['reportsFiled'];
  readonly cadences: readonly (Cadence & { readonly lastOn: LocalDate | null })[];
  readonly assessment: {
    readonly score: number;
    readonly grade: string;
    readonly deductions: readonly { item: string; points: number; reason: string; issueId: string | null }[];
  } | null;
  readonly checkBackPlan: (Omit<NonNullable<RoundState['checkBackPlan']>, 'checkers'> & { readonly checkers: readonly Named[] }) | null;
  readonly collections: readonly CollectionView[];
  readonly stages: RoundState['stages'];
  readonly findings: readonly (Omit<Finding, 'unitId' | 'title' | 'text'> & {
    readonly unit: Named;
    readonly title: string;
    readonly text: string;
  })[];
  readonly clues: ClueCounts | null;
  readonly history: readonly HistoryEntry[];
}

/** A call for reports 收报, with what came back. */
export interface CollectionView {
  readonly id: string;
  readonly period: string;
  readonly dueOn: LocalDate;
  readonly units: readonly {
    readonly unit: Named;
    /** Null while the unit has not answered. */
    readonly answeredAt: Instant | null;
    /** Who answered. */
    readonly by: Named | null;
    readonly rows: readonly {
      readonly issueId: string;
      readonly measureId: string | null;
      readonly progress: string;
      readonly completed: boolean;
    }[];
  }[];
}

/** The rounds, oldest first, with where each stands. */
export async function roundsWithStand(database: Database): Promise<RoundListRow[]> {
  const stands = new Map((await database.round.findMany()).map((round) => [round.id, standOf(round)]));
  return (await roundList(database)).flatMap((row) => {
    const stand = stands.get(row.id);
    return stand ? [{ ...row, ...stand }] : [];
  });
}

function standOf({ phase, policy, source }: { phase: string; policy: string | null; source: string }): RoundStand {
  return {
    sourceLabel: roundSourceLabels[source as keyof typeof roundSourceLabels],
    phase: phase as RoundPhase,
    phaseLabel: roundPhaseLabels[phase as RoundPhase],
    policy,
  };
}

/** One round as of `now`; null when there is none. */
export async function roundDetail(database: Database, id: string, now: Instant): Promise<RoundDetail | null> {
  const row = (await roundsWithStand(database)).find((round) => round.id === id);
  const subject = (await subjectsOf(database, database, [roundStreamId(id)])).get(roundStreamId(id));
  if (!row || !subject) return null;
  const { context } = subject;
  const { directory, policy } = context;
  const state = subject.account as RoundState;
  const history = await historyOf(database, roundStreamId(id), context);
  const texts = await readTexts(
    database,
    contentRefs([state.assessment, state.collections, state.findings]).map(({ content }) => content),
  );
  const textOf = (ref: object): string => contentRefs(ref).map(({ content }) => texts.get(content) ?? '')[0] ?? '';
  return {
    ...row,
    version: state.version,
    organisation: state.organisationId === null ? null : unitNamed(directory, state.organisationId),
    phases: await phaseCounts(database, id),
    open: openOf(state, context, now),
    planFiledOn: state.planFiledOn,
    reportsFiled: state.reportsFiled,
    cadences: policy.cadences.value.map((cadence) => ({ ...cadence, lastOn: state.cadences[cadence.id] ?? null })),
    assessment: state.assessment && {
      ...state.assessment,
      deductions: state.assessment.deductions.map((one) => ({ ...one, reason: textOf(one.reason) })),
    },
    checkBackPlan: state.checkBackPlan && {
      ...state.checkBackPlan,
      checkers: state.checkBackPlan.checkers.map((checker) => personNamed(directory, checker)),
    },
    collections: state.collections.map((collection): CollectionView => ({
      id: collection.id,
      period: collection.period,
      dueOn: collection.dueOn,
      units: collection.units.map((unitId) => {
        const answer = collection.answers.find((one) => one.unitId === unitId);
        const told = history.find(
          ({ type, payload }) => type === 'collectionAnswered' && payload['collectionId'] === collection.id && payload['unitId'] === unitId,
        );
        return {
          unit: unitNamed(directory, unitId),
          answeredAt: answer?.at ?? null,
          by: told?.actor ?? null,
          rows: (answer?.rows ?? []).map((one) => ({ ...one, progress: textOf(one.progress) })),
        };
      }),
    })),
    stages: state.stages,
    findings: state.findings.map(({ unitId, title, text, ...finding }) => ({
      ...finding,
      unit: unitNamed(directory, unitId),
      title: textOf(title),
      text: textOf(text),
    })),
    clues: state.clues,
    history,
  };
}

function openOf(state: RoundState, context: RuleContext, now: Instant): ObligationView[] {
  return state.duties
    .filter(({ closedAt }) => closedAt === null)
    .map((duty) => {
      const { dueOn, provisional } = obligationOf(duty, context);
      const { personIds } = dutyHolders(context.directory, state, duty, dateOf(now));
      return {
        id: duty.id,
        kind: duty.kind,
        label: obligationLabels[duty.kind],
        holder: duty.holder,
        holderLabel: roles[duty.holder],
        persons: personIds.map((personId) => personNamed(context.directory, personId)),
        openedAt: duty.openedAt,
        dueOn,
        provisional,
        stopped: duty.stoppedAt !== null,
        closedAt: duty.closedAt,
        closedBy: duty.closedBy,
      };
    });
}

async function historyOf(database: Database, streamId: string, { directory }: RuleContext): Promise<HistoryEntry[]> {
  const events = await database.event.findMany({ where: { streamId }, orderBy: { version: 'asc' } });
  const texts = await readTexts(
    database,
    events.flatMap(({ payload }) => contentRefs(payload).map(({ content }) => content)),
  );
  return events.map((event) => ({
    version: event.version,
    type: event.type,
    actor: personNamed(directory, event.actor),
    via: event.via,
    occurredAt: fromMillis(event.occurredAt.getTime()),
    recordedAt: fromMillis(event.recordedAt.getTime()),
    payload: event.payload as Record<string, unknown>,
    texts: Object.fromEntries(contentRefs(event.payload).map(({ path, content }) => [path, texts.get(content) ?? ''])),
  }));
}

/**
 * The rules that governed a round at a past instant: its policy as its events had it by then, and the holiday table then in force.
 * The people are those of now, since earlier directories are not kept.
 */
export async function rulesAsOf(database: Database, roundId: string, { at, by = 'recorded' }: AsOf): Promise<RuleContext> {
  const tx: Transaction = database;
  const own = await loadRules(tx, database);
  const policies = await tx.$queryRaw<{ policy: string | null }[]>`
    SELECT coalesce(payload->>'policy', payload->'supervised'->>'policy') AS policy FROM event
    WHERE stream_id = ${roundStreamId(roundId)} AND type IN ('roundOpened', 'policyPutInForce')
      AND CASE WHEN ${by} = 'recorded' THEN recorded_at ELSE occurred_at END <= ${at}::timestamptz ORDER BY version DESC LIMIT 1`;
  const tables = await tx.calendarVersion.findMany({
    where: { since: { lte: new Date(at) } },
    orderBy: [{ since: 'desc' }, { name: 'desc' }],
  });
  const policy = policies[0]?.policy ?? null;
  return {
    directory: own.directory,
    policy: policy === null ? own.policy : await loadPolicy(tx, database, policy),
    calendar: tables[0] === undefined ? own.calendar : await loadCalendar(tx, database, tables[0].name),
  };
}

import { badInput } from '../domain/failure';
import type { RuleContext } from '../domain/context';
import { phaseLabels, type IssueState, type Phase } from '../domain/issue/types';
import { obligations } from '../domain/obligation/obligations';
import { obligationLabels, paperLabels } from '../domain/policy/policy';
import { roles, type Role } from '../domain/roles';
import { roundPhaseLabels, type RoundPhase } from '../domain/round/types';
import { dateOf, type Instant, type LocalDate } from '../domain/time';
import { issueAsOf, roundAsOf, type AsOf, type AsOfClock } from '../ledger/as-of';
import { contentRefs, readTexts } from '../ledger/content';
import type { Database } from '../ledger/database';
import { personNamed, unitNamed, type Named } from '../ledger/names';
import { rulesAsOf } from '../ledger/round-detail';

/** The flags of looking back. */
export interface AsOfOptions {
  readonly asOf?: Instant;
  readonly occurred?: true;
}

export type Moment = AsOf & { readonly by: AsOfClock };

/** What the flags ask for; null: the present. */
export function asOfOf({ asOf, occurred }: AsOfOptions): Moment | null {
  if (asOf !== undefined) return { at: asOf, by: occurred ? 'occurred' : 'recorded' };
  if (occurred) throw badInput('asOf.missing', '--occurred 要与 --as-of 同用。', '请写明时刻，如 --as-of 2026-10-31。');
  return null;
}

/** `截至2026-10-31`, a whole day named by its last instant. */
export function asOfWords({ at, by }: Moment): string {
  const local = new Date(Date.parse(at) + 8 * 3_600_000).toISOString();
  const day = local.endsWith('T00:00:00.000Z')
    ? dateOf(new Date(Date.parse(at) - 1).toISOString() as Instant)
    : local.slice(0, 16).replace('T', ' ');
  return `截至${day}（${by === 'recorded' ? '总账当时所知' : '当时已经发生'}）`;
}

interface OwedThen {
  readonly id: string;
  readonly label: string;
  readonly holder: Role;
  readonly holderLabel: string;
  readonly dueOn: LocalDate;
  readonly provisional: boolean;
  readonly stopped: boolean;
}

/** An issue as it stood; names are those of now. */
export interface PastIssue {
  readonly id: string;
  readonly roundId: string;
  readonly phase: Phase;
  readonly phaseLabel: string;
  readonly version: number;
  readonly lastOccurredAt: Instant;
  readonly feedbackOn: LocalDate;
  readonly assignment: { readonly leadUnit: Named; readonly leadLeader: Named; readonly handler: Named | null } | null;
  readonly originalDueOn: LocalDate | null;
  readonly extensions: number;
  readonly returns: number;
  readonly relapses: number;
  readonly closeoutNumber: string | null;
  readonly closedOn: LocalDate | null;
  readonly open: readonly OwedThen[];
  readonly measures: readonly {
    readonly id: string;
    readonly unit: Named;
    readonly text: string;
    readonly dueOn: LocalDate | null;
    readonly sustained: boolean;
    readonly completed: boolean;
  }[];
  readonly papers: readonly { readonly id: string; readonly label: string; readonly state: string; readonly number: string | null }[];
}

/** An issue as of a past instant, by the rules of then; null when it was not there yet. */
export async function pastIssue(database: Database, id: string, asOf: Moment): Promise<PastIssue | null> {
  const state = await issueAsOf(database, id, asOf);
  if (!state) return null;
  const context = await rulesAsOf(database, state.roundId, asOf);
  const { directory } = context;
  const texts = await readTexts(
    database,
    contentRefs(state.measures).map(({ content }) => content),
  );
  const { assignment } = state;
  return {
    ...standing(state),
    feedbackOn: state.feedbackOn,
    assignment: assignment && {
      leadUnit: unitNamed(directory, assignment.leadUnitId),
      leadLeader: personNamed(directory, assignment.leadLeaderId),
      handler: assignment.handlerId === null ? null : personNamed(directory, assignment.handlerId),
    },
    originalDueOn: state.originalDueOn,
    extensions: state.extensions,
    returns: state.returns,
    relapses: state.relapses,
    closeoutNumber: state.closeoutNumber,
    closedOn: state.closedOn,
    open: owed(state, context),
    measures: state.measures.map((measure) => ({
      id: measure.id,
      unit: unitNamed(directory, measure.unitId),
      text: texts.get(measure.text.content) ?? '',
      dueOn: measure.dueOn,
      sustained: measure.sustained,
      completed: measure.completedAt !== null,
    })),
    papers: state.papers.map(({ id: paperId, kind, state: stand, number }) => ({
      id: paperId,
      label: paperLabels[kind],
      state: stand,
      number,
    })),
  };
}

/** A round as it stood, with its issues. */
export interface PastRound {
  readonly id: string;
  readonly name: string;
  readonly phase: RoundPhase;
  readonly phaseLabel: string;
  readonly policy: string | null;
  readonly version: number;
  readonly open: readonly OwedThen[];
  readonly issues: readonly (ReturnType<typeof standing> & { readonly dueOn: LocalDate | null; readonly open: readonly OwedThen[] })[];
}

/** A round as of a past instant; null when it was not open yet. */
export async function pastRound(database: Database, roundId: string, asOf: Moment): Promise<PastRound | null> {
  const past = await roundAsOf(database, roundId, asOf);
  if (!past) return null;
  const context = await rulesAsOf(database, roundId, asOf);
  const { round, issues } = past;
  return {
    id: roundId,
    name: round.name,
    phase: round.phase,
    phaseLabel: roundPhaseLabels[round.phase],
    policy: round.policy,
    version: round.version,
    open: owed(round, context),
    issues: issues
      .toSorted((a, b) => a.number - b.number || a.id.localeCompare(b.id))
      .map((issue) => {
        const open = owed(issue, context);
        return { ...standing(issue), dueOn: open.find(({ id }) => id.startsWith('rectify#'))?.dueOn ?? issue.dueOn, open };
      }),
  };
}

const standing = ({ id, roundId, phase, version, lastOccurredAt }: IssueState) => ({
  id,
  roundId,
  phase,
  phaseLabel: phaseLabels[phase],
  version,
  lastOccurredAt,
});

const owed = (state: Parameters<typeof obligations>[0], context: RuleContext): OwedThen[] =>
  obligations(state, context).map(({ duty, dueOn, provisional }) => ({
    id: duty.id,
    label: obligationLabels[duty.kind],
    holder: duty.holder,
    holderLabel: roles[duty.holder],
    dueOn,
    provisional,
    stopped: duty.stoppedAt !== null,
  }));

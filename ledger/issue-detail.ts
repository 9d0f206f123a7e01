import type { RuleContext } from '../domain/context';
import { obligationOf } from '../domain/obligation/obligations';
import { phaseLabels, type IssueState } from '../domain/issue/types';
import type { Duty } from '../domain/obligation/types';
import { dutyHolders } from '../domain/parties';
import { obligationLabels, paperLabels, type Tone } from '../domain/policy/policy';
import { roles, type Role } from '../domain/roles';
import { dateOf, fromMillis, type Instant } from '../domain/time';
import { contentRefs, readTexts } from './content';
import type { Database, Transaction } from './database';
import type { IssueDetail, ObligationView } from './issue-views';
import { foldIssue, type FoldableRow } from './load';
import { personNamed, unitNamed, type Named } from './names';
import { toneOf } from './project';
import { loadRules } from './rules';

/** One issue with its obligations, measures, papers, history and notices, as one snapshot as of `now`; null when there is none. */
export async function issueDetail(database: Database, id: string, now: Instant): Promise<IssueDetail | null> {
  return database.$transaction((tx) => readDetail(tx, database, { id, now }), { isolationLevel: 'RepeatableRead' });
}

async function readDetail(tx: Transaction, owner: Database, { id, now }: { id: string; now: Instant }): Promise<IssueDetail | null> {
  const issue = await tx.issue.findUnique({ where: { id } });
  if (!issue) return null;
  const context = await loadRules(
    tx,
    owner,
    (await tx.round.findUnique({ where: { id: issue.roundId }, select: { policy: true } }))?.policy,
  );
  const events = await tx.$queryRaw<EventRow[]>`
    SELECT version, type, actor, via, occurred_at, recorded_at, (body::jsonb->>'effectiveOn')::date AS effective_on, payload FROM event WHERE stream_id = ${id} ORDER BY version`;
  const round = await tx.round.findUnique({ where: { id: issue.roundId } });
  const notices = await tx.notice.findMany({
    where: { streamId: id },
    orderBy: [{ createdAt: 'asc' }, { obligationId: 'asc' }, { personId: 'asc' }],
  });
  const texts = await readTexts(tx, [...new Set(events.flatMap(({ payload }) => contentRefs(payload).map(({ content }) => content)))]);
  const textOf = (ref: unknown): string => contentRefs(ref).map(({ content }) => texts.get(content) ?? '')[0] ?? '';
  const state = foldIssue(id, events);
  const { directory } = context;
  const obligations = state.duties.map((duty) => obligationView(duty, { state, context, now }));
  return {
    id,
    roundId: state.roundId,
    roundName: round?.name ?? state.roundId,
    number: state.number,
    version: state.version,
    title: issue.title,
    text: textOf(events[0]?.payload['text']),
    phase: state.phase,
    phaseLabel: phaseLabels[state.phase],
    tone: toneOf(state, context, now),
    feedbackOn: state.feedbackOn,
    reported: state.reported,
    assignment: assignmentView(state, context),
    originalDueOn: state.originalDueOn,
    extensions: state.extensions,
    returns: state.returns,
    relapses: state.relapses,
    closeoutNumber: state.closeoutNumber,
    closedOn: state.closedOn,
    open: obligations.filter(({ closedAt }) => closedAt === null),
    ended: obligations.filter(({ closedAt }) => closedAt !== null),
    measures: state.measures.map(({ id: measureId, unitId, text, dueOn, sustained, completedAt }) => ({
      id: measureId,
      unit: unitNamed(directory, unitId),
      text: textOf(text),
      dueOn,
      sustained,
      completedAt,
    })),
    papers: state.papers.map(({ id: paperId, kind, state: stand, issuer, addressee, number, signedOn }) => ({
      id: paperId,
      kind,
      label: paperLabels[kind],
      state: stand,
      issuer,
      addressee,
      number,
      signedOn,
    })),
    history: events.map((event) => ({
      version: event.version,
      type: event.type,
      actor: personNamed(directory, event.actor),
      via: event.via,
      occurredAt: fromMillis(event.occurred_at.getTime()),
      recordedAt: fromMillis(event.recorded_at.getTime()),
      payload: event.payload,
      texts: Object.fromEntries(contentRefs(event.payload).map(({ path, content }) => [path, texts.get(content) ?? ''])),
    })),
    notices: notices.map((notice) => ({
      obligationId: notice.obligationId,
      rung: notice.rung,
      occurrence: notice.occurrence,
      label: notice.label,
      tone: notice.tone as Tone,
      person: personNamed(directory, notice.personId),
      roles: notice.roles as Role[],
      state: notice.state,
      opening: fromMillis(notice.opening.getTime()),
      reason: notice.reason,
    })),
  };
}

interface EventRow extends FoldableRow {
  readonly version: number;
  readonly via: string;
  readonly recorded_at: Date;
  readonly payload: Record<string, unknown>;
}

function obligationView(duty: Duty, { state, context, now }: { state: IssueState; context: RuleContext; now: Instant }): ObligationView {
  const { dueOn, provisional } = obligationOf(duty, context);
  const on = dateOf(duty.closedAt ?? now);
  return {
    id: duty.id,
    kind: duty.kind,
    label: obligationLabels[duty.kind],
    holder: duty.holder,
    holderLabel: roles[duty.holder],
    persons: dutyHolders(context.directory, state, duty, on).personIds.map((id) => personNamed(context.directory, id)),
    openedAt: duty.openedAt,
    dueOn,
    provisional,
    stopped: duty.stoppedAt !== null,
    closedAt: duty.closedAt,
    closedBy: duty.closedBy,
  };
}

function assignmentView({ assignment }: IssueState, { directory }: RuleContext): IssueDetail['assignment'] {
  if (!assignment) return null;
  const { leadUnitId, leadLeaderId, leaderInChargeId, handlerId, coUnitIds } = assignment;
  const maybe = (id: string | null): Named | null => (id === null ? null : personNamed(directory, id));
  return {
    leadUnit: unitNamed(directory, leadUnitId),
    leadLeader: personNamed(directory, leadLeaderId),
    leaderInCharge: maybe(leaderInChargeId),
    handler: maybe(handlerId),
    coUnits: coUnitIds.map((id) => unitNamed(directory, id)),
  };
}

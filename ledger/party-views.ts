import { baseSubject } from '../domain/base/subject';
import { BASE, type BaseState } from '../domain/base/types';
import type { RuleContext } from '../domain/context';
import { obligationOf } from '../domain/obligation/obligations';
import type { Duty } from '../domain/obligation/types';
import { dutyHolders } from '../domain/parties';
import { obligationLabels, type ObligationKind } from '../domain/policy/policy';
import { roles, type Role } from '../domain/roles';
import { dateOf, type Instant, type LocalDate } from '../domain/time';
import type { Database } from './database';
import { personNamed, unitNamed, type Named } from './names';
import { loadRules } from './rules';
import { subjectsOf } from './subjects';

/** A person in a post. */
export interface PostRow extends Named {
  readonly email: string | null;
  readonly unit: string;
  readonly unitId: string;
  readonly role: Role;
  readonly roleLabel: string;
  readonly title: string;
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
}

/** Who stands in for whom 代理; no role: for all. */
export interface SubstituteRow {
  readonly person: Named;
  readonly substitute: Named;
  readonly roles: readonly Role[];
  readonly from: LocalDate | null;
  readonly to: LocalDate | null;
}

/** The people in force with their posts and substitutes, in the order of units. */
export async function people(
  database: Database,
): Promise<{ readonly posts: readonly PostRow[]; readonly substitutes: readonly SubstituteRow[] }> {
  const { directory } = await loadRules(database, database);
  const posts = directory.posts.map((post): PostRow => ({
    ...personNamed(directory, post.personId),
    email: directory.persons.find(({ id }) => id === post.personId)?.email ?? null,
    unit: unitNamed(directory, post.unitId).name,
    unitId: post.unitId,
    role: post.role,
    roleLabel: roles[post.role],
    title: post.title,
    from: post.from,
    to: post.to,
  }));
  const substitutes = directory.substitutes.map(({ personId, substituteId, ...one }) => ({
    person: personNamed(directory, personId),
    substitute: personNamed(directory, substituteId),
    ...one,
  }));
  return { posts: posts.sort((a, b) => a.unit.localeCompare(b.unit, 'zh') || a.name.localeCompare(b.name, 'zh')), substitutes };
}

/** Something that the base data owes: a post to be filled, a handover to be signed, a holiday table to be entered. */
export interface BaseDutyRow {
  readonly id: string;
  readonly kind: ObligationKind;
  readonly label: string;
  /** What it is about, in office words. */
  readonly subject: string;
  readonly openedAt: Instant;
  readonly dueOn: LocalDate;
  readonly provisional: boolean;
  readonly overdue: boolean;
  /** Who owes it. */
  readonly persons: readonly Named[];
}

/** What is open in the base data, of one kind, the earliest due first. */
export async function baseDuties(database: Database, kind: ObligationKind, now: Instant): Promise<BaseDutyRow[]> {
  const base = await openBaseData(database);
  if (!base) return [];
  const { state, context } = base;
  return state.duties
    .filter((duty) => duty.kind === kind && duty.closedAt === null)
    .map((duty) => dutyRow(duty, state, context, now))
    .sort((a, b) => a.dueOn.localeCompare(b.dueOn));
}

/** A handover that waits to be signed, with what the new head takes over. */
export interface HandoverView extends BaseDutyRow {
  readonly from: Named | null;
  readonly to: Named;
  readonly items: readonly {
    readonly streamId: string;
    readonly reference: string;
    readonly obligationId: string;
    readonly label: string;
    readonly dueOn: LocalDate;
    /** Whether it is still open now. */
    readonly open: boolean;
  }[];
}

/** The handovers that nobody has signed yet. */
export async function openHandovers(database: Database, now: Instant): Promise<HandoverView[]> {
  const base = await openBaseData(database);
  if (!base) return [];
  const { state, context } = base;
  const waiting = state.handovers.flatMap((handover) => {
    const duty = state.duties.find(({ id, closedAt }) => id === handover.dutyId && closedAt === null);
    return duty ? [{ handover, duty }] : [];
  });
  const streams = [...new Set(waiting.flatMap(({ handover }) => handover.items.map(({ streamId }) => streamId)))];
  const obligations = await database.obligation.findMany({ where: { streamId: { in: streams } } });
  const subjects = await subjectsOf(database, database, streams);
  return waiting.map(({ handover: { from, to, items }, duty }) => ({
    ...dutyRow(duty, state, context, now),
    from: from === null ? null : personNamed(context.directory, from),
    to: personNamed(context.directory, to),
    items: items.map((item) => {
      const owed = obligations.find(({ streamId, id }) => streamId === item.streamId && id === item.obligationId);
      return {
        ...item,
        reference: subjects.get(item.streamId)?.reference ?? item.streamId,
        label: owed ? obligationLabels[owed.kind as ObligationKind] : item.obligationId,
        open: owed?.closedAt === null,
      };
    }),
  }));
}

async function openBaseData(database: Database): Promise<{ readonly state: BaseState; readonly context: RuleContext } | null> {
  const base = (await subjectsOf(database, database, [BASE])).get(BASE);
  return base ? { state: base.account as BaseState, context: base.context } : null;
}

function dutyRow(duty: Duty, state: BaseState, context: RuleContext, now: Instant): BaseDutyRow {
  const { dueOn, provisional } = obligationOf(duty, context);
  const today = dateOf(now);
  return {
    id: duty.id,
    kind: duty.kind,
    label: obligationLabels[duty.kind],
    subject: baseSubject(state, duty.id, context.directory),
    openedAt: duty.openedAt,
    dueOn,
    provisional,
    overdue: today > dueOn,
    persons: dutyHolders(context.directory, state, duty, today).personIds.map((id) => personNamed(context.directory, id)),
  };
}

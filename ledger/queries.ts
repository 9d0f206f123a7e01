import { workdaysBetween } from '../domain/calendar';
import { agenda } from '../domain/obligation/agenda';
import { phaseLabels, type Phase } from '../domain/issue/types';
import { dutyHolders } from '../domain/parties';
import { obligationLabels, type ObligationKind, type Tone } from '../domain/policy/policy';
import { roles, type Role } from '../domain/roles';
import { dateOf, fromMillis, type Instant, type LocalDate } from '../domain/time';
import { localDay, type Database } from './database';
import { personNamed, unitNamed, type Named } from './names';
import { subjectsOf, type Subject } from './subjects';

export { issueDetail } from './issue-detail';
export type { IssueDetail } from './issue-views';
export type { Named } from './names';

/** One issue in a list. */
export interface IssueRow {
  readonly id: string;
  readonly roundId: string;
  readonly number: number;
  readonly title: string;
  readonly phase: Phase;
  readonly phaseLabel: string;
  readonly leadUnit: Named | null;
  /** The day by which it is to be rectified. */
  readonly dueOn: LocalDate | null;
  readonly tone: Tone;
  /** What is owed in it now. */
  readonly open: number;
  /** The earliest day by which something is owed in it. */
  readonly nextDueOn: LocalDate | null;
}

export interface IssueFilter {
  readonly roundId?: string;
  readonly phase?: Phase;
  /** At most so many; 200 unless told. */
  readonly limit?: number;
}

/** Issues in the order of their rounds and numbers. */
export async function issueList(database: Database, { roundId, phase, limit = 200 }: IssueFilter = {}): Promise<IssueRow[]> {
  const rows = await database.$queryRaw<IssueRecord[]>`
    SELECT i.id, i.round_id, i.number, i.title, i.phase, i.lead_unit_id, u.name AS lead_unit, i.due_on, i.tone, o.open, o.next_due_on
    FROM issue i JOIN round r ON r.id = i.round_id LEFT JOIN unit u ON u.id = i.lead_unit_id
    CROSS JOIN LATERAL (SELECT count(*)::int AS open, min(due_on) FILTER (WHERE NOT stopped) AS next_due_on
      FROM obligation WHERE stream_id = i.id AND closed_at IS NULL) AS o
    WHERE (${roundId ?? null}::text IS NULL OR i.round_id = ${roundId ?? null}) AND (${phase ?? null}::text IS NULL OR i.phase = ${phase ?? null})
    ORDER BY r.opened_at, length(r.id), r.id, i.number LIMIT ${limit}`;
  return rows.map((row) => ({
    id: row.id,
    roundId: row.round_id,
    number: row.number,
    title: row.title,
    phase: row.phase,
    phaseLabel: phaseLabels[row.phase],
    leadUnit: row.lead_unit_id === null ? null : { id: row.lead_unit_id, name: row.lead_unit ?? row.lead_unit_id },
    dueOn: dayOf(row.due_on),
    tone: row.tone,
    open: row.open,
    nextDueOn: dayOf(row.next_due_on),
  }));
}

interface IssueRecord {
  readonly id: string;
  readonly round_id: string;
  readonly number: number;
  readonly title: string;
  readonly phase: Phase;
  readonly lead_unit_id: string | null;
  readonly lead_unit: string | null;
  readonly due_on: Date | null;
  readonly tone: Tone;
  readonly open: number;
  readonly next_due_on: Date | null;
}

/** How many issues stand in each phase; phases without one are 0. */
export async function phaseCounts(database: Database, roundId?: string): Promise<Readonly<Record<Phase, number>>> {
  const rows = await database.$queryRaw<{ phase: Phase; count: number }[]>`
    SELECT phase, count(*)::int AS count FROM issue WHERE ${roundId ?? null}::text IS NULL OR round_id = ${roundId ?? null} GROUP BY phase`;
  const none = Object.fromEntries(Object.keys(phaseLabels).map((phase) => [phase, 0]));
  return { ...none, ...Object.fromEntries(rows.map(({ phase, count }) => [phase, count])) } as Record<Phase, number>;
}

/** A round with how far it has come. */
export interface RoundRow {
  readonly id: string;
  readonly name: string;
  readonly inspectedBody: string | null;
  readonly inspectingBody: string | null;
  readonly feedbackOn: LocalDate;
  readonly openedAt: Instant;
  readonly source: { readonly file: string; readonly sha256: string } | null;
  readonly issues: number;
  /** Struck off: closed, being looked at again or consolidated. */
  readonly closed: number;
  /** Whose worst tone is red. */
  readonly red: number;
}

/** The rounds, oldest first. */
export async function roundList(database: Database): Promise<RoundRow[]> {
  const rows = await database.$queryRaw<RoundRecord[]>`
    SELECT r.id, r.name, r.inspected_body, r.inspecting_body, r.feedback_on, r.opened_at, r.source_file, r.source_sha256,
      count(i.id)::int AS issues, count(*) FILTER (WHERE i.phase IN ('closed', 'afterCheckBack', 'consolidated'))::int AS closed,
      count(*) FILTER (WHERE i.tone = 'red')::int AS red
    FROM round r LEFT JOIN issue i ON i.round_id = r.id GROUP BY r.id ORDER BY r.opened_at, length(r.id), r.id`;
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    inspectedBody: row.inspected_body,
    inspectingBody: row.inspecting_body,
    feedbackOn: localDay(row.feedback_on),
    openedAt: fromMillis(row.opened_at.getTime()),
    source: row.source_file === null ? null : { file: row.source_file, sha256: row.source_sha256 ?? '' },
    issues: row.issues,
    closed: row.closed,
    red: row.red,
  }));
}

interface RoundRecord {
  readonly id: string;
  readonly name: string;
  readonly inspected_body: string | null;
  readonly inspecting_body: string | null;
  readonly feedback_on: Date;
  readonly opened_at: Date;
  readonly source_file: string | null;
  readonly source_sha256: string | null;
  readonly issues: number;
  readonly closed: number;
  readonly red: number;
}

/** Who owes what next. */
export interface DueRow {
  /** The issue `R1-012`, the round `round/R1` or `base`. */
  readonly streamId: string;
  readonly reference: string;
  /** A path below the base of all links. */
  readonly link: string;
  readonly title: string;
  readonly obligationId: string;
  readonly kind: ObligationKind;
  /** What is owed, in office words. */
  readonly label: string;
  readonly holder: Role;
  readonly holderLabel: string;
  readonly unit: Named | null;
  /** Who holds the role now; empty when nobody does. */
  readonly persons: readonly Named[];
  readonly dueOn: LocalDate;
  readonly provisional: boolean;
  /** Workdays from today; negative is overdue by, 0 is due today (or on a rest day before the next workday). */
  readonly workdaysLeft: number;
  readonly overdue: boolean;
  readonly nextRung: { readonly at: Instant; readonly label: string } | null;
}

/** What is owed, the most urgent first, as of `now`. A clock that rests while somebody else decides is left out. */
export async function nextDue(
  database: Database,
  {
    now,
    limit = 50,
    roundId,
    streamId,
  }: { readonly now: Instant; readonly limit?: number; readonly roundId?: string; readonly streamId?: string },
): Promise<DueRow[]> {
  const rows = await database.$queryRaw<DueRecord[]>`
    SELECT o.stream_id, o.id, o.kind, o.holder, o.unit_id, o.due_on, o.provisional FROM obligation o
    LEFT JOIN issue i ON i.id = o.stream_id
    WHERE o.closed_at IS NULL AND NOT o.stopped
      AND (${roundId ?? null}::text IS NULL OR i.round_id = ${roundId ?? null} OR o.stream_id = 'round/' || ${roundId ?? null})
      AND (${streamId ?? null}::text IS NULL OR o.stream_id = ${streamId ?? null})
    ORDER BY o.due_on, o.stream_id, o.opened_at, o.id LIMIT ${limit}`;
  const subjects = await subjectsOf(database, database, [...new Set(rows.map(({ stream_id }) => stream_id))]);
  return rows.flatMap((row) => {
    const subject = subjects.get(row.stream_id);
    return subject ? [dueRow(row, subject, now)] : [];
  });
}

interface DueRecord {
  readonly stream_id: string;
  readonly id: string;
  readonly kind: ObligationKind;
  readonly holder: Role;
  readonly unit_id: string | null;
  readonly due_on: Date;
  readonly provisional: boolean;
}

function dueRow(row: DueRecord, subject: Subject, now: Instant): DueRow {
  const { account, context } = subject;
  const { directory, calendar } = context;
  const today = dateOf(now);
  const due = localDay(row.due_on);
  const duty = account.duties.find(({ id }) => id === row.id);
  const rung = agenda(account, context, now).find(({ obligation, at }) => obligation.duty.id === row.id && at > now);
  return {
    streamId: row.stream_id,
    reference: subject.reference,
    link: subject.link,
    title: subject.titleOf(row.id),
    obligationId: row.id,
    kind: row.kind,
    label: obligationLabels[row.kind],
    holder: row.holder,
    holderLabel: roles[row.holder],
    unit: row.unit_id === null ? null : unitNamed(directory, row.unit_id),
    persons: duty ? dutyHolders(directory, account, duty, today).personIds.map((id) => personNamed(directory, id)) : [],
    dueOn: due,
    provisional: row.provisional,
    workdaysLeft: workdaysBetween(calendar, today, due),
    overdue: today > due,
    nextRung: rung ? { at: rung.at, label: rung.rung.label } : null,
  };
}

const dayOf = (date: Date | null): LocalDate | null => (date === null ? null : localDay(date));

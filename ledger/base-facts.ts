import type { BaseFacts } from '../domain/base/watch';
import { BASE, seatKey, type HandedItem, type Seat } from '../domain/base/types';
import type { WorkCalendar } from '../domain/calendar';
import type { RuleContext } from '../domain/context';
import { organisationOf } from '../domain/directory-tree';
import { obligations } from '../domain/obligation/obligations';
import type { Account } from '../domain/obligation/types';
import type { Role } from '../domain/roles';
import { dateOf, localDate, ZONE, type Instant, type LocalDate } from '../domain/time';
import { localDay, type Transaction } from './database';
import type { Change } from './kinds';

/** Offices without which a round stands still. */
const offices: readonly Role[] = ['rectificationOffice', 'firstResponsible', 'inspectionOffice'];

/**
 * Whether the base data must look after a step: an issue came to somebody who was not watched yet, or something rests on a year
 * without a holiday table that was not asked for. Then its stream is due at once.
 */
export async function baseMustLook(tx: Transaction, change: Change & { readonly nextWakeAt: Instant | null }): Promise<boolean> {
  const { before, after, now } = change;
  const seats = after.assignment !== before.assignment ? seatsOf(after) : [];
  const years = yearsWithoutTable(change);
  if (seats.length === 0 && years.length === 0) return false;
  const rows = await tx.$queryRaw<{ years: string[]; seen: Record<string, string | null> }[]>`
    SELECT state->'years' AS years, state->'seen' AS seen FROM base WHERE id = ${BASE}`;
  const base = rows[0] ?? { years: [], seen: {} };
  const watched = seats.every((seat) => Object.hasOwn(base.seen, seatKey(seat)));
  if (watched && years.every((year) => base.years.includes(year))) return false;
  await tx.$executeRaw`UPDATE stream SET next_wake_at = least(next_wake_at, ${now}::timestamptz) WHERE id = ${BASE}`;
  return true;
}

/** Who must be there for an issue that is assigned: the heads of its units, its lead leader. */
function seatsOf({ assignment }: Account): Seat[] {
  if (!assignment) return [];
  const heads = [assignment.leadUnitId, ...assignment.coUnitIds].map((unitId) => ({ role: 'unitHead' as const, unitId, personId: null }));
  return [...heads, { role: 'leadLeader', unitId: null, personId: assignment.leadLeaderId }];
}

/** Years without a table on which an account rests: the due days of what is open, and the day of its next rung. */
function yearsWithoutTable({ after, context, nextWakeAt }: { after: Account; context: RuleContext; nextWakeAt: Instant | null }): string[] {
  const due = obligations(after, context).flatMap(({ provisional, dueOn }) => (provisional ? [dueOn] : []));
  return uncovered(context.calendar, nextWakeAt === null ? [] : [dateOf(nextWakeAt)], due);
}

/** The years without a table among days, or beside them: a day named 2027-01-01 is due in 2026, and still rests on the table of 2027. */
function uncovered({ years }: WorkCalendar, days: readonly LocalDate[], beside: readonly LocalDate[] = []): string[] {
  const lacks = (year: number): boolean => !Object.hasOwn(years, String(year));
  const own = days.map((day) => Number(day.slice(0, 4))).filter(lacks);
  const near = beside.flatMap((day) => {
    const year = Number(day.slice(0, 4));
    return [year, year + 1, year - 1].find(lacks) ?? [];
  });
  return [...new Set([...own, ...near])].sort().map(String);
}

/** What the open issues and rounds need of the base data, as of this transaction. */
export async function baseFacts(tx: Transaction, context: RuleContext): Promise<BaseFacts> {
  const parts = await tx.$queryRaw<{ unit_id: string; organisation_id: string | null }[]>`
    SELECT DISTINCT u.unit_id, r.organisation_id FROM issue i JOIN stream s ON s.id = i.id AND NOT s.final JOIN round r ON r.id = i.round_id
    CROSS JOIN LATERAL (SELECT i.lead_unit_id AS unit_id UNION SELECT jsonb_array_elements_text(coalesce(i.state->'assignment'->'coUnitIds', '[]'::jsonb))) AS u
    WHERE u.unit_id IS NOT NULL AND jsonb_typeof(i.state->'assignment') = 'object' ORDER BY 1`;
  const leaders = await tx.$queryRaw<{ person_id: string; organisation_id: string | null; unit_id: string | null }[]>`
    SELECT DISTINCT i.state->'assignment'->>'leadLeaderId' AS person_id, r.organisation_id, i.lead_unit_id AS unit_id
    FROM issue i JOIN stream s ON s.id = i.id AND NOT s.final JOIN round r ON r.id = i.round_id
    WHERE jsonb_typeof(i.state->'assignment') = 'object' ORDER BY 1, 2, 3`;
  const rounds = await tx.$queryRaw<{ organisation_id: string | null }[]>`
    SELECT DISTINCT r.organisation_id FROM round r WHERE EXISTS (SELECT FROM stream s WHERE s.round_id = r.id AND NOT s.final)`;
  const items = await tx.$queryRaw<ItemRow[]>`
    SELECT o.stream_id, o.id, o.due_on, o.unit_id FROM obligation o WHERE o.closed_at IS NULL AND o.holder = 'unitHead' AND o.kind <> 'handover'
    ORDER BY o.due_on, o.stream_id, o.id`;
  return {
    seats: [
      ...parts.map(({ unit_id, organisation_id }) => ({
        role: 'unitHead' as const,
        unitId: unit_id,
        personId: null,
        organisationId: organisation_id,
      })),
      ...leaders.map(({ person_id, organisation_id, unit_id }) => ({
        role: 'leadLeader' as const,
        unitId: null,
        personId: person_id,
        organisationId: organisation_id ?? (unit_id === null ? null : (organisationOf(context.directory, unit_id)?.id ?? null)),
      })),
      ...rounds.flatMap(({ organisation_id }) =>
        offices.map((role) => ({ role, unitId: organisation_id, personId: null, organisationId: organisation_id })),
      ),
    ],
    uncoveredYears: await uncoveredYears(tx, context),
    itemsOf: (seat: Seat): HandedItem[] =>
      items
        .filter(({ unit_id }) => unit_id !== null && unit_id === seat.unitId)
        .map(({ stream_id, id, due_on }) => ({ streamId: stream_id, obligationId: id, dueOn: localDay(due_on) })),
  };
}

interface ItemRow {
  readonly stream_id: string;
  readonly id: string;
  readonly due_on: Date;
  readonly unit_id: string | null;
}

/** Years without a table on which something open rests: a due day, or the next rung of an issue or a round. */
export async function uncoveredYears(tx: Pick<Transaction, '$queryRaw'>, { calendar }: RuleContext): Promise<string[]> {
  const due = await tx.$queryRaw<{ day: Date }[]>`
    SELECT DISTINCT due_on AS day FROM obligation WHERE closed_at IS NULL AND provisional`;
  const wakes = await tx.$queryRaw<{ year: string }[]>`
    SELECT DISTINCT to_char(next_wake_at AT TIME ZONE ${ZONE}, 'YYYY') AS year FROM stream
    WHERE kind IN ('issue', 'round') AND NOT final AND next_wake_at IS NOT NULL`;
  return uncovered(
    calendar,
    wakes.map(({ year }) => localDate(`${year}-01-01`)),
    due.map(({ day }) => localDay(day)),
  );
}

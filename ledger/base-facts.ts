import type { BaseFacts } from '../domain/base/watch';
import { BASE, type HandedItem, type Seat } from '../domain/base/types';
import type { RuleContext } from '../domain/context';
import { obligations } from '../domain/obligation/obligations';
import type { Account } from '../domain/obligation/types';
import { anywhere, holders } from '../domain/parties';
import type { Role } from '../domain/roles';
import { dateOf, type Instant } from '../domain/time';
import { localDay, type Transaction } from './database';
import type { Change } from './kinds';

/** Offices without which a round stands still. */
const offices: readonly Role[] = ['rectificationOffice', 'firstResponsible', 'inspectionOffice'];

/**
 * Whether the base data must look after a step: an issue came to a unit that nobody heads, or something became due in a year without
 * a holiday table that was not asked for. Then its stream is due at once.
 */
export async function baseMustLook(tx: Transaction, { before, after, context, now }: Change): Promise<boolean> {
  const seats = after.assignment !== before.assignment && seatEmpty(after, context, now);
  const years = new Set(
    obligations(after, context)
      .filter(({ provisional }) => provisional)
      .map(({ dueOn }) => dueOn.slice(0, 4)),
  );
  if (!seats && years.size === 0) return false;
  const asked = await tx.$queryRaw<{ years: string[] | null }[]>`SELECT state->'years' AS years FROM base WHERE id = ${BASE}`;
  const known = asked[0]?.years ?? [];
  if (!seats && [...years].every((year) => known.includes(year))) return false;
  await tx.$executeRaw`UPDATE stream SET next_wake_at = least(next_wake_at, ${now}::timestamptz) WHERE id = ${BASE}`;
  return true;
}

function seatEmpty({ assignment, organisationId }: Account, { directory }: RuleContext, now: Instant): boolean {
  const units = assignment ? [assignment.leadUnitId, ...assignment.coUnitIds] : [];
  return units.some((unitId) => holders(directory, { ...anywhere, organisationId }, 'unitHead', dateOf(now), unitId).length === 0);
}

/** What the open issues and rounds need of the base data, as of this transaction. */
export async function baseFacts(tx: Transaction, context: RuleContext): Promise<BaseFacts> {
  const parts = await tx.$queryRaw<{ unit_id: string; organisation_id: string | null }[]>`
    SELECT DISTINCT u.unit_id, r.organisation_id FROM issue i JOIN stream s ON s.id = i.id AND NOT s.final JOIN round r ON r.id = i.round_id
    CROSS JOIN LATERAL (SELECT i.lead_unit_id AS unit_id UNION SELECT jsonb_array_elements_text(coalesce(i.state->'assignment'->'coUnitIds', '[]'::jsonb))) AS u
    WHERE u.unit_id IS NOT NULL AND jsonb_typeof(i.state->'assignment') = 'object' ORDER BY 1`;
  const leaders = await tx.$queryRaw<{ person_id: string }[]>`
    SELECT DISTINCT i.state->'assignment'->>'leadLeaderId' AS person_id FROM issue i JOIN stream s ON s.id = i.id AND NOT s.final
    WHERE jsonb_typeof(i.state->'assignment') = 'object' ORDER BY 1`;
  const rounds = await tx.$queryRaw<{ organisation_id: string | null }[]>`
    SELECT DISTINCT r.organisation_id FROM round r WHERE EXISTS (SELECT FROM issue i JOIN stream s ON s.id = i.id AND NOT s.final WHERE i.round_id = r.id)`;
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
      ...leaders.map(({ person_id }) => ({ role: 'leadLeader' as const, unitId: null, personId: person_id, organisationId: null })),
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

/** Years without a table in which something open is due. */
export async function uncoveredYears(tx: Pick<Transaction, '$queryRaw'>, { calendar }: RuleContext): Promise<string[]> {
  const rows = await tx.$queryRaw<{ year: string }[]>`
    SELECT DISTINCT to_char(due_on, 'YYYY') AS year FROM obligation WHERE closed_at IS NULL AND provisional ORDER BY 1`;
  return rows.map(({ year }) => year).filter((year) => !Object.hasOwn(calendar.years, year));
}

import type { Database } from '../../ledger/database';
import { markOf } from './own-inbox';

/** One person who is owed word of one rung: an event `rungFired` and one of its recipients, with what became of the notice. */
export interface OwedWord {
  readonly mark: string;
  readonly person: string;
  readonly streamId: string;
  readonly dutyId: string;
  readonly rung: string;
  readonly tone: string;
  readonly urgent: boolean;
  readonly roles: readonly string[];
  readonly vacant: readonly string[];
  readonly firedAt: Date;
  /** Null: nobody wrote a notice. */
  readonly state: string | null;
  readonly reason: string | null;
  readonly opening: Date | null;
  readonly closedAt: Date | null;
}

/** Every pair of a rung that fired and a person who is owed it, read from the events: no agenda, no digest, no delivery. */
export async function owedWords(database: Database): Promise<OwedWord[]> {
  const rows = await database.$queryRaw<(Omit<OwedWord, 'mark'> & { occurrence: number })[]>`
    SELECT r->>'personId' AS person, e.stream_id AS "streamId", e.payload->>'dutyId' AS "dutyId", e.payload->>'rung' AS rung,
      (e.payload->>'occurrence')::int AS occurrence, e.payload->>'tone' AS tone, coalesce((e.payload->>'urgent')::boolean, false) AS urgent,
      ARRAY(SELECT jsonb_array_elements_text(r->'roles')) AS roles, ARRAY(SELECT jsonb_array_elements_text(r->'vacant')) AS vacant,
      e.occurred_at AS "firedAt", n.state, n.reason, n.opening, o.closed_at AS "closedAt"
    FROM event e CROSS JOIN LATERAL jsonb_array_elements(e.payload->'recipients') AS r
    LEFT JOIN notice n ON n.stream_id = e.stream_id AND n.obligation_id = e.payload->>'dutyId' AND n.rung = e.payload->>'rung'
      AND n.occurrence = (e.payload->>'occurrence')::int AND n.person_id = r->>'personId'
    LEFT JOIN obligation o ON o.stream_id = e.stream_id AND o.id = e.payload->>'dutyId'
    WHERE e.type = 'rungFired' ORDER BY e.position`;
  return rows.map(({ occurrence, ...row }) => ({ ...row, mark: markOf(row.streamId, row.dutyId, row.rung, occurrence) }));
}

/** The key of a notice for one person, as a message shows it. */
export const wordKey = ({ person, mark }: Pick<OwedWord, 'person' | 'mark'>): string => `${person} ${mark}`;

/** How many messages carry each notice of each person. */
export function carriersOf<M extends { readonly person: string; readonly marks: readonly string[] }>(
  messages: readonly M[],
): ReadonlyMap<string, readonly M[]> {
  const carriers = new Map<string, M[]>();
  for (const message of messages)
    for (const mark of message.marks) {
      const key = wordKey({ person: message.person, mark });
      carriers.set(key, [...(carriers.get(key) ?? []), message]);
    }
  return carriers;
}

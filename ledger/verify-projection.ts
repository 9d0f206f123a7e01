import type { Account } from '../domain/obligation/types';
import type { RoundState } from '../domain/round/types';
import { fromMillis } from '../domain/time';
import { localDay, type Database } from './database';
import { foldAny } from './rebuild';
import { stable, type EventRow, type Problem } from './verify-chain';

/** What of an account stands in a table of its kind. */
interface StoredState {
  readonly state: unknown;
  readonly phase: string | null;
}

/** The tables that lists read say of each account what its events say. Due days rest on the rules in force and are not compared. */
export async function checkProjections(database: Database, streams: ReadonlyMap<string, readonly EventRow[]>): Promise<Problem[]> {
  const ids = [...streams.keys()];
  const where = { streamId: { in: ids } };
  const stored = await storedStates(database, ids);
  const duties = byStream(await database.obligation.findMany({ where }));
  const rungs = byStream(await database.rung.findMany({ where }));
  const papers = byStream(await database.paper.findMany({ where }));
  const titles = await wrongTitles(database, ids);
  return [...streams].flatMap(([id, rows]): Problem[] => {
    const problem = (what: string): Problem[] => [{ stream: id, version: null, code: 'projection', what }];
    let folded: Account;
    try {
      folded = foldAny(id, rows);
    } catch {
      return problem('事件无法推算（可能由更新版本的程序写入）');
    }
    if (folded.version > 0 && isUnsupervised(folded)) return [];
    const own = stored.get(id);
    if (!own || (own.phase !== null && own.phase !== (folded as { phase?: string }).phase) || stable(own.state) !== stable(folded))
      return problem('台账与事件推算的结果不符');
    if (titles.has(id)) return problem('问题标题与登记时不符');
    if (!agree(dutiesOf(folded), (duties.get(id) ?? []).map(dutyRow))) return problem('应办事项与事件推算的结果不符');
    if (
      !agree(
        rungsOf(folded),
        (rungs.get(id) ?? []).map((rung) => [rung.obligationId, `${rung.rung}@${rung.occurrence}`, rung.how]),
      )
    )
      return problem('提醒督办记录与事件推算的结果不符');
    if (!agree(papersOf(folded), (papers.get(id) ?? []).map(paperRow))) return problem('文书与事件推算的结果不符');
    return [];
  });
}

async function storedStates(database: Database, ids: readonly string[]): Promise<ReadonlyMap<string, StoredState>> {
  const rows = await database.$queryRaw<(StoredState & { readonly id: string })[]>`
    SELECT id, phase, state FROM issue WHERE id = ANY(${ids}::text[])
    UNION ALL SELECT 'round/' || id, phase, state FROM round WHERE 'round/' || id = ANY(${ids}::text[])
    UNION ALL SELECT id, NULL, state FROM base WHERE id = ANY(${ids}::text[])`;
  return new Map(rows.map(({ id, state, phase }) => [id, { state, phase }]));
}

/** A round of before rounds had a life has no projection of its own. */
const isUnsupervised = (account: Account): boolean => account.id.startsWith('round/') && (account as RoundState).policy === null;

type Row = readonly (string | boolean | null)[];

/** The same rows, in whatever order. */
const agree = (a: readonly Row[], b: readonly Row[]): boolean => sorted(a) === sorted(b);
const sorted = (rows: readonly Row[]): string =>
  rows
    .map((row) => JSON.stringify(row))
    .sort()
    .join('\n');

const dutiesOf = ({ duties }: Account): Row[] =>
  duties.map((duty) => [duty.id, duty.kind, duty.holder, duty.openedAt, duty.stoppedAt !== null, duty.closedAt, duty.closedBy]);

interface DutyRow {
  readonly id: string;
  readonly kind: string;
  readonly holder: string;
  readonly openedAt: Date;
  readonly stopped: boolean;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
}

const dutyRow = (duty: DutyRow): Row => [
  duty.id,
  duty.kind,
  duty.holder,
  fromMillis(duty.openedAt.getTime()),
  duty.stopped,
  duty.closedAt && fromMillis(duty.closedAt.getTime()),
  duty.closedBy,
];

const rungsOf = ({ duties }: Account): Row[] =>
  duties.flatMap((duty) => Object.entries(duty.fired).map(([rung, how]) => [duty.id, rung, how]));

const papersOf = ({ papers }: Account): Row[] =>
  papers.map((paper) => [paper.id, paper.kind, paper.state, paper.issuer, paper.addressee, paper.number, paper.signedOn]);

interface PaperRow {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly issuer: string;
  readonly addressee: string;
  readonly number: string | null;
  readonly signedOn: Date | null;
}

const paperRow = ({ id, kind, state, issuer, addressee, number, signedOn }: PaperRow): Row => [
  id,
  kind,
  state,
  issuer,
  addressee,
  number,
  signedOn && localDay(signedOn),
];

function byStream<T extends { readonly streamId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.streamId);
    if (group) group.push(row);
    else groups.set(row.streamId, [row]);
  }
  return groups;
}

/** Issues whose title in the list is not the one that was registered or amended last; an erased title cannot be compared. */
async function wrongTitles(database: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT i.id FROM issue i CROSS JOIN LATERAL (SELECT payload->'title'->>'content' AS content FROM event
      WHERE stream_id = i.id AND type IN ('registered', 'amended') AND payload->'title'->>'content' IS NOT NULL ORDER BY version DESC LIMIT 1) AS e
    JOIN content c ON c.id = e.content
    WHERE i.id = ANY(${ids}::text[]) AND c.bytes IS NOT NULL AND convert_to(i.title, 'UTF8') <> c.bytes`;
  return new Set(rows.map(({ id }) => id));
}

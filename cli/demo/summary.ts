import type { Database } from '../../ledger/database';
import type { DraftLedger } from '../../intake/draft';
import type { DemoRun } from './run-demo';

/** What `demo --json` prints (design.md, section 11). */
export interface DemoSummary {
  readonly schema: 'zhenggai.demo/1';
  readonly source: { readonly file: string; readonly sha256: string };
  readonly issues: number;
  readonly simulatedDays: number;
  readonly wallSeconds: number;
  readonly rungsFired: Readonly<Record<string, number>>;
  readonly notices: {
    readonly created: number;
    readonly sent: number;
    readonly withdrawn: number;
    readonly lost: number;
    readonly duplicates: number;
  };
  readonly messages: number;
  readonly recipients: number;
  readonly escalatedToInspectionOffice: number;
  readonly papers: Readonly<Record<string, number>>;
  readonly closed: number;
  readonly returned: number;
  readonly checkedBack: number;
  readonly relapsed: number;
  readonly forecast: { readonly agrees: boolean; readonly differences: readonly unknown[] };
  readonly ledger: { readonly events: number; readonly verified: boolean };
}

/** A message as the inbox has it: who it went to, its Message-ID, the marks of the notices it carries. */
export interface ReceivedMessage {
  readonly to: string;
  readonly messageId: string;
  readonly notices: readonly string[];
}

export async function summarise(
  database: Database,
  {
    draft,
    run,
    received,
    wallSeconds,
    days,
  }: { draft: DraftLedger; run: DemoRun; received: readonly ReceivedMessage[]; wallSeconds: number; days: number },
): Promise<DemoSummary> {
  const count = async (type: string): Promise<number> => database.event.count({ where: { type } });
  const states = await tally(database, 'SELECT state AS name, count(*)::int AS count FROM notice GROUP BY 1');
  const verified = run.verification.problems.length === 0 && run.silent === 0;
  return {
    schema: 'zhenggai.demo/1',
    source: { file: draft.source.file, sha256: draft.source.sha256 },
    issues: await database.issue.count(),
    simulatedDays: days,
    wallSeconds: Math.round(wallSeconds),
    rungsFired: await tally(database, "SELECT rung AS name, count(*)::int AS count FROM rung WHERE how = 'fired' GROUP BY 1 ORDER BY 1"),
    notices: {
      created: Object.values(states).reduce((sum, value) => sum + value, 0),
      sent: states['sent'] ?? 0,
      withdrawn: states['withdrawn'] ?? 0,
      lost: run.lost,
      duplicates: duplicates(received),
    },
    messages: received.length,
    recipients: new Set(received.map(({ to }) => to)).size,
    escalatedToInspectionOffice: await escalated(database),
    papers: await tally(database, "SELECT kind AS name, count(*)::int AS count FROM paper WHERE state <> 'draft' GROUP BY 1 ORDER BY 1"),
    closed: await count('closed'),
    returned: await count('returned'),
    checkedBack:
      (await count('checkBackPassed')) +
      (await checkBackReturns(database)) +
      (await count('relapsed')) +
      (await checkedConsolidations(database)),
    relapsed: await count('relapsed'),
    forecast: { agrees: run.differences.length === 0 && run.intervals > 0, differences: run.differences },
    ledger: { events: run.verification.events, verified },
  };
}

/** Notices of one person that stand in messages with different Message-IDs, counted in what the mail server received. */
export function duplicates(received: readonly ReceivedMessage[]): number {
  const carriers = new Map<string, Set<string>>();
  for (const { to, messageId, notices } of received)
    for (const mark of notices) carriers.set(`${to} ${mark}`, (carriers.get(`${to} ${mark}`) ?? new Set()).add(messageId));
  return [...carriers.values()].filter((messages) => messages.size > 1).length;
}

const one = async (database: Database, sql: string): Promise<number> =>
  (await database.$queryRawUnsafe<{ count: number }[]>(sql))[0]?.count ?? 0;

const checkBackReturns = (database: Database): Promise<number> =>
  one(database, "SELECT count(*)::int AS count FROM event WHERE type = 'returned' AND payload->>'from' = 'checkBack'");
const checkedConsolidations = (database: Database): Promise<number> =>
  one(database, "SELECT count(*)::int AS count FROM event WHERE type = 'consolidated' AND payload->>'basis' = 'checked'");
/** Issues of whose overdue rectification the inspection office was told. */
const escalated = (database: Database): Promise<number> =>
  one(
    database,
    `SELECT count(DISTINCT e.stream_id)::int AS count FROM event e, jsonb_array_elements(e.payload->'recipients') r
     WHERE e.type = 'rungFired' AND e.payload->>'kind' = 'rectify' AND e.payload->>'tone' = 'red' AND r->'roles' ? 'inspectionOffice'`,
  );

async function tally(database: Database, sql: string): Promise<Record<string, number>> {
  const rows = await database.$queryRawUnsafe<{ name: string; count: number }[]>(sql);
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

import { Client } from 'pg';
import { addMillis, instant, type Instant } from '../../domain/time';
import { storeCommand } from '../../ledger/commands';
import { runCommand, type CommandResult } from '../../ledger/step';
import { onlyIssues, openRound, START, type TestLedger } from '../support/fixture';

export const DAY_MS = 86_400_000;
export const at = (text: string): Instant => instant(`${text}+08:00`);

export const assign = { type: 'assign', leadUnitId: 'clinic', leadLeaderId: 'leader', handlerId: 'handler' };

/** A life from assignment to closeout: who does what, in order. */
export const story: readonly (readonly [actor: string, command: object])[] = [
  ['office', assign],
  ['head', { type: 'acknowledge' }],
  [
    'handler',
    {
      type: 'proposePlan',
      rootCause: '制度缺失',
      measures: [{ unitId: 'clinic', text: '修订制度', dueOn: '2026-05-29', sustained: false }],
    },
  ],
  ['leader', { type: 'approvePlan', opinion: '同意' }],
  ['office', { type: 'approvePlan' }],
  ['handler', { type: 'completeMeasure', measureId: 'm1', evidence: '制度汇编' }],
  ['head', { type: 'requestCloseout', summary: '已整改' }],
  ['office', { type: 'planCheckBack', checkers: ['discipline', 'cadres'], mode: 'onPaper' }],
  ['office', { type: 'recordCheckBack', result: 'passed', seen: '查阅制度' }],
  ['discipline', { type: 'review', verdict: 'approved' }],
  ['cadres', { type: 'review', verdict: 'approved' }],
  ['inspector', { type: 'review', verdict: 'approved' }],
];

export async function act(
  ledger: TestLedger,
  issueId: string,
  actor: string,
  command: object,
  now: Instant,
  more: { key?: string; expectedVersion?: number; recorded?: object } = {},
): Promise<CommandResult> {
  const key = await storeCommand(ledger.database, { streamId: issueId, actor, via: 'test', command, ...more });
  return runCommand(ledger.database, key, now);
}

/** Lives the first `steps` of the story, one an hour, and fails loudly when one is refused. Returns the last instant. */
export async function live(ledger: TestLedger, issueId: string, steps = story.length, from = START): Promise<Instant> {
  let now = from;
  for (const [actor, command] of story.slice(0, steps)) {
    now = addMillis(now, 3_600_000);
    const { outcome } = await act(ledger, issueId, actor, command, now);
    if (!outcome.accepted) throw new Error(JSON.stringify([actor, command, outcome]));
  }
  return now;
}

/** One new issue in a round of its own. */
export async function openIssue(ledger: TestLedger, now = START): Promise<string> {
  const { issueIds } = await openRound(ledger.database, 1, now);
  await onlyIssues(ledger.database);
  return issueIds[0] ?? '';
}

/** Runs SQL as some role, and gives back the rows. */
export async function sql<T extends object>(url: string, text: string, values: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Runs SQL as the owner of the tables with the triggers switched off: what somebody with the keys of the database could do. */
export async function tamper(ledger: TestLedger, text: string): Promise<void> {
  const tables = ['event', 'rung', 'delivery', 'content', 'command'];
  const switched = (how: string): string => tables.map((table) => `ALTER TABLE "${table}" ${how} TRIGGER USER;`).join('\n');
  await sql(ledger.ownerUrl, `BEGIN; ${switched('DISABLE')} ${text}; ${switched('ENABLE')} COMMIT;`);
}

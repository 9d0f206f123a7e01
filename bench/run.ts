import { issueKind } from '../domain/issue/issue-kind';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { formatTable, surfaceOf } from '../cli/table';
import type { RuleContext } from '../domain/context';
import { agenda } from '../domain/obligation/agenda';
import { forecast } from '../domain/obligation/forecast';
import type { IssueState } from '../domain/issue/types';
import { addMillis, fromMillis } from '../domain/time';
import { readText } from '../intake';
import { storeCommand } from '../ledger/commands';
import { inTransaction } from '../ledger/database';
import { loadRules } from '../ledger/rules';
import { runCommand } from '../ledger/step';
import { verifyLedger } from '../ledger/verify';
import globalSetup from '../test/support/global-setup';
import globalTeardown from '../test/support/global-teardown';
import { deploy } from '../test/support/deployment';
import { openRound } from '../test/support/fixture';
import { compare, machine, type BenchResult } from './measure';

const COMMANDS = 60;
const SIDE_BY_SIDE = 10;

/** `npm run bench [-- --json]`: how fast the engine is, each figure against a baseline of the same run. */
async function main(): Promise<void> {
  await globalSetup();
  const start = fromMillis(Date.now());
  const deployment = await deploy(start);
  try {
    const results = await all(deployment, start);
    if (process.argv.includes('--json'))
      process.stdout.write(`${JSON.stringify({ schema: 'zhenggai.bench/1', machine: machine(), results })}\n`);
    else process.stdout.write(`${table(results)}\n`);
  } finally {
    await deployment.close();
    await globalTeardown();
  }
}

async function all(
  { ledger: { database }, workers, act }: Awaited<ReturnType<typeof deploy>>,
  start: ReturnType<typeof fromMillis>,
): Promise<BenchResult[]> {
  const { issueIds } = await openRound(database, SIDE_BY_SIDE, start);
  const context: RuleContext = await inTransaction(database, (tx) => loadRules(tx, database));
  const command = { type: 'comment', note: '压测' };
  const sideBySide = async (work: (issueId: string, index: number) => Promise<unknown>): Promise<number> => {
    await Promise.all(
      issueIds.map(async (id) => {
        for (let index = 0; index < COMMANDS / SIDE_BY_SIDE; index++) await work(id, index);
      }),
    );
    return COMMANDS;
  };
  await workers.lives.kickStarter();
  await Promise.all(issueIds.map((id) => act(id, 'office', command)));

  const decided = await compare(
    'ledger.commands',
    { unit: 'commands/s', baseline: 'bare inserts of one event row, one transaction each' },
    () =>
      sideBySide(async (issueId) => {
        const key = await storeCommand(database, { streamId: issueId, actor: 'office', via: 'bench', command });
        await runCommand(database, key, addMillis(start, 1000));
      }),
    () =>
      sideBySide((id) =>
        inTransaction(database, (tx) => tx.$executeRaw`INSERT INTO counter (name, value) VALUES (${`${id} ${Math.random()}`}, 1)`),
      ),
  );
  const lives = await compare(
    'lives.commands',
    { unit: 'commands/s', baseline: 'the same commands decided by the ledger alone' },
    () => sideBySide((id) => act(id, 'office', command)),
    () =>
      sideBySide(async (issueId) => {
        const key = await storeCommand(database, { streamId: issueId, actor: 'office', via: 'bench', command });
        await runCommand(database, key, addMillis(start, 1000));
      }),
  );
  const bodies = (await database.event.findMany({ select: { body: true } })).map(({ body }) => body);
  const verified = await compare(
    'ledger.verify',
    { unit: 'events/s', baseline: 'bare SHA-256 of the same bytes in memory' },
    async () => (await verifyLedger(database)).events,
    () => {
      for (let i = 0; i < 50; i++) for (const body of bodies) createHash('sha256').update(body).digest('hex');
      return bodies.length * 50;
    },
  );
  const state = (await database.issue.findFirstOrThrow()).state as unknown as IssueState;
  const foretold = await compare(
    'domain.forecast',
    { unit: 'issue-years/s', baseline: 'one agenda of the same issue' },
    () => {
      for (let i = 0; i < 50; i++) forecast(issueKind, state, context, addMillis(start, 365 * 86_400_000));
      return 50;
    },
    () => {
      for (let i = 0; i < 500; i++) agenda(state, context, start);
      return 500;
    },
  );
  const text = readFileSync(path.resolve(__dirname, '../samples/report.txt'), 'utf8');
  const source = { file: 'report.txt', sha256: '0'.repeat(64), format: 'txt', encoding: 'utf-8' };
  const read = await compare(
    'intake.read',
    { unit: 'characters/s', baseline: 'splitting the same text into lines and counting marks of enumeration' },
    () => {
      for (let i = 0; i < 5; i++) readText(text, source);
      return text.length * 5;
    },
    () => {
      let marks = 0;
      for (let i = 0; i < 200; i++)
        for (const line of text.split('\n')) marks += (line.match(/[一二三四五六七八九十]是|\(\d+\)|[①-⑳]/g) ?? []).length;
      return marks > 0 ? text.length * 200 : 0;
    },
  );
  return [decided, lives, verified, foretold, read];
}

const table = (results: readonly BenchResult[]): string =>
  formatTable(
    [
      { title: 'what', whole: true },
      { title: 'value', align: 'right', whole: true },
      { title: 'unit', whole: true },
      { title: 'ratio', align: 'right', whole: true },
      { title: 'spread', whole: true },
      { title: 'n', align: 'right', whole: true },
      { title: 'baseline' },
    ],
    results.map(({ name, value, unit, ratio, spread, n, baseline }) => [name, value, unit, ratio, spread.join(' – '), n, baseline]),
    surfaceOf(process.stdout),
  );

void main();

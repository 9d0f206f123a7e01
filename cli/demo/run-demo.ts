import type { RuleContext } from '../../domain/issue/context';
import type { IssueEvent } from '../../domain/issue/events';
import type { ForecastRung } from '../../domain/issue/forecast';
import type { IssueState } from '../../domain/issue/types';
import { addDays, atLocalTime, dateOf, fromMillis, later, type Instant, type LocalDate } from '../../domain/time';
import type { DraftLedger } from '../../intake/draft';
import { auditNotices } from '../../ledger/audit';
import { outcomeOf, storeCommand } from '../../ledger/commands';
import { inTransaction, type Database } from '../../ledger/database';
import { importDirectory } from '../../ledger/directory';
import { registerRound } from '../../ledger/register';
import { loadRules } from '../../ledger/rules';
import { verifyLedger } from '../../ledger/verify';
import { moveWorld } from '../../ledger/world';
import { inParallel, World } from '../../worker/world';
import { directoryOf, roundOf, sampleDirectory } from '../accounts-of-draft';
import type { Deployment } from '../deployment';
import type { Progress } from '../progress';
import { Foresight, type Difference } from './foresight';
import { actFor, type Act } from './people';
import { Story } from './story';

const SIDE_BY_SIDE = 6;

export interface DemoRun {
  readonly roundId: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly lost: number;
  readonly silent: number;
  readonly differences: readonly Difference[];
  readonly intervals: number;
  readonly refused: readonly string[];
  readonly verification: Awaited<ReturnType<typeof verifyLedger>>;
}

export interface DemoOptions {
  readonly draft: DraftLedger;
  readonly days: number;
  readonly say: (line: string) => void;
  readonly progress: Progress;
}

/** Opens the account of a document on the real services and lives through its days, as if the feedback had been given today. */
export async function runDemo(deployment: Deployment, { draft, days, say, progress }: DemoOptions): Promise<DemoRun> {
  const { database, workers } = deployment;
  const start = fromMillis(Math.ceil(Date.now() / 1000) * 1000);
  const today = dateOf(start);
  const end = atLocalTime(addDays(today, days), 20);
  await moveWorld(database, start);
  await importDirectory(database, await directoryOf(sampleDirectory(), today), { actor: 'demo', via: 'demo', now: start });
  const round = roundOf(draft, { feedbackOn: today, reported: false });
  const context = await rulesOf(database);
  const office = context.directory.posts.find((post) => post.role === 'rectificationOffice')?.personId ?? 'demo';
  const { roundId, issueIds } = await registerRound(database, round, { actor: office, via: 'demo', now: start });
  say(`${today}  建账  ${round.name}：${issueIds.length}个问题，轮次${roundId}`);

  const world = new World({ client: workers.client, database, lives: workers.lives }, start);
  await workers.lives.kickStarter();
  await inParallel(issueIds, SIDE_BY_SIDE, (id) => workers.lives.start(id)); // the starter is paced; the world needs every life now
  await world.moveTo(start); // every life has said what is new
  const run = new Lived(database, deployment, world, context, { foresight: new Foresight(end), story: new Story(say) });
  for (const id of issueIds) await run.foretell(id);

  for (let next = await run.nextActs(); next !== null && next.at < end; next = await run.nextActs()) {
    if (process.stderr.isTTY) progress.update(`演示推进到 ${dateOf(next.at)}`);
    await world.moveTo(later(next.at, world.now()));
    await inParallel(next.acts, SIDE_BY_SIDE, ({ issueId, act }) => run.perform(issueId, act));
    await run.tellNews();
  }
  await world.moveTo(end);
  for (const id of issueIds) await run.compareToEnd(id, end);
  await run.tellNews();
  progress.done();

  const { lost, silent } = await auditNotices(database, end);
  const verification = await verifyLedger(database);
  const { differences, intervals, refused } = run.result();
  return { roundId, start, end, lost, silent, differences, intervals, refused, verification };
}

const rulesOf = (database: Database): Promise<RuleContext> => inTransaction(database, (tx) => loadRules(tx, database));

/** The demo as it is being lived: who acts next, what was foretold, what was told. */
class Lived {
  private toldUpTo = -1n;
  private readonly refused: string[] = [];
  /** The version up to which an issue's rungs were compared. */
  private readonly comparedUpTo = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly deployment: Deployment,
    private readonly world: World,
    private readonly context: RuleContext,
    private readonly book: { readonly foresight: Foresight; readonly story: Story },
  ) {}

  /** The acts of the next day on which anybody acts, at 10:00 of that day. */
  async nextActs(): Promise<{ at: Instant; acts: { issueId: string; act: Act }[] } | null> {
    const issues = await this.database.issue.findMany({
      where: { NOT: { phase: 'consolidated' } },
      select: { state: true },
      orderBy: { id: 'asc' },
    });
    const today = dateOf(this.world.now());
    const planned = issues.flatMap(({ state }) => {
      const issue = state as unknown as IssueState;
      const acts = issue.duties.filter((duty) => duty.closedAt === null).flatMap((duty) => actFor(issue, duty, this.context) ?? []);
      const first = acts.sort((a, b) => (a.on < b.on ? -1 : 1))[0];
      return first ? [{ issueId: issue.id, act: first, on: first.on < today ? today : first.on }] : [];
    });
    const day = planned.reduce<LocalDate | null>((soonest, { on }) => (soonest === null || on < soonest ? on : soonest), null);
    if (day === null) return null;
    return { at: later(atLocalTime(day, 10), this.world.now()), acts: planned.filter(({ on }) => on === day) };
  }

  /** Gives the commands of an act, one after another, at the world's instant. */
  async perform(issueId: string, act: Act): Promise<void> {
    for (const command of act.commands) {
      await this.world.bring(issueId);
      const key = await storeCommand(this.database, { issueId, actor: act.actor, via: 'demo', command });
      await (await this.deployment.workers.lives.send(issueId, key)).result();
      const answer = await outcomeOf(this.database, key);
      await this.compareToCommand(issueId, key);
      if (answer?.accepted) continue;
      const why = answer === null ? '没有答复' : `${answer.rejection.code} ${answer.rejection.what}`;
      this.refused.push(`${issueId} ${(command as { type: string }).type} ${act.actor}：${why}`);
      return;
    }
  }

  async foretell(issueId: string): Promise<void> {
    const row = await this.database.issue.findUniqueOrThrow({ where: { id: issueId }, select: { state: true } });
    const state = row.state as unknown as IssueState;
    this.comparedUpTo.set(issueId, state.version);
    this.book.foresight.foretell(state, this.context);
  }

  /** Compares the interval that a command ended, and foretells from there. */
  private async compareToCommand(issueId: string, key: string): Promise<void> {
    const acted = await this.database.event.findFirst({ where: { streamId: issueId, commandKey: key }, orderBy: { version: 'asc' } });
    if (!acted) return;
    const at = fromMillis(acted.occurredAt.getTime());
    this.book.foresight.compare(issueId, await this.firedBetween(issueId, acted.version), at);
    await this.foretell(issueId);
  }

  async compareToEnd(issueId: string, end: Instant): Promise<void> {
    this.book.foresight.compare(issueId, await this.firedBetween(issueId, Number.MAX_SAFE_INTEGER), end);
  }

  private async firedBetween(issueId: string, before: number): Promise<ForecastRung[]> {
    const rows = await this.database.$queryRaw<{ payload: ForecastRung }[]>`
      SELECT payload FROM event WHERE stream_id = ${issueId} AND type = 'rungFired'
      AND version > ${this.comparedUpTo.get(issueId) ?? 0} AND version < ${before}::bigint ORDER BY version`;
    return rows.map(({ payload }) => payload);
  }

  /** Tells what happened since the last time, in the order of its instants. */
  async tellNews(): Promise<void> {
    const rows = await this.database.$queryRaw<{ stream_id: string; type: string; payload: object; occurred_at: Date; position: bigint }[]>`
      SELECT e.stream_id, e.type, e.payload, e.occurred_at, e.position FROM event e JOIN issue i ON i.id = e.stream_id
      WHERE e.position > ${this.toldUpTo} ORDER BY e.occurred_at, e.position`;
    for (const row of rows) {
      const event = { ...row.payload, type: row.type } as IssueEvent;
      this.book.story.tell({ issueId: row.stream_id, event, at: fromMillis(row.occurred_at.getTime()) });
      if (row.position > this.toldUpTo) this.toldUpTo = row.position;
    }
    this.book.story.flush();
  }

  result(): { differences: readonly Difference[]; intervals: number; refused: readonly string[] } {
    return { differences: this.book.foresight.differences, intervals: this.book.foresight.intervals(), refused: this.refused };
  }
}

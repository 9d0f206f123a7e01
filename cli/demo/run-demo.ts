import type { RuleContext } from '../../domain/context';
import type { IssueEvent } from '../../domain/issue/events';
import type { RungFired } from '../../domain/obligation/events';
import { issueKind } from '../../domain/issue/issue-kind';
import type { IssueState } from '../../domain/issue/types';
import type { Account, Duty } from '../../domain/obligation/types';
import { roundKind } from '../../domain/round/round-kind';
import { roundStreamId, type RoundState } from '../../domain/round/types';
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
import { actFor, actForRound, type Act } from './people';
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
  const streamIds = [...issueIds, roundStreamId(roundId)];
  for (const id of streamIds) await run.foretell(id);

  for (let next = await run.nextActs(); next !== null && next.at < end; next = await run.nextActs()) {
    if (process.stderr.isTTY) progress.update(`演示推进到 ${dateOf(next.at)}`);
    await world.moveTo(later(next.at, world.now()));
    await inParallel(next.acts, SIDE_BY_SIDE, ({ streamId, act }) => run.perform(streamId, act));
    await run.tellNews();
  }
  await world.moveTo(end);
  for (const id of streamIds) await run.compareToEnd(id, end);
  await run.tellNews();
  progress.done();

  const { lost, silent } = await auditNotices(database, end);
  const verification = await verifyLedger(database);
  const { differences, intervals, refused } = run.result();
  return { roundId, start, end, lost, silent, differences, intervals, refused, verification };
}

const openDuties = ({ duties }: Account): readonly Duty[] => duties.filter(({ closedAt }) => closedAt === null);

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
  async nextActs(): Promise<{ at: Instant; acts: { streamId: string; act: Act }[] } | null> {
    const issues = await this.database.issue.findMany({
      where: { NOT: { phase: 'consolidated' } },
      select: { state: true },
      orderBy: { id: 'asc' },
    });
    const rounds = await this.database.round.findMany({ select: { state: true } });
    const today = dateOf(this.world.now());
    const firstOf = (streamId: string, acts: readonly Act[]): { streamId: string; act: Act; on: LocalDate }[] => {
      const first = acts.toSorted((a, b) => (a.on < b.on ? -1 : 1))[0];
      return first ? [{ streamId, act: first, on: first.on < today ? today : first.on }] : [];
    };
    const planned = [
      ...issues.flatMap(({ state }) => {
        const issue = state as unknown as IssueState;
        return firstOf(
          issue.id,
          openDuties(issue).flatMap((duty) => actFor(issue, duty, this.context) ?? []),
        );
      }),
      ...rounds.flatMap(({ state }) => {
        const round = state as unknown as RoundState;
        return firstOf(
          round.id,
          openDuties(round).flatMap((duty) => actForRound(round, duty, this.context) ?? []),
        );
      }),
    ];
    const day = planned.reduce<LocalDate | null>((soonest, { on }) => (soonest === null || on < soonest ? on : soonest), null);
    if (day === null) return null;
    return { at: later(atLocalTime(day, 10), this.world.now()), acts: planned.filter(({ on }) => on === day) };
  }

  /** Gives the commands of an act, one after another, at the world's instant. */
  async perform(streamId: string, act: Act): Promise<void> {
    for (const command of act.commands) {
      await this.world.bring(streamId);
      const key = await storeCommand(this.database, { streamId, actor: act.actor, via: 'demo', command });
      await (await this.deployment.workers.lives.send(streamId, key)).result();
      const answer = await outcomeOf(this.database, key);
      await this.compareToCommand(streamId, key);
      if (answer?.accepted) continue;
      const why = answer === null ? '没有答复' : `${answer.rejection.code} ${answer.rejection.what}`;
      this.refused.push(`${streamId} ${(command as { type: string }).type} ${act.actor}：${why}`);
      return;
    }
  }

  async foretell(streamId: string): Promise<void> {
    const rows = await this.database.$queryRaw<{ state: IssueState | RoundState }[]>`
      SELECT state FROM issue WHERE id = ${streamId} UNION ALL SELECT state FROM round WHERE 'round/' || id = ${streamId}`;
    const state = rows[0]?.state;
    if (!state) return;
    this.comparedUpTo.set(streamId, state.version);
    if ('feedbackOn' in state && 'cadences' in state) this.book.foresight.foretell(roundKind, state, this.context);
    else this.book.foresight.foretell(issueKind, state, this.context);
  }

  /** Compares the interval that a command ended, and foretells from there. */
  private async compareToCommand(streamId: string, key: string): Promise<void> {
    const acted = await this.database.event.findFirst({ where: { streamId: streamId, commandKey: key }, orderBy: { version: 'asc' } });
    if (!acted) return;
    const at = fromMillis(acted.occurredAt.getTime());
    this.book.foresight.compare(streamId, await this.firedBetween(streamId, acted.version), at);
    await this.foretell(streamId);
  }

  async compareToEnd(streamId: string, end: Instant): Promise<void> {
    this.book.foresight.compare(streamId, await this.firedBetween(streamId, Number.MAX_SAFE_INTEGER), end);
  }

  private async firedBetween(streamId: string, before: number): Promise<RungFired[]> {
    const rows = await this.database.$queryRaw<{ payload: RungFired }[]>`
      SELECT payload FROM event WHERE stream_id = ${streamId} AND type = 'rungFired'
      AND version > ${this.comparedUpTo.get(streamId) ?? 0} AND version < ${before}::bigint ORDER BY version`;
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

import { issueKind } from '../../domain/issue/issue-kind';
import { forecast } from '../../domain/obligation/forecast';
import { atLocalTime, dateOf, fromMillis, type Instant } from '../../domain/time';
import { inTransaction } from '../../ledger/database';
import { loadIssue } from '../../ledger/load';
import { loadRules } from '../../ledger/rules';
import { deploy, type Deployment } from '../support/deployment';
import { openRound } from '../support/fixture';
import { actAt, play, stories } from '../support/lives';

const start = atLocalTime(dateOf(fromMillis(Date.now())), 24 + 14); // tomorrow 14:00
const DAYS = 330;
let deployment: Deployment;
beforeAll(async () => {
  deployment = await deploy(start);
});
afterAll(() => deployment.close());

interface Rung {
  readonly dutyId: string;
  readonly rung: string;
  readonly occurrence: number;
  readonly at: Instant;
  readonly recipients: readonly { readonly personId: string }[];
}
const told = ({ dutyId, rung, occurrence, at, recipients }: Rung): string =>
  `${at} ${dutyId} ${rung}@${occurrence} → ${recipients.map(({ personId }) => personId).join('、')}`;

test('between two commands of a year, what fires is what was forecast', async () => {
  const { ledger } = deployment;
  const { issueIds } = await openRound(ledger.database, 4, start);
  const names = ['consolidated', 'returned', 'relapsed', 'escalated'] as const;
  const lives = new Map(issueIds.map((id, index) => [id, stories[names[index] ?? 'escalated'](start)]));
  await deployment.workers.lives.kickStarter();
  await deployment.world.moveTo(start);

  /** Of each issue: the version at which its forecast was made, and the forecast. */
  const made = new Map<string, { version: number; rungs: (until: Instant) => string[] }>();
  const look = async (issueId: string): Promise<void> => {
    const { state, context } = await inTransaction(ledger.database, async (tx) => ({
      state: await loadIssue(tx, issueId),
      context: await loadRules(tx, ledger.database),
    }));
    made.set(issueId, { version: state.version, rungs: (until) => forecast(issueKind, state, context, until).map(told) });
  };
  let compared = 0;
  const compare = async (issueId: string): Promise<void> => {
    const then = made.get(issueId);
    if (!then) throw new Error(`${issueId} has no forecast`);
    const deeds = await ledger.database.event.findMany({
      where: { streamId: issueId, version: { gt: then.version }, type: 'rungFired' },
      orderBy: { version: 'asc' },
    });
    const fired = deeds.map(({ payload }) => told(payload as unknown as Rung));
    expect(fired).toEqual(then.rungs(deployment.world.now()));
    compared += fired.length;
  };
  for (const issueId of issueIds) await look(issueId);
  await play(deployment, { start, lives, until: DAYS, before: compare, after: look });
  for (const issueId of issueIds) await compare(issueId);
  expect(compared).toBeGreaterThan(60);
  expect(deployment.world.now()).toBe(actAt(start, DAYS));
}, 150_000);

import { atLocalTime, dateOf, fromMillis, type Instant } from '../../domain/time';
import { foresee } from '../../ledger/foresee';
import { deploy, type Deployment } from '../support/deployment';
import { openRound } from '../support/fixture';
import { actAt, play, yearOfLives, yearOfStories } from '../support/lives';

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

test('between two commands of a year, what fires is what was forecast, for issues and for their round', async () => {
  const { ledger } = deployment;
  const { roundId, issueIds } = await openRound(ledger.database, yearOfStories.length, start);
  const lives = yearOfLives(start, { roundId, issueIds });
  await deployment.workers.lives.kickStarter();
  await deployment.world.moveTo(start);

  /** Of each stream: the version at which its forecast was made, and the forecast. */
  const made = new Map<string, { version: number; rungs: readonly { readonly at: Instant; readonly line: string }[] }>();
  const look = async (streamId: string): Promise<void> => {
    const { version } = await ledger.database.stream.findUniqueOrThrow({ where: { id: streamId } });
    const { rungs } = await foresee(ledger.database, { streamId }, actAt(start, DAYS));
    made.set(streamId, { version, rungs: (rungs ?? []).map((rung) => ({ at: rung.at, line: told(rung) })) });
  };
  let compared = 0;
  const compare = async (streamId: string): Promise<void> => {
    const then = made.get(streamId);
    if (!then) throw new Error(`${streamId} has no forecast`);
    const deeds = await ledger.database.event.findMany({
      where: { streamId, version: { gt: then.version }, type: 'rungFired' },
      orderBy: { version: 'asc' },
    });
    const now = deployment.world.now();
    const foretold = then.rungs.filter(({ at }) => at <= now).map(({ line }) => line);
    expect({ streamId, rungs: deeds.map(({ payload }) => told(payload as unknown as Rung)) }).toEqual({ streamId, rungs: foretold });
    compared += deeds.length;
  };
  for (const id of lives.keys()) await look(id);
  await play(deployment, { start, lives, until: DAYS, before: compare, after: look });
  for (const id of lives.keys()) await compare(id);
  expect(compared).toBeGreaterThan(120);
  expect(deployment.world.now()).toBe(actAt(start, DAYS));
}, 240_000);

import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { directoryOf, sampleDirectory, sampleReport } from '../../cli/accounts-of-draft';
import { runDemo, type DemoRun } from '../../cli/demo/run-demo';
import type { Deployment as Running } from '../../cli/deployment';
import type { Progress } from '../../cli/progress';
import { stateCouncilCalendar } from '../../domain/calendar-data';
import { atLocalTime, dateOf, localDate, millis, type Instant } from '../../domain/time';
import { readDocument } from '../../intake';
import { inTransaction } from '../../ledger/database';
import { setPreference } from '../../ledger/preferences';
import { putCalendarInForce } from '../../ledger/rules';
import { deploy, type Deployment } from './deployment';
import { officeYears } from './office-days';
import type { OwnInbox } from './own-inbox';

/** A Monday in a year of made-up holidays, so that every run lives the same year. */
const START: Instant = atLocalTime(localDate('2030-03-04'), 9);
const DAYS = 365;
const SEEDS = path.resolve(__dirname, '../../../shared/seeds');

/** The document whose year is lived: the first of the seeds where they are, else the sample; YEAR_OF names another. */
export function documentOfYear(): string {
  const [seed] = existsSync(SEEDS) ? readdirSync(SEEDS).filter((name) => name.startsWith('000_')) : [];
  return process.env['YEAR_OF'] ?? (seed === undefined ? sampleReport() : path.join(SEEDS, seed));
}

/** Who told us when they want to be told, in minutes after midnight; everybody else at 08:30. */
const chosenMinutes: ReadonlyMap<string, number> = new Map([
  ['乔子衿', 9 * 60 + 15],
  ['卓为民', 11 * 60 + 30],
]);

export interface LivedYear {
  readonly deployment: Deployment;
  readonly run: DemoRun;
  /** By person id. */
  readonly minutesOf: (personId: string) => number;
}

const silent: Progress = { update: () => undefined, count: () => undefined, done: () => undefined };
const DEFAULT_MINUTES = 8 * 60 + 30;

/** Lives through a year of a document with the people of the demo, on the real services, its mails into an inbox of its own. */
export async function liveYear(file: string, inbox: OwnInbox): Promise<LivedYear> {
  const people = await directoryOf(sampleDirectory(), dateOf(START));
  const deployment = await deploy(START, { people, deps: () => ({ mail: inbox.mail }) });
  const { database } = deployment.ledger;
  const calendar = { version: 'test/2031', years: { ...stateCouncilCalendar.years, ...officeYears } };
  await inTransaction(database, (tx) => putCalendarInForce(tx, calendar, START));
  const minutes = new Map<string, number>();
  for (const { id, name } of people.persons) {
    const opensAt = chosenMinutes.get(name);
    if (opensAt === undefined) continue;
    await setPreference(database, id, { ways: [], opensAt }, { by: id, now: START, configured: [] });
    minutes.set(id, opensAt);
  }
  const running: Pick<Running, 'database' | 'workers'> = { database, workers: deployment.workers };
  const draft = await readDocument(file);
  const run = await startingAt(START, () => runDemo(running as Running, { draft, days: DAYS, say: () => undefined, progress: silent }));
  return { deployment, run, minutesOf: (personId) => minutes.get(personId) ?? DEFAULT_MINUTES };
}

/** The demo begins at the wall clock's instant, which it reads once and at once; here that is a day of our own. */
function startingAt<T>(at: Instant, begin: () => Promise<T>): Promise<T> {
  const clock = jest.spyOn(Date, 'now').mockReturnValue(millis(at));
  try {
    return begin();
  } finally {
    clock.mockRestore();
  }
}

import { proxyActivities, setHandler, sleep } from '@temporalio/workflow';
import type { StarterActivities } from '../activities/ports';
import { moreToStart } from './starter.messages';

/** Lives started a second. */
const PACE = 50;

const activities = proxyActivities<StarterActivities>({ startToCloseTimeout: '1 minute', retry: { maximumInterval: '1 minute' } });

/**
 * Starts the life of every open stream and the delivery of every open digest that has none, and sends the commands that nobody
 * decided: after an import, at a start, by the schedule.
 */
export async function starter(): Promise<void> {
  let again = true;
  setHandler(moreToStart, () => {
    again = true;
  });
  while (again) {
    again = false;
    for (let cursor: string | null = ''; cursor !== null;) {
      const batch: Awaited<ReturnType<StarterActivities['startLives']>> = await activities.startLives({ cursor, size: PACE });
      cursor = batch.cursor;
      if (cursor !== null) await sleep(1_000, { summary: `after ${cursor}` });
    }
    await activities.startDeliveries();
    await activities.sendCommands();
  }
}

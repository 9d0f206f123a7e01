import { proxyActivities, setHandler } from '@temporalio/workflow';
import type { StarterActivities } from '../activities/ports';
import { moreRules } from './rollout.messages';

/** Streams that are brought up to the rules in one activity. */
const BATCH = 100;

const activities = proxyActivities<StarterActivities>({ startToCloseTimeout: '2 minutes', retry: { maximumInterval: '1 minute' } });

/**
 * Puts a changed policy or holiday table in force in every sleeping life: its dates move in the ledger, and only lives whose next
 * rung moved earlier are woken. Paced by its batches and resumable: what is done already is not outdated any more.
 */
export async function rollout(): Promise<void> {
  let again = true;
  setHandler(moreRules, () => {
    again = true;
  });
  while (again) {
    again = false;
    for (let cursor: string | null = ''; cursor !== null;) {
      const batch: Awaited<ReturnType<StarterActivities['applyRules']>> = await activities.applyRules({ cursor, size: BATCH });
      cursor = batch.cursor;
    }
  }
}

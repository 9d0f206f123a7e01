import { proxyActivities } from '@temporalio/workflow';
import type { AnchorActivities } from '../activities/ports';

const activities = proxyActivities<AnchorActivities>({ startToCloseTimeout: '5 minutes', retry: { maximumInterval: '10 minutes' } });

/** Takes the day's anchor of the ledger. */
export async function anchoring(): Promise<number> {
  return activities.takeAnchor();
}

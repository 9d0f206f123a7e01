import { proxyActivities } from '@temporalio/workflow';
import type { ReconcileActivities } from '../activities/reconcile';
import type { ReconcileInput, ReconcileReport } from './reconcile.messages';

const activities = proxyActivities<ReconcileActivities>({
  startToCloseTimeout: '5 minutes',
  retry: { maximumAttempts: 3, initialInterval: '10 s' },
});

/** Looks once whether anybody was missed; the next run of the schedule looks again, so a run that fails is not held on to. */
export async function reconcile(input: ReconcileInput = {}): Promise<ReconcileReport> {
  return activities.reconcile(input);
}

import { isGrpcServiceError, type Client } from '@temporalio/client';

/** Skipping takes as long as what the workflow does on the way. */
const LONGEST_SKIP_MS = 60_000;
const NOT_FOUND = 5;
const RUNNING = 1;
const COMPLETED = 2;

/**
 * Where a workflow's own clock stands, in epoch milliseconds: wall time plus all it was skipped, kept when it continues as new.
 * `ended` when its last run has closed, `missing` when there is none.
 */
export async function clockOf(client: Client, workflowId: string): Promise<number | 'ended' | 'missing'> {
  try {
    const { workflowExecutionInfo, workflowExtendedInfo } = await client.workflowService.describeWorkflowExecution({
      namespace: client.options.namespace,
      execution: { workflowId },
    });
    if ((workflowExecutionInfo?.status as number | undefined) !== RUNNING) return 'ended';
    const skipped = workflowExtendedInfo?.timeSkippingInfo?.currentTime;
    return skipped ? Number(skipped.seconds) * 1_000 + Math.floor((skipped.nanos ?? 0) / 1e6) : Date.now();
  } catch (error) {
    if (isGrpcServiceError(error) && (error.code as number) === NOT_FOUND) return 'missing';
    throw error;
  }
}

/**
 * Brings one workflow's clock forward by `aheadMs` on a server that was started for it, and waits until everything on the way is done.
 * False when it did not get there: the workflow ended, or paused too often. `id` is unique within the workflow.
 */
export async function fastForward(
  client: Client,
  { workflowId, aheadMs, id }: { workflowId: string; aheadMs: number; id: string },
): Promise<boolean> {
  const { namespace } = client.options;
  const workflowExecution = { workflowId };
  const duration = { seconds: Math.floor(aheadMs / 1_000), nanos: (aheadMs % 1_000) * 1e6 };
  return client.withDeadline(Date.now() + LONGEST_SKIP_MS, async () => {
    await client.workflowService.updateWorkflowExecutionOptions({
      namespace,
      workflowExecution,
      updateMask: { paths: ['time_skipping_config'] },
      workflowExecutionOptions: { timeSkippingConfig: { enabled: true, fastForwardConfig: { id, duration } } },
    } as never);
    for (;;) {
      const { fastForwardPollingResult } = await client.workflowService.pollWorkflowExecutionTimeSkipping({
        namespace,
        workflowExecution,
        fastForwardId: id,
      });
      if ((fastForwardPollingResult as number) !== POLL_AGAIN) return (fastForwardPollingResult as number) === COMPLETED;
    }
  });
}

const POLL_AGAIN = 1;

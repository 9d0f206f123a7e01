import {
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type Client,
  type WorkflowUpdateHandle,
} from '@temporalio/client';
import { digestWorkflowId, worldMoved, type DigestDeliveryInput } from '../workflows/digest-delivery.messages';
import type { digestDelivery, issueLifecycle, starter } from '../workflows';
import { issueWorkflowId, lifecycleQueue, submitCommand, type CommandAnswer } from '../workflows/issue-lifecycle.messages';
import { moreToStart, starterWorkflowId } from '../workflows/starter.messages';

/** The client's side of the lives: start them, send them commands by key, wake them. Carries ids only, never finding text. */
export class Lives {
  constructor(private readonly client: Client) {}

  /** Starts the life of an issue, or finds it running. */
  async start(issueId: string): Promise<void> {
    await this.client.workflow.start<typeof issueLifecycle>('issueLifecycle', lifeOf(issueId));
  }

  /** Sends a stored command to its issue's life, starting the life when it is not there. Resolves when the server has accepted it. */
  async send(issueId: string, key: string): Promise<WorkflowUpdateHandle<CommandAnswer>> {
    return this.client.workflow.startUpdateWithStart(submitCommand, {
      startWorkflowOperation: new WithStartWorkflowOperation<typeof issueLifecycle>('issueLifecycle', lifeOf(issueId)),
      updateId: key,
      args: [{ key }],
      waitForStage: 'ACCEPTED',
    });
  }

  /** Starts the delivery of a digest; false when it is there already. */
  async startDelivery(key: DigestDeliveryInput): Promise<boolean> {
    try {
      await this.client.workflow.start<typeof digestDelivery>('digestDelivery', {
        workflowId: digestWorkflowId(key),
        taskQueue: lifecycleQueue,
        args: [key],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowIdConflictPolicy: 'FAIL',
        staticSummary: `${key.personId} at ${key.opening}`,
      });
      return true;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw error;
    }
  }

  /** Lets a delivery look at the clock now, started or not. */
  async wakeDelivery(key: DigestDeliveryInput): Promise<void> {
    try {
      await this.client.workflow.getHandle(digestWorkflowId(key)).signal(worldMoved);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      await this.startDelivery(key);
    }
  }

  /** Runs the starter, or tells the running one that there is more. */
  async kickStarter(): Promise<void> {
    await this.client.workflow.signalWithStart<typeof starter>('starter', {
      workflowId: starterWorkflowId,
      taskQueue: lifecycleQueue,
      args: [],
      signal: moreToStart,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    });
  }
}

const lifeOf = (issueId: string) => ({
  workflowId: issueWorkflowId(issueId),
  taskQueue: lifecycleQueue,
  args: [{ issueId }] as [{ issueId: string }],
  workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
  workflowIdConflictPolicy: 'USE_EXISTING' as const,
  staticSummary: issueId,
});

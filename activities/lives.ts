import {
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type Client,
  type WorkflowUpdateHandle,
} from '@temporalio/client';
import { digestWorkflowId, worldMoved, type DigestDeliveryInput } from '../workflows/digest-delivery.messages';
import type { digestDelivery, rollout, starter } from '../workflows';
import { lifecycleQueue, lifeOf, lookAgain, submitCommand, type CommandAnswer, type LifeInput } from '../workflows/life.messages';
import { moreRules, rolloutWorkflowId } from '../workflows/rollout.messages';
import { moreToStart, starterWorkflowId } from '../workflows/starter.messages';

/** The client's side of the lives: start them, send them commands by key, wake them. Carries ids only, never finding text. */
export class Lives {
  constructor(private readonly client: Client) {}

  /** Starts the life of a stream, or finds it running. */
  async start(streamId: string): Promise<void> {
    await this.client.workflow.start(lifeOf(streamId).type, startOf(streamId));
  }

  /** Has a life look at the ledger again, because something outside it changed; starts it when it is not there. */
  async lookAgain(streamId: string): Promise<void> {
    await this.client.workflow.signalWithStart(lifeOf(streamId).type, { ...startOf(streamId), signal: lookAgain, signalArgs: [] });
  }

  /** Sends a stored command to its stream's life, starting the life when it is not there. Resolves when the server has accepted it. */
  async send(streamId: string, key: string): Promise<WorkflowUpdateHandle<CommandAnswer>> {
    return this.client.workflow.startUpdateWithStart(submitCommand, {
      startWorkflowOperation: new WithStartWorkflowOperation(lifeOf(streamId).type, startOf(streamId)),
      updateId: key,
      args: [{ key }],
      waitForStage: 'ACCEPTED',
    });
  }

  /** Runs the rollout of changed rules, or tells the running one to go round once more. */
  async rollOut(): Promise<void> {
    await this.client.workflow.signalWithStart<typeof rollout>('rollout', {
      workflowId: rolloutWorkflowId,
      taskQueue: lifecycleQueue,
      args: [],
      signal: moreRules,
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
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

const startOf = (streamId: string) => ({
  workflowId: lifeOf(streamId).workflowId,
  taskQueue: lifecycleQueue,
  args: [lifeOf(streamId).input] as [LifeInput],
  workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
  workflowIdConflictPolicy: 'USE_EXISTING' as const,
  staticSummary: streamId,
});

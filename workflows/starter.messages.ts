import { defineSignal } from '@temporalio/workflow';

export const starterWorkflowId = 'starter';

/** More streams were opened: walk through the ledger once more. */
export const moreToStart = defineSignal('moreToStart');

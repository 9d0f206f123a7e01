import { defineSignal } from '@temporalio/workflow';

export const rolloutWorkflowId = 'rollout';

/** Rules changed once more: go round the streams again. */
export const moreRules = defineSignal('moreRules');

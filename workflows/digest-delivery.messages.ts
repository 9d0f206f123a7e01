import { defineSignal } from '@temporalio/workflow';
import type { Instant } from '../domain/time';

export interface DigestDeliveryInput {
  readonly personId: string;
  readonly opening: Instant;
}

/** Mail goes out on a queue of its own, at its own rate. */
export const mailQueue = 'mail';
export const digestWorkflowId = ({ personId, opening }: DigestDeliveryInput): string => `digest/${personId}/${opening}`;

/** The world clock of a demo has moved: look again whether the opening has come. */
export const worldMoved = defineSignal('worldMoved');

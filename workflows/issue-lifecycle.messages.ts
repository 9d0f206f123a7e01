import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { Phase } from '../domain/issue/types';
import type { Instant } from '../domain/time';

/** Where lives run, and the local activities that ask the ledger. */
export const lifecycleQueue = 'lifecycle';
export const issueWorkflowId = (issueId: string): string => `issue/${issueId}`;

export interface IssueLifecycleInput {
  readonly issueId: string;
  /** Events after which the life continues as a new run; 500 unless told. */
  readonly longHistory?: number;
}

/** A command by its key; what it says stands in the ledger. The update id is the key. */
export interface SubmitCommandInput {
  readonly key: string;
}

/** How the ledger decided. Of a refusal only the code: its sentence may name people, and Temporal holds ids; the ledger has it whole. */
export type CommandAnswer =
  | { readonly accepted: true; readonly phase: Phase; readonly version: number; readonly events: readonly string[] }
  | { readonly accepted: false; readonly code: string };

export const submitCommand = defineUpdate<CommandAnswer, [SubmitCommandInput]>('submitCommand');

/** Where the life stands and what its clock shows; for tests and for the world clock of a demo. */
export interface LifeView {
  readonly phase: Phase | null;
  readonly nextWakeAt: Instant | null;
  readonly clock: Instant;
}
export const lifeView = defineQuery<LifeView>('lifeView');

/** Search attributes of a life, with the type Temporal keeps them in. */
export const lifeSearchAttributes = {
  zhenggaiPhase: 'Keyword',
  zhenggaiRound: 'Keyword',
  zhenggaiUnit: 'Keyword',
  zhenggaiTone: 'Keyword',
  zhenggaiDueOn: 'Datetime',
} as const;

import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Instant } from '../domain/time';

/** Where lives run, and the local activities that ask the ledger. */
export const lifecycleQueue = 'lifecycle';

/** What a life is started with: the id of its stream, under the name of its kind. */
export type LifeInput = ({ readonly issueId: string } | { readonly streamId: string }) & {
  /** Events after which the life continues as a new run; 500 unless told. */
  readonly longHistory?: number;
};

/** Which workflow lives a stream, under which id: an issue `R1-012`, a round `round/R1`, the base data `base`. */
export function lifeOf(streamId: string): { readonly type: string; readonly workflowId: string; readonly input: LifeInput } {
  if (streamId === 'base') return { type: 'baseSupervision', workflowId: 'base', input: { streamId } };
  if (streamId.startsWith('round/')) return { type: 'roundSupervision', workflowId: streamId, input: { streamId } };
  return { type: 'issueLifecycle', workflowId: `issue/${streamId}`, input: { issueId: streamId } };
}

/** A command by its key; what it says stands in the ledger. The update id is the key. */
export interface SubmitCommandInput {
  readonly key: string;
}

/** How the ledger decided. Of a refusal only the code: its sentence may name people, and Temporal holds ids; the ledger has it whole. */
export type CommandAnswer =
  | { readonly accepted: true; readonly phase: string; readonly version: number; readonly events: readonly string[] }
  | { readonly accepted: false; readonly code: string };

export const submitCommand = defineUpdate<CommandAnswer, [SubmitCommandInput]>('submitCommand');

/** Something outside the stream changed what it waits for: rules, people. */
export const lookAgain = defineSignal('lookAgain');

/** Where the life stands and what its clock shows; for tests and for the world clock of a demo. */
export interface LifeView {
  readonly phase: string | null;
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

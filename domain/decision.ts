import type { Failure } from './failure';

/** A command is accepted with its events or refused with a reason; nothing in between. */
export type Decision<E> = { readonly ok: true; readonly events: readonly E[] } | Refusal;

export interface Refusal {
  readonly ok: false;
  readonly rejection: Failure;
}

export const accept = <E>(...events: E[]): Decision<E> => ({ ok: true, events });
export const reject = (code: string, what: string, todo: string): Refusal => ({ ok: false, rejection: { code, what, todo } });

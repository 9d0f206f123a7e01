import type { RuleContext } from '../domain/context';
import type { Refusal } from '../domain/decision';
import type { Account } from '../domain/obligation/types';
import { decideDirect, decideRecording, type Recorded } from '../domain/recorded';
import type { Instant, LocalDate } from '../domain/time';
import type { AnyEvent } from './kinds';

export type { Recorded } from '../domain/recorded';

/** In whose name a command is decided. */
export interface DecidedBy {
  readonly actor: string;
  readonly via: string;
  readonly effectiveOn: LocalDate | null;
  /** Events that stand before the command's own. */
  readonly preface: readonly AnyEvent[];
  readonly refusal: Refusal | null;
  /** What the gates judge by: of a decision on paper, the posts of its day. */
  readonly context: RuleContext;
  /** When it was decided: the gates of a decision on paper judge at its day. */
  readonly decidedAt: Instant;
}

/** Whoever sent the command decides it, unless it records what somebody else decided on paper. */
export function decidedBy(
  state: Account,
  stored: { readonly actor: string; readonly via: string },
  recorded: Recorded | undefined,
  { context, now }: { context: RuleContext; now: Instant },
): DecidedBy {
  const { actor, via } = stored;
  const own = { actor, via, effectiveOn: null, preface: [], context, decidedAt: now };
  if (!recorded) return { ...own, refusal: decideDirect(actor) };
  const recording = decideRecording(state, recorded, { ...context, now, actor });
  if ('ok' in recording) return { ...own, refusal: recording };
  const { event, directory, ...decided } = recording;
  return { ...decided, via: 'paper', preface: [event], refusal: null, context: { ...context, directory } };
}

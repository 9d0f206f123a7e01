/**
 * What a person is told when something is refused: a stable code for scripts, one sentence what, one what to do (Chinese).
 * `kind` decides the exit code of a command (cli/exit.ts) and the HTTP status of a route.
 */
export interface Failure {
  readonly code: string;
  readonly what: string;
  readonly todo: string;
}

/** badInput: exit 2 · doesNotHold: exit 1 · unavailable: a needed service can't be reached, exit 3. */
export type FailureKind = 'badInput' | 'doesNotHold' | 'unavailable';

/** The one error that is meant for a person; everything else that is thrown is a defect. */
export class ZhenggaiError extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly failure: Failure,
    options?: { cause?: unknown },
  ) {
    super(`${failure.code}: ${failure.what} ${failure.todo}`, options);
    this.name = 'ZhenggaiError';
  }
}

/** A bad-input error in one line. */
export const badInput = (code: string, what: string, todo: string, cause?: unknown): ZhenggaiError =>
  new ZhenggaiError('badInput', { code, what, todo }, { cause });

/** An unavailable-service error in one line. */
export const unavailable = (code: string, what: string, todo: string, cause?: unknown): ZhenggaiError =>
  new ZhenggaiError('unavailable', { code, what, todo }, { cause });

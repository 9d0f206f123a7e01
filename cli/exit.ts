import { inspect } from 'node:util';
import type { FailureKind } from '../domain/failure';
import { ZhenggaiError } from '../domain/failure';

/** What a command's exit code says; scripts rely on it. */
export const exitCodes = { done: 0, doesNotHold: 1, badInput: 2, unavailable: 3 } as const satisfies Record<FailureKind | 'done', number>;

export interface ReportTarget {
  stderr: { write(text: string): unknown };
  env: NodeJS.ProcessEnv;
}

/**
 * Tells a person on stderr what went wrong and what to do, and returns the exit code of the process. A ZhenggaiError, also one
 * that another error was made from, is told in its own words; anything else is a defect: 内部错误, exit 1. Stacks only with
 * ZHENGGAI_DEBUG set.
 */
export function reportFailure(error: unknown, { stderr, env }: ReportTarget = process): number {
  if (isUsage(error)) return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
  const known = knownIn(error);
  const [told, code] =
    known === undefined
      ? [`内部错误：${summaryOf(error)}\n请设 ZHENGGAI_DEBUG=1 再运行一次，把输出交给维护人员。[internal]\n`, 1]
      : [`错误：${known.failure.what}\n${known.failure.todo}[${known.failure.code}]\n`, exitCodes[known.kind]];
  stderr.write(told);
  if (env['ZHENGGAI_DEBUG']) stderr.write(`${inspect(error)}\n`);
  return code;
}

/** commander has already printed its own message; --help and --version end this way too, with exitCode 0. */
function isUsage(error: unknown): error is { code: string; exitCode: number } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('commander.') && 'exitCode' in error;
}

/** The first ZhenggaiError along the causes: an engine or a pool may have wrapped it. */
function knownIn(error: unknown): ZhenggaiError | undefined {
  const seen = new Set<unknown>();
  for (let at = error; at instanceof Error && !seen.has(at); at = at.cause) {
    if (at instanceof ZhenggaiError) return at;
    seen.add(at);
  }
  return undefined;
}

const LONGEST_SUMMARY = 160;

function summaryOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name} ${error.message}` : String(error);
  const [first = ''] = text.trim().split('\n');
  return first.length > LONGEST_SUMMARY ? `${first.slice(0, LONGEST_SUMMARY)}…` : first;
}

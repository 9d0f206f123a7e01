import type { Failure } from '../failure';

/** What is wrong with a policy, and where: `path` as a place in its file, `ladders.rectify.value[3].offset`. */
export interface PolicyFailure extends Failure {
  readonly path: string;
}

/** A fault of a policy; `code` is what stands after `policy.`. */
export const fault = (code: string, path: string, what: string, todo: string): PolicyFailure => ({
  code: `policy.${code}`,
  path,
  what,
  todo,
});

/** Whether a number is whole and within both limits. */
export const isCount = (value: number, least: number, most: number): boolean => Number.isInteger(value) && value >= least && value <= most;

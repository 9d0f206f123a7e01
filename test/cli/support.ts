import { ZhenggaiError } from '../../domain/failure';

/** What a piece of work was refused with. */
export function refusalOf(work: () => unknown): Pick<ZhenggaiError, 'kind' | 'failure'> {
  try {
    work();
  } catch (error) {
    if (error instanceof ZhenggaiError) return { kind: error.kind, failure: error.failure };
    throw error;
  }
  throw new Error('nothing was refused');
}

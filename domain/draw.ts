import { spread } from './result';

/** Whether an issue falls into a random sample of so many percent: anyone can compute it again from the recorded seed. */
export const isDrawn = (seed: string, issueId: string, percent: number): boolean => spread(`${seed}/${issueId}`) % 100 < percent;

import { cpus, totalmem } from 'node:os';

/** One figure with the baseline that was measured beside it, in the same run. */
export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline: string;
  readonly baselineValue: number;
  /** value / baselineValue, the median over the pairs. */
  readonly ratio: number;
  /** Smallest and largest ratio: how far to trust the median. */
  readonly spread: readonly [number, number];
  readonly n: number;
}

export const machine = (): object => ({
  node: process.version,
  cpus: cpus().length,
  model: cpus()[0]?.model ?? '',
  memoryGiB: Math.round(totalmem() / 2 ** 30),
});

/** Runs subject and baseline in turn, `n` times, and compares rates (things a second). Each returns how many things it did. */
export async function compare(
  name: string,
  { unit, baseline, n = 5 }: { unit: string; baseline: string; n?: number },
  subject: () => Promise<number> | number,
  reference: () => Promise<number> | number,
): Promise<BenchResult> {
  const pairs: { value: number; baseline: number }[] = [];
  for (let i = 0; i <= n; i++) {
    const value = await rate(subject);
    const other = await rate(reference);
    if (i > 0) pairs.push({ value, baseline: other }); // the first pair warms up
  }
  const ratios = pairs.map((pair) => pair.value / pair.baseline).sort((a, b) => a - b);
  return {
    name,
    value: round(median(pairs.map((pair) => pair.value))),
    unit,
    baseline,
    baselineValue: round(median(pairs.map((pair) => pair.baseline))),
    ratio: round(median(ratios)),
    spread: [round(ratios[0] ?? NaN), round(ratios.at(-1) ?? NaN)],
    n,
  };
}

async function rate(work: () => Promise<number> | number): Promise<number> {
  const startedAt = performance.now();
  const things = await work();
  return (things / (performance.now() - startedAt)) * 1000;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

const round = (value: number): number => Number(value.toPrecision(3));

import { continueAsNew } from '@temporalio/workflow';
import { openLife } from './life';
import type { LifeInput } from './life.messages';

/** Watches what everything else rests on, for ever: posts that fall vacant, heads who are new, years without a holiday table. */
export async function baseSupervision(input: LifeInput): Promise<void> {
  const life = openLife<'standing'>(input);
  await life.load();
  while (!life.historyIsLong()) await life.through('standing');
  await life.settle();
  return continueAsNew<typeof baseSupervision>(input);
}

import { continueAsNew } from '@temporalio/workflow';
import type { RoundPhase } from '../domain/round/types';
import { openLife, type Life } from './life';
import type { LifeInput } from './life.messages';

type Stage = (life: Life<RoundPhase>) => Promise<RoundPhase>;

/** 集中整改 The plan, the half-monthly meetings and, at its end, the two reports are owed. */
const concentratedPeriod: Stage = (life) => life.through('rectifying');
/** 已报告 The inspection office owes the assessment and the plan for looking again. */
const assessment: Stage = (life) => life.through('reported');
/** 已评估 What is left is looked at again until every issue is final. */
const lookingBack: Stage = (life) => life.through('assessed');
/** 已结束 Nobody owes anything. */
const closed: Stage = (life) => life.through('closed');

const stages: Readonly<Record<RoundPhase, Stage>> = { rectifying: concentratedPeriod, reported: assessment, assessed: lookingBack, closed };

/** The life of one round above its issues: plan, cadence, reports, assessment, check-back plan, closing. */
export async function roundSupervision(input: LifeInput): Promise<void> {
  const life = openLife<RoundPhase>(input);
  for (let phase = await life.load(); !life.isFinal(); phase = await stages[phase](life)) {
    if (!life.historyIsLong()) continue;
    await life.settle();
    return continueAsNew<typeof roundSupervision>(input);
  }
  await life.settle();
}

import { continueAsNew } from '@temporalio/workflow';
import type { Phase } from '../domain/issue/types';
import { openLife, type Life } from './life';
import type { LifeInput } from './life.messages';

type Stage = (life: Life<Phase>) => Promise<Phase>;

/** 建账 The rectification office owes a lead leader and a lead unit. */
const assignment: Stage = (life) => life.through('registered');
/** 交账 The unit owes its receipt. */
const receipt: Stage = (life) => life.through('assigned');
/** 签收 The unit owes its measures. */
const planning: Stage = (life) => life.through('acknowledged');
/** 措施报审 The lead leader, then the rectification office, owe an approval. */
const planApproval: Stage = (life) => life.through('planned');
/** 整改中 The unit owes the rectification; the ladder climbs to the inspection office. */
const rectification: Stage = (life) => life.through('rectifying');
/** 申请销号 The rectification office owes a check-back on the spot or on paper. */
const checkBackPlanning: Stage = (life) => life.through('closeoutRequested');
/** 现场核查 The checkers owe their record. */
const checkBack: Stage = (life) => life.through('checkBack');
/** 联审 Every party of the review owes an opinion. */
const review: Stage = (life) => life.through('underReview');
/** 已销号 The inspection office owes the draw of the later check-back. */
const closed: Stage = (life) => life.through('closed');
/** 回头看 The inspection office owes a second look: consolidated, or relapsed and back to rectification. */
const afterCheckBack: Stage = (life) => life.through('afterCheckBack');
/** 阶段性完成 A purely sustained issue is reviewed half-yearly until its end. */
const stageCompleted: Stage = (life) => life.through('stageCompleted');
/** 长期坚持 What was struck off with a tail is kept up: the unit owes a confirmation each half year. */
const upkeep: Stage = (life) => life.through('upkeep');
/** 中止 All clocks rest; the inspection office owes a review of the suspension. */
const suspended: Stage = (life) => life.through('suspended');
/** 已巩固 Nobody owes anything. */
const consolidated: Stage = (life) => life.through('consolidated');
/** 撤销 · 作废 · 移交 · 拆分或并入 Ended another way; nobody owes anything. */
const withdrawn: Stage = (life) => life.through('withdrawn');
const voided: Stage = (life) => life.through('void');
const transferred: Stage = (life) => life.through('transferred');
const replaced: Stage = (life) => life.through('replaced');

const stages: Readonly<Record<Phase, Stage>> = {
  registered: assignment,
  assigned: receipt,
  acknowledged: planning,
  planned: planApproval,
  rectifying: rectification,
  closeoutRequested: checkBackPlanning,
  checkBack,
  underReview: review,
  closed,
  afterCheckBack,
  stageCompleted,
  upkeep,
  suspended,
  consolidated,
  withdrawn,
  void: voided,
  transferred,
  replaced,
};

/** The life of one issue from feedback to consolidation. What a command or a rung means is decided in the ledger. */
export async function issueLifecycle(input: LifeInput): Promise<void> {
  const life = openLife<Phase>(input);
  for (let phase = await life.load(); !life.isFinal(); phase = await stages[phase](life)) {
    if (!life.historyIsLong()) continue;
    await life.settle();
    return continueAsNew<typeof issueLifecycle>(input);
  }
  await life.settle();
}

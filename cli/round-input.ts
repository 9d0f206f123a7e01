import { z } from 'zod';
import { roundCommandLabels, type RoundCommandType } from '../domain/round/commands';
import type { CheckBackPlan, ReportKind } from '../domain/round/types';
import { count, date, flag, id, inputsOf, text, worded } from './input-shape';

/** 中文 of the two reports. */
export const reportLabels: Readonly<Record<ReportKind, string>> = { organisationReport: '单位报告', secretaryReport: '书记报告' };

/** 中文 of what is looked at again. */
export const checkBackModeLabels: Readonly<Record<CheckBackPlan['mode'], string>> = { all: '全部', sample: '随机抽取', chosen: '指定' };

const ids = z.array(id).min(1);
const deduction = z.strictObject({ item: id, points: count, reason: text, issueId: id.optional() });
const reportedRow = z.strictObject({
  issueId: id,
  measureId: id.nullable().default(null),
  progress: text,
  completed: flag.default(false),
});

/** The shape of every command of a round as it comes in, free text in the clear. */
const roundInput = {
  filePlan: z.strictObject({ document: text }),
  fileReport: z.strictObject({ report: worded(reportLabels), document: text }),
  holdMeeting: z.strictObject({ minutes: text.optional() }),
  assess: z.strictObject({ deductions: z.array(deduction).default([]) }),
  planRoundCheckBack: z.strictObject({ mode: worded(checkBackModeLabels), seed: id, checkers: ids, chosen: ids.optional() }),
  callCollection: z.strictObject({ period: id, dueOn: date, units: ids }),
  answerCollection: z.strictObject({ collectionId: id, unitId: id, rows: z.array(reportedRow).default([]) }),
  openStage: z.strictObject({ stage: id, until: date, units: ids }),
  submitFinding: z.strictObject({ unitId: id, title: text, text }),
  reportNone: z.strictObject({ unitId: id }),
  acceptFinding: z.strictObject({ findingId: id }),
  mergeFinding: z.strictObject({ findingId: id, issueId: id }),
  returnFinding: z.strictObject({ findingId: id, reason: text }),
  recordClues: z.strictObject({ received: count, handling: count, settled: count, released: count.nullable().default(null) }),
  putPolicyInForce: z.strictObject({ policy: id, reason: text }),
  closeRound: z.strictObject({ summary: text.optional() }),
} satisfies Record<RoundCommandType, z.ZodObject>;

const inputs = inputsOf<RoundCommandType>(roundInput, roundCommandLabels);

export const roundCommandFields = inputs.fields;
export const readRoundCommand = inputs.read;
export const roundCommandTable = inputs.table;

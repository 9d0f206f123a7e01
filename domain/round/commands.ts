import type { ContentRef } from '../content';
import type { Role } from '../roles';
import type { LocalDate } from '../time';
import type { CheckBackPlan, ClueCounts, ReportedRow, ReportKind } from './types';

/** What a person asks of a round. Free text is already sealed as content. */
export type RoundCommand =
  | { readonly type: 'filePlan'; readonly document: ContentRef }
  | { readonly type: 'fileReport'; readonly report: ReportKind; readonly document: ContentRef }
  /** Without `cadence`, the open date that is due first. */
  | { readonly type: 'holdMeeting'; readonly cadence?: string; readonly minutes?: ContentRef }
  | {
      readonly type: 'assess';
      readonly deductions: readonly {
        readonly item: string;
        readonly points: number;
        readonly reason: ContentRef;
        readonly issueId?: string;
      }[];
    }
  | {
      readonly type: 'planRoundCheckBack';
      readonly mode: CheckBackPlan['mode'];
      readonly seed: string;
      readonly checkers: readonly string[];
      /** The issues of a directed check-back. */
      readonly chosen?: readonly string[];
    }
  | { readonly type: 'callCollection'; readonly period: string; readonly dueOn: LocalDate; readonly units: readonly string[] }
  | { readonly type: 'answerCollection'; readonly collectionId: string; readonly unitId: string; readonly rows: readonly ReportedRow[] }
  | { readonly type: 'openStage'; readonly stage: string; readonly until: LocalDate; readonly units: readonly string[] }
  | { readonly type: 'submitFinding'; readonly unitId: string; readonly title: ContentRef; readonly text: ContentRef }
  | { readonly type: 'reportNone'; readonly unitId: string }
  | { readonly type: 'acceptFinding'; readonly findingId: string }
  | { readonly type: 'mergeFinding'; readonly findingId: string; readonly issueId: string }
  | { readonly type: 'returnFinding'; readonly findingId: string; readonly reason: ContentRef }
  | ({ readonly type: 'recordClues' } & ClueCounts)
  | { readonly type: 'putPolicyInForce'; readonly policy: string; readonly reason: ContentRef }
  | { readonly type: 'closeRound'; readonly summary?: ContentRef };

export type RoundCommandType = RoundCommand['type'];

/** Who may ask for what in a round. */
export const roundCommandRoles: Readonly<Record<RoundCommandType, readonly Role[]>> = {
  filePlan: ['rectificationOffice'],
  fileReport: ['rectificationOffice', 'firstResponsible'],
  holdMeeting: ['rectificationOffice'],
  assess: ['inspectionOffice'],
  planRoundCheckBack: ['inspectionOffice'],
  callCollection: ['rectificationOffice'],
  answerCollection: ['unitHead', 'liaison', 'handler'],
  openStage: ['rectificationOffice', 'inspectionOffice'],
  submitFinding: ['unitHead', 'liaison'],
  reportNone: ['unitHead', 'liaison'],
  acceptFinding: ['rectificationOffice'],
  mergeFinding: ['rectificationOffice'],
  returnFinding: ['rectificationOffice'],
  recordClues: ['inspectionOffice', 'disciplineGroup'],
  putPolicyInForce: ['inspectionOffice', 'admin'],
  closeRound: ['inspectionOffice'],
};

/** 中文 of the commands. */
export const roundCommandLabels: Readonly<Record<RoundCommandType, string>> = {
  filePlan: '报送整改方案',
  fileReport: '报送整改报告',
  holdMeeting: '记录调度',
  assess: '成效评估',
  planRoundCheckBack: '制定回头看方案',
  callCollection: '发起收报',
  answerCollection: '填报收报',
  openStage: '部署阶段',
  submitFinding: '上报自查问题',
  reportNone: '报告自查无问题',
  acceptFinding: '采纳自查问题',
  mergeFinding: '并入已有问题',
  returnFinding: '退回自查问题',
  recordClues: '登记问题线索数',
  putPolicyInForce: '启用规则',
  closeRound: '结束轮次',
};

import type { ContentRef } from '../content';
import type { Role } from '../roles';
import type { LocalDate } from '../time';
import type { CheckBackMode } from './types';

/** A measure as a plan proposes it. */
export interface ProposedMeasure {
  readonly unitId: string;
  readonly text: ContentRef;
  readonly dueOn: LocalDate | null;
  readonly sustained: boolean;
}

/** What a person asks for. Free text is already sealed as content; who asks stands in the context. */
export type IssueCommand =
  | {
      readonly type: 'assign';
      readonly leadUnitId: string;
      readonly leadLeaderId: string;
      readonly leaderInChargeId?: string;
      readonly handlerId?: string;
      readonly coUnitIds?: readonly string[];
    }
  | { readonly type: 'acknowledge' }
  | { readonly type: 'proposePlan'; readonly measures: readonly ProposedMeasure[]; readonly rootCause?: ContentRef }
  | { readonly type: 'approvePlan'; readonly opinion?: ContentRef }
  | { readonly type: 'returnPlan'; readonly opinion: ContentRef }
  | { readonly type: 'reviewPlan'; readonly verdict: 'approved' | 'returned'; readonly opinion?: ContentRef }
  | { readonly type: 'reportProgress'; readonly progress: ContentRef }
  | { readonly type: 'completeMeasure'; readonly measureId: string; readonly evidence: ContentRef }
  | { readonly type: 'requestExtension'; readonly newDueOn: LocalDate; readonly reason: ContentRef; readonly progress: ContentRef }
  | { readonly type: 'decideExtension'; readonly granted: boolean; readonly opinion?: ContentRef }
  | { readonly type: 'requestCloseout'; readonly summary?: ContentRef }
  | { readonly type: 'planCheckBack'; readonly checkers: readonly string[]; readonly mode?: CheckBackMode; readonly seed?: string }
  | { readonly type: 'recordCheckBack'; readonly result: 'passed' | 'returned' | 'consolidated' | 'relapsed'; readonly seen: ContentRef }
  | { readonly type: 'review'; readonly verdict: 'approved' | 'returned'; readonly opinion?: ContentRef; readonly party?: Role }
  | { readonly type: 'drawCheckBack'; readonly seed: string; readonly checkers: readonly string[]; readonly chosen?: boolean }
  | { readonly type: 'acceptReported' }
  | { readonly type: 'signPaper'; readonly paperId: string }
  | { readonly type: 'replyToPaper'; readonly paperId: string; readonly reply: ContentRef }
  | { readonly type: 'comment'; readonly note: ContentRef };

export type CommandType = IssueCommand['type'];

/** Who may ask for what, by the roles a person has around this issue (design.md, section 2). An empty list: anyone who sees the issue. */
export const commandRoles: Readonly<Record<CommandType, readonly Role[]>> = {
  assign: ['rectificationOffice'],
  acknowledge: ['unitHead', 'leadLeader'],
  proposePlan: ['handler', 'unitHead'],
  approvePlan: ['leadLeader', 'rectificationOffice', 'leadingGroup'],
  returnPlan: ['leadLeader', 'rectificationOffice', 'leadingGroup'],
  reviewPlan: ['inspectionOffice'],
  reportProgress: ['handler', 'liaison', 'unitHead'],
  completeMeasure: ['handler', 'liaison', 'unitHead'],
  requestExtension: ['unitHead'],
  decideExtension: ['inspectionOffice'],
  requestCloseout: ['unitHead'],
  planCheckBack: ['rectificationOffice'],
  recordCheckBack: ['rectificationOffice', 'inspectionOffice'],
  review: ['disciplineGroup', 'organisationDept', 'inspectionOffice', 'rectificationOffice', 'leadLeader', 'leadingGroup'],
  drawCheckBack: ['inspectionOffice'],
  acceptReported: ['rectificationOffice'],
  signPaper: ['rectificationOffice', 'inspectionOffice'],
  replyToPaper: ['unitHead', 'leadLeader', 'firstResponsible'],
  comment: [],
};

/** 中文 of the commands. */
export const commandLabels: Readonly<Record<CommandType, string>> = {
  assign: '交账',
  acknowledge: '签收',
  proposePlan: '报送整改措施',
  approvePlan: '批准整改措施',
  returnPlan: '退回整改措施',
  reviewPlan: '方案审核',
  reportProgress: '填报进展',
  completeMeasure: '完成措施',
  requestExtension: '申请延期',
  decideExtension: '审批延期',
  requestCloseout: '申请销号',
  planCheckBack: '安排核查',
  recordCheckBack: '记录核查',
  review: '联审',
  drawCheckBack: '抽取回头看',
  acceptReported: '认可报告所称完成',
  signPaper: '签发文书',
  replyToPaper: '回复文书',
  comment: '批注',
};

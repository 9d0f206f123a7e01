import { obligationLabels, type ObligationKind } from '../domain/policy/policy';
import type { HistoryEntry } from '../ledger/issue-views';

const words: Readonly<Record<string, string>> = {
  registered: '建账',
  assigned: '交账',
  acknowledged: '签收',
  planProposed: '报送整改措施',
  planApproved: '批准整改措施',
  planReturned: '退回整改措施',
  planReviewed: '方案审核',
  progressReported: '填报进展',
  measureCompleted: '完成措施',
  extensionRequested: '申请延期',
  extensionDecided: '审批延期',
  closeoutRequested: '申请销号',
  checkBackPlanned: '安排核查',
  checkBackPassed: '核查通过',
  returned: '退回整改',
  reviewed: '联审',
  closed: '销号',
  afterCheckBackPlanned: '抽中回头看',
  consolidated: '已巩固',
  relapsed: '反弹',
  rungsSuperseded: '合并提醒',
  paperSigned: '签发文书',
  paperReplied: '回复文书',
  commented: '批注',
};

/** An event in office words; a rung by its label. */
export function eventWords({ type, payload }: Pick<HistoryEntry, 'type' | 'payload'>): string {
  if (type !== 'rungFired') return words[type] ?? type;
  const label = String(payload['label']);
  return payload['tone'] === 'none' ? `告知：${label}` : `提醒：${obligationLabels[payload['kind'] as ObligationKind]} ${label}`;
}

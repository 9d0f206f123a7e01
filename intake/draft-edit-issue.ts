import { badInput } from '../domain/failure';
import type { DraftIssue, DraftLedger } from './draft';

/** The issue that an edit names. Throws `draft.issueUnknown`. */
export function issueOf({ issues }: DraftLedger, id: string): DraftIssue {
  const issue = issues.find((one) => one.id === id);
  if (issue === undefined)
    throw badInput('draft.issueUnknown', `草稿中没有问题${id}。`, '请用 zhenggai draft show 查看编号；已删除或并入的不能再改。');
  return issue;
}

/** The draft with one issue as it is now. */
export const withIssue = (draft: DraftLedger, id: string, change: Partial<DraftIssue>): DraftLedger => ({
  ...draft,
  issues: draft.issues.map((issue) => (issue.id === id ? { ...issue, ...change } : issue)),
});

/** A title without blanks around it. Throws `draft.emptyTitle`. */
export function titled(title: string): string {
  const trimmed = title.trim();
  if (trimmed === '') throw badInput('draft.emptyTitle', '标题是空的。', '请写明标题；不要的问题、方面或项请删除。');
  return trimmed;
}

import type { DraftLedger } from './draft';
import type { Found } from './find-findings';
import type { Prose } from './prose';

/** What kind of document it is, from its title, its head and whether it holds findings with accounts. */
export function docTypeOf(paragraphs: readonly Prose[], title: string | null, { findings, inTables }: Found): DraftLedger['docType'] {
  const head = paragraphs
    .slice(0, 6)
    .map(({ text }) => text.slice(0, 160))
    .join('\n');
  const name = title ?? head;
  if (/台账|问题清单|任务清单|责任清单/.test(title ?? '') || (inTables && !/报告|通报|情况/.test(title ?? ''))) return 'ledger';
  const told = findings.some(({ sections, shared }) =>
    [...sections, ...shared].some(({ kind }) => kind === 'implementation' || kind === 'measures'),
  );
  if (findings.length > 0 && /审计/.test(name) && !/巡[察视]/.test(name)) return 'audit_report';
  if (told) return 'rectification_report';
  if (findings.length > 0) return 'feedback';
  if (/第.{1,3}轮.{0,6}巡[察视]|轮巡[察视]/.test(head)) return 'round_summary';
  if (/反馈/.test(title ?? '') && !/整改/.test(title ?? '')) return 'feedback';
  if (/巡[察视]/.test(title ?? '') && /整改/.test(title ?? '')) return 'round_summary';
  const all = paragraphs.slice(0, 60).map(({ text }) => text);
  if (all.filter((text) => /整治|自查|集中行动|活动/.test(text)).length >= 3 && all.some((text) => /整改/.test(text)))
    return 'campaign_article';
  return 'unknown';
}

import { readText, type DraftIssue, type DraftLedger } from '../../intake';

/** Reads a text written in a test. */
export const read = (text: string): DraftLedger =>
  readText(text, { file: 'test.txt', sha256: '0'.repeat(64), format: 'txt', encoding: 'utf-8' });

/** The only issue of a report with this one finding in it. */
export function readFinding(finding: string): DraftIssue {
  const [issue, ...others] = read(report(finding)).issues;
  if (issue === undefined || others.length > 0) throw new Error('the text should hold one finding');
  return issue;
}

/** A report of a fictional bureau around the given findings; findings begin on line 5. */
export const report = (findings: string): string =>
  [
    '中共云溪县农业局党组关于巡察整改进展情况的通报',
    '2024年3月4日至4月30日，县委第二巡察组对县农业局党组开展了巡察。6月12日，县委第二巡察组反馈了巡察意见。',
    '一、巡察反馈问题整改情况',
    '（一）落实决策部署方面',
    findings,
    '中共云溪县农业局党组',
    '2024年11月20日',
  ].join('\n');
